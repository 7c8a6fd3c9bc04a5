"""Which claims of an enterprise hang together: through caps that have more to bear than there is room for."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from huiqi.allocate.problem import Problem

Numbers = NDArray[np.int64]


class Links:
    """The caps that every kind of claim is under. Make it once for a problem of kinds."""

    def __init__(self, problem: Problem) -> None:
        caps: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
        for number, slots in enumerate(problem.slots):
            for group, members in enumerate(slots.groups):
                for kind in members:
                    caps[kind].append((number, group))
        for number, total in enumerate(problem.totals, start=len(problem.slots)):
            for kind in total.members:
                caps[kind].append((number, 0))
        flat = list(itertools.chain.from_iterable(caps))
        self._count = np.array([len(one) for one in caps], np.int64)
        self._first = np.cumsum(self._count) - self._count
        self._cap = np.array([cap for cap, _ in flat], np.int64)
        self._group = np.array([group for _, group in flat], np.int64)
        rooms = [slots.room for slots in problem.slots] + [total.room for total in problem.totals]
        self._rooms = np.array(rooms, np.int64)
        self._slots = len(problem.slots)

    def together(self, row: Numbers, kind: Numbers, high: Numbers) -> Numbers:
        """A number for each claim, the same for claims of an enterprise (``row``) that hang together.

        ``high`` is the most that each may be paid, in 分.
        """
        name = np.arange(len(row))
        count = self._count[kind]
        claim = np.repeat(name, count)
        link = np.arange(len(claim)) + np.repeat(self._first[kind] - (np.cumsum(count) - count), count)
        cap, group = self._cap[link], self._group[link]
        if not len(link):
            return name
        cells, cell = np.unique(row[claim].astype(np.int64) * len(self._rooms) + cap, return_inverse=True)
        cap_of = cells % len(self._rooms)
        width = int(group.max()) + 1
        used = np.bincount(np.unique(cell * width + group) // width, minlength=len(cells))
        wanted = np.zeros(len(cells), np.int64)
        np.add.at(wanted, cell, high[claim])
        binds = np.where(cap_of < self._slots, used, wanted) > self._rooms[cap_of]
        claim, cell = claim[binds[cell]], cell[binds[cell]]
        while True:
            # Every claim takes the smallest name in the cells that it is in, until none changes.
            smallest = np.full(len(cells), len(row))
            np.minimum.at(smallest, cell, name[claim])
            renamed = name.copy()
            np.minimum.at(renamed, claim, smallest[cell])
            if (renamed == name).all():
                return name
            name = renamed
