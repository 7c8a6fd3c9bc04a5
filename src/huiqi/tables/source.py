"""What every kind of table is read through: its columns, and its rows in pieces of a given size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl


@dataclass(frozen=True, slots=True)
class Torn:
    """A row that cannot be taken apart into cells: its place, counted from 1, and why."""

    place: int
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table as they stand in it.

    ``places`` are those of the rows of ``frame``, which together with ``torn`` are all ``rows`` rows from
    ``first`` on. ``content`` is the piece as bytes where the table is a text.
    """

    first: int
    rows: int
    frame: pl.DataFrame
    places: pl.Series
    torn: tuple[Torn, ...] = ()
    content: bytes | None = None


class Source(Protocol):
    """A table that can be read. Opening it reads no more than its heading."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in order, called as in the table."""

    @property
    def schema(self) -> Mapping[str, pl.DataType]:
        """The types of the columns; empty where all are texts."""

    @property
    def rows(self) -> int | None:
        """How many rows there are, if that is known before they are read."""

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows, ``rows`` at a time, with the columns that are wanted; raises ``TableError``."""


def pieces_of(frames: Iterator[pl.DataFrame], rows: int) -> Iterator[Piece]:
    """Frames of any height as pieces of ``rows`` rows; the last one may be smaller."""
    first, waiting, height = 1, list[pl.DataFrame](), 0
    for frame in frames:
        waiting.append(frame)
        height += frame.height
        if height < rows:
            continue
        joined = pl.concat(waiting)
        start = 0
        while height - start >= rows:
            yield _piece(joined.slice(start, rows), first)
            first, start = first + rows, start + rows
        waiting, height = ([joined.slice(start)], height - start) if height > start else ([], 0)
    if height:
        yield _piece(pl.concat(waiting), first)


def _piece(frame: pl.DataFrame, first: int) -> Piece:
    places = pl.select(pl.int_range(first, first + frame.height, dtype=pl.UInt64)).to_series()
    return Piece(first, frame.height, frame, places)
