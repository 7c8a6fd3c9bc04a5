"""Which figures and days a formula says, and with which operators."""

from datetime import date

import pytest

from huiqi.catalogue.shape import Text
from huiqi.grounding.formulas import said
from huiqi.language.syntax import Span


def text(formula: str) -> Text:
    return Text(formula, Span("benefits.yaml", 7, 5))


def figures(formula: str, *, either: bool = False) -> list[tuple[str, str]]:
    found = said(text(formula), either=either).figures
    return [(one.text, " ".join(sorted(one.ops))) for one in found]


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("投资额 >= 300万元", [("300万元", ">=")]),
        ("300万元 <= 投资额", [("300万元", ">=")]),
        ("投资额 > 1亿元 且 人数 < 5人", [("1亿元", ">"), ("5人", "<")]),
        ("面积 <= 总面积 * 20%", [("20%", "<=")]),
        ("投资额 * 30%", [("30%", "")]),
        ("非 年限 > 3年", [("3年", "<= >")]),
        ("如果 增幅 >= 10% 则 20万元 否则 10万元", [("10%", "< >="), ("20万元", ""), ("10万元", "")]),
        ("计数(项目, 金额 >= 5万元) >= 3", [("5万元", ">="), ("3", ">=")]),
        ("次数 != 3次", [("3次", "")]),
        ("取小(额度 * (1 + 20%), 房价)", [("20%", "")]),
        ("舍去(资本, 1000万元) / 1000万元 * 2万元", [("1000万元", ""), ("1000万元", ""), ("2万元", "")]),
        # what only makes the formula work
        ("数量 > 0", []),
        ("取大(0元, 余额)", []),
        ("利息 * (期限 / 1年)", []),
        ("合计(门店, 1家, 面积 >= 20平方米)", [("20平方米", ">=")]),
        ("投资额 / 1万元", [("1万元", "")]),
        ("名称 = 甲 或 是", []),
        ("投资额 >=", []),
    ],
)
def test_a_formula_says_its_figures(formula: str, says: list[tuple[str, str]]) -> None:
    assert figures(formula) == says


def test_what_is_excluded_may_be_said_either_way() -> None:
    assert figures("年限 < 6月", either=True) == [("6月", "< >=")]


def test_days_have_their_operators_too() -> None:
    found = said(text("开业日期 >= 2023-01-01 且 评价日 < 2026-01-01")).days
    assert [(one.day, set(one.ops)) for one in found] == [
        (date(2023, 1, 1), {">="}),
        (date(2026, 1, 1), {"<"}),
    ]


def test_a_figure_knows_its_place() -> None:
    (figure,) = said(text("投资额 >= 300万元")).figures
    assert (figure.at.line, figure.at.column) == (7, 12)


def test_a_figure_alone_takes_what_it_is_said_to_be() -> None:
    (cap,) = said(text("200万元"), frozenset({"<="}), firm=True).figures
    assert cap.ops == {"<="}
    assert cap.firm
