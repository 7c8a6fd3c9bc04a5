"""Enterprises made at random, as evaluation reads them and as a batch: both must be answered the same."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any as Anything

import polars as pl

from huiqi.columns.batch import LARGEST, ROW, Batch, tick
from huiqi.language import syntax as s
from huiqi.language.benefit import RuleBook
from huiqi.language.types import Kind, Type
from huiqi.language.units import whole
from huiqi.language.vocabulary import FactDeclaration


def figures(book: RuleBook) -> dict[Kind, list[Anything]]:
    """Every number and day that a rule book writes down: the values at which answers change."""
    found: dict[Kind, set[Anything]] = {
        Kind.NUMBER: {0, 1, 100},
        Kind.DATE: {date(2024, 2, 29), date(2000, 1, 31)},
    }
    trees = [one.condition for one in book.benefits.values()] + [rule.body for rule in book.rules.values()]
    trees += [one.amount.total for one in book.benefits.values() if one.amount]
    for tree in trees:
        for node in s.walk(tree):
            if (
                isinstance(node, s.Literal)
                and node.type.kind in found
                and not isinstance(node.value, str | bool)
            ):
                found[node.type.kind].add(node.value)
    return {kind: sorted(values) for kind, values in found.items()}


class Maker:
    """Makes enterprises; the same seed makes the same ones.

    A fact is ``unknown`` about so often, and a number the largest that a table holds ``extreme`` so often.
    ``without`` are keys of facts and fields that none of them has.
    """

    def __init__(
        self,
        book: RuleBook,
        seed: int,
        unknown: float = 0.25,
        extreme: float = 0.0,
        without: Collection[str] = (),
    ) -> None:
        self.book, self.unknown, self.extreme, self.without = book, unknown, extreme, without
        self.random = random.Random(seed)
        self.figures = figures(book)

    def enterprise(self) -> dict[str, Anything]:
        """The facts of one enterprise."""
        return self._facts(self.book.vocabulary, self.random.choice((0.05, self.unknown, 0.7)))

    def _facts(
        self, declared: Mapping[str, FactDeclaration], unknown: float, before: str = ""
    ) -> dict[str, Anything]:
        found: dict[str, Anything] = {}
        for name, fact in declared.items():
            if self.random.random() < unknown or f"{before}{name}" in self.without:
                continue
            if fact.type.kind is Kind.COLLECTION:
                number = self.random.choice((0, 0, 1, 1, 2, 3, 4))
                found[name] = tuple(self._facts(fact.fields, unknown, f"{name}.") for _ in range(number))
            elif fact.type.kind is not Kind.TEXT:
                found[name] = self._value(fact)
        return found

    def _value(self, fact: FactDeclaration) -> Anything:
        kind, pick = fact.type, self.random
        if kind.kind is Kind.BOOL:
            return pick.random() < 0.5
        if kind.kind is Kind.CHOICE:
            return pick.choice(kind.options)
        if kind.kind is Kind.DATE:
            day: date = pick.choice(self.figures[Kind.DATE])
            ordinal = day.toordinal() + pick.choice((0, 0, -1, 1, 31, -365, pick.randrange(-4000, 4000)))
            return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
        return self._number(fact)

    def _number(self, fact: FactDeclaration) -> Anything:
        unit, pick = tick(fact.type), self.random
        low = -LARGEST if fact.minimum is None else int(-(-Fraction(fact.minimum) // unit))
        high = LARGEST if fact.maximum is None else int(Fraction(fact.maximum) // unit)
        near = int(Fraction(pick.choice(self.figures[Kind.NUMBER])) / unit)
        ticks = pick.choice((near, near + 1, near - 1, pick.randrange(0, 10 ** pick.randrange(1, 12)), low))
        if pick.random() < self.extreme:
            ticks = pick.choice((-LARGEST, LARGEST, LARGEST - 1))
        return whole(min(max(ticks, low), high) * unit)


def as_batch(
    book: RuleBook, enterprises: Sequence[Mapping[str, Anything]], without: Collection[str] = ()
) -> Batch:
    """The same enterprises as columns; the table has no column for the facts ``without``."""
    items: dict[str, pl.DataFrame] = {}
    columns: list[pl.Series] = []
    for name, fact in book.vocabulary.items():
        if name in without:
            continue
        if fact.type.kind is Kind.COLLECTION:
            columns.append(pl.Series(name, [name in one for one in enterprises], dtype=pl.Boolean))
            listed = [(row, item) for row, one in enumerate(enterprises) for item in one.get(name, ())]
            fields = [pl.Series(ROW, [row for row, _ in listed], dtype=pl.UInt32)]
            for field, declared in fact.fields.items():
                if f"{name}.{field}" in without:
                    continue
                fields.append(_column(field, declared.type, [item.get(field) for _, item in listed]))
            items[name] = pl.DataFrame(fields)
        else:
            columns.append(_column(name, fact.type, [one.get(name) for one in enterprises]))
    ids = pl.Series("编号", [f"E{row}" for row in range(len(enterprises))], dtype=pl.String)
    return Batch(ids, pl.DataFrame(columns), items)


def _column(name: str, kind: Type, values: Sequence[Anything]) -> pl.Series:
    if kind.kind is Kind.NUMBER:
        ticks = [None if one is None else int(Fraction(one) / tick(kind)) for one in values]
        return pl.Series(name, ticks, dtype=pl.Int64)
    if kind.kind is Kind.CHOICE:
        places = [None if one is None else kind.options.index(one) for one in values]
        return pl.Series(name, places, dtype=pl.Int16)
    of = {Kind.BOOL: pl.Boolean, Kind.DATE: pl.Date, Kind.TEXT: pl.String}[kind.kind]
    return pl.Series(name, values, dtype=of)
