"""Enterprises as columns: what a number counts in, and the facts of one of them as evaluation reads them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from huiqi.columns.batch import ROW, Batch, tick
from huiqi.language import types as t
from huiqi.language.units import unit_factor
from tests.columns.books import make_book
from tests.columns.making import Maker, as_batch
from tests.columns.words import VOCABULARY


@pytest.mark.parametrize(
    ("kind", "written", "ticks"),
    [
        (t.MONEY, "万元", 1_000_000),
        (t.number(t.MONEY.dimension, "万元"), "元", 100),
        (t.number(unit_factor("人")[0], "人"), "人", 1),
        (t.number(t.PURE_NUMBER.dimension, "%"), "%", 10_000),
        (t.number(unit_factor("年")[0], "年"), "年", 10_000),
        (t.number(unit_factor("亩")[0], "亩"), "亩", 10_000),
        (t.number(unit_factor("万美元")[0], "万美元"), "美元", 1),
        (t.number(unit_factor("元/人")[0], "元/人"), "元/人", 10_000),
        (t.YEAR, "年度", 1),
    ],
)  # fmt: skip
def test_how_many_ticks_one_of_a_unit_has(kind: t.Type, written: str, ticks: int) -> None:
    assert unit_factor(written)[0] == kind.dimension
    assert Fraction(unit_factor(written)[1]) / tick(kind) == ticks


def test_one_enterprise_is_read_back_as_it_was() -> None:
    book = make_book(0)
    maker = Maker(book, 3, extreme=0.1)
    enterprises = [maker.enterprise() for _ in range(60)]
    batch = as_batch(book, enterprises)
    assert len(batch) == 60
    assert [batch.values(row, VOCABULARY) for row in range(60)] == enterprises
    assert any(one.get("项目") == () for one in enterprises)
    assert any("项目" not in one for one in enterprises)


def test_an_odd_enterprise_is_what_it_is() -> None:
    third = {"投资额": Fraction(100, 3), "项目": ({"盈亏": Fraction(1, 7)},)}
    batch = Batch(pl.Series(["甲"]), pl.DataFrame({"投资额": [33], "项目": [False]}), {}, {0: third})
    assert batch.values(0, VOCABULARY) == third


def test_some_enterprises_are_taken_with_their_items() -> None:
    book = make_book(0)
    maker = Maker(book, 4)
    enterprises = [maker.enterprise() for _ in range(40)]
    whole = as_batch(book, enterprises)
    odd = {"投资额": Fraction(1, 3)}
    batch = Batch(whole.ids, whole.facts, whole.items, {5: odd, 6: odd})
    taken = batch.take(pl.Series([row % 5 == 0 for row in range(40)]))
    wanted = [enterprises[row] for row in range(0, 40, 5)]
    wanted[1] = odd
    assert [taken.values(row, VOCABULARY) for row in range(8)] == wanted
    assert taken.ids.to_list() == [f"E{row}" for row in range(0, 40, 5)]
    assert len(batch.take(pl.Series([False] * 40))) == 0


def test_how_many_answers_there_are_of_a_benefit_over_items() -> None:
    facts = pl.DataFrame({"项目": [True, True, None, True]})
    items = pl.DataFrame({ROW: pl.Series([0, 0, 0], dtype=pl.UInt32), "示范": [True, None, False]})
    odd: dict[int, dict[str, Any]] = {3: {"项目": ({}, {"完工日期": date(2024, 1, 1)})}}
    batch = Batch(pl.Series(["甲", "乙", "丙", "丁"]), facts, {"项目": items}, odd)
    assert batch.answers("项目").to_list() == [3, 1, 1, 2]
    assert batch.answers("门店").to_list() == [1, 1, 1, 1]
