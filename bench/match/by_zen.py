"""The same rules as expressions of GoRules Zen, one enterprise at a time, of which everything is known.

Zen is asked in two ways: compiled expressions one by one, and one decision whose expression node has them
all. Its functions for dates would take text; it is given months and days as numbers, which is quicker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any as Anything

from bench.match.answers import Sums
from bench.match.rows import Table
from bench.match.subset import COLUMNS, RULES
from bench.match.terms import Term

_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
_SIGNS = {
    "and": "and",
    "or": "or",
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "less": "<",
    "at_most": "<=",
    "same": "==",
}


def printed(term: Term) -> str:
    """A term in Zen's expression language; what is only for unknowns falls away."""
    operation = term.operation
    if operation == "constant":
        return str(term.value)
    if operation == "fact":
        return f"c{_PLACES[str(term.value)]}"
    if operation == "month":
        return f"m{_PLACES[str(term.parts[0].value)]}"
    first, *rest = (printed(part) for part in term.parts)
    if operation in _SIGNS:
        return f"({first} {_SIGNS[operation]} {rest[0]})"
    match operation:
        case "otherwise" | "sure" | "possible" | "true_or_unknown":
            return first
        case "not":
            return f"(not {first})"
        case "among":
            return f"({first} in {list(term.value)})"
        case "by":
            return f"({first} <= {term.value})"
        case "floor_divide":
            return f"floor({first} / {rest[0]})"
        case "smaller" | "larger":
            return f"{'min' if operation == 'smaller' else 'max'}([{first}, {rest[0]}])"
    assert operation == "choose", operation
    return f"({first} ? {rest[0]} : {rest[1]})"


def _texts() -> Iterator[tuple[str, str, str]]:
    for rule in RULES:
        due = printed(rule.condition)
        low, high = (f"({due}) ? ({printed(end)}) : 0" for end in (rule.low, rule.high))
        yield due, low, high


class Zen:
    """Both ways of asking. Raises ``ImportError`` where zen-engine is not installed."""

    def __init__(self) -> None:
        zen = import_module("zen")
        self._expressions = [[zen.compile_expression(text) for text in texts] for texts in _texts()]
        names = ("due", "low", "high")
        asked = [
            {"id": f"{name}{place}", "key": f"{name}{place}", "value": text}
            for place, texts in enumerate(_texts())
            for name, text in zip(names, texts, strict=True)
        ]
        nodes: list[Anything] = [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "position": {"x": 1, "y": 0},
                "content": {"expressions": asked},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ]
        edges = [
            {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
            for one, other in (("in", "rules"), ("rules", "out"))
        ]
        self._decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    @staticmethod
    def records(given: Table, rows: int) -> list[dict[str, Anything]]:
        """The first enterprises of a table as Zen takes them."""
        columns = {f"c{_PLACES[name]}": values[:rows].tolist() for name, values in given.values.items()}
        for column in COLUMNS:
            if column.kind == "日期":
                months = given.values[column.name][:rows].astype("datetime64[D]").astype("datetime64[M]")
                columns[f"m{_PLACES[column.name]}"] = [int(one) + 12 * 1970 for one in months.astype(int)]
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def expressions(self, records: list[dict[str, Anything]]) -> Sums:
        """Counts and sums by compiled expressions."""
        return _summed(
            [[one.evaluate(record) for texts in self._expressions for one in texts] for record in records]
        )

    def decision(self, records: list[dict[str, Anything]]) -> Sums:
        """Counts and sums by one decision a record."""
        names = [f"{name}{place}" for place in range(len(RULES)) for name in ("due", "low", "high")]
        found = []
        for record in records:
            result = self._decision.evaluate(record)["result"]
            found.append([result[name] for name in names])
        return _summed(found)


def _summed(found: list[list[Anything]]) -> Sums:
    sums = []
    for place in range(len(RULES)):
        due, low, high = (sum(int(row[3 * place + at]) for row in found) for at in range(3))
        sums.append((due, 0, len(found) - due, low, high, 0))
    return sums
