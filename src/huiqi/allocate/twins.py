"""Items of which only the best matters, because each excludes the others and they are otherwise alike.

Most rules say "one of these": one item a department and year, one of a pair. Setting such twins aside first
leaves so little to decide that most enterprises need no solver, and gives the price of each for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.allocate.problem import Choice, Problem


@dataclass(frozen=True, slots=True)
class Twins:
    """``leaders`` are the items to decide on, in order; ``leader_of`` gives each item's leader."""

    leaders: tuple[int, ...]
    leader_of: tuple[int, ...]


def find_twins(problem: Problem) -> Twins:
    """Group items that share a single slot and whose caps leave exactly the same others possible.

    In any lawful set, an item can be exchanged for its twin. So the best set has of each group its leader,
    which pays most, or none; and the best set with another one is the best set with the leader, the two
    exchanged. Items under a total have no twins: what others are paid depends on their amount.
    """
    rivals = [{item} for item in range(problem.size)]
    places: list[set[object]] = [set() for _ in range(problem.size)]
    for cap in problem.slots:
        for group in cap.groups:
            for item in group:
                if cap.room == 1:
                    rivals[item].update(set(cap.members).difference(group))
                # Exchanged for one outside, an item of a larger group would leave its slot in use.
                if cap.room > 1 or len(group) > 1:
                    places[item].add((cap, group if len(group) > 1 else ()))
    under_total = {item for cap in problem.totals for item in cap.members}
    groups: dict[object, list[int]] = {}
    for item in range(problem.size):
        position = item if item in under_total else (frozenset(rivals[item]), frozenset(places[item]))
        groups.setdefault(position, []).append(item)
    leader_of = [0] * problem.size
    for alike in groups.values():
        # Of equals, max takes the first.
        leader = max(alike, key=lambda item: (problem.low[item], problem.high[item]))
        for item in alike:
            leader_of[item] = leader
    return Twins(tuple(sorted(set(leader_of))), tuple(leader_of))


def exchange(problem: Problem, choice: Choice, out: int, into: int) -> Choice:
    """The choice with one item exchanged for its twin."""
    return Choice(
        choice.taken - {out} | {into},
        choice.low - problem.low[out] + problem.low[into],
        choice.high - problem.high[out] + problem.high[into],
    )
