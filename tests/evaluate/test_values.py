"""The operations of the language on single values, beside definitions that owe nothing to the code."""

import operator
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.evaluate.values import (
    ARITHMETIC,
    COMPARISONS,
    INFINITE,
    Answer,
    Uncertain,
    all_,
    any_,
    equal,
    greatest,
    hull,
    is_known,
    least,
    member,
    missing_of,
    not_,
    ranged,
    round_to,
)
from tests.support import reference

U = "未知"  # stands for unknown in the tables
TRUTHS = (True, False, U)

# Kleene's strong logic, row by row: left operand, right operand, result.
AND = {
    (True, True): True, (True, False): False, (True, U): U,
    (False, True): False, (False, False): False, (False, U): False,
    (U, True): U, (U, False): False, (U, U): U,
}  # fmt: skip
OR = {
    (True, True): True, (True, False): True, (True, U): True,
    (False, True): True, (False, False): False, (False, U): U,
    (U, True): True, (U, False): U, (U, U): U,
}  # fmt: skip


def truth(word: object, key: str) -> Answer:
    return Uncertain(frozenset((key,))) if word == U else word


def said(answer: Answer) -> bool | str:
    return bool(answer) if is_known(answer) else U


@reference("L5.1")
@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_and_or_follow_the_tables(left: bool | str, right: bool | str) -> None:
    values = (truth(left, "甲"), truth(right, "乙"))
    assert said(all_(values)) == AND[left, right]
    assert said(any_(values)) == OR[left, right]


@reference("L5.1")
def test_not_leaves_the_unknown_unknown() -> None:
    assert not_(True) is False
    assert not_(False) is True
    unknown = truth(U, "甲")
    assert not_(unknown) == unknown


@reference("L5.1")
def test_and_of_nothing_is_true_and_or_of_nothing_false() -> None:
    assert all_(()) is True
    assert any_(()) is False


@reference("L5.6")
def test_the_unknown_parts_are_named_and_only_when_they_decide() -> None:
    first, second = truth(U, "甲"), truth(U, "乙")
    assert missing_of(all_((first, True, second))) == {"甲", "乙"}
    assert missing_of(any_((first, False, second))) == {"甲", "乙"}
    assert missing_of(all_((first, False, second))) == frozenset()


def between(low: Any, high: Any, key: str = "甲") -> Answer:
    return ranged(low, high, frozenset((key,)))


@reference("L5.2")
def test_an_unknown_number_is_a_range_and_not_zero() -> None:
    unknown = between(0, INFINITE)
    capped = least((ARITHMETIC["*"](unknown, Fraction(3, 10)), 200))
    assert (capped.low, capped.high, capped.missing) == (0, 200, {"甲"})


NUMBERS = st.integers(-6, 6)
RANGES = st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))


