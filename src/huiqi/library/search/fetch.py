"""What a search asks of the file: candidates that pass the filters, how common words are, whose words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.library.model import Level
from huiqi.library.search.rank import Statistics
from huiqi.library.store import Library, State
from huiqi.library.store.passages import UNDER
from huiqi.library.store.tokens import is_pair

MANY = 20_000
"""Passages from which single characters no longer fetch candidates: too many passages have each."""

CANDIDATES = 100
"""How many passages are fetched to be put in order."""

FETCHING = 64
"""How many words fetch at most, the rarest ones; all words then order what was fetched."""

REACHED = 10_000
"""How many passages the words that fetch have together, at most, in a large library: what a search costs."""

FEW = 20
"""How many passages are too few to stop at, when more words may fetch others."""

_NATION = "000000"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages are searched; what is ``None`` or empty does not restrict."""

    level: Level | None = None
    region: str | None = None
    on: date | None = None
    states: Collection[State] = ()
    document: str | None = None
    department: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was fetched, with the names of its document; ``size`` is how many words its text has."""

    passage: int
    document: str
    title: str
    path: str
    text: str
    size: int

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above it, the widest first."""
        return tuple(self.path.split(UNDER)[1:])


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of one clause in a passage, and the role of that clause, if it was told."""

    start: int
    end: int
    clause: str
    cite: str
    role: str


def statistics_of(library: Library, words: Collection[str]) -> Statistics:
    """How many passages the library has, how long they are, and how many have each of these words."""
    ((passages, size),) = library.select("SELECT passages, size FROM total")
    characters = [word for word in words if not is_pair(word)]
    others = [word for word in words if is_pair(word)]
    counts = library.select(
        "SELECT word, passages FROM json_each(?) JOIN character ON word = value", _json(characters)
    )
    counts += library.select(
        "SELECT term, doc FROM json_each(?) CROSS JOIN word_count ON term = value", _json(others)
    )
    return Statistics(passages, size / passages if passages else 1.0, dict(counts))


def candidates(library: Library, statistics: Statistics, filters: Filters) -> list[Candidate]:
    """The passages nearest by full-text search among those that pass the filters."""
    conditions, values = _conditions(library, filters)
    where = " AND ".join(("word MATCH ?", *conditions))
    found: list[Candidate] = []
    for words in _attempts(statistics):
        rows = library.select(
            "SELECT passage.id, document.id, document.title || ' ' || coalesce(number, ''),"  # noqa: S608
            " passage.path, passage.text, size"
            " FROM word JOIN passage ON passage.id = word.rowid JOIN document ON serial = passage.document"
            f" WHERE {where} ORDER BY word.rank LIMIT ?",
            " OR ".join(f'"{word}"' for word in words),
            *values,
            CANDIDATES,
        )
        found = [Candidate(*row) for row in rows]
        if len(found) >= FEW:
            break
    return found


def _attempts(statistics: Statistics) -> Iterator[list[str]]:
    """The words that fetch: all in a small library, in a large one the rarest that have enough passages.

    The rarest may all be where a filter does not let them be found. Then all pairs are tried, then all words.
    """
    present = sorted(statistics.counts, key=lambda word: (statistics.counts[word], word))[:FETCHING]
    few = [word for word in present if is_pair(word)]
    if statistics.passages > MANY and few:
        rarest: list[str] = []
        reached = 0
        for word in few:
            count = statistics.counts[word]
            if reached >= CANDIDATES and reached + count > REACHED:
                break
            rarest.append(word)
            reached += count
        yield rarest
        if len(rarest) < len(few):
            yield few
    if present:
        yield present


def stretches(library: Library, passage: int) -> list[Stretch]:
    """Which characters of a passage are words of which clause."""
    rows = library.select(
        "SELECT start, \"end\", part.clause, cite, coalesce(role, '')"
        " FROM part JOIN passage ON passage.id = part.passage"
        " LEFT JOIN role ON role.document = passage.document AND role.clause = part.clause"
        " WHERE part.passage = ? ORDER BY start",
        passage,
    )
    return [Stretch(*row) for row in rows]


def _conditions(library: Library, filters: Filters) -> tuple[list[str], list[object]]:
    """The filters in SQL, and the values of their question marks in the same order."""
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, *given: object) -> None:
        conditions.append(condition)
        values.extend(given)

    if filters.level is not None:
        add("level = ?", filters.level.value)
    if filters.region is not None:
        add("region IN (SELECT value FROM json_each(?))", _json(_around(filters.region)))
    if filters.on is not None and filters.states:
        states = library.states(filters.on)
        found = [one for one, state in states.items() if state.state in filters.states]
        add("document.id IN (SELECT value FROM json_each(?))", _json(found))
    if filters.document is not None:
        add("document.id = ?", filters.document)
    if filters.department is not None:
        add("(instr(issuers, ?) OR instr(passage.text, ?))", filters.department, filters.department)
    if filters.role is not None:
        add(
            "EXISTS (SELECT 1 FROM part JOIN role ON role.clause = part.clause"
            " WHERE role.document = passage.document AND part.passage = passage.id AND role.role = ?)",
            filters.role,
        )
    return conditions, values


def _around(region: str) -> list[str]:
    """The codes of a region, of what it lies in, and of nowhere that can be told."""
    return [region, f"{region[:4]}00", f"{region[:2]}0000", _NATION, ""]


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
