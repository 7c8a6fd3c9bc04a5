"""Formulas over drawn columns against the evaluation of a single enterprise."""

from datetime import date

import numpy as np
import pytest

from huiqi.language.types import BOOL
from huiqi.population.formulas import Evaluator
from huiqi.population.values import NO_DAY, Frame, Items, Words, day_number
from tests.support import TODAY, formula, value

NO_PARAMETERS: dict[str, float] = {}
KNOWN = """
投资额: 500万元
从业人数: 20
企业规模: 小型
成立日期: 2020-05-20
高新企业: 是
研发占比: 12.5%
项目:
  - {设备额: 200万元, 示范: 是}
  - {设备额: 50万元, 示范: 否}
"""


@pytest.fixture
def frame() -> tuple[Frame, Words]:
    """The same enterprise as one row of columns, and a second row of which nothing is known."""
    words = Words()
    frame = Frame(
        2,
        np.zeros(2),
        {
            "投资额": np.array([5e8, np.nan]),
            "从业人数": np.array([20.0, np.nan]),
            "企业规模": np.array([words.number("小型"), -1]),
            "成立日期": np.array([day_number(date(2020, 5, 20)), NO_DAY]),
            "高新企业": np.array([True, False]),
            "研发占比": np.array([0.125, np.nan]),
        },
    )
    frame.items["项目"] = Items(
        np.array([0, 0]),
        np.array([0, 1]),
        {"设备额": np.array([2e8, 5e7]), "示范": np.array([True, False])},
    )
    return frame, words


@pytest.mark.parametrize(
    "text",
    [
        "投资额 * 30% + 10万元",
        "投资额 / 从业人数",
        "取大(投资额 - 600万元, 0元)",
        "取小(投资额, 300万元)",
        "-投资额",
        "四舍五入(投资额 * 0.3333333, 1万元)",
        "舍去(投资额 * 0.3333333, 1万元)",
        "进位(投资额 * 0.3333333, 1万元)",
        "如果 从业人数 >= 20人 则 1 否则 2",
        "企业规模 = 小型 且 非 高新企业",
        "企业规模 != 大型 或 高新企业",
        "企业规模 属于 [微型, 小型]",
        "研发占比 > 12%",
        "成立日期 < 2020-05-21",
        "年数(成立日期, 评价日)",
        "月数(成立日期, 评价日)",
        "天数(成立日期, 评价日)",
        "年度(成立日期)",
        "合计(项目, 设备额)",
        "合计(项目, 设备额, 非 示范)",
        "计数(项目, 示范)",
        "最大(项目, 设备额)",
        "最小(项目, 设备额)",
        "任一(项目, 设备额 > 100万元)",
        "全部(项目, 设备额 > 100万元)",
        "推后(成立日期, 30日)",
        "年初(成立日期)",
        "年末(成立日期)",
    ],
)
def test_a_column_holds_what_evaluation_says(text: str, frame: tuple[Frame, Words]) -> None:
    rows, words = frame
    node = formula(text)
    found = Evaluator(words, TODAY, NO_PARAMETERS.__getitem__).column(node, rows)[0]
    wanted = value(text, KNOWN)
    if isinstance(wanted, date):
        wanted = day_number(wanted)
    assert float(found) == pytest.approx(float(wanted))


@pytest.mark.parametrize(
    "text", ["投资额 > 1元", "投资额 != 1元", "企业规模 != 大型", "成立日期 < 2024-01-01", "投资额 = 1元"]
)
def test_where_there_is_no_value_a_comparison_is_false(text: str, frame: tuple[Frame, Words]) -> None:
    rows, words = frame
    found = Evaluator(words, TODAY, NO_PARAMETERS.__getitem__).column(formula(text, BOOL), rows)
    assert not found[1]
