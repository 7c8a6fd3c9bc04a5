"""The same rules as Polars expressions over columns with nulls, as somebody writes them who knows Polars.

``&`` and ``|`` are Kleene's there already; what is not safe with nulls (the smaller of two, a choice) is
written so that it is. Parts that several rules share are found by Polars itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any as Anything
from typing import Literal, cast

import numpy as np
import polars as pl

from bench.match.answers import Answers, Sums
from bench.match.subset import RULES, Rule
from bench.match.terms import Term

Engine = Literal["in-memory", "streaming"]
_TWO: Mapping[str, Callable[[Anything, Anything], Anything]] = {
    "and": operator.and_,
    "or": operator.or_,
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "floor_divide": operator.floordiv,
    "less": operator.lt,
    "at_most": operator.le,
    "same": operator.eq,
}


class Stages:
    """The plan in steps: what several places lean on is a column of its own, made before them.

    Left to itself, Polars copies a shared part into every place and looks for it again afterwards, which
    takes longer than the work where parts lean on parts several deep.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._keys: dict[int, int] = {}
        self._known: dict[object, int] = {}
        self._terms: list[Term] = []
        self._parts: list[tuple[int, ...]] = []
        self._uses: list[int] = []
        for each in terms:
            self._uses[self._key(each)] += 1
        self._depths: list[int] = []  # of each part, the step in which it can be reckoned
        for key in range(len(self._terms)):
            below = (self._depths[part] + self._own(part) for part in self._parts[key])
            self._depths.append(max(below, default=0))

    def _key(self, term: Term) -> int:
        if id(term) not in self._keys:
            parts = tuple(self._key(part) for part in term.parts)
            shape = (term.operation, parts, term.value)
            if shape not in self._known:
                self._known[shape] = len(self._terms)
                self._terms.append(term)
                self._parts.append(parts)
                self._uses.append(0)
                for part in set(parts):
                    self._uses[part] += 1
            self._keys[id(term)] = self._known[shape]
        return self._keys[id(term)]

    def _own(self, key: int) -> bool:
        """Whether a part is a column of its own."""
        return self._uses[key] > 1 and self._terms[key].operation not in ("constant", "fact")

    def frame(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """The table with those columns."""
        for depth in range(max(self._depths) + 1):
            own = [key for key, at in enumerate(self._depths) if at == depth and self._own(key)]
            frame = frame.with_columns(self._whole(key).alias(f"#{key}") for key in own)
        return frame

    def of(self, term: Term) -> pl.Expr:
        """A term in the last step."""
        key = self._key(term)
        return pl.col(f"#{key}") if self._own(key) else self._whole(key)

    def _whole(self, key: int) -> pl.Expr:
        parts = [pl.col(f"#{part}") if self._own(part) else self._whole(part) for part in self._parts[key]]
        return _make(self._terms[key], parts)


STAGES = Stages(term for rule in RULES for term in (rule.condition, rule.low, rule.high))


def _make(term: Term, parts: list[pl.Expr]) -> pl.Expr:
    operation, value = term.operation, term.value
    if operation == "constant":
        return pl.lit(value, pl.Int64)
    if operation == "fact":
        return pl.col(str(value))
    first, *rest = parts
    if operation in _TWO:
        return cast(pl.Expr, _TWO[operation](first, rest[0]))
    match operation:
        case "not":
            return ~first
        case "among":
            codes: Sequence[int] = value
            return reduce(operator.or_, (first == pl.lit(code, pl.Int16) for code in codes))
        case "by":
            return first <= pl.lit(value).cast(pl.Int32).cast(pl.Date)
        case "smaller" | "larger":
            return _extreme(term, first, rest[0])
        case "choose":
            return pl.when(first).then(rest[0]).otherwise(rest[1])
        case "otherwise":
            return pl.coalesce(first, rest[0])
        case "month":
            return first.dt.year().cast(pl.Int64) * 12 + first.dt.month().cast(pl.Int64) - 1
        case "sure":
            return first.fill_null(False)
        case "possible":
            return first.fill_null(True)
    assert operation == "true_or_unknown", operation
    return first | pl.lit(None, pl.Boolean)


def _extreme(term: Term, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """The smaller or larger of two, null when one is: ``min_horizontal`` would skip it."""
    constant = term.parts[1].value if term.parts[1].operation == "constant" else None
    if constant is not None:
        return (
            left.clip(upper_bound=constant)
            if term.operation == "smaller"
            else left.clip(lower_bound=constant)
        )
    beyond = left > right if term.operation == "smaller" else left < right
    return pl.when(beyond).then(right).when(right.is_not_null()).then(left)


def _answers(rule: Rule) -> list[pl.Expr]:
    """The verdict (null: something is missing), low and high (null: no bound; 0 where not due)."""
    condition, low, high = (STAGES.of(each) for each in (rule.condition, rule.low, rule.high))
    live = condition.fill_null(True)
    return [condition, *(pl.when(live).then(end).otherwise(0) for end in (low, high))]


def sums(frame: pl.DataFrame, engine: Engine) -> Sums:
    """Counts and sums for each rule."""
    asked: list[pl.Expr] = []
    for place, rule in enumerate(RULES):
        due, low, high = _answers(rule)
        counted = [due.sum(), due.null_count(), low.sum(), high.sum(), high.null_count()]
        asked += [each.cast(pl.Int64).alias(f"{place}.{at}") for at, each in enumerate(counted)]
    row = STAGES.frame(frame.lazy()).select(asked).collect(engine=engine).row(0)
    found: Sums = []
    for at in range(0, len(row), 5):
        due_, missing, low_, high_, unbounded = row[at : at + 5]
        found.append((due_, missing, len(frame) - due_ - missing, low_, high_, unbounded))
    return found


def every(frame: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Every verdict (null: something is missing), low and high (null: no bound; 0 where not due)."""
    asked = [
        each.alias(f"{place}.{name}")
        for place, rule in enumerate(RULES)
        for name, each in zip(("verdict", "low", "high"), _answers(rule), strict=True)
    ]
    return STAGES.frame(frame.lazy()).select(asked).collect(engine=engine)


def answers(given: pl.DataFrame) -> Answers:
    """What ``every`` gave, as all peers give it."""
    places = range(len(RULES))
    verdicts = [given[f"{at}.verdict"].replace_strict({True: 0, False: 2}, default=1) for at in places]
    ends = ([given[f"{at}.{end}"].fill_null(-1) for at in places] for end in ("low", "high"))
    low, high = (np.stack([each.to_numpy() for each in end]) for end in ends)
    return np.stack([each.to_numpy() for each in verdicts]).astype(np.uint8), low, high
