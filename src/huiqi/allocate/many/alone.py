"""The best lawful set of one enterprise that has something of its own, without reasons and prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from huiqi.allocate.binding import as_problem, bind
from huiqi.allocate.many.choose import Effort, choose
from huiqi.allocate.rules import Claim, Limit, Received, UpperFunds
from huiqi.allocate.solver import TooHardError


def best_of(
    claims: Iterable[Claim],
    limits: Iterable[Limit],
    upper: Iterable[UpperFunds],
    received: Iterable[Received],
    effort: Effort,
) -> Mapping[str, tuple[int, int]]:
    """What `plan` takes, by key, and what it pays (low and high, 分).

    Raises `TooHardError` when it cannot be proved which set is best.
    """
    ordered = tuple(sorted(claims, key=lambda claim: claim.key))
    bound = bind(ordered, tuple(limits), tuple(upper), tuple(received))
    open_ones = [number for number in range(len(ordered)) if number not in bound.barred]
    problem = as_problem(ordered, bound).part(open_ones)
    paid: dict[str, tuple[int, int]] = {}
    for component in problem.components():
        part = problem.part(component)
        if len(component) == 1:
            paid[ordered[open_ones[component[0]]].key] = part.low[0], part.high[0]
            continue
        choices = choose(part, np.array([part.low], np.int64), np.array([part.high], np.int64), effort)
        if choices.undecided[0]:
            raise TooHardError("组合太复杂，没有算出最优的一组")
        for index in choices.taken[0].nonzero()[0].tolist():
            low, high = int(choices.low[0, index]), int(choices.high[0, index])
            paid[ordered[open_ones[component[index]]].key] = low, high
    return paid
