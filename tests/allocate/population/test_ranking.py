"""Rankings beside an enumeration of everything that may turn out."""

from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.allocate.population import Candidate, Contest, Outcome, Range, Ranking, Standing, Ties, allot
from tests.allocate.population.completions import (
    IN,
    OPEN,
    OUT,
    candidate,
    completions,
    listed,
    position,
    ranking,
    renamed,
)


def contest(rule: Ranking, *candidates: Candidate) -> Contest:
    return Contest("甲", "甲奖", (rule,), None, candidates)


def fill(rule: Ranking, *candidates: Candidate) -> dict[str, Standing]:
    return {one.key: one for one in allot([contest(rule, *candidates)])["甲"]}


worths = st.integers(0, 3) | st.tuples(st.integers(0, 2), st.integers(1, 2)).map(
    lambda w: (w[0], w[0] + w[1])
)


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    per, measures = draw(st.booleans()), draw(st.integers(1, 2))
    rule = ranking(
        draw(st.integers(1, 3)),
        draw(st.sampled_from(Ties)),
        measures=measures,
        per=per,
        more=draw(st.booleans()),
    )
    cells: st.SearchStrategy[Sequence[str] | None] = st.just(("",))
    if per:
        cells = st.sampled_from([("东",), ("西",), ("东", "西"), None])
    size = draw(st.integers(1, 4))
    return contest(
        rule,
        *(
            candidate(
                f"{number}",
                *(draw(worths) for _ in range(measures)),
                sure=draw(st.booleans()),
                cells=draw(cells),
            )
            for number in range(size)
        ),
    )


@given(contests())
@settings(max_examples=200, deadline=None)
def test_it_says_exactly_what_holds_however_the_unknown_turns_out(asked: Contest) -> None:
    """Sound, and as sharp as can be: outcome and both positions, tied, by two measures, per cell."""
    rule = asked.rankings[0]
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for known in completions(asked):
        taking_part = {one.key: one for one in known}
        for one in asked.candidates:
            if one.key in taking_part:
                outcomes[one.key].add(listed(rule, known, taking_part[one.key]))
                places[one.key] += position(rule, known, taking_part[one.key])
            else:
                outcomes[one.key].add(OUT)
    for standing in allot([asked])["甲"]:
        found = outcomes[standing.key]
        expected = found.pop() if len(found) == 1 else OPEN
        assert standing.outcome is expected, standing.because
        assert (standing.best, standing.worst) == (min(places[standing.key]), max(places[standing.key]))


