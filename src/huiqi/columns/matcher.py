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
from huiqi.columns.machine.engine import MachineEngine, is_installed
from huiqi.columns.outcome import INELIGIBLE, LONG, Outcome, Reading, from_results, rows_of
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, Program, needed
from huiqi.columns.values import Choice
from huiqi.columns.verdicts import JudgedBenefit, Judging
from huiqi.evaluate.judge import Judge, is_ended
from huiqi.language import syntax as s
from huiqi.language.benefit import MOST_FACTS, Benefit, RuleBook
from huiqi.language.types import Kind

LARGE = 4_000
"""From so many enterprises on it is worth the second or two that code for the compiled path takes."""
_GROUP = 24  # benefits whose columns are made together: enough to share work, few enough for little memory


@dataclass(frozen=True)
class Compiled:
    """The columns of a rule book for tables that give the same facts.

    ``refused`` are the benefits that say what columns cannot, and why. ``doubts`` has for those that need it
    the column that is true where whole numbers of 64 bits may not have held what the benefit asks.
    """

    program: Program
    judged: dict[int, JudgedBenefit]
    refused: dict[int, str]
    doubts: dict[int, int]
    by: dict[str, int]

    @cached_property
    def engine(self) -> PolarsEngine:
        """The embedded engine for this program."""
        return PolarsEngine(self.program, self._outputs())

    @cached_property
    def machine(self) -> MachineEngine:
        """The compiled path for this program; raises ``MachineMissingError``."""
        return MachineEngine(self.program, self._outputs())

    def _outputs(self) -> list[list[int]]:
        """What must be known first (doubts, and who is in which group), then the columns of each group."""
        places = (
            [place for number in group for place in self.judged[number].places] for group in self.groups()
        )
        return [[*self.doubts.values(), *self.by.values()], *places]

    def groups(self) -> list[list[int]]:
        """The benefits of each group of the engine after the first."""
        numbers = sorted(self.judged)
        return [numbers[start : start + _GROUP] for start in range(0, len(numbers), _GROUP)]


