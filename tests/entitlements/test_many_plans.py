"""Plans of a table beside the plan of each enterprise: the same claims, the same money, to the 分."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.allocate import plan, solver
from huiqi.allocate.many import choose
from huiqi.catalogue.consistency import RECEIVED
from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.outcome import LONG
from huiqi.entitlements import many_plans, planning
from huiqi.entitlements.many_plans import Plans, TablePlanner
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.language.benefit import Form, StackingRule
from tests.entitlements.firms import DAY, ROOT, Firms, as_batch_with_odd, verdict_table
from tests.entitlements.test_plan import RECEIVED as RECEIVED_FACTS
from tests.support import Library, benefit, document

VOCABULARY = RECEIVED_FACTS + "      项目: {类型: 文本, 问: 给哪个项目的？}\n"

Paid = dict[tuple[int, str], tuple[int, int]]
"""What each enterprise (row) takes, by key, and is paid, low and high."""


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


def together(catalogue: Catalogue, judged: Sequence[Sequence[Result]], batch: Batch) -> Plans:
    benefits = list(catalogue.benefits.values())
    return TablePlanner(catalogue.book, benefits, DAY).plan(verdict_table(judged, benefits), batch)


def paid(catalogue: Catalogue, plans: Plans) -> Paid:
    benefits = list(catalogue.benefits)
    found: Paid = {}
    for row, one, item, taken, low, high in plans.claims.iter_rows():
        assert taken or (low, high) == (0, 0)
        if taken:
            found[row, benefits[one] + (f"#{item + 1}" if item is not None else "")] = low, high
    return found


def paid_to_each(
    catalogue: Catalogue, firms: Sequence[Mapping[str, Any]], judged: Sequence[Sequence[Result]]
) -> tuple[Paid, list[tuple[int, int, int]]]:
    """The same by the plan of each, with its totals and how much it takes."""
    limits, upper = planning.limits(catalogue.book.stacking), planning.upper_funds(catalogue.book)
    found: Paid = {}
    totals = []
    for row, (facts, results) in enumerate(zip(firms, judged, strict=True)):
        one = plan(planning.claims(results), limits, upper, planning.received(facts, DAY))
        found |= {(row, chosen.claim.key): (chosen.low, chosen.high) for chosen in one.chosen}
        totals.append((one.total_low, one.total_high, len(one.chosen)))
    return found, totals


def check(
    catalogue: Catalogue, firms: Sequence[Mapping[str, Any]], judged: Sequence[Sequence[Result]]
) -> None:
    plans = together(catalogue, judged, as_batch_with_odd(catalogue.book, firms))
    found, totals = paid_to_each(catalogue, firms, judged)
    assert paid(catalogue, plans) == found
    assert plans.enterprises["row"].to_list() == list(range(len(firms)))
    assert plans.enterprises.select("total_low", "total_high", "claims").rows() == totals
    assert not plans.enterprises["undecided"].any()
    assert plans.enterprises["bound"].equals(plans.enterprises["total_low"])
    claimable = [one for results in judged for one in results if one.claimable]
    assert len(plans.claims) == len(claimable)


@pytest.mark.parametrize("received", [False, True])
def test_enterprises_of_the_real_catalogue_get_what_their_own_plan_says(
    real: Catalogue, received: bool
) -> None:
    making, judge = Firms(real, seed=5), Judge(real.book)
    firms = [making.make(received=received) for _ in range(60)]
    check(real, firms, [judge.judge(facts, DAY, trace=False) for facts in firms])


# ---- rule books, results and grants made at random ----


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue with one benefit, to be given others."""
    root: Path = tmp_path_factory.mktemp("catalogue")
    return Library.of(root, vocabulary=VOCABULARY, text=document(benefit())).load()


