"""What each item of a chosen set is paid when totals do not suffice for all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from huiqi.allocate.problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Amount = TypeVar("Amount", int, "NDArray[np.int64]")
"""An amount in 分, or the amounts of many choices at once."""


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
    order = in_turn(problem)
    rooms = [cap.room for cap in problem.totals]

    def pay(taken: Collection[int]) -> Payment:
        wanted = [one for one in order if one[0] in taken]
        certain, most = share_out(wanted, rooms, problem.low, problem.high, min)
        low, high = [0] * problem.size, [0] * problem.size
        for item, _ in wanted:
            low[item], high[item] = certain[item], most[item]
        return Payment(tuple(low), tuple(high))

    return pay


def in_turn(problem: Problem) -> list[tuple[int, tuple[int, ...]]]:
    """The items in the order of being paid, each with the numbers of its totals."""
    return [(item, totals_of(problem, item)) for item in paying_order(problem)]


def share_out(
    wanted: Iterable[tuple[int, tuple[int, ...]]],
    rooms: Sequence[Amount],
    low: Sequence[Amount],
    high: Sequence[Amount],
    least: Callable[[Sequence[Amount]], Amount],
) -> tuple[dict[int, Amount], dict[int, Amount]]:
    """What the wanted items are paid, for certain and at most, each in turn what its totals still allow.

    ``low`` and ``high`` are their own amounts, ``rooms`` what each total has.
    """
    order: tuple[tuple[int, tuple[int, ...]], ...] = tuple(wanted)
    room: list[Amount] = list(rooms)
    certain: dict[int, Amount] = {}
    most: dict[int, Amount] = {}
    for item, caps in order:
        allowed: list[Amount] = [low[item]]
        allowed.extend(room[cap] for cap in caps)
        certain[item] = least(allowed)
        for cap in caps:
            room[cap] = room[cap] - certain[item]
    for item, caps in order:
        left: list[Amount] = [high[item] - certain[item]]
        left.extend(room[cap] for cap in caps)
        more = least(left)
        most[item] = certain[item] + more
        for cap in caps:
            room[cap] = room[cap] - more
    return certain, most
