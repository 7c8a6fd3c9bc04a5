"""One cell: the same as in a facts file, and never more than may be shown."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from huiqi.evaluate.values import Uncertain
from huiqi.tables.cells import CellReader
from tests.support import facts
from tests.tables.enterprises import VOCABULARY


@pytest.mark.parametrize(
    ("fact", "cell"),
    [
        ("投资额", "300"),
        ("投资额", "300万元"),
        ("投资额", "3.05亿元"),
        ("投资额", "{自: 300万元, 至: 500万元}"),
        ("投资额", "{自: 300}"),
        ("投资额", "{未知: 过期}"),
        ("投资额", "未知"),
        ("利润", "-1.5万元"),
        ("研发占比", "12.5%"),
        ("研发占比", "5‰"),
        ("经营时长", "2"),
        ("经营时长", "18个月"),
        ("面积", "3亩"),
        ("电价", "0.5321"),
        ("外资", "3"),
        ("成立日期", "2024-05-01"),
        ("成立日期", "{自: 2024-05-01, 至: 2024-06-01}"),
        ("高新企业", "是"),
        ("高新企业", "false"),
        ("企业规模", "中型"),
        ("企业名称", "某某公司"),
        ("企业名称", "不详"),
    ],
)
def test_a_text_means_what_it_means_in_a_facts_file(fact: str, cell: str) -> None:
    written = facts(f"{fact}: {cell}", VOCABULARY).values.get(fact)
    read = CellReader(VOCABULARY[fact]).read(cell)
    assert read.reason == ""
    assert read.value == written


@pytest.mark.parametrize(
    ("fact", "cell", "meant"),
    [
        ("投资额", 0.1, 10),
        ("投资额", Decimal("12.345"), Fraction(2469, 2)),
        ("投资额", "1e3", 100_000),
        ("投资额", {"自": 1, "至": None}, Uncertain(frozenset(["投资额"]), 100, float("inf"))),
        ("投资额", '{"自": "1万元", "至": 20000}', Uncertain(frozenset(["投资额"]), 10**6, 2 * 10**6)),
        ("投资额", {"自": None}, None),
        ("高新企业", "1", True),
        ("高新企业", 0, False),
        ("高新企业", 1.0, True),
        ("成立日期", date(2024, 5, 1), date(2024, 5, 1)),
        ("成立日期", datetime(2024, 5, 1), date(2024, 5, 1)),  # noqa: DTZ001
        ("企业名称", 360, "360"),
        ("企业名称", 360.0, "360"),
        ("统一社会信用代码", "　", None),
    ],
)
def test_a_typed_cell_means_what_was_written(fact: str, cell: Any, meant: Any) -> None:
    read = CellReader(VOCABULARY[fact]).read(cell)
    assert (read.reason, read.value) == ("", meant)
    assert type(read.value) is type(meant)


@pytest.mark.parametrize(
    ("fact", "cell", "words"),
    [
        ("投资额", "很多", "要数"),
        ("投资额", True, "要数"),
        ("投资额", date(2024, 5, 1), "要数"),
        ("投资额", float("nan"), "不是一个数"),
        ("投资额", float("inf"), "不是一个数"),
        ("投资额", "-1", "超出了可能的范围"),
        ("投资额", "3人", "单位不对"),
        ("投资额", "{自: 3, 至: 2}", "下界大于上界"),
        ("投资额", "{自: 3", "括号"),
        ("投资额", b"3", "读不了的类型"),
        ("投资额", [3], "不能是列表"),
        ("投资额", {"是": 3}, "写法不认识"),
        ("高新企业", "2", "要写是或否"),
        ("成立日期", "2024-02-30", "没有 2024-02-30 这一天"),
        ("成立日期", "2024-5-1", "要日期"),
        ("成立日期", datetime(2024, 5, 1, 8), "要日期"),  # noqa: DTZ001
        ("企业规模", "中形", "没有“中形”这个选项"),
        ("企业名称", "某\u200b某", "看不见的字符 U+200B"),
        ("统一社会信用代码", "91410200706789012", "应为18位"),
    ],
)
def test_a_wrong_cell_has_its_reason(fact: str, cell: Any, words: str) -> None:
    read = CellReader(VOCABULARY[fact]).read(cell)
    assert words in read.reason
    assert read.value is None


def test_a_wrong_option_has_the_nearest_one_as_a_hint() -> None:
    assert CellReader(VOCABULARY["企业规模"]).read("中形").hint == "是不是“中型”？"


@pytest.mark.parametrize("cell", ["3", 3, 3.0, Decimal(3), "{自: 3, 至: 3}", '{"自": 3, "至": 3}', "30000元"])
def test_the_unit_of_the_heading_is_that_of_bare_numbers_only(cell: Any) -> None:
    assert CellReader(VOCABULARY["投资额"], unit="万元").read(cell).value == 3 * 10**6


@pytest.mark.parametrize(
    ("fact", "cell", "words"),
    [
        ("负责人失业月数", "七个多月", "要的是数"),
        ("负责人失业月数", "77", "超出了可能的范围"),
        ("负责人失业月数", "7万元", "单位不对"),
        ("负责人身份", "甲类", "要的是选项"),
        ("负责人证件", "11010519491231002Y", "要的是文本"),
    ],
)
def test_personal_data_is_in_no_reason(fact: str, cell: str, words: str) -> None:
    reader = CellReader(VOCABULARY[fact])
    read = reader.read(cell)
    assert reader.personal
    assert words in read.reason
    assert cell not in read.reason + read.hint
    assert "甲类人员" not in read.hint


def test_a_field_of_an_item_is_named_with_its_collection() -> None:
    people = VOCABULARY["招用人员"]
    read = CellReader(people.fields["合同期限"], collection=people).read("长期")
    assert read.reason.startswith("“招用人员.合同期限”要数")


@pytest.mark.parametrize(
    ("fact", "value", "stored"),
    [
        ("投资额", 12345, 12345),
        ("投资额", Fraction(1, 3), None),
        ("投资额", 10**15, 10**15),
        ("投资额", 10**15 + 1, None),
        ("面积", Fraction(1, 2), 5000),
        ("企业规模", "小型", 2),
        ("投资额", Uncertain(frozenset(), 1, 2), None),
    ],
)
def test_a_column_holds_what_is_exact_in_ticks(fact: str, value: Any, stored: Any) -> None:
    assert CellReader(VOCABULARY[fact]).stored(value) == stored
