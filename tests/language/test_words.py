"""Trees said in plain Chinese: any tree can be said, and nothing of the machine shows."""

import re

import pytest
from hypothesis import given

from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment
from huiqi.evaluate.unmet import answer_words
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.syntax import node_kinds
from huiqi.language.words import to_words
from tests.support import TODAY, VOCABULARY, formula, value
from tests.trees import Hidden, hidden_facts, trees

LEAKS = re.compile(r"[A-Za-z_{}\[\]<>='\"]")


@given(tree=trees(parameters=True))
def test_any_tree_can_be_said(tree: s.Node) -> None:
    words = to_words(tree)
    assert words
    assert not LEAKS.search(words), words
    assert not re.search(r"\(|\)", words), words


@given(tree=trees((t.BOOL,)))
def test_the_opposite_is_said_otherwise(tree: s.Node) -> None:
    assert to_words(tree, True) != to_words(tree, False)
    assert not LEAKS.search(to_words(tree, False))


@given(tree=trees(), hidden=hidden_facts())
def test_any_value_can_be_said(tree: s.Node, hidden: Hidden) -> None:
    for known in (hidden.known, hidden.complete):
        value = Compiler(VOCABULARY, {}, {}).evaluate(tree)(Environment(known, TODAY))
        words = answer_words(value, tree.type)
        assert words
        assert not LEAKS.search(words), words


def test_every_kind_of_node_that_leaves_the_checker_is_grown_here() -> None:
    """A kind of node that the random trees do not have would be tested by none of them."""
    grown = {"Literal", "Fact", "Parameter", "Definition", "Today", "Not", "All", "Any", "Compare", "Member"}
    grown |= {"Arithmetic", "Negate", "Extreme", "If", "Round", "DateFunction", "Aggregate"}
    before_checking = {"Name", "Call"}
    made_by_lowering = {"Named", "Unstated"}
    assert set(node_kinds()) == grown | before_checking | made_by_lowering


@pytest.mark.parametrize(
    ("text", "said", "opposite"),
    [
        ("投资额 >= 300万元", "投资额不少于300万元", "投资额少于300万元"),
        ("投资额 > 300万元", "投资额超过300万元", "投资额不超过300万元"),
        ("成立日期 >= 2024-01-01", "成立日期不早于2024年1月1日", "成立日期早于2024年1月1日"),
        ("年度(成立日期) = 2024年度", "成立日期所在的年度是2024年", "成立日期所在的年度不是2024年"),
        ("高新企业", "“高新企业”为是", "“高新企业”为否"),
        ("非 高新企业", "“高新企业”为否", "“高新企业”为是"),
        ("高新企业 = 否", "“高新企业”为否", "“高新企业”为是"),
        ("企业规模 属于 [小型, 微型]", "企业规模是小型、微型之一", "企业规模不是小型、微型之一"),
        ("企业规模 = 小型", "企业规模是小型", "企业规模不是小型"),
        (
            "高新企业 且 (失信 或 投资额 > 1万元)",
            "“高新企业”为是，并且（“失信”为是，或者投资额超过1万元）",
            "“高新企业”为否，或者（“失信”为否，并且投资额不超过1万元）",
        ),
        ("任一(项目, 示范)", "项目中有一项：“示范”为是", "项目中没有一项：“示范”为是"),
    ],
)
def test_a_condition_and_its_opposite(text: str, said: str, opposite: str) -> None:
    assert to_words(formula(text), True) == said
    assert to_words(formula(text), False) == opposite


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("投资额 * 30%", "投资额的30%"),
        ("(投资额 + 利润) * 从业人数 / 1人", "（（投资额加利润）乘从业人数）除以1人"),
        ("取小(投资额, 200万元)", "投资额、200万元中较小的一个"),
        ("如果 高新企业 则 10万元 否则 5万元", "“高新企业”为是的，10万元；其余5万元"),
        ("四舍五入(投资额, 1元)", "投资额（四舍五入到1元）"),
        ("年数(成立日期, 评价日)", "从成立日期到评价日满的年数"),
        ("推后(成立日期, 3年)", "成立日期之后3年"),
        ("计数(项目, 示范)", "项目的个数（只算“示范”为是的）"),
        ("合计(项目, 设备额)", "各项目的（设备额）合计"),
        ("-利润", "负的利润"),
    ],
)
def test_an_amount(text: str, said: str) -> None:
    assert to_words(formula(text)) == said


@pytest.mark.parametrize(
    ("text", "known", "words"),
    [
        ("投资额", "", "未知"),
        ("投资额", "投资额: {自: 3万元, 至: 5万元}", "3万元 至 5万元"),
        ("投资额", "投资额: {自: 3万元}", "不少于3万元"),
        ("取小(投资额, 5万元)", "", "0元 至 5万元"),
        ("取小(利润 + 0 * 投资额, 5万元)", "利润: {至: 3万元}", "-100亿元 至 3万元"),
        ("-投资额", "投资额: {自: 3万元}", "不超过-3万元"),
        ("企业规模", "", "未知"),
        ("如果 高新企业 则 企业规模 否则 小型", "企业规模: 微型", "小型或微型，尚不确定"),
        ("成立日期", "成立日期: {自: 2024-01-01, 至: 2024-02-01}", "2024年1月1日 至 2024年2月1日"),
        ("高新企业", "", "未知"),
        ("高新企业", "高新企业: 是", "是"),
        ("研发占比", "研发占比: 2.5%", "2.5%"),
    ],
)
def test_what_is_known_of_a_value(text: str, known: str, words: str) -> None:
    assert answer_words(value(text, known), formula(text).type) == words