@st.composite
def books(draw: st.DrawFn, plain: Catalogue) -> Catalogue:
    """A catalogue of a few benefits and rules on them; only what a plan looks at is different."""
    (one,) = plain.benefits.values()
    few = draw(st.integers(1, 7))
    ids = [f"xx/{place}" for place in draw(st.permutations(range(few)))]
    benefits = [
        replace(
            one,
            id=id,
            departments=draw(st.sampled_from([("甲局",), ("乙局",), ("甲局", "乙局"), ()])),
            subject=draw(st.sampled_from([None, None, "项目"])),
            document=replace(one.document, level=draw(st.sampled_from(["市", "市", "省"]))),
            form=draw(st.sampled_from([Form.GRANT, Form.TAX, Form.LOAN])),
            amount=draw(st.sampled_from([one.amount, one.amount, None])),
            matter=draw(st.sampled_from(["", "上市"])),
            category=draw(st.sampled_from(["", "一类"])),
            matching=draw(st.booleans()),
            taxes=draw(st.sampled_from([(), ("增值税",), ("增值税", "契税"), ("契税",), ("房产税", "契税")])),
        )
        for id in ids
    ]
    rules = tuple(draw(stacking_rules(ids, place)) for place in range(draw(st.integers(0, 4))))
    book = replace(plain.book, benefits={one.id: one for one in benefits}, stacking=rules)
    return replace(plain, book=book)


@st.composite
def stacking_rules(draw: st.DrawFn, ids: list[str], place: int) -> StackingRule:
    covered = draw(st.frozensets(st.sampled_from(ids), min_size=1))
    kind = draw(st.sampled_from(["most", "most", "highest", "total", "upper"]))
    words = ["企业", "责任单位", "年度", "项目", "事由", "事项", "类别"]
    per = tuple(draw(st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True)))
    return StackingRule(
        id=f"xx#limit{place}",
        document="xx",
        per=per,
        benefits=covered,
        at_most=draw(st.integers(1, 2)) if kind in ("most", "highest") else None,
        highest_only=kind == "highest",
        total=draw(st.integers(1, 12)) if kind == "total" else None,
        upper_funds=kind == "upper",
    )


@st.composite
def answers(draw: st.DrawFn, catalogue: Catalogue, items: int) -> list[Result]:
    """What evaluation may say to an enterprise with so many 项目."""
    found = []
    for one in catalogue.benefits.values():
        given = one.amount
        for item in range(items) if one.subject else [None]:
            low = draw(st.integers(0, 6))
            high = draw(st.none() | st.just(low) | st.integers(low, 8))
            found.append(
                Result(
                    benefit=one,
                    on=DAY,
                    subject=None if item is None else f"线{item}",
                    verdict=draw(st.sampled_from([Verdict.ELIGIBLE, Verdict.LIKELY, Verdict.INCOMPLETE])),
                    but_for_dates=None,
                    amount=AmountRange(given.kind, low, high, given.total.type) if given else None,
                    missing=(),
                    missing_for_amount=(),
                    reservations=(),
                    unconfirmed=(),
                    why=None,
                    item_index=item,
                )
            )
    return found


@st.composite
def known(draw: st.DrawFn, catalogue: Catalogue) -> dict[str, Any]:
    """The facts that a plan looks at: what was received, and what projects are called."""
    grant = st.fixed_dictionaries(
        {},
        optional={
            "事项": st.sampled_from(list(catalogue.benefits)),
            "级别": st.sampled_from(["市", "省", "国家"]),
            "责任单位": st.sampled_from(["甲局", "乙局"]),
            "事由": st.just("上市"),
            "项目": st.sampled_from(["项目·1·线0", "项目·2·线1"]),
            "年度": st.sampled_from([2023, 2024]),
            "金额": st.integers(0, 6),
        },
    )
    facts: dict[str, Any] = {"项目": tuple({"名称": f"线{item}"} for item in range(draw(st.integers(0, 2))))}
    if draw(st.booleans()):
        facts[RECEIVED] = tuple(draw(st.lists(grant, max_size=2)))
    return facts


