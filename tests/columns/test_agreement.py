"""Columns answer as the evaluation of a single enterprise does, for any rules and rows, value for value."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from huiqi.catalogue.load import load_catalogue
from huiqi.columns.matcher import Matcher
from huiqi.evaluate.judge import Judge
from tests.columns.books import recipe_of
from tests.columns.comparing import compare, judged, singly
from tests.columns.making import Maker, as_batch
from tests.columns.rules import RECIPES
from tests.columns.trials import make_trial, trial

TRIALS = 160
"""The trials that are the same every time; those of ``test_planted`` are among them."""

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
CATALOGUED = 300
"""Enterprises for the whole catalogue, on each day; ``harness.agreement`` takes any number."""


@pytest.mark.parametrize("first", range(0, TRIALS, 10))
def test_columns_agree_with_the_evaluation_of_each_enterprise(first: int) -> None:
    for seed in range(first, first + 10):
        assert [str(one) for one in trial(seed).differences()] == [], f"trial {seed}"


# a number says nothing by being small, so there is nothing to shrink
@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(TRIALS, 1 << 60))
def test_so_they_do_in_trials_that_nobody_has_seen(seed: int) -> None:
    assert [str(one) for one in make_trial(seed).differences()] == []


def test_it_is_not_by_asking_one_by_one_that_they_agree() -> None:
    """Of every operation the great majority of answers comes from columns, even with the largest numbers."""
    shares: dict[str, list[float]] = defaultdict(list)
    for seed in range(0, TRIALS, 2):
        one = trial(seed)
        for benefit, share in singly(Matcher(one.book, one.on), one.batch).items():
            shares[recipe_of(one.book.benefits[benefit])].append(share)
    assert set(shares) == set(RECIPES)
    mean = {recipe: sum(each) / len(each) for recipe, each in shares.items()}
    assert {recipe: round(share, 2) for recipe, share in mean.items() if share > 0.25} == {}
    assert sum(mean.values()) / len(mean) < 0.1


@pytest.mark.parametrize(("on", "seed"), [(date(2024, 6, 1), 1), (date(2026, 11, 26), 2)])
def test_the_catalogue_is_answered_alike_for_enterprises_made_at_random(on: date, seed: int) -> None:
    book = load_catalogue(CATALOGUE).book
    maker = Maker(book, seed)
    enterprises = [maker.enterprise() for _ in range(CATALOGUED)]
    matcher, batch = Matcher(book, on), as_batch(book, enterprises)
    expected = judged(matcher, enterprises, Judge(book))
    assert [str(one) for one in compare(matcher, batch, expected)] == []
    assert matcher.compiled(matcher.given_by(batch)).refused == {}
    assert matcher.judge(batch).singly < len(batch)
