"""A choice to be made, in numbers alone: amounts, slots and totals, with neither names nor rules.

A choice is better than another when, in this order, it is certain of more money; may at best come to more;
asks for fewer items that bring money (the same money for less paperwork); has more items that bring none;
and has the items that stand earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

Rank = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cap:
    """Of these items at most ``room`` may be taken, or they are paid at most ``room`` 分 together."""

    members: tuple[int, ...]
    room: int
    kin: tuple[int, ...] = ()

    def kin_of(self, item: int) -> int:
        """The kin of a member: items of one kin use up one slot together; without kin each stands for itself."""
        return self.kin[self.members.index(item)] if self.kin else item

    def kindred(self) -> dict[int, list[int]]:
        """The members by kin."""
        found: dict[int, list[int]] = {}
        for item in self.members:
            found.setdefault(self.kin_of(item), []).append(item)
        return found


@dataclass(frozen=True, slots=True)
class Problem:
    """Items 0, 1, 2… in order of preference, what each pays for certain and at most, and what caps them.

    ``slots`` count items, ``totals`` count 分. Every item is lawful alone, and no item's ``high`` is above
    the room of a total that it is in.
    """

    low: tuple[int, ...]
    high: tuple[int, ...]
    slots: tuple[Cap, ...]
    totals: tuple[Cap, ...]

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.low)

    def rank(self, taken: Collection[int], low: int, high: int) -> Rank:
        """How good a set of items is that pays this much: greater is better.

        Of two sets with equal rank the smaller one as a sorted tuple, so with earlier items, is better.
        """
        money = sum(self.high[item] > 0 for item in taken)
        return low, high, -money, len(taken) - money

    def part(self, items: Sequence[int]) -> Problem:
        """The problem with these items only, renumbered in the given order, without caps that cannot bind."""
        high = tuple(self.high[item] for item in items)
        return Problem(
            low=tuple(self.low[item] for item in items),
            high=high,
            slots=_binding(self.slots, items, lambda cap: len(cap.kindred())),
            totals=_binding(self.totals, items, lambda cap: sum(high[item] for item in cap.members)),
        )

    def components(self) -> Iterator[tuple[int, ...]]:
        """The items in groups that no cap connects, so that each group can be decided apart."""
        linked: list[set[int]] = [{item} for item in range(self.size)]
        for cap in (*self.slots, *self.totals):
            union = set().union(*(linked[item] for item in cap.members))
            for item in union:
                linked[item] = union
        for item, group in enumerate(linked):
            if item == min(group):
                yield tuple(sorted(group))


@dataclass(frozen=True, slots=True)
class Choice:
    """A lawful set of items and what it pays together."""

    taken: frozenset[int]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Optima:
    """The best choice, and for every item the best one that has it."""

    best: Choice
    having: tuple[Choice, ...]


def _binding(caps: Iterable[Cap], items: Sequence[int], most: Callable[[Cap], int]) -> tuple[Cap, ...]:
    """The caps on these of their members, renumbered; of several on the same members only the tightest."""
    number = {item: index for index, item in enumerate(items)}
    tightest: dict[tuple[tuple[int, ...], tuple[int, ...]], Cap] = {}
    for cap in caps:
        kept = sorted((number[item], cap.kin_of(item)) for item in cap.members if item in number)
        members = tuple(item for item, _ in kept)
        left = Cap(members, cap.room, tuple(kin for _, kin in kept) if cap.kin else ())
        place = (left.members, left.kin)
        if most(left) > cap.room and (place not in tightest or cap.room < tightest[place].room):
            tightest[place] = left
    return tuple(tightest.values())
