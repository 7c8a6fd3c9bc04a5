"""What conditions, exclusions, rules and parameters of the YAML files come to."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from huiqi.evaluate.bounds import COMMON
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Verdict
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import Answer
from huiqi.language import syntax as s
from huiqi.language.types import Kind
from tests.support import Library, benefit, document, facts, reference

FLAGS = ("甲", "乙", "丙", "丁")
VOCABULARY = "事实:\n" + "".join(f"  {name}: {{类型: 是否, 问: 是吗？}}\n" for name in FLAGS)


def eligible(root: Path, text: str, values: tuple[bool, ...], head: str = "") -> bool:
    library = Library.of(root, text=document(benefit(text), head=head), vocabulary=VOCABULARY)
    written = "".join(
        f"{name}: {'是' if value else '否'}\n" for name, value in zip(FLAGS, values, strict=True)
    )
    return library.result(written).verdict is Verdict.ELIGIBLE


@reference("L6.1")
def test_the_three_lists_of_a_benefit_must_all_hold(tmp_path: Path) -> None:
    text = """
    全部满足: [{名: a, 式: 甲}]
    任一满足: [{名: b, 式: 乙}, {名: c, 式: 丙}]
    都不满足: [{名: d, 式: 丁}]
    """
    for values in product((True, False), repeat=4):
        first, second, third, fourth = values
        assert eligible(tmp_path, text, values) == (first and (second or third) and not fourth)


@reference("L6.1")
def test_groups_stand_inside_each_other(tmp_path: Path) -> None:
    text = """
    全部满足:
      - {名: a, 式: 甲}
      - 任一满足:
          名: b
          条件:
            - {名: c, 式: 乙}
            - 都不满足:
                名: d
                条件: [{名: e, 式: 丙}, {名: f, 式: 丁}]
    """
    for values in product((True, False), repeat=4):
        first, second, third, fourth = values
        assert eligible(tmp_path, text, values) == (first and (second or not (third or fourth)))


@reference("L6.1")
def test_what_the_document_asks_and_excludes_holds_for_each_benefit(tmp_path: Path) -> None:
    head = """
    通用条件: [{名: b, 式: 乙, 依据: 二}]
    都不满足: [{名: c, 式: 丙, 依据: 三}, {名: d, 式: 丁, 依据: 三}]
    """
    for values in product((True, False), repeat=4):
        first, second, third, fourth = values
        assert eligible(tmp_path, "全部满足: [{名: a, 式: 甲}]", values, head) == (
            first and second and not third and not fourth
        )


@reference("L6.2")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全部满足: [{名: a, 式: 甲}, {名: a, 式: 乙}]", "条件的名「a」重复"),
        ("全部满足: [{名: a, 式: 甲}]\n都不满足: [{名: a, 式: 乙}]", "条件的名「a」重复"),
        ("全部满足: [{式: 甲}]", "条件缺少键「名」"),
    ],
)
def test_every_condition_has_a_name_of_its_own(text: str, said: str, tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(text), vocabulary=VOCABULARY)
    assert any(said in one for one in library.problems())


@reference("L6.3")
def test_the_words_of_a_document_may_be_defined_by_itself(tmp_path: Path) -> None:
    condition = "{名: 甲, 式: 投资额 > 300万元, 字样: 300万元以上"
    refused = Library.of(tmp_path, benefit(f"全部满足: [{condition}}}]"))
    assert len(refused.problems()) == 1
    allowed = Library.of(tmp_path, benefit(f"全部满足: [{condition}, 另有规定: 附则}}]"))
    assert allowed.problems() == []


def test_who_may_apply_is_one_more_condition(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("主体: [企业, 个体工商户]"))
    verdicts = {
        known: library.result(known).verdict
        for known in ("{主体类型: 企业}", "{主体类型: 个体工商户}", "{主体类型: 个人}", "{}")
    }
    assert list(verdicts.values()) == [
        Verdict.ELIGIBLE,
        Verdict.ELIGIBLE,
        Verdict.INELIGIBLE,
        Verdict.INCOMPLETE,
    ]
    assert library.result().missing == ("主体类型",)


def test_conditions_keep_the_words_they_were_written_with(tmp_path: Path) -> None:
    head = "通用条件: [{名: b, 式: 高新企业, 依据: 二}]\n"
    text = "主体: 企业\n任一满足: [{名: a, 式: 失信, 字样: [甲, 乙]}, {名: c, 式: 利润 > 0}]"
    (one,) = Library.of(tmp_path, text=document(benefit(text), head=head)).load().benefits.values()
    assert isinstance(one.condition, s.All)
    assert [part.origin for part in one.condition.parts] == ["主体", COMMON, "任一满足"]
    named = {node.name: node.wording for node in s.walk(one.condition) if isinstance(node, s.Named)}
    assert named == {"主体": "", "b": "", "a": "甲；乙", "c": ""}


def test_every_node_that_is_lowered_has_a_type(tmp_path: Path) -> None:
    text = """
    全部满足: [{名: a, 式: 投资额 >= 3万元 且 非 失信}]
    金额:
      分档: {按: 投资额, 档: [{超过: 9万元, 给: 3万元}, {以上: 1万元, 给: 投资额 * 3%}]}
      封顶: 2万元
      取整: {方式: 舍去, 到: 1元}
    """
    (one,) = Library.of(tmp_path, benefit(text)).load().benefits.values()
    assert one.amount is not None
    for tree in (one.condition, one.amount.total):
        for node in s.walk(tree):
            assert node.type.kind is not Kind.UNKNOWN, node


# ---- derived facts ----

SCALE = """
规则:
  企业规模:
    依据: 一
    情形:
      - {当: 从业人数 < 20人 或 投资额 < 300万元, 得: 微型}
      - {当: 从业人数 < 300人, 得: 小型, 依据: 二}
      - {否则: 大型}
