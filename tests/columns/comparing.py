"""One batch by columns and one enterprise at a time: where the two differ, value for value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.frames import Frames
from huiqi.columns.matcher import Matcher
from huiqi.columns.outcome import LONG, from_results
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result

KEY = ["row", "benefit", "item"]
VALUES = [name for name in LONG if name not in KEY]


@dataclass(frozen=True)
class Difference:
    """A value of one answer that the columns give otherwise; without ``column``, an answer that one lacks."""

    benefit: str
    row: int
    item: int | None
    column: str
    columns: Any
    judge: Any

    def __str__(self) -> str:
        where = f"{self.benefit}, row {self.row}" + ("" if self.item is None else f", item {self.item}")
        return f"{where}: {self.column or 'answers'} {self.columns!r}, one by one {self.judge!r}"


def singly(matcher: Matcher, batch: Batch) -> dict[str, float]:
    """For each benefit, the share of enterprises that did not go through columns but one by one."""
    compiled = matcher.compiled(matcher.given_by(batch))
    values = next(iter(compiled.engine.run(Frames(batch))))
    asked = [number for numbers in matcher.singly(batch, compiled, values).values() for number in numbers]
    return {one.id: asked.count(number) / len(batch) for number, one in enumerate(matcher.benefits)}


def judged(matcher: Matcher, enterprises: Sequence[Mapping[str, Any]], judge: Judge) -> list[list[Result]]:
    """The answers of the evaluation of single enterprises on the benefits of a matcher."""
    asked = [benefit.id for benefit in matcher.benefits]
    return [judge.judge(facts, matcher.on, asked, trace=False) for facts in enterprises]


def compare(matcher: Matcher, batch: Batch, expected: Sequence[Sequence[Result]]) -> Iterator[Difference]:
    """Judge a batch in full, and hold it against the answers of ``judged``."""
    found = matcher.judge(batch, everything=True).long()
    answers = _table(matcher, expected)
    for benefit, keys in zip(matcher.benefits, matcher.keys, strict=True):
        assert set(keys) <= matcher.book.facts_asked(benefit), f"{benefit.id} lacks what it does not ask"
    yield from differences(matcher, found, answers)


def _table(matcher: Matcher, expected: Sequence[Sequence[Result]]) -> pl.DataFrame:
    """The answers of single enterprises in the form of an outcome, with the numbers of the matcher."""
    numbers = {benefit.id: number for number, benefit in enumerate(matcher.benefits)}
    rows = [
        line
        for row, results in enumerate(expected)
        for line in from_results(
            row,
            ((numbers[one.benefit.id], one) for one in results),
            matcher._keys,
            matcher._conditions,
        )
    ]
    return pl.DataFrame(rows, schema=LONG, orient="row").sort(KEY, maintain_order=True)


def differences(matcher: Matcher, found: pl.DataFrame, expected: pl.DataFrame) -> Iterator[Difference]:
    """Where two tables of answers differ."""
    if found.equals(expected):
        return
    sides = [
        table.select(*KEY, pl.struct(VALUES).alias(name))
        for name, table in (("found", found), ("expected", expected))
    ]
    both = sides[0].join(sides[1], on=KEY, how="full", nulls_equal=True, coalesce=True).sort(KEY)
    for row, benefit, item, one, other in both.iter_rows():
        name = matcher.benefits[benefit].id
        if one is None or other is None:
            yield Difference(name, row, item, "", one, other)
            continue
        for column in VALUES:
            if one[column] != other[column]:
                yield Difference(name, row, item, column, one[column], other[column])
