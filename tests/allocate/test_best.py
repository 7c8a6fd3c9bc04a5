"""The plan beside an exhaustive search and a check of lawfulness that know nothing of how it is made."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huiqi.allocate import LEVELS, Claim, Limit, Plan, Received, UpperFunds, decide, plan

DIMENSIONS = ("企业", "责任单位", "项目", "事由")
BENEFITS = ("甲", "乙", "丙", "丁")

T = TypeVar("T")


@dataclass(frozen=True)
class Law:
    """Everything that a plan is asked with."""

    claims: tuple[Claim, ...]
    limits: tuple[Limit, ...]
    upper: tuple[UpperFunds, ...]
    received: tuple[Received, ...]

    def plan(self) -> Plan:
        return plan(self.claims, self.limits, self.upper, self.received)


# The law, stated again: one bucket after the other, on sets of claims and what each is paid.


def cells(thing: Claim | Received, per: Sequence[str]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = {()}
    for dimension in per:
        found = {(*cell, value) for cell in found for value in thing.keys.get(dimension, ())}
    return found


def covered(limit: Limit, things: Sequence[Claim | Received], cell: tuple[str, ...]) -> list[int]:
    return [
        index
        for index, thing in enumerate(things)
        if thing.benefit in limit.benefits and cell in cells(thing, limit.per)
    ]


def all_cells(law: Law, per: Sequence[str]) -> set[tuple[str, ...]]:
    return {cell for claim in law.claims for cell in cells(claim, per)}


def level(thing: Claim | Received) -> int:
    return LEVELS.index(thing.level)


def slots_kept(law: Law, taken: frozenset[int]) -> bool:
    for limit in law.limits:
        if limit.at_most is None:
            continue
        for cell in all_cells(law, limit.per):
            had = [law.received[index].benefit for index in covered(limit, law.received, cell)]
            new = [law.claims[index].benefit for index in taken & set(covered(limit, law.claims, cell))]
            if limit.by_benefit:
                new = sorted(set(new) - set(had))
                had = list(set(had))
            if new and len(had) + len(new) > limit.at_most:
                return False
    return True


def upper_funds_kept(law: Law, taken: frozenset[int]) -> bool:
    others: list[Claim | Received] = [*(law.claims[number] for number in taken), *law.received]
    return not any(
        level(other) > level(law.claims[number])
        and cells(law.claims[number], funds.per) & cells(other, funds.per)
        for funds in law.upper
        for number in taken
        if law.claims[number].benefit in funds.benefits and not law.claims[number].matching
        for other in others
    )


def totals(law: Law) -> Iterator[tuple[frozenset[int], int]]:
    for limit in law.limits:
        if limit.total is not None:
            for cell in all_cells(law, limit.per):
                had = sum(law.received[index].amount for index in covered(limit, law.received, cell))
                yield frozenset(covered(limit, law.claims, cell)), max(0, limit.total - had)


def possible(law: Law, number: int) -> bool:
    """Whether the claim could be had at all if there were no others."""
    exhausted = any(number in members and room == 0 for members, room in totals(law))
    alone = frozenset({number})
    return (
        slots_kept(law, alone)
        and upper_funds_kept(law, alone)
        and not (exhausted and law.claims[number].high > 0)
    )


def worth(law: Law, numbers: Iterable[int]) -> tuple[int, int]:
    found = [law.claims[number] for number in numbers]
    return sum(claim.low for claim in found), sum(claim.high for claim in found)


def higher(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return (a[0] > b[0] and a[1] >= b[1]) or (a[0] >= b[0] and a[1] > b[1])


def highest_kept(law: Law, taken: frozenset[int]) -> bool:
    for limit in law.limits:
        for cell in all_cells(law, limit.per) if limit.highest_only else ():
            had = [law.received[index].benefit for index in covered(limit, law.received, cell)]
            here = [number for number in covered(limit, law.claims, cell) if possible(law, number)]
            what: dict[object, list[int]] = {}
            for number in here:
                if not limit.by_benefit:
                    what[number] = [number]
                elif law.claims[number].benefit not in had:
                    what.setdefault(law.claims[number].benefit, []).append(number)
            left = (limit.at_most or 0) - len(set(had) if limit.by_benefit else had)
            for numbers in what.values():
                above = [other for other in what.values() if higher(worth(law, other), worth(law, numbers))]
                if taken & set(numbers) and len(above) >= left:
                    return False
    return True


def lawful_sets(law: Law) -> list[frozenset[int]]:
    candidates = [number for number in range(len(law.claims)) if possible(law, number)]
    return [
        taken
        for size in range(len(candidates) + 1)
        for combination in itertools.combinations(candidates, size)
        for taken in [frozenset(combination)]
        if slots_kept(law, taken) and upper_funds_kept(law, taken) and highest_kept(law, taken)
    ]


def best_payment(law: Law, taken: frozenset[int]) -> tuple[int, int]:
    """The most that the set can be paid for certain, then at most, of every way to share out the totals."""
    caps = [(members & taken, room) for members, room in totals(law)]
    limited = sorted({number for members, _ in caps for number in members})
    free = [law.claims[number] for number in taken - set(limited)]
    ways = itertools.product(*(range(law.claims[number].high + 1) for number in limited))
    shared = max(
        (sum(min(law.claims[number].low, paid[number]) for number in limited), sum(way))
        for way in ways
        for paid in [dict(zip(limited, way, strict=True))]
        if all(sum(paid[number] for number in members) <= room for members, room in caps)
    )
    return sum(claim.low for claim in free) + shared[0], sum(claim.high for claim in free) + shared[1]


def at_most_two_totals_cross(law: Law) -> bool:
    groups = [members for members, _ in totals(law)]
    pairs = itertools.combinations(groups, 2)
    return sum(bool(a & b) and not (a <= b or b <= a) for a, b in pairs) <= 1


# Laws to try.

keys = st.fixed_dictionaries(
    {"企业": st.just(("本企业",))},
    optional={
        "责任单位": st.sampled_from([("工信局",), ("商务局",), ("工信局", "商务局")]),
        "项目": st.sampled_from([("一线",), ("二线",), ("一线", "二线")]),
        "事由": st.sampled_from([("认定",), ("上市",)]),
    },
)


@st.composite
def claims(draw: st.DrawFn, key: str, most: int) -> Claim:
    low = draw(st.integers(0, most))
    return Claim(
        key=key,
        benefit=draw(st.sampled_from(BENEFITS)),
        name=key,
        document="文件",
        level=draw(st.sampled_from(LEVELS)),
        low=low,
        high=draw(st.just(low) | st.integers(low, most)),
        keys=draw(keys),
        matching=draw(st.booleans()),
    )


@st.composite
def limits(draw: st.DrawFn, name: str, most: int) -> Limit:
    at_most = draw(st.none() | st.integers(1, 2))
    return Limit(
        id=name,
        cite="五、（二）",
        words="不能都享受",
        benefits=draw(st.frozensets(st.sampled_from(BENEFITS), min_size=1)),
        per=tuple(draw(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True))),
        at_most=at_most,
        total=draw(st.integers(1, most) if at_most is None else st.none()),
        highest_only=at_most is not None and draw(st.booleans()),
        by_benefit=at_most is not None and draw(st.booleans()),
    )


upper_funds = st.builds(
    UpperFunds,
    id=st.just("上级"),
    cite=st.just("五、（二）"),
    words=st.just("已获上级资金的不再享受"),
    benefits=st.frozensets(st.sampled_from(BENEFITS), min_size=1),
    per=st.sampled_from([("企业", "事由"), ("项目",)]),
)


def grants(most: int) -> st.SearchStrategy[Received]:
    return st.builds(
        Received,
        benefit=st.none() | st.sampled_from(BENEFITS),
        level=st.sampled_from(LEVELS),
        amount=st.integers(0, most),
        keys=keys,
    )


@st.composite
def laws(draw: st.DrawFn, claim_count: int, limit_count: int, most: int) -> Law:
    return Law(
        tuple(draw(claims(f"权益{number:02d}", most)) for number in range(draw(st.integers(0, claim_count)))),
        tuple(draw(limits(f"限制{number}", 2 * most)) for number in range(draw(st.integers(0, limit_count)))),
        tuple(draw(st.lists(upper_funds, max_size=1))),
        tuple(draw(st.lists(grants(most), max_size=2))),
    )


small_laws = laws(claim_count=6, limit_count=4, most=4)
large_laws = laws(claim_count=16, limit_count=6, most=10**13)


@pytest.mark.parametrize("listed", [decide._LISTED, 0], ids=["listing", "solver"])
@settings(max_examples=200)
@given(law=small_laws)
def test_no_lawful_set_is_better_and_the_price_of_the_rest_is_what_it_would_cost(
    law: Law, listed: int
) -> None:
    assume(at_most_two_totals_cross(law))

    def rank(taken: frozenset[int]) -> tuple[int, int, int, int, list[int]]:
        money = sum(law.claims[number].high > 0 for number in taken)
        return *payments[taken], len(taken) - money, -money, [-number for number in sorted(taken)]

    payments = {taken: best_payment(law, taken) for taken in lawful_sets(law)}
    best = max(payments, key=rank)
    with patch.object(decide, "_LISTED", listed):
        answer = law.plan()
    number_of = {claim.key: number for number, claim in enumerate(law.claims)}
    assert {number_of[one.claim.key] for one in answer.chosen} == best
    assert (answer.total_low, answer.total_high) == payments[best]
    for one in answer.left_out:
        number = number_of[one.claim.key]
        having = [taken for taken in payments if number in taken]
        if not having:
            assert one.price is None
            continue
        other = max(having, key=rank)
        assert one.price is not None
        assert (one.price.low, one.price.high) == (
            payments[best][0] - payments[other][0],
            payments[best][1] - payments[other][1],
        )
        assert {number_of[claim.key] for claim in one.price.drop} == best - other
        assert {number_of[claim.key] for claim in one.price.gain} == other - best - {number}


@given(law=large_laws)
def test_what_is_chosen_is_lawful_and_adds_up(law: Law) -> None:
    answer = law.plan()
    number_of = {claim.key: number for number, claim in enumerate(law.claims)}
    paid = {number_of[one.claim.key]: one for one in answer.chosen}
    taken = frozenset(paid)
    assert slots_kept(law, taken)
    assert upper_funds_kept(law, taken)
    assert highest_kept(law, taken)
    assert all(possible(law, number) for number in taken)
    for members, room in totals(law):
        assert sum(paid[number].high for number in members & taken) <= room
    assert all(one.low <= one.claim.low and one.low <= one.high <= one.claim.high for one in answer.chosen)
    assert answer.total_low == sum(one.low for one in answer.chosen)
    assert answer.total_high == sum(one.high for one in answer.chosen)


@given(law=large_laws)
def test_everything_is_either_chosen_or_left_out_for_a_reason(law: Law) -> None:
    answer = law.plan()
    known = {limit.id for limit in law.limits} | {funds.id for funds in law.upper}
    chosen = {one.claim.key for one in answer.chosen}
    assert sorted([*chosen, *(one.claim.key for one in answer.left_out)]) == [
        claim.key for claim in law.claims
    ]
    for one in answer.left_out:
        assert one.exclusions
        for exclusion in one.exclusions:
            assert exclusion.rule.id in known
            assert exclusion.against or exclusion.received
            assert exclusion.because in one.because
        if one.price is not None:
            assert {claim.key for exclusion in one.exclusions for claim in exclusion.against} <= chosen
            assert {claim.key for claim in one.price.drop} <= chosen
            assert not {claim.key for claim in one.price.gain} & chosen
            assert one.price.low >= 0
            assert one.price.low > 0 or one.price.high >= 0
    for two in answer.chosen:
        in_full = (two.low, two.high) == (two.claim.low, two.claim.high)
        assert in_full == (not two.reduced_by) == (two.because == "")


@given(law=large_laws)
def test_the_reasons_are_the_rules_that_one_more_would_break_and_no_others(law: Law) -> None:
    answer = law.plan()
    number_of = {claim.key: number for number, claim in enumerate(law.claims)}
    paid = {number_of[one.claim.key]: one.high for one in answer.chosen}
    alone = [replace(law, limits=(limit,), upper=()) for limit in law.limits]
    full = {
        rule.limits[0].id: frozenset[int]().union(
            *(
                members
                for members, room in totals(rule)
                if sum(paid.get(number, 0) for number in members) == room
            )
        )
        for rule in alone
    }
    for one in answer.chosen:
        tight = {rule for rule, members in full.items() if number_of[one.claim.key] in members}
        in_full = (one.low, one.high) == (one.claim.low, one.claim.high)
        assert {rule.id for rule in one.reduced_by} == (set() if in_full else tight)
    for other in answer.left_out:
        if other.price is not None:
            more = frozenset(paid) | {number_of[other.claim.key]}
            assert {exclusion.rule.id for exclusion in other.exclusions} == {
                *(rule.limits[0].id for rule in alone if not slots_kept(rule, more)),
                *(rule for rule, members in full.items() if number_of[other.claim.key] in members),
                *(
                    funds.id
                    for funds in law.upper
                    if not upper_funds_kept(replace(law, upper=(funds,)), more)
                ),
            }


@given(law=large_laws, random=st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_makes_no_difference(law: Law, random: Random) -> None:
    def shuffled(things: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(things, len(things)))

    other = Law(shuffled(law.claims), shuffled(law.limits), shuffled(law.upper), shuffled(law.received))
    assert other.plan() == law.plan()