@pytest.mark.parametrize("most_items", [64, 1])
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_so_it_is_with_any_rules_and_answers(plain: Catalogue, most_items: int, data: st.DataObject) -> None:
    catalogue = data.draw(books(plain))
    firms = data.draw(st.lists(known(catalogue), min_size=1, max_size=5))
    judged = [data.draw(answers(catalogue, len(facts["项目"]))) for facts in firms]
    with patch.object(many_plans, "_MOST_ITEMS", most_items):
        check(catalogue, firms, judged)


def test_a_later_batch_may_have_more_items_than_all_before(plain: Catalogue) -> None:
    (one,) = plain.benefits.values()
    over_projects = replace(one, subject="项目")
    rule = StackingRule("xx#limit1", "xx", ("企业",), frozenset({one.id}), total=15)
    book = replace(plain.book, benefits={one.id: over_projects}, stacking=(rule,))
    planner = TablePlanner(book, [over_projects], DAY)
    for items in (1, 5, 2):
        verdicts = pl.DataFrame(
            [(0, 0, item, 0, 4, 4) for item in range(items)],
            schema=["row", "benefit", "item", "verdict", "low", "high"],
            orient="row",
        ).cast({name: LONG[name] for name in ("row", "benefit", "item", "verdict", "low", "high")})
        plans = planner.plan(verdicts, as_batch_with_odd(book, [{}]))
        assert plans.enterprises["total_low"].to_list() == [min(15, 4 * items)]
        assert plans.enterprises["claims"].to_list() == [min(4, items)]


def two_under_a_total(plain: Catalogue, low: int) -> tuple[TablePlanner, pl.DataFrame, Batch]:
    """An enterprise with two claims under a total of 10 分 and one under none; another has one of them."""
    (one,) = plain.benefits.values()
    benefits = [replace(one, id=f"xx/{place}") for place in range(3)]
    rule = StackingRule("xx#limit1", "xx", ("企业",), frozenset({"xx/0", "xx/1"}), total=10)
    book = replace(plain.book, benefits={one.id: one for one in benefits}, stacking=(rule,))
    columns = ("row", "benefit", "item", "verdict", "low", "high")
    verdicts = pl.DataFrame(
        [
            (0, 0, None, 0, low, low),
            (0, 1, None, 0, low, low),
            (0, 2, None, 0, 5, 5),
            (1, 0, None, 0, low, low),
        ],
        schema={name: LONG[name] for name in columns},
        orient="row",
    )
    return TablePlanner(book, benefits, DAY), verdicts, as_batch_with_odd(book, [{}, {}])


@pytest.mark.parametrize("by_itself", [False, True])
def test_who_is_undecided_takes_nothing_and_has_a_bound(
    plain: Catalogue, by_itself: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "_sets", lambda *_: None)
    monkeypatch.setattr(solver, "_EFFORT", 0.0)
    planner, verdicts, batch = two_under_a_total(plain, 8)
    if by_itself:
        batch = replace(batch, odd={0: {RECEIVED: ({"名称": "旧奖"},)}})
    plans = planner.plan(verdicts, batch)
    assert plans.claims["taken"].to_list() == [False, False, False, True]
    assert plans.claims["high"].to_list() == [0, 0, 0, 8]
    assert plans.enterprises.rows() == [(0, 0, 0, 0, True, 21), (1, 8, 8, 1, False, 8)]


def test_amounts_that_cannot_be_added_up_are_refused(plain: Catalogue) -> None:
    planner, verdicts, batch = two_under_a_total(plain, 2**61)
    with pytest.raises(ValueError, match="第1家企业各项的金额加起来超过"):
        planner.plan(verdicts, batch)


def test_no_verdicts_are_no_plans(plain: Catalogue) -> None:
    planner, verdicts, batch = two_under_a_total(plain, 8)
    plans = planner.plan(verdicts.clear(), batch)
    assert plans.claims.is_empty()
    assert plans.enterprises.rows() == [(0, 0, 0, 0, False, 0), (1, 0, 0, 0, False, 0)]
