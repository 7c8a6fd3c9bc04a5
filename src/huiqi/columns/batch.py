"""Enterprises as columns: what a table holds once it is read, typed by the fact vocabulary.

A number stands in *ticks*, whole numbers of 64 bits of which each fact says how much one is: money in 分, a
count of people as it is, a length of time or an area in ten-thousandths of the unit that the vocabulary
names. What cannot be written so (a third of a year, more money than there is, a range instead of a value) is
not rounded: such a row is *odd*, and is answered by the same evaluation as a single enterprise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.language.types import MONEY, PURE_NUMBER, YEAR, Kind, Type
from huiqi.language.units import COUNTERS, unit_factor, whole
from huiqi.language.vocabulary import FactDeclaration, Vocabulary

ROW = "#row"
"""In a table of items: the place of the enterprise in its batch, never falling from item to item."""

LARGEST = 10**15
"""The largest number of ticks a table may hold; in money ten thousand times a thousand million 元."""

_MEASURED = frozenset(["分钟", "小时", "吨", "平方米", "米", "千瓦时", "日", "美元"])
_COUNTED = frozenset(COUNTERS.split()) - _MEASURED


def tick(kind: Type) -> Fraction:
    """How much one tick of a number of this type is, in the base unit of its dimension."""
    if kind.dimension in (MONEY.dimension, YEAR.dimension):
        return Fraction(1)
    counted = len(kind.dimension) == 1 and kind.dimension[0][1] == 1 and kind.dimension[0][0] in _COUNTED
    unit = Fraction(unit_factor(kind.unit)[1]) if kind.unit else Fraction(1)
    if kind.dimension == PURE_NUMBER.dimension:
        unit = Fraction(1, 100)
    return Fraction(1) if counted else unit / 10_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Some enterprises of a table, in its order.

    ``ids`` name them (strings). ``facts`` has a row for each, and a column for each fact that the table
    gives, called as in the vocabulary, where null is unknown: 是否 as ``Boolean``; 选项 as ``Int16``, the
    place among the declared options; numbers as ``Int64`` in ticks; 日期 as ``Date``; 文本 as ``String``; a
    collection as ``Boolean``, whether it was given at all. ``items`` has for each collection that the table
    gives a table with a row for each item, in order: ``#row`` (``UInt32``) and its fields, typed in the same
    way.

    ``odd`` holds, by row, the facts of those enterprises that columns cannot hold exactly, as evaluation
    reads them; whatever stands in their columns is not looked at.
    """

    ids: pl.Series
    facts: pl.DataFrame
    items: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    odd: Mapping[int, Mapping[str, Anything]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def values(self, row: int, vocabulary: Vocabulary) -> Mapping[str, Anything]:
        """The facts of one enterprise as ``evaluate`` reads them: exact values, items in order."""
        if row in self.odd:
            return self.odd[row]
        found = _values(self.facts.row(row, named=True), vocabulary)
        for name, table in self.items.items():
            if found.get(name):
                first, last = np.searchsorted(table[ROW].to_numpy(), (row, row + 1)).tolist()
                items = table.slice(first, last - first).rows(named=True)
                found[name] = tuple(_values(item, vocabulary[name].fields) for item in items)
        return {
            name: value
            for name, value in found.items()
            if value is not False or not _is_list(name, vocabulary)
        }

    def take(self, wanted: pl.Series) -> Batch:
        """The enterprises for which ``wanted`` is true, in their order."""
        places = wanted.arg_true()
        new = {old: place for place, old in enumerate(places.to_list())}
        items = {}
        for name, table in self.items.items():
            kept = table.filter(wanted.gather(table[ROW]))
            place = (wanted.cast(pl.UInt32).cum_sum() - 1).gather(kept[ROW])
            items[name] = kept.with_columns(place.cast(pl.UInt32).alias(ROW))
        odd = {new[row]: values for row, values in self.odd.items() if row in new}
        return Batch(self.ids.gather(places), self.facts[places], items, odd)

    def answers(self, collection: str) -> pl.Series:
        """How many answers each enterprise has of a benefit over a collection: one an item, one for none."""
        counts = pl.zeros(len(self), dtype=pl.UInt32, eager=True)
        if collection in self.items:
            found = self.items[collection].group_by(ROW).len()
            counts = counts.scatter(found[ROW], found["len"])
            counts = counts.set(~self.facts[collection].fill_null(False), 0)
        for row, values in self.odd.items():
            listed = values.get(collection)
            counts[row] = len(listed) if isinstance(listed, tuple) else 0
        return counts.clip(lower_bound=1)


def _is_list(name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary[name].type.kind is Kind.COLLECTION


def _values(row: Mapping[str, Anything], declared: Mapping[str, FactDeclaration]) -> dict[str, Anything]:
    found = {}
    for name, value in row.items():
        if value is None or name == ROW:
            continue
        kind = declared[name].type
        if kind.kind is Kind.NUMBER:
            value = whole(value * tick(kind))
        elif kind.kind is Kind.CHOICE:
            value = kind.options[value]
        found[name] = value
    return found
