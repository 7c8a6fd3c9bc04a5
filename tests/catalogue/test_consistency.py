"""Checks that need the whole rule book: what nothing uses, and what is dead on the day it begins."""

from pathlib import Path

import pytest

from tests.support import Library, benefit, document, reference

SMALL = """
事实:
  企业名称: {类型: 文本, 问: 叫什么？}
  代码: {类型: 文本, 格式: 统一社会信用代码, 问: 代码？}
  投资额: {类型: 金额, 单位: 万元, 问: 多少？}
  企业规模: {类型: 选项, 选项: [大型, 小型], 问: 多大？}
  项目:
    类型: 集合
    称呼: 名称
    问: 有哪些？
    字段:
      名称: {类型: 文本, 问: 叫什么？}
      设备额: {类型: 金额, 问: 多少？}
  已获奖补:
    类型: 集合
    称呼: 名称
    问: 拿过什么？
    字段:
      名称: {类型: 文本, 问: 叫什么？}
      金额: {类型: 金额, 问: 多少？}
"""


def unused(root: Path, *benefits: str, **files: str) -> list[str]:
    library = Library.of(root, *benefits, vocabulary=SMALL, **files)
    found = [one for one in library.problems(warnings=True) if "没有规则用到" in one]
    assert all(": 提醒: " in one and one.startswith("facts/all.yaml:") for one in found)
    return [one.split("“")[1].split("”")[0] for one in found]


@reference("L14.3")
def test_facts_and_fields_that_nothing_uses_are_pointed_out(tmp_path: Path) -> None:
    """Who the enterprise is, and what it received, serve people and the plan."""
    assert unused(tmp_path, benefit()) == ["投资额", "企业规模", "项目"]


@reference("L14.3")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("全部满足: [{名: 甲, 式: 投资额 > 3元}]", ["企业规模", "项目"]),
        ("金额: {式: 投资额}", ["企业规模", "项目"]),
        ("金额:\n  明细: [{名: 甲, 式: 投资额}]", ["企业规模", "项目"]),
        ("设: [{名: 甲, 式: 投资额}]\n金额: {式: 甲}", ["企业规模", "项目"]),
        ("对象: 项目", ["投资额", "企业规模", "项目.设备额"]),
        ("全部满足: [{名: 甲, 式: 计数(项目) > 1}]", ["投资额", "企业规模", "项目.设备额"]),
        ('金额: {式: "合计(项目, 设备额)"}', ["投资额", "企业规模"]),
    ],
)
def test_what_is_used_is_not(text: str, left: list[str], tmp_path: Path) -> None:
    assert unused(tmp_path, benefit(text)) == left


@reference("L14.3")
def test_a_rule_uses_what_it_leans_on_and_its_own_fact(tmp_path: Path) -> None:
    rules = "规则:\n  企业规模: {依据: 一, 情形: [{当: 投资额 > 3元, 得: 大型}, {否则: 小型}]}\n"
    assert unused(tmp_path, benefit(), rules=rules) == ["项目"]


@reference("L14.2")
def test_a_condition_is_looked_at_inside_its_subject(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path, benefit("对象: 项目\n全部满足: [{名: 甲, 式: 设备额 >= 0}]"), vocabulary=SMALL
    )
    assert [one for one in library.problems() if "不论事实如何都是“是”" in one]


@reference("L14.2")
def test_what_the_document_asks_may_follow_from_what_a_benefit_asks(tmp_path: Path) -> None:
    head = "通用条件: [{名: 投了, 式: 投资额 >= 1万元, 依据: 五}]\n"
    text = document(benefit("全部满足: [{名: 投得多, 式: 投资额 >= 3万元}]", "a"), benefit(id="b"), head=head)
    assert Library.of(tmp_path, text=text, vocabulary=SMALL).problems() == []


@reference("L14.2")
def test_what_the_document_asks_may_not_contradict_a_benefit(tmp_path: Path) -> None:
    head = "通用条件: [{名: 投了, 式: 投资额 >= 3万元, 依据: 五}]\n"
    text = document(benefit("全部满足: [{名: 投得少, 式: 投资额 < 1万元}]"), head=head)
    found = Library.of(tmp_path, text=text, vocabulary=SMALL).problems()
    assert all("与其他条件矛盾，永远不能满足" in one for one in found)
    assert found
