"""Columns answer as the evaluation of a single enterprise does, value for value, for the whole catalogue."""

from datetime import date
from pathlib import Path

import pytest

from huiqi.catalogue.load import load_catalogue
from huiqi.columns.matcher import Matcher
from huiqi.evaluate.judge import Judge
from tests.columns.comparing import compare, judged
from tests.columns.making import Maker, as_batch

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"


@pytest.mark.parametrize(("on", "seed"), [(date(2024, 6, 1), 1), (date(2026, 11, 26), 2)])
def test_the_catalogue_is_answered_alike_for_enterprises_made_at_random(on: date, seed: int) -> None:
    book = load_catalogue(CATALOGUE).book
    maker = Maker(book, seed)
    enterprises = [maker.enterprise() for _ in range(120)]
    matcher, batch = Matcher(book, on), as_batch(book, enterprises)
    expected = judged(matcher, enterprises, Judge(book))
    assert [str(one) for one in compare(matcher, batch, expected)] == []
    assert matcher.compiled(matcher.given_by(batch)).refused == {}
    assert matcher.judge(batch).singly < len(batch)
