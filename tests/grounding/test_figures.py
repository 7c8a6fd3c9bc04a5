"""Figures, days and boundary words as official texts write them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.grounding.days import blanked, days_in
from huiqi.grounding.figures import figures_in
from huiqi.grounding.nearby import operators
from huiqi.language.units import Dimension, Number, parse_quantity
from huiqi.library.structure.numerals import write_number

MONEY: Dimension = (("元", 1),)
MONTHS: Dimension = (("月", 1),)


def read(text: str) -> list[tuple[Number, Dimension | None]]:
    """The figures of a text, days taken out, with their units."""
    squeezed = "".join(text.split())
    return [(one.number, one.dimension) for one in figures_in(blanked(squeezed, days_in(squeezed)))]


@pytest.mark.parametrize(
    "spelling",
    [
        "300万元",
        "３００万元",
        "3 000 000元",
        "3,000,000元",
        "3000000 元",
        "三百万元",
        "0.03亿元",
        "0．03 亿元",
    ],
)
def test_one_amount_has_many_spellings(spelling: str) -> None:
    assert read(f"投资{spelling}以上") == [(3_000_000_00, MONEY)]


@pytest.mark.parametrize(
    "spelling", ["2%", "2％", "百分之二", "2个百分点", "千分之二十", "20‰", "1/50", "五十分之一"]
)
def test_a_share_has_many_spellings(spelling: str) -> None:
    assert read(f"补助{spelling}。") == [(Fraction(1, 50), ())]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("半年", 6),
        ("6个月", 6),
        ("六个月", 6),
        ("一年半", 18),
        ("三年", 36),
        ("3年", 36),
        ("12 个月", 12),
        ("18周岁", 216),
    ],
)
def test_months_and_years_are_the_same_kind(text: str, months: int) -> None:
    assert read(f"满{text}的") == [(months, MONTHS)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("给予50、30、10万元奖励", [(500_000_00, MONEY), (300_000_00, MONEY), (100_000_00, MONEY)]),
        ("奖励1—3万元", [(10_000_00, MONEY), (30_000_00, MONEY)]),
        ("补15%至20%", [(Fraction(3, 20), ()), (Fraction(1, 5), ())]),
        ("1000万以上", [(10_000_000, None)]),
        ("前200强", [(200, (("名", 1),))]),
        ("按7折优惠", [(Fraction(7, 10), ())]),
        ("减半征收", [(Fraction(1, 2), ())]),
        ("按1：0.5配套", [(Fraction(1, 2), ())]),
        ("奖励3.5万元/列", [(35_000_00, (("元", 1), ("列", -1)))]),
        ("给予一次性奖励", []),
        ("面积90平米的", [(90, (("平方米", 1),))]),
        ("100余家", [(100, (("家", 1),))]),
        ("5A级景区", []),
        ("2024年第4号", [(4, None)]),
        ("2024年3月5日前申请，2025年底止", []),
        ("三等奖", []),
    ],
)
def test_other_figures_and_what_is_none(text: str, figures: list[tuple[Number, Dimension | None]]) -> None:
    assert read(text) == figures


@given(
    st.integers(1, 9999),
    st.sampled_from(["元", "万元", "亿元", "%", "家", "人", "年", "个月", "平方米", "个工作日"]),
    st.sampled_from(["{}", " {} ", "（{}）", "达{}"]),
)
def test_a_figure_is_what_the_rule_language_reads_in_it(number: int, unit: str, around: str) -> None:
    quantity = parse_quantity(f"{number}{unit}")
    for numeral in (str(number), f"{number:,}", " ".join(str(number)), write_number(number)):
        if unit == "%" and not numeral[0].isdecimal():
            continue
        if unit == "年" and 1900 <= number < 2100:
            continue  # a year of the calendar
        figures = figures_in("".join(around.format(numeral + unit).split()))
        assert [(one.number, one.dimension) for one in figures] == [(quantity.number, quantity.dimension)]


@given(st.text(st.sampled_from("0123456789,.%一二十百万元年月日半折成分之至前、（）：/:余家 "), max_size=30))
def test_figures_stand_in_their_places_and_never_overlap(text: str) -> None:
    squeezed = "".join(text.split())
    days = days_in(squeezed, 2024)
    figures = figures_in(blanked(squeezed, days))
    ends = 0
    for figure in figures:
        assert ends <= figure.start < figure.end <= len(squeezed)
        ends = figure.end
    assert len(operators(squeezed, figures)) == len(figures)


# ---- days ----


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年1月1日起", date(2025, 1, 1), date(2025, 1, 1)),
        ("二〇二五年一月一日", date(2025, 1, 1), date(2025, 1, 1)),
        ("2023年至2025年", date(2023, 1, 1), date(2025, 12, 31)),
        ("（2023—2025）", date(2023, 1, 1), date(2025, 12, 31)),
        ("（2023—2025年）", date(2023, 1, 1), date(2025, 12, 31)),
        ("2025年第一季度", date(2025, 1, 1), date(2025, 3, 31)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025年6月底前", date(2025, 6, 1), date(2025, 6, 30)),
        ("3月底前", date(2030, 3, 1), date(2030, 3, 31)),
        ("2025年1月28日至2月6日", date(2025, 1, 28), date(2025, 2, 6)),
        ("2023年1月1日起至2025年12月31日止", date(2023, 1, 1), date(2025, 12, 31)),
        ("2025年上半年", date(2025, 1, 1), date(2025, 6, 30)),
        ("2024年度", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-07-29", date(2024, 7, 29), date(2024, 7, 29)),
    ],
)
def test_days_are_stretches_with_two_ends(text: str, first: date, last: date) -> None:
    (stretch,) = days_in(text, 2030)
    assert (stretch.first, stretch.last) == (first, last)


@pytest.mark.parametrize("text", ["2025年2月30日", "13月底", "公告2024年第4号", "三年内", "100年", "12个月"])
def test_what_is_no_day_is_passed_over(text: str) -> None:
    assert days_in(text, 2030) == ()


def test_a_day_without_a_year_takes_that_of_the_day_before_it_or_none() -> None:
    assert [day.first for day in days_in("2026年5月1日开工，9月10日完工")] == [
        date(2026, 5, 1),
        date(2026, 9, 10),
    ]
    assert days_in("9月10日完工") == ()


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    spellings = (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
    )
    for spelling in spellings:
        (stretch,) = days_in(f"自{spelling}起")
        assert (stretch.first, stretch.last) == (day, day)


# ---- boundary words ----


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        ("投资300万元以上", [">="]),
        ("投资300万元（含）以上的", [">="]),
        ("超过300万元", [">"]),
        ("不超过投资的30％", ["<="]),
        ("不超过设备（含软件）实际投资的30％", ["<="]),
        ("不得低于5%", [">="]),
        ("满1年", [">="]),
        ("不满1年", ["<"]),
        ("最高给予一次性奖励50万元", ["<="]),
        ("最高不超过50万元", ["<="]),
        ("200万元封顶", ["<="]),
        ("6个月内", ["<="]),
        ("6个月内部整改", [None]),
        ("补贴500元", [None]),
        ("满足条件的给5万元", [None]),
        ("超过100亿元、50亿元、30亿元的", [">", ">", ">"]),
        ("10人、20人以上的", [">=", ">="]),
        ("最高50万元，另给5万元", ["<=", None]),
        ("超过10%的部分给5万元", [">", None]),
    ],
)
def test_the_word_beside_a_figure_is_its_operator(text: str, ops: list[str | None]) -> None:
    assert list(operators(text, figures_in(text))) == ops
