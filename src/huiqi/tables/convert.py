"""Whole columns into the types of a batch: at once where that is exact, cell by cell for the rest.

What can be converted at once is what means the same beyond doubt. A cell that cannot is not wrong yet: it is
read alone, by the reader of facts files, and that reader has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.columns.batch import LARGEST
from huiqi.language.types import Kind, Type
from huiqi.language.units import UNIT_PATTERN, unit_factor
from huiqi.tables.cells import FALSE, TRUE, UNKNOWN, UNSEEN, Cell, CellReader
from huiqi.tables.credit_codes import are_credit_codes
from huiqi.tables.rejects import HIDDEN

TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.BOOL: pl.Boolean,
    Kind.CHOICE: pl.Int16,
    Kind.NUMBER: pl.Int64,
    Kind.DATE: pl.Date,
    Kind.TEXT: pl.String,
}
"""How a batch holds a fact of each kind."""

_MANY = 100
"""From so many cells on a column is worth a second look as a whole."""
_WITH_UNIT = r"^([+-]?[0-9]+(?:\.[0-9]+)?)([^0-9.\s]+)$"
_EXACT_DIGITS = 16
"""A numeral of so many characters has at most 15 digits beside a sign or point, or is above ``LARGEST``."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that means nothing: its row in the frame, its column, what it holds and why that is wrong.

    Personal data is hidden here already, so that it cannot get out further on.
    """

    row: int
    column: str
    value: Anything
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Columns by their facts, the exact values that they cannot hold (by row), and the wrong cells."""

    frame: pl.DataFrame
    odd: Mapping[int, Mapping[str, Anything]] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()


def convert(
    raw: pl.DataFrame,
    readers: Mapping[str, CellReader],
    nested: Mapping[str, Mapping[int, Anything]] | None = None,
) -> Converted:
    """The columns of a frame that have a reader, converted.

    ``nested`` holds by column and row what a column of texts cannot: mappings such as ``{自: …, 至: …}``.
    """
    columns = [name for name in readers if name in raw.columns]
    typed = raw.select(_at_once(name, raw.schema[name], readers[name]) for name in columns)
    odd: dict[int, dict[str, Anything]] = {}
    wrong: list[Wrong] = []
    finished = []
    for name in columns:
        reader = readers[name]
        series = _checked(raw[name], typed[name], reader)
        beside = (nested or {}).get(name, {})
        if series.dtype == pl.Int64 and raw.schema[name] == pl.String:
            series = _with_units(raw[name], series, reader)
        if beside or series.null_count() > raw[name].null_count():
            series = _by_cell(name, raw[name], series, reader, beside, odd, wrong)
        finished.append(series.alias(reader.declaration.name))
    return Converted(as_frame(finished, raw.height), odd, tuple(wrong))


def as_frame(columns: Sequence[pl.Series], height: int) -> pl.DataFrame:
    """Columns as a frame, which has its height even when there are none."""
    return pl.DataFrame(columns) if columns else pl.DataFrame(height=height)


def _by_cell(
    name: str,
    raw: pl.Series,
    series: pl.Series,
    reader: CellReader,
    beside: Mapping[int, Anything],
    odd: dict[int, dict[str, Anything]],
    wrong: list[Wrong],
) -> pl.Series:
    left = (raw.is_not_null() & series.is_null()).arg_true()
    cells = raw.gather(left)
    if cells.dtype.is_temporal():  # a day of the year 10000 is no day in Python
        cells = cells.cast(pl.String)
    places, values = [], []
    read: dict[str, Cell] = {}
    for row, value in (*zip(left.to_list(), cells.to_list(), strict=True), *beside.items()):
        if isinstance(value, str):
            cell = read.get(value) or reader.read(value)
            read[value] = cell
        else:
            cell = reader.read(value)
        if cell.reason:
            wrong.append(Wrong(row, name, HIDDEN if reader.personal else value, cell.reason, cell.hint))
        elif cell.value is not None:
            stored = reader.stored(cell.value)
            if stored is None:
                odd.setdefault(row, {})[reader.declaration.name] = cell.value
            else:
                places.append(row)
                values.append(stored)
    return series.scatter(places, pl.Series(values, dtype=series.dtype)) if places else series


def _checked(raw: pl.Series, typed: pl.Series, reader: CellReader) -> pl.Series:
    """Texts that must satisfy a code, without those that were not seen to."""
    code = reader.declaration.code
    if not code or typed.dtype != pl.String:
        return typed
    if code == "统一社会信用代码" and raw.dtype == pl.String:
        good = pl.Series(are_credit_codes(typed))
        return pl.select(pl.when(good).then(typed)).to_series()
    return pl.Series([None] * len(typed), dtype=pl.String)


def _at_once(name: str, dtype: pl.DataType, reader: CellReader) -> pl.Expr:
    """What a column means where that is beyond doubt, and null everywhere else."""
    kind = reader.declaration.type
    if isinstance(dtype, pl.Categorical | pl.Enum):
        column, dtype = pl.col(name).cast(pl.String), pl.String()
    else:
        column = pl.col(name)
    found = None
    if kind.kind is Kind.BOOL:
        found = _flags(column, dtype)
    elif kind.kind is Kind.CHOICE and dtype == pl.String:
        found = _choices(column, kind)
    elif kind.kind is Kind.NUMBER:
        found = _numbers(column, dtype, reader)
    elif kind.kind is Kind.DATE:
        found = _days(column, dtype)
    elif kind.kind is Kind.TEXT and dtype == pl.String:
        found = _texts(column)
    if found is None:
        # by the length of the column: a literal alone would be one row
        found = pl.when(pl.lit(False) & pl.col(name).is_null()).then(pl.lit(None, TYPES[kind.kind]))
    return found.cast(TYPES[kind.kind]).alias(name)


