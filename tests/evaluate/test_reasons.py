"""Why a benefit is ruled out, by how much, and what would have to change."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.counterfactual import Change, counterfactual
from huiqi.evaluate.environment import Environment, Trace
from huiqi.evaluate.unmet import failures
from huiqi.language import syntax as s
from huiqi.language import types as t
from tests.support import TODAY, VOCABULARY, Library, benefit, facts, formula, read_vocabulary, reference
from tests.trees import Choices, Hidden, hidden_facts, trees

FLAGS = read_vocabulary(
    "事实:\n" + "".join(f"  {name}: {{类型: 是否, 问: 是吗？}}\n" for name in "甲乙丙丁戊")
)


def named(body: s.Node, name: str = "条件") -> s.Named:
    return s.Named(name=name, body=body, type=t.BOOL)


def trace_of(tree: s.Node, known: str = "", on: date = TODAY) -> Trace:
    return Compiler(VOCABULARY, {}, {}).explain(tree)(Environment(facts(known).values, on))


@reference("L8.3")
@pytest.mark.parametrize(
    ("text", "known", "have", "need", "gap"),
    [
        ("投资额 >= 300万元", "投资额: 200万元", "200万元", "不少于300万元", "差100万元"),
        ("投资额 > 300万元", "投资额: 300万元", "300万元", "超过300万元", ""),
        ("投资额 <= 300万元", "投资额: 500万元", "500万元", "不超过300万元", "超出200万元"),
        ("300万元 <= 投资额", "投资额: 200万元", "300万元", "不超过200万元", "超出100万元"),
        ("非 投资额 > 300万元", "投资额: 500万元", "500万元", "不超过300万元", "超出200万元"),
        ("从业人数 >= 20人", "从业人数: 5", "5人", "不少于20人", "差15人"),
        ("研发占比 >= 3%", "研发占比: 2.5%", "2.5%", "不少于3%", "差0.5%"),
        ("经营时长 >= 3年", "经营时长: 30月", "2.5年", "不少于3年", "差0.5年"),
        ("投资额 >= 贷款额", "{投资额: 3元, 贷款额: 5元}", "3元", "不少于5元", "差2元"),
        ("投资额 >= 9元", "投资额: {自: 1元, 至: 2元}", "1元 至 2元", "不少于9元", "差7元"),
        ("成立日期 <= 2023-12-31", "成立日期: 2024-01-02", "2024年1月2日", "不晚于2023年12月31日", "晚了2天"),
        ("成立日期 >= 2024-01-02", "成立日期: 2023-12-31", "2023年12月31日", "不早于2024年1月2日", "早了2天"),
        ("年数(成立日期, 评价日) >= 3年", "成立日期: 2022-02-28", "2年", "不少于3年", "到2025-02-28满"),
        ("年数(成立日期, 评价日) >= 1年", "成立日期: 2024-02-29", "0年", "不少于1年", "到2025-03-01满"),
        ("年数(成立日期, 评价日) >= 9年", "成立日期: 9995-01-01", "-7970年", "不少于9年", ""),
        ("高新企业", "高新企业: 否", "高新企业：否", "“高新企业”为是", ""),
        ("非 失信", "失信: 是", "失信：是", "“失信”为否", ""),
        ("企业规模 属于 [小型, 微型]", "企业规模: 大型", "企业规模：大型", "企业规模是小型、微型之一", ""),
        (
            "高新企业 或 失信",
            "{高新企业: 否, 失信: 否}",
            "高新企业：否；失信：否",
            "“高新企业”为是，或者“失信”为是",
            "",
        ),
        ("任一(项目, 示范)", "项目: [{示范: 否}]", "项目中没有这样的一项", "项目中有一项：“示范”为是", ""),
        ("全部(项目, 示范)", "项目: [{示范: 否}]", "项目中有一项不是这样", "项目每一项都要：“示范”为是", ""),
    ],
)  # fmt: skip
def test_what_there_is_what_is_asked_and_the_gap(
    text: str, known: str, have: str, need: str, gap: str
) -> None:
    (unmet,) = failures(trace_of(named(formula(text)), known))
    assert (unmet.name, unmet.have, unmet.need, unmet.gap) == ("条件", have, need, gap)


@reference("L8.3")
def test_of_an_alternative_the_whole_is_named_and_of_a_list_its_parts(tmp_path: Path) -> None:
    text = """
    全部满足:
      - 全部满足: {名: 两样, 条件: [{名: 高新, 式: 高新企业}, {名: 够多, 式: 从业人数 >= 5人}]}
      - 任一满足: {名: 身份, 条件: [{名: 小的, 式: 企业规模 = 小型}, {名: 微的, 式: 企业规模 = 微型}]}
    都不满足: [{名: 失信的, 式: 失信}, {名: 亏损的, 式: 利润 < 0}]
    """
    library = Library.of(tmp_path, benefit(text))
    known = "{高新企业: 否, 从业人数: 5, 企业规模: 大型, 失信: 是, 利润: -1元}"
    assert [unmet.name for unmet in library.result(known).unmet] == ["高新", "身份", "失信的", "亏损的"]


@reference("L8.3")
@given(tree=trees((t.BOOL,)), hidden=hidden_facts())
def test_a_condition_that_fails_always_has_a_reason_and_no_other_has(tree: s.Node, hidden: Hidden) -> None:
    whole = s.All(parts=(named(tree, "一"), named(s.Not(body=tree, type=t.BOOL), "二")), type=t.BOOL)
    trace = Compiler(VOCABULARY, {}, {}).explain(whole)(Environment(hidden.known, TODAY))
    reasons = failures(trace)
    expected = [
        part.node.name for part in trace.children if part.value is False and isinstance(part.node, s.Named)
    ]
    assert [reason.name for reason in reasons] == expected
    assert all(reason.have and reason.need for reason in reasons)


# ---- what would have to change ----


def ways(text: str, known: str) -> list[tuple[Change, ...]]:
    return list(counterfactual(trace_of(named(formula(text)), known), VOCABULARY))


@pytest.mark.parametrize(
    ("text", "known", "changes"),
    [
        ("投资额 >= 300万元", "投资额: 200万元", [[("投资额", "200万元", "不少于300万元")]]),
        ("非 投资额 > 300万元", "投资额: 500万元", [[("投资额", "500万元", "不超过300万元")]]),
        ("高新企业", "高新企业: 否", [[("高新企业", "否", "是")]]),
        ("非 失信", "失信: 是", [[("失信", "是", "否")]]),
        (
            "高新企业 或 从业人数 >= 20人",
            "{高新企业: 否, 从业人数: 5}",
            [[("从业人数", "5人", "不少于20人")], [("高新企业", "否", "是")]],
        ),
        (
            "高新企业 且 从业人数 >= 20人",
            "{高新企业: 否, 从业人数: 5}",
            [[("高新企业", "否", "是"), ("从业人数", "5人", "不少于20人")]],
        ),
        ("企业规模 = 小型", "企业规模: 大型", [[("企业规模", "大型", "企业规模是小型")]]),
        ("投资额 >= 贷款额", "{投资额: 3元, 贷款额: 5元}", [[("投资额", "3元", "不少于贷款额（5元）")]]),
        (
            "任一(项目, 示范)",
            "项目: []",
            [[("项目", "项目中没有一项：“示范”为是", "项目中有一项：“示范”为是")]],
        ),
        ("成立日期 <= 2020-01-01", "成立日期: 2024-01-01", []),  # 可变: 否
        (
            "成立日期 <= 2020-01-01 或 高新企业",
            "{成立日期: 2024-01-01, 高新企业: 否}",
            [[("高新企业", "否", "是")]],
        ),
        ("成立日期 <= 2020-01-01 且 高新企业", "{成立日期: 2024-01-01, 高新企业: 否}", []),
        ("高新企业 且 从业人数 >= 20人", "{高新企业: 否}", [[("高新企业", "否", "是")]]),
    ],
)  # fmt: skip
def test_what_would_have_to_change(text: str, known: str, changes: list[list[tuple[str, str, str]]]) -> None:
    assert ways(text, known) == [tuple(Change(*change) for change in way) for way in changes]


def test_a_derived_fact_changes_through_what_it_follows_from(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path,
        benefit("全部满足: [{名: 甲, 式: 高新企业}, {名: 乙, 式: 从业人数 >= 5人}]"),
        rules="规则:\n  高新企业: {依据: 一, 情形: [{否则: 投资额 > 3万元}]}\n",
    )
    why = library.result("{投资额: 1元, 从业人数: 9}").why
    assert why is not None
    assert counterfactual(why, VOCABULARY) == ()


def flag_trees(choices: Choices, names: list[str]) -> s.Node:
    """A tree of 且, 或, 非 in which each flag stands once, so that changing one can spoil nothing else."""
    if len(names) == 1:
        leaf = s.Fact(name=names[0], type=t.BOOL)
        return s.Not(body=leaf, type=t.BOOL) if choices.often(4) else leaf
    cut = choices.pick(range(1, len(names)))
    parts = (flag_trees(choices, names[:cut]), flag_trees(choices, names[cut:]))
    joined: s.Node = choices.pick((s.All, s.Any))(parts=parts, type=t.BOOL)
    return s.Not(body=joined, type=t.BOOL) if choices.often(3) else joined


def grown(data: bytes) -> tuple[s.Node, Mapping[str, bool]]:
    choices = Choices(data)
    return flag_trees(choices, list(FLAGS)), {name: choices.often(5) for name in FLAGS}


@given(st.binary(min_size=64, max_size=200).map(grown))
def test_making_the_changes_of_a_way_makes_it_true(grown: tuple[s.Node, Mapping[str, bool]]) -> None:
    tree, known = grown
    compiler = Compiler(FLAGS, {}, {})
    trace = compiler.explain(tree)(Environment(known, TODAY))
    found = counterfactual(trace, FLAGS)
    assert found
    assert (found == ((),)) == (trace.value is True)
    for way in found:
        changed = {**known, **{change.fact: change.need == "是" for change in way}}
        assert compiler.evaluate(tree)(Environment(changed, TODAY)) is True
    assert list(found) == sorted(found, key=len)
