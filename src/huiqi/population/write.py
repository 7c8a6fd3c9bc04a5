"""Populations into files and streams, a block at a time: memory does not grow with the number asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from huiqi.population.draw import BLOCK, draw_block
from huiqi.population.plan import Plan
from huiqi.population.table import as_csv_columns, schema_of, table_of

SUFFIXES = (".parquet", ".csv")

Step = Callable[[int], None]
"""Told how many rows were made."""


def tables(plan: Plan, seed: int, count: int) -> Iterator[pl.DataFrame]:
    """The first ``count`` subjects of a population, in tables of at most ``BLOCK`` rows."""
    for number, start in enumerate(range(0, count, BLOCK)):
        yield table_of(plan, draw_block(plan, seed, number), min(BLOCK, count - start))


def write_csv(plan: Plan, seed: int, count: int, put: Callable[[bytes], object], made: Step) -> None:
    """CSV with a heading, block by block."""
    for place, table in enumerate(tables(plan, seed, count)):
        put(as_csv_columns(table).write_csv(include_header=place == 0).encode())
        made(len(table))


def write_parquet(plan: Plan, seed: int, count: int, path: Path, made: Step) -> None:
    """Parquet with a row group for each block."""

    def blocks(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        for table in tables(plan, seed, count):
            yield table.select(columns) if columns is not None else table
            made(len(table))

    lazy = register_io_source(blocks, schema=dict(schema_of(plan)), is_pure=True)
    lazy.sink_parquet(path, row_group_size=BLOCK, maintain_order=True)


def write_file(plan: Plan, seed: int, count: int, path: Path, made: Step) -> None:
    """A file of one of ``SUFFIXES``, whole or not at all: made beside its place, then moved there.

    Raises ``OSError`` when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder) / path.name
        if path.suffix.lower() == ".parquet":
            write_parquet(plan, seed, count, part, made)
        else:
            with part.open("wb") as stream:
                write_csv(plan, seed, count, stream.write, made)
        part.replace(path)
