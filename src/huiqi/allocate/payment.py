"""What each item of a chosen set is paid when totals do not suffice for all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from huiqi.allocate.problem import Problem


@dataclass(frozen=True, slots=True)
class Payment:
    """What every item of a problem is paid, for certain and at most, in 分; an item that is not taken is paid 0."""

    low: tuple[int, ...]
    high: tuple[int, ...]


def paying_order(problem: Problem) -> tuple[int, ...]:
    """The items in the order of being paid: those under fewer totals first, then as they stand.

    An item under fewer totals takes room from fewer others, so that paying it first never costs anything. This order
    pays the most there is when of any three totals two do not cross, which a test compares with every way of paying.
    """
    return tuple(sorted(range(problem.size), key=lambda item: (len(totals_of(problem, item)), item)))


def totals_of(problem: Problem, item: int) -> tuple[int, ...]:
    """The numbers of the totals that the item is under."""
    return tuple(index for index, cap in enumerate(problem.totals) if item in cap.members)


def pay_in_turn(problem: Problem, taken: Collection[int]) -> Payment:
    """Pay the taken items in order, each what the totals still allow: first what is certain, then what is possible."""
    room = [cap.room for cap in problem.totals]
    low, high = [0] * problem.size, [0] * problem.size
    order = [(item, totals_of(problem, item)) for item in paying_order(problem) if item in taken]
    for item, totals in order:
        low[item] = min([problem.low[item], *(room[total] for total in totals)])
        for total in totals:
            room[total] -= low[item]
    for item, totals in order:
        more = min([problem.high[item] - low[item], *(room[total] for total in totals)])
        high[item] = low[item] + more
        for total in totals:
            room[total] -= more
    return Payment(tuple(low), tuple(high))
