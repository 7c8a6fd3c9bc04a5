"""A clause in the making, and the paragraphs that its words come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from huiqi.library.model import ClauseKind, Span
from huiqi.library.structure.paragraphs import Paragraph

Piece = tuple[Paragraph, int, int]
"""A stretch of a paragraph's text."""


@dataclass
class Node:
    """A clause in the making: ``pieces`` are its own words, paragraph by paragraph."""

    kind: ClauseKind
    number: int = 0
    pieces: list[Piece] = field(default_factory=list)
    number_length: int = 0
    heading_length: int = 0
    children: list[Node] = field(default_factory=list)
    branch: int = 0  # 第五条之一 is branch 1 of article 5
    rank: int = 0  # what it may stand in: anything of a smaller rank
    skipped: int = 0  # numbers missing just before it
    sentence_heading: bool = False  # its only paragraph is one short sentence, which may be a heading

    @property
    def text(self) -> str:
        """Its own words."""
        return "".join(paragraph.text[start:end] for paragraph, start, end in self.pieces)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its own words stand in the source."""
        return tuple(span for paragraph, start, end in self.pieces for span in paragraph.spans(start, end))

    @property
    def first_line(self) -> int:
        """Index of the line it begins on."""
        paragraph, start, _ = self.pieces[0]
        return paragraph.line_at(start)

    def walk(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def split_number(self) -> tuple[list[Piece], list[Piece]]:
        """Its pieces as far as its number goes, and the rest."""
        number: list[Piece] = []
        rest: list[Piece] = []
        left = self.number_length
        for paragraph, start, end in self.pieces:
            cut = min(end, start + left)
            left -= cut - start
            if cut > start:
                number.append((paragraph, start, cut))
            if cut < end:
                rest.append((paragraph, cut, end))
        return number, rest
