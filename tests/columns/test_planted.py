"""Every small mistake that is put into the columns is noticed by the trials of ``test_agreement``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from huiqi.columns import frames, polars_engine
from huiqi.columns.program import INFINITE
from huiqi.language import syntax as s
from tests.columns.books import recipe_of
from tests.columns.planting import Planted, listed
from tests.columns.rules import RECIPES
from tests.columns.trials import trial

TRIALS = 160

PLANTED = listed()

_SPANS = ("年数", "月数", "天数", "年度", "推后", "提前", "年初", "年末", "beyond", "Compare days")
_NUMBERS = ("+", "-", "*", "/ number", "/ fact", "/ same", "/ *", "Negate")
FIRST: dict[str, tuple[str, ...]] = {
    "Today": _SPANS,
    "Parameter": ("Parameter",),
    "Not": ("Not", "All", "Any"),
    "All": ("All", "Any"),
    "Any": ("Any",),
    "Compare": tuple(name for name in RECIPES if name.startswith("Compare")),
    "Member": tuple(name for name in RECIPES if name.startswith("Member")),
    "Arithmetic": _NUMBERS,
    "Negate": _NUMBERS,
    "Extreme": ("取大", "取小", "winner", "beyond"),
    "If": ("If", "supposed", "supposed of an amount", "Parameter", "beyond"),
    "Round": ("四舍五入", "舍去", "进位"),
    "DateFunction": _SPANS,
    "Aggregate": ("任一", "全部", "合计", "计数", "最大", "最小", "winner", "supposed of an amount"),
}
"""Where a mistake is looked for first, which only saves time; then it is looked for everywhere."""


def noticed(kind: str = "") -> bool:
    """Whether some trial comes to something else, or breaks."""
    for recipes in filter(None, (FIRST.get(kind), tuple(RECIPES))):
        for seed in range(TRIALS):
            benefits = [one.id for one in trial(seed).book.benefits.values() if recipe_of(one) in recipes]
            try:
                if benefits and trial(seed).differences(benefits):
                    return True
            except Exception:
                return True
    return False


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: one.name)
def test_a_mistake_in_the_meaning_of_a_node_is_noticed(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.plant(monkeypatch)
    assert noticed(planted.kind)


def test_there_is_a_mistake_for_every_kind_of_node() -> None:
    kinds = set(s.node_kinds()) - {"Name", "Call"}  # the checker leaves none of these
    assert kinds <= {one.kind for one in PLANTED}


ENGINE: dict[str, tuple[str, Callable[[Any, list[pl.Expr]], pl.Expr]]] = {
    "or for and": ("and", lambda step, parts: parts[0] | parts[1]),
    "only the first two of and": ("and", lambda step, parts: parts[0] & parts[1]),
    "and for or": ("or", lambda step, parts: parts[0] & parts[1]),
    "only the first two of or": ("or", lambda step, parts: parts[0] | parts[1]),
    "no not": ("not", lambda step, parts: parts[0]),
    "at most for equal": ("equal", lambda step, parts: parts[0] <= parts[1]),
    "at most for less": ("less", lambda step, parts: parts[0] <= parts[1]),
    "one more": ("add", lambda step, parts: parts[0] + parts[1] + 1),
    "the other way round": ("subtract", lambda step, parts: parts[1] - parts[0]),
    "sum for product": ("multiply", lambda step, parts: parts[0] + parts[1]),
    "a quotient that is rounded up": (
        "floor_divide",
        lambda step, parts: (parts[0] + parts[1] - 1) // parts[1],
    ),
    "maximum for minimum": ("minimum", lambda step, parts: pl.max_horizontal(*parts)),
    "only the first two of minimum": ("minimum", lambda step, parts: pl.min_horizontal(*parts[:2])),
    "minimum for maximum": ("maximum", lambda step, parts: pl.min_horizontal(*parts)),
    "only the first two of maximum": ("maximum", lambda step, parts: pl.max_horizontal(*parts[:2])),
    "the other branch": ("select", lambda step, parts: pl.when(parts[0]).then(parts[2]).otherwise(parts[1])),
    "one bit off": ("bits", lambda step, parts: polars_engine._bits(step, parts) * 2),
}


@pytest.mark.parametrize("name", ENGINE)
def test_a_mistake_in_an_operation_of_the_engine_is_noticed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, emit = ENGINE[name]
    monkeypatch.setitem(polars_engine._EMIT, operation, emit)
    assert noticed()


def test_there_is_a_mistake_for_every_operation_of_the_engine() -> None:
    assert {operation for operation, _ in ENGINE.values()} == set(polars_engine._EMIT)


REDUCTIONS: dict[str, tuple[str, tuple[np.ufunc, int]]] = {
    "all for any": ("any", (np.logical_and, 0)),
    "any of nothing": ("any", (np.logical_or, 1)),
    "largest for sum": ("sum", (np.maximum, 0)),
    "sum of nothing": ("sum", (np.add, 1)),
    "least for most": ("most", (np.minimum, -INFINITE)),
    "most for least": ("least", (np.maximum, INFINITE)),
}


@pytest.mark.parametrize("name", REDUCTIONS)
def test_a_mistake_in_what_sums_up_items_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, reduction = REDUCTIONS[name]
    monkeypatch.setitem(frames._REDUCTIONS, operation, reduction)
    assert noticed()


def test_there_is_a_mistake_for_everything_that_sums_up_items() -> None:
    assert {operation for operation, _ in REDUCTIONS.values()} == set(frames._REDUCTIONS)


LOADS: dict[str, tuple[str, Callable[[pl.Series, Any], pl.Series]]] = {
    "unknown is true": ("true", lambda column, step: column.fill_null(True)),
    "unknown is false": ("false", lambda column, step: ~column.fill_null(False)),
    "always given": ("given", lambda column, step: column.fill_null(True) | True),
    "unknown is the first option": ("code", lambda column, step: column.cast(pl.Int64).fill_null(0)),
    "unknown is nothing, below": ("low", lambda column, step: frames._numbers(column).fill_null(0)),
    "unknown is nothing, above": ("high", lambda column, step: frames._numbers(column).fill_null(0)),
}


@pytest.mark.parametrize("name", LOADS)
def test_a_mistake_in_what_is_read_from_a_table_is_noticed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, load = LOADS[name]
    monkeypatch.setitem(frames._LOADS, kind, load)
    assert noticed()


def test_there_is_a_mistake_for_everything_that_is_read() -> None:
    assert {kind for kind, _ in LOADS.values()} == set(frames._LOADS)


def test_nothing_is_noticed_where_nothing_is_planted() -> None:
    assert not any(trial(seed).differences() for seed in range(20))
