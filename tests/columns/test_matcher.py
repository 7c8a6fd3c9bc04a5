"""What columns cannot hold or say is answered one by one, and comes to the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.columns.verdicts import VERDICTS
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Verdict
from huiqi.evaluate.values import Uncertain
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import MOST_FACTS, RuleBook
from huiqi.language.check import Scope, check
from huiqi.language.parse import parse
from huiqi.language.vocabulary import Vocabulary
from tests.columns.books import Maker as Books
from tests.columns.books import make_book
from tests.columns.comparing import compare, judged, singly
from tests.columns.making import Maker, as_batch
from tests.columns.words import ON, PARAMETERS, VOCABULARY
from tests.support import read_vocabulary


def book(
    *benefits: tuple[str, str, str | None],
    vocabulary: Vocabulary = VOCABULARY,
    definitions: Mapping[str, s.Node] | None = None,
) -> RuleBook:
    """Benefits of a condition, an amount (or none) and a subject, called by their number."""
    maker = Books(0)
    maker.random.random = lambda: 1.0  # type: ignore[method-assign]

    def formula(text: str, subject: str | None, expected: t.Type = t.ANY) -> s.Node:
        inside = (subject,) if subject else ()
        scope = Scope(vocabulary, definitions or {}, dict(PARAMETERS), inside)
        node = check(parse(text), scope, expected)
        assert [str(one) for one in scope.problems] == []
        return node

    found = {}
    for number, (condition, amount, subject) in enumerate(benefits):
        named = s.Named(name=f"条件{number}", body=formula(condition, subject, t.BOOL), type=t.BOOL)
        total = formula(amount, subject) if amount else None
        whole = s.All(parts=(named,), type=t.BOOL)
        found[str(number)] = maker._with_dates(str(number), subject, whole, total)
    return RuleBook(vocabulary, {}, maker._parameters(), found)


def agreed(rules: RuleBook, enterprises: list[dict[str, Any]]) -> Matcher:
    """Both ways come to the same."""
    matcher = Matcher(rules, ON)
    batch = as_batch(rules, enterprises)
    expected = judged(matcher, enterprises, Judge(rules))
    assert [str(one) for one in compare(matcher, batch, expected)] == []
    return matcher


def refused(matcher: Matcher, enterprises: list[dict[str, Any]]) -> set[str]:
    """The benefits that went one by one."""
    return {id_ for id_, share in singly(matcher, as_batch(matcher.book, enterprises)).items() if share == 1}


BOUNDED = read_vocabulary("""\
事实:
  半: {类型: 数量, 单位: 人, 最小: 0.5人, 最大: 2.5人, 问: 多少？}
  定: {类型: 数量, 单位: 人, 最小: 3人, 最大: 3人, 问: 多少？}
  独: {类型: 选项, 选项: [仅], 问: 哪？}
  大: {类型: 金额, 最大: 100000亿元, 问: 多少？}
  比: {类型: 比例, 最大: 100%, 问: 多少？}