"""


def derived(root: Path, rules: str, name: str, known: str) -> Answer:
    catalogue = Library.of(root, benefit(), rules=rules).load()
    return Judge(catalogue.book).value_of(name, facts(known).values, date(2024, 6, 1))


@reference("L12.2")
@pytest.mark.parametrize(
    ("known", "scale"),
    [
        ("{从业人数: 5, 投资额: 900万元}", "微型"),
        ("{从业人数: 50, 投资额: 1万元}", "微型"),
        ("{从业人数: 50, 投资额: 300万元}", "小型"),
        ("{从业人数: 300, 投资额: 300万元}", "大型"),
    ],
)
def test_the_first_case_from_the_top_counts(known: str, scale: str, tmp_path: Path) -> None:
    assert derived(tmp_path, SCALE, "企业规模", known) == scale


@reference("L12.2")
@pytest.mark.parametrize(
    ("known", "options", "missing"),
    [
        ("{}", {"微型", "小型", "大型"}, {"从业人数", "投资额"}),
        ("{从业人数: 50}", {"微型", "小型"}, {"投资额"}),
        ("{投资额: 300万元}", {"微型", "小型", "大型"}, {"从业人数"}),
    ],
)
def test_while_the_first_is_open_all_that_may_come_is_said(
    known: str, options: set[str], missing: set[str], tmp_path: Path
) -> None:
    answer = derived(tmp_path, SCALE, "企业规模", known)
    assert (answer.options, answer.missing) == (options, missing)


@reference("L12.2")
def test_without_otherwise_the_rest_must_be_told(tmp_path: Path) -> None:
    rules = "规则:\n  企业规模: {依据: 一, 情形: [{当: 高新企业, 得: 大型}]}\n"
    assert derived(tmp_path, rules, "企业规模", "{高新企业: 是}") == "大型"
    answer = derived(tmp_path, rules, "企业规模", "{高新企业: 否}")
    assert answer.missing == {"企业规模"}
    assert answer.options == {"大型", "中型", "小型", "微型"}


@reference("L12.1")
def test_what_is_given_goes_before_what_follows(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("全部满足: [{名: 小的, 式: 企业规模 = 小型}]"), rules=SCALE)
    known = "从业人数: 5\n投资额: 1元\n"
    assert library.result(known).verdict is Verdict.INELIGIBLE
    assert library.result(known + "企业规模: 小型").verdict is Verdict.ELIGIBLE
    open_ = library.result("投资额: 400万元")
    assert (open_.verdict, open_.missing) == (Verdict.INCOMPLETE, ("从业人数",))


@reference("L12.1")
def test_the_reason_of_a_derived_fact_can_be_looked_at(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("全部满足: [{名: 小的, 式: 企业规模 = 小型}]"), rules=SCALE)
    why = library.result("{从业人数: 5, 投资额: 1元}").why
    assert why is not None
    fact = why.children[0].children[0].children[0]
    assert isinstance(fact.node, s.Fact)
    (rule,) = fact.children
    assert answer_words(rule.value, rule.node.type) == "微型"
    assert rule.node.cite == "一"


@reference("L12.2")
def test_a_rule_may_lean_on_another_and_on_names_of_its_own(tmp_path: Path) -> None:
    rules = """
    规则:
      贷款额:
        依据: 一
        设: [{名: 人均, 式: 投资额 / 从业人数}]
        情形:
          - {当: 人均 >= 1万元/人, 得: 投资额 * 2}
          - {否则: 投资额}
      企业规模:
        依据: 二
        情形: [{当: 贷款额 >= 10万元, 得: 大型}, {否则: 小型}]
    """
    assert derived(tmp_path, rules, "企业规模", "{投资额: 5万元, 从业人数: 5}") == "大型"
    assert derived(tmp_path, rules, "企业规模", "{投资额: 5万元, 从业人数: 6}") == "小型"


@reference("L12.3")
def test_rules_that_lean_on_each_other_but_not_in_a_circle_are_fine(tmp_path: Path) -> None:
    rules = """
    规则:
      贷款额: {依据: 一, 情形: [{否则: 投资额}]}
      利润: {依据: 一, 情形: [{否则: 贷款额 + 投资额}]}
      企业规模: {依据: 一, 情形: [{当: 利润 > 贷款额, 得: 大型}, {否则: 小型}]}
    """
    assert Library.of(tmp_path, benefit(), rules=rules).problems() == []


@reference("L12.3")
def test_a_field_with_the_name_of_a_rule_makes_no_circle(tmp_path: Path) -> None:
    vocabulary = """\
    事实:
      投资额: {类型: 金额, 单位: 万元, 问: 多少？}
      项目:
        类型: 集合
        称呼: 名称
        问: 有哪些？
        字段:
          名称: {类型: 文本, 问: 叫什么？}
          投资额: {类型: 金额, 单位: 万元, 问: 多少？}
    """
    rules = '规则:\n  投资额: {依据: 一, 情形: [{否则: "合计(项目, 投资额)"}]}\n'
    library = Library.of(tmp_path, benefit("金额: {式: 投资额 * 10%}"), vocabulary=vocabulary, rules=rules)
    assert library.problems() == []
    amount = library.result("项目: [{投资额: 1万元}, {投资额: 2万元}]").amount
    assert amount is not None
    assert amount.low == 3000_00


@reference("L12.4")
def test_a_parameter_may_have_no_first_day(tmp_path: Path) -> None:
    parameters = "参数:\n  限额: {单位: 元, 值: [{自: null, 至: null, 值: 2万元, 依据: 一}]}\n"
    library = Library.of(tmp_path, benefit("金额: {式: 限额}"), parameters=parameters)
    for on in (date(2023, 1, 1), date(2025, 12, 31)):
        amount = library.result(on=on).amount
        assert amount is not None
        assert (amount.low, amount.high) == (2 * 10**6, 2 * 10**6)
