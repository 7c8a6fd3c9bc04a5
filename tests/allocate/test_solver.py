"""The solver beside the listing of every set, and what it says when it gives up."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.allocate import TooHardError, solver
from huiqi.allocate.listing import choose_by_listing
from huiqi.allocate.problem import Optima, Problem, Slots, Total
from huiqi.allocate.solver import choose_by_solver


def one_each(items: Iterable[int], room: int) -> Slots:
    return Slots(tuple((item,) for item in items), room)


def grouped(items: tuple[int, ...]) -> st.SearchStrategy[tuple[tuple[int, ...], ...]]:
    """The items one by one, or the first few of them in one group."""
    return st.integers(1, len(items)).map(lambda few: (items[:few], *((item,) for item in items[few:])))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any slots and totals, crossing as they like, and amounts up to a hundred billion 元."""
    size = draw(st.integers(1, 7))
    amounts = st.integers(0, 4) | st.integers(0, 10**13)
    high = draw(st.lists(amounts, min_size=size, max_size=size))
    low = [draw(st.just(most) | st.integers(0, most)) for most in high]
    members = st.sets(st.integers(0, size - 1), min_size=1).map(sorted).map(tuple)
    slots = draw(st.lists(st.builds(Slots, members.flatmap(grouped), st.integers(1, 2)), max_size=4))
    totals = [
        Total(group, draw(st.integers(max(high[item] for item in group), sum(high[item] for item in group))))
        for group in draw(st.lists(members, max_size=4))
    ]
    return Problem(tuple(low), tuple(high), tuple(slots), tuple(totals)).part(range(size))


@settings(max_examples=50)
@given(problems())
def test_it_chooses_as_listing_every_set_does(asked: Problem) -> None:
    assert choose_by_solver(asked) == choose_by_listing(asked, at_most=2**asked.size)


def test_listing_leaves_to_it_what_has_too_many_sets() -> None:
    asked = Problem((1, 1), (1, 1), (), ())
    assert choose_by_listing(asked, at_most=3) is None
    assert choose_by_listing(asked, at_most=4) is not None


def test_it_does_without_presolving() -> None:
    """Presolving this takes all the memory there is, and far larger problems are solved without."""
    low = (21_771_720, 4_609_436, 92_902_031, 34_944_984, 48_444_188, 0)
    every = tuple(range(6))
    slots = (one_each(every, 1), one_each((1, 2, 3, 5), 2))
    asked = Problem(low, (*low[:5], 3_185_304), slots, (Total(every, 123_752_012),))
    assert choose_by_solver(asked).best.taken == {2}


def test_thirty_items_under_totals_that_cross_are_no_trouble() -> None:
    amounts = tuple(10**10 * (7 * item % 41 + 1) for item in range(30))
    slots = tuple(one_each((start, start + 1, start + 3, start + 6), 1) for start in range(0, 24, 3))
    totals = (Total(tuple(range(16)), 10**12), Total(tuple(range(8, 24)), 9 * 10**11))
    optima = choose_by_solver(Problem(amounts, amounts, slots, totals).part(range(30)))
    assert optima.best.low >= max(having.low for having in optima.having)
    assert all(item in having.taken for item, having in enumerate(optima.having))


def test_more_items_than_one_objective_can_order_are_ordered_too() -> None:
    """Of forty pairs that pay the same, the first of each."""
    slots = tuple(one_each((2 * pair, 2 * pair + 1), 1) for pair in range(40))
    best = solver._choose(Problem((1,) * 80, (1,) * 80, slots, ()), ())
    assert best.taken == frozenset(range(0, 80, 2))


@pytest.mark.parametrize("choose", [choose_by_solver, partial(choose_by_listing, at_most=99)])
def test_one_more_that_brings_no_money_goes_before_fewer_that_do(
    choose: Callable[[Problem], Optima | None],
) -> None:
    against_all = tuple(one_each((0, other), 1) for other in (1, 2, 3, 4))
    optima = choose(Problem((60, 10, 20, 30, 0), (60, 10, 20, 30, 0), against_all, ()))
    assert optima is not None
    assert optima.best.taken == {1, 2, 3, 4}


def test_it_says_when_it_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_EFFORT", 0.0)
    with pytest.raises(TooHardError, match="没有算出最优的一组"):
        choose_by_solver(Problem((1, 2), (1, 2), (one_each((0, 1), 1),), ()))


def test_a_plan_with_usual_rules_does_not_load_it() -> None:
    program = """
import sys
from huiqi.allocate import Claim, Limit, plan
claims = [Claim(f"{n}", f"{n}", f"{n}", "d", "市", n, n, {"责任单位": (str(n % 4),)}) for n in range(40)]
limit = Limit("一项", "五", "只给一项", frozenset(str(n) for n in range(40)), ("责任单位",), at_most=1)
print(plan(claims, [limit]).total_low, "ortools" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["150", "False"]
