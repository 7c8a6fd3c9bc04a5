"""Finding one's way in a document: its contents, what stands above a clause, before it and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huiqi.library.model import Clause, ClauseKind, Document

DIVISIONS = (ClauseKind.COVER, ClauseKind.MAIN, ClauseKind.ATTACHMENT)

_CLIPPED = 24  # characters of a heading or of first words that name a clause


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; ``depth`` begins at 0."""

    clause: Clause
    words: str
    depth: int


def contents(document: Document) -> Iterator[Entry]:
    """Divisions, and two levels of numbered clauses below them; articles stand under their chapters."""
    labelled = len(document.clauses) > 1
    for division in document.clauses:
        if labelled:
            yield Entry(division, label_of(division), 0)
        for first in division.children:
            if first.kind.is_numbered or first.kind is ClauseKind.HEADING:
                yield Entry(first, name_of(first), int(labelled))
                for second in first.children:
                    if second.kind.is_numbered:
                        yield Entry(second, name_of(second), 1 + int(labelled))


def path_to(document: Document, identifier: str) -> tuple[Clause, ...]:
    """The clauses above one and that one itself, from the top; nothing when there is none with this id."""

    def below(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        for clause in clauses:
            if clause.id == identifier:
                return (clause,)
            if found := below(clause.children):
                return (clause, *found)
        return ()

    return below(document.clauses)


def neighbours(document: Document, path: Sequence[Clause]) -> tuple[Clause | None, Clause | None]:
    """The clauses before and after one under the same parent, as far as they are read on their own."""
    siblings = [
        each
        for each in (path[-2].children if len(path) > 1 else document.clauses)
        if each.kind.is_text or each.id == path[-1].id
    ]
    place = [each.id for each in siblings].index(path[-1].id)
    before = siblings[place - 1] if place else None
    return before, siblings[place + 1] if place + 1 < len(siblings) else None


def name_of(clause: Clause) -> str:
    """A clause in a few words: its number and heading, or how it begins."""
    if clause.kind in DIVISIONS:
        return label_of(clause)
    gap = "" if not clause.number or clause.number[-1] in "、）).．" else " "
    return f"{clause.number}{gap}{_clipped(clause.heading or _first_words(clause) or clause.cite)}"


def _first_words(clause: Clause) -> str:
    """How a clause begins; an article that is only a number begins with its first paragraph."""
    return clause.body or next((child.body for child in clause.children if child.body), "")


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIPPED else f"{text[:_CLIPPED]}…"


def label_of(clause: Clause) -> str:
    """Our own word for a division of a document."""
    if clause.kind is ClauseKind.ATTACHMENT:
        title = "".join(child.text for child in clause.children if child.kind is ClauseKind.TITLE)
        return f"{clause.cite} {_clipped(title)}".strip()
    return clause.kind.value
