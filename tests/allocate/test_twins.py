"""Which items are in the same position, and which only look so."""

from huiqi.allocate.problem import Choice, Problem, Slots, Total
from huiqi.allocate.twins import exchange, find_twins


def one_each(items: tuple[int, ...], room: int) -> Slots:
    return Slots(tuple((item,) for item in items), room)


def leaders(low: tuple[int, ...], *slots: Slots, totals: tuple[Total, ...] = ()) -> tuple[int, ...]:
    return find_twins(Problem(low, low, slots, totals)).leader_of


def test_of_items_that_share_one_slot_the_best_leads_and_of_equals_the_first() -> None:
    assert leaders((3, 5, 4), one_each((0, 1, 2), 1)) == (1, 1, 1)
    assert leaders((5, 5, 4), one_each((0, 1, 2), 1)) == (0, 0, 0)


def test_items_that_may_be_had_together_are_not_twins() -> None:
    assert leaders((3, 5), one_each((0, 1), 2)) == (0, 1)
    assert leaders((3, 5)) == (0, 1)


def test_an_item_with_another_rival_is_not_a_twin() -> None:
    assert leaders((3, 5, 4), one_each((0, 1), 1), one_each((1, 2), 1)) == (0, 1, 2)


def test_an_item_of_another_group_of_two_is_not_a_twin() -> None:
    assert leaders((3, 5, 4, 2), one_each((0, 1), 1), one_each((1, 2, 3), 2)) == (0, 1, 2, 3)
    assert leaders((3, 5, 4, 2), one_each((0, 1), 1), one_each((0, 1, 2, 3), 2)) == (1, 1, 2, 3)


def test_items_of_one_group_are_twins_only_if_something_else_keeps_them_apart() -> None:
    together = Slots(((0, 1), (2,)), 1)
    assert leaders((3, 5, 4), together) == (0, 1, 2)
    assert leaders((3, 5, 4), together, one_each((0, 1), 1)) == (1, 1, 2)


def test_an_item_of_a_group_is_not_the_twin_of_one_outside() -> None:
    assert leaders((3, 5, 4), Slots(((0, 1), (2,)), 1), one_each((0, 1, 2), 1)) == (1, 1, 2)


def test_items_of_two_groups_are_not_twins() -> None:
    """With 0, 1 and 4 two groups are in use; with 2, 1 and 4 it would be three."""
    two_of_three = Slots(((0, 1), (2, 3), (4,)), 2)
    assert leaders((3, 5, 4, 2, 1), two_of_three, one_each((0, 2), 1)) == (0, 1, 2, 3, 4)


def test_items_under_a_total_are_not_twins() -> None:
    assert leaders((3, 5), one_each((0, 1), 1), totals=(Total((0, 1), 6),)) == (0, 1)


def test_an_exchange_changes_what_is_paid_by_the_difference() -> None:
    problem = Problem((3, 5, 4), (3, 9, 8), (one_each((0, 1), 1),), ())
    assert exchange(problem, Choice(frozenset({1, 2}), 9, 17), out=1, into=0) == Choice(
        frozenset({0, 2}), 7, 11
    )
    assert exchange(problem, Choice(frozenset({1, 2}), 9, 17), out=1, into=1) == Choice(
        frozenset({1, 2}), 9, 17
    )
