"""What a search found, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.language.benefit import Benefit
from huiqi.library.search import Hit
from huiqi.library.store import DocumentState
from huiqi.portal.library.citations import resting_on
from huiqi.portal.library.knowledge import said_role
from huiqi.portal.library.listing import state_of_text

_BENEFITS = 3


@dataclass(frozen=True, slots=True)
class HitLine:
    """A clause that was found.

    ``passage`` is in pieces, each with whether it was asked for. ``gives`` are benefits that rest on the
    clause.
    """

    hit: Hit
    state: DocumentState
    passage: tuple[tuple[str, bool], ...]
    gives: tuple[Benefit, ...]

    @property
    def role(self) -> str:
        """What the clause is for, where that could be told."""
        return said_role(self.hit.role)

    @property
    def headings(self) -> str:
        """The headings above it, without its address, which is said already."""
        return self.hit.headings.removeprefix(self.hit.cite).strip()


def hit_lines(hits: Iterable[Hit], day: date) -> list[HitLine]:
    """Hits on a day, each with the state of its document by all that is known here."""
    return [
        HitLine(
            hit,
            state_of_text(hit.document, day),
            tuple(_pieces(hit)),
            _gives(hit),
        )
        for hit in hits
    ]


def _gives(hit: Hit) -> tuple[Benefit, ...]:
    resting = resting_on(hit.document.id).get(hit.clause)
    return resting.gives[:_BENEFITS] if resting else ()


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    at = 0
    for mark in hit.marks:
        if mark.start > at:
            yield hit.passage[at : mark.start], False
        yield hit.passage[mark.start : mark.end], True
        at = mark.end
    if at < len(hit.passage):
        yield hit.passage[at:], False
