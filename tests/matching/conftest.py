"""A made-up population of the shipped catalogue, as files, and what a single enterprise is told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.matching.run import Report, Request, Run
from huiqi.population.read import read_plan
from huiqi.population.write import tables
from huiqi.tables import open_table

ON = date(2024, 6, 1)
SPECIAL = ("henan-services-2024/nev-purchase-tax", "henan-zjtx-2024/apply-innovative")
"""Benefits that some of the made-up subjects are due, one of them for each of several things."""


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The catalogue that comes with the project."""
    return load_catalogue(Path(__file__).resolve().parents[2] / "catalogue")


@pytest.fixture(scope="session")
def people(shipped: Catalogue) -> pl.DataFrame:
    """Some hundred subjects, as a table that can be matched."""
    return pl.concat(tables(read_plan(shipped), 5, 600))


class Matching:
    """Runs matches in a folder of their own."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self.catalogue, self.folder = catalogue, folder

    def table(self, table: pl.DataFrame, name: str = "table.parquet") -> Path:
        """A table as a file."""
        path = self.folder / name
        table.write_parquet(path)
        return path

    def run(
        self,
        table: pl.DataFrame | Path,
        out: str = "out.parquet",
        *,
        rows: int = 200,
        changed: bool = False,
        catalogue: Catalogue | None = None,
        request: Request | None = None,
    ) -> Report:
        """A whole match."""
        used = catalogue or self.catalogue
        path = table if isinstance(table, Path) else self.table(table)
        opened = open_table(path, used.vocabulary, rows=rows)
        asked = request or self.request()
        return Run(used, opened, self.folder / out, asked).go(changed=changed)

    def request(self, on: date = ON, **settings: Any) -> Request:
        """Some of the benefits, over enterprises and collections: enough to see, few enough to be quick."""
        some = [*list(self.catalogue.benefits)[::8], *SPECIAL]
        chosen = tuple(one for one in self.catalogue.benefits if one in some)
        return Request(**{"on": on, "benefits": chosen, "by": ("注册地",), **settings})

    def bytes(self, out: str = "out.parquet") -> dict[str, bytes]:
        """Every file that a match left, by its name after the stem."""
        stem = Path(out).stem
        return {
            path.name.removeprefix(stem): path.read_bytes()
            for path in sorted(self.folder.glob(f"{stem}.*"))
            if not path.name.endswith("state.json")
        }


@pytest.fixture
def matching(shipped: Catalogue, tmp_path: Path) -> Matching:
    """A folder to match in."""
    return Matching(shipped, tmp_path)
