"""Paying in turn, beside every way of sharing out the totals."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from huiqi.allocate.payment import paying_in_turn, paying_order
from huiqi.allocate.problem import Problem, Total


def problem(low: list[int], high: list[int], *totals: Total) -> Problem:
    return Problem(tuple(low), tuple(high), (), totals)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    size = draw(st.integers(1, 6))
    high = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    low = [draw(st.integers(0, most)) for most in high]
    members = st.sets(st.integers(0, size - 1), min_size=1).map(sorted).map(tuple)
    caps = st.builds(Total, members, st.integers(0, 8))
    return problem(low, high, *draw(st.lists(caps, max_size=4)))


def crossings(totals: tuple[Total, ...]) -> int:
    pairs = itertools.combinations([set(cap.members) for cap in totals], 2)
    return sum(bool(a & b) and not (a <= b or b <= a) for a, b in pairs)


def ways(asked: Problem) -> list[tuple[int, ...]]:
    return [
        way
        for way in itertools.product(*(range(most + 1) for most in asked.high))
        if all(sum(way[item] for item in cap.members) <= cap.room for cap in asked.totals)
    ]


@given(problems())
def test_it_keeps_every_total_and_stays_within_each_amount(asked: Problem) -> None:
    paid = paying_in_turn(asked)(range(asked.size))
    assert paid.high in ways(asked)
    for low, most, own in zip(paid.low, paid.high, asked.low, strict=True):
        assert 0 <= low <= min(most, own)


@given(problems())
def test_no_other_way_pays_more_while_only_two_totals_cross(asked: Problem) -> None:
    assume(crossings(asked.totals) <= 1)
    paid = paying_in_turn(asked)(range(asked.size))
    assert (sum(paid.low), sum(paid.high)) == max(
        (sum(map(min, way, asked.low)), sum(way)) for way in ways(asked)
    )


def test_items_under_both_of_two_totals_that_cross_come_last() -> None:
    asked = problem([8, 8, 8], [8, 8, 8], Total((0, 1), 10), Total((0, 2), 10))
    assert paying_order(asked) == (1, 2, 0)
    assert paying_in_turn(asked)({0, 1, 2}).low == (2, 8, 8)


def test_what_is_not_taken_is_paid_nothing_and_uses_nothing() -> None:
    asked = problem([8, 8], [8, 8], Total((0, 1), 10))
    assert paying_in_turn(asked)({1}).low == (0, 8)


def test_certain_parts_are_paid_before_what_is_only_possible() -> None:
    asked = problem([0, 5], [10, 10], Total((0, 1), 10))
    paid = paying_in_turn(asked)({0, 1})
    assert (paid.low, paid.high) == ((0, 5), (5, 5))
