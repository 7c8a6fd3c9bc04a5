"""同享限制: what each word of 每 counts by, what a total and 二选一 allow, and what they are called."""

from datetime import date
from pathlib import Path

import pytest

from huiqi.entitlements import planning
from huiqi.entitlements.answer import Advisor, Answer
from tests.support import Library, benefit, document, facts, reference

DAY = date(2024, 6, 1)
PROJECTS = "项目: [{名称: 甲线, 示范: 是}, {名称: 乙线, 示范: 是}]"


def ask(root: Path, *benefits: str, head: str = "", known: str = PROJECTS) -> Answer:
    catalogue = Library.of(root, text=document(*benefits, head=head)).load()
    return Advisor(catalogue).answer(facts(known, catalogue.vocabulary), DAY)


def limit(per: str, rest: str = "最多: 1项") -> str:
    return f"同享限制: [{{每: [{per}], {rest}, 依据: 五}}]\n"


def sums(answer: Answer) -> dict[str, int]:
    """What is taken, by key, in 万元."""
    return {one.claim.key.removeprefix("xx-2023/"): one.low // 10**6 for one in answer.plan.chosen}


def over_projects(id: str, amount: str = "10万元") -> str:
    return benefit(f"对象: 项目\n全部满足: [{{名: 示范, 式: 示范}}]\n金额: {{定额: {amount}}}", id)


@reference("L10.1")
@pytest.mark.parametrize(
    ("per", "taken"),
    [
        ("企业", {"b": 9}),
        ("责任单位", {"a": 8, "b": 9}),
        ("企业, 年度", {"b": 9}),
        ("企业, 事由", {"a": 8, "b": 9, "c": 7}),
        ("企业, 类别", {"b": 9, "c": 7}),
        ("企业, 事项", {"a": 8, "b": 9, "c": 7}),
    ],
)
def test_what_one_place_is_counted_by(per: str, taken: dict[str, int], tmp_path: Path) -> None:
    """a and b are of one 类别, a and c of one 责任单位, each of a 事由 of its own."""
    answer = ask(
        tmp_path,
        benefit("责任单位: 甲局\n事由: 甲\n类别: 一\n金额: {定额: 8万元}", "a"),
        benefit("责任单位: 乙局\n事由: 乙\n类别: 一\n金额: {定额: 9万元}", "b"),
        benefit("责任单位: 甲局\n事由: 丙\n类别: 二\n金额: {定额: 7万元}", "c"),
        head=limit(per),
    )
    assert sums(answer) == taken


@reference("L10.1")
@pytest.mark.parametrize("per", ["项目", "人员", "企业, 项目"])
def test_one_for_each_project_or_person(per: str, tmp_path: Path) -> None:
    answer = ask(tmp_path, over_projects("a", "8万元"), over_projects("b", "9万元"), head=limit(per))
    assert sums(answer) == {"b#1": 9, "b#2": 9}


@reference("L10.1")
def test_what_has_no_value_for_a_word_is_not_bound_by_it(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        benefit(id="a"),
        benefit("事由: 上市", "b"),
        benefit("事由: 上市", "c"),
        head=limit("企业, 事由"),
    )
    assert sums(answer) in ({"a": 10, "b": 10}, {"a": 10, "c": 10})


@reference("L10.1")
def test_a_total_pays_up_to_its_sum(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        benefit("金额: {定额: 30万元}", "a"),
        benefit("金额: {定额: 40万元}", "b"),
        head=limit("企业", "合计不超过: 50万元"),
    )
    assert sum(sums(answer).values()) == 50
    assert answer.plan.total_high == 50 * 10**6


@reference("L10.2")
def test_a_rule_that_names_benefits_covers_only_those(tmp_path: Path) -> None:
    rule = "同享限制: [{事项: [xx-2023/a, xx-2023/b], 每: [企业], 最多: 1项, 依据: 五}]\n"
    answer = ask(tmp_path, benefit(id="a"), benefit("金额: {定额: 12万元}", "b"), benefit(id="c"), head=rule)
    assert sums(answer) == {"b": 12, "c": 10}


@reference("L10.4")
def test_of_two_that_exclude_each_other_one_is_taken(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        benefit("二选一: xx-2023/b\n依据: 三", "a"),
        benefit("金额: {定额: 12万元}", "b"),
        benefit(id="c"),
    )
    assert sums(answer) == {"b": 12, "c": 10}
    (left,) = answer.plan.left_out
    assert left.claim.benefit == "xx-2023/a"
    assert left.price is not None
    assert left.price.low == 2 * 10**6
    assert left.exclusions[0].rule.cite == "三"


@reference("L10.4")
def test_two_small_ones_go_before_a_large_one(tmp_path: Path) -> None:
    text = "责任单位: [甲局, 乙局]\n金额: {定额: 15万元}"
    answer = ask(
        tmp_path,
        benefit(text, "both"),
        benefit("责任单位: 甲局\n金额: {定额: 8万元}", "a"),
        benefit("责任单位: 乙局\n金额: {定额: 9万元}", "b"),
        head=limit("企业, 责任单位, 年度"),
    )
    assert sums(answer) == {"a": 8, "b": 9}


@reference("L7.7", "L10.1")
def test_a_cap_over_several_grants_bounds_their_sum(tmp_path: Path) -> None:
    text = """
    对象: 项目
    全部满足: [{名: 示范, 式: 示范}]
    金额: {定额: 10万元, 累计封顶: [{每: [企业, 年度], 限: 15万元, 依据: 六}]}
    """
    answer = ask(tmp_path, benefit(text, "a"))
    assert sum(sums(answer).values()) == 15
    reduced = [one for one in answer.plan.chosen if one.reduced_by]
    assert [rule.cite for one in reduced for rule in one.reduced_by] == ["六"] * len(reduced)
    assert reduced


@pytest.mark.parametrize(
    ("per", "rest", "words"),
    [
        ("企业", "最多: 1项", "同一企业最多1项"),
        ("企业, 责任单位, 年度", "最多: 2项", "向{责任单位}、同一年度最多2项"),
        ("企业, 项目", "最多: 1项, 就高: 是", "同一项目最多1项，按最高的一项执行"),
        ("企业, 类别", "合计不超过: 50万元", "同类项目“{类别}”合计不超过50万元"),
        ("企业, 事由", "已获上级资金: 不再享受", "同一事由“{事由}”已得上级资金的，不再享受（配套的除外）"),
    ],
)
def test_a_rule_is_said_in_a_sentence(per: str, rest: str, words: str, tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, text=document(benefit(), head=limit(per, rest))).load()
    (rule,) = catalogue.book.stacking
    assert planning.rule_words(rule) == words
