"""The compiled path over rule books made at random: what the engine gives, and the sums of single answers."""

from __future__ import annotations

import pytest

from huiqi.columns.machine.machine import Machine
from huiqi.columns.matcher import Matcher
from tests.columns.test_machine import agrees_with_the_engine, differing, in_three, sums_by_answers
from tests.columns.trials import trial


@pytest.mark.parametrize("seed", range(12))
def test_rule_books_made_at_random(seed: int) -> None:
    one = trial(seed)
    matcher, batch = Matcher(one.book, one.on), one.batch
    compiled = Matcher(one.book, one.on, compiled=True).judge(batch, everything=True)
    assert compiled.long().equals(matcher.judge(batch, everything=True).long())
    made = Machine(matcher, matcher.given_by(batch), one_short=True, block=16)
    agrees_with_the_engine(made, batch)
    assert differing(made.sums(batch), sums_by_answers(matcher, batch, None, 1)) == []
    assert (
        differing(made.sums(batch, in_three(batch), 3), sums_by_answers(matcher, batch, in_three(batch), 3))
        == []
    )
