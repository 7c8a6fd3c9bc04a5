"""From what a user names to the tables it stands for: a file, a folder, a pattern, ``-``, or an address."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from glob import has_magic
from pathlib import Path
from typing import BinaryIO, cast

from huiqi.tables.arrow import STREAM_MARK, ArrowFile, ArrowStream, ParquetTable
from huiqi.tables.csv_table import CsvTable
from huiqi.tables.databases import DuckDbTable, PostgresTable
from huiqi.tables.errors import TableError
from huiqi.tables.source import Source

SUFFIXES = (".parquet", ".csv", ".arrow", ".feather", ".ipc", ".arrows")
PARQUET_MARK, _ARROW = b"PAR1", b"ARROW1"


def open_sources(source: str | Path, id_column: str | None = None) -> list[Source]:
    """The tables that a user names, files of a folder or pattern in the order of their names.

    Raises ``TableError`` when there is none, when one cannot be opened, or when they differ in their columns.
    """
    text = str(source)
    if text == "-":
        return [_standard_input(sys.stdin.buffer)]
    scheme = text.partition("://")[0] if "://" in text else ""
    if scheme in ("postgresql", "postgres"):
        return [PostgresTable(text, id_column)]
    if scheme == "duckdb":
        return [DuckDbTable(text)]
    if scheme:
        raise TableError(f"不认识的地址 {scheme}://，可以用 postgresql:// 或 duckdb://")
    tables = [(path, _open(path)) for path in _files(text)]
    first, head = tables[0]
    for path, table in tables:
        if set(table.columns) != set(head.columns):
            other = sorted(set(table.columns) ^ set(head.columns))[0]
            raise TableError(f"{path} 和 {first} 的列不一样：“{other}”只有一个文件有")
    return [table for _, table in tables]


def _files(text: str) -> list[Path]:
    path = Path(text)
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
        if not found:
            raise TableError(f"{path}: 文件夹里没有表（{' '.join(SUFFIXES)}）")
    elif path.is_file():
        found = [path]
    elif has_magic(text):
        found = sorted(one for one in _matching(path) if one.is_file())
        if not found:
            raise TableError(f"{text}: 没有这样的文件")
    else:
        raise TableError(f"{path}: 没有这个文件")
    return found


def _matching(pattern: Path) -> Iterator[Path]:
    """The paths that a pattern such as ``districts/*.parquet`` stands for."""
    parts = pattern.parts
    fixed = next(place for place, part in enumerate(parts) if has_magic(part))
    return Path(*parts[:fixed]).glob(str(Path(*parts[fixed:])))


def _open(path: Path) -> Source:
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_ARROW))
    except OSError as problem:
        raise TableError(f"{path}: 文件读不了：{problem.strerror}") from problem
    if start.startswith(PARQUET_MARK):
        return ParquetTable(path)
    if start == _ARROW:
        return ArrowFile(path)
    if start.startswith(STREAM_MARK):
        return ArrowStream(lambda: path.open("rb"), str(path))
    if path.suffix.lower() not in (".csv", ".txt"):
        raise TableError(f"{path}: 不是 Parquet、Arrow、CSV 中的一种，看开头不像 {path.suffix or '表'}")
    return CsvTable(lambda: path.open("rb"), str(path))


def _standard_input(stream: BinaryIO) -> Source:
    """CSV or an Arrow IPC stream, told apart by the first bytes."""
    name = "标准输入"
    reader = io.BufferedReader(cast(io.RawIOBase, stream)) if not hasattr(stream, "peek") else stream
    start = cast(io.BufferedReader, reader).peek(len(_ARROW))[: len(_ARROW)]
    if start.startswith((PARQUET_MARK, _ARROW)):
        kind = "Parquet" if start.startswith(PARQUET_MARK) else "Arrow IPC 文件"
        raise TableError(f"{name}是 {kind}，不能边来边读：存成文件再给，或改送 CSV、Arrow IPC 流")
    opened: Callable[[], BinaryIO] = lambda: reader  # noqa: E731
    if start.startswith(STREAM_MARK):
        return ArrowStream(opened, name, once=True)
    return CsvTable(opened, name, once=True)
