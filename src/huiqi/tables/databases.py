"""Tables in databases: DuckDB files and PostgreSQL, read as a stream in a fixed order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any as Anything
from typing import BinaryIO, cast
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import polars as pl

from huiqi.tables.csv_table import CsvTable
from huiqi.tables.errors import TableError
from huiqi.tables.heading import ID_COLUMNS
from huiqi.tables.source import Piece, pieces_of

_BOOLEAN, _TIMES = 16, (1114, 1184)  # PostgreSQL's numbers of the types boolean, timestamp, timestamptz


class DuckDbTable:
    """A table or view of a DuckDB file, opened for reading only, in the order in which it was written."""

    def __init__(self, address: str) -> None:
        try:
            import duckdb
        except ImportError:
            raise TableError('读 DuckDB 要先安装：pip install "huiqi[duckdb]"') from None
        parts = urlsplit(address)
        self._name = _table_name(address)
        path = Path(unquote(parts.netloc + parts.path))
        if not path.is_file():  # three strokes are written for a path from here, too
            path = Path(unquote(parts.path.removeprefix("/")))
        if not path.is_file():
            raise TableError(f"{path}: 没有这个文件")
        self._error = duckdb.Error
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
            self._connection.execute("SET preserve_insertion_order = true")
            quoted = ".".join(map(_quoted, self._name.split(".")))
            self._query = f"SELECT * FROM {quoted}"  # noqa: S608
            ((count,),) = self._connection.execute(f"SELECT count(*) FROM {quoted}").fetchall()  # noqa: S608
            first = pl.DataFrame(self._connection.sql(f"{self._query} LIMIT 0"))
        except duckdb.Error as problem:
            said = str(problem).splitlines()[0]
            raise TableError(f"{path}: 读不了表“{self._name}”：{said}") from problem
        self.rows: int | None = count
        self.schema: Mapping[str, pl.DataType] = dict(first.schema)
        self.columns = tuple(first.columns)

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the table."""
        query = f"SELECT {', '.join(map(_quoted, wanted)) or '*'} {self._query.removeprefix('SELECT * ')}"
        try:
            stream = pl.scan_arrow_c_stream(self._connection.sql(query))
            yield from pieces_of(stream.collect_batches(chunk_size=rows, maintain_order=True), rows)
        except (self._error, pl.exceptions.PolarsError) as problem:
            raise TableError(f"表“{self._name}”读到一半读不下去：{str(problem).splitlines()[0]}") from problem


class PostgresTable:
    """A table or view of a PostgreSQL database, read by one COPY in the order of the column of ids.

    The server writes it as CSV row by row, so neither side holds it; one statement sees one state of the
    table. Without a column of ids there is no order that would be the same tomorrow: it is refused.
    """

    def __init__(self, address: str, id_column: str | None) -> None:
        try:
            import psycopg
        except ImportError:
            raise TableError('读 PostgreSQL 要先安装：pip install "huiqi[postgresql]"') from None
        self._psycopg = psycopg
        self._name = _table_name(address)
        parts = urlsplit(address)
        options = [pair for pair in parse_qsl(parts.query) if pair[0] != "table"]
        self._address = urlunsplit(parts._replace(query=urlencode(options)))
        table = ".".join(map(_quoted, self._name.split(".")))
        head = f"SELECT * FROM {table} LIMIT 0"  # noqa: S608
        try:
            with psycopg.connect(self._address) as connection:
                described = connection.execute(head.encode()).description or []
                found = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608
        except psycopg.Error as problem:
            raise TableError(f"PostgreSQL 读不了表“{self._name}”：{_first_line(problem)}") from problem
        self.rows: int | None = found[0] if found else None
        self.schema: Mapping[str, pl.DataType] = {}
        self.columns = tuple(column.name for column in described)
        ids = next((one for one in (id_column or "", *ID_COLUMNS) if one in self.columns), None)
        if ids is None:
            raise TableError(f"PostgreSQL 的表“{self._name}”要有编号一列，才能每次按同样的次序读")
        self._ids, self._table = ids, table
        self._casts = {column.name: _cast(column.name, column.type_code) for column in described}

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of their ids."""
        columns = list(wanted) or list(self.columns)
        selected = ", ".join(self._casts[one] for one in columns)
        order = f'{_quoted(self._ids)}::text COLLATE "C"'
        query = (
            f"COPY (SELECT {selected} FROM {self._table} ORDER BY {order})"  # noqa: S608
            " TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')"
        )
        try:
            with (
                self._psycopg.connect(self._address) as connection,
                connection.cursor() as cursor,
                cursor.copy(query.encode()) as copy,
            ):
                stream = cast(BinaryIO, io.BufferedReader(_Blocks(iter(copy))))
                yield from CsvTable(lambda: stream, self._name, once=True).pieces(rows, wanted)
        except self._psycopg.Error as problem:
            raise TableError(f"表“{self._name}”读到一半读不下去：{_first_line(problem)}") from problem


class _Blocks(io.RawIOBase):
    """Blocks of bytes as they come, as a stream."""

    def __init__(self, blocks: Iterator[Anything]) -> None:
        super().__init__()
        self._blocks, self._rest = blocks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Anything) -> int:
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _cast(column: str, type_code: int) -> str:
    """A column so that its text is what a table says: 1 and 0, and a day where a time is midnight."""
    name = _quoted(column)
    if type_code == _BOOLEAN:
        return f"{name}::int AS {name}"
    if type_code in _TIMES:
        return f"CASE WHEN {name}::time = '0:00' THEN {name}::date::text ELSE {name}::text END AS {name}"
    return name


def _table_name(address: str) -> str:
    names = [value for key, value in parse_qsl(urlsplit(address).query) if key == "table"]
    if len(names) != 1 or not names[0]:
        raise TableError("地址里要写明是哪一张表，如 …?table=企业")
    return names[0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
