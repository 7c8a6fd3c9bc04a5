"""A choice to be made, in numbers alone: amounts, slots and totals, with neither names nor rules.

A choice is better than another when, in this order, it is certain of more money; may at best come to more;
has more items that bring no money, which are worth something else; asks for fewer that do, because the same
money for less paperwork is better; and has the items that stand earlier.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Rank = tuple[int, int, int, int]

Subject = TypeVar("Subject", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Slots:
    """Of these groups at most ``room`` may have items taken; mostly each item is a group of its own."""

    groups: tuple[tuple[int, ...], ...]
    room: int

    @property
    def members(self) -> tuple[int, ...]:
        """The items of all groups."""
        return tuple(item for group in self.groups for item in group)


@dataclass(frozen=True, slots=True)
class Total:
    """These items are paid at most ``room`` 分 together."""

    members: tuple[int, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Items 0, 1, 2… in order of preference, what each pays for certain and at most, and what caps them.

    Every item is lawful alone, and no item's ``high`` is above the room of a total that it is in.
    """

    low: tuple[int, ...]
    high: tuple[int, ...]
    slots: tuple[Slots, ...]
    totals: tuple[Total, ...]

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.low)

    def rank(self, taken: Collection[int], low: int, high: int) -> Rank:
        """How good a set of items is that pays this much: greater is better.

        Of two sets with equal rank the smaller one as a sorted tuple, so with earlier items, is better.
        """
        money = sum(self.high[item] > 0 for item in taken)
        return low, high, len(taken) - money, -money

    def part(self, items: Sequence[int]) -> Problem:
        """The problem with these items only, renumbered in the given order, without caps that cannot bind."""
        number = {item: index for index, item in enumerate(items)}

        def kept(members: Iterable[int]) -> tuple[int, ...]:
            return tuple(sorted(number[item] for item in members if item in number))

        high = tuple(self.high[item] for item in items)
        slots = ((tuple(filter(None, map(kept, cap.groups))), cap.room) for cap in self.slots)
        totals = ((kept(cap.members), cap.room) for cap in self.totals)
        return Problem(
            low=tuple(self.low[item] for item in items),
            high=high,
            slots=tuple(Slots(groups, room) for groups, room in _tightest(slots) if len(groups) > room),
            totals=tuple(
                Total(members, room)
                for members, room in _tightest(totals)
                if sum(high[item] for item in members) > room
            ),
        )

    def components(self) -> Iterator[tuple[int, ...]]:
        """The items in groups that no cap connects, so that each group can be decided apart."""
        linked: list[set[int]] = [{item} for item in range(self.size)]
        for members in (*(cap.members for cap in self.slots), *(cap.members for cap in self.totals)):
            union = set().union(*(linked[item] for item in members))
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


def _tightest(caps: Iterable[tuple[Subject, int]]) -> Iterable[tuple[Subject, int]]:
    """Of caps on the same subject the one with the least room."""
    rooms: dict[Subject, int] = {}
    for subject, room in caps:
        rooms[subject] = min(room, rooms.get(subject, room))
    return rooms.items()