class Matcher:
    """Judges batches by the benefits of a rule book (or those named) on one day. Make it once.

    ``by`` names facts with options (选项), stated or derived, that say which group an enterprise is in.
    ``compiled`` says whether columns are made by the compiled path; unless told, large batches are where it
    is installed. The answers are the same.

    Raises ``KeyError`` for a benefit or a fact that there is not, and ``ValueError`` for a benefit that asks
    about more than ``MOST_FACTS`` facts (L14.4).
    """

    def __init__(
        self,
        book: RuleBook,
        on: date,
        benefits: Iterable[str] | None = None,
        by: Sequence[str] = (),
        compiled: bool | None = None,
    ) -> None:
        self.book, self.on, self.by = book, on, tuple(by)
        self._by_machine = compiled
        self.benefits: tuple[Benefit, ...] = tuple(
            book.benefits.values() if benefits is None else (book.benefits[one] for one in benefits)
        )
        for benefit in self.benefits:
            if len(book.facts_asked(benefit)) > MOST_FACTS:
                raise ValueError(f"“{benefit.id}”问到的事实超过{MOST_FACTS}个")
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

    def is_ended(self, benefit: Benefit) -> bool:
        """Whether the day lies outside the dates of a benefit."""
        return is_ended(benefit, self.on)

    def is_compiled(self, batch: Batch) -> bool:
        """Whether this batch goes by the compiled path."""
        if self._by_machine is not None:
            return self._by_machine
        return len(batch) >= LARGE and is_installed()

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
            try:
                judged[number] = judging.lower(benefit, self._keys[number], self._conditions[number])
            except NotColumnarError as reason:
                refused[number] = str(reason)
        p, of_place = lowering.program, lowering.values.ends.doubts
        doubts: dict[int, int] = {}
        for number, one in judged.items():
            places = needed(p, one.places)
            wheres = dict.fromkeys(where for place in places for where in of_place.get(place, ()))
            found = p.or_(*(self._of_enterprise(p, where) for where in wheres))
            if p.constant_of(found) is not False:
                doubts[number] = found
        by = {name: self._option(lowering, name) for name in self.by}
        return Compiled(p, judged, refused, doubts, by)

    def _of_enterprise(self, p: Program, where: int) -> int:
        """Where something is true of the enterprise or of any of its items."""
        while p.steps[where].space != ENTERPRISE:
            where = p.any_item(where, p.steps[where].space)
        return where

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
        engine = compiled.machine if self.is_compiled(batch) else compiled.engine
        results = iter(engine.run(Frames(batch)))
        first = next(results)
        single = self.singly(batch, compiled, first)
        rows: dict[str | None, pl.DataFrame] = {None: rows_of(batch, None)}
        tables: list[pl.DataFrame] = []
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
        table = pl.concat(tables) if tables else pl.DataFrame(schema=LONG)
        if single:
            table = self.with_singles(table, batch, single, everything)
        return Outcome(
            batch,
            len(single),
            self.groups(batch, compiled, first),
            everything,
            table.sort("row", "benefit", "item", maintain_order=True),
        )

    def singly(
        self, batch: Batch, compiled: Compiled, values: Mapping[int, pl.Series]
    ) -> dict[int, Iterable[int]]:
        """The enterprises that are judged one by one, and by which benefits."""
        everybody = range(len(batch) if compiled.refused else 0)
        some = {row: [*compiled.refused] for row in everybody}
        for number, place in compiled.doubts.items():
            decided = compiled.program.constant_of(place)
            rows = range(len(batch)) if decided else values[place].arg_true().to_list()
            for row in rows:
                some.setdefault(row, []).append(number)
        return {**some, **dict.fromkeys(batch.odd, range(len(self.benefits)))}

    def groups(self, batch: Batch, compiled: Compiled, values: Mapping[int, pl.Series]) -> pl.DataFrame:
        """The option that each enterprise has of the facts that were asked for."""
        found = []
        for name, place in compiled.by.items():
            constant = compiled.program.constant_of(place)
            codes = values[place] if constant is None else pl.repeat(constant, len(batch), eager=True)
            codes = codes.cast(pl.Int16)
            for row in batch.odd:
                facts = batch.values(row, self.book.vocabulary)
                value = facts.get(name)
                if value is None and name in self.book.rules:
                    value = self._judge.value_of(name, facts, self.on)
                options = self.book.vocabulary[name].type.options
                codes[row] = options.index(value) if isinstance(value, str) else -1
            found.append(codes.replace(-1, None).alias(name))
        return pl.DataFrame(found)

    def with_singles(
        self, table: pl.DataFrame, batch: Batch, single: Mapping[int, Iterable[int]], everything: bool
    ) -> pl.DataFrame:
        """The table with the answers of those that go one by one in the place of theirs."""
        found: list[tuple[Anything, ...]] = []
        pairs: list[tuple[int, int]] = []
        numbers = {benefit.id: number for number, benefit in enumerate(self.benefits)}
        for row, asked in single.items():
            ids = [self.benefits[number].id for number in asked]
            values = batch.values(row, self.book.vocabulary)
            results = self._judge.judge(values, self.on, ids, trace=False)
            pairs += ((row, number) for number in asked)
            found += from_results(
                row, ((numbers[one.benefit.id], one) for one in results), self._keys, self._conditions
            )
        replaced = pl.DataFrame(pairs, schema={"row": pl.UInt32, "benefit": pl.UInt16}, orient="row")
        singles = pl.DataFrame(found, schema=LONG, orient="row")
        if not everything:
            singles = singles.filter(pl.coalesce("within", "verdict") != INELIGIBLE)
        return pl.concat([table.join(replaced, on=["row", "benefit"], how="anti"), singles])
