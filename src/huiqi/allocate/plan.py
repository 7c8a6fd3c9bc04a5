"""The best lawful set of what an enterprise may take, with a reason and a price for everything left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiqi.allocate import words
from huiqi.allocate.binding import Bound, BoundTotal, as_problem, bind, together
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

    Between equals it takes the set with the most items that bring no money, then the one with the fewest
    that do, then the one with the earlier keys. The order in which things are given makes no difference.
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

    def has_any_of(self, numbers: Iterable[int]) -> bool:
        """Whether any of these is taken."""
        return any(number in self.paid for number in numbers)

    def taken_of(self, numbers: Iterable[int], claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Those of these that are taken."""
        return tuple(claims[number] for number in sorted(numbers) if number in self.paid)

    def uses_up(self, total: BoundTotal) -> bool:
        """Whether nothing is left of a total, at most."""
        return sum(self.paid[number][1] for number in total.members if number in self.paid) == total.room


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
    for slots in bound.slots:
        own = slots.group_of(number)
        others = [group for group in slots.groups if group != own and choice.has_any_of(group)]
        if own is not None and len(others) >= slots.room:
            against = choice.taken_of(itertools.chain(*others), claims)
            own_high = together(claims, own)[1]
            undecided = slots.highest_only and any(own_high > together(claims, group)[1] for group in others)
            because = words.slot_taken(slots.rule, against, slots.received, undecided=undecided)
            yield Exclusion(slots.rule, because, against, slots.received)
    for total in bound.totals:
        if number in total.members and choice.uses_up(total):
            against = choice.taken_of(total.members, claims)
            because = words.total_used_up(total.rule, against, total.received)
            yield Exclusion(total.rule, because, against, total.received)


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rules))


def _by_rule(rule: Limit | UpperFunds) -> tuple[object, ...]:
    return rule.id, rule.cite, rule.words, rule.per, sorted(rule.benefits)


def _by_grant(grant: Received) -> tuple[object, ...]:
    return grant.benefit or "", grant.level, grant.amount, grant.name, sorted(grant.keys.items())
