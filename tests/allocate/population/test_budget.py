"""Budgets beside an enumeration of everything that may turn out: what is said to be certain is."""

from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.allocate.population import (
    Budget,
    Candidate,
    Contest,
    Outcome,
    Range,
    Ranking,
    Shortfall,
    Standing,
    Ties,
    allot,
)
from tests.allocate.population.completions import (
    IN,
    OPEN,
    OUT,
    candidate,
    completions,
    listed,
    payments,
    ranking,
    renamed,
)

T = TypeVar("T")
WAN = 1_000_000


def contest(budget: Budget, *candidates: Candidate, rule: Ranking | None = None) -> Contest:
    if rule is None:
        candidates = tuple(replace(one, entries=()) for one in candidates)
    return Contest("甲", "甲奖", (rule,) if rule else (), budget, candidates)


def pay(
    shortfall: Shortfall, total: int, *candidates: Candidate, rule: Ranking | None = None
) -> dict[str, Standing]:
    return {one.key: one for one in allot([contest(Budget(total, shortfall), *candidates, rule=rule)])["甲"]}


spans = st.integers(0, 4) | st.tuples(st.integers(0, 4), st.integers(1, 2)).map(lambda w: (w[0], w[0] + w[1]))


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    budget = Budget(draw(st.integers(0, 9)), draw(st.sampled_from(Shortfall)))
    rule = ranking(draw(st.integers(1, 3)), draw(st.sampled_from(Ties))) if draw(st.booleans()) else None
    people = (
        candidate(
            f"{number}",
            draw(spans) if rule else 0,
            sure=draw(st.booleans()),
            amount=draw(spans),
            arrived=draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return contest(budget, *people, rule=rule)


@given(contests())
@settings(max_examples=200, deadline=None)
def test_nobody_is_paid_outside_the_range_and_no_certain_outcome_is_wrong(asked: Contest) -> None:
    """One-sided: a range may be wider than what can come about, and 未定 more careful than need be."""
    assert asked.budget is not None
    standings = {one.key: one for one in allot([asked])["甲"]}
    for known in completions(asked):
        rule = asked.rankings[0] if asked.rankings else None
        places = {one.key: listed(rule, known, one) if rule else IN for one in known}
        if OPEN in places.values():
            continue  # nobody is on the list then for certain, so nothing can be paid out
        on = [one for one in known if places[one.key] is IN]
        for key in standings.keys() - {one.key for one in on}:
            assert standings[key].outcome in (OUT, OPEN)
            assert standings[key].paid.low == 0
        for one in on:
            least, most = payments(asked.budget, on, one)
            standing = standings[one.key]
            assert standing.paid.low <= least <= most <= standing.paid.high, standing.because
            if standing.outcome is OUT:
                assert most == 0
            if standing.outcome is IN and asked.budget.shortfall is not Shortfall.PRO_RATA:
                assert least == one.amount


@given(contests(), st.permutations(range(4)))
def test_the_order_of_input_makes_no_difference(asked: Contest, order: list[int]) -> None:
    size = len(asked.candidates)
    assert allot([renamed(asked, [place for place in order if place < size])]) == allot([asked])


def test_enough_is_enough() -> None:
    for shortfall in Shortfall:
        found = pay(shortfall, 3 * WAN, candidate("a", amount=WAN), candidate("b", amount=(WAN, 2 * WAN)))
        assert [one.outcome for one in found.values()] == [IN, IN]
        assert found["b"].paid == Range(WAN, 2 * WAN)
        assert found["a"].because == "预算3万元够付全部名额"


def test_in_proportion_and_never_more_than_there_is() -> None:
    found = pay(Shortfall.PRO_RATA, 100, *(candidate(key, amount=100) for key in "abc"))
    assert [one.paid for one in found.values()] == [Range(33, 33)] * 3
    assert found["a"].because == "预算1元，全部名额合计3元，不足时按比例给"


def test_who_comes_first() -> None:
    found = pay(
        Shortfall.FIRST_COME,
        25,
        *(candidate(key, amount=10, arrived=day) for key, day in (("a", 3), ("b", 1), ("c", 2), ("d", 4))),
    )
    assert {key: (one.outcome, one.paid) for key, one in found.items()} == {
        "b": (IN, Range(10, 10)),
        "c": (IN, Range(10, 10)),
        "a": (OPEN, Range(0, 5)),
        "d": (OUT, Range(0, 0)),
    }
    assert found["d"].because == "预算0.25元先到先得，排在前面的合计0.3元，轮到它时已经用完"


def test_who_came_on_the_same_day_is_not_put_in_order() -> None:
    found = pay(Shortfall.FIRST_COME, 10, candidate("a", amount=10), candidate("b", amount=10))
    assert [(one.outcome, one.paid) for one in found.values()] == [(OPEN, Range(0, 10))] * 2


def test_by_rank() -> None:
    found = pay(
        Shortfall.BY_RANK, 10, candidate("a", 1, amount=10), candidate("b", 2, amount=10), rule=ranking(5)
    )
    assert (found["a"].outcome, found["b"].outcome) == (OUT, IN)
    assert found["a"].because == (
        "排第2名，在前5名之内；预算0.1元按名次给，排在前面的合计0.1元，轮到它时已经用完"
    )


def test_places_bound_what_can_be_asked_for() -> None:
    """Of three that are in doubt only two can be on the list, so the budget suffices."""
    people = (candidate(key, (0, 9), amount=5) for key in "abc")
    found = pay(Shortfall.UNSTATED, 10, *people, rule=ranking(2, Ties.NONE))
    assert {one.paid for one in found.values()} == {Range(0, 5)}
    assert all("够付全部名额" in one.because for one in found.values())


def test_what_is_not_said_stays_open() -> None:
    found = pay(Shortfall.UNSTATED, 5, *(candidate(key, amount=4) for key in "ab"))
    assert {(one.outcome, one.paid) for one in found.values()} == {(OPEN, Range(0, 4))}
    assert found["a"].because == "预算0.05元，全部名额合计0.08元，不够时怎么给条文没有载明"


@pytest.mark.parametrize("shortfall", Shortfall)
def test_an_amount_without_bound_is_never_called_covered(shortfall: Shortfall) -> None:
    endless = Candidate("a", "a", (), Range(0, float("inf")))
    found = pay(shortfall, 100, endless, candidate("b", amount=10))
    assert found["a"].paid == Range(0, 100)
    assert "元以上" in found["a"].because
    assert found["b"].outcome is (IN if shortfall is Shortfall.PRO_RATA else OPEN)


def test_the_unlisted_may_ask_for_any_amount() -> None:
    unlisted = Candidate("a", "a", (), Range(1, 1), waiting=("缺：项目",), many=True)
    assert pay(Shortfall.UNSTATED, 100, unlisted, candidate("b", amount=10))["b"].outcome is Outcome.OPEN
