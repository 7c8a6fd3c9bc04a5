"""Apply rules to claims: who is barred from the start, and which slots and totals the others share.

Claims are known here by their position in the list.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from huiqi.allocate import words
from huiqi.allocate.problem import Problem, Slots, Total
from huiqi.allocate.result import Exclusion, Rule
from huiqi.allocate.rules import Bucket, Claim, Keys, Limit, Received, UpperFunds, buckets, fill, is_higher

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ranges = tuple[NDArray[np.int64], NDArray[np.int64]]

Range = tuple[int, int]
"""An amount: what is certain and the most, in 分."""


@dataclass(frozen=True, slots=True)
class BoundSlots:
    """A limit on how many, in one bucket: of these groups of claims, how many ``received`` leaves room for.

    A group is one claim, or all of one benefit where the limit counts benefits.
    """

    rule: Rule
    groups: tuple[tuple[int, ...], ...]
    room: int
    received: tuple[Received, ...] = ()
    highest_only: bool = False

    def group_of(self, number: int) -> tuple[int, ...] | None:
        """The group of a claim, if the limit has to do with it."""
        return next((group for group in self.groups if number in group), None)


@dataclass(frozen=True, slots=True)
class BoundTotal:
    """A limit on how much, in one bucket: what ``received`` leaves for these claims together, in 分."""

    rule: Rule
    members: tuple[int, ...]
    room: int
    received: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """The rules, applied: ``barred`` cannot be taken at all; the others share slots and totals."""

    barred: Mapping[int, tuple[Exclusion, ...]]
    slots: tuple[BoundSlots, ...]
    totals: tuple[BoundTotal, ...]


def bind(
    claims: Sequence[Claim],
    limits: Sequence[Limit],
    upper: Sequence[UpperFunds],
    received: Sequence[Received],
) -> Bound:
    """Apply the rules to the claims and to what was already received."""
    slots = tuple(_slots(limits, claims, received))
    totals = tuple(_totals(limits, claims, received))
    barred: dict[int, tuple[Exclusion, ...]] = {}
    for number, exclusion in (
        *_barred_by_slots(slots),
        *_barred_by_totals(totals, claims),
        *_barred_by_upper_funds(upper, claims, received),
    ):
        barred[number] = (*barred.get(number, ()), exclusion)
    # What cannot be taken anyway is no reason to turn down a lower one, so this comes after the others.
    for number, exclusion in tuple(_outranked(slots, claims, barred)):
        barred[number] = (*barred.get(number, ()), exclusion)
    return Bound(
        barred,
        tuple(_open_slots(barred, (*slots, *_rivals(upper, claims)))),
        tuple(_open_totals(barred, totals)),
    )


def as_problem(claims: Sequence[Claim], bound: Bound) -> Problem:
    """The choice among all claims in numbers; what is barred has to be left out of it.

    No claim pays more than the smallest of its totals has left.
    """
    ceiling = {
        number: min(total.room for total in bound.totals if number in total.members)
        for number in {number for total in bound.totals for number in total.members}
    }
    return Problem(
        low=tuple(min(claim.low, ceiling.get(number, claim.low)) for number, claim in enumerate(claims)),
        high=tuple(min(claim.high, ceiling.get(number, claim.high)) for number, claim in enumerate(claims)),
        slots=tuple(Slots(cap.groups, cap.room) for cap in bound.slots),
        totals=tuple(Total(cap.members, cap.room) for cap in bound.totals),
    )


def together(claims: Sequence[Claim], numbers: Iterable[int]) -> Range:
    """What these claims come to by their own amounts."""
    numbers = tuple(numbers)
    return sum(claims[number].low for number in numbers), sum(claims[number].high for number in numbers)


@overload
def outranks(one: Range, other: Range) -> bool: ...
@overload
def outranks(one: Ranges, other: Ranges) -> NDArray[np.bool_]: ...
def outranks(one: Range | Ranges, other: Range | Ranges) -> bool | NDArray[np.bool_]:
    """Whether one amount is the higher (就高): lower at neither end of the range, and higher at one.

    Of two ranges that are each higher at one end, neither is: which is higher is not known yet. Two columns
    of amounts are compared row by row.
    """
    return (one[0] >= other[0]) & (one[1] >= other[1]) & ((one[0] > other[0]) | (one[1] > other[1]))


def _slots(
    limits: Iterable[Limit], claims: Sequence[Claim], received: Sequence[Received]
) -> Iterator[BoundSlots]:
    for limit in limits:
        if limit.at_most is None:
            continue
        for rule, members, granted in _in_buckets(limit, claims, received):
            if not limit.by_benefit:
                groups: Iterable[tuple[int, ...]] = ((number,) for number in members)
                room = limit.at_most - len(granted)
            else:
                # More of a benefit that has its slot already needs no other.
                had = {grant.benefit for grant in granted}
                groups = _by_benefit(
                    claims, (number for number in members if claims[number].benefit not in had)
                )
                room = limit.at_most - len(had)
            yield BoundSlots(rule, tuple(groups), room, granted, limit.highest_only)


def _by_benefit(claims: Sequence[Claim], numbers: Iterable[int]) -> Iterable[tuple[int, ...]]:
    groups: dict[str, tuple[int, ...]] = {}
    for number in numbers:
        benefit = claims[number].benefit
        groups[benefit] = (*groups.get(benefit, ()), number)
    return groups.values()


def _totals(
    limits: Iterable[Limit], claims: Sequence[Claim], received: Sequence[Received]
) -> Iterator[BoundTotal]:
    for limit in limits:
        if limit.total is not None:
            for rule, members, granted in _in_buckets(limit, claims, received):
                room = limit.total - sum(grant.amount for grant in granted)
                yield BoundTotal(rule, members, room, granted)


def _in_buckets(
    limit: Limit, claims: Sequence[Claim], received: Sequence[Received]
) -> Iterator[tuple[Rule, tuple[int, ...], tuple[Received, ...]]]:
    """The limit in each bucket that has a claim, with the claims in it and what was received in it."""
    members: dict[Bucket, list[int]] = {}
    for number, claim in enumerate(claims):
        if claim.benefit in limit.benefits:
            for bucket in buckets(claim.keys, limit.per):
                members.setdefault(bucket, []).append(number)
    for bucket, numbers in members.items():
        granted = tuple(
            grant
            for grant in received
            if grant.benefit in limit.benefits and bucket in buckets(grant.keys, limit.per)
        )
        yield _rule(limit, bucket), tuple(numbers), granted


def _barred_by_slots(slots: Iterable[BoundSlots]) -> Iterator[tuple[int, Exclusion]]:
    for cap in slots:
        if cap.room <= 0:
            because = words.slots_received(cap.rule, cap.received)
            for number in itertools.chain(*cap.groups):
                yield number, Exclusion(cap.rule, because, received=cap.received)


def _barred_by_totals(
    totals: Iterable[BoundTotal], claims: Sequence[Claim]
) -> Iterator[tuple[int, Exclusion]]:
    for cap in totals:
        if cap.room <= 0:
            because = words.total_received(cap.rule, cap.received)
            for number in cap.members:
                if claims[number].high > 0:
                    yield number, Exclusion(cap.rule, because, received=cap.received)


def _barred_by_upper_funds(
    upper: Iterable[UpperFunds], claims: Sequence[Claim], received: Sequence[Received]
) -> Iterator[tuple[int, Exclusion]]:
    for funds in upper:
        for number, claim in enumerate(claims):
            if not funds.touches(claim):
                continue
            for bucket in buckets(claim.keys, funds.per):
                grants = tuple(
                    grant
                    for grant in received
                    if is_higher(grant.level, than=claim.level) and bucket in buckets(grant.keys, funds.per)
                )
                if grants:
                    rule = _rule(funds, bucket)
                    yield number, Exclusion(rule, words.upper_funds_received(rule, grants), received=grants)


def _outranked(
    slots: Iterable[BoundSlots], claims: Sequence[Claim], barred: Container[int]
) -> Iterator[tuple[int, Exclusion]]:
    """就高: the groups above which enough higher ones are open to fill the bucket."""
    for cap in _open_slots(barred, slots):
        if not cap.highest_only:
            continue
        amounts = {group: together(claims, group) for group in cap.groups}
        for group in cap.groups:
            higher = [other for other in cap.groups if outranks(amounts[other], amounts[group])]
            if len(higher) >= cap.room:
                against = tuple(claims[number] for number in sorted(itertools.chain(*higher)))
                because = words.outranked(cap.rule, against, cap.received)
                for number in group:
                    yield number, Exclusion(cap.rule, because, against, cap.received)


def _rivals(upper: Iterable[UpperFunds], claims: Sequence[Claim]) -> Iterator[BoundSlots]:
    """Every covered claim with every one of a higher level in the same bucket: one of the two."""
    for funds in upper:
        inside: dict[Bucket, list[int]] = {}
        for number, claim in enumerate(claims):
            for bucket in buckets(claim.keys, funds.per):
                inside.setdefault(bucket, []).append(number)
        for lower, claim in enumerate(claims):
            if not funds.touches(claim):
                continue
            near = set().union(*(inside[bucket] for bucket in buckets(claim.keys, funds.per)))
            for higher in sorted(near):
                other = claims[higher]
                if is_higher(other.level, than=claim.level):
                    for bucket in _common(claim.keys, other.keys, funds.per):
                        yield BoundSlots(_rule(funds, bucket), ((lower,), (higher,)), 1)


def _common(a: Keys, b: Keys, per: tuple[str, ...]) -> list[Bucket]:
    others = buckets(b, per)
    return [bucket for bucket in buckets(a, per) if bucket in others]


def _open_slots(barred: Container[int], slots: Iterable[BoundSlots]) -> Iterator[BoundSlots]:
    """The slots that are left, for those that are not barred."""
    for cap in slots:
        groups = (tuple(number for number in group if number not in barred) for group in cap.groups)
        if cap.room > 0:
            yield replace(cap, groups=tuple(filter(None, groups)))


def _open_totals(barred: Container[int], totals: Iterable[BoundTotal]) -> Iterator[BoundTotal]:
    """The totals that have something left, for those that are not barred."""
    for cap in totals:
        if cap.room > 0:
            yield replace(cap, members=tuple(number for number in cap.members if number not in barred))


def _rule(rule: Limit | UpperFunds, bucket: Bucket) -> Rule:
    return Rule(rule.id, rule.cite, fill(rule.words, rule.per, bucket))
