"""What the official text says where a citation leads: its words, figures, days and bodies.

A citation covers its clause, all below it, and what it continues above it: headings, lead-ins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from huiqi.grounding.days import Stretch, blanked, days_in
from huiqi.grounding.figures import Figure, figures_in
from huiqi.grounding.nearby import operators
from huiqi.library.blanks import squeeze
from huiqi.library.citing import Addresses, Citation, Resolved, Unresolved
from huiqi.library.knowledge import Body
from huiqi.library.ledger import ledger_of
from huiqi.library.ledger.names import Names
from huiqi.library.model import Clause, ClauseKind, Document

_FRAME = (ClauseKind.TITLE, ClauseKind.NUMBER, ClauseKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure of the text with the operator that the word beside it asks for, if one stands there."""

    figure: Figure
    op: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """The own words of one clause, without its number and without blanks."""

    text: str
    figures: tuple[FoundFigure, ...]
    days: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Everything that a citation covers, piece by piece; ``clauses`` are the ids of the covered clauses.

    ``stated`` are days that the document sets for itself there.
    """

    pieces: tuple[Piece, ...]
    clauses: frozenset[str]
    stated: tuple[date, ...] = ()

    @classmethod
    def joined(cls, passages: Iterable[Passage]) -> Passage:
        """Several passages as one; no piece stands twice in it."""
        passages = tuple(passages)
        pieces = {id(piece): piece for passage in passages for piece in passage.pieces}
        return cls(
            tuple(pieces.values()),
            frozenset(clause for passage in passages for clause in passage.clauses),
            tuple(day for passage in passages for day in passage.stated),
        )

    @property
    def figures(self) -> tuple[FoundFigure, ...]:
        """The figures of all pieces."""
        return tuple(figure for piece in self.pieces for figure in piece.figures)

    @property
    def days(self) -> tuple[Stretch, ...]:
        """The days of all pieces."""
        return tuple(day for piece in self.pieces for day in piece.days)

    def holds(self, words: str) -> bool:
        """Whether a few words stand in one of the pieces, blanks aside; “…” in them leaves something out."""
        stretches = [squeeze(stretch) for stretch in words.split("…")]
        return any(_in_order(stretches, piece.text) for piece in self.pieces)


def _in_order(stretches: Sequence[str], text: str) -> bool:
    at = 0
    for stretch in stretches:
        found = text.find(stretch, at)
        if found < 0:
            return False
        at = found + len(stretch)
    return True


class Texts:
    """One document of the library, with what was found out about its clauses so far."""

    def __init__(self, document: Document, bodies: Sequence[Body] = ()) -> None:
        self.document = document
        self._addresses = Addresses(document)
        self._bodies = bodies
        self._names = Names(bodies, document.level)
        self._resolved: dict[str, Resolved] = {}
        self._pieces: dict[str, Piece] = {}
        self._signatures = {each.id for each in document.walk() if each.kind is ClauseKind.SIGNATURE}
        self._parents: Mapping[str, Clause] = {
            child.id: clause for clause in document.walk() for child in clause.children
        }

    def resolve(self, cite: str) -> Resolved:
        """What a citation leads to."""
        if cite not in self._resolved:
            self._resolved[cite] = self._addresses.resolve(cite)
        return self._resolved[cite]

    def follow(self, citation: Citation) -> tuple[Clause, ...] | Unresolved:
        """The clauses of a citation that was read before, or why there are none."""
        return self._addresses.follow(citation)

    def frame(self) -> Passage:
        """The head and the signature of the document: what says who issued it and when."""
        divisions = (each for each in self.document.clauses if each.kind is not ClauseKind.ATTACHMENT)
        return self.passage(
            clause for division in divisions for clause in division.walk() if clause.kind in _FRAME
        )

    def passage(self, clauses: Iterable[Clause]) -> Passage:
        """What some clauses say, with what they continue."""
        pieces: dict[str, Piece] = {}
        for clause in clauses:
            for words, key in self._above(clause):
                pieces[key] = self._piece(key, words)
            for each in clause.walk():
                pieces[each.id] = self._piece(each.id, each.text[each.number_length :])
        covered = frozenset(pieces)
        return Passage(tuple(pieces.values()), covered, tuple(self._stated(covered)))

    def _piece(self, key: str, words: str) -> Piece:
        if key not in self._pieces:
            text = squeeze(words)
            days = days_in(text, self.document.issued.year if self.document.issued else None)
            readable = blanked(text, days)
            figures = figures_in(readable)
            ops = operators(readable, figures)
            self._pieces[key] = Piece(
                text, tuple(FoundFigure(one, op) for one, op in zip(figures, ops, strict=True)), days
            )
        return self._pieces[key]

    def _above(self, clause: Clause) -> Iterator[tuple[str, str]]:
        """The words above a clause that it continues, with a key for each.

        A paragraph continues the heading over it, not the paragraph before it; a number also continues the
        sentence that ends in a colon before the list.
        """
        below = clause
        while below.id in self._parents:
            parent = self._parents[below.id]
            whole = clause.kind is not ClauseKind.PARAGRAPH
            words = parent.text[parent.number_length :] if whole else parent.heading
            if words:
                yield words, parent.id if whole else f"{parent.id}#heading"
            if below.kind.is_numbered:
                for lead in _lead_ins(parent.children, below):
                    yield lead.text, lead.id
            below = parent

    def _stated(self, covered: frozenset[str]) -> Iterator[date]:
        """The days on which the document begins and ends to hold, where the covered clauses say so."""
        for dated in (self.document.effective, self.document.expires):
            if dated and dated.day and dated.clause in covered:
                yield dated.day
        if self.document.issued and self._signatures & covered:
            yield self.document.issued

    # ---- bodies of government ----

    def names_body(self, name: str, passage: Passage) -> bool:
        """Whether a body is named there, under any of its names, with what lists leave out added."""
        full = self._names.full(name) or name
        if any(passage.holds(each) for each in self._aliases(full) | {name}):
            return True
        return any(full in self._charged.get(clause, ()) for clause in passage.clauses)

    def bodies_of(self, passage: Passage) -> tuple[str, ...]:
        """The bodies that are charged there, for a message."""
        names = (name for clause in passage.clauses for name in self._charged.get(clause, ()))
        return tuple(dict.fromkeys(names))

    def _aliases(self, full: str) -> set[str]:
        known = next((body for body in self._bodies if body.name == full), None)
        return {full, *(known.short if known else ())}

    @cached_property
    def _charged(self) -> Mapping[str, tuple[str, ...]]:
        """The full names of the bodies that the ledger charges with each clause, once for all later too."""
        found: dict[str, tuple[str, ...]] = {}
        for duty in ledger_of(self.document, tuple(self._bodies)).duties:
            found[duty.clause] = found.get(duty.clause, ()) + tuple(body.name for body in duty.bodies)
        return found


def _lead_ins(siblings: Sequence[Clause], clause: Clause) -> Iterator[Clause]:
    """The paragraph before a list that its items continue: 有下列情形之一的："""
    before = takewhile(lambda each: each.id != clause.id, siblings)
    for each in [each for each in before if not each.kind.is_numbered][-1:]:
        if squeeze(each.text).endswith(("：", ":")):
            yield each
