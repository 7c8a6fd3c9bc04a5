"""From results to a plan: what counts as certain, what is had once, what was received, what is said of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiqi.allocate import TooHardError
from huiqi.entitlements.answer import Advisor, Answer
from huiqi.entitlements.as_text import answer_text
from huiqi.evaluate.result import Verdict
from tests.support import FACTS, Library, benefit, document, facts, reference

TODAY = date(2024, 6, 1)
RECEIVED = (
    FACTS
    + """\
  已获奖补:
    类型: 集合
    称呼: 名称
    问: 拿到过哪些？
    字段:
      名称: {类型: 文本, 问: 叫什么？}
      事项: {类型: 文本, 问: 哪个事项？}
      级别: {类型: 选项, 选项: [国家, 省, 市, 县区], 问: 哪一级？}
      责任单位: {类型: 文本, 问: 哪个部门？}
      事由: {类型: 文本, 问: 因为什么？}
      年度: {类型: 数量, 单位: 年度, 问: 哪一年？}
      金额: {类型: 金额, 问: 多少？}
"""
)
ONE_A_YEAR = "同享限制: [{每: [企业, 责任单位, 年度], 最多: 1项, 依据: 五}]\n"


def ask(root: Path, *benefits: str, head: str = "", known: str = "") -> Answer:
    catalogue = Library.of(root, vocabulary=RECEIVED, text=document(*benefits, head=head)).load()
    return Advisor(catalogue).answer(facts(known, catalogue.vocabulary), TODAY)


def taken(answer: Answer) -> dict[str, tuple[int, int]]:
    return {one.claim.benefit: (one.low // 100, one.high // 100) for one in answer.plan.chosen}


def left(answer: Answer) -> dict[str, str]:
    return {one.claim.benefit: one.because for one in answer.plan.left_out}


def grant(known: str) -> str:
    return f"已获奖补: [{{{known}}}]"


@reference("L10.4")
def test_the_best_lawful_set_is_chosen_and_the_rest_has_its_reason(tmp_path: Path) -> None:
    answer = ask(
        tmp_path, benefit("金额: {定额: 5万元}", "a"), benefit("金额: {定额: 8万元}", "b"), head=ONE_A_YEAR
    )
    assert taken(answer) == {"xx-2023/b": (80000, 80000)}
    because = left(answer)["xx-2023/a"]
    assert "向某局、同一年度最多1项（五）" in because
    assert "少得3万元" in because


@reference("L10.1", "L10.2")
def test_a_rule_without_benefits_covers_the_document_and_counts_each_department_apart(tmp_path: Path) -> None:
    answer = ask(tmp_path, benefit(id="a"), benefit("责任单位: 乙局", "b"), head=ONE_A_YEAR)
    assert set(taken(answer)) == {"xx-2023/a", "xx-2023/b"}


@reference("L10.3")
def test_a_benefit_of_two_departments_uses_the_place_of_both(tmp_path: Path) -> None:
    both = benefit("责任单位: [某局, 乙局]\n金额: {定额: 15万元}", "both")
    answer = ask(tmp_path, both, benefit(id="a"), benefit("责任单位: 乙局", "b"), head=ONE_A_YEAR)
    assert set(taken(answer)) == {"xx-2023/a", "xx-2023/b"}
    assert "xx-2023/both" in left(answer)


@reference("L10.6")
def test_several_projects_of_one_benefit_are_one_item(tmp_path: Path) -> None:
    each = benefit("对象: 项目\n全部满足: [{名: 示范, 式: 示范}]", "each")
    known = "项目: [{名称: 甲, 示范: 是}, {名称: 乙, 示范: 是}]"
    answer = ask(tmp_path, each, benefit("金额: {定额: 15万元}", "a"), head=ONE_A_YEAR, known=known)
    assert [one.claim.name for one in answer.plan.chosen] == ["each补助（甲）", "each补助（乙）"]
    assert answer.plan.total_low == 20_0000_00


@reference("L10.7")
def test_what_is_had_once_was_had_whatever_the_year_and_the_sum(tmp_path: Path) -> None:
    known = grant("名称: 旧奖, 事项: xx-2023/a, 级别: 市, 年度: 2022年度, 金额: 3万元")
    answer = ask(tmp_path, benefit("一次性: 是", "a"), known=known)
    assert taken(answer) == {}
    assert "一次性的，领过的不再领" in left(answer)["xx-2023/a"]


def test_without_once_only_the_year_s_place_is_used_up(tmp_path: Path) -> None:
    known = grant("名称: 旧奖, 事项: xx-2023/a, 级别: 市, 责任单位: 某局, 年度: 2022年度, 金额: 3万元")
    assert set(taken(ask(tmp_path, benefit(id="a"), head=ONE_A_YEAR, known=known))) == {"xx-2023/a"}


def test_this_year_s_grant_of_a_department_leaves_no_room_for_another(tmp_path: Path) -> None:
    known = grant("名称: 今年的, 事项: xx-2023/a, 级别: 市, 责任单位: 某局, 年度: 2024年度, 金额: 3万元")
    answer = ask(tmp_path, benefit(id="a"), benefit(id="b"), head=ONE_A_YEAR, known=known)
    assert set(taken(answer)) == {"xx-2023/a"}


def test_money_of_a_higher_level_bars_the_same_matter_but_not_a_top_up(tmp_path: Path) -> None:
    rule = "同享限制: [{每: [企业, 事由], 已获上级资金: 不再享受, 除非: 配套, 依据: 五}]\n"
    known = grant("名称: 省里的, 级别: 省, 事由: 上市, 年度: 2024年度, 金额: 3万元")
    own, top_up = benefit("事由: 上市", "own"), benefit("事由: 上市\n配套: 是", "top-up")
    answer = ask(tmp_path, own, top_up, head=rule, known=known)
    assert set(taken(answer)) == {"xx-2023/top-up"}
    assert "省里的" in left(answer)["xx-2023/own"]


def test_only_what_is_eligible_is_certain(tmp_path: Path) -> None:
    likely = benefit("未编码: [{因: 专家评审, 说明: 要评审}]", "likely")
    answer = ask(tmp_path, benefit(id="a"), likely)
    assert answer.by_verdict(Verdict.LIKELY)
    assert taken(answer) == {"xx-2023/a": (100000, 100000), "xx-2023/likely": (0, 100000)}
    assert (answer.plan.total_low, answer.plan.total_high) == (10_0000_00, 20_0000_00)
    assert "可能符合的不算在确定的部分里。" in answer.notes


def relief(id: str, amount: str, *taxes: str) -> str:
    return benefit(f"形式: 减税\n金额: {{定额: {amount}}}\n减免税种: [{', '.join(taxes)}]", id)


def test_reliefs_of_one_tax_are_not_added_up_as_certain(tmp_path: Path) -> None:
    answer = ask(tmp_path, relief("a", "3万元", "增值税"), relief("b", "2万元", "增值税", "城建税"))
    assert taken(answer) == {"xx-2023/a": (30000, 30000), "xx-2023/b": (0, 20000)}
    assert any("都减增值税" in note for note in answer.notes)


def test_reliefs_that_only_meet_through_a_third_are_both_certain(tmp_path: Path) -> None:
    first, last = relief("a", "3万元", "增值税"), relief("c", "3万元", "城建税")
    answer = ask(tmp_path, first, relief("b", "4万元", "增值税", "城建税"), last)
    assert taken(answer) == {
        "xx-2023/a": (30000, 30000),
        "xx-2023/b": (0, 40000),
        "xx-2023/c": (30000, 30000),
    }


def test_a_loan_is_no_money_to_be_added(tmp_path: Path) -> None:
    loan: Any = benefit("形式: 贷款\n金额: {定额: 300万元}", "loan")
    answer = ask(tmp_path, loan, benefit(id="a"))
    assert answer.plan.total_high == 10_0000_00
    assert set(taken(answer)) == {"xx-2023/a", "xx-2023/loan"}


def test_a_plan_that_cannot_be_proved_best_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_hard(*_: object) -> None:
        raise TooHardError("组合太复杂")

    monkeypatch.setattr("huiqi.entitlements.answer.plan", too_hard)
    answer = ask(tmp_path, benefit(id="a"))
    assert [result.verdict for result in answer.results] == [Verdict.ELIGIBLE]
    assert (answer.plan.chosen, answer.undecided) == ((), True)
    assert "没有算出最好的一组" in answer.notes[0]
    assert "没有算出最好的一组" in answer_text(answer)
