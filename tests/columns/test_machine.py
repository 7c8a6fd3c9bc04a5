"""The compiled path gives what the embedded engine gives, value for value; its sums are the sums of that."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from weakref import ref

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from huiqi.catalogue.load import load_catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.frames import Frames
from huiqi.columns.machine.engine import MachineMissingError, Stored
from huiqi.columns.machine.machine import Machine
from huiqi.columns.machine.sums import Sums, SumsPlan
from huiqi.columns.machine.tables import SPREAD, blocks
from huiqi.columns.machine.words import Op
from huiqi.columns.matcher import Matcher
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, INFINITE, Program
from huiqi.language.benefit import RuleBook
from tests.columns.making import Maker, as_batch
from tests.columns.stepping import load, make_batch, make_program, meaning, varying

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
DAY = date(2024, 6, 1)
PROGRAMS = range(8)
FIELDS = ("counts", "low", "high", "unbounded", "one_short")
Change = Callable[[npt.NDArray[np.int64]], None]


# ---- programs made at random, against what each step means ----


@cache
def _batch(rows: int) -> Batch:
    return make_batch(rows, rows)


@cache
def _expected(seed: int) -> list[list[Any]]:
    return meaning(make_program(seed), _batch(150))


def _wrong(stored: Stored, batch: Batch, expected: list[list[Any]]) -> list[int]:
    """The columns that differ."""
    frames = Frames(batch)
    found = stored.columns(frames)
    assert set(found) == set(stored.places)
    lengths = {place: frames.length(stored.program.steps[place].space) for place in stored.places}
    assert {place: len(column) for place, column in found.items()} == lengths
    return [place for place, column in found.items() if column.tolist() != expected[place][: lengths[place]]]


@pytest.mark.parametrize("block", [1, 7, 64, 2048])
@pytest.mark.parametrize("seed", PROGRAMS)
def test_every_step_means_the_same_in_blocks_of_any_size(seed: int, block: int) -> None:
    program = make_program(seed)
    assert _wrong(Stored.of(program, varying(program), block), _batch(150), _expected(seed)) == []


@pytest.mark.parametrize("seed", PROGRAMS)
def test_the_engine_agrees_with_what_each_step_means(seed: int) -> None:
    program = make_program(seed)
    found: dict[int, pl.Series] = {}
    for columns in PolarsEngine(program, [varying(program)]).run(Frames(_batch(150))):
        found |= columns
    assert [
        place for place, column in found.items() if column.to_list() != _expected(seed)[place][: len(column)]
    ] == []


@pytest.mark.parametrize("rows", [0, 1, 64, 65])
def test_tables_of_no_and_of_few_rows(rows: int) -> None:
    program = make_program(1)
    assert _wrong(Stored.of(program, varying(program)), _batch(rows), meaning(program, _batch(rows))) == []


def test_columns_of_a_part_of_a_table() -> None:
    """Where bits do not begin with a byte."""
    whole, program = _batch(150), make_program(2)
    part = Batch(
        whole.ids[3:],
        whole.facts[3:],
        {
            name: table.with_columns(pl.col("#row") - 3).filter(pl.col("#row") < 147)
            for name, table in whole.items.items()
        },
    )
    assert _wrong(Stored.of(program, varying(program), 50), part, meaning(program, part)) == []


# ---- one small program that has every operation, and errors planted in it ----


def _every_operation() -> tuple[Program, tuple[int, ...]]:
    p = Program()
    items = ("项目",)
    low, high, day, far = (load(p, kind, field, ENTERPRISE) for field in "数日" for kind in ("low", "high"))
    code, yes, no = (
        load(p, "code", "类", ENTERPRISE),
        *(load(p, kind, "是", ENTERPRISE) for kind in ("true", "false")),
    )
    mine, marked = load(p, "high", "数", items), load(p, "true", "是", items)
    number = p.whole
    small = p.minimum(p.maximum(low, number(-1000)), number(1000))
    wide = p.maximum(number(1), day)
    outputs = [
        *(low, high, day, far, code, mine),
        p.and_(yes, p.less(low, day)),
        p.equal(low, day),
        p.equal(high, number(7)),
        p.less(low, number(1)),
        p.equal(code, number(1)),
        p.equal(high, number(INFINITE)),
        p.add(small, day),
        p.add(small, number(5)),
        p.subtract(small, day),
        p.subtract(number(5), small),
        p.multiply(small, p.minimum(wide, number(9))),
        p.multiply(small, number(3)),
        p.floor_divide(low, wide),
        p.floor_divide(low, number(3)),
        p.floor_divide(small, number(3)),
        p.minimum(low, day),
        small,
        p.maximum(low, day),
        p.select(no, low, day),
        p.select(yes, low, number(3)),
        p.select(no, number(2), number(3)),
        p.add(code, far),
        p.spread(low, items),
        p.spread(yes, items),
        p.any_item(marked, items),
        p.any_item(p.truth(True), items),
        p.sum_items(p.minimum(mine, number(1000)), items, 1 << 40),
        p.sum_items(number(2), items, 1 << 40),
        p.most_item(mine, items),
        p.least_item(mine, items),
        p.bits(yes, no, p.truth(True)),
    ]
    return p, tuple(outputs)


def _as(op: Op) -> Change:
    """Another operation in the place of one with the same operands."""

    def change(line: npt.NDArray[np.int64]) -> None:
        line[0] = op

    return change


def _plus(column: int, by: int = 1) -> Change:
    def change(line: npt.NDArray[np.int64]) -> None:
        line[column] += by

    return change


def _turn(column: int) -> Change:
    """The opposite of a truth value that is read."""

    def change(line: npt.NDArray[np.int64]) -> None:
        line[column] = -1 - line[column]

    return change


X, Y, Z, S, T = range(3, 8)
PLANTED: dict[Op, Change] = {
    Op.AND: _plus(Y, -1),
    Op.EQUAL: _as(Op.LESS),
    Op.EQUAL_TO: _as(Op.LESS_THAN),
    Op.LESS: _as(Op.EQUAL),
    Op.LESS_THAN: _plus(S),
    Op.ADD: _as(Op.SUBTRACT),
    Op.ADD_TO: _as(Op.SUBTRACT_FROM),
    Op.SUBTRACT: _as(Op.ADD),
    Op.SUBTRACT_FROM: _as(Op.ADD_TO),
    Op.MULTIPLY: _as(Op.ADD),
    Op.MULTIPLY_BY: _plus(S),
    Op.DIVIDE: _as(Op.MINIMUM),
    Op.DIVIDE_BY: _plus(S),
    Op.MINIMUM: _as(Op.MAXIMUM),
    Op.MINIMUM_WITH: _as(Op.MAXIMUM_WITH),
    Op.MAXIMUM: _as(Op.MINIMUM),
    Op.MAXIMUM_WITH: _as(Op.MINIMUM_WITH),
    Op.SELECT: _turn(T),
    Op.SELECT_OR: _turn(T),
    Op.SELECT_OF: _turn(T),
    Op.LOAD_64: _plus(S),
    Op.LOAD_CODE: _plus(S),
    Op.LOAD_TRUE: _as(Op.LOAD_FALSE),
    Op.LOAD_FALSE: _as(Op.LOAD_TRUE),
    Op.FILL: _plus(S),
    Op.FILL_BITS: _plus(S, -1),
    Op.GATHER: _as(Op.FILL),
    Op.GATHER_BITS: _turn(Y),
    Op.ANY: _turn(Y),
    Op.SUM: _as(Op.MOST),
    Op.MOST: _as(Op.LEAST),
    Op.LEAST: _as(Op.MOST),
    Op.PACK: _plus(Y, -1),
    Op.STORE: _as(Op.FILL),
    Op.STORE_BITS: _turn(Y),
}
PLANTED_IN_SUMS: dict[Op, Change] = {
    Op.PICK: _as(Op.FILL),
    Op.PICK_BITS: _turn(T),
    Op.CHOOSE: _plus(Y, -1),
    Op.COUNT: _turn(Y),
    Op.TOTAL: _plus(T, -1),
}


def _changed(code: npt.NDArray[np.int64], op: Op, change: Change) -> Iterator[npt.NDArray[np.int64]]:
    """The code with an error in one of these instructions, for each of them."""
    for at in np.flatnonzero(code[:, 0] == op):
        other = code.copy()
        change(other[at])
        yield other


def test_every_operation_is_tried() -> None:
    loads = {Op.LOAD_32, Op.LOAD_16}  # of a table, as its columns are: LOAD_64 stands for them in the code
    assert {*PLANTED, *PLANTED_IN_SUMS, *loads} == set(Op)
    assert not set(PLANTED) & set(PLANTED_IN_SUMS)


def test_every_operation_means_what_it_says() -> None:
    program, outputs = _every_operation()
    assert _wrong(Stored.of(program, outputs), _batch(150), meaning(program, _batch(150))) == []


@pytest.mark.parametrize("op", PLANTED, ids=lambda op: op.name)
def test_an_error_in_an_operation_is_noticed(op: Op) -> None:
    program, outputs = _every_operation()
    expected, stored = meaning(program, _batch(150)), Stored.of(program, outputs)
    code = stored.running.code
    wrong = list(_changed(code.code, op, PLANTED[op]))
    assert wrong, f"{op.name} is not in the code"
    for each in wrong:
        running = replace(stored.running, code=replace(code, code=each))
        assert _wrong(replace(stored, running=running), _batch(150), expected) != []


@pytest.mark.parametrize(
    "by", [1, 2, 3, 7, 1000, 2**40 + 1, 2**49, 2**53 - 1, 2**55 + 1, 2**61 - 1, 2**62 - 1]
)
def test_quotients_are_exact_however_large(by: int) -> None:
    """Also next to multiples, where floats would be rounded to the wrong side."""
    edges = [
        sign * max(-(1 << 62), min(1 << 62, near * by + off))
        for near in (0, 1, 5, 2**20 - 1, (1 << 62) // by)
        for off in (-1, 0, 1)
        for sign in (1, -1)
    ]
    program = Program()
    number, divisor = (program.load("low", name, ENTERPRISE, -INFINITE, INFINITE) for name in ("数", "除数"))
    divisor = program.maximum(divisor, program.whole(1))
    quotients = (
        program.floor_divide(number, divisor),
        program.floor_divide(program.whole(1 << 61), divisor),
        program.floor_divide(number, program.whole(by)),
    )
    table = pl.DataFrame({"数": edges, "除数": [by] * len(edges)})
    batch = Batch(pl.Series("id", [""] * len(edges)), table)
    expected = [
        [edge // by for edge in edges],
        [(1 << 61) // by] * len(edges),
        [edge // by for edge in edges],
    ]
    wanted = tuple(place for place in quotients if program.steps[place].operation == "floor_divide")
    for some in (batch, Batch(batch.ids[:6], table[:6])):  # the first few are small
        found = Stored.of(program, wanted).columns(Frames(some))
        for place, column in zip(quotients, expected, strict=True):
            assert place not in wanted or found[place].tolist() == column[: len(some)]


# ---- against the engine and against single answers ----


def sums_by_answers(matcher: Matcher, batch: Batch, by: npt.NDArray[np.int32] | None, groups: int) -> Sums:
    sums = Sums.nothing(len(matcher.benefits), groups)
    sums.add_answers(matcher.judge(batch, everything=True).long(), by)
    return sums


def differing(one: Sums, other: Sums) -> list[str]:
    return [name for name in FIELDS if not np.array_equal(getattr(one, name), getattr(other, name))]


def in_three(batch: Batch) -> npt.NDArray[np.int32]:
    return np.arange(len(batch), dtype=np.int32) * 7 % 3


def agrees_with_the_engine(made: Machine, batch: Batch) -> None:
    expected: dict[int, pl.Series] = {}
    for columns in made.compiled.engine.run(Frames(batch)):
        expected |= columns
    found = made.engine.columns(Frames(batch), list(expected))
    assert set(found) == set(expected)
    assert [place for place in found if not np.array_equal(found[place], expected[place].to_numpy())] == []


# ---- the whole catalogue ----


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_catalogue(CATALOGUE).book


@pytest.fixture(scope="module")
def batch(book: RuleBook) -> Batch:
    maker = Maker(book, 11)
    enterprises = [maker.enterprise() for _ in range(250)]
    table = as_batch(book, enterprises)
    return replace(table, odd={row: enterprises[row] for row in (0, 77, 249)})


@pytest.fixture(scope="module")
def made(book: RuleBook, batch: Batch) -> Machine:
    matcher = Matcher(book, DAY)
    return Machine(matcher, matcher.given_by(batch), one_short=True, block=96)


@pytest.fixture(scope="module")
def by_answers(made: Machine, batch: Batch) -> Sums:
    return sums_by_answers(made.matcher, batch, in_three(batch), 3)


def test_the_whole_catalogue_column_for_column(made: Machine, batch: Batch) -> None:
    agrees_with_the_engine(made, batch)


def test_the_whole_catalogue_in_sums(made: Machine, batch: Batch, by_answers: Sums) -> None:
    assert differing(made.sums(batch, in_three(batch), 3), by_answers) == []
    assert by_answers.one_short.any()
    assert by_answers.unbounded.any()


def test_sums_without_groups_are_those_of_allgroups(made: Machine, batch: Batch, by_answers: Sums) -> None:
    found = made.sums(batch)
    together = Sums(*(getattr(by_answers, name).sum(axis=1, keepdims=True) for name in FIELDS))
    assert differing(found, together) == []


@pytest.mark.parametrize(
    "by", [[0] * 249, [0] * 251, [0] * 249 + [3], [-1] + [0] * 249], ids=("short", "long", "high", "low")
)
def test_groups_that_do_not_fit_the_table(made: Machine, batch: Batch, by: list[int]) -> None:
    with pytest.raises(ValueError, match="a group from 0 to 2 for each of 250 enterprises"):
        made.sums(batch, np.array(by, np.int32), 3)


def test_nothing_depends_on_how_many_work(made: Machine, batch: Batch) -> None:
    assert differing(made.sums(batch, threads=1), made.sums(batch, threads=3)) == []


def test_sums_of_parts_are_sums_of_the_whole(made: Machine, batch: Batch) -> None:
    first = pl.Series([row < 100 for row in range(len(batch))])
    parts = made.sums(batch.take(first)) + made.sums(batch.take(~first))
    assert differing(parts, made.sums(batch)) == []


def test_a_catalogue_without_enterprises(made: Machine, batch: Batch) -> None:
    nobody = batch.take(pl.Series([False] * len(batch)))
    assert not made.sums(nobody).counts.any()
    agrees_with_the_engine(made, nobody)


@pytest.mark.parametrize("op", PLANTED_IN_SUMS, ids=lambda op: op.name)
def test_an_error_in_sums_is_noticed(op: Op, made: Machine, batch: Batch) -> None:
    """Of the first few of each; an instruction at which nobody comes past in this table changes nothing."""
    plan: SumsPlan
    plan, running = made._plan
    frames, code = Frames(batch), running.code
    right = running.over(frames, [], plan.slots)
    noticed = []
    for at, each in enumerate(_changed(code.code, op, PLANTED_IN_SUMS[op])):
        if at == 60:
            break
        wrong = replace(running, code=replace(code, code=each)).over(frames, [], plan.slots)
        noticed.append(not np.array_equal(right, wrong))
    assert noticed, f"{op.name} is not in the code"
    assert sum(noticed) >= 0.5 * len(noticed)


def test_sums_do_not_overflow() -> None:
    """A thousand times 2 to the 61st does not fit in 64 bits."""
    answers = pl.DataFrame(
        {
            "row": [0] * 1000,
            "benefit": [0] * 1000,
            "item": [None] * 1000,
            "verdict": [0] * 1000,
            "within": [None] * 1000,
        }
        | {name: [1 << 61] * 1000 for name in ("low", "high")}
        | {"missing": [0] * 1000},
        schema_overrides={"within": pl.UInt8},
    )
    sums = Sums.nothing(1, 1)
    sums.add_answers(answers)
    assert sums.high[0, 0, 0] == sums.low[0, 0, 0] == 1000 << 61


# ---- blocks ----


def test_blocks_hold_few_items_unless_one_enterprise_has_many() -> None:
    row = np.repeat(np.arange(100), [500 if each == 40 else 3 for each in range(100)])
    edges = blocks({("项目",): row}, 100, 16)
    counts = np.diff(np.searchsorted(row, edges))
    assert edges[0] == 0
    assert edges[-1] == 100
    assert (np.diff(edges) > 0).all()
    over = counts > SPREAD * 16
    assert np.diff(edges)[over].tolist() == [1]
    assert (np.diff(edges) <= 16).all()


@pytest.mark.parametrize("everything", [False, True])
def test_a_matcher_answers_alike_on_either_path(book: RuleBook, batch: Batch, everything: bool) -> None:
    engine, compiled = (
        Matcher(book, DAY, by=("注册地", "企业规模"), compiled=one).judge(batch, everything=everything)
        for one in (False, True)
    )
    assert compiled.long().equals(engine.long())
    assert compiled.groups.equals(engine.groups)
    assert compiled.singly == engine.singly


@pytest.mark.parametrize("compiled", [False, True])
def test_a_batch_is_let_go_when_it_is_done(book: RuleBook, batch: Batch, compiled: bool) -> None:
    """Not some time later, when Python looks for circles: a table has many batches."""
    matcher = Matcher(book, DAY, compiled=compiled)
    machine = Machine(matcher, matcher.given_by(batch))
    part = batch.take(pl.repeat(True, len(batch), eager=True))
    facts = ref(part.facts)
    gc.collect()
    gc.disable()
    try:
        matcher.judge(part)
        machine.sums(part)
        del part
        assert facts() is None
    finally:
        gc.enable()


# ---- what is not installed ----


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch, book: RuleBook) -> None:
    monkeypatch.setattr("huiqi.columns.machine.engine.find_spec", lambda name: None)
    with pytest.raises(MachineMissingError, match=r"Numba.*huiqi\[compiled\]"):
        Machine(Matcher(book, DAY, []), frozenset())
