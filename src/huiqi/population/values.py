"""What stands in drawn columns: numpy arrays, one value a row, in the base units of the rule language.

Truth values are booleans; numbers are floats (money in 分), NaN where there is none; options and texts that
are chosen are the numbers of ``words``, -1 where there is none; dates are days since 1970-01-01, ``NO_DAY``
where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any as Anything

from numpy.typing import NDArray

from huiqi.language.types import Kind

Column = NDArray[Anything]

NO_DAY = -(10**7)
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


class Words:
    """Every option and text that may be drawn, by number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of a word, new or old."""
        found = self._numbers.setdefault(word, len(self.all))
        if found == len(self.all):
            self.all.append(word)
        return found


def nothing(kind: Kind) -> bool | float | int:
    """What stands for no value; a truth value that is not there counts as 否."""
    if kind is Kind.NUMBER:
        return float("nan")
    if kind is Kind.DATE:
        return NO_DAY
    return False if kind is Kind.BOOL else -1


@dataclass(slots=True)
class Items:
    """The items of a collection over all rows: ``owner`` is the row of each, never falling."""

    owner: Column
    place: Column
    values: dict[str, Column] = field(default_factory=dict)


@dataclass(slots=True)
class Frame:
    """Rows that are being drawn: the subjects, or the items of ``collection`` with their owners."""

    rows: int
    size: Column
    """How large each subject is among its like: a standard normal number, shared by all that follows size."""
    values: dict[str, Column] = field(default_factory=dict)
    items: dict[str, Items] = field(default_factory=dict)
    collection: str = ""
    around: Frame | None = None
    owner: Column | None = None
    cache: dict[object, Anything] = field(default_factory=dict)

    def column(self, name: str, collection: str) -> Column:
        """A drawn column as seen from the rows of this frame."""
        if collection == self.collection:
            return self.values[name]
        assert self.around is not None
        assert self.owner is not None
        if name not in self.cache:
            self.cache[name] = self.around.column(name, collection)[self.owner]
        found: Column = self.cache[name]
        return found

    def inside(self, collection: str) -> Frame:
        """The items of a drawn collection as a frame of their own."""
        items = self.items[collection]
        return Frame(
            len(items.owner), self.size[items.owner], items.values, {}, collection, self, items.owner
        )
