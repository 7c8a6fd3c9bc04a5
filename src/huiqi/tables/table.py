"""A table of enterprises, read in chunks: every row is either in a batch or among the rejects, never lost.

What a cell means is what it would mean in a facts file (docs/language.md, 二): a bare number is 元 for money
and otherwise the unit of the vocabulary, or the one in the heading; a word for unknown, an empty cell and
null are unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from huiqi.language.diagnostics import nearest
from huiqi.language.types import Kind
from huiqi.language.vocabulary import Vocabulary
from huiqi.tables.cells import KnownRegion
from huiqi.tables.errors import TableError
from huiqi.tables.heading import Heading, read_heading, spelt
from huiqi.tables.places import open_sources
from huiqi.tables.reading import Chunk, Reading
from huiqi.tables.side import SideTable
from huiqi.tables.source import Source

ROWS = 50_000
"""How many rows a chunk has unless asked otherwise."""


class Table:
    """A table that was opened. ``rows`` is ``None`` where their number is known only at the end."""

    def __init__(
        self,
        sources: Sequence[Source],
        headings: Sequence[Heading],
        sides: Mapping[str, SideTable],
        vocabulary: Vocabulary,
        size: int,
    ) -> None:
        self.columns = sources[0].columns
        counts = [one.rows for one in sources]
        self.rows: int | None = None if None in counts else sum(one or 0 for one in counts)
        self._sources, self._headings, self._sides = sources, headings, sides
        self._vocabulary, self._size = vocabulary, size

    def chunks(self) -> Iterator[Chunk]:
        """The chunks in order, the same every time. No chunk reaches over the end of a file.

        With side tables the rejects of the last chunk tell also what in them belongs to no row (place 0).
        Raises ``TableError`` when the table cannot be read on.
        """
        for side in self._sides.values():
            side.start()
        reading = Reading(self._sides, self._vocabulary)
        held: Chunk | None = None  # only the last chunk can say what is left over, so one is held back
        before = 0
        for source, heading in zip(self._sources, self._headings, strict=True):
            read = 0
            for piece in source.pieces(self._size, heading.wanted):
                chunk = reading.chunk(piece, before, heading)
                read += piece.rows
                if held is not None:
                    yield held
                held = chunk if self._sides else None
                if held is None:
                    yield chunk
            before += read
        left = tuple(one for side in self._sides.values() for one in side.left_over(reading.hides_ids))
        if held is not None:
            yield replace(held, rejects=(*held.rejects, *left))
        elif left:
            raise TableError(f"主表一行也没有，附表却有 {len(left)} 个编号")


def open_table(
    source: str | Path,
    vocabulary: Vocabulary,
    *,
    known_region: KnownRegion = bool,
    id_column: str | None = None,
    ignore: Sequence[str] = (),
    items: Mapping[str, Path | str] | None = None,
    rows: int = ROWS,
) -> Table:
    """Open a table: its heading is read and checked, its rows are not.

    ``source`` is a Parquet, CSV (UTF-8 or GB18030) or Arrow IPC file, a folder or pattern of such files,
    ``-`` for standard input (CSV or an Arrow IPC stream), ``postgresql://…?table=NAME`` or
    ``duckdb:///file?table=NAME``. ``id_column`` names the rows; by default the first there is of 编号,
    统一社会信用代码 and 企业名称, else their number. ``ignore`` are columns that are not looked at (a field
    of items as ``集合.字段``), as are those that start with ``_``. ``items`` gives for a collection the side
    table of its items; side tables are read at once and must fit in memory.

    Raises ``TableError``, with one clear line in Chinese, when the table as a whole cannot be read.
    """
    if rows < 1:
        raise TableError(f"每批的行数至少是 1，给的是 {rows}")
    ignored = {spelt(one) for one in ignore}
    sources = open_sources(source, id_column)
    try:
        headings = [
            read_heading(one.columns, one.schema, vocabulary, known_region, id_column, ignored)
            for one in sources
        ]
    except TableError as problem:
        raise TableError(f"{_shown(source)}: {problem}") from None
    for name in items or {}:
        _check_side(name, headings[0], vocabulary)
    ids = headings[0].id_column or ""
    sides = {
        name: SideTable(path, vocabulary[name], ids, ignored, known_region)
        for name, path in (items or {}).items()
    }
    return Table(sources, headings, sides, vocabulary, rows)


def _check_side(name: str, heading: Heading, vocabulary: Vocabulary) -> None:
    declaration = vocabulary.get(name)
    if declaration is None or declaration.type.kind is not Kind.COLLECTION:
        lists = [one.name for one in vocabulary.values() if one.type.kind is Kind.COLLECTION]
        right = nearest(name, lists)
        raise TableError(f"附表“{name}”不是词表里的集合" + (f"，是不是“{right}”？" if right else ""))
    if any(one.declaration.name == name for one in heading.collections.values()):
        raise TableError(f"“{name}”在主表里有一列，又有附表，只留一处")
    if heading.id_column is None:
        raise TableError(f"有附表“{name}”，主表就要有编号一列")


def _shown(source: str | Path) -> str:
    """A source without a password."""
    text = str(source)
    if "://" in text:
        return "表 " + text.partition("table=")[2].partition("&")[0]
    return "标准输入" if text == "-" else text
