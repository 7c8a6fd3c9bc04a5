"""What a batch comes to: for each enterprise and benefit the verdict, the amount and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any as Anything

import polars as pl

from huiqi.columns.batch import ROW, Batch
from huiqi.columns.program import INFINITE, Program
from huiqi.columns.verdicts import VERDICTS, Columns, JudgedBenefit, amount_unit
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.evaluate.values import round_to

INELIGIBLE, ENDED = VERDICTS.index(Verdict.INELIGIBLE), VERDICTS.index(Verdict.OUT_OF_PERIOD)

LONG = {
    "row": pl.UInt32,
    "benefit": pl.UInt16,
    "item": pl.Int32,
    "verdict": pl.UInt8,
    "within": pl.UInt8,
    "low": pl.Int64,
    "high": pl.Int64,
    "missing": pl.UInt64,
    "missing_amount": pl.UInt64,
    "unmet": pl.UInt16,
}
"""The columns of an outcome: a row for each enterprise (``row``, its place in the batch), benefit and item.

``benefit`` is its place in the rule book as asked; ``item`` the place of the item in its collection, null for
the enterprise itself. ``verdict`` and ``within`` are places in ``VERDICTS``; ``within`` is the verdict with
the dates left aside where the verdict is 不在期内, else null. ``low`` and ``high`` are the amount if
eligible, in ``amount_unit`` (money in 分); ``high`` is null where nothing bounds it. ``missing`` has a bit
for each key of the benefit that would settle the verdict, ``missing_amount`` for those that would only narrow
the amount. ``unmet`` is the place, from 1, among the benefit's conditions of the first that fails.
"""


@dataclass(frozen=True)
class Reading:
    """One set of columns of a benefit, beside the enterprises (``row``) and items that its rows are of."""

    program: Program
    number: int
    judged: JudgedBenefit
    columns: Columns
    table: pl.DataFrame

    @classmethod
    def of(
        cls,
        program: Program,
        number: int,
        judged: JudgedBenefit,
        columns: Columns,
        values: Mapping[int, pl.Series],
        rows: pl.DataFrame,
    ) -> Reading:
        """The columns as a table, without the rows for which there is no answer."""
        used = sorted({place for place in columns.places if program.constant_of(place) is None})
        table = rows.with_columns([values[place].alias(str(place)) for place in used])
        made = cls(program, number, judged, columns, table)
        if program.constant_of(columns.where) is True:
            return made
        return cls(program, number, judged, columns, table.filter(made._read(columns.where)))

    def _read(self, place: int | None) -> pl.Expr:
        if place is None:
            return pl.lit(None, dtype=pl.Int64)
        constant = self.program.constant_of(place)
        return pl.col(str(place)) if constant is None else pl.lit(constant)

    def long(self, everything: bool) -> pl.DataFrame:
        """Its part of an outcome."""
        columns, read = self.columns, self._read
        table, verdict = self.table, read(columns.verdict).cast(pl.UInt8)
        if not everything:
            table = table.filter(verdict != INELIGIBLE)
        high = read(columns.high)
        return table.select(
            pl.col("row"),
            pl.lit(self.number, dtype=pl.UInt16).alias("benefit"),
            pl.col("item"),
            (pl.lit(ENDED, dtype=pl.UInt8) if self.judged.ended else verdict).alias("verdict"),
            (verdict if self.judged.ended else pl.lit(None, dtype=pl.UInt8)).alias("within"),
            read(columns.low).cast(pl.Int64).alias("low"),
            pl.when(high == INFINITE).then(None).otherwise(high).cast(pl.Int64).alias("high"),
            read(columns.missing).cast(pl.UInt64).alias("missing"),
            read(columns.missing_amount).cast(pl.UInt64).alias("missing_amount"),
            read(columns.unmet).cast(pl.UInt16).alias("unmet"),
        )


def rows_of(batch: Batch, collection: str | None) -> pl.DataFrame:
    """``row`` and ``item`` of every enterprise, or of every item of a collection."""
    if collection is None:
        return pl.DataFrame({"row": pl.int_range(len(batch), dtype=pl.UInt32, eager=True)}).with_columns(
            pl.lit(None, dtype=pl.Int32).alias("item")
        )
    row = batch.items[collection][ROW].cast(pl.UInt32).alias("row")
    return pl.DataFrame([row]).with_columns(pl.int_range(pl.len(), dtype=pl.Int32).over("row").alias("item"))


def from_results(
    row: int,
    results: Iterable[tuple[int, Result]],
    keys: Sequence[dict[str, int]],
    conditions: Sequence[dict[str, int]],
) -> Iterator[tuple[Anything, ...]]:
    """The same rows from results of the evaluation of a single enterprise.

    ``keys`` and ``conditions`` give numbers to facts and conditions per benefit; new ones are added.
    """
    for number, result in results:
        ended = result.but_for_dates is not None
        low, high = _in_units(result.amount)
        unmet = result.unmet
        first = 0
        if unmet:
            first = conditions[number].setdefault(unmet[0].name, len(conditions[number]) + 1)
        yield (
            row,
            number,
            result.item_index,
            VERDICTS.index(result.verdict),
            VERDICTS.index(result.but_for_dates) if ended and result.but_for_dates else None,
            low,
            high,
            _bits(result.missing, keys[number]),
            _bits(result.missing_for_amount, keys[number]),
            first,
        )


def _bits(names: Iterable[str], known: dict[str, int]) -> int:
    return sum(1 << known.setdefault(name, len(known)) for name in names)


def _in_units(amount: AmountRange | None) -> tuple[int | None, int | None]:
    if amount is None:
        return None, None
    unit = amount_unit(amount.type)
    low, high = (
        None if end is None else min(int(round_to("四舍五入", Fraction(end) / unit, 1)), INFINITE - 1)
        for end in (amount.low, amount.high)
    )
    return low, high


@dataclass(frozen=True)
class Outcome:
    """The answer for a batch, as one table (``LONG``), by enterprise, benefit and item.

    ``singly`` is how many enterprises were judged one by one. ``groups`` has a row for each enterprise and a
    column for each fact that was asked for, the place of its option, null where it is not known.
    """

    batch: Batch
    singly: int
    groups: pl.DataFrame
    _full: bool
    _table: pl.DataFrame

    def long(self, everything: bool | None = None) -> pl.DataFrame:
        """The table; without ``everything``, what is not 不符合, with the dates left aside."""
        if everything or (everything is None and self._full):
            assert self._full, "judged without everything"
            return self._table
        if not self._full:
            return self._table
        verdict = pl.coalesce("within", "verdict")
        return self._table.filter(verdict != INELIGIBLE)
