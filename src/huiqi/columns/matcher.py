"""Every benefit for a whole batch of enterprises at once, with the same answers as ``evaluate.Judge``.

Benefits that say something that columns cannot, and enterprises that columns cannot hold exactly, are judged
one by one by the very evaluation that answers a single enterprise; the rest goes through the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any as Anything

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.ends import NotColumnarError
from huiqi.columns.frames import Frames
from huiqi.columns.lower import Lowering
from huiqi.columns.outcome import INELIGIBLE, LONG, Outcome, Reading, from_results, rows_of
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, Program
from huiqi.columns.values import Choice
from huiqi.columns.verdicts import JudgedBenefit, Judging
from huiqi.evaluate.judge import Judge
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, RuleBook
from huiqi.language.types import Kind

_GROUP = 24  # benefits whose columns are made together: enough to share work, few enough for little memory


@dataclass(frozen=True)
class Compiled:
    """The columns of a rule book for tables that give the same facts."""

    program: Program
    judged: dict[int, JudgedBenefit]
    refused: dict[int, str]
    doubt: int
    by: dict[str, int]

    @cached_property
    def engine(self) -> PolarsEngine:
        """The embedded engine for this program."""
        numbers = sorted(self.judged)
        groups: list[list[int]] = [[self.doubt, *self.by.values()]]
        for start in range(0, len(numbers), _GROUP):
            places: list[int] = []
            for number in numbers[start : start + _GROUP]:
                one = self.judged[number]
                places += one.itself.places + (one.items.places if one.items else ())
            groups.append(places)
        return PolarsEngine(self.program, groups)

    def groups(self) -> list[list[int]]:
        """The benefits of each group of the engine after the first."""
        numbers = sorted(self.judged)
        return [numbers[start : start + _GROUP] for start in range(0, len(numbers), _GROUP)]


class Matcher:
    """Judges batches by the benefits of a rule book (or those named) on one day. Make it once.

    ``by`` names facts with options (选项), stated or derived, that say which group an enterprise is in.
    Raises ``KeyError`` for a benefit or a fact that there is not.
    """

    def __init__(
        self,
        book: RuleBook,
        on: date,
        benefits: Iterable[str] | None = None,
        by: Sequence[str] = (),
    ) -> None:
        self.book, self.on, self.by = book, on, tuple(by)
        self.benefits: tuple[Benefit, ...] = tuple(
            book.benefits.values() if benefits is None else (book.benefits[one] for one in benefits)
        )
        self._judge = Judge(book)
        self._compiled: dict[frozenset[str], Compiled] = {}
        self._keys: list[dict[str, int]] = [{} for _ in self.benefits]
        self._conditions: list[dict[str, int]] = [{} for _ in self.benefits]

    @property
    def keys(self) -> list[list[str]]:
        """For each benefit, the facts behind the bits of ``missing``."""
        return [list(one) for one in self._keys]

    @property
    def conditions(self) -> list[list[str]]:
        """For each benefit, the names behind ``unmet``."""
        return [list(one) for one in self._conditions]

    def compiled(self, given: frozenset[str]) -> Compiled:
        """The columns for tables with these facts."""
        if given not in self._compiled:
            self._compiled[given] = self._compile(given)
        return self._compiled[given]

    def _compile(self, given: frozenset[str]) -> Compiled:
        lowering = Lowering(self.book, self.on, given)
        judging = Judging(lowering)
        judged: dict[int, JudgedBenefit] = {}
        refused: dict[int, str] = {}
        for number, benefit in enumerate(self.benefits):
            before = dict(lowering.values.ends.doubts)
            try:
                judged[number] = judging.lower(benefit, self._keys[number], self._conditions[number])
            except NotColumnarError as reason:
                lowering.values.ends.doubts = before
                refused[number] = str(reason)
        p = lowering.program
        doubts = []
        for place in lowering.values.ends.doubts:
            while p.steps[place].space != ENTERPRISE:
                place = p.any_item(place, p.steps[place].space)
            doubts.append(place)
        by = {name: self._option(lowering, name) for name in self.by}
        return Compiled(p, judged, refused, p.or_(*doubts), by)

    def _option(self, lowering: Lowering, name: str) -> int:
        """The place of the option that a fact has, or -1 where it is not known."""
        p, kind = lowering.program, self.book.vocabulary[name].type
        value = lowering.lower(s.Fact(name=name, type=kind), lowering.enterprise)
        assert isinstance(value, Choice)
        found = p.whole(-1)
        for place, word in enumerate(kind.options):
            if word in value.can:
                surely = p.and_(p.not_(value.unknown), value.can[word])
                found = p.select(surely, p.whole(place), found)
        return found

    def given_by(self, batch: Batch) -> frozenset[str]:
        """The facts, collections and fields that a batch has columns for, except texts."""
        found = set()
        for name in batch.facts.columns:
            if self.book.vocabulary[name].type.kind is not Kind.COLLECTION:
                found.add(name)
            elif name in batch.items:
                found.add(name)
                found |= {f"{name}.{field}" for field in batch.items[name].columns[1:]}
        return frozenset(found)

    def judge(self, batch: Batch, *, everything: bool = False) -> Outcome:
        """The answers for a batch; ``everything``: also where a condition fails."""
        compiled = self.compiled(self.given_by(batch))
        results = iter(compiled.engine.run(Frames(batch)))
        first = next(results)
        single = set(batch.odd)
        if compiled.doubt in first:
            single |= set(first[compiled.doubt].arg_true().to_list())
        rows: dict[str | None, pl.DataFrame] = {None: rows_of(batch, None)}
        tables: list[pl.DataFrame] = []
        answered: dict[int, list[pl.Series]] = {}
        for numbers, values in zip(compiled.groups(), results, strict=True):
            for number in numbers:
                one = compiled.judged[number]
                for columns, collection in ((one.itself, None), (one.items, one.benefit.subject)):
                    if columns is None:
                        continue
                    if collection not in rows:
                        rows[collection] = rows_of(batch, collection)
                    reading = Reading.of(compiled.program, number, one, columns, values, rows[collection])
                    tables.append(reading.long(everything))
                    if one.benefit.subject is not None:
                        answered.setdefault(number, []).append(reading.table["row"])
        table = pl.concat(tables) if tables else pl.DataFrame(schema=LONG)
        of_rows = {number: pl.concat(series) for number, series in answered.items()}
        if single or compiled.refused:
            table, of_rows = self._with_singles(table, of_rows, batch, single, compiled.refused, everything)
        return Outcome(
            batch,
            len(single),
            self._groups(batch, compiled, first, single),
            of_rows,
            everything,
            table.sort("row", "benefit", "item", maintain_order=True),
        )

    def _groups(
        self, batch: Batch, compiled: Compiled, values: Mapping[int, pl.Series], single: set[int]
    ) -> pl.DataFrame:
        """The option that each enterprise has of the facts that were asked for."""
        found = []
        for name, place in compiled.by.items():
            constant = compiled.program.constant_of(place)
            codes = pl.repeat(constant, len(batch), eager=True) if place not in values else values[place]
            codes = codes.cast(pl.Int16)
            for row in single:
                facts = batch.values(row, self.book.vocabulary)
                value = facts.get(name)
                if value is None and name in self.book.rules:
                    value = self._judge.value_of(name, facts, self.on)
                options = self.book.vocabulary[name].type.options
                codes[row] = options.index(value) if isinstance(value, str) else -1
            found.append(codes.replace(-1, None).alias(name))
        return pl.DataFrame(found)

    def _with_singles(
        self,
        table: pl.DataFrame,
        answered: dict[int, pl.Series],
        batch: Batch,
        single: set[int],
        refused: dict[int, str],
        everything: bool,
    ) -> tuple[pl.DataFrame, dict[int, pl.Series]]:
        """The table and who has an answer, with those that go one by one in the place of theirs."""
        if single:
            alone = pl.Series(sorted(single), dtype=pl.UInt32).implode()
            table = table.filter(~pl.col("row").is_in(alone))
            answered = {number: rows.filter(~rows.is_in(alone)) for number, rows in answered.items()}
        numbers = {benefit.id: number for number, benefit in enumerate(self.benefits)}
        every, some = list(numbers), [self.benefits[number].id for number in refused]
        found: list[tuple[Anything, ...]] = []
        for row in range(len(batch)) if refused else sorted(single):
            values = batch.values(row, self.book.vocabulary)
            asked = every if row in single else some
            results = self._judge.judge(values, self.on, asked, trace=False)
            pairs = ((numbers[result.benefit.id], result) for result in results)
            found += from_results(row, pairs, self._keys, self._conditions)
        singles = pl.DataFrame(found, schema=LONG, orient="row")
        for number, benefit in enumerate(self.benefits):
            if benefit.subject is not None:
                rows = singles.filter(pl.col("benefit") == number)["row"]
                answered[number] = pl.concat([answered[number], rows]) if number in answered else rows
        if not everything:
            singles = singles.filter(pl.coalesce("within", "verdict") != INELIGIBLE)
        return pl.concat([table, singles]), answered
