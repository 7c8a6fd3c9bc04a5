"""The rows behind a batch: one for each enterprise, each item, each pair of items; and the columns given."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl

from huiqi.columns.batch import ROW, Batch
from huiqi.columns.program import ENTERPRISE, INFINITE, Space, Step

Places = npt.NDArray[np.int64]


class Frames:
    """For one batch: how long each space is, what belongs to what, and the columns that a program loads."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._rows: dict[Space, Places] = {ENTERPRISE: np.arange(len(batch), dtype=np.int64)}
        self._parents: dict[Space, Places] = {}
        self._aligned: dict[Space, Places] = {}
        self._counts: dict[str, Places] = {}

    def length(self, space: Space) -> int:
        """How many rows a space has."""
        return len(self.rows(space))

    def rows(self, space: Space) -> Places:
        """The enterprise that each row of a space belongs to; never falling."""
        if space not in self._rows:
            self._rows[space] = self.rows(space[:-1])[self.parent(space)]
        return self._rows[space]

    def _count(self, collection: str) -> Places:
        """How many items each enterprise has."""
        if collection not in self._counts:
            rows = self.batch.items[collection][ROW].to_numpy()
            self._counts[collection] = np.bincount(rows, minlength=len(self.batch)).astype(np.int64)
        return self._counts[collection]

    def parent(self, space: Space) -> Places:
        """For each row of a space, the row of the space around it that it belongs to; never falling."""
        if space not in self._parents:
            each = self._count(space[-1])[self.rows(space[:-1])]
            self._parents[space] = np.repeat(np.arange(len(each), dtype=np.int64), each)
        return self._parents[space]

    def aligned(self, space: Space) -> Places:
        """For each row of a space, the place of its innermost item among all items of that collection."""
        if space not in self._aligned:
            counts, around = self._count(space[-1]), self.rows(space[:-1])
            first = np.cumsum(counts) - counts
            each = counts[around]
            within = np.arange(each.sum(), dtype=np.int64) - np.repeat(np.cumsum(each) - each, each)
            self._aligned[space] = np.repeat(first[around], each) + within
        return self._aligned[space]

    def load(self, step: Step) -> pl.Series:
        """A column that the program loads."""
        kind, key = cast("tuple[str, str]", step.value)
        if kind == "never":
            return pl.repeat(False, self.length(step.space), eager=True)
        if kind == "given" or step.space == ENTERPRISE:
            return _LOADS[kind](self.batch.facts[key], step)
        collection, _, field = key.partition(".")
        return _LOADS[kind](self.batch.items[collection][field], step)

    def spread(self, column: pl.Series, space: Space) -> pl.Series:
        """A column of the space around, for each row of a space."""
        return column.gather(self.parent(space))

    def align(self, column: pl.Series, space: Space) -> pl.Series:
        """A column of the items of a collection, for each row of a space whose innermost items they are."""
        return column.gather(self.aligned(space))

    def reduce(self, operation: str, column: pl.Series, space: Space) -> pl.Series:
        """``any``, ``sum``, ``most`` or ``least`` of what belongs to each row of the space around."""
        function, nothing = _REDUCTIONS[operation]
        parent, length = self.parent(space), self.length(space[:-1])
        values = column.to_numpy()
        found = np.full(length, nothing, dtype=values.dtype)
        if len(parent):
            first = np.flatnonzero(np.diff(parent, prepend=-1))
            found[parent[first]] = function.reduceat(values, first)
        return pl.Series(found)


def _numbers(column: pl.Series) -> pl.Series:
    return column.to_physical().cast(pl.Int64)


def _low(column: pl.Series, step: Step) -> pl.Series:
    return _numbers(column).fill_null(step.lowest)


def _high(column: pl.Series, step: Step) -> pl.Series:
    return _numbers(column).fill_null(step.highest)


_LOADS: dict[str, Callable[[pl.Series, Step], pl.Series]] = {
    "true": lambda column, step: column.fill_null(False),
    "false": lambda column, step: (~column).fill_null(False),
    "given": lambda column, step: column.fill_null(False),
    "code": lambda column, step: column.cast(pl.Int64).fill_null(-1),
    "low": _low,
    "high": _high,
}

_REDUCTIONS: dict[str, tuple[np.ufunc, int]] = {
    "any": (np.logical_or, 0),
    "sum": (np.add, 0),
    "most": (np.maximum, -INFINITE),
    "least": (np.minimum, INFINITE),
}