@reference("L5.2")
@given(left=RANGES, right=RANGES, op=st.sampled_from("+-*/"))
def test_a_range_of_results_is_exactly_what_can_come_out(
    left: tuple[int, int], right: tuple[int, int], op: str
) -> None:
    """Of whole numbers every result lies inside, and the ends are among them, unless zero may divide."""
    answer = ARITHMETIC[op](between(*left), between(*right, key="乙"))
    pairs = product(range(left[0], left[1] + 1), range(right[0], right[1] + 1))
    if op == "/" and right[0] <= 0 <= right[1]:
        assert (answer.low, answer.high) == (-INFINITE, INFINITE)
        return
    compute: dict[str, Callable[[Fraction, int], Fraction]] = {
        "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    }  # fmt: skip
    results = [compute[op](Fraction(a), b) for a, b in pairs]
    low, high = (answer, answer) if is_known(answer) else (answer.low, answer.high)
    assert (low, high) == (min(results), max(results))


@reference("L5.2")
@given(parts=st.lists(RANGES, min_size=1, max_size=3))
def test_so_it_is_with_the_greatest_and_the_least(parts: list[tuple[int, int]]) -> None:
    values = [between(*part, key=str(place)) for place, part in enumerate(parts)]
    every = list(product(*(range(low, high + 1) for low, high in parts)))
    for pick, choose in ((greatest, max), (least, min)):
        answer = pick(values)
        results = [choose(one) for one in every]
        low, high = (answer, answer) if is_known(answer) else (answer.low, answer.high)
        assert (low, high) == (min(results), max(results))


@reference("L5.6")
@given(parts=st.lists(RANGES, min_size=1, max_size=3))
def test_of_the_greatest_only_those_are_named_that_can_still_change_it(parts: list[tuple[int, int]]) -> None:
    answer = greatest([between(*part, key=str(place)) for place, part in enumerate(parts)])
    for place, (low, high) in enumerate(parts):
        others = [range(a, b + 1) for n, (a, b) in enumerate(parts) if n != place]
        changes = any(
            len({max((value, *rest)) for value in range(low, high + 1)}) > 1 for rest in product(*others)
        )
        assert (str(place) in missing_of(answer)) == changes


OPERATORS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@reference("L5.3")
@given(left=RANGES, right=RANGES, op=st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
def test_a_comparison_is_decided_as_soon_as_it_can_be(
    left: tuple[int, int], right: tuple[int, int], op: str
) -> None:
    answer = COMPARISONS[op](between(*left), between(*right, key="乙"))
    pairs = product(range(left[0], left[1] + 1), range(right[0], right[1] + 1))
    outcomes = {OPERATORS[op](a, b) for a, b in pairs}
    assert {said(answer)} == (outcomes if len(outcomes) == 1 else {U})


@reference("L3.6")
def test_dividing_by_zero_has_no_value_and_waits_for_nothing() -> None:
    answer = ARITHMETIC["/"](1, 0)
    assert (answer.low, answer.high, answer.missing) == (-INFINITE, INFINITE, frozenset())


@reference("L3.6")
@given(st.integers(-(10**20), 10**20), st.integers(1, 10**10))
def test_division_is_exact(a: int, b: int) -> None:
    quotient = ARITHMETIC["/"](a, b)
    assert ARITHMETIC["*"](quotient, b) == a
    assert isinstance(quotient, int) == (a % b == 0)


def one_of(*options: str, key: str = "甲") -> Answer:
    return Uncertain(frozenset((key,)), options=frozenset(options))


@reference("L5.4")
def test_an_unknown_option_is_one_of_those_that_are_left() -> None:
    assert equal(one_of("小型", "微型"), "大型") is False
    assert not is_known(equal(one_of("小型", "微型"), "小型"))
    assert member((one_of("小型", "微型"), "小型", "微型", "中型")) is True
    assert member((one_of("小型", "微型"), "大型", "中型")) is False
    assert missing_of(member((one_of("小型", "微型"), "小型", "中型"))) == {"甲"}


@reference("L5.4")
def test_two_branches_alike_are_that_one_and_else_both_are_possible() -> None:
    waits = frozenset(("甲",))
    assert hull((3, 3), waits) == 3
    assert hull((3, 8), waits) == Uncertain(waits, 3, 8)
    assert hull(("小型", "大型"), waits) == Uncertain(waits, options=frozenset(("小型", "大型")))
    assert hull((True, True), waits) is True
    assert hull((True, False), waits) == Uncertain(waits)
    assert hull((3, between(5, 9, key="乙")), waits) == Uncertain(waits | {"乙"}, 3, 9)


MODES = {"四舍五入": ROUND_HALF_UP, "舍去": ROUND_DOWN, "进位": ROUND_UP}


@reference("L3.8", "L7.6")
@given(
    number=st.decimals(-(10**12), 10**12, places=6, allow_nan=False, allow_infinity=False),
    step=st.sampled_from((1, 5, 100, 10**6, Fraction(1, 100), Fraction(1, 200))),
    mode=st.sampled_from(sorted(MODES)),
)
def test_rounding_is_what_decimal_does(number: Decimal, step: int | Fraction, mode: str) -> None:
    in_decimal = Decimal(step.numerator) / Decimal(step.denominator)
    steps = (number / in_decimal).quantize(Decimal(1), rounding=MODES[mode])
    rounded = round_to(mode, Fraction(number), step)
    assert rounded == Fraction(steps) * step
    assert isinstance(rounded, type(step))


@reference("L3.8")
@pytest.mark.parametrize(
    ("mode", "number", "rounded"),
    [
        ("四舍五入", Fraction(-5, 2), -3),
        ("四舍五入", Fraction(5, 2), 3),
        ("四舍五入", Fraction(249, 100), 2),
        ("舍去", Fraction(-29, 10), -2),
        ("舍去", Fraction(29, 10), 2),
        ("进位", Fraction(-21, 10), -3),
        ("进位", Fraction(21, 10), 3),
        ("进位", 2, 2),
    ],
)
def test_rounding_at_the_half_and_below_zero(mode: str, number: Fraction, rounded: int) -> None:
    assert round_to(mode, number, 1) == rounded


@reference("L3.8")
def test_a_range_is_rounded_at_both_ends() -> None:
    assert round_to("四舍五入", between(Fraction(14, 10), Fraction(26, 10)), 1) == between(1, 3)
    assert round_to("舍去", between(Fraction(11, 10), Fraction(19, 10)), 1) == 1
    assert round_to("进位", between(0, INFINITE), 1) == between(0, INFINITE)
