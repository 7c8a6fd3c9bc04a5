"""Tables that have types of their own: Parquet, Arrow IPC (Feather) as files, and Arrow IPC as a stream."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl

from huiqi.tables.errors import TableError
from huiqi.tables.source import Piece, pieces_of

STREAM_MARK = b"\xff\xff\xff\xff"
"""How an Arrow IPC stream starts."""
_END = STREAM_MARK + b"\0\0\0\0"
_SCHEMA, _DICTIONARY, _RECORDS = 1, 2, 3
_LARGEST_METADATA = 1 << 28


class ArrowFile:
    """A Parquet or Arrow IPC file. A row group is unpacked once, whatever the size of the pieces."""

    def __init__(self, path: Path, parquet: bool) -> None:
        self._path = path
        self._lazy = pl.scan_parquet(path, glob=False) if parquet else pl.scan_ipc(path, glob=False)
        kind = "Parquet" if parquet else "Arrow IPC"
        try:
            self.schema: Mapping[str, pl.DataType] = dict(self._lazy.collect_schema())
            self.rows: int | None = self._lazy.select(pl.len()).collect().item()
        except (pl.exceptions.PolarsError, OSError) as problem:
            raise TableError(f"{path}: 不是 {kind} 文件，或者已经损坏") from problem
        self.columns = tuple(self.schema)

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the file."""
        lazy = self._lazy.select(wanted) if wanted else self._lazy
        try:
            yield from pieces_of(lazy.collect_batches(chunk_size=rows, maintain_order=True), rows)
        except (pl.exceptions.PolarsError, OSError) as problem:
            raise TableError(f"{self._path}: 读到一半读不下去，文件可能已经损坏") from problem


class ArrowStream:
    """An Arrow IPC stream, one record batch at a time. ``once`` says that it cannot be read again."""

    rows: int | None = None

    def __init__(self, start: Callable[[], BinaryIO], name: str, once: bool = False) -> None:
        self._start, self._name, self._once = start, name, once
        self._used = False
        self._open()
        if not once:
            self._stream.close()
        empty = self._frame(b"")
        self.schema: Mapping[str, pl.DataType] = dict(empty.schema)
        self.columns = tuple(self.schema)

    def _open(self) -> None:
        self._stream = self._start()
        kind, self._head = self._message()
        if kind != _SCHEMA:
            raise TableError(f"{self._name}: Arrow IPC 流的开头不对")

    def pieces(self, rows: int, wanted: Sequence[str]) -> Iterator[Piece]:
        """The rows in the order of the stream."""
        if self._used and self._once:
            raise TableError(f"{self._name}: 只能读一遍")
        self._used = True
        if not self._once:
            self._open()
        frames = (frame.select(wanted) if wanted else frame for frame in self._frames())
        try:
            yield from pieces_of(frames, rows)
        finally:
            self._stream.close()

    def _frames(self) -> Iterator[pl.DataFrame]:
        dictionaries = b""
        while True:
            kind, message = self._message()
            if kind == _DICTIONARY:
                dictionaries += message
            elif kind == _RECORDS:
                yield self._frame(dictionaries + message)
            elif kind == 0:
                return
            else:
                raise TableError(f"{self._name}: Arrow IPC 流里有认不得的消息")

    def _frame(self, messages: bytes) -> pl.DataFrame:
        try:
            return pl.read_ipc_stream(io.BytesIO(self._head + messages + _END))
        except (pl.exceptions.PolarsError, OSError) as problem:
            raise TableError(f"{self._name}: Arrow IPC 流读不了，可能已经损坏") from problem

    def _message(self) -> tuple[int, bytes]:
        """The next message and its kind; kind 0 at the end of the stream.

        A message is a mark, the length of its metadata, the metadata (a flatbuffer, which says the length of
        the body), and the body.
        """
        start = self._stream.read(8)
        if len(start) < 8 or start == _END:
            if start not in (b"", _END):
                raise TableError(f"{self._name}: Arrow IPC 流没有到头就断了")
            return 0, b""
        length = struct.unpack("<i", start[4:])[0]
        if start[:4] != STREAM_MARK or not 16 <= length <= _LARGEST_METADATA:
            raise TableError(f"{self._name}: 不是 Arrow IPC 流，或者已经损坏")
        metadata = self._exactly(length)
        try:
            kind, body = _kind_and_body(metadata)
        except struct.error as problem:
            raise TableError(f"{self._name}: Arrow IPC 流读不了，可能已经损坏") from problem
        return kind, start + metadata + self._exactly(body)

    def _exactly(self, length: int) -> bytes:
        content = self._stream.read(length) if length > 0 else b""
        if len(content) != length:
            raise TableError(f"{self._name}: Arrow IPC 流没有到头就断了")
        return content


def _kind_and_body(metadata: bytes) -> tuple[int, int]:
    """Two fields of the flatbuffer Message: the type of its header (a byte) and the length of its body."""
    (table,) = struct.unpack_from("<I", metadata, 0)
    (back,) = struct.unpack_from("<i", metadata, table)
    fields = table - back
    (size,) = struct.unpack_from("<H", metadata, fields)

    def place(number: int) -> int:
        entry = 4 + 2 * number
        return int(struct.unpack_from("<H", metadata, fields + entry)[0]) if entry < size else 0

    kind, body = place(1), place(3)
    return (
        metadata[table + kind] if kind else 0,
        struct.unpack_from("<q", metadata, table + body)[0] if body else 0,
    )
