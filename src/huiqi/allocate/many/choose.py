"""Decide one problem for many enterprises that differ in nothing but amounts: every set, for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from huiqi.allocate.payment import Payment, in_turn, paying_in_turn, share_out
from huiqi.allocate.problem import Problem, Slots, Total
from huiqi.allocate.sets import worthwhile_sets
from huiqi.allocate.solver import TooHardError, best_by_solver

Amounts = NDArray[np.int64]
Truths = NDArray[np.bool_]

_LISTED = 4096  # sets to try before the solver is asked
_REMEMBERED = 1024  # of these lists, and of the solver's answers
_AT_ONCE = 1 << 20  # amounts in one table in memory


@dataclass(frozen=True, slots=True)
class Choices:
    """For each enterprise (a row) which items (columns) are taken and what they are paid, in 分.

    ``undecided`` are the rows for which no proof was found; they take nothing.
    """

    taken: Truths
    low: Amounts
    high: Amounts
    undecided: Truths

    @classmethod
    def none(cls, rows: int, size: int) -> Choices:
        """Nothing is taken yet."""
        return cls(
            np.zeros((rows, size), bool),
            np.zeros((rows, size), np.int64),
            np.zeros((rows, size), np.int64),
            np.zeros(rows, bool),
        )

    def put(self, rows: NDArray[np.int64], items: NDArray[np.int64], found: Choices) -> None:
        """What was found for some of the rows and items, at its place."""
        cells = np.ix_(rows, items)
        self.taken[cells], self.low[cells], self.high[cells] = found.taken, found.low, found.high
        self.undecided[rows[found.undecided]] = True


@dataclass(slots=True)
class Effort:
    """What was done: the patterns of claims met, the problems decided, and how many of them by the solver."""

    patterns: int = 0
    problems: int = 0
    solved: int = 0


def choose(problem: Problem, low: Amounts, high: Amounts, effort: Effort) -> Choices:
    """The best set of a problem for each row of amounts, of which the problem's own stand for none.

    The caps of the problem must be those that remain with any of these rows (`Problem.part`).
    """
    chosen = Choices.none(*low.shape)
    effort.problems += len(low)
    sets = _sets(problem.size, problem.slots, problem.totals)
    if sets is None:
        effort.solved += len(low)
        for row in range(len(low)):
            _solve(problem, low[row], high[row], row, chosen)
        return chosen
    step = max(1, _AT_ONCE // max(1, sets.size))
    for start in range(0, len(low), step):
        rows = slice(start, start + step)
        _try_all(problem, sets, low[rows], high[rows], chosen, rows)
    return chosen


@lru_cache(_REMEMBERED)
def _sets(size: int, slots: tuple[Slots, ...], totals: tuple[Total, ...]) -> Amounts | None:
    """A row of ones and noughts for each set that may be best, in the order that decides between equals."""
    found = worthwhile_sets(size, slots, totals, _LISTED)
    if found is None:
        return None
    sets = np.zeros((len(found), size), np.int64)
    for row, taken in enumerate(found):
        sets[row, list(taken)] = 1
    return sets


def _try_all(
    problem: Problem, sets: Amounts, low: Amounts, high: Amounts, chosen: Choices, rows: slice
) -> None:
    if len(sets) == 1:
        best = np.zeros(len(low), np.intp)
    else:
        sums = _sums(problem, sets, low, high)
        brings = (high > 0).astype(np.int64)
        best = _first_best(*sums, lambda: (1 - brings) @ sets.T, lambda: -(brings @ sets.T))
    taken = sets[best]
    certain, most = _paid(
        problem,
        [low[:, item] * taken[:, item] for item in range(problem.size)],
        [high[:, item] * taken[:, item] for item in range(problem.size)],
    )
    chosen.taken[rows] = taken > 0
    for item in range(problem.size):
        chosen.low[rows, item], chosen.high[rows, item] = certain[item], most[item]


def _sums(problem: Problem, sets: Amounts, low: Amounts, high: Amounts) -> tuple[Amounts, Amounts]:
    """What each set (column) comes to for each row."""
    if not problem.totals:
        return low @ sets.T, high @ sets.T
    paid = _paid(
        problem,
        *([own[:, item, None] * sets[None, :, item] for item in range(problem.size)] for own in (low, high)),
    )
    return _added(paid[0].values()), _added(paid[1].values())


def _paid(
    problem: Problem, low: Sequence[Amounts], high: Sequence[Amounts]
) -> tuple[dict[int, Amounts], dict[int, Amounts]]:
    """What every item is paid where its own amounts are these, nothing where it is not taken."""
    rooms = [np.full_like(low[0], cap.room) for cap in problem.totals]
    return share_out(in_turn(problem), rooms, low, high, _least)


def _first_best(low: Amounts, high: Amounts, *later: Callable[[], Amounts]) -> NDArray[np.intp]:
    """For each row the set that ranks highest (`Problem.rank`), of equals the first."""
    best: Truths = low == low.max(axis=1, keepdims=True)
    for measure in (lambda: high, *later):
        if (best.sum(axis=1) == 1).all():
            break
        values = measure()
        best &= values == values.max(axis=1, keepdims=True, where=best, initial=values.min())
    first: NDArray[np.intp] = best.argmax(axis=1)
    return first


def _solve(problem: Problem, low: Amounts, high: Amounts, row: int, chosen: Choices) -> None:
    asked = Problem(tuple(low.tolist()), tuple(high.tolist()), problem.slots, problem.totals)
    try:
        payment, taken = _solved(asked)
    except TooHardError:
        chosen.undecided[row] = True
        return
    chosen.taken[row, list(taken)] = True
    chosen.low[row], chosen.high[row] = payment.low, payment.high


@lru_cache(_REMEMBERED)
def _solved(problem: Problem) -> tuple[Payment, frozenset[int]]:
    taken = best_by_solver(problem).taken
    return paying_in_turn(problem)(taken), taken


def _least(values: Sequence[Amounts]) -> Amounts:
    least: Amounts = reduce(np.minimum, values)
    return least


def _added(values: Iterable[Amounts]) -> Amounts:
    added: Amounts = reduce(np.add, values)
    return added
