"""Plans of many enterprises at once beside the plan of each, and the sets that are worth trying."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.allocate import Claim, Limit, TooHardError, UpperFunds, plan, solver
from huiqi.allocate.listing import _lawful_sets, choose_by_listing
from huiqi.allocate.many import Effort, Planner, best_of, choose
from huiqi.allocate.problem import Problem, Slots
from huiqi.allocate.sets import worthwhile_sets
from tests.allocate.test_best import Law, claims, laws, limits, upper_funds
from tests.allocate.test_solver import problems

Asked = list[tuple[int, int, int, int]]
"""The claims of many: the enterprise, the kind of claim, low and high."""


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test makes the search give up is not remembered in the next."""
    yield
    choose._sets.cache_clear()
    choose._solved.cache_clear()


def table(asked: Asked) -> pl.DataFrame:
    columns = {"row": pl.UInt32, "kind": pl.UInt32, "low": pl.Int64, "high": pl.Int64}
    return pl.DataFrame(asked, schema=columns, orient="row")


def planned(planner: Planner, asked: Asked) -> dict[tuple[int, int], tuple[int, int]]:
    """What is taken of each kind by each enterprise, and paid."""
    answer = planner.plan(table(asked))
    assert not answer["undecided"].any()
    paid: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, kind, _, _), (taken, low, high, _) in zip(asked, answer.iter_rows(), strict=True):
        assert taken or (low, high) == (0, 0)
        if taken:
            paid[row, kind] = low, high
    return paid


def each_alone(
    kinds: tuple[Claim, ...], limits: tuple[Limit, ...], upper: tuple[UpperFunds, ...], asked: Asked
) -> dict[tuple[int, int], tuple[int, int]]:
    """The same by `plan`, one after the other."""
    number = {kind.key: place for place, kind in enumerate(kinds)}
    paid: dict[tuple[int, int], tuple[int, int]] = {}
    for row, group in itertools.groupby(asked, key=lambda one: one[0]):
        own = [replace(kinds[kind], low=low, high=high) for _, kind, low, high in group]
        for one in plan(own, limits, upper).chosen:
            paid[row, number[one.claim.key]] = one.low, one.high
    return paid


@st.composite
def many(
    draw: st.DrawFn, kind_count: int, most: int
) -> tuple[tuple[Claim, ...], tuple[Limit, ...], tuple[UpperFunds, ...], Asked]:
    """Kinds of claims, rules on them, and enterprises that have some of them, often the same ones."""
    size = draw(st.integers(1, kind_count))
    names = draw(st.permutations([f"权益{place}" for place in range(size)]))
    kinds = tuple(draw(claims(name, most)) for name in names)
    rules = tuple(draw(limits(f"限制{place}", 2 * most)) for place in range(draw(st.integers(0, 5))))
    upper = tuple(draw(st.lists(upper_funds, max_size=1)))
    patterns = draw(st.lists(st.sets(st.integers(0, size - 1)), min_size=1, max_size=3))
    asked: Asked = []
    for row in range(draw(st.integers(1, 8))):
        for kind in sorted(draw(st.sampled_from(patterns))):
            high = draw(st.integers(0, most))
            asked.append((row, kind, draw(st.just(high) | st.integers(0, high)), high))
    return kinds, rules, upper, asked


Rules = tuple[tuple[Claim, ...], tuple[Limit, ...], tuple[UpperFunds, ...], Asked]


@pytest.mark.parametrize(
    ("listed", "at_once"), [(4096, 1 << 20), (4096, 1), (1, 1 << 20)], ids=["columns", "in pieces", "solver"]
)
@settings(max_examples=80)
@given(rules=many(8, 4))
def test_each_gets_what_its_own_plan_says(listed: int, at_once: int, rules: Rules) -> None:
    kinds, limits, upper, asked = rules
    choose._sets.cache_clear()
    with patch.multiple(choose, _LISTED=listed, _AT_ONCE=at_once):
        found = planned(Planner(kinds, limits, upper), asked)
    assert found == each_alone(kinds, limits, upper, asked)


@settings(max_examples=100)
@given(rules=many(16, 10**13))
def test_so_it_is_with_more_claims_and_large_amounts(rules: Rules) -> None:
    kinds, limits, upper, asked = rules
    assert planned(Planner(kinds, limits, upper), asked) == each_alone(kinds, limits, upper, asked)


@settings(max_examples=200)
@given(law=laws(claim_count=10, limit_count=5, most=6))
def test_one_that_has_received_something_gets_what_its_plan_says(law: Law) -> None:
    paid = best_of(law.claims, law.limits, law.upper, law.received, Effort())
    assert paid == {one.claim.key: (one.low, one.high) for one in law.plan().chosen}


@settings(max_examples=200)
@given(asked=problems())
def test_the_best_set_is_worthwhile_and_nothing_free_can_be_added_to_one_that_is(asked: Problem) -> None:
    sets = worthwhile_sets(asked.size, asked.slots, asked.totals, 2**asked.size)
    every = choose_by_listing(asked, 2**asked.size + 1)
    assert sets is not None
    assert every is not None
    assert tuple(sorted(every.best.taken)) in sets
    under_total = {item for cap in asked.totals for item in cap.members}
    free = [item for item in range(asked.size) if item not in under_total]
    lawful = [set(taken) for taken in _lawful_sets(asked)]
    for taken in map(set, sets):
        assert taken in lawful
        assert not any(taken | {item} in lawful for item in free if item not in taken)
    same = [[set(one) for one in sets if len(one) == size] for size in range(asked.size + 1)]
    assert all(group == sorted(group, key=sorted) for group in same)


