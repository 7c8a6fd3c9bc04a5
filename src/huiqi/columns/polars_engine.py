"""The embedded engine: a program run by Polars.

A step that only one other step needs becomes part of that one's expression; the rest become columns, made
level by level, many at once, and dropped after their last use. So no expression is written out twice, however
often the rules ask the same thing, and the memory in use does not grow with the number of rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import cast

import polars as pl

from huiqi.columns.frames import Frames
from huiqi.columns.program import WHOLE, Program, Space, Step, needed

_AS_IT_IS = pl.QueryOptFlags.none()
_BETWEEN_SPACES = frozenset(("spread", "align", "any", "sum", "most", "least"))


@dataclass(slots=True)
class _Level:
    """Columns that can be made at once: in each space by one call, and those that go between spaces."""

    made: dict[Space, list[tuple[int, pl.Expr]]] = field(default_factory=dict)
    inputs: dict[Space, list[int]] = field(default_factory=dict)
    moved: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


class PolarsEngine:
    """Runs a program; made once, used for every batch. ``groups`` are outputs wanted one after the other."""

    def __init__(self, program: Program, groups: Sequence[Iterable[int]]) -> None:
        self.program = program
        self.groups = [list(dict.fromkeys(group)) for group in groups]
        self._kept = self._choose_kept()
        self._levels = self._arrange()

    def _choose_kept(self) -> set[int]:
        """The places that become columns of their own."""
        steps = self.program.steps
        outputs = [place for group in self.groups for place in group]
        places = needed(self.program, outputs)
        uses = Counter(part for place in places for part in steps[place].parts)
        kept = {place for place in outputs if steps[place].operation != "constant"}
        depth: dict[int, int] = {}
        for place in places:
            step = steps[place]
            if step.operation in _BETWEEN_SPACES:
                kept.add(place)
                kept.update(part for part in step.parts if steps[part].operation != "constant")
            elif step.operation == "load" or (uses[place] > 1 and not self._is_cheap(place, kept)):
                kept.add(place)
            depth[place] = 0 if place in kept else 1 + max((depth[part] for part in step.parts), default=0)
            if depth[place] > 30:
                kept.add(place)
                depth[place] = 0
        return kept

    def _is_cheap(self, place: int, kept: set[int]) -> bool:
        """Whether to make it anew for each use costs nothing."""
        step = self.program.steps[place]
        return step.operation == "constant" or (step.operation == "not" and step.parts[0] in kept)

    def _arrange(self) -> list[list[_Level]]:
        """For each group of outputs, the levels of what is not made yet, and a last one that hands it out."""
        steps = self.program.steps
        done: set[int] = set()
        arranged: list[list[_Level]] = []
        for group in self.groups:
            places = [place for place in needed(self.program, group) if place not in done]
            level_of: dict[int, int] = {}
            levels: list[_Level] = []
            for place in places:
                step = steps[place]
                under = max((level_of.get(part, -1) for part in step.parts), default=-1)
                if place not in self._kept:
                    level_of[place] = under
                    continue
                level_of[place] = under + 1
                while len(levels) <= under + 1:
                    levels.append(_Level())
                level = levels[under + 1]
                if step.operation in _BETWEEN_SPACES or step.operation == "load":
                    level.moved.append(place)
                else:
                    level.made.setdefault(step.space, []).append((place, self._expression(place)))
            for level in levels:
                for space, made in level.made.items():
                    level.inputs[space] = self._inputs(place for place, _ in made)
            done.update(places)
            arranged.append(levels)
        self._plan_dropping(arranged)
        return arranged

    def _inputs(self, places: Iterable[int]) -> list[int]:
        """The kept columns that the expressions of these places read."""
        found: dict[int, None] = {}
        waiting = [part for place in places for part in self.program.steps[place].parts]
        while waiting:
            place = waiting.pop()
            if place in self._kept:
                found[place] = None
            else:
                waiting.extend(self.program.steps[place].parts)
        return sorted(found)

    def _plan_dropping(self, arranged: list[list[_Level]]) -> None:
        """Note for each level what it is the last to use; outputs stay until they are handed out."""
        last: dict[int, list[int]] = {}
        for group, levels in zip(self.groups, arranged, strict=True):
            handing_out = _Level()
            for level in levels:
                for inputs in level.inputs.values():
                    last.update(dict.fromkeys(inputs, level.dropped))
                for place in level.moved:
                    last.update(dict.fromkeys(self.program.steps[place].parts, level.dropped))
                    last[place] = level.dropped
            last.update(dict.fromkeys(group, handing_out.dropped))
            levels.append(handing_out)
        for place, dropped in last.items():
            dropped.append(place)

    # ---- expressions ----

    def _expression(self, place: int) -> pl.Expr:
        step = self.program.steps[place]
        return _EMIT[step.operation](step, [self._reading(part) for part in step.parts])

    def _reading(self, place: int) -> pl.Expr:
        step = self.program.steps[place]
        if step.operation == "constant":
            return pl.lit(step.value, dtype=pl.Int64 if step.kind == WHOLE else pl.Boolean)
        return pl.col(str(place)) if place in self._kept else self._expression(place)

    # ---- running ----

    def run(self, frames: Frames) -> Iterable[dict[int, pl.Series]]:
        """For each group of outputs, its columns; those that are the same everywhere are left out."""
        columns: dict[int, pl.Series] = {}
        for group, (*levels, handing_out) in zip(self.groups, self._levels, strict=True):
            for level in levels:
                for place in level.moved:
                    columns[place] = self._moved(self.program.steps[place], columns, frames)
                for space, made in level.made.items():
                    table = pl.DataFrame([columns[place].alias(str(place)) for place in level.inputs[space]])
                    wanted = [expression.alias(str(place)) for place, expression in made]
                    # there is nothing to optimise: what is used twice is a column already
                    results = table.lazy().select(wanted).collect(optimizations=_AS_IT_IS)
                    for (place, _), column in zip(made, results.get_columns(), strict=True):
                        columns[place] = column
                for place in level.dropped:
                    columns.pop(place, None)
            yield {place: columns[place] for place in group if place in columns}
            for place in handing_out.dropped:
                columns.pop(place, None)

    def _moved(self, step: Step, columns: dict[int, pl.Series], frames: Frames) -> pl.Series:
        if step.operation == "load":
            return frames.load(step)
        (part,) = step.parts
        source = self.program.steps[part]
        if step.operation in ("spread", "align"):
            move = frames.spread if step.operation == "spread" else frames.align
            return move(columns[part], step.space)
        within = cast("Space", step.value)
        column = columns.get(part)
        if column is None:
            kind = pl.Int64 if source.kind == WHOLE else pl.Boolean
            column = pl.repeat(cast("int", source.value), frames.length(within), dtype=kind, eager=True)
        return frames.reduce(step.operation, column, within)


def _bits(step: Step, parts: list[pl.Expr]) -> pl.Expr:
    found = [
        part.cast(pl.Int64) * (1 << bit) if bit else part.cast(pl.Int64) for bit, part in enumerate(parts)
    ]
    return reduce(lambda one, other: one + other, found)


# Polars 2.1 gives two rows for a number compared with a choice that is the same number everywhere
# (``lit < when(true).then(lit)``), but only where the number stands on the left.
def _equal(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    return right == left if left.meta.is_literal() else left == right


def _less(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    return right > left if left.meta.is_literal() else left < right


_EMIT: dict[str, Callable[[Step, list[pl.Expr]], pl.Expr]] = {
    "and": lambda step, parts: reduce(lambda one, other: one & other, parts),
    "or": lambda step, parts: reduce(lambda one, other: one | other, parts),
    "not": lambda step, parts: ~parts[0],
    "equal": lambda step, parts: _equal(*parts),
    "less": lambda step, parts: _less(*parts),
    "add": lambda step, parts: parts[0] + parts[1],
    "subtract": lambda step, parts: parts[0] - parts[1],
    "multiply": lambda step, parts: parts[0] * parts[1],
    "floor_divide": lambda step, parts: parts[0] // parts[1],
    "minimum": lambda step, parts: pl.min_horizontal(*parts),
    "maximum": lambda step, parts: pl.max_horizontal(*parts),
    "select": lambda step, parts: pl.when(parts[0]).then(parts[1]).otherwise(parts[2]),
    "bits": _bits,
}
