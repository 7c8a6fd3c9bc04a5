"""The sets of items that can be the best, whatever the amounts are."""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.allocate.problem import Slots, Total

_DEEP = 300  # decisions one after the other, each a call within the other
_STEPS = 20  # for each set that may be found: more, and the search goes round in what leads nowhere


def worthwhile_sets(
    size: int, slots: Sequence[Slots], totals: Sequence[Total], at_most: int
) -> list[tuple[int, ...]] | None:
    """Every lawful set of the items that no item outside all totals can be added to.

    The best set is one of these: such an item takes no money from the others, and brings some of its own, or
    else is one more that brings none. Sets with earlier items come first.
    ``None`` when there are more than ``at_most``, or too many to look through.
    """
    return _Search(size, slots, totals, at_most).found()


class _Search:
    """Takes or leaves one block of items after the other; a block are items that nothing can tell apart."""

    def __init__(self, size: int, slots: Sequence[Slots], totals: Sequence[Total], at_most: int) -> None:
        places: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for number, cap in enumerate(slots):
            for place, group in enumerate(cap.groups):
                for item in group:
                    places[item].append((number, place))
        under_total = {item for cap in totals for item in cap.members}
        blocks: dict[object, list[int]] = {}
        for item in range(size):
            alike = item if item in under_total else tuple(places[item])
            blocks.setdefault(alike, []).append(item)
        self._blocks = [tuple(block) for block in blocks.values()]
        self._places = [tuple(places[block[0]]) for block in self._blocks]
        self._free = [block[0] not in under_total for block in self._blocks]
        self._room = [cap.room for cap in slots]
        self._used = {place: 0 for block in self._places for place in block}
        self._last = [-1] * len(slots)
        for index, block_places in enumerate(self._places):
            for number, _ in block_places:
                self._last[number] = index
        self._left_steps = at_most * _STEPS + size
        self._at_most = at_most
        self._found: list[tuple[int, ...]] = []

    def found(self) -> list[tuple[int, ...]] | None:
        if len(self._blocks) > _DEEP:
            return None
        return self._found if self._extend(0, (), ()) else None

    def _extend(self, index: int, taken: tuple[int, ...], left: tuple[int, ...]) -> bool:
        """Go on from a block; false when it is too much. ``left`` could have been added where they stood."""
        self._left_steps -= 1
        if self._left_steps < 0:
            return False
        # What was left must in the end be kept out by something.
        if not all(self._may_be_kept_out(one, index) for one in left):
            return True
        if index == len(self._blocks):
            self._found.append(tuple(sorted(taken)))
            return len(self._found) <= self._at_most
        new = [place for place in self._places[index] if not self._used[place]]
        fits = all(self._room[number] for number, _ in new)
        if fits:
            for place in self._places[index]:
                self._used[place] += 1
            for number, _ in new:
                self._room[number] -= 1
            done = self._extend(index + 1, (*taken, *self._blocks[index]), left)
            for number, _ in new:
                self._room[number] += 1
            for place in self._places[index]:
                self._used[place] -= 1
            if not done:
                return False
        return self._extend(index + 1, taken, (*left, index) if fits and self._free[index] else left)

    def _may_be_kept_out(self, block: int, index: int) -> bool:
        """Whether one of its slots is full of others, or can still become so with what is left to decide."""
        return any(
            not self._used[number, place] and (not self._room[number] or self._last[number] >= index)
            for number, place in self._places[block]
        )
