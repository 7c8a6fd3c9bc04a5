"""Passages: what is indexed. Clauses as they are when they are of a useful size, joined or cut when not.

A list of short points says little point by point, and a heading says nothing alone: they are joined with
their neighbours, under the same parent. A long paragraph is cut at the ends of sentences. Every passage knows
which of its characters belong to which clause, so that a hit can name the exact one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiqi.library.model import Clause, ClauseKind, Document

SHORT = 60
"""Characters below which a clause is joined with its neighbours."""
JOINED = 240
"""Characters up to which short clauses go on being joined."""
LONG = 400
"""Characters beyond which a clause is cut between sentences."""

UNDER = " › "
"""What stands between the headings of a path."""

_LEAD = 60  # the longest sentence before a list that stands above its points as a heading does
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]+[”’」』）)]*|[^。；！？]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Characters ``start`` to ``end`` (excluded) of a passage, which are words of one clause."""

    clause: str
    cite: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is found as one; ``path`` is its cite and the headings above it."""

    path: str  # joined by ``UNDER``
    text: str
    parts: tuple[Part, ...]

    @property
    def clause(self) -> str:
        """The id of the clause that it begins with."""
        return self.parts[0].clause

    @property
    def cite(self) -> str:
        """How the clause that it begins with is cited."""
        return self.parts[0].cite


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one clause; ``above`` are the ids and ``headings`` the headings of the clauses it is in."""

    clause: Clause
    text: str
    above: tuple[str, ...]
    headings: tuple[str, ...]
    only_heading: bool

    def is_within(self, identifier: str) -> bool:
        return self.clause.id == identifier or identifier in self.above


def passages_of(document: Document) -> list[Passage]:
    """The passages of a document, in the order of the text.

    A document of which no text is left has one passage, its title, so that it can still be found.
    """
    pieces = [piece for top in document.clauses for piece in _pieces(top, (), ())]
    if not pieces:
        first = next((clause for clause in document.walk() if clause.text), None)
        if first is None:
            return []
        pieces = [_Piece(first, document.title or first.text, (), (), only_heading=True)]
    return [_passage(group) for group in _groups(pieces)]


def _pieces(clause: Clause, above: tuple[str, ...], headings: tuple[str, ...]) -> Iterator[_Piece]:
    """The words of a clause and of all below it, long ones cut."""
    if clause.kind.is_text and clause.text.strip():
        only_heading = bool(clause.children) and not clause.body
        chunks = _chunks(clause.text)
        for at, chunk in enumerate(chunks):
            own = (clause.heading,) if at and clause.heading else ()
            yield _Piece(clause, chunk, above, (*headings, *own), only_heading)
    over = _over(clause)
    below = (*headings, over) if over else headings
    for child in clause.children:
        yield from _pieces(child, (*above, clause.id), below)


def _over(clause: Clause) -> str:
    """What stands above the children of a clause: its heading, or the sentence that opens a list."""
    if clause.kind is ClauseKind.ATTACHMENT:
        return "".join(child.text for child in clause.children if child.kind is ClauseKind.TITLE)
    if clause.heading or not clause.kind.is_text:
        return clause.heading
    sentences = _SENTENCE.findall(clause.body)
    last = sentences[-1].strip() if sentences else ""
    return last if last.endswith(("：", ":")) and len(last) <= _LEAD else ""


def _chunks(text: str) -> list[str]:
    """A text cut at the ends of sentences, where it has ends, so that no stretch is longer than ``LONG``."""
    if len(text) <= LONG:
        return [text]
    even = len(text) / -(-len(text) // LONG)  # so that no scrap is left at the end
    chunks = [""]
    for sentence in _SENTENCE.findall(text):
        if len(chunks[-1]) >= even or (chunks[-1] and len(chunks[-1]) + len(sentence) > LONG):
            chunks.append("")
        chunks[-1] += sentence
    return chunks


def _groups(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces that make one passage each: short ones with their neighbours, headings with what follows."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _joins(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _joins(group: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece belongs to the passage before it: in the same place, and one of them is short."""
    first = group[0]
    place = first.above[-1] if first.above else first.clause.id
    if not (piece.is_within(first.clause.id) or piece.is_within(place)):
        return False
    opens = all(each.only_heading for each in group)
    if not opens and (piece.clause.heading or piece.clause.kind is ClauseKind.ARTICLE):
        return False  # what has a heading of its own, or is an article, is worth finding alone
    if opens:
        return True
    length = sum(len(each.text) for each in group)
    if length + len(piece.text) > LONG:
        return False
    if length < SHORT:
        return True
    return len(piece.text) < SHORT and length + len(piece.text) <= JOINED


def _passage(group: Sequence[_Piece]) -> Passage:
    parts: list[Part] = []
    text = ""
    for piece in group:
        parts.append(Part(piece.clause.id, piece.clause.cite, len(text), len(text) + len(piece.text)))
        text += piece.text
    return Passage(UNDER.join((group[0].clause.cite, *group[0].headings)), text, tuple(parts))
