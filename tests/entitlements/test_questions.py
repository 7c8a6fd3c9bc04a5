"""Which fact is worth asking for next: what decides most money for the least trouble, and nothing in vain."""

from datetime import date
from pathlib import Path

import pytest

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.source import read_source
from huiqi.entitlements import answer as answers
from huiqi.entitlements.answer import Advisor, Answer
from huiqi.evaluate.ask import stake
from huiqi.evaluate.result import Verdict
from tests.support import Library, benefit, facts, reference

DAY = date(2024, 6, 1)


def ask(root: Path, *benefits: str, known: str = "{}", on: date = DAY) -> Answer:
    catalogue = Library.of(root, *benefits).load()
    source = read_source(known, "f.yaml")
    assert source.root is not None
    read, problems = read_facts(source.root, catalogue.vocabulary)
    assert problems == ()
    return Advisor(catalogue).answer(read, on)


def order(answer: Answer) -> list[str]:
    return [question.key for question in answer.questions()]


def test_what_decides_more_money_is_asked_first(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        benefit("全部满足: [{名: 甲, 式: 高新企业}]\n金额: {定额: 5万元}", "a"),
        benefit("全部满足: [{名: 甲, 式: 失信}]\n金额: {定额: 9万元}", "b"),
    )
    assert order(answer) == ["失信", "高新企业"]
    first = answer.questions()[0]
    assert (first.at_stake, [one.benefit.id for one in first.decides]) == (9 * 10**6, ["xx-2023/b"])
    assert first.declaration.question == "失信吗？"


def test_an_answer_that_alone_decides_is_asked_before_one_of_many(tmp_path: Path) -> None:
    answer = ask(
        tmp_path,
        benefit("全部满足: [{名: 甲, 式: 高新企业}, {名: 乙, 式: 投资额 > 3元}]\n金额: {定额: 9万元}", "a"),
        benefit("全部满足: [{名: 甲, 式: 失信}]\n金额: {定额: 9万元}", "b"),
    )
    assert order(answer)[0] == "失信"


def test_what_settles_nothing_is_not_asked(tmp_path: Path) -> None:
    text = "全部满足: [{名: 甲, 式: 高新企业}, {名: 乙, 式: 失信}]"
    assert order(ask(tmp_path, benefit(text), known="高新企业: 否")) == []
    assert order(ask(tmp_path, benefit(text), known="{高新企业: 是, 失信: 是}")) == []
    assert order(ask(tmp_path, benefit(text), on=date(2026, 1, 1))) == []


def test_what_only_narrows_the_amount_is_asked_once_the_rest_is_settled(tmp_path: Path) -> None:
    text = "全部满足: [{名: 甲, 式: 高新企业}]\n金额: {式: 投资额 * 10%, 封顶: 9万元}"
    assert order(ask(tmp_path, benefit(text))) == ["高新企业"]
    answer = ask(tmp_path, benefit(text), known="高新企业: 是")
    assert order(answer) == ["投资额"]
    assert answer.results[0].verdict is Verdict.ELIGIBLE


@reference("L2.8")
@pytest.mark.parametrize(("kind", "asked"), [
    ("未问", True), ("来源没有", False), ("过期", False), ("有争议", False), ("不适用", False),
])  # fmt: skip
def test_what_was_looked_for_in_vain_is_not_asked_again(kind: str, asked: bool, tmp_path: Path) -> None:
    answer = ask(tmp_path, benefit("全部满足: [{名: 甲, 式: 高新企业}]"), known=f"高新企业: {{未知: {kind}}}")
    assert answer.facts.unknown == ({} if asked else {"高新企业": kind})
    assert answer.results[0].verdict is Verdict.INCOMPLETE
    assert order(answer) == (["高新企业"] if asked else [])


def test_what_was_asked_already_can_be_left_out(tmp_path: Path) -> None:
    answer = ask(tmp_path, benefit("全部满足: [{名: 甲, 式: 高新企业}, {名: 乙, 式: 失信}]"))
    assert [question.key for question in answer.questions(frozenset(("失信",)))] == ["高新企业"]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("金额: {定额: 9万元}", 9 * 10**6),
        ("金额: {式: 投资额}", 10**6),  # no end: a nominal 1万元
        ("金额: {定额: 9亿元}", 10**10),  # more than 1亿元 is no more urgent
        ("形式: 贷款\n金额: {定额: 300万元}", 10**6),
        ("形式: 便利\n不可计算: {因: 未给标准, 说明: 无}", 10**6),
    ],
)
def test_what_a_benefit_is_worth_asking_for(text: str, fen: int, tmp_path: Path) -> None:
    (result,) = ask(tmp_path, benefit(text)).results
    assert stake(result) == fen


@reference("L9.1")
def test_without_a_day_it_is_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Library.of(tmp_path, benefit()).load()
    for day, verdict in ((DAY, Verdict.ELIGIBLE), (date(2026, 11, 23), Verdict.OUT_OF_PERIOD)):
        monkeypatch.setattr(answers, "today", lambda day=day: day)
        answer = Advisor(catalogue).answer(facts("{}"))
        assert (answer.on, answer.results[0].verdict) == (day, verdict)


def test_one_benefit_alone_can_be_asked_about(tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, benefit(id="a"), benefit(id="b")).load()
    answer = Advisor(catalogue).answer(facts("{}"), DAY, "xx-2023/b")
    assert [one.key for one in answer.results] == ["xx-2023/b"]
    assert answer.result("xx-2023/b").benefit.id == "xx-2023/b"
    with pytest.raises(KeyError):
        answer.result("xx-2023/a")
    with pytest.raises(KeyError):
        Advisor(catalogue).answer(facts("{}"), DAY, "xx-2023/c")
