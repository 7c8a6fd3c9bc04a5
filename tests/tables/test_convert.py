"""Columns at once: whatever the type of the column, the same as cell by cell."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.columns.batch import LARGEST
from huiqi.tables import convert as converting
from huiqi.tables.cells import CellReader
from huiqi.tables.convert import convert
from tests.tables.enterprises import VOCABULARY


def _both(fact: str, raw: pl.Series, unit: str = "") -> tuple[list[Any], list[Any]]:
    """A column as converted, and its cells as read alone: values, or True for a wrong one."""
    reader = CellReader(VOCABULARY[fact], unit=unit)
    read = convert(pl.DataFrame({"列": raw}), {"列": reader})
    wrong = {one.row for one in read.wrong}
    typed: list[Any] = read.frame[fact].to_list()
    for row, odd in read.odd.items():
        typed[row] = odd[fact]
    alone: list[Any] = []
    for cell in raw.to_list():
        single = reader.read(cell)
        stored = None if single.value is None else reader.stored(single.value)
        alone.append(single.value if stored is None else stored)
        if single.reason:
            assert len(alone) - 1 in wrong
    assert wrong == {row for row, cell in enumerate(raw.to_list()) if reader.read(cell).reason}
    return typed, alone


@given(some.lists(some.floats(), max_size=30), some.sampled_from(["", "万元", "亿元"]))
def test_doubles(cells: list[float], unit: str) -> None:
    typed, alone = _both("利润", pl.Series(cells, dtype=pl.Float64), unit)
    assert typed == alone


@given(some.lists(some.decimals(-(10**9), 10**9, places=2).map(float), max_size=30))
def test_doubles_of_cents_need_no_second_look(cells: list[float]) -> None:
    reader = CellReader(VOCABULARY["利润"])
    raw = pl.DataFrame({"列": pl.Series(cells, dtype=pl.Float64)})
    read = convert(raw, {"列": reader})
    assert read.frame["利润"].to_list() == [round(Decimal(repr(one)) * 100) for one in cells]
    assert not read.odd


def test_a_double_next_to_a_short_decimal_is_not_that_decimal() -> None:
    typed, alone = _both("面积", pl.Series([0.1 + 0.2, 0.3]))
    assert typed == alone
    assert typed[1] == 3000
    assert typed[0] != 3000


@given(some.lists(some.integers(-(2**63), 2**63 - 1) | some.integers(-(10**6), 10**6), max_size=30))
def test_whole_numbers(cells: list[int]) -> None:
    typed, alone = _both("利润", pl.Series(cells, dtype=pl.Int64))
    assert typed == alone


_NUMERALS = some.from_regex(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)
_WORDS = some.sampled_from(
    ["", " ", "未知", "3万元", "5%", "inf", "nan", ".5", "5.", "1,000", " 7 ", "１２", "-"]
)


@given(some.lists(some.none() | _NUMERALS | _WORDS, max_size=30), some.sampled_from(["", "万元"]))
def test_numerals(cells: list[str | None], unit: str) -> None:
    typed, alone = _both("利润", pl.Series(cells, dtype=pl.String), unit)
    assert typed == alone


@pytest.mark.parametrize("fact", ["利润", "研发占比", "经营时长", "从业人数"])
@given(
    some.lists(
        some.tuples(
            some.from_regex(r"[+-]?[0-9]{1,14}(\.[0-9]{1,6})?", fullmatch=True),
            some.sampled_from(
                ["元", "万元", "亿元", "万", "%", "‰", "年", "个月", "人", "万人", "亩", "元/人", "斤"]
            ),
        ).map("".join),
        min_size=1,
        max_size=12,
    )
)
def test_many_numerals_with_units(fact: str, cells: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "_MANY", 1)
        typed, alone = _both(fact, pl.Series(cells))
    assert typed == alone


@pytest.mark.parametrize(
    "raw",
    [
        pl.Series([Decimal("1.50"), Decimal("20.00"), None, Decimal("0.005")], dtype=pl.Decimal(30, 10)),
        pl.Series([0.1, 2.5, None], dtype=pl.Float32),
        pl.Series([1, 2**64 - 1, None], dtype=pl.UInt64),
        pl.Series([True, None]),
        pl.Series([date(2024, 5, 1), None]),
        pl.Series([None, None]),
        pl.Series([b"1", None]),
        pl.Series([[1], None]),
        pl.Series([{"自": 1, "至": 2}, {"自": None, "至": None}, None]),
        pl.Series(["3万元", "300"], dtype=pl.Categorical),
    ],
)
def test_numbers_in_columns_of_other_types(raw: pl.Series) -> None:
    reader = CellReader(VOCABULARY["投资额"])
    read = convert(pl.DataFrame({"列": raw}), {"列": reader})
    assert read.frame["投资额"].dtype == pl.Int64
    if raw.dtype == pl.Float32:  # what was meant is the shortest decimal of a single
        assert read.frame["投资额"].to_list() == [10, 250, None]
    else:
        typed, alone = _both("投资额", raw)
        assert typed == alone


@given(
    some.lists(
        some.dates().map(str)
        | some.sampled_from(
            ["2024-02-30", "0000-01-01", "2024-5-1", "２０２４-05-01", "+2024-05-01", "今天"]
        ),
        max_size=20,
    )
)
def test_days_as_texts(cells: list[str]) -> None:
    typed, alone = _both("成立日期", pl.Series(cells, dtype=pl.String))
    assert typed == alone


def test_days_as_times() -> None:
    midnight, morning = datetime(2024, 5, 1), datetime(2024, 5, 1, 8)  # noqa: DTZ001
    for raw in (
        pl.Series([midnight, morning, None]),
        pl.Series([midnight, morning, None]).dt.replace_time_zone("Asia/Shanghai"),
    ):
        read = convert(pl.DataFrame({"列": raw}), {"列": CellReader(VOCABULARY["成立日期"])})
        assert read.frame["成立日期"].to_list() == [date(2024, 5, 1), None, None]
        assert [one.row for one in read.wrong] == [1]


def test_a_day_that_python_has_not_is_wrong_and_no_crash() -> None:
    raw = pl.Series([0, 3_000_000, -800_000], dtype=pl.Int32).cast(pl.Date)
    read = convert(pl.DataFrame({"列": raw}), {"列": CellReader(VOCABULARY["成立日期"])})
    assert read.frame["成立日期"].to_list() == [date(1970, 1, 1), None, None]
    assert [one.row for one in read.wrong] == [1, 2]


@pytest.mark.parametrize(
    "raw",
    [
        pl.Series(["是", "否", "true", "FALSE", "1", "0", "", None, "对", " 是 ", "未知", "１"]),
        pl.Series([1, 0, 2, None]),
        pl.Series([1.0, 0.0, 0.5, None]),
        pl.Series([True, False, None]),
    ],
)
def test_flags(raw: pl.Series) -> None:
    typed, alone = _both("高新企业", raw)
    assert typed == alone


def test_options_and_texts() -> None:
    for fact in ("企业规模", "企业名称"):
        cells = ["大型", " 微型", "未知", "", None, "中形", "e\u0301", "看\u200b不见", "null"]
        for raw in (pl.Series(cells), pl.Series([cells[0], None], dtype=pl.Categorical), pl.Series([1, 2])):
            typed, alone = _both(fact, raw)
            assert typed == alone


def test_codes() -> None:
    reader = CellReader(VOCABULARY["所在地"], known_region={"410203"}.__contains__)
    read = convert(pl.DataFrame({"列": ["410203", "999999", None]}), {"列": reader})
    assert read.frame["所在地"].to_list() == ["410203", None, None]
    assert [one.row for one in read.wrong] == [1]


def test_what_is_above_the_largest_number_of_ticks_is_odd() -> None:
    for cell in (LARGEST // 100 + 1, float(LARGEST), "99999999亿元"):
        read = convert(pl.DataFrame({"列": [cell]}), {"列": CellReader(VOCABULARY["投资额"])})
        assert read.frame["投资额"].to_list() == [None]
        assert read.odd[0]["投资额"] > LARGEST


def test_a_wrong_personal_value_leaves_its_column_hidden() -> None:
    read = convert(pl.DataFrame({"列": ["七个多月"]}), {"列": CellReader(VOCABULARY["负责人失业月数"])})
    assert [one.value for one in read.wrong] == ["（不显示）"]
