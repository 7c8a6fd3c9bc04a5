"""Steps are kept once, those that are never made change nothing, and what is known of a range is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiqi.columns.program import BOOLEAN, ENTERPRISE, INFINITE, WHOLE, Program, Space, needed
from tests.columns import stepping
from tests.columns.stepping import SPACES, make_batch, make_program, meaning

MADE = (
    "not_",
    "and_",
    "or_",
    "choose",
    "equal",
    "less",
    "at_most",
    "add",
    "subtract",
    "multiply",
    "floor_divide",
    "minimum",
    "maximum",
    "select",
    "bits",
    "spread",
    "align",
    "any_item",
    "sum_items",
    "most_item",
    "least_item",
)


class Plain(Program):
    """A program that makes every step that it is asked for, but for what is constant throughout."""

    def _step(self, operation: str, parts: tuple[int, ...], kind: str) -> int:
        values = [self.constant_of(part) for part in parts]
        if None not in values:
            value = stepping._EACH[operation](*values)
            return self.truth(value) if kind == BOOLEAN else self.whole(value)
        return self._make(operation, parts, kind, self._space_of(parts), None, -(1 << 80), 1 << 80)

    def not_(self, part: int) -> int:
        return self._step("not", (part,), BOOLEAN)

    def and_(self, *parts: int) -> int:
        return self._step("and", parts, BOOLEAN)

    def or_(self, *parts: int) -> int:
        return self._step("or", parts, BOOLEAN)

    def equal(self, left: int, right: int) -> int:
        return self._step("equal", (left, right), BOOLEAN)

    def less(self, left: int, right: int) -> int:
        return self._step("less", (left, right), BOOLEAN)

    def add(self, left: int, right: int, bounds: Any = None) -> int:
        return self._step("add", (left, right), WHOLE)

    def subtract(self, left: int, right: int) -> int:
        return self._step("subtract", (left, right), WHOLE)

    def multiply(self, left: int, right: int, bounds: Any = None) -> int:
        return self._step("multiply", (left, right), WHOLE)

    def floor_divide(self, left: int, right: int) -> int:
        return self._step("floor_divide", (left, right), WHOLE)

    def minimum(self, *parts: int) -> int:
        return self._step("minimum", parts, WHOLE)

    def maximum(self, *parts: int) -> int:
        return self._step("maximum", parts, WHOLE)

    def select(self, condition: int, then: int, otherwise: int, bounds: Any = None) -> int:
        return self._step("select", (condition, then, otherwise), WHOLE)

    def bits(self, *parts: int) -> int:
        return self._step("bits", parts, WHOLE)

    def any_item(self, part: int, within: Space) -> int:
        return self._make("any", (part,), BOOLEAN, within[:-1], within)

    def sum_items(self, part: int, within: Space, most: int) -> int:
        return self._make("sum", (part,), WHOLE, within[:-1], within, -(1 << 80), 1 << 80)


def recorded(kind: type[Program], seed: int, patch: pytest.MonkeyPatch) -> tuple[Program, list[int]]:
    """A random program, and the column that each of its operations came to."""
    found: list[int] = []
    inside = 0

    def recording(name: str) -> Callable[..., int]:
        method = getattr(kind, name)

        def record(self: Program, *arguments: Any) -> int:
            nonlocal inside
            inside += 1
            try:
                place: int = method(self, *arguments)
            finally:
                inside -= 1
            if not inside:
                found.append(place)
            return place

        return record

    recorder = type("Recorder", (kind,), {name: recording(name) for name in MADE})
    with patch.context() as while_making:
        while_making.setattr(stepping, "Program", recorder)
        return make_program(seed, 120), found


@pytest.mark.parametrize("seed", range(30))
def test_what_is_simplified_away_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = make_batch(seed, 40)
    (short, found), (long, wanted) = (recorded(kind, seed, monkeypatch) for kind in (Program, Plain))
    values, expected = meaning(short, batch), meaning(long, batch)
    assert len(found) == len(wanted) > 120
    for place, other in zip(found, wanted, strict=True):
        rows = min(len(values[place]), len(expected[other]))
        assert values[place][:rows] == expected[other][:rows], (short.steps[place], long.steps[other])
    assert len(needed(short, found)) < len(needed(long, wanted))


@pytest.mark.parametrize("seed", range(30))
def test_every_value_lies_where_its_step_says(seed: int) -> None:
    program, batch = make_program(seed, 120), make_batch(seed, 40)
    for step, column in zip(program.steps, meaning(program, batch), strict=True):
        assert all(step.lowest <= value <= step.highest for value in column), step


def test_the_same_step_is_made_once() -> None:
    p = Program()
    a, b = (p.load("low", name, ENTERPRISE, -9, 9) for name in "甲乙")
    assert p.add(a, b) == p.add(b, a)
    assert p.less(a, b) != p.less(b, a)
    assert p.and_(p.less(a, b), p.equal(a, b)) == p.and_(p.equal(b, a), p.less(a, b))
    assert p.whole(1) != p.truth(True)
    assert len(p.steps) == len({(step.operation, step.parts, step.kind, step.value) for step in p.steps})


def test_what_is_decided_is_never_made() -> None:
    p = Program()
    true, false = p.truth(True), p.truth(False)
    t = p.load("true", "甲", ENTERPRISE)
    n = p.load("low", "乙", ENTERPRISE, 3, 9)
    before = len(p.steps)
    assert p.and_(t, true) == p.or_(t, false) == p.and_(t, t) == p.choose(true, t, false) == t
    assert p.add(n, p.whole(0)) == p.multiply(n, p.whole(1)) == p.floor_divide(n, p.whole(1)) == n
    assert p.select(t, n, n) == n
    assert p.minimum(n, p.whole(INFINITE)) == p.maximum(n, p.whole(3)) == n
    assert p.less(n, p.whole(10)) == p.at_most(n, p.whole(9)) == true
    assert p.less(n, p.whole(3)) == p.equal(n, p.whole(2)) == false
    assert {p.steps[place].operation for place in range(before, len(p.steps))} <= {"constant"}
    assert p.and_(t, p.not_(t)) == false
    assert p.or_(t, p.not_(t)) == true


def test_bits_that_are_the_same_everywhere_are_a_number() -> None:
    p = Program()
    true, false = p.truth(True), p.truth(False)
    assert p.constant_of(p.bits(true, false, true)) == 5
    assert p.constant_of(p.bits(false)) == 0
    assert p.constant_of(p.bits(true, p.load("true", "甲", ENTERPRISE))) is None


def test_columns_of_different_spaces_do_not_meet() -> None:
    p = Program()
    with pytest.raises(AssertionError, match="different spaces"):
        p.and_(p.load("true", "甲", ENTERPRISE), p.load("true", "项目.甲", ("项目",)))
    assert SPACES[0] == ENTERPRISE


def test_what_a_column_is_made_from_stands_before_it() -> None:
    p = Program()
    a, b, c = (p.load("low", name, ENTERPRISE, -9, 9) for name in "甲乙丙")
    total = p.add(a, c)
    assert needed(p, [total]) == [a, c, total]
    assert b not in needed(p, [total])
