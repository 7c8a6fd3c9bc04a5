"""Numbers with units, exactly as large as they are written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.ledger.figures import figures_in


def read(text: str) -> list[tuple[Fraction, Fraction, str, str, str]]:
    return [(each.low, each.high, each.unit, each.before, each.after) for each in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "before", "after"),
    [
        ("推动4万家以上企业", 40000, 40000, "家", "", "以上"),
        ("达到75％", 75, 75, "%", "达到", ""),
        ("突破3万亿元", 3 * 10**12, 3 * 10**12, "元", "突破", ""),
        ("3.5万元", 35000, 35000, "元", "", ""),
        ("培育3—5家企业", 3, 5, "家", "", ""),
        ("品牌20-25个", 20, 25, "个", "", ""),
        ("100万元—200万元", 10**6, 2 * 10**6, "元", "", ""),
        ("控制在20个工作日以内", 20, 20, "工作日", "控制在", "以内"),
        ("低于平均水平1个百分点左右", 1, 1, "百分点", "", "左右"),
        ("不得超过一个", 1, 1, "个", "不得超过", ""),
        ("超过千亿元", 10**11, 10**11, "元", "超过", ""),
        ("完成百家企业认定", 100, 100, "家", "", ""),
        ("培训50万人次", 500000, 500000, "人次", "", ""),
    ],
)
def test_a_figure_is_read_exactly(text: str, low: int, high: int, unit: str, before: str, after: str) -> None:
    assert read(text) == [(Fraction(low), Fraction(high), unit, before, after)]


def test_at_least_one_of_each_of_two_kinds() -> None:
    assert [(int(low), before) for low, _, _, before, _ in read("至少确定一家医院和两家药店")] == [
        (1, "至少"),
        (2, "至少"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "建设5G工厂",
        "3A级企业",
        "第13、14条",
        "政〔2024〕5号",
        "1：1配套",
        "数百家企业",
        "《行动方案（100个）》",
    ],
)
def test_what_is_no_quantity_is_passed_over(text: str) -> None:
    assert [each for each in read(text) if each[2] != "条"] == []


@given(
    st.decimals(0, 10**6, places=2, allow_nan=False).map(lambda value: value.normalize()),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
    st.sampled_from(["元", "家", "亩", "人次"]),
)
def test_every_number_that_is_written_is_read_back(value: object, scale: tuple[str, int], unit: str) -> None:
    word, factor = scale
    (found,) = figures_in(f"新增{value:f}{word}{unit}。")
    assert found.low == found.high == Fraction(str(value)) * factor
    assert found.unit == unit
