"""Which positions somebody can have among others of whom not everything is known.

Between candidates nothing is shared: each may turn out in its own way. So the best position is the one with
oneself at one's best and everybody else at their worst, or not there if that is possible, and the worst the
other way round; both are reached, so these bounds are exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from huiqi.allocate.population.problem import INFINITE, Number

Key: TypeAlias = tuple[Number, ...]
"""Compared from left to right; greater is better."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody between two keys, who takes part for certain or perhaps.

    ``many``: in any number. ``loose``: for certain, unless it is one of the few that leave.
    """

    low: Key
    high: Key
    sure: bool
    many: bool = False
    loose: bool = False

    @property
    def exact(self) -> bool:
        """Whether its key is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Place:
    """How many others are better, and how many better or equal: at least and at most.

    ``tied`` others are known to be equal.
    """

    better_least: int
    better_most: float
    level_least: int
    level_most: float
    tied: int


class Field:
    """Entrants that compete for the same places; of those that are loose no more than ``leave`` do."""

    def __init__(self, entrants: Sequence[Entrant], leave: Number = 0) -> None:
        self._leave = leave
        self._lows = sorted(one.low for one in entrants if one.sure)
        self._loose = sorted(one.low for one in entrants if one.loose)
        self._highs = sorted(one.high for one in entrants)
        self._numerous = sorted(one.high for one in entrants if one.many)
        self._exact = Counter(one.low for one in entrants if one.sure and one.exact)
        self.certain = all(one.sure and one.exact and not one.many for one in entrants)

    def place(self, one: Entrant) -> Place:
        """Where an entrant of the field stands, supposing that it takes part."""
        lows, highs, numerous, loose = self._lows, self._highs, self._numerous, self._loose
        itself = one.exact
        better = len(highs) - bisect_right(highs, one.low) - (not itself)
        level = len(highs) - bisect_left(highs, one.low) - 1
        return Place(
            better_least=len(lows)
            - bisect_right(lows, one.high)
            + self._stay(len(loose) - bisect_right(loose, one.high)),
            better_most=INFINITE if bisect_right(numerous, one.low) < len(numerous) else better,
            level_least=len(lows)
            - bisect_left(lows, one.high)
            - (itself and one.sure)
            + self._stay(len(loose) - bisect_left(loose, one.high) - (itself and one.loose)),
            level_most=INFINITE if bisect_left(numerous, one.low) < len(numerous) else level,
            tied=self._exact[one.low] - one.sure if itself else 0,
        )

    def _stay(self, number: int) -> int:
        return max(0, number - int(self._leave)) if self._leave < number else 0

    def last(self, places: int) -> tuple[Key, Key] | None:
        """Between which keys the last of so many places is, if that many are certain to be taken."""
        return (self._lows[-places], self._highs[-places]) if len(self._lows) >= places else None


def crowd(entrants: Sequence[Entrant]) -> Number:
    """How many of them can turn out equal, at most."""
    if any(one.many for one in entrants):
        return INFINITE
    starts, ends = sorted(one.low for one in entrants), sorted(one.high for one in entrants)
    return max((after - bisect_left(ends, low) for after, low in enumerate(starts, start=1)), default=0)
