"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiqi.library.model import Span
from huiqi.library.search.question import Wanted
from huiqi.library.store.listing import DocumentInfo
from huiqi.library.store.states import DocumentState


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, and the passage it was found in.

    ``clause`` and ``cite`` name the exact clause within ``document``; ``passage`` may hold its neighbours
    too, when they are short. ``marks`` are the characters of ``passage`` that were asked for. ``headings``
    are those above, joined by `passages.UNDER`. ``state`` is that of the document on the day of the search,
    if one was given. ``coverage`` is the share (0 to 1) of the question's words, rare ones counting more,
    that the passage has.
    """

    document: DocumentInfo
    state: DocumentState | None
    clause: str
    cite: str
    headings: str
    passage: str
    marks: tuple[Span, ...]
    role: str
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question.

    ``answered`` is True when the first hit has most words of the question and the kind of answer wanted,
    False when there is no hit, and ``None`` in between: words were found, and whether they answer is for the
    reader to see. ``said_otherwise`` tells which everyday words were also searched as which terms;
    ``suggestions`` are terms of the library like those of the question, when it found little; ``notes`` is
    what the reader should know, in Chinese.
    """

    question: str
    on: date | None
    hits: tuple[Hit, ...]
    answered: bool | None
    wanted: Wanted | None
    said_otherwise: tuple[tuple[str, tuple[str, ...]], ...]
    suggestions: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def label(self) -> str:
        """What to call the hits, without claiming that they are the answer when that is not known."""
        if not self.hits:
            return "没有找到"
        return "找到的条款" if self.answered else "最相近的条款"
