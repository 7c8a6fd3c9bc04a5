"""Apply rules to claims: who is barred from the start, and which slots and totals the others share.

Claims are known here by their position in the list.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from huiqi.allocate import words
from huiqi.allocate.problem import Cap, Problem
from huiqi.allocate.result import Exclusion, Rule
from huiqi.allocate.rules import Bucket, Claim, Keys, Limit, Received, UpperFunds, buckets, fill, is_higher


@dataclass(frozen=True, slots=True)
class BoundCap:
    """A rule in one bucket: how many of these claims, or how many 分 for them, ``received`` leaves free."""

    rule: Rule
    members: tuple[int, ...]
    room: int
    received: tuple[Received, ...] = ()
    highest_only: bool = False
    by_benefit: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The rules, applied: ``barred`` cannot be taken at all; the others share slots and totals."""

    barred: Mapping[int, tuple[Exclusion, ...]]
    slots: tuple[BoundCap, ...]
    totals: tuple[BoundCap, ...]


def bind(
    claims: Sequence[Claim],
    limits: Sequence[Limit],
    upper: Sequence[UpperFunds],
    received: Sequence[Received],
) -> Bound:
    """Apply the rules to the claims and to what was already received."""
    slots = [
        _slots(limit, limit.at_most, rule, members, granted, claims)
        for limit in limits
        if limit.at_most is not None
        for rule, members, granted in _in_buckets(limit, claims, received)
    ]
    totals = [
        BoundCap(rule, members, limit.total - sum(grant.amount for grant in granted), granted)
        for limit in limits
        if limit.total is not None
        for rule, members, granted in _in_buckets(limit, claims, received)
    ]
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
        tuple(_among_the_others(barred, (*slots, *_rivals(upper, claims)))),
        tuple(_among_the_others(barred, totals)),
    )


def _slots(
    limit: Limit,
    at_most: int,
    rule: Rule,
    members: tuple[int, ...],
    granted: tuple[Received, ...],
    claims: Sequence[Claim],
) -> BoundCap:
    """A limit on how many. Counted by benefit, more of a benefit that was had already needs no slot."""
    if not limit.by_benefit:
        return BoundCap(rule, members, at_most - len(granted), granted, limit.highest_only)
    had = {grant.benefit for grant in granted}
    new = tuple(number for number in members if claims[number].benefit not in had)
    return BoundCap(rule, new, at_most - len(had), granted, limit.highest_only, by_benefit=True)


def as_problem(claims: Sequence[Claim], bound: Bound) -> Problem:
    """The choice among all claims in numbers; what is barred pays nothing and has to be left out of it.

    No claim pays more than the smallest of its totals has left.
    """
    ceiling = {
        number: min(cap.room for cap in bound.totals if number in cap.members)
        for number in {number for cap in bound.totals for number in cap.members}
    }
    return Problem(
        low=tuple(min(claim.low, ceiling.get(number, claim.low)) for number, claim in enumerate(claims)),
        high=tuple(min(claim.high, ceiling.get(number, claim.high)) for number, claim in enumerate(claims)),
        slots=tuple(Cap(cap.members, cap.room, _kin(cap, claims)) for cap in bound.slots),
        totals=tuple(Cap(cap.members, cap.room) for cap in bound.totals),
    )


def _kin(cap: BoundCap, claims: Sequence[Claim]) -> tuple[int, ...]:
    """For a slot that counts benefits, the first claim of each member's benefit."""
    if not cap.by_benefit:
        return ()
    first: dict[str, int] = {}
    return tuple(first.setdefault(claims[number].benefit, number) for number in cap.members)


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


def _barred_by_slots(slots: Iterable[BoundCap]) -> Iterator[tuple[int, Exclusion]]:
    for cap in slots:
        if cap.room <= 0:
            because = words.slots_received(cap.rule, cap.received)
            for number in cap.members:
                yield number, Exclusion(cap.rule, because, received=cap.received)


def _barred_by_totals(totals: Iterable[BoundCap], claims: Sequence[Claim]) -> Iterator[tuple[int, Exclusion]]:
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
    slots: Iterable[BoundCap], claims: Sequence[Claim], barred: Container[int]
) -> Iterator[tuple[int, Exclusion]]:
    """就高: the claims above which enough higher ones are open to fill the bucket."""
    for cap in slots:
        if not cap.highest_only:
            continue
        candidates = [number for number in cap.members if number not in barred]
        for number in candidates:
            higher = tuple(claims[other] for other in candidates if claims[other].outranks(claims[number]))
            if cap.by_benefit:
                higher = tuple(claim for claim in higher if claim.benefit != claims[number].benefit)
            if len({claim.benefit for claim in higher} if cap.by_benefit else higher) >= cap.room:
                because = words.outranked(cap.rule, higher, cap.received)
                yield number, Exclusion(cap.rule, because, against=higher, received=cap.received)


def _rivals(upper: Iterable[UpperFunds], claims: Sequence[Claim]) -> Iterator[BoundCap]:
    """Every covered claim with every one of a higher level in the same bucket: one of the two."""
    for funds in upper:
        for lower, claim in enumerate(claims):
            if not funds.touches(claim):
                continue
            for higher, other in enumerate(claims):
                if is_higher(other.level, than=claim.level):
                    for bucket in _common(claim.keys, other.keys, funds.per):
                        yield BoundCap(_rule(funds, bucket), (lower, higher), 1)


def _common(a: Keys, b: Keys, per: tuple[str, ...]) -> list[Bucket]:
    others = buckets(b, per)
    return [bucket for bucket in buckets(a, per) if bucket in others]


def _among_the_others(barred: Container[int], caps: Iterable[BoundCap]) -> Iterator[BoundCap]:
    """The caps on those that are not barred, where there are any."""
    for cap in caps:
        members = tuple(number for number in cap.members if number not in barred)
        if members and cap.room > 0:
            yield replace(cap, members=members)


def _rule(rule: Limit | UpperFunds, bucket: Bucket) -> Rule:
    return Rule(rule.id, rule.cite, fill(rule.words, rule.per, bucket))
