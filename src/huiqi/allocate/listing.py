"""Choose by listing every lawful set: exact by construction, and instant while there are few."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.allocate.payment import paying_in_turn
from huiqi.allocate.problem import Choice, Optima, Problem, Rank


def choose_by_listing(problem: Problem, at_most: int) -> Optima | None:
    """The optima, or ``None`` when there are more than ``at_most`` lawful sets.

    One pass gives the best set and the best with each item, so that no price needs another search.
    """
    pay = paying_in_turn(problem)
    best: tuple[Rank, Choice] | None = None
    having: dict[int, tuple[Rank, Choice]] = {}
    for count, taken in enumerate(_lawful_sets(problem)):
        if count == at_most:
            return None
        payment = pay(taken)
        choice = Choice(frozenset(taken), sum(payment.low), sum(payment.high))
        found = (problem.rank(taken, choice.low, choice.high), choice)
        # Only a strictly better one replaces what was found before: sets come in the order that decides ties.
        if best is None or found[0] > best[0]:
            best = found
        for item in taken:
            if item not in having or found[0] > having[item][0]:
                having[item] = found
    assert best is not None  # the empty set is lawful
    return Optima(best[1], tuple(having[item][1] for item in range(problem.size)))


def _lawful_sets(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every set that the slots allow, as sorted tuples; of two of the same size, the smaller tuple first."""
    room = [cap.room for cap in problem.slots]
    groups_of: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
    for slots, cap in enumerate(problem.slots):
        for number, group in enumerate(cap.groups):
            for item in group:
                groups_of[item].append((slots, number))
    count = {place: 0 for places in groups_of for place in places}  # the items taken of each group

    def extend(taken: tuple[int, ...], start: int) -> Iterator[tuple[int, ...]]:
        yield taken
        for item in range(start, problem.size):
            new = [place for place in groups_of[item] if not count[place]]
            if not all(room[slots] for slots, _ in new):
                continue
            for place in groups_of[item]:
                count[place] += 1
            for slots, _ in new:
                room[slots] -= 1
            yield from extend((*taken, item), item + 1)
            for slots, _ in new:
                room[slots] += 1
            for place in groups_of[item]:
                count[place] -= 1

    return extend((), 0)
