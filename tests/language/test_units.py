"""Units and numbers: what a written quantity is, and how one is said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.language.types import MONEY, MONTHS, PURE_NUMBER
from huiqi.language.units import (
    PREFIXES,
    UNITS,
    money_words,
    multiply_dimensions,
    numeral,
    parse_quantity,
    quantity_words,
    unit_factor,
)
from tests.support import mistakes, reference, value

YUAN = MONEY.dimension


@reference("L4.3")
@pytest.mark.parametrize(
    ("text", "number", "dimension"),
    [
        ("300万元", 300 * 10**6, YUAN),
        ("2亿元", 2 * 10**10, YUAN),
        ("5千万元", 5 * 10**9, YUAN),
        ("5万人", 50000, (("人", 1),)),
        ("3.5元", 350, YUAN),
        ("0.01元", 1, YUAN),
        ("0.001元", Fraction(1, 10), YUAN),
        ("30%", Fraction(3, 10), ()),
        ("３０％", Fraction(3, 10), ()),
        ("5‰", Fraction(1, 200), ()),
        ("100%", 1, ()),
        ("7", 7, ()),
        ("2年", 24, (("月", 1),)),
        ("6个月", 6, (("月", 1),)),
        ("30日", 30, (("日", 1),)),
        ("30天", 30, (("日", 1),)),
        ("10个工作日", 10, (("工作日", 1),)),
        ("3亩", 2000, (("平方米", 1),)),
        ("6000元/人", 6000_00, (("人", -1), ("元", 1))),
        ("2万元/年", Fraction(10**6 * 2, 12), (("元", 1), ("月", -1))),
        ("-3元", -300, YUAN),
    ],
)
def test_a_quantity_is_exact_in_its_base_unit(
    text: str, number: int | Fraction, dimension: tuple[tuple[str, int], ...]
) -> None:
    read = parse_quantity(text)
    assert (read.number, read.dimension) == (number, dimension)
    assert isinstance(read.number, int) == (Fraction(number).denominator == 1)


@reference("L4.3")
@pytest.mark.parametrize(
    "text", ["7折", "三百万元", "元", "", "3头", "3元元", "1,000元", "3元/", "nan", "1e3元"]
)
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(ValueError, match="不是数"):
        parse_quantity(text)


def test_a_unit_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="不认识的单位“头”"):
        unit_factor("头")


@reference("L4.2")
def test_units_multiply_and_divide() -> None:
    assert value("6000元/人 * 5人 = 3万元") is True
    assert value("3万元 / 5人 = 6000元/人") is True
    assert value("10万元 / 2万元 * 3元 = 15元") is True
    assert value("2元/人 * 3人 / 6元 = 1") is True


@reference("L4.4")
def test_years_are_months_but_months_are_not_days() -> None:
    assert value("1年 = 12月") is True
    assert value("2年 + 6月 = 30月") is True
    assert mistakes("1月 = 30日")


@reference("L4.5")
def test_dollars_are_not_yuan() -> None:
    assert value("3万美元 = 30000美元") is True
    assert mistakes("1美元 + 1元 > 0")
    assert mistakes("1美元 > 1元")


@reference("L4.6")
def test_a_ratio_is_a_number_without_a_unit() -> None:
    assert value("50% = 1 / 2") is True
    assert value("3元 / 6元 = 50%") is True
    assert value("50% + 1 = 1.5") is True


@reference("L4.6")
@pytest.mark.parametrize("text", ["投资额 > 0", "0 < 从业人数", "利润 >= 0", "取大(0, 利润) > 0"])
def test_zero_goes_with_every_unit(text: str) -> None:
    assert mistakes(text) == []


@reference("L4.1")
@pytest.mark.parametrize("other", ["从业人数", "面积", "经营时长", "工期", "外资", "研发占比"])
@pytest.mark.parametrize("formula", ["投资额 + {} > 0", "投资额 >= {}", "取小(投资额, {}) > 0"])
def test_money_people_area_time_and_ratios_do_not_mix(formula: str, other: str) -> None:
    assert len(mistakes(formula.format(other))) == 1


@reference("L4.1")
@pytest.mark.parametrize("unit", ["元", "年", "日", "平方米"])
def test_a_count_is_not_a_measure(unit: str) -> None:
    assert mistakes(f"计数(项目) > 3{unit}")
    assert mistakes(f"3{unit} <= 计数(项目)")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (12345, "123.45元"),
        (10**6, "1万元"),
        (1234 * 10**4, "12.34万元"),
        (123456_00, "123456元"),
        (10**10, "1亿元"),
        (12 * 10**9, "1.2亿元"),
        (-3 * 10**6, "-3万元"),
        (Fraction(1, 3), "约0.003333元"),
        (Fraction(-1, 3), "约-0.003333元"),
        (123456789012345_67, "123456789012345.67元"),
    ],
)
def test_money_is_said_in_the_unit_that_loses_nothing(fen: int | Fraction, words: str) -> None:
    assert money_words(fen) == words


@given(st.integers(-(10**18), 10**18))
def test_money_said_and_read_again_is_the_same(fen: int) -> None:
    assert parse_quantity(money_words(fen)).number == fen


@given(st.fractions(max_denominator=10**9))
def test_a_numeral_is_right_to_six_decimals(number: Fraction) -> None:
    text = numeral(number)
    read = Fraction(text.removeprefix("约"))
    assert abs(read - number) <= Fraction(1, 2 * 10**6)
    assert text.startswith("约") == (read != number)


@pytest.mark.parametrize(
    ("number", "dimension", "unit", "words"),
    [
        (Fraction(3, 10), (), "", "30%"),
        (Fraction(1, 3), (), "", "约33.333333%"),
        (2, (), "", "2"),
        (Fraction(1, 2), (), "%", "50%"),
        (36, MONTHS.dimension, "年", "3年"),
        (30, MONTHS.dimension, "年", "2.5年"),
        (36, MONTHS.dimension, "", "3年"),
        (7, MONTHS.dimension, "", "7个月"),
        (5, (("人", 1),), "人", "5人"),
        (6000_00, (("人", -1), ("元", 1)), "", "6000元/人"),
        (1000, (("平方米", 1),), "", "1000平方米"),
    ],
)
def test_a_quantity_is_said_in_its_own_unit(
    number: int | Fraction, dimension: tuple[tuple[str, int], ...], unit: str, words: str
) -> None:
    assert quantity_words(number, dimension, unit) == words


@given(
    st.sampled_from(["", *PREFIXES]),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(["", "人", "平方米", "年"]),
    st.integers(0, 999),
)
def test_every_unit_can_be_written_with_every_prefix_and_under_every_other(
    prefix: str, unit: str, below: str, number: int
) -> None:
    text = f"{number}{prefix}{unit}" + (f"/{below}" if below else "")
    read = parse_quantity(text)
    dimension, size = UNITS[unit]
    under, under_size = UNITS[below] if below else ((), 1)
    assert read.number == Fraction(number * PREFIXES.get(prefix, 1)) * size / under_size
    assert read.dimension == multiply_dimensions(dimension, under, -1)


def test_the_dimension_of_a_ratio_is_none() -> None:
    assert PURE_NUMBER.dimension == ()
    assert multiply_dimensions(YUAN, YUAN, -1) == ()
