"""Reasons are told so that people can follow them: no double negatives, only the case that applies."""

from datetime import date
from typing import Any

from huiqi.entitlements.reasons import MASK, Reason, reasons
from huiqi.evaluate.result import Result
from huiqi.portal.policies.selectors import advisor
from huiqi.portal.screening.standing import facts_of


def result(benefit: str, **facts: Any) -> Result:
    answer = advisor().answer(facts_of(facts), date(2025, 10, 1), benefit)
    return answer.results[0]


def told(benefit: str, **facts: Any) -> dict[str, Reason]:
    return {reason.name: reason for reason in reasons(result(benefit, **facts).why)}


def deepest(reason: Reason) -> int:
    return 1 + max(map(deepest, reason.children), default=0)


def test_an_exclusion_that_does_not_apply_passes() -> None:
    line = told("growth-2023/big-firm", 列入失信名单=False)["失信限制"]
    assert (line.state, line.text, line.found) == ("true", "“列入失信名单”为否", "否")
    assert line.cite == "九、（三）"


def test_an_exclusion_that_applies_fails() -> None:
    assert told("growth-2023/big-firm", 列入失信名单=True)["失信限制"].state == "false"


def test_what_is_not_known_is_open() -> None:
    line = told("growth-2023/big-firm")["收入达标"]
    assert (line.state, line.found) == ("unknown", "未知")


def test_of_a_class_only_the_case_that_applies_is_told() -> None:
    line = told("growth-2023/research-rank", 从业人数="25人", 营业收入="900万元")["中小企业"]
    assert (line.state, line.found) == ("true", "小型")
    (case,) = line.children
    assert case.text == "情形：从业人数少于300人，或者营业收入少于2000万元"
    assert case.found == "小型"
    assert [part.found for part in case.children[0].children] == ["25人", "900万元"]


def test_cases_that_are_still_open_are_told_together() -> None:
    line = told("growth-2023/research-rank", 从业人数="500人")["中小企业"]
    (cases,) = line.children
    assert cases.text == "还定不了是哪一种情形"
    assert [case.found for case in cases.children] == ["微型", "小型", "中型"]


def test_an_amount_says_what_it_was_made_from() -> None:
    project = {"名称": "甲线", "设备投资额": "500万元", "列为示范": True}
    (line,) = reasons(result("growth-2023/upgrade", 项目=[project]).amount_why)
    assert line.found == "150万元"
    assert line.children[0].text == "设备投资额的30%"
    assert line.children[0].children[0].found == "500万元"


def test_deep_reasons_can_be_cut() -> None:
    why = result("growth-2023/research-rank", 从业人数="25人", 营业收入="900万元").why
    assert max(map(deepest, reasons(why, depth=1))) == 2
    assert max(map(deepest, reasons(why))) > 3


def test_personal_facts_are_not_told() -> None:
    why = result("relief-2024/self-employed", 经营者失业月数="5月").why
    lines = {line.name: line for line in reasons(why, lambda key: key == "经营者失业月数")}
    assert (lines["失业满半年"].found, lines["失业满半年"].state) == (MASK, "false")
    assert reasons(why)[1].found == "5个月"
