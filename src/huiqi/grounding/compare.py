"""Does what a rule says stand in the text: the figure, the boundary word beside it, the day?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from huiqi.grounding.claims import SaidDay, SaidFigure
from huiqi.grounding.days import Stretch
from huiqi.grounding.figures import Figure
from huiqi.grounding.texts import FoundFigure, Passage
from huiqi.language.units import PURE, Dimension

_DAY = timedelta(days=1)
_YEAR: Dimension = (("年度", 1),)
_PEOPLE = frozenset("人名位")
_THINGS = frozenset("名位家户个所种类项件笔批场次台套辆处条")
"""Counters that a text and a fact may choose differently for the same things."""


def occurrences(said: SaidFigure, passage: Passage) -> tuple[FoundFigure, ...]:
    """The places of a passage at which a figure of a rule stands, in whatever spelling."""
    return tuple(found for found in passage.figures if same(said, found.figure))


def figure_stands(said: SaidFigure, passage: Passage) -> bool:
    """Whether a figure of a rule stands in a passage; a year (2024年度) also inside a stretch of years."""
    if said.dimension == _YEAR:
        return any(stretch.first.year <= said.number <= stretch.last.year for stretch in passage.days)
    return bool(occurrences(said, passage))


def same(said: SaidFigure, figure: Figure) -> bool:
    """Whether a figure of a rule and one of a text are the same amount of the same thing."""
    if figure.dimension is None:
        return _without_unit(said, figure)
    if figure.number != said.number:
        return False
    return any(
        _alike(figure.dimension, dimension) for dimension in (said.dimension, _without_per(said.dimension))
    )


def _alike(left: Dimension, right: Dimension) -> bool:
    if left == right or _without_per(left) == right:
        return True
    counters = {_counter(left), _counter(right)}
    return counters <= _PEOPLE or counters <= _THINGS


def _counter(dimension: Dimension) -> str | None:
    """What is counted, when nothing but that is."""
    return dimension[0][0] if len(dimension) == 1 and dimension[0][1] == 1 else None


def _without_per(dimension: Dimension) -> Dimension:
    """What is given, of so much per something: the text says 每户 elsewhere."""
    return tuple((base, power) for base, power in dimension if power > 0)


def _without_unit(said: SaidFigure, figure: Figure) -> bool:
    """A figure without a unit in the text: 1000万 stands for 1000万元, 0.8 for 0.8个/户, 3 for a bare 3."""
    powers = dict(said.dimension)
    if "元" in powers:
        return figure.text[-1] in "万亿" and Fraction(said.number, 100) == figure.number
    bare = said.dimension == PURE and said.text[-1:].isdecimal()
    per_something = any(power < 0 for power in powers.values())
    return (bare or per_something) and said.number == figure.number


def boundary_agrees(said: SaidFigure, found: Sequence[FoundFigure]) -> bool:
    """Whether the boundary words beside a figure agree with the rule's operator.

    A text may name the figure several times: one place that agrees is enough, and a place without a word says
    nothing. An amount that is 定额 must not be called 最高 everywhere; one that is 不超过 must be somewhere.
    """
    ops = [each.op for each in found]
    words = {op for op in ops if op is not None}
    if said.ops == {"="}:
        return "<=" not in words or None in ops
    if not said.ops or said.ops & words:
        return True
    return not words and not said.firm


def day_stands(said: SaidDay, passage: Passage) -> bool:
    """Whether a day stands in a passage: as itself, or as that end of a stretch which the rule means."""
    return said.day in passage.stated or any(
        said.day in _bounds(stretch, said.ops) for stretch in passage.days
    )


def _bounds(stretch: Stretch, ops: frozenset[str]) -> Iterator[date]:
    """The days that a stretch gives to a comparison: from its first, up to its last."""
    if not ops or "=" in ops or "!=" in ops:
        yield from (stretch.first, stretch.last)
    if ">=" in ops:
        yield stretch.first
    if ">" in ops:
        yield from (stretch.first - _DAY, stretch.last)
    if "<=" in ops:
        yield stretch.last
    if "<" in ops:
        yield from (stretch.last + _DAY, stretch.first)
