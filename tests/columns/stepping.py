"""Programs and tables made at random, and what a program means, said once more as plainly as can be."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, cast

import polars as pl

from huiqi.columns.batch import LARGEST, ROW, Batch
from huiqi.columns.program import ENTERPRISE, INFINITE, WHOLE, Program, Space, Step

SPACES: tuple[Space, ...] = (ENTERPRISE, ("项目",), ("认定",), ("项目", "认定"))
_FIELDS = {"数": pl.Int64, "日": pl.Date, "类": pl.Int16, "是": pl.Boolean}
EPOCH = date(1970, 1, 1)


def make_batch(seed: int, rows: int) -> Batch:
    """Enterprises with unknowns, numbers of all sizes, and some with no, one or many items."""
    choose = random.Random(seed)
    facts = {name: [_value(choose, name) for _ in range(rows)] for name in _FIELDS}
    items = {}
    for name in ("项目", "认定"):
        row = sorted(choose.randrange(rows) for _ in range(rows * 2)) if rows else []
        table: dict[str, Any] = {ROW: pl.Series(row, dtype=pl.UInt32)}
        for field, kind in _FIELDS.items():
            table[field] = pl.Series([_value(choose, field) for _ in row], dtype=kind)
        items[name] = pl.DataFrame(table)
    columns = [pl.Series(name, values, dtype=_FIELDS[name]) for name, values in facts.items()]
    columns += [
        pl.Series(name, [choose.random() < 0.8 for _ in range(rows)], dtype=pl.Boolean) for name in items
    ]
    return Batch(
        pl.Series("id", [str(row) for row in range(rows)], dtype=pl.String), pl.DataFrame(columns), items
    )


def _value(choose: random.Random, name: str) -> Any:
    if choose.random() < 0.2:
        return None
    return {
        "数": choose.choice((0, 1, -1, 7, -7, LARGEST, -LARGEST, choose.randrange(-100, 100))),
        "日": EPOCH + timedelta(days=choose.randrange(-5, 5)),
        "类": choose.randrange(3),
        "是": choose.random() < 0.5,
    }[name]


def load(program: Program, kind: str, field: str, space: Space) -> int:
    """A column of the table as lowering loads it; of pairs it is that of the inner items."""
    within = space[-1:]
    key = ".".join((*within, field))
    low, high = {"low": (-INFINITE, LARGEST), "high": (-LARGEST, INFINITE), "code": (-1, 2)}.get(kind, (0, 1))
    return program.align(program.load(kind, key, within, low, high), space)


def make_program(seed: int, number: int = 60) -> Program:
    """Steps of every kind in every space, over one another."""
    choose, program = random.Random(seed), Program()
    truths = {space: [program.truth(True), program.truth(False)] for space in SPACES}
    numbers = {space: [program.whole(value) for value in (0, 1, -3, 7, INFINITE)] for space in SPACES}
    for space in SPACES:
        truths[space] += [load(program, kind, "是", space) for kind in ("true", "false")]
        numbers[space] += [load(program, kind, field, space) for kind in ("low", "high") for field in "数日"]
        numbers[space].append(load(program, "code", "类", space))
    truths[ENTERPRISE].append(program.load("given", "项目", ENTERPRISE))
    for _ in range(number):
        space = choose.choice(SPACES)
        t, n = truths[space], numbers[space]

        def some(of: list[int], least: int) -> list[int]:
            return [choose.choice(of) for _ in range(choose.randrange(least, 4))]

        match choose.randrange(12):
            case 0:
                t.append(program.and_(*some(t, 2)))
            case 1:
                t.append(program.or_(*some(t, 2)))
            case 2:
                t.append(program.not_(choose.choice(t)))
            case 3:
                t.append(choose.choice((program.equal, program.less))(choose.choice(n), choose.choice(n)))
            case 4:
                work: Callable[[int, int], int] = choose.choice(
                    (program.add, program.subtract, program.multiply)
                )
                n.append(
                    _small(
                        program, work(_small(program, choose.choice(n)), _small(program, choose.choice(n)))
                    )
                )
            case 5:
                by = program.maximum(program.whole(1), choose.choice(n))
                n.append(program.floor_divide(choose.choice(n), choose.choice((by, program.whole(3)))))
            case 6:
                n.append(choose.choice((program.minimum, program.maximum))(*some(n, 2)))
            case 7 | 8:
                n.append(program.select(choose.choice(t), choose.choice(n), choose.choice(n)))
            case 9:
                n.append(program.bits(*some(t, 1)))
            case 10 if space:
                t.append(program.spread(choose.choice(truths[space[:-1]]), space))
                n.append(program.spread(choose.choice(numbers[space[:-1]]), space))
            case 11 if space:
                truths[space[:-1]].append(program.any_item(choose.choice(t), space))
                one = _small(program, choose.choice(n))
                numbers[space[:-1]].append(program.sum_items(one, space, 1 << 40))
                reduce = choose.choice((program.most_item, program.least_item))
                numbers[space[:-1]].append(reduce(choose.choice(n), space))
    return program


def _small(program: Program, place: int) -> int:
    """Within what can be added and multiplied without leaving 64 bits."""
    return program.minimum(program.maximum(place, program.whole(-(1 << 30))), program.whole(1 << 30))


def meaning(program: Program, batch: Batch) -> list[list[Any]]:
    """Every column of a program, worked out value by value."""
    rows: dict[Space, list[tuple[int, ...]]] = {ENTERPRISE: [(row,) for row in range(len(batch))]}
    for space in SPACES[1:]:
        items = batch.items[space[-1]][ROW].to_list()
        rows[space] = [
            (*above, item) for above in rows[space[:-1]] for item, row in enumerate(items) if row == above[0]
        ]
    found: list[list[Any]] = []
    for step in program.steps:
        found.append(_column(step, [found[part] for part in step.parts], program, batch, rows))
    return found


def _column(
    step: Step,
    parts: Sequence[list[Any]],
    program: Program,
    batch: Batch,
    rows: dict[Space, list[tuple[int, ...]]],
) -> list[Any]:
    mine = rows[step.space]
    match step.operation:
        case "load":
            return _load(step, batch, mine)
        case "constant":
            return [step.value] * max(len(each) for each in rows.values())
        case "spread":
            above = dict(zip(rows[step.space[:-1]], parts[0], strict=False))
            return [above[row[:-1]] for row in mine]
        case "align":
            return [parts[0][row[-1]] for row in mine]
        case "any" | "sum" | "most" | "least":
            inner = rows[step.value]  # type: ignore[index]
            groups: dict[tuple[int, ...], list[Any]] = {row: [] for row in mine}
            for row, value in zip(inner, parts[0], strict=False):
                groups[row[:-1]].append(value)
            return [_REDUCE[step.operation](groups[row]) for row in mine]
    return [_EACH[step.operation](*values) for values in zip(*parts, strict=False)][: len(mine)]


def _load(step: Step, batch: Batch, mine: list[tuple[int, ...]]) -> list[Any]:
    kind, key = cast("tuple[str, str]", step.value)
    if kind == "never":
        return [False] * len(mine)
    collection, _, field = key.rpartition(".")
    column = (batch.items[collection] if step.space else batch.facts)[field or key].to_list()
    fill = {"low": step.lowest, "high": step.highest, "code": -1}
    if kind == "false":
        return [value is False for value in column]
    if kind in ("true", "given"):
        return [value is True for value in column]
    return [
        fill[kind] if value is None else (value - EPOCH).days if isinstance(value, date) else value
        for value in column
    ]


_REDUCE: dict[str, Callable[[list[Any]], Any]] = {
    "any": any,
    "sum": sum,
    "most": lambda values: max(values, default=-INFINITE),
    "least": lambda values: min(values, default=INFINITE),
}
_EACH: dict[str, Callable[..., Any]] = {
    "and": lambda *parts: all(parts),
    "or": lambda *parts: any(parts),
    "not": lambda part: not part,
    "equal": lambda one, other: one == other,
    "less": lambda one, other: one < other,
    "add": lambda one, other: one + other,
    "subtract": lambda one, other: one - other,
    "multiply": lambda one, other: one * other,
    "floor_divide": lambda one, other: one // other,
    "minimum": lambda *parts: min(parts),
    "maximum": lambda *parts: max(parts),
    "select": lambda condition, then, otherwise: then if condition else otherwise,
    "bits": lambda *parts: sum(1 << bit for bit, part in enumerate(parts) if part),
}


def varying(program: Program) -> tuple[int, ...]:
    """The columns that are not the same everywhere."""
    return tuple(place for place, step in enumerate(program.steps) if step.operation != "constant")


def is_number(program: Program, place: int) -> bool:
    """Whether a column is of numbers."""
    return program.steps[place].kind == WHOLE
