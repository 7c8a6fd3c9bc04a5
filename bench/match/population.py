"""Who ``huiqi sample --n`` makes up, as batches for the whole catalogue."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

import polars as pl

from bench.match.ours import CATALOGUE
from bench.match.rows import BLOCK, SEED
from huiqi.catalogue.load import load_catalogue
from huiqi.columns.batch import Batch
from huiqi.population.read import read_plan
from huiqi.population.write import write_file
from huiqi.tables import open_table

DISTRICT = 2 * BLOCK


@cache
def _district() -> list[Batch]:
    catalogue = load_catalogue(CATALOGUE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "district.parquet"
        write_file(read_plan(catalogue), SEED, DISTRICT, path, lambda _: None)
        return [chunk.batch for chunk in open_table(path, catalogue.vocabulary, rows=BLOCK).chunks()]


def blocks(rows: int) -> Iterator[Batch]:
    """So many enterprises, block by block: a made-up district, from the start again where it ends."""
    left = rows
    for batch in cycle(_district()):
        if left <= 0:
            return
        wanted = min(left, len(batch))
        yield batch if wanted == len(batch) else _first(batch, wanted)
        left -= wanted


def _first(batch: Batch, rows: int) -> Batch:
    return batch.take(pl.int_range(len(batch), eager=True) < rows)
