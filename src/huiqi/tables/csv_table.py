"""CSV tables: UTF-8 or GB18030, cells as texts; a line that has too few or too many cells is a torn row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO

import numpy as np
import polars as pl

from huiqi.tables.errors import TableError
from huiqi.tables.records import Records, read_records
from huiqi.tables.source import Piece, Torn

_CHINESE = "\u2e80"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class CsvTable:
    """A CSV text with a heading. ``once`` says that it cannot be read again, as standard input."""

    rows: int | None = None
    schema: Mapping[str, pl.DataType] = {}

    def __init__(self, start: Callable[[], BinaryIO], name: str, once: bool = False) -> None:
        self._start, self._name, self._once = start, name, once
        stream = start()
        records = read_records(stream)
        first = next(records, None)
        self._begun: Iterator[Records] | None = None
        if once and first is not None:
            self._begun = chain([_without_first(first)], records)
        elif not once:
            stream.close()
        if first is None:
            raise TableError(f"{name}: 表是空的，第一行要是列名")
        line = first.data[first.starts[0] : first.ends[0]].rstrip(b"\r\n")
        self.encoding = self._encoding_of(line, first)
        text = line.decode(self.encoding)
        if "\r" in text:
            raise TableError(f"{name}: 换行只有 CR，要 LF 或 CRLF；用表格软件另存为 CSV")
        if "," not in text and ("\t" in text or ";" in text or "，" in text):
            raise TableError(f"{name}: 列与列之间要用半角逗号，第一行里没有")
        self.columns = tuple(next(csv.reader([text])))

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in order; cells that are not wanted are read and left out."""
        if self._once:
            records, self._begun = self._begun, None
            if records is None:
                raise TableError(f"{self._name}: 只能读一遍")
            yield from self._pieces(records, rows, wanted)
            return
        with self._start() as stream:
            records = read_records(stream)
            yield from self._pieces(chain([_without_first(next(records))], records), rows, wanted)

    def _pieces(self, records: Iterator[Records], rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        place = 1
        held: list[Records] = []
        count = 0
        for one in records:
            if len(one):
                held.append(one)
                count += len(one)
            while count >= rows:
                taken, held = _take(held, rows)
                yield self._piece(taken, place, wanted)
                place, count = place + rows, count - rows
        if count:
            yield self._piece(held, place, wanted)

    def _encoding_of(self, line: bytes, first: Records) -> str:
        if line.startswith(_UTF_16):
            raise TableError(f"{self._name}: 是 UTF-16 编码，另存为 UTF-8 的 CSV")
        if b"\0" in line:
            raise TableError(f"{self._name}: 是二进制文件，不是 CSV")
        # a heading in ASCII alone says nothing; then the first rows do
        for sample in (line, first.data[first.starts[0] : first.ends[-1]]):
            if not sample.isascii():
                found = _encoding(sample)
                if found is None and sample is line:
                    raise TableError(f"{self._name}: 编码既不是 UTF-8 也不是 GB18030，另存为 UTF-8 的 CSV")
                return found or "utf-8"
        return "utf-8"

    def _piece(self, held: list[Records], first: int, wanted: Sequence[str]) -> Piece:
        width = len(self.columns)
        torn: list[Torn] = []
        good: list[bytes] = []
        places: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
        whole: list[bytes] = []
        place = first
        for one in held:
            fits = one.cells == width
            here = np.arange(place, place + len(one))
            whole.append(one.data[one.starts[0] : one.ends[-1]])
            places.append(here[fits])
            good += [whole[-1]] if _unbroken(one, fits) else _each(one, fits)
            torn += [self._torn(int(here[row]), int(one.cells[row])) for row in np.flatnonzero(~fits)]
            place += len(one)
        taken = pl.Series(np.concatenate(places), dtype=pl.UInt64)
        frame = self._frame(b"".join(good), len(taken))
        if frame is None:
            each = [record for one in held for record in _each(one, one.cells == width)]
            frame, taken = self._slowly(each, taken, torn)
        torn.sort(key=lambda one: one.place)
        frame = frame.select(wanted) if wanted else frame
        return Piece(first, place - first, frame, taken, tuple(torn), b"".join(whole))

    def _torn(self, place: int, cells: int) -> Torn:
        if not cells:
            return Torn(place, "引号不成对", "格里有引号的，整格加引号，里面的引号写两个")
        hint = "格里有逗号的，整格加引号" if cells > len(self.columns) else "空格也要留逗号"
        return Torn(place, f"这一行有 {cells} 格，表头有 {len(self.columns)} 格", hint)

    def _frame(self, content: bytes, rows: int) -> pl.DataFrame | None:
        """The cells of whole records, or ``None`` when they are better looked at one by one."""
        schema = dict.fromkeys(self.columns, pl.String)
        if not rows:
            return pl.DataFrame(schema=schema)
        try:
            if self.encoding != "utf-8":
                content = content.decode(self.encoding).encode()
            frame = pl.read_csv(io.BytesIO(content), has_header=False, schema=schema, infer_schema=False)
        except (UnicodeDecodeError, pl.exceptions.PolarsError):
            return None
        return frame if frame.height == rows else None

    def _slowly(
        self, good: list[bytes], places: pl.Series, torn: list[Torn]
    ) -> tuple[pl.DataFrame, pl.Series]:
        """The same, record by record, so that a bad byte costs one row and not all."""
        rows: list[list[str]] = []
        kept: list[int] = []
        for place, record in zip(places, good, strict=True):
            try:
                text = record.decode(self.encoding)
                cells = next(csv.reader(io.StringIO(text, newline=""), strict=True))
            except UnicodeDecodeError:
                name = "UTF-8" if self.encoding == "utf-8" else "GB18030"
                torn.append(Torn(place, f"这一行里有不是 {name} 编码的字", "用同一种编码存整个表"))
                continue
            except csv.Error:
                torn.append(Torn(place, "这一行读不了", "引号要成对，一格不超过十三万字"))
                continue
            if len(cells) != len(self.columns):
                torn.append(self._torn(place, len(cells)))
                continue
            rows.append(cells)
            kept.append(place)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(self.columns, pl.String), orient="row")
        return frame, pl.Series(kept, dtype=pl.UInt64)


def _encoding(sample: bytes) -> str | None:
    """UTF-8 or GB18030; of a few bytes that are both, the one in which they are Chinese."""
    found = None
    for encoding in ("utf-8", "gb18030"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        if max(text) >= _CHINESE:
            return encoding
        found = found or encoding
    return found


def _unbroken(records: Records, fits: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> bool:
    """Whether all records fit and lie end to end, so that they need not be cut out."""
    return bool(fits.all() and (records.starts[1:] == records.ends[:-1]).all())


def _each(records: Records, fits: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[bytes]:
    ends = zip(records.starts[fits].tolist(), records.ends[fits].tolist(), strict=True)
    return [records.data[start:end] for start, end in ends]


def _without_first(records: Records) -> Records:
    return Records(records.data, records.starts[1:], records.ends[1:], records.cells[1:])


def _take(held: list[Records], rows: int) -> tuple[list[Records], list[Records]]:
    """The first ``rows`` records, and the others."""
    taken: list[Records] = []
    for place, one in enumerate(held):
        if rows <= len(one):
            before = Records(one.data, one.starts[:rows], one.ends[:rows], one.cells[:rows])
            after = Records(one.data, one.starts[rows:], one.ends[rows:], one.cells[rows:])
            rest = held[place + 1 :]
            return [*taken, before], [after, *rest] if len(after) else rest
        taken.append(one)
        rows -= len(one)
    return taken, []
