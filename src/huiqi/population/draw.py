"""Drawing a block of subjects: every fact in turn, each from what was drawn before it and from chance.

A block is seeded by the seed of the whole and its own number and always drawn in full, so subject number k is
the same however many are asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any as Anything

import numpy as np

from huiqi.language import types as t
from huiqi.language.types import Kind
from huiqi.population.formulas import MONTH, Evaluator
from huiqi.population.plan import Drawing, Plan
from huiqi.population.values import NO_DAY, Column, Frame, Items, day_number, nothing

BLOCK = 20_000
"""Subjects that are drawn at once. Another number makes another population."""

_TEN_YEARS = 3653


@dataclass(slots=True)
class Block:
    """Drawn subjects: what is so, and of which facts (and fields) it is known."""

    first: int
    """The number of the first subject, from 0."""
    frame: Frame
    absent: dict[str, Column] = field(default_factory=dict)
    """By fact or field key: where the value is unknown or there is none."""


def draw_block(plan: Plan, seed: int, number: int) -> Block:
    """Block ``number`` (from 0) of the population with this seed."""
    return _Drawer(plan, np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))).block(
        number
    )


class _Drawer:
    def __init__(self, plan: Plan, chance: np.random.Generator) -> None:
        self.plan, self.chance = plan, chance
        self.evaluate = Evaluator(plan.words, plan.day, plan.parameters.__getitem__)
        self.today = day_number(plan.day)

    def block(self, number: int) -> Block:
        frame = Frame(BLOCK, self.chance.standard_normal(BLOCK))
        block = Block(number * BLOCK, frame)
        concerned: dict[str, Column | None] = {}
        for drawing in self.plan.drawings:
            who = concerned[drawing.key] = self._who(drawing, frame)
            if drawing.kind is Kind.COLLECTION:
                self._collection(drawing, frame, who, block)
            else:
                frame.values[drawing.key] = self._column(drawing, frame, who)
        self._forget(block, concerned)
        return block

    def _who(self, drawing: Drawing, frame: Frame) -> Column | None:
        parts = [self.evaluate.column(one, frame) for one in drawing.who]
        return np.logical_and.reduce(parts) if parts else None

    # ---- what is not known ----

    def _forget(self, block: Block, concerned: dict[str, Column | None]) -> None:
        """Facts of a group that are unknown together, and single ones; only of those whom they concern."""
        frame, chance = block.frame, self.chance
        whole = {
            name: chance.random(frame.rows) < _share(group.together, -group.slope, frame.size)
            for name, group in self.plan.missing.items()
        }
        for drawing in self.plan.drawings:
            if not drawing.missing:
                continue
            group = self.plan.missing[drawing.missing]
            lost = whole[drawing.missing] | (chance.random(frame.rows) < group.single)
            who = concerned[drawing.key]
            block.absent[drawing.key] = lost if who is None else lost & who

    # ---- values ----

    def _column(self, drawing: Drawing, frame: Frame, who: Column | None) -> Column:
        values = self._values(drawing, frame)
        return values if who is None else np.where(who, values, nothing(drawing.kind))

    def _values(self, drawing: Drawing, frame: Frame) -> Column:
        if drawing.derived is not None:
            column: Column = self.evaluate.column(drawing.derived, frame).copy()
            return self._rounded(drawing, column) if drawing.kind is Kind.NUMBER else column
        parts = _Parts(drawing, frame, self.evaluate)
        match drawing.kind:
            case Kind.BOOL:
                return self._flags(drawing, parts, frame)
            case Kind.NUMBER:
                return self._numbers(drawing, parts, frame)
            case Kind.DATE:
                return self._days(drawing, parts, frame)
            case Kind.CHOICE:
                return self._options(drawing, parts, frame)
            case _:  # a text: one of several, or written from its wording when it is put down
                chosen = any(one is not None for one in drawing.tables)
                return self._options(drawing, parts, frame) if chosen else np.zeros(frame.rows, int)

    def _flags(self, drawing: Drawing, parts: _Parts, frame: Frame) -> Column:
        share = parts.get("value", self.plan.yes)
        if getattr(share, "dtype", None) == np.bool_:
            return np.array(np.broadcast_to(share, (frame.rows,)))
        share = _share(share, parts.get("follows", 0.0), frame.size)
        found: Column = np.less(self.chance.random(frame.rows), share)
        return found

    def _numbers(self, drawing: Drawing, parts: _Parts, frame: Frame) -> Column:
        kind = drawing.declaration.type
        median, spread = parts.get("value", None), parts.get("spread", 0.0)
        if median is None:
            median, spread = _usual(drawing, self.plan), 1.0
        follows = parts.get("follows", 0.0)
        noise = self.chance.standard_normal(frame.rows)
        noise = follows * frame.size + np.sqrt(1 - np.square(follows)) * noise
        if "tail" in drawing.parts:
            noise = noise * (1 + parts.get("tail", 0.0) * np.maximum(noise, 0))
        values = np.array(np.broadcast_to(median * np.exp(spread * noise), (frame.rows,)), dtype=float)
        if "zero" in drawing.parts:
            values[self.chance.random(frame.rows) < parts.get("zero", 0.0)] = 0.0
        values = np.fmax(values, parts.get("least", drawing.declaration.minimum or 0))
        if "most" in drawing.parts:
            values = np.fmin(values, parts.get("most", np.inf))
        values = self._rounded(drawing, values)
        if kind.dimension != t.YEAR.dimension:
            least = np.maximum(parts.get("least", 0.0), 0.0)
            self._on_figures(drawing, values, values > 0, least, parts.get("most", np.inf))
        return values

    def _rounded(self, drawing: Drawing, values: Column) -> Column:
        step = float(drawing.step)
        values = np.round(values / step) * step
        low, high = drawing.declaration.minimum, drawing.declaration.maximum
        if low is not None:
            values = np.fmax(values, step * math.ceil(low / drawing.step))
        if high is not None:
            values = np.fmin(values, step * math.floor(high / drawing.step))
        return values

    def _on_figures(
        self, drawing: Drawing, values: Column, able: Column, least: Anything, most: Anything
    ) -> None:
        """Move a few values onto the next figure above or below at which a rule changes its mind."""
        figures = np.array([one for one in drawing.figures if Fraction(one) % drawing.step == 0])
        if not len(figures):
            return
        rows = np.flatnonzero(able & (self.chance.random(len(values)) < self.plan.at_threshold))
        place = np.searchsorted(figures, values[rows]) - self.chance.integers(0, 2, len(rows))
        found = figures[np.clip(place, 0, len(figures) - 1)]
        least, most = (np.broadcast_to(end, values.shape)[rows] for end in (least, most))
        values[rows] = np.where((least <= found) & (found <= most), found, values[rows])

    def _days(self, drawing: Drawing, parts: _Parts, frame: Frame) -> Column:
        until = np.broadcast_to(parts.get("until", self.today), (frame.rows,))
        since = np.broadcast_to(parts.get("since", until - _TEN_YEARS), (frame.rows,))
        since = np.where(since == NO_DAY, until - _TEN_YEARS, np.minimum(since, until))
        if "before" in drawing.parts:
            noise = self.chance.standard_normal(frame.rows)
            back = parts.get("before", 0.0) * MONTH * np.exp(parts.get("spread", 0.0) * noise)
        else:
            back = self.chance.random(frame.rows) * (until - since + 1)
        values: Column = np.maximum(until - np.floor(back).astype(np.int64), since)
        self._on_figures(drawing, values, values > since, since, until)
        return values

    def _options(self, drawing: Drawing, parts: _Parts, frame: Frame) -> Column:
        if "value" in drawing.parts:
            return np.array(np.broadcast_to(parts.get("value", -1), (frame.rows,)))
        usual = dict.fromkeys(drawing.declaration.type.options, 1.0)
        tables = [
            one if one is not None else (drawing.tables or (None,))[0] or usual for one in drawing.tables
        ]
        words = list(dict.fromkeys(word for table in tables or [usual] for word in table))
        weights = np.array([[table.get(word, 0.0) for word in words] for table in tables or [usual]])
        reach = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
        numbers = np.array([self.plan.words.number(word) for word in words])
        chance = self.chance.random(frame.rows)
        found = np.zeros(frame.rows, dtype=np.int64)
        for case in range(len(reach)):
            mine = parts.which == case
            found[mine] = np.searchsorted(reach[case], chance[mine], side="right")
        return numbers[np.minimum(found, len(words) - 1)]

    # ---- collections ----

    def _collection(self, drawing: Drawing, frame: Frame, who: Column | None, block: Block) -> None:
        parts = _Parts(drawing, frame, self.evaluate)
        share = _share(parts.get("having", self.plan.having), parts.get("follows", 0.0), frame.size)
        having = self.chance.random(frame.rows) < share
        if who is not None:
            having &= who
        mean = np.broadcast_to(np.maximum(parts.get("items", 1.5), 1.0), (frame.rows,))
        count = np.where(having, np.minimum(self.chance.geometric(1 / mean), drawing.most_items), 0)
        owner = np.repeat(np.arange(frame.rows), count)
        start = np.cumsum(count) - count
        frame.items[drawing.key] = Items(owner, np.arange(len(owner)) - start[owner])
        inner = frame.inside(drawing.key)
        for one in drawing.fields:
            self._field(one, inner, frame.items[drawing.key].place, block)

    def _field(self, drawing: Drawing, inner: Frame, place: Column, block: Block) -> None:
        name = drawing.declaration.name
        if drawing.each:
            numbers = [self.plan.words.number(word) for word in drawing.declaration.type.options]
            inner.values[name] = np.array(numbers)[place % len(numbers)]
            return
        who = self._who(drawing, inner)
        inner.values[name] = self._column(drawing, inner, who)
        lost = self.chance.random(inner.rows) < drawing.missing_share
        block.absent[drawing.key] = lost if who is None else lost | ~who


class _Parts:
    """The parts of a recipe for every row, by the first case that the row falls under."""

    def __init__(self, drawing: Drawing, frame: Frame, evaluate: Evaluator) -> None:
        self.drawing, self.frame, self.evaluate = drawing, frame, evaluate
        self.which = np.zeros(frame.rows, dtype=np.int64)
        for place in range(len(drawing.cases), 0, -1):
            self.which[evaluate.column(drawing.cases[place - 1], frame)] = place

    def get(self, part: str, default: Anything) -> Anything:
        """One value for all rows or a column; the default where nothing is written."""
        written = self.drawing.parts.get(part)
        if written is None:
            return default
        base = default if written[0] is None else self.evaluate(written[0], self.frame)
        for place, node in enumerate(written[1:], 1):
            if node is not None:
                base = np.where(self.which == place, self.evaluate(node, self.frame), base)
        return base


def _share(share: Anything, slope: Anything, size: Column) -> Anything:
    """A share that rises or falls with size, the same on average as long as it is small."""
    return share if np.ndim(slope) == 0 and slope == 0 else share * np.exp(slope * size - slope * slope / 2)


def _usual(drawing: Drawing, plan: Plan) -> float:
    """The median of a number of which nothing is said."""
    kind = drawing.declaration.type
    if kind.dimension == t.YEAR.dimension:
        return float(plan.day.year)
    if kind.dimension == t.MONEY.dimension:
        return 100_0000_00.0
    if kind.dimension == t.PURE_NUMBER.dimension:
        return 0.3
    return 10.0 * max(1.0, float(drawing.step))
