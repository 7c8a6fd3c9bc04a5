"""What people type becomes what a facts file says, or a sentence that says how to put it right."""

from typing import Any

import pytest

from huiqi.language.types import BOOL, DATE, DAYS, MONEY, MONTHS, PURE_NUMBER, TEXT, Kind, Type, number
from huiqi.language.vocabulary import FactDeclaration
from huiqi.portal.screening.inputs import InputError, blank, filled, posted, units_for, value_of


def fact(kind: Type, **more: Any) -> FactDeclaration:
    return FactDeclaration("事实", kind, question="是多少？", **more)


MONEY_FACT = fact(Type(Kind.NUMBER, MONEY.dimension, unit="万元"), minimum=0)
PEOPLE = fact(number((("人", 1),), "人"), minimum=0)
RATIO = fact(PURE_NUMBER, minimum=0)
MONTH_FACT = fact(Type(Kind.NUMBER, MONTHS.dimension, unit="月"), minimum=0, maximum=12)
SIZE = fact(Type(Kind.CHOICE, options=("小型", "微型")))


def typed(declaration: FactDeclaration, ranged: bool = False, **data: str) -> Any:
    return value_of(posted(blank(declaration, "x", ranged=ranged), data))


@pytest.mark.parametrize(
    ("declaration", "text", "value"),
    [
        (MONEY_FACT, "300", "300万元"),
        (MONEY_FACT, "1,200.5", "1200.5万元"),
        (MONEY_FACT, "３００", "300万元"),
        (MONEY_FACT, "1.2亿", "1.2亿元"),
        (MONEY_FACT, "1.2亿元", "1.2亿元"),
        (MONEY_FACT, "0", "0万元"),
        (PEOPLE, "12", "12人"),
        (RATIO, "30", "30%"),
        (RATIO, "30%", "30%"),
        (MONTH_FACT, "8", "8月"),
        (MONTH_FACT, "1年", "1年"),
        (fact(DATE), "2024-05-01", "2024-05-01"),
        (fact(DATE), "2024年5月1日", "2024-05-01"),
        (fact(DATE), "2024/5/1", "2024-05-01"),
        (fact(DATE), "20240501", "2024-05-01"),
        (SIZE, "微型", "微型"),
        (fact(TEXT), " 甲线 ", "甲线"),
    ],
)
def test_reads_what_is_usually_typed(declaration: FactDeclaration, text: str, value: str) -> None:
    assert typed(declaration, x=text) == value


def test_yes_and_no_are_truth_values() -> None:
    assert typed(fact(BOOL), x="是") is True
    assert typed(fact(BOOL), x="否") is False


def test_an_empty_field_is_no_value() -> None:
    for declaration in (MONEY_FACT, PEOPLE, SIZE, fact(BOOL), fact(DATE), fact(TEXT)):
        assert typed(declaration, x="  ") is None


def test_the_unit_chosen_beside_the_number_counts() -> None:
    sent = posted(blank(MONEY_FACT, "x"), {"x": "5", "x-unit": "元"})
    assert value_of(sent) == "5元"
    forged = posted(blank(MONEY_FACT, "x"), {"x": "5", "x-unit": "美元"})
    assert value_of(forged) == "5万元"


def test_a_range_may_have_one_end_or_two() -> None:
    assert typed(MONEY_FACT, True, **{"x-low": "3", "x-high": "5"}) == {"自": "3万元", "至": "5万元"}
    assert typed(MONEY_FACT, True, **{"x-low": "3"}) == {"自": "3万元"}
    assert typed(MONEY_FACT, True, **{"x": "4", "x-low": "3"}) == "4万元"


@pytest.mark.parametrize(
    ("declaration", "data", "said"),
    [
        (MONEY_FACT, {"x": "很多"}, "请填一个数，比如 300万元"),
        (MONEY_FACT, {"x": "5人"}, "单位应当是万元、元、亿元"),
        (MONEY_FACT, {"x": "-5万元"}, "不能小于 0"),
        (MONEY_FACT, {"x-low": "5", "x-high": "3"}, "范围写反了"),
        (MONTH_FACT, {"x": "13"}, "不能大于 12月"),
        (fact(DATE), {"x": "2025-02-30"}, "没有 2025年2月30日 这一天"),
        (fact(DATE), {"x": "去年"}, "日期请写成"),
        (SIZE, {"x": "巨型"}, "从列出的选项里选"),
        (fact(BOOL), {"x": "也许"}, "请选“是”或“否”"),
    ],
)
def test_says_how_to_put_it_right(declaration: FactDeclaration, data: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        typed(declaration, True, **data)


@pytest.mark.parametrize(
    ("declaration", "value", "shown", "unit"),
    [
        (MONEY_FACT, "300万元", "300", "万元"),
        (MONEY_FACT, "5元", "5", "元"),
        (MONEY_FACT, "3000000", "3000000", "元"),
        (PEOPLE, "12人", "12", "人"),
        (RATIO, "30%", "30", "%"),
        (MONTH_FACT, "8月", "8", "月"),
    ],
)
def test_shows_a_number_as_it_was_given(
    declaration: FactDeclaration, value: str, shown: str, unit: str
) -> None:
    field = filled(blank(declaration, "x"), int(value) if value.isdecimal() else value)
    assert (field.typed, field.unit) == (shown, unit)


def test_shows_a_range_again() -> None:
    field = filled(blank(MONEY_FACT, "x", ranged=True), {"自": "3万元", "至": "5万元"})
    assert (field.low, field.high, field.typed) == ("3", "5", "")


def test_an_unknown_value_leaves_the_field_empty() -> None:
    assert filled(blank(MONEY_FACT, "x"), {"未知": "过期"}).typed == ""


def test_a_personal_value_is_never_written_into_a_page_again() -> None:
    field = filled(blank(fact(MONTH_FACT.type, sensitive=True), "x"), "8月")
    assert field.typed == ""
    assert field.kept


def test_every_kind_of_number_has_a_unit_to_type_it_in() -> None:
    assert units_for(MONEY_FACT) == ("万元", "元", "亿元")
    assert units_for(fact(MONEY)) == ("元", "万元", "亿元")
    assert units_for(PEOPLE) == ("人",)
    assert units_for(RATIO) == ("%",)
    assert units_for(MONTH_FACT) == ("月", "年")
    assert units_for(fact(DAYS)) == ("日",)
