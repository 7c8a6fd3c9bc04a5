"""Lists that exclude each other, beside an enumeration of everything that may turn out and be chosen."""

import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.allocate.population import (
    Candidate,
    Contest,
    Entry,
    Exclusion,
    Measure,
    Outcome,
    Ranking,
    Standing,
    Ties,
    allot,
)
from tests.allocate.population.completions import (
    IN,
    OPEN,
    OUT,
    Known,
    candidate,
    completions,
    listed,
    ranking,
)

A_FIRST, FREE = ("甲",), ()
Lists = Mapping[str, frozenset[str]]
"""For each contest who is on its list, by key."""


def contest(name: str, places: int, ties: Ties, *worths: int | tuple[int, int]) -> Contest:
    people = [candidate(f"{number}", worth) for number, worth in enumerate(worths)]
    return Contest(name, f"{name}榜", (ranking(places, ties),), None, people)


def both(rule: Exclusion, *contests: Contest) -> dict[str, dict[str, Standing]]:
    return {name: {one.key: one for one in found} for name, found in allot(contests, [rule]).items()}


def best(one: Contest, known: list[Known], gone: frozenset[str]) -> frozenset[str]:
    left = [person for person in known if person.key not in gone]
    return frozenset(p.key for p in left if listed(one.rankings[0], left, p) is IN)


def fillings(rule: Exclusion, first: Contest, second: Contest, known: list[list[Known]]) -> Iterator[Lists]:
    """Every lawful pair of lists when everything is known: literally, by trying who leaves which."""
    everybody = sorted({one.key for one in (*known[0], *known[1])})
    for refill in (True, False) if rule.refill is None else (rule.refill,):
        if rule.first:
            mine = best(first, known[0], frozenset())
            theirs = best(second, known[1], mine if refill else frozenset())
            yield {first.key: mine, second.key: theirs - mine}
            continue
        for sides in itertools.product("甲乙 ", repeat=len(everybody)):
            here = frozenset(key for key, side in zip(everybody, sides, strict=True) if side == "甲")
            there = frozenset(key for key, side in zip(everybody, sides, strict=True) if side == "乙")
            one = best(first, known[0], there if refill else frozenset())
            other = best(second, known[1], here if refill else frozenset())
            if (
                refill and here == one and there == other
            ):  # who left stands on the other list, and nobody on both
                yield {first.key: one, second.key: other}
            elif not refill and here | there == one | other and here <= one and there <= other:
                yield {first.key: here, second.key: there}


