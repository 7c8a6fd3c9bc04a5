"""Which ids were seen already, in little memory: sixteen bytes an id."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any as Anything

import numpy as np
import polars as pl

_WIDTH = 16
_Keys = np.ndarray[Anything, Anything]


class Seen:
    """The ids of the rows read so far, as sorted runs of their 128-bit BLAKE2b digests.

    Two ids are taken to be the same when their digests are. Among a thousand million different ids the chance
    that any two share one is below 1 in 10^20, far below that of a fault of the machine; a 64-bit hash would
    not do. Runs of like size are merged, so there are few of them and each id is moved a few times only.
    """

    def __init__(self) -> None:
        self._runs: list[_Keys] = []

    def repeated(self, ids: pl.Series) -> _Keys:
        """For each id, in order, whether it stood before, in these or in earlier ones; nulls never did."""
        keys = np.array(
            [blake2b(one.encode(), digest_size=_WIDTH).digest() for one in ids if one is not None],
            dtype=f"S{_WIDTH}",
        )
        order = np.argsort(keys, kind="stable")  # of equal ids the first stays first
        ordered = keys[order]
        again = np.zeros(len(keys), dtype=bool)
        again[order[1:]] = ordered[1:] == ordered[:-1]
        for run in self._runs:
            place = np.minimum(np.searchsorted(run, keys), len(run) - 1)
            again |= run[place] == keys
        self._add(ordered[~again[order]])
        found = np.zeros(len(ids), dtype=bool)
        found[ids.is_not_null().to_numpy()] = again
        return found

    def _add(self, run: _Keys) -> None:
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate((self._runs.pop(), run)))
        if len(run):
            self._runs.append(run)
