"""One budget among those who got a place: who is paid, how much at least and at most.

What is said here is certain, but not always the most that could be said: it adds up the extremes of all the
others even where they cannot all come about together (one more on the list means one fewer).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from huiqi.allocate.population.places import Key
from huiqi.allocate.population.problem import INFINITE, Budget, Number, Range
from huiqi.allocate.population.result import Outcome
from huiqi.allocate.population.words import money, money_span
from huiqi.language.benefit import Shortfall


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody with a place, for certain or perhaps, what it is due, and when its turn comes.

    A turn lies between two keys; greater is earlier.
    """

    sure: bool
    amount: Range
    low: Key = ()
    high: Key = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """What the budget leaves of what somebody is due, supposing that it has a place."""

    outcome: Outcome
    paid: Range
    because: str


def pay(budget: Budget, payees: Sequence[Payee], most_paid: Number = INFINITE) -> list[Payment]:
    """What each is paid; ``most_paid`` is how many can have a place at most."""
    sums = _Sums(payees, most_paid)
    return [_payment(budget, sums, one) for one in payees]


class _Sums:
    """What is due to all the others, and to those whose turn is earlier, at least and at most."""

    def __init__(self, payees: Sequence[Payee], most_paid: Number) -> None:
        sure = sorted((one for one in payees if one.sure), key=lambda one: one.low)
        every = sorted(payees, key=lambda one: one.high)
        self._lows, self._highs = [one.low for one in sure], [one.high for one in every]
        self._least = list(accumulate((one.amount.low for one in sure), initial=0))
        self._most = list(accumulate((_most(one) for one in every), initial=0))
        greatest = sorted(map(_most, payees), reverse=True)
        self._cap: Number = INFINITE if most_paid == INFINITE else sum(greatest[: int(most_paid) - 1])

    def others(self, one: Payee) -> Range:
        """What is due to everybody else together."""
        least = self._least[-1] - (one.amount.low if one.sure else 0)
        if one.many:
            return Range(least, INFINITE)
        return Range(least, max(least, min(self._cap, self._without(self._most[-1], one))))

    def earlier(self, one: Payee) -> Range:
        """What is due to those before it; of equals, nothing says who comes first."""
        after = bisect_right(self._lows, one.high)
        least = self._least[-1] - self._least[after]
        if one.many:
            return Range(least, INFINITE)
        before = self._most[bisect_left(self._highs, one.low)]
        most = INFINITE if self._most[-1] == INFINITE else self._most[-1] - before
        return Range(least, max(least, min(self._cap, self._without(most, one))))

    @staticmethod
    def _without(total: Number, one: Payee) -> Number:
        return total if total == INFINITE else total - _most(one)


def _most(one: Payee) -> Number:
    return INFINITE if one.many else one.amount.high


def _payment(budget: Budget, sums: _Sums, one: Payee) -> Payment:
    others = sums.others(one)
    whole = Range(one.amount.low + others.low, one.amount.high + others.high)
    said = f"预算{money(budget.total)}"
    if whole.high <= budget.total:
        return Payment(Outcome.IN, one.amount, f"{said}够付全部名额")
    asked = f"全部名额合计{money_span(whole)}"
    match budget.shortfall:
        case Shortfall.PRO_RATA:
            paid = Range(
                _share(budget.total, one.amount.low, others.high),
                _share(budget.total, one.amount.high, others.low),
            )
            return Payment(Outcome.IN, paid, f"{said}，{asked}，不足时按比例给")
        case Shortfall.UNSTATED:
            paid = Range(0, min(one.amount.high, budget.total))
            return Payment(Outcome.OPEN, paid, f"{said}，{asked}，不够时怎么给条文没有载明")
    earlier = sums.earlier(one)
    rule = "先到先得" if budget.shortfall is Shortfall.FIRST_COME else "按名次给"
    left = f"排在前面的合计{money_span(earlier)}"
    if one.amount.high + earlier.high <= budget.total:
        return Payment(Outcome.IN, one.amount, f"{said}{rule}，{left}，轮到它时还够")
    if earlier.low >= budget.total:
        return Payment(Outcome.OUT, Range(0, 0), f"{said}{rule}，{left}，轮到它时已经用完")
    paid = Range(0, min(one.amount.high, budget.total - earlier.low))
    return Payment(Outcome.OPEN, paid, f"{said}{rule}，{left}，轮到它时够不够定不了")


def _share(total: int, own: Number, others: Number) -> Number:
    """Its part of the budget in whole 分, never rounded up, when all are due this much; or all it is due."""
    if own + others <= total:
        return own
    if own == INFINITE:
        return total
    return 0 if others == INFINITE else total * own // (own + others)