def _flags(column: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if dtype == pl.Boolean:
        return column
    if dtype.is_integer() or dtype.is_float():
        return pl.when(column == 1).then(True).when(column == 0).then(False)
    if dtype == pl.String:
        words = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
        return column.replace_strict(words, default=None, return_dtype=pl.Boolean)
    return None


def _choices(column: pl.Expr, kind: Type) -> pl.Expr:
    # an option that is a word for unknown stays unknown, as in facts files
    options = [f"\0{place}" if one in UNKNOWN else one for place, one in enumerate(kind.options)]
    return column.cast(pl.Enum(options), strict=False).to_physical()


def _numbers(column: pl.Expr, dtype: pl.DataType, reader: CellReader) -> pl.Expr | None:
    if reader.scale.denominator != 1:
        return None
    scale = int(reader.scale)
    if dtype.is_integer():
        largest = LARGEST // scale
        plain = column.cast(pl.Int64, strict=False)
        ticks = pl.when(plain.is_between(-largest, largest)).then(plain) * scale
    elif str(scale).strip("0") != "1":
        return None  # only a power of ten moves the point of a decimal and changes no digit
    elif dtype.is_float() or dtype == pl.String or isinstance(dtype, pl.Decimal):
        ticks = _decimals(column, dtype, scale)
    else:
        return None
    return pl.when(ticks.is_between(reader.low, reader.high)).then(ticks)


def _decimals(column: pl.Expr, dtype: pl.DataType, scale: int) -> pl.Expr:
    """Ticks of decimals, where they are whole.

    A double and a decimal of at most 15 digits that rounds to it determine one another. So when a number of
    ticks, divided by the scale, is the double at hand, that quotient is the decimal that was meant.
    """
    if dtype != pl.Float64:
        text = column.cast(pl.String)
        if isinstance(dtype, pl.Decimal) and dtype.scale:
            text = text.str.strip_chars_end("0").str.strip_chars_end(".")
        column = pl.when(text.str.len_bytes() <= _EXACT_DIGITS).then(text).cast(pl.Float64, strict=False)
    return column.map_batches(lambda series: _ticks(series, scale), return_dtype=pl.Int64)


def _ticks(series: pl.Series, scale: int) -> pl.Series:
    # numpy, because Polars divides by a number by multiplying with its inverse, which rounds twice
    plain = series.to_numpy()
    with np.errstate(all="ignore"):  # what is no number, or too large, is left out below
        ticks = np.rint(plain * scale)
        exact = (np.abs(ticks) <= LARGEST) & (ticks / scale == plain)
    whole = pl.Series(np.where(exact, ticks, 0).astype(np.int64))
    return pl.select(pl.when(pl.Series(exact)).then(whole)).to_series()


def _with_units(raw: pl.Series, typed: pl.Series, reader: CellReader) -> pl.Series:
    """The same column with those cells read that are a numeral and a unit, such as ``300万元``."""
    left = (raw.is_not_null() & typed.is_null()).arg_true()
    if len(left) < _MANY:
        return typed
    cells = raw.gather(left)
    numerals, units = cells.str.extract(_WITH_UNIT, 1), cells.str.extract(_WITH_UNIT, 2)
    for unit in units.drop_nulls().unique():
        scale = _scale_of(unit, reader)
        if scale:
            mine = units.eq(unit).fill_null(False)
            column = _decimals(pl.col("numeral"), pl.String(), scale)
            ticks = numerals.filter(mine).alias("numeral").to_frame().select(column).to_series()
            good = ticks.is_between(reader.low, reader.high).fill_null(False)
            typed = typed.scatter(left.filter(mine).filter(good), ticks.filter(good))
    return typed


def _scale_of(unit: str, reader: CellReader) -> int:
    """How many ticks one of a unit is, where that is a power of ten; else 0."""
    if not re.fullmatch(UNIT_PATTERN, unit):
        return 0
    dimension, factor = unit_factor(unit)
    scale = Fraction(factor) / reader.tick
    fits = dimension == reader.declaration.type.dimension and scale.denominator == 1
    return int(scale) if fits and str(scale).strip("0") == "1" else 0


def _days(column: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    days = None
    if dtype == pl.Date:
        days = column
    elif isinstance(dtype, pl.Datetime):
        local = column.dt.replace_time_zone(None) if dtype.time_zone else column
        day = local.cast(pl.Date)
        days = pl.when(day.cast(pl.Datetime(dtype.time_unit)) == local).then(day)
    elif dtype == pl.String:
        written = column.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        days = pl.when(written).then(column).str.to_date("%Y-%m-%d", strict=False)
    return None if days is None else pl.when(days.is_between(date.min, date.max)).then(days)


def _texts(column: pl.Expr) -> pl.Expr:
    text = column.str.strip_chars().str.normalize("NFC")
    plain = ~column.str.contains(UNSEEN) & ~text.is_in(UNKNOWN)
    return pl.when(plain).then(text)
