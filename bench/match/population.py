"""Who ``huiqi sample --n`` makes up, as batches for the whole catalogue."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.match.ours import CATALOGUE
from bench.match.rows import BLOCK, SEED
from huiqi.catalogue.load import load_catalogue
from huiqi.columns.batch import Batch
from huiqi.population.read import read_plan
from huiqi.population.write import write_file
from huiqi.tables import open_table


def blocks(rows: int) -> Iterator[Batch]:
    """The first so many of the made-up district, block by block, read from a file as a match reads them."""
    catalogue = load_catalogue(CATALOGUE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "district.parquet"
        write_file(read_plan(catalogue), SEED, rows, path, lambda _: None)
        for chunk in open_table(path, catalogue.vocabulary, rows=BLOCK).chunks():
            yield chunk.batch
