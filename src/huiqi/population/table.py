"""Drawn blocks as tables that ``huiqi match`` reads: a row a subject, a column a fact, null where unknown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.language import types as t
from huiqi.language.types import Kind, Type
from huiqi.language.units import unit_factor
from huiqi.population.draw import Block
from huiqi.population.plan import Drawing, Plan
from huiqi.population.values import NO_DAY, Column

ID = "编号"
_OWNER = "#owner"


def table_of(plan: Plan, block: Block, rows: int | None = None) -> pl.DataFrame:
    """The first ``rows`` subjects of a block; numbers in 元 or in the vocabulary's unit."""
    return _Table(plan, block).frame().head(block.frame.rows if rows is None else rows)


def schema_of(plan: Plan) -> Mapping[str, Anything]:
    """The columns of every table of this plan and their types."""
    return {ID: pl.String, **{one.key: _dtype(one) for one in plan.columns}}


def as_csv_columns(table: pl.DataFrame) -> pl.DataFrame:
    """The same with 是 and 否, and with collections as JSON texts."""
    return table.select(_csv(table[name]) for name in table.columns)


def _dtype(drawing: Drawing) -> Anything:
    match drawing.kind:
        case Kind.BOOL:
            return pl.Boolean
        case Kind.NUMBER:
            return pl.Int64 if _whole(drawing) else pl.Float64
        case Kind.DATE:
            return pl.Date
        case Kind.COLLECTION:
            return pl.List(pl.Struct({one.declaration.name: _dtype(one) for one in drawing.fields}))
        case _:
            return pl.String


def _written_unit(kind: Type) -> Fraction:
    """How much one is of a bare number in a table, in base units: money counts in 元."""
    return Fraction(unit_factor("元" if kind.dimension == t.MONEY.dimension else kind.unit)[1])


def _whole(drawing: Drawing) -> bool:
    return (drawing.step / _written_unit(drawing.declaration.type)).denominator == 1


class _Table:
    def __init__(self, plan: Plan, block: Block) -> None:
        self.plan, self.block = plan, block
        self.words = pl.Series(plan.words.all, dtype=pl.String)

    def frame(self) -> pl.DataFrame:
        columns = [("E" + self._numbers()).alias(ID)]
        for one in self.plan.columns:
            if one.kind is Kind.COLLECTION:
                columns.append(self._collection(one))
            else:
                values = self.block.frame.values[one.key]
                columns.append(self._column(one, values, one.key))
        return pl.select(columns)

    def _numbers(self) -> pl.Expr:
        first = self.block.first + 1
        return pl.int_range(first, first + self.block.frame.rows).cast(pl.String).str.zfill(7)

    def _column(self, drawing: Drawing, values: Column, name: str) -> pl.Expr:
        found, gone = self._values(drawing, values)
        absent = self.block.absent.get(drawing.key)
        if absent is not None:
            gone = absent if gone is None else gone | absent
        if gone is not None and gone.any():
            found = pl.when(pl.lit(pl.Series(~gone))).then(found)
        return found.alias(name)

    def _values(self, drawing: Drawing, values: Column) -> tuple[pl.Expr, Column | None]:
        """What to put down, and where there is nothing to put down."""
        if drawing.kind is Kind.BOOL:
            return pl.lit(pl.Series(values)), None
        if drawing.kind is Kind.NUMBER:
            gone = np.isnan(values)
            return pl.lit(pl.Series(_plain_numbers(drawing, np.where(gone, 0.0, values)))), gone
        if drawing.kind is Kind.DATE:
            gone = values == NO_DAY
            return pl.lit(pl.Series(np.where(gone, 0, values).astype("datetime64[D]"))), gone
        if drawing.kind is Kind.TEXT and not any(drawing.tables):
            return self._texts(drawing, len(values)), values < 0
        gone = values < 0
        return pl.lit(self.words.gather(np.where(gone, 0, values))), gone

    def _texts(self, drawing: Drawing, rows: int) -> pl.Expr:
        wording = drawing.wording or drawing.declaration.name + "{号}"
        before, number, after = wording.partition("{号}")
        collection, dot, _ = drawing.key.partition(".")
        if not number:
            return pl.repeat(wording, rows)
        if dot:
            places = pl.lit(pl.Series(self.block.frame.items[collection].place + 1)).cast(pl.String)
        else:
            places = self._numbers()
        return pl.lit(before) + places + pl.lit(after)

    def _collection(self, drawing: Drawing) -> pl.Expr:
        frame, absent = self.block.frame, self.block.absent.get(drawing.key)
        items, dtype = frame.items[drawing.key], _dtype(drawing)
        fields = [
            self._column(one, items.values[one.declaration.name], one.declaration.name)
            for one in drawing.fields
        ]
        packed = pl.DataFrame({_OWNER: items.owner, drawing.key: pl.select(fields).to_struct()})
        if absent is not None:
            packed = packed.filter(pl.Series(~absent[items.owner]))
        lists = packed.group_by(_OWNER, maintain_order=True).agg(pl.col(drawing.key))
        rows = pl.DataFrame({_OWNER: np.arange(frame.rows)})
        found = rows.join(lists, on=_OWNER, how="left", maintain_order="left")[drawing.key].cast(dtype)
        none: pl.Expr = pl.lit(pl.Series([[]], dtype=dtype))
        if absent is not None and absent.any():
            none = pl.when(pl.lit(pl.Series(~absent))).then(none)
        return pl.coalesce(pl.lit(found), none).alias(drawing.key)


def _plain_numbers(drawing: Drawing, values: Column) -> Column:
    """Numbers as people write them: whole where every one is, else the nearest decimal of its step."""
    unit = _written_unit(drawing.declaration.type)
    if _whole(drawing):
        return np.round(values / float(unit)).astype(np.int64)
    scale = drawing.step / unit
    return np.round(values / float(drawing.step)) * scale.numerator / scale.denominator


def _csv(series: pl.Series) -> pl.Series | pl.Expr:
    if series.dtype == pl.Boolean:
        return pl.when(series).then(pl.lit("是")).when(~series).then(pl.lit("否")).alias(series.name)
    if isinstance(series.dtype, pl.List):
        return _as_json(series)
    return series


def _as_json(series: pl.Series) -> pl.Series:
    """Lists of structs as JSON texts."""
    frame = pl.DataFrame({_OWNER: np.arange(len(series)), "list": series})
    given = frame.filter(pl.col("list").list.len() > 0)
    texts = (
        given.explode("list")
        .select(_OWNER, pl.col("list").struct.json_encode())
        .group_by(_OWNER, maintain_order=True)
        .agg(pl.concat_str(pl.lit("["), pl.col("list").str.join(","), pl.lit("]")).alias("text"))
    )
    joined = frame.join(texts, on=_OWNER, how="left", maintain_order="left")
    empty = pl.when(pl.col("list").is_not_null()).then(pl.lit("[]"))
    return joined.select(pl.coalesce(pl.col("text"), empty).alias(series.name)).to_series()