""")


def test_bounds_that_columns_cannot_hold() -> None:
    rules = book(("半 > 2人", "", None), ("定 = 3人", "", None), ("独 = 仅", "", None), vocabulary=BOUNDED)
    rows: list[dict[str, Any]] = [{}, {"半": 1, "定": 3, "独": "仅"}]
    assert refused(agreed(rules, rows), rows) == {"0", "1"}


def test_numbers_that_columns_cannot_hold() -> None:
    rules = book(
        ("大 * 比 < 50000亿元", "大 * 比 * 比 + 2亿元", None),
        ("四舍五入(大 * 比, 1元) < 50000亿元", "大 * 比", None),
        ("比 > 10%", "20000000000000000元 + 20000000000000000元", None),
        vocabulary=BOUNDED,
    )
    rows: list[dict[str, Any]] = [
        {"大": 10**15, "比": 1},
        {"大": 10**15, "比": Fraction(1, 10**6)},
        {"大": 10**9, "比": 1},
        {},
    ]
    matcher = agreed(rules, rows)
    batch = as_batch(rules, rows)
    assert singly(matcher, batch)["2"] == 1
    assert 0 < singly(matcher, batch)["1"] < 1


def test_text() -> None:
    rules = book(('项目名 = "甲"', "设备额", "项目"))
    rows: list[dict[str, Any]] = [{"项目": ({"项目名": "甲", "设备额": 3}, {})}, {}]
    assert refused(agreed(rules, rows), rows) == {"0"}


def test_a_definition_of_the_item_inside_a_sum_over_the_same_items() -> None:
    own = s.Fact(name="设备额", collection="项目", type=t.MONEY)
    given = {"本项": own}
    rules = book(("合计(项目, 本项) >= 5元", "合计(项目, 设备额 + 本项)", "项目"), definitions=given)
    rows: list[dict[str, Any]] = [
        {"项目": ({"设备额": 100}, {"设备额": 300})},
        {"项目": ({"设备额": 100}, {})},
        {"项目": ()},
        {},
    ]
    matcher = agreed(rules, rows)
    table = matcher.judge(as_batch(rules, rows), everything=True).long()
    assert table.filter(row=0)["low"].to_list() == [0, 1000]
    assert refused(matcher, rows) == set()


def test_a_branch_that_the_law_decides_is_no_more_certain_than_the_law() -> None:
    branch = "如果 未核限额 >= 0元 则 高新企业 否则 失信"
    rules = book((branch, "", None), ("投资额 / 未核系数 > 1元", "", None))
    rows: list[dict[str, Any]] = [{"高新企业": True, "投资额": 10**6}]
    table = agreed(rules, rows).judge(as_batch(rules, rows)).long()
    assert [VERDICTS[one] for one in table["verdict"]] == [Verdict.LIKELY] * 2


def test_conditions_that_are_the_same_for_all() -> None:
    rules = book(("2元 > 1元", "1元", None), ("2元 < 1元", "1元", None), ("2元 > 1元", "1元", "项目"))
    rows: list[dict[str, Any]] = [{}, {"项目": ({}, {})}, {"项目": ()}]
    agreed(rules, rows)


@pytest.mark.parametrize("rows", [[], [{}], [{}, {}], [{"项目": ()}, {"项目": (), "门店": ()}]])
def test_tables_with_nothing_in_them(rows: list[dict[str, Any]]) -> None:
    rules = book(("示范", "设备额", "项目"), ("任一(项目, 示范)", "合计(门店, 租金)", None))
    agreed(rules, rows)


def test_odd_enterprises_are_answered_from_what_they_are() -> None:
    rules = make_book(3)
    maker = Maker(rules, 5)
    enterprises = [maker.enterprise() for _ in range(12)]
    odd: dict[int, dict[str, Any]] = {
        2: {"投资额": Fraction(100, 3), "高新企业": True},
        7: {"投资额": Uncertain(frozenset(("投资额",)), 100, 10**9), "项目": ({"盈亏": Fraction(1, 7)},)},
    }
    plain = as_batch(rules, enterprises)
    batch = Batch(plain.ids, plain.facts, plain.items, odd)
    matcher = Matcher(rules, ON)
    expected = judged(matcher, [odd.get(row, one) for row, one in enumerate(enterprises)], Judge(rules))
    assert [str(one) for one in compare(matcher, batch, expected)] == []
    assert matcher.judge(batch).singly >= 2


def test_a_benefit_that_asks_too_much_is_refused_before_anybody_is_judged() -> None:
    facts = "".join(f"  甲{one}: {{类型: 是否, 问: 是吗？}}\n" for one in range(MOST_FACTS + 1))
    vocabulary = read_vocabulary(f"事实:\n{facts}")
    most = " 且 ".join(f"甲{one}" for one in range(MOST_FACTS))
    rows: list[dict[str, Any]] = [{}, {"甲1": True}, {"甲1": False}]
    assert refused(agreed(book((most, "", None), vocabulary=vocabulary), rows), rows) == set()
    with pytest.raises(ValueError, match="超过62个"):
        Matcher(book((f"{most} 且 甲{MOST_FACTS}", "", None), vocabulary=vocabulary), ON)


def test_only_some_benefits_are_asked_in_the_order_of_asking() -> None:
    rules = make_book(2)
    maker = Maker(rules, 5)
    enterprises = [maker.enterprise() for _ in range(20)]
    names = list(rules.benefits)[5:2:-1]
    matcher = Matcher(rules, ON, names)
    assert [one.id for one in matcher.benefits] == names
    expected = judged(matcher, enterprises, Judge(rules))
    assert list(compare(matcher, as_batch(rules, enterprises), expected)) == []
    with pytest.raises(KeyError):
        Matcher(rules, ON, ["没有这个"])


def test_without_everything_what_fails_is_left_out() -> None:
    rules = make_book(4)
    maker = Maker(rules, 5)
    batch = as_batch(rules, [maker.enterprise() for _ in range(40)])
    matcher = Matcher(rules, date(2024, 1, 2))
    full = matcher.judge(batch, everything=True)
    left = full.long().filter(pl.coalesce("within", "verdict") != VERDICTS.index(Verdict.INELIGIBLE))
    assert 0 < len(left) < len(full.long())
    assert matcher.judge(batch).long().equals(left)
    assert full.long(everything=False).equals(left)
