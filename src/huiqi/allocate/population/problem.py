"""What is handed out, and to whom it may go: rankings, budgets, lists that exclude each other, candidates.

Plain data: whoever knows policies and enterprises lowers them to this. Money is in 分. Numbers are exact;
the only inexact ones are the infinities at the ends of a range.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from huiqi.language.benefit import Shortfall, Ties
from huiqi.language.units import PURE, Dimension, numeral, quantity_words

Number: TypeAlias = int | Fraction | float
INFINITE = math.inf


@dataclass(frozen=True, slots=True)
class Range:
    """A number somewhere between two bounds, both included."""

    low: Number
    high: Number

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"范围要从小到大：{self.low}—{self.high}")

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def open(self) -> bool:
        """Whether nothing is known of it, or next to nothing."""
        return self.high == INFINITE and self.low in (0, -INFINITE)


ANYTHING = Range(-INFINITE, INFINITE)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a ranking goes by: its name in the text, whether more is better, and how its numbers are said.

    Days are counted from 0001-01-01 as ``date.toordinal`` does; a pure number is said as a share, but a score
    as it is.
    """

    words: str
    more_is_better: bool = True
    dimension: Dimension = PURE
    unit: str = ""
    is_day: bool = False
    is_score: bool = False

    def value(self, number: Number) -> str:
        """A value for people."""
        if isinstance(number, float):
            return "不限"
        if self.is_day:
            return date.fromordinal(int(number)).isoformat()
        if self.is_score and self.dimension == PURE:
            return numeral(number)
        return quantity_words(number, self.dimension, self.unit)

    def span(self, worth: Range) -> str:
        """A range of values for people."""
        if worth.exact:
            return self.value(worth.low)
        if worth.low == -INFINITE and worth.high == INFINITE:
            return "未知"
        if worth.high == INFINITE:
            return "未知" if worth.open else f"{self.value(worth.low)}起"
        if worth.low == -INFINITE:
            return f"至多{self.value(worth.high)}"
        return f"{self.value(worth.low)} 至 {self.value(worth.high)}"

    def gap(self, number: Number) -> str:
        """A difference between two values for people; of shares it is said in 百分点."""
        if self.is_day:
            return f"{number}天"
        said = self.value(number)
        return f"{said[:-1]}个百分点" if said.endswith("%") else said


@dataclass(frozen=True, slots=True)
class Ranking:
    """Of the candidates the best ``places``, by these measures in turn; ``per`` cell where there are cells.

    What is equal by every measure is tied, and no other thing ever decides between the tied.
    Raises ``ValueError`` without a place or a measure.
    """

    places: int
    measures: tuple[Measure, ...]
    ties: Ties = Ties.OPEN
    per: bool = False

    def __post_init__(self) -> None:
        if self.places < 1 or not self.measures:
            raise ValueError("排名要有至少一个名额和一个依据")


@dataclass(frozen=True, slots=True)
class Budget:
    """预算总额 in 分, and what happens when it does not suffice."""

    total: int
    shortfall: Shortfall = Shortfall.UNSTATED


@dataclass(frozen=True, slots=True)
class Entry:
    """What a candidate brings to one ranking: a worth by each of its measures, and the cell that it is in.

    ``cells`` are those that it may be in, one when it is known, ``None`` when it may be any. ``missing`` says
    in words what would make all of it exact.
    """

    worth: tuple[Range, ...]
    cells: frozenset[str] | None = frozenset(("",))
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may get it, with an entry for each ranking of the contest.

    ``waiting`` says in words what keeps it from being eligible for certain; when empty, it is. ``holder`` is
    the one that stands on no more than one of the lists that exclude each other. ``many`` marks one that may
    stand for any number of candidates, because its projects (or persons…) have not been listed. ``arrived``
    is the day on which it applied; earlier is better.
    """

    key: str
    holder: str
    entries: tuple[Entry, ...]
    amount: Range = Range(0, 0)
    waiting: tuple[str, ...] = ()
    many: bool = False
    arrived: Range = ANYTHING

    @property
    def sure(self) -> bool:
        """Whether it takes part for certain."""
        return not self.waiting


@dataclass(frozen=True, slots=True)
class Contest:
    """One list: rankings that must all be passed, in this order, then a budget, and who wants to be on it."""

    key: str
    name: str
    rankings: tuple[Ranking, ...]
    budget: Budget | None
    candidates: Sequence[Candidate]

    def __post_init__(self) -> None:
        if len({one.key for one in self.candidates}) != len(self.candidates):
            raise ValueError(f"“{self.name}”里有重复的编号")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """不重复: nobody stands on two of these lists (keys of contests).

    ``first`` are those that are filled first, in this order. Between two lists that it does not put in order
    whoever is good enough for both is put on one of them, and nothing says on which. ``refill`` says whether
    the place of somebody who stands on another list goes to the next in the ranking (``None``: not said).
    ``chosen`` when it is the candidate who chooses; it decides nothing, but is said.
    """

    contests: frozenset[str]
    first: tuple[str, ...] = ()
    refill: bool | None = None
    chosen: bool = False

    def before(self, one: str, other: str) -> bool:
        """Whether the first list is filled before the second."""
        last = len(self.first)
        order = {key: place for place, key in enumerate(self.first)}
        return order.get(one, last) < order.get(other, last)
