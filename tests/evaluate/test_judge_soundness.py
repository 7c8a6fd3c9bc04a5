"""Whole answers while facts are unknown beside those once all are known, and many judged as each alone."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given

from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import AmountRule, Benefit, DerivedRule, RuleBook
from tests.support import TODAY, VOCABULARY, Library, benefit, reference
from tests.trees import ITEMS, Hidden, hidden_facts, rules, trees

DECIDED = (Verdict.ELIGIBLE, Verdict.INELIGIBLE)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Benefit:
    """A benefit to be given other conditions and amounts."""
    root: Path = tmp_path_factory.mktemp("catalogue")
    (one,) = Library.of(root, benefit()).load().benefits.values()
    return one


def made(
    plain: Benefit, id: str, parts: tuple[s.Node, ...], total: s.Node, subject: str | None = None
) -> Benefit:
    named = tuple(s.Named(name=f"第{place}条", body=part, type=t.BOOL) for place, part in enumerate(parts))
    assert isinstance(plain.amount, AmountRule)
    return replace(
        plain,
        id=id,
        subject=subject,
        condition=s.All(parts=named, type=t.BOOL),
        amount=replace(plain.amount, total=total),
    )


def judged(
    benefits: tuple[Benefit, ...], known: Mapping[str, Any], given_rules: Mapping[str, DerivedRule]
) -> list[Result]:
    book = RuleBook(VOCABULARY, given_rules, {}, {one.id: one for one in benefits})
    return Judge(book).judge(known, TODAY)


def holds(wider: AmountRange | None, narrower: AmountRange | None) -> bool:
    assert wider is not None
    assert narrower is not None
    return wider.low <= narrower.low and (
        wider.high is None or (narrower.high is not None and narrower.high <= wider.high)
    )


@reference("L5.7", "L8.8")
@given(
    first=trees((t.BOOL,), 3),
    second=trees((t.BOOL,), 3),
    total=trees((t.MONEY,)),
    hidden=hidden_facts(derived=True),
    rule=rules(),
)
def test_an_answer_given_early_is_the_answer_given_late(
    plain: Benefit, first: s.Node, second: s.Node, total: s.Node, hidden: Hidden, rule: dict[str, DerivedRule]
) -> None:
    one = made(plain, "xx/a", (first, second), total)
    (early,), (late,) = judged((one,), hidden.known, rule), judged((one,), hidden.complete, rule)
    assume(late.verdict in DECIDED)  # else something has no value at all
    assert early.verdict in (late.verdict, Verdict.INCOMPLETE)
    assert (early.verdict is Verdict.INCOMPLETE) == bool(early.missing)
    if late.verdict is Verdict.ELIGIBLE:
        assert holds(early.amount, late.amount)


@given(first=trees((t.BOOL,), 3), total=trees((t.MONEY,), 3), hidden=hidden_facts())
def test_so_it_is_with_each_item_of_a_collection(
    plain: Benefit, first: s.Node, total: s.Node, hidden: Hidden
) -> None:
    shown = s.Fact(name="示范", collection=ITEMS, type=t.BOOL)
    worth = s.Arithmetic(
        op="+", left=total, right=s.Fact(name="设备额", collection=ITEMS, type=t.MONEY), type=t.MONEY
    )
    one = made(plain, "xx/a", (first, shown), worth, ITEMS)
    early, late = judged((one,), hidden.known, {}), judged((one,), hidden.complete, {})
    if ITEMS in hidden.keys:
        assert len(early) == 1
        early = early * len(late)
    for before, after in zip(early, late, strict=True):
        if after.verdict not in DECIDED:
            continue
        if hidden.complete[ITEMS]:
            assert before.verdict in (after.verdict, Verdict.INCOMPLETE)
            if after.verdict is Verdict.ELIGIBLE:
                assert holds(before.amount, after.amount)


@given(
    shared=trees((t.BOOL,), 3),
    own=trees((t.BOOL,), 3),
    total=trees((t.MONEY,), 3),
    hidden=hidden_facts(derived=True),
    rule=rules(),
)
def test_judging_many_that_share_a_condition_is_judging_each_alone(
    plain: Benefit, shared: s.Node, own: s.Node, total: s.Node, hidden: Hidden, rule: dict[str, DerivedRule]
) -> None:
    benefits = (
        made(plain, "xx/a", (shared, own), total),
        made(plain, "xx/b", (shared,), total),
        made(plain, "xx/c", (own, shared), total, ITEMS),
        made(plain, "xx/d", (own,), total),
    )
    alone = [result for one in benefits for result in judged((one,), hidden.known, rule)]
    for together, single in zip(judged(benefits, hidden.known, rule), alone, strict=True):
        assert (together.key, together.verdict, together.missing, together.missing_for_amount) == (
            single.key,
            single.verdict,
            single.missing,
            single.missing_for_amount,
        )
        assert (together.amount, together.unmet) == (single.amount, single.unmet)
