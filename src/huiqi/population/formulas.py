"""Formulas of the rule language over drawn columns, where almost everything is known.

This is for making numbers up, not for judging: floating point, a month is 30.4375 days, and a value that is
not there makes a comparison false.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any as Anything

import numpy as np

from huiqi.language import syntax as s
from huiqi.language.types import DAYS, Kind
from huiqi.population.values import NO_DAY, Column, Frame, Words, day_number, nothing

MONTH = 30.4375

_COMPARE: dict[str, Callable[[Anything, Anything], Anything]] = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
_ARITHMETIC: dict[str, Callable[[Anything, Anything], Anything]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
_ROUND: dict[str, Callable[[Anything], Anything]] = {
    "四舍五入": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
    "舍去": np.trunc,
    "进位": lambda x: np.sign(x) * np.ceil(np.abs(x)),
}


class Evaluator:
    """Works out typed trees over frames, as of one day."""

    def __init__(self, words: Words, day: date, parameters: Callable[[str], float]) -> None:
        self.words, self.parameters = words, parameters
        self.today, self.year = day_number(day), day.year

    def __call__(self, node: s.Node, frame: Frame) -> Anything:
        """A column, or one value for all rows; each tree is worked out once a frame."""
        found = frame.cache.get(id(node))
        if found is None:
            with np.errstate(all="ignore"):
                found = frame.cache[id(node)] = self._value(node, frame)
        return found

    def column(self, node: s.Node, frame: Frame) -> Column:
        """The same, always as a column."""
        return np.broadcast_to(self(node, frame), (frame.rows,))

    def _value(self, node: s.Node, frame: Frame) -> Anything:
        match node:
            case s.Literal(value=value):
                return self._literal(value)
            case s.Fact(name=name, collection=collection):
                return frame.column(name, collection)
            case s.Parameter(name=name):
                return self.parameters(name)
            case s.Definition(body=body) | s.Named(body=body):
                return self(body, frame)
            case s.Unstated():
                return nothing(node.type.kind)
            case s.Today():
                return self.today
            case s.Not(body=body):
                return np.logical_not(self(body, frame))
            case s.All(parts=parts):
                return np.logical_and.reduce([self.column(part, frame) for part in parts])
            case s.Any(parts=parts):
                return np.logical_or.reduce([self.column(part, frame) for part in parts])
            case s.Compare(op=op, left=left, right=right):
                return _COMPARE[op](self(left, frame), self(right, frame)) & self._there(left, frame)
            case s.Member(item=item, options=options):
                return np.isin(self.column(item, frame), [self(one, frame) for one in options])
            case s.Arithmetic(op=op, left=left, right=right):
                return _ARITHMETIC[op](self(left, frame), self(right, frame))
            case s.Negate(body=body):
                return np.negative(self(body, frame))
            case s.Extreme(greatest=greatest, parts=parts):
                choose = np.maximum if greatest else np.minimum
                return choose.reduce([self.column(part, frame) for part in parts])
            case s.If(condition=condition, then=then, otherwise=otherwise):
                return np.where(self(condition, frame), self(then, frame), self(otherwise, frame))
            case s.Round(mode=mode, body=body, step=step):
                unit = self(step, frame)
                return _ROUND[mode](self(body, frame) / unit) * unit
            case s.DateFunction():
                return _dates(node, [self(one, frame) for one in node.arguments])
            case s.Aggregate():
                if frame.around is None:
                    return self._aggregate(node, frame)
                return self(node, frame.around)[frame.owner]
        raise TypeError(type(node).__name__)

    def _literal(self, value: s.Value) -> bool | float | int:
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.words.number(value)
        if isinstance(value, date):
            return day_number(value)
        return float(value)

    def _there(self, node: s.Node, frame: Frame) -> Anything:
        """Where there is a value; NaN takes care of itself except in ``!=``."""
        value = self(node, frame)
        if node.type.kind is Kind.NUMBER:
            return ~np.isnan(value)
        if node.type.kind is Kind.DATE:
            return np.not_equal(value, NO_DAY)
        return np.greater_equal(value, 0)

    def _aggregate(self, node: s.Aggregate, frame: Frame) -> Column:
        inner = frame.inside(node.collection)
        owner = frame.items[node.collection].owner
        chosen = np.ones(inner.rows, bool) if node.where is None else self.column(node.where, inner)
        body = chosen if node.body is None else self.column(node.body, inner)
        if node.function == "计数":
            return np.bincount(owner[chosen], minlength=frame.rows).astype(float)
        if node.function in ("任一", "全部"):
            wanted = chosen & (body if node.function == "任一" else ~body)
            found = np.bincount(owner[wanted], minlength=frame.rows) > 0
            return found if node.function == "任一" else ~found
        if node.function == "合计":
            return np.bincount(owner[chosen], weights=body[chosen].astype(float), minlength=frame.rows)
        most = node.function == "最大"
        result = np.full(frame.rows, -np.inf if most else np.inf)
        (np.maximum if most else np.minimum).at(result, owner[chosen], body[chosen].astype(float))
        return np.where(np.isfinite(result), result, np.nan)


def _dates(node: s.DateFunction, values: list[Anything]) -> Anything:
    first, function = values[0], node.function
    if function == "天数":
        return np.subtract(values[1], first).astype(float)
    if function in ("年数", "月数"):
        months = np.floor(np.subtract(values[1], first) / MONTH)
        return months if function == "月数" else np.floor(months / 12) * 12
    if function in ("推后", "提前"):
        days = values[1] * (1 if node.arguments[1].type.dimension == DAYS.dimension else MONTH)
        return np.add(first, np.round(days if function == "推后" else -days)).astype(np.int64)
    years = np.asarray(first, dtype="datetime64[D]").astype("datetime64[Y]")
    if function == "年度":
        return years.astype(np.int64) + 1970.0
    end = int(function == "年末")
    return (years + end).astype("datetime64[D]").astype(np.int64) - end
