"""Decide a problem: split it into what hangs together, and choose in each part by the simplest exact way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.allocate.listing import choose_by_listing
from huiqi.allocate.payment import paying_in_turn
from huiqi.allocate.problem import Choice, Optima, Problem
from huiqi.allocate.solver import choose_by_solver
from huiqi.allocate.twins import exchange, find_twins

_LISTED = 2000  # lawful sets to list before the solver is asked, which is slow to load


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best choice that has a certain item: how much less it pays (分), and how the sets differ."""

    short_low: int
    short_high: int
    drop: frozenset[int]
    gain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Decision:
    """The best choice, what every item is paid (分), and for each that is not taken, the way to have it."""

    taken: frozenset[int]
    low: tuple[int, ...]
    high: tuple[int, ...]
    alternatives: Mapping[int, Alternative]


def decide(problem: Problem) -> Decision:
    """Choose the best set. Raises `TooHardError` when a part is too large to prove which set is best."""
    twins = find_twins(problem)
    followers: dict[int, list[int]] = {}
    for item, leader in enumerate(twins.leader_of):
        followers.setdefault(leader, []).append(item)
    taken: set[int] = set()
    low, high = [0] * problem.size, [0] * problem.size
    alternatives: dict[int, Alternative] = {}
    for component in problem.part(twins.leaders).components():
        leaders = tuple(twins.leaders[index] for index in component)
        part = problem.part(leaders)
        optima = _choose(part)
        best = _in_numbers_of(leaders, optima.best)
        taken |= best.taken
        payment = paying_in_turn(part)(optima.best.taken)
        for index, leader in enumerate(leaders):
            low[leader], high[leader] = payment.low[index], payment.high[index]
            having = _in_numbers_of(leaders, optima.having[index])
            for item in followers[leader]:
                if item not in best.taken:
                    alternatives[item] = _compare(best, exchange(problem, having, leader, item), item)
    return Decision(frozenset(taken), tuple(low), tuple(high), alternatives)


def _choose(problem: Problem) -> Optima:
    return choose_by_listing(problem, _LISTED) or choose_by_solver(problem)


def _in_numbers_of(items: tuple[int, ...], choice: Choice) -> Choice:
    return Choice(frozenset(items[index] for index in choice.taken), choice.low, choice.high)


def _compare(best: Choice, other: Choice, item: int) -> Alternative:
    return Alternative(
        short_low=best.low - other.low,
        short_high=best.high - other.high,
        drop=best.taken - other.taken,
        gain=other.taken - best.taken - {item},
    )
