"""The pieces that a page is made of. Every renderer lays out the same pieces in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``to`` is the anchor that they lead to.

    ``look`` is ``strong``, ``soft`` (said aside), ``figure`` (how much), or a state: ``good``, ``bad``,
    ``open``.
    """

    text: str
    to: str = ""
    look: str = ""


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page; ``lines`` say what is in it."""

    title: str
    place: str
    issuer: str
    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, made from the headings of levels 1 and 2."""

    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 a part, 2 a document, 3 a benefit or a section of a document.

    ``aside`` stands at its right end (how much, or a state) in the look of a `Run`. A ``minor`` one of level
    2 is a section of a part: it begins no page and is not in the contents.
    """

    level: int
    text: str
    anchor: str = ""
    aside: str = ""
    look: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``look`` is ``body``, ``lead``, ``note`` or ``warning``."""

    line: Line
    look: str = "body"


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a list, with the lines below it."""

    line: Line
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled row: one paragraph, or a list when there are several points."""

    label: str
    points: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled rows, one below the other."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``widths`` are shares of the line, ``pages`` adds the page that each row leads to."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    pages: bool = False


@dataclass(frozen=True, slots=True)
class IndexBlock:
    """Lines of an index: a name, which may be empty, and where it leads, with pages where there are any."""

    lines: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """A clause of the official text.

    ``look`` is one of: ``title``; ``centred``; ``division``, the heading of a chapter; ``heading``, whose
    ``lead`` has a line of its own; ``text``, whose ``lead`` opens the paragraph; ``flush``, an addressee, not
    indented; ``right``, a signature, and ``pieces``, what is left of a table, both with the ``lines`` of the
    original; ``part``, where an attachment begins. ``address`` is how it is cited, where its own number does
    not say so already; ``notes`` stand below.
    """

    anchor: str
    look: str
    lead: str
    text: str
    lines: tuple[str, ...]
    cite: str
    address: str
    notes: tuple[Line, ...] = ()


Block: TypeAlias = Cover | Contents | Heading | Paragraph | Facts | Points | Table | IndexBlock | ClauseBlock


def runs_of(block: Block) -> Iterator[Run]:
    """Every run of a block, for what must look at all words or all links."""
    if isinstance(block, Paragraph):
        yield from block.line
    elif isinstance(block, Facts):
        for row in block.rows:
            yield from _runs(row.points)
    elif isinstance(block, Points):
        yield from _runs(block.points)
    elif isinstance(block, Table):
        for cells in block.rows:
            for cell in cells:
                yield from cell
    elif isinstance(block, IndexBlock):
        for _, line in block.lines:
            yield from line
    elif isinstance(block, ClauseBlock):
        for line in block.notes:
            yield from line


def _runs(points: tuple[Point, ...]) -> Iterator[Run]:
    for point in points:
        yield from point.line
        yield from _runs(point.points)


def anchors_of(blocks: tuple[Block, ...]) -> list[str]:
    """Every place that can be led to, in the order of the pages."""
    return [block.anchor for block in blocks if isinstance(block, Heading | ClauseBlock) and block.anchor]
