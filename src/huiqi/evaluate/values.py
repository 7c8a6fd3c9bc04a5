"""Values that may be uncertain, and what every operation of the language does with them.

A known value is a plain Python value: ``bool``, ``int``/``Fraction`` in base units, ``str``, ``date``.
Anything else is an ``Uncertain``: a truth value that is unknown, a number or day somewhere in a closed range,
or a choice among some options. It remembers which facts it waits for, so an answer can say what would settle
it. Booleans follow Kleene's three-valued logic; numbers follow interval arithmetic, in which an unknown
number is a range and never zero (docs/language.md, 五). This module is the only place where these meanings
are written down for evaluation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any as Anything
from typing import TypeAlias

from huiqi.language.syntax import Value

INFINITE = math.inf  # only ever a bound of a range, never an amount


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A value not known exactly.

    ``low`` and ``high`` bound a number or a day (``None`` for other kinds, and for a day without a bound);
    ``options`` are the possible choices; ``missing`` are the keys of the facts that would settle it.
    """

    missing: frozenset[str]
    low: Anything = None
    high: Anything = None
    options: frozenset[str] | None = None


# A ``syntax.Value`` or an ``Uncertain``. The checker has proved which operation meets which type, which
# Python's own types cannot express; so here they stay out of the way.
Answer: TypeAlias = Anything


def is_known(value: Answer) -> bool:
    """Whether the value is exact."""
    return type(value) is not Uncertain


def missing_of(value: Answer) -> frozenset[str]:
    """The facts that would settle the value: none when it is known."""
    return value.missing if type(value) is Uncertain else frozenset()


def low_of(value: Answer) -> Anything:
    """The least the value can be."""
    return value.low if type(value) is Uncertain else value


def high_of(value: Answer) -> Anything:
    """The most the value can be."""
    return value.high if type(value) is Uncertain else value


def ranged(low: Anything, high: Anything, missing: frozenset[str]) -> Answer:
    """A number or day between two bounds: known when they meet."""
    if low is not None and low == high and low not in (INFINITE, -INFINITE):
        return low
    return Uncertain(missing, low, high)


