"""Tables that have types of their own: Parquet, Arrow IPC (Feather) as files, and Arrow IPC as a stream.

PyArrow reads them, a batch at a time: Polars unpacks row groups ahead of who asks for them, so that a long
table would end up in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from huiqi.tables.errors import TableError
from huiqi.tables.source import Piece, pieces_of

STREAM_MARK = b"\xff\xff\xff\xff"
"""How an Arrow IPC stream starts."""
_PROBLEMS = (pa.ArrowException, pl.exceptions.PolarsError, OSError)


class ParquetTable:
    """A Parquet file. Row groups are unpacked page by page, so their size does not matter."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with parquet.ParquetFile(path) as file:
                self.schema = _schema(file.schema_arrow, str(path))
                self.rows: int | None = file.metadata.num_rows
        except _PROBLEMS as problem:
            raise TableError(f"{path}: 不是 Parquet 文件，或者已经损坏") from problem
        self.columns = tuple(self.schema)

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the file."""
        try:
            with parquet.ParquetFile(self._path, pre_buffer=False) as file:
                batches = file.iter_batches(batch_size=rows, columns=list(wanted) or None)
                yield from pieces_of(_frames(batches, wanted), rows)
        except _PROBLEMS as problem:
            raise TableError(f"{self._path}: 读到一半读不下去，文件可能已经损坏") from problem


class ArrowFile:
    """An Arrow IPC file, one record batch at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
                self.schema = _schema(reader.schema, str(path))
                self.rows: int | None = reader.count_rows()
        except _PROBLEMS as problem:
            raise TableError(f"{path}: 不是 Arrow IPC 文件，或者已经损坏") from problem
        self.columns = tuple(self.schema)

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the file."""
        try:
            with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file) as reader:
                batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
                yield from pieces_of(_frames(batches, wanted), rows)
        except _PROBLEMS as problem:
            raise TableError(f"{self._path}: 读到一半读不下去，文件可能已经损坏") from problem


class ArrowStream:
    """An Arrow IPC stream, one record batch at a time. ``once`` says that it cannot be read again."""

    rows: int | None = None

    def __init__(self, start: Callable[[], BinaryIO], name: str, once: bool = False) -> None:
        self._start, self._name, self._once = start, name, once
        self._used = False
        self._reader = self._open()
        self.schema = _schema(self._reader.schema, name)
        self.columns = tuple(self.schema)

    def _open(self) -> pa.RecordBatchStreamReader:
        self._stream = self._start()
        try:
            return pa.ipc.open_stream(self._stream)
        except _PROBLEMS as problem:
            raise TableError(f"{self._name}: 不是 Arrow IPC 流，或者已经损坏") from problem

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the stream."""
        if self._used:
            if self._once:
                raise TableError(f"{self._name}: 只能读一遍")
            self._reader = self._open()
        self._used = True
        try:
            yield from pieces_of(_frames(self._reader, wanted), rows)
        except _PROBLEMS as problem:
            raise TableError(f"{self._name}: Arrow IPC 流读不下去，没有到头就断了，或者已经损坏") from problem
        finally:
            self._stream.close()


def _frames(batches: Iterator[pa.RecordBatch], wanted: Sequence[str]) -> Iterator[pl.DataFrame]:
    for batch in batches:
        frame = pl.from_arrow(batch.select(list(wanted)) if wanted else batch)
        assert isinstance(frame, pl.DataFrame)
        yield frame


def _schema(schema: pa.Schema, name: str) -> Mapping[str, pl.DataType]:
    """The types of the columns; raises ``TableError`` where two are called alike."""
    twice = next((one for one in schema.names if schema.names.count(one) > 1), None)
    if twice is not None:
        raise TableError(f"{name}: 有两列都叫“{twice}”，一列一个名称")
    frame = pl.from_arrow(schema.empty_table())
    assert isinstance(frame, pl.DataFrame)
    return dict(frame.schema)
