"""What each item of a chosen set is paid when totals do not suffice for all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass

from huiqi.allocate.problem import Problem


@dataclass(frozen=True, slots=True)
class Payment:
    """What every item is paid, for certain and at most, in 分; one that is not taken is paid 0."""

    low: tuple[int, ...]
    high: tuple[int, ...]


def paying_order(problem: Problem) -> tuple[int, ...]:
    """The items in the order of being paid: as they stand, but those where totals cross after the others.

    Totals cross when they have members in common and neither lies within the other. An item under both takes
    room from both, so that paying the others first costs nothing. Where totals are nested, or only two cross,
    this order pays the most there is (docs/decisions/0003).
    """
    members = [set(cap.members) for cap in problem.totals]
    crossings = [
        one & other
        for one, other in itertools.combinations(members, 2)
        if one & other and not (one <= other or other <= one)
    ]

    def times_crossed(item: int) -> int:
        return sum(item in crossing for crossing in crossings)

    return tuple(sorted(range(problem.size), key=lambda item: (times_crossed(item), item)))


def totals_of(problem: Problem, item: int) -> tuple[int, ...]:
    """The numbers of the totals that the item is under."""
    return tuple(index for index, cap in enumerate(problem.totals) if item in cap.members)


def paying_in_turn(problem: Problem) -> Callable[[Collection[int]], Payment]:
    """How taken items are paid: in order, each what totals still allow, the certain parts first."""
    order = [(item, totals_of(problem, item)) for item in paying_order(problem)]
    rooms = [cap.room for cap in problem.totals]

    def pay(taken: Collection[int]) -> Payment:
        room = list(rooms)
        low, high = [0] * problem.size, [0] * problem.size
        paid = [(item, totals) for item, totals in order if item in taken]
        for item, totals in paid:
            low[item] = min([problem.low[item], *(room[total] for total in totals)])
            for total in totals:
                room[total] -= low[item]
        for item, totals in paid:
            more = min([problem.high[item] - low[item], *(room[total] for total in totals)])
            high[item] = low[item] + more
            for total in totals:
                room[total] -= more
        return Payment(tuple(low), tuple(high))

    return pay