def _union(values: Iterable[Answer]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for value in values:
        if type(value) is Uncertain:
            found = found | value.missing if found else value.missing
    return found


# ---- truth ----


def not_(value: Answer) -> Answer:
    """非: unknown stays unknown."""
    return value if type(value) is Uncertain else not value


def all_(values: Sequence[Answer]) -> Answer:
    """且: false as soon as one part is false, otherwise unknown as soon as one is unknown."""
    unsure = None
    for value in values:
        if value is False:
            return False
        if value is not True:
            unsure = value if unsure is None else Uncertain(unsure.missing | value.missing)
    return True if unsure is None else unsure


def any_(values: Sequence[Answer]) -> Answer:
    """或: true as soon as one part is true, otherwise unknown as soon as one is unknown."""
    unsure = None
    for value in values:
        if value is True:
            return True
        if value is not False:
            unsure = value if unsure is None else Uncertain(unsure.missing | value.missing)
    return False if unsure is None else unsure


# ---- comparison ----


def equal(left: Answer, right: Answer) -> Answer:
    """``=``: decided also when ranges do not meet or no option is shared."""
    if type(left) is not Uncertain and type(right) is not Uncertain:
        return left == right
    missing = missing_of(left) | missing_of(right)
    ours, theirs = _options(left), _options(right)
    if ours is not None and theirs is not None and not ours & theirs:
        return False
    if _apart(left, right) or _apart(right, left):
        return False
    return Uncertain(missing)


def _options(value: Answer) -> frozenset[str] | None:
    if type(value) is Uncertain:
        return value.options
    return frozenset((value,)) if isinstance(value, str) else None


def _apart(left: Answer, right: Answer) -> bool:
    high, low = high_of(left), low_of(right)
    return high is not None and low is not None and not isinstance(high, str | bool) and high < low


def less(left: Answer, right: Answer) -> Answer:
    """``<``: decided when the ranges do not overlap."""
    if type(left) is not Uncertain and type(right) is not Uncertain:
        return left < right
    if _apart(left, right):
        return True
    if _not_above(right, left):
        return False
    return Uncertain(missing_of(left) | missing_of(right))


def _not_above(left: Answer, right: Answer) -> bool:
    high, low = high_of(left), low_of(right)
    return high is not None and low is not None and high <= low


def _less_or_equal(left: Answer, right: Answer) -> Answer:
    return not_(less(right, left))


COMPARISONS: dict[str, Callable[[Answer, Answer], Answer]] = {
    "=": equal,
    "!=": lambda left, right: not_(equal(left, right)),
    "<": less,
    "<=": _less_or_equal,
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: not_(less(left, right)),
}


def member(values: Sequence[Answer]) -> Answer:
    """属于: the first value is one of the rest; an unknown choice decides when all its options agree."""
    item, *options = values
    if type(item) is Uncertain and item.options is not None:
        listed = {option for option in options if isinstance(option, str)}
        if len(listed) == len(options):
            if item.options <= listed:
                return True
            return Uncertain(item.missing) if item.options & listed else False
    return any_([equal(item, option) for option in options])


# ---- arithmetic ----


def add(left: Answer, right: Answer) -> Answer:
    """``+``."""
    if type(left) is not Uncertain and type(right) is not Uncertain:
        return left + right
    low, high = low_of(left) + low_of(right), high_of(left) + high_of(right)
    return ranged(low, high, missing_of(left) | missing_of(right))


def negate(value: Answer) -> Answer:
    """The other sign."""
    if type(value) is Uncertain:
        return Uncertain(value.missing, -value.high, -value.low)
    return -value


def subtract(left: Answer, right: Answer) -> Answer:
    """``-``."""
    if type(left) is not Uncertain and type(right) is not Uncertain:
        return left - right
    return add(left, negate(right))


def multiply(left: Answer, right: Answer) -> Answer:
    """``*``; zero times an unbounded number is zero."""
    if type(left) is not Uncertain and type(right) is not Uncertain:
        return left * right
    corners = [_times(a, b) for a in (low_of(left), high_of(left)) for b in (low_of(right), high_of(right))]
    return ranged(min(corners), max(corners), missing_of(left) | missing_of(right))


def _times(a: Anything, b: Anything) -> Anything:
    return 0 if a == 0 or b == 0 else a * b


def divide(left: Answer, right: Answer) -> Answer:
    """``/``, exact. Dividing by zero has no value, so dividing by what may be zero has no bounds."""
    missing = missing_of(left) | missing_of(right)
    if type(left) is not Uncertain and type(right) is not Uncertain:
        if right == 0:
            return Uncertain(missing, -INFINITE, INFINITE)
        quotient = Fraction(left, right)
        return quotient.numerator if quotient.denominator == 1 else quotient
    low, high = low_of(right), high_of(right)
    if low > 0 or high < 0:
        ends = [_over(a, b) for a in (low_of(left), high_of(left)) for b in (low, high)]
        return ranged(min(ends), max(ends), missing)
    return Uncertain(missing, -INFINITE, INFINITE)


def _over(a: Anything, b: Anything) -> Anything:
    if b in (INFINITE, -INFINITE):
        return 0
    return a / b if a in (INFINITE, -INFINITE) else Fraction(a) / b


ARITHMETIC: dict[str, Callable[[Answer, Answer], Answer]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}


def greatest(values: Sequence[Answer]) -> Answer:
    """取大; an unknown part leaves a range from the largest certain value up."""
    return _extreme(values, max)


def least(values: Sequence[Answer]) -> Answer:
    """取小; an unknown part leaves a range from its least up to the smallest certain value."""
    return _extreme(values, min)


def _extreme(values: Sequence[Answer], pick: Callable[..., Anything]) -> Answer:
    if all(type(value) is not Uncertain for value in values):
        return pick(values)
    lows, highs = [low_of(value) for value in values], [high_of(value) for value in values]
    if None in lows or None in highs:  # a day without a bound
        return Uncertain(_union(values))
    low, high = pick(lows), pick(highs)
    # a part that can no longer win alone is not worth asking about
    winners = [v for v in values if (high_of(v) > low if pick is max else low_of(v) < high)]
    return ranged(low, high, _union(winners))


def hull(values: Sequence[Answer], missing: frozenset[str]) -> Answer:
    """Any one of several values: what 如果 gives while its condition is unknown."""
    first = values[0]
    if all(
        type(value) is not Uncertain and value == first and type(value) is type(first) for value in values
    ):
        return first
    waiting = missing | _union(values)
    if any(isinstance(value, bool) for value in values):
        return Uncertain(waiting)
    sets = [_options(value) for value in values]
    if all(options is not None for options in sets):
        return Uncertain(waiting, options=frozenset().union(*(o for o in sets if o is not None)))
    lows, highs = [low_of(value) for value in values], [high_of(value) for value in values]
    if None in lows or None in highs:
        return Uncertain(waiting)
    return ranged(min(lows), max(highs), waiting)


# ---- rounding ----


def round_to(mode: str, value: Answer, step: Value) -> Answer:
    """Round to a multiple of ``step``: 四舍五入 half away from zero, 舍去 towards it, 进位 away from it."""
    if type(value) is Uncertain:
        low, high = (_round(mode, bound, step) for bound in (value.low, value.high))
        return ranged(low, high, value.missing)
    return _round(mode, value, step)


def _round(mode: str, value: Anything, step: Anything) -> Anything:
    if value in (INFINITE, -INFINITE):
        return value
    steps = abs(Fraction(value) / step)
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    if (mode == "进位" and rest) or (mode == "四舍五入" and rest >= Fraction(1, 2)):
        whole += 1
    result = whole * step * (-1 if value < 0 else 1)
    return result if isinstance(result, int) else Fraction(result)