def one_each(items: Iterable[int], room: int) -> Slots:
    return Slots(tuple((item,) for item in items), room)


def test_too_many_sets_are_not_listed() -> None:
    pairs = tuple(one_each((2 * pair, 2 * pair + 1), 1) for pair in range(10))
    assert len(worthwhile_sets(20, pairs, (), 1024) or ()) == 1024
    assert worthwhile_sets(20, pairs, (), 1023) is None


def test_more_blocks_than_can_be_looked_through_are_not_listed() -> None:
    assert worthwhile_sets(2000, (one_each(range(2000), 1),), (), 10**6) is None


def test_many_items_of_one_benefit_are_one_choice() -> None:
    """Five hundred items of a benefit that takes one place, beside another that takes it: two sets."""
    slots = (Slots((tuple(range(500)), (500,)), 1),)
    assert worthwhile_sets(501, slots, (), 2) == [tuple(range(500)), (500,)]


def claim(key: str, benefit: str = "甲", **keys: tuple[str, ...]) -> Claim:
    return Claim(key, benefit, key, "文件", "市", 0, 0, keys)


def limit(benefits: str = "甲乙丙", **what: Any) -> Limit:
    return Limit(f"限{benefits}", "五", "不能都享受", frozenset(benefits), (), **what)


def test_kinds_with_the_same_key_are_refused() -> None:
    with pytest.raises(ValueError, match="标识相同"):
        Planner([claim("甲"), claim("甲")], [], [])


def test_no_kinds_and_no_claims_are_no_trouble() -> None:
    assert Planner([], [], []).plan(table([])).is_empty()
    assert Planner([claim("甲")], [limit(at_most=1)], []).plan(table([])).is_empty()


def test_enterprises_that_differ_in_amounts_only_are_one_problem_and_no_solver_is_asked() -> None:
    kinds = [claim(name, name) for name in "甲乙丙"]
    planner = Planner(kinds, [limit(total=100)], [])
    asked = [(row, kind, 40 + row, 50 + kind) for row in range(10) for kind in range(3)]
    assert planned(planner, asked) == each_alone(tuple(kinds), (limit(total=100),), (), asked)
    assert (planner.effort.patterns, planner.effort.problems, planner.effort.solved) == (1, 10, 0)


def test_one_that_pays_less_than_its_twin_is_taken_where_a_third_outranks_the_twin() -> None:
    """丙 outranks 乙 (就高) and not 甲, and makes way for 丁: so 甲 is taken, not 乙, which is surer."""
    kinds = tuple(claim(f"{place}", name) for place, name in enumerate("甲乙丙丁"))
    rules = (limit("甲乙丙", at_most=1, highest_only=True), limit("丙丁", at_most=1))
    asked = [(0, 0, 1, 10), (0, 1, 2, 3), (0, 2, 2, 5), (0, 3, 100, 100)]
    found = planned(Planner(kinds, rules, ()), asked)
    assert found == each_alone(kinds, rules, (), asked)
    assert set(found) == {(0, 0), (0, 3)}


def test_a_total_that_suffices_without_what_is_turned_down_changes_no_order_of_payment() -> None:
    """Two totals would cross at 甲, to be paid last; but 丁, which 戊 outranks, needs no room."""
    kinds = tuple(claim(f"{place}", name) for place, name in enumerate("甲乙丙丁戊"))
    rules = (
        limit("甲乙", total=5),
        limit("甲丙丁", total=8),
        limit("丁戊", at_most=1, highest_only=True),
    )
    asked = [(0, 0, 4, 4), (0, 1, 4, 4), (0, 2, 4, 4), (0, 3, 4, 4), (0, 4, 5, 5)]
    found = planned(Planner(kinds, rules, ()), asked)
    assert found == each_alone(kinds, rules, (), asked)
    assert (found[0, 0], found[0, 1]) == ((4, 4), (1, 1))


def test_what_is_not_proved_is_undecided_and_the_rest_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "_LISTED", 1)
    monkeypatch.setattr(solver, "_EFFORT", 0.0)
    kinds = [claim("甲", "甲"), claim("乙", "乙"), claim("丁", "丁")]
    planner = Planner(kinds, [limit(total=10)], [])
    asked = [(0, 0, 8, 8), (0, 1, 8, 8), (0, 2, 5, 5), (1, 0, 8, 8)]
    answer = planner.plan(table(asked))
    assert answer["undecided"].to_list() == [True, True, False, False]
    assert answer["taken"].to_list() == [False, False, True, True]
    assert answer["low"].to_list() == [0, 0, 5, 8]
    with pytest.raises(TooHardError, match="没有算出最优的一组"):
        best_of([replace(one, low=8, high=8) for one in kinds[:2]], [limit(total=10)], [], [], Effort())
