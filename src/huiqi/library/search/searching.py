"""Searching the library: candidates from the full-text index, put in order, each with its exact clause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from huiqi.library.model import Level, Span
from huiqi.library.search.fetch import Candidate, Filters, Stretch, candidates, statistics_of, stretches
from huiqi.library.search.question import LONGEST, Question, read_question
from huiqi.library.search.rank import ANSWERING, Ranking
from huiqi.library.search.result import Found, Hit
from huiqi.library.search.suggest import suggest
from huiqi.library.search.terms import Terms, pairs, terms_of
from huiqi.library.store import Library, State
from huiqi.library.store.passages import UNDER
from huiqi.library.store.tokens import tokens

ANSWERED = 0.65
"""The coverage from which the first hit is called found, not only nearest: rarely reached, rarely wrong."""

LITTLE = 0.3
"""The coverage of the first hit below which other words are suggested."""

_NO_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def search(
    library: Library,
    query: str,
    *,
    level: Level | None = None,
    region: str | None = None,
    on: date | None = None,
    states: Collection[State] = (),
    document: str | None = None,
    department: str | None = None,
    role: str | None = None,
    limit: int = 10,
    synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS,
) -> Found:
    """Find the clauses nearest to a question.

    Only those of documents of ``level``; that apply in ``region`` (a code: its own, those around it, and
    those of which it cannot be told); with one of ``states`` on the day ``on``; of one ``document`` (id);
    issued by or naming a ``department``; of one ``role``. ``synonyms`` say everyday words in terms of
    official text. Raises ValueError when states are asked for without a day, or the limit is below 1.
    """
    if states and on is None:
        raise ValueError("时效要有日期才能筛选：给出 states 时请一并给出 on")
    if limit < 1:
        raise ValueError(f"结果条数至少为1，给的是{limit}")
    question = read_question(query)
    terms = terms_of(question.pieces, synonyms)
    notes = [f"问题太长，只用了前{LONGEST}个字"] if question.cut else []
    if not terms.own:
        notes.append("问题里没有可以检索的词；请写出要找的事，如“首次贷款贴息”")
        return Found(query, on, (), False, question.wanted, (), (), tuple(notes))
    filters = Filters(level, region, on, states, document, department, role)
    with library.snapshot():
        statistics = statistics_of(library, terms.all)
        ranking = Ranking(terms, statistics)
        fetched = candidates(library, statistics, filters)
        ordered = _ordered(fetched, question, ranking)
        hits = _hits(library, ordered, terms, ranking, filters, limit)
    best = hits[0].coverage if hits else 0.0
    near: tuple[str, ...] = ()
    if best < LITTLE:
        near = suggest(question.pieces, (one for each in fetched for one in each.headings), synonyms)
    if hits and not best:
        notes.append("没有一处与问题的用词相同，下面的条款只有个别的字相同")
    return Found(
        question=query,
        on=on,
        hits=hits,
        answered=_answered(hits, question),
        wanted=question.wanted,
        said_otherwise=tuple((idea.said, tuple(term for term, _ in idea.otherwise)) for idea in terms.ideas),
        suggestions=near,
        notes=tuple(notes),
    )


def _answered(hits: Sequence[Hit], question: Question) -> bool | None:
    """Whether the first hit is called found: it covers the question, and has the kind of answer wanted."""
    if not hits:
        return False
    told = question.wanted is None or question.answers(hits[0].passage)
    return True if told and hits[0].coverage >= ANSWERED else None


def _ordered(
    found: Iterable[Candidate], question: Question, ranking: Ranking
) -> list[tuple[Candidate, float]]:
    """The candidates with their scores, nearest first; one with the kind of answer that is wanted gains."""
    scored = []
    for candidate in found:
        score = ranking.score(candidate.title, candidate.path, candidate.text, candidate.size)
        scored.append((candidate, score * (1 + ANSWERING) if question.answers(candidate.text) else score))
    return sorted(scored, key=lambda each: -each[1])


def _hits(
    library: Library,
    ordered: Sequence[tuple[Candidate, float]],
    terms: Terms,
    ranking: Ranking,
    filters: Filters,
    limit: int,
) -> tuple[Hit, ...]:
    """The first passages as hits, no clause twice."""
    chosen: dict[tuple[str, str], tuple[Candidate, float, Stretch]] = {}
    for candidate, score in ordered:
        stretch = _nearest(stretches(library, candidate.passage), candidate.text, ranking, filters)
        chosen.setdefault((candidate.document, stretch.clause), (candidate, score, stretch))
        if len(chosen) == limit:
            break
    identifiers = {document for document, _ in chosen}
    infos = {one: library.info(one) for one in identifiers}
    states = library.states(filters.on, identifiers) if filters.on else {}
    hits = []
    for (identifier, clause), (candidate, score, stretch) in chosen.items():
        info = infos[identifier]
        assert info is not None
        hits.append(
            Hit(
                document=info,
                state=states.get(identifier),
                clause=clause,
                cite=stretch.cite,
                headings=UNDER.join(candidate.headings),
                passage=candidate.text,
                marks=tuple(_marks(candidate.text, terms)),
                role=stretch.role,
                score=score,
                coverage=ranking.coverage(candidate.title, candidate.path, candidate.text),
            )
        )
    return tuple(hits)


def _nearest(parts: Sequence[Stretch], text: str, ranking: Ranking, filters: Filters) -> Stretch:
    """The clause of a passage that was meant: the one that passes the filters and has most of the question.

    When none has more than half of it, the passage as a whole was meant, and the clause it begins with names
    it.
    """
    role, department = filters.role, filters.department
    allowed = [part for part in parts if role is None or part.role == role]
    allowed = [
        part for part in allowed if department and department in text[part.start : part.end]
    ] or allowed
    told = [ranking.told(text[part.start : part.end]) for part in allowed]
    best = max(range(len(allowed)), key=told.__getitem__)
    return allowed[best] if told[best] > ranking.told(text) / 2 else allowed[0]


def _marks(text: str, terms: Terms) -> Iterator[Span]:
    """Where a passage has the words of the question: stretches that do not overlap, in order."""
    asked = pairs(terms.all)
    start = end = -1
    for place in sorted((token.start, token.end) for token in tokens(text) if token.word in asked):
        if place[0] > end:
            if end > start:
                yield Span(start, end)
            start, end = place
        end = max(end, place[1])
    if end > start:
        yield Span(start, end)
