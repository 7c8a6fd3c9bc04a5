"""Made-up enterprises as typed columns: the same for every peer, block by block, from a seed.

About one value in seven is unknown. ``complete`` tables have no unknowns, for peers that know none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from bench.match.subset import COLUMNS, PLACE, Column
from huiqi.columns.batch import Batch, tick
from huiqi.language.benefit import RuleBook

Array = npt.NDArray[np.generic]
BLOCK = 50_000
UNKNOWN = 0.15
SEED = 20250201
_TYPES: Mapping[str, type[np.generic]] = {
    "是否": np.bool_,
    "选项": np.int16,
    "数": np.int64,
    "日期": np.int32,
}
_POLARS: Mapping[str, type[pl.DataType]] = {
    "是否": pl.Boolean,
    "选项": pl.Int16,
    "数": pl.Int64,
    "日期": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name: the values, and where they are known (elsewhere a value means nothing)."""

    values: Mapping[str, Array]
    known: Mapping[str, npt.NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(next(iter(self.values.values())))

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        return sum(column.nbytes for each in (self.values, self.known) for column in each.values())

    def frame(self) -> pl.DataFrame:
        """The same columns with nulls."""
        return pl.DataFrame({column.name: self._series(column) for column in COLUMNS})

    def _series(self, column: Column) -> pl.Series:
        series = pl.Series(column.name, self.values[column.name]).cast(_POLARS[column.kind])
        known = self.known[column.name]
        if known.all():
            return series
        return pl.select(pl.when(pl.Series(known)).then(series).alias(column.name)).to_series()


def table(rows: int, complete: bool = False) -> Table:
    """So many enterprises at once."""
    blocks = list(blocks_of(rows, complete))
    values = {
        column.name: np.concatenate([each.values[column.name] for each in blocks]) for column in COLUMNS
    }
    known = {column.name: np.concatenate([each.known[column.name] for each in blocks]) for column in COLUMNS}
    return Table(values, known)


def blocks_of(rows: int, complete: bool = False) -> Iterator[Table]:
    """So many enterprises, a block at a time; a block is the same however many follow."""
    for place in range(-(-rows // BLOCK)):
        rng = np.random.default_rng((SEED, place))
        size = min(BLOCK, rows - place * BLOCK)
        values, known = {}, {}
        for column in COLUMNS:
            values[column.name] = _values(column, rng)[:size]
            given = rng.random(BLOCK)[:size] >= UNKNOWN
            known[column.name] = np.ones(size, np.bool_) if complete else given
        yield Table(values, known)


def _values(column: Column, rng: np.random.Generator) -> Array:
    if column.kind == "是否":
        return rng.random(BLOCK) < 0.6
    if column.kind == "选项":
        weights = np.array(column.weights)
        return rng.choice(len(weights), BLOCK, p=weights / weights.sum()).astype(np.int16)
    if column.kind == "日期":
        return rng.integers(column.least, column.most, BLOCK, np.int32, endpoint=True)
    spread = np.exp(rng.random(BLOCK) * np.log(column.most / max(column.least, 1)))
    numbers = (spread * max(column.least, 1)).astype(np.int64).clip(column.least, column.most)
    often = np.array(column.often, np.int64)[rng.integers(0, len(column.often), BLOCK)]
    return np.where(rng.random(BLOCK) < 1 / 3, often, numbers)


def batch_of(block: Table, first: int, book: RuleBook) -> Batch:
    """The same enterprises as Huiqi takes them: its own options and ticks."""
    columns = []
    for series in block.frame():
        kind = book.vocabulary[series.name].type
        if PLACE[series.name].kind == "选项":
            assert kind.options == PLACE[series.name].options, series.name
        if PLACE[series.name].kind == "数":
            scale = 1 / tick(kind)
            assert scale.denominator == 1, series.name
            series = series * scale.numerator if scale != 1 else series
        columns.append(series)
    return Batch(pl.Series("id", np.arange(first, first + len(block))).cast(pl.String), pl.DataFrame(columns))