@given(contests(), st.randoms(use_true_random=False))
def test_the_order_of_input_makes_no_difference(asked: Contest, chance: "st.DataObject") -> None:
    order = list(range(len(asked.candidates)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert allot([renamed(asked, order)]) == allot([asked])


def test_the_51st_sees_why() -> None:
    rule = ranking(50)
    found = fill(rule, *(candidate(f"{number:02}", 100 - number) for number in range(51)))
    assert found["49"].because == "排第50名，在前50名之内"
    assert found["50"].because == "排第51名，前50名已满，与第50名相差1"
    assert (found["50"].outcome, found["50"].best, found["50"].worst) == (OUT, 51, 51)


def test_an_unknown_worth_of_another_leaves_it_open_and_is_counted() -> None:
    found = fill(ranking(2), candidate("a", 5), candidate("b", 3), candidate("c", (0, 9)))
    assert found["b"].because == "有1家数据不全，名次在2到3之间，前2名定不了"
    assert found["c"].because == "“依据1”只知道是0 至 9，名次在1到3之间，前2名定不了"
    assert (found["a"].outcome, found["a"].because) == (IN, "名次在1到2之间，在前2名之内")


def test_whoever_may_not_be_eligible_hears_what_would_be() -> None:
    found = fill(ranking(1), candidate("a", 5, sure=False), candidate("b", 3, sure=False), candidate("c", 4))
    assert found["a"].because == "还不能确定符合条件（缺：规模）；如果符合，排第1名，在前1名之内"
    assert found["b"].because == "即使符合条件，最好也只排第2名，前1名已满，与第1名至少相差1"
    assert found["c"].because == "有1家数据不全，名次在1到2之间，前1名定不了"


@pytest.mark.parametrize(
    ("ties", "outcome", "because"),
    [
        (Ties.OPEN, OPEN, "与另外1家并列第2名，前2名只剩1个，条文没有说并列的怎么取"),
        (Ties.ALL, IN, "排第2名，前2名按“并列都取”入选"),
        (Ties.NONE, OUT, "排第2名，与另外1家并列，合起来超出前2名，按“并列都不取”不取"),
    ],
)
def test_a_tie_for_the_last_place_goes_as_declared(ties: Ties, outcome: Outcome, because: str) -> None:
    found = fill(ranking(2, ties), candidate("a", 5), candidate("b", 3), candidate("c", 3))
    for key in "bc":
        assert (found[key].outcome, found[key].because) == (outcome, because)


def test_a_second_measure_settles_a_tie() -> None:
    found = fill(ranking(1, measures=2), candidate("a", 3, 1), candidate("b", 3, 2))
    assert (found["a"].outcome, found["b"].outcome) == (OUT, IN)
    assert found["a"].because == "排第2名，前1名已满"


def test_less_may_be_better() -> None:
    found = fill(ranking(1, more=False), candidate("a", 3), candidate("b", 2))
    assert (found["a"].outcome, found["b"].outcome) == (OUT, IN)
    assert found["a"].because == "排第2名，前1名已满，与第1名相差1"


def test_every_cell_has_its_own_places() -> None:
    found = fill(
        ranking(1, per=True),
        candidate("a", 5, cells=["东"]),
        candidate("b", 3, cells=["东"]),
        candidate("c", 1, cells=["西"]),
        candidate("d", 2, cells=["东", "西"]),
    )
    assert found["a"].because == "在东排第1名，在前1名之内"
    assert found["b"].because == "在东排第2名，前1名已满，与第1名相差2"
    assert found["c"].because == "在西有1家数据不全，名次在1到2之间，前1名定不了"
    assert (found["d"].outcome, found["d"].because) == (OPEN, "不知道分在哪一格，定不了")


def test_an_unlisted_collection_may_be_any_number_of_candidates() -> None:
    unlisted = Candidate("b", "b", candidate("b", (0, 9)).entries, waiting=("缺：项目",), many=True)
    found = fill(ranking(9), candidate("a", 5), unlisted)
    assert (found["a"].outcome, found["a"].best, found["a"].worst) == (OPEN, 1, None)
    assert found["a"].because == "有的对象没有列明有几项，名次在第1名或以后，前9名定不了"


def test_places_for_all_are_certain_though_nothing_is_known_of_their_worth() -> None:
    unknown = Range(float("-inf"), float("inf"))
    entry = candidate("a", 0).entries[0].__class__((unknown,))
    found = fill(ranking(2), *(Candidate(key, key, (entry,)) for key in "ab"))
    assert [one.outcome for one in found.values()] == [IN, IN]
    more = fill(ranking(1), *(Candidate(key, key, (entry,)) for key in "ab"))
    assert more["a"].because == "没有“依据1”的数，名次在1到2之间，前1名定不了"


def test_rankings_in_a_row_must_all_be_passed() -> None:
    """At most one per cell, and of those the best two."""
    once, then = ranking(1, per=True), ranking(2)
    people = [
        candidate("a", 9, cells=["东"]),
        candidate("b", 8, cells=["东"]),
        candidate("c", 7, cells=["西"]),
    ]
    people += [candidate("d", 6, cells=["南"])]
    twice = [Candidate(one.key, one.holder, one.entries * 2) for one in people]
    found = {one.key: one for one in allot([Contest("甲", "甲奖", (once, then), None, twice)])["甲"]}
    assert {key: one.outcome for key, one in found.items()} == {"a": IN, "b": OUT, "c": IN, "d": OUT}
    assert found["b"].because == "在东排第2名，前1名已满，与第1名相差1"
    assert found["d"].because == "排第3名，前2名已满，与第2名相差1"


def test_impossible_questions_are_turned_down() -> None:
    with pytest.raises(ValueError, match="至少一个名额"):
        ranking(0)
    with pytest.raises(ValueError, match="从小到大"):
        Range(2, 1)
    with pytest.raises(ValueError, match="重复的编号"):
        contest(ranking(1), candidate("a", 1), candidate("a", 2))
