"""CSV as records: where each one starts and ends and how many cells it has, found without taking it apart.

A comma or the end of a line counts only outside quotation marks. In UTF-8 and in GB18030 no byte of a longer
character looks like a comma, a quotation mark or the end of a line, so bytes are enough.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Anything
from typing import BinaryIO

import numpy as np

from huiqi.tables.errors import TableError

_BLOCK = 1 << 22
_SMALL = 1 << 13
_LONGEST = 1 << 24
"""The longest record in bytes; what is longer is a quotation mark that was never closed."""
_BOM = b"\xef\xbb\xbf"
_QUOTE, _COMMA, _LINE, _RETURN = b'",\n\r'

_Array = np.ndarray[Anything, Anything]


@dataclass(frozen=True, slots=True)
class Records:
    """Records in a stretch of bytes: where they start and end (the end of the line with them).

    ``cells`` are their numbers of cells, 0 where the quotation marks do not pair.
    """

    data: bytes
    starts: _Array
    ends: _Array
    cells: _Array

    def __len__(self) -> int:
        return len(self.starts)


def read_records(stream: BinaryIO) -> Iterator[Records]:
    """The records of a stream in order, those of empty lines and a byte order mark left out.

    Raises ``TableError`` for a line without an end.
    """
    rest, window = stream.read(len(_BOM)).removeprefix(_BOM), _BLOCK
    final = False
    while not final:
        more = stream.read(_BLOCK)
        final = not more
        data = rest + more
        if final and data and not data.endswith(b"\n"):
            data += b"\n"
        place = 0
        while place < len(data):
            reach = min(len(data), place + window)
            found, end, broken = _scan(data, place, reach)
            if len(found):
                yield found
            place = end
            stuck = reach == len(data) and (final or len(data) - place > _LONGEST)
            if broken or (stuck and place < len(data)):
                line = data.find(b"\n", place) + 1
                if not line:
                    raise TableError(f"一行超过 {_LONGEST >> 20} MB，不像 CSV")
                yield _single(data[place:line])
                place, window = line, _SMALL
            elif reach == len(data):
                break
            else:
                window *= 2
        rest = data[place:]


def _scan(data: bytes, place: int, reach: int) -> tuple[Records, int, bool]:
    """The whole records from ``place`` on, where they end, and whether the next one has a stray quote."""
    bytes_ = np.frombuffer(data, dtype=np.uint8, count=reach - place, offset=place)
    commas, lines = bytes_ == _COMMA, bytes_ == _LINE
    broken_at = len(bytes_)
    if data.find(b'"', place, reach) >= 0:
        marks = bytes_ == _QUOTE
        inside = np.bitwise_xor.accumulate(marks)
        commas &= ~inside
        lines &= ~inside
        broken_at = _first_stray(bytes_, np.flatnonzero(marks), inside)
    ends = np.flatnonzero(lines) + 1
    whole = ends[: np.searchsorted(ends, broken_at, side="right")]
    broken = broken_at < len(bytes_)
    if not len(whole):
        empty = np.zeros(0, dtype=np.int64)
        return Records(data, empty, empty, empty), place, broken
    starts = np.concatenate(([0], whole[:-1]))
    cells = np.add.reduceat(commas[: whole[-1]], starts, dtype=np.int64) + 1
    first, length = bytes_[starts], whole - starts
    filled = ~((length == 1) | ((length == 2) & (first == _RETURN)))
    found = Records(data, starts[filled] + place, whole[filled] + place, cells[filled])
    return found, place + int(whole[-1]), broken


def _first_stray(bytes_: _Array, marks: _Array, inside: _Array) -> int:
    """Where the first quotation mark stands that neither opens a cell, nor closes one, nor is doubled."""
    before = np.where(marks > 0, bytes_[marks - 1], _LINE)
    last = len(bytes_) - 1
    after = np.where(marks < last, bytes_[np.minimum(marks + 1, last)], _LINE)
    opening = inside[marks]
    good = np.where(
        opening,
        (before == _COMMA) | (before == _LINE) | (before == _QUOTE),
        (after == _COMMA) | (after == _LINE) | (after == _RETURN) | (after == _QUOTE),
    )
    stray = marks[~good]
    return int(stray[0]) if len(stray) else len(bytes_)


def _single(line: bytes) -> Records:
    """One line with a stray quotation mark: within a cell it is a character like any other."""
    text = line.decode("latin-1")  # every byte as it is
    try:
        cells = next(csv.reader([text.rstrip("\r\n")], strict=True), [])
    except csv.Error:
        return Records(line, np.array([0]), np.array([len(line)]), np.array([0]))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    data = out.getvalue().encode("latin-1")
    return Records(data, np.array([0]), np.array([len(data)]), np.array([len(cells)]))
