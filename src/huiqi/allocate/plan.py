"""The best lawful set of what an enterprise may take, with a reason and a price for everything left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiqi.allocate import words
from huiqi.allocate.binding import Bound, BoundCap, as_problem, bind
from huiqi.allocate.decide import Alternative, decide
from huiqi.allocate.result import Chosen, Exclusion, LeftOut, Plan, Price, Rule
from huiqi.allocate.rules import Claim, Limit, Received, UpperFunds


def plan(
    claims: Iterable[Claim],
    limits: Iterable[Limit] = (),
    upper: Iterable[UpperFunds] = (),
    received: Iterable[Received] = (),
) -> Plan:
    """Choose the lawful set that is certain of the most money, then may come to the most.

    Between equals it takes the set with the fewest items that bring money, then the one with the most that
    bring none, then the one with the earlier keys. The order in which things are given makes no difference.
    Raises ``ValueError`` when two claims have the same key, and `TooHardError` when the solver cannot prove
    which set is best.
    """
    ordered = tuple(sorted(claims, key=lambda claim: claim.key))
    for claim, following in itertools.pairwise(ordered):
        if claim.key == following.key:
            raise ValueError(f"权益“{claim.key}”出现了两次")
    limits, upper = sorted(limits, key=_by_rule), sorted(upper, key=_by_rule)
    bound = bind(ordered, limits, upper, sorted(received, key=_by_grant))
    choice = _choose(ordered, bound)
    others = (number for number in range(len(ordered)) if number not in choice.paid)
    return Plan(
        chosen=tuple(_chosen(ordered, bound, choice, number) for number in choice.paid),
        left_out=tuple(_left_out(ordered, bound, choice, number) for number in others),
        total_low=sum(low for low, _ in choice.paid.values()),
        total_high=sum(high for _, high in choice.paid.values()),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is taken and paid (low and high, 分), in order, and the price of the rest; by position."""

    paid: Mapping[int, tuple[int, int]]
    prices: Mapping[int, Price]

    def taken_of(self, cap: BoundCap) -> list[int]:
        return [number for number in cap.members if number in self.paid]

    def uses_up(self, cap: BoundCap) -> bool:
        """Whether nothing is left of a total, at most."""
        return sum(self.paid[number][1] for number in self.taken_of(cap)) == cap.room


def _choose(claims: Sequence[Claim], bound: Bound) -> _Choice:
    open_ones = [number for number in range(len(claims)) if number not in bound.barred]
    decision = decide(as_problem(claims, bound).part(open_ones))

    def price(alternative: Alternative) -> Price:
        return Price(
            alternative.short_low,
            alternative.short_high,
            drop=tuple(claims[open_ones[item]] for item in sorted(alternative.drop)),
            gain=tuple(claims[open_ones[item]] for item in sorted(alternative.gain)),
        )

    return _Choice(
        {open_ones[item]: (decision.low[item], decision.high[item]) for item in sorted(decision.taken)},
        {open_ones[item]: price(alternative) for item, alternative in decision.alternatives.items()},
    )


def _chosen(claims: Sequence[Claim], bound: Bound, choice: _Choice, number: int) -> Chosen:
    claim = claims[number]
    low, high = choice.paid[number]
    if (low, high) == (claim.low, claim.high):
        return Chosen(claim, low, high)
    rules = _distinct(cap.rule for cap in bound.totals if number in cap.members and choice.uses_up(cap))
    return Chosen(claim, low, high, rules, words.reduced(claim, low, high, rules))


def _left_out(claims: Sequence[Claim], bound: Bound, choice: _Choice, number: int) -> LeftOut:
    exclusions = bound.barred.get(number) or tuple(_exclusions(claims, bound, choice, number))
    price = choice.prices.get(number)
    return LeftOut(claims[number], exclusions, price, words.left_out(exclusions, price))


def _exclusions(claims: Sequence[Claim], bound: Bound, choice: _Choice, number: int) -> Iterator[Exclusion]:
    """The caps that the chosen ones leave no room in for one more."""
    for cap in bound.slots:
        taken = choice.taken_of(cap)
        if cap.by_benefit:
            taken = [other for other in taken if claims[other].benefit != claims[number].benefit]
        used = len({claims[other].benefit for other in taken} if cap.by_benefit else taken)
        if number in cap.members and used >= cap.room:
            against = tuple(claims[other] for other in taken)
            undecided = cap.highest_only and any(claims[number].high > claim.high for claim in against)
            because = words.slot_taken(cap.rule, against, cap.received, undecided=undecided)
            yield Exclusion(cap.rule, because, against, cap.received)
    for cap in bound.totals:
        if number in cap.members and choice.uses_up(cap):
            against = tuple(claims[other] for other in choice.taken_of(cap))
            because = words.total_used_up(cap.rule, against, cap.received)
            yield Exclusion(cap.rule, because, against, cap.received)


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rules))


def _by_rule(rule: Limit | UpperFunds) -> tuple[object, ...]:
    return rule.id, rule.cite, rule.words, rule.per, sorted(rule.benefits)


def _by_grant(grant: Received) -> tuple[object, ...]:
    return grant.benefit or "", grant.level, grant.amount, grant.name, sorted(grant.keys.items())