worths = st.integers(0, 2) | st.tuples(st.integers(0, 1), st.just(1)).map(lambda w: (w[0], w[0] + w[1]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Exclusion, Contest, Contest]:
    size = draw(st.integers(1, 3))
    rule = Exclusion(
        frozenset("甲乙"), draw(st.sampled_from([A_FIRST, FREE])), draw(st.sampled_from([True, False, None]))
    )
    first, second = (
        contest(
            name,
            draw(st.integers(1, 2)),
            draw(st.sampled_from([Ties.ALL, Ties.NONE])),
            *(draw(worths) for _ in range(size)),
        )
        for name in "甲乙"
    )
    return rule, first, second


@given(pairs())
@settings(max_examples=200, deadline=None)
def test_no_certain_outcome_is_wrong(asked: tuple[Exclusion, Contest, Contest]) -> None:
    """One-sided: what is 未定 may be settled all the same."""
    rule, first, second = asked
    found = both(rule, first, second)
    tried = 0
    for known in itertools.product(completions(first), completions(second)):
        for lists in fillings(rule, first, second, list(known)):
            tried += 1
            for name, on in lists.items():
                for key, standing in found[name].items():
                    assert standing.outcome is not (OUT if key in on else IN), standing.because
    assert tried


@given(pairs(), st.permutations(range(3)))
def test_the_order_of_input_makes_no_difference(
    asked: tuple[Exclusion, Contest, Contest], order: list[int]
) -> None:
    rule, first, second = asked
    turned = [
        Contest(
            one.key,
            one.name,
            one.rankings,
            None,
            [one.candidates[p] for p in order if p < len(one.candidates)],
        )
        for one in (second, first)
    ]
    assert allot(turned, [rule]) == allot([first, second], [rule])


def outcomes(found: dict[str, Standing]) -> dict[str, Outcome]:
    return {key: one.outcome for key, one in found.items()}


SHARES = contest("甲", 1, Ties.OPEN, 9, 5, 1)
GROWTH = contest("乙", 1, Ties.OPEN, 9, 5, 1)


def test_the_list_that_is_filled_first_takes_and_the_next_moves_up() -> None:
    found = both(Exclusion(frozenset("甲乙"), A_FIRST, refill=True), SHARES, GROWTH)
    assert outcomes(found["甲"]) == {"0": IN, "1": OUT, "2": OUT}
    assert outcomes(found["乙"]) == {"0": OUT, "1": IN, "2": OUT}
    assert found["乙"]["0"].because == "已在“甲榜”入选，两个名单不重复"
    assert found["乙"]["1"].because == "排第1名，在前1名之内"


def test_without_refilling_the_place_stays_empty() -> None:
    found = both(Exclusion(frozenset("甲乙"), A_FIRST, refill=False), SHARES, GROWTH)
    assert outcomes(found["乙"]) == {"0": OUT, "1": OUT, "2": OUT}
    assert (found["乙"]["0"].best, found["乙"]["0"].worst) == (1, 1)


def test_whether_places_are_refilled_is_open_when_nothing_says_so() -> None:
    found = both(Exclusion(frozenset("甲乙"), A_FIRST), SHARES, GROWTH)
    assert outcomes(found["乙"]) == {"0": OUT, "1": OPEN, "2": OUT}
    one = found["乙"]["1"]
    assert (one.best, one.worst) == (1, 2)
    assert one.because == (
        "条文没有说空出来的名额递不递补：递补则排第1名，在前1名之内；不递补则排第2名，前1名已满，与第1名相差4"
    )


def test_whoever_is_good_enough_for_both_is_on_one_of_them_and_nothing_says_which() -> None:
    found = both(Exclusion(frozenset("甲乙"), FREE, refill=True), SHARES, GROWTH)
    for name, other in ("甲乙", "乙甲"):
        assert outcomes(found[name]) == {"0": OPEN, "1": OPEN, "2": OUT}
        assert found[name]["0"].because.endswith(f"也可能在“{other}榜”入选，两个名单不重复，进哪一个还定不了")


def test_who_cannot_be_on_the_other_list_is_certain_of_its_own() -> None:
    other = contest("乙", 1, Ties.OPEN, 1, 9, 5)
    for refill in (True, False, None):
        found = both(Exclusion(frozenset("甲乙"), FREE, refill), SHARES, other)
        assert (found["甲"]["0"].outcome, found["乙"]["1"].outcome) == (IN, IN)


def test_items_of_one_enterprise_are_held_apart_and_enterprises_by_their_holder() -> None:
    rule = Ranking(1, (Measure("依据"),))
    people = [candidate("企业#1", 9, holder="企业"), candidate("另一家", 5)]
    first = Contest("甲", "甲榜", (rule,), None, people)
    second = Contest("乙", "乙榜", (rule,), None, [candidate("企业", 9), candidate("另一家", 5)])
    found = both(Exclusion(frozenset("甲乙"), A_FIRST, refill=True), first, second)
    assert outcomes(found["乙"]) == {"企业": OUT, "另一家": IN}


def test_a_list_that_is_not_there_is_turned_down() -> None:
    with pytest.raises(ValueError, match="不重复的名单里没有：丙"):
        allot([SHARES], [Exclusion(frozenset("甲丙"))])


def test_a_contest_without_rules_of_rank_lists_everybody() -> None:
    people = [Candidate("a", "a", ()), Candidate("b", "b", (Entry(()),)[:0], waiting=("缺：规模",))]
    found = {one.key: one for one in allot([Contest("甲", "甲榜", (), None, people)])["甲"]}
    assert (found["a"].outcome, found["b"].outcome) == (IN, OPEN)
    assert found["b"].because == "还不能确定符合条件（缺：规模）；如果符合，有资格"
