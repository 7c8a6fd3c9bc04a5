"""What a table comes to: the sums alone, by the compiled path where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.frames import Frames
from huiqi.columns.machine.machine import Machine
from huiqi.columns.machine.sums import Sums
from huiqi.columns.matcher import Matcher
from huiqi.columns.verdicts import VERDICTS
from huiqi.entitlements.planning import counts_as_money
from huiqi.evaluate.result import OPEN, Verdict
from huiqi.matching.results import Wording
from huiqi.matching.sums import (
    COUNTS,
    KINDS,
    NUMBERS,
    by_department,
    counted,
    groups_by_row,
    in_words,
    no_sums,
    total,
    with_the_rest,
)
from huiqi.tables import Chunk, Reject, Table

SHOWN = 5
"""How many of the rows that were not taken are remembered, to be shown."""
_CERTAIN = VERDICTS.index(Verdict.ELIGIBLE)
_POSSIBLE = [VERDICTS.index(one) for one in OPEN]


@dataclass(frozen=True)
class Totals:
    """What a match came to. ``read`` rows are taken or rejected; ``singly`` were judged one by one."""

    matcher: Matcher
    read: int
    taken: int
    rejected: int
    singly: int
    sums: pl.DataFrame

    @cached_property
    def _together(self) -> pl.DataFrame:
        return total([self.sums.drop(self.matcher.by)], ())

    @cached_property
    def benefits(self) -> pl.DataFrame:
        """The sums by benefit alone."""
        return in_words(self._together, self.matcher, ())

    @cached_property
    def groups(self) -> pl.DataFrame:
        """The sums by benefit and group."""
        return in_words(self.sums, self.matcher, self.matcher.by)

    @cached_property
    def departments(self) -> pl.DataFrame:
        """The sums by responsible department."""
        return by_department(self._together, self.matcher)


@dataclass(frozen=True)
class TotalsAlone(Totals):
    """The totals of a table of which nothing else was kept; ``rejects`` are the first that were not taken."""

    rejects: tuple[Reject, ...] = ()


class Summing:
    """Sums over a table without writing what each enterprise is due.

    They are formed on the compiled path where ``Matcher.is_compiled``, and the same without it.
    """

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self._wording = Wording(matcher)
        in_force = [one.id for one in matcher.benefits if not matcher.is_ended(one)]
        self._in_force = Matcher(matcher.book, matcher.on, in_force, matcher.by)
        numbers = {one.id: number for number, one in enumerate(matcher.benefits)}
        self._numbers = np.array([numbers[one] for one in in_force], np.uint16)
        self._pays = np.array([counts_as_money(one) for one in self._in_force.benefits], np.bool_)
        self._machines: dict[frozenset[str], Machine] = {}

    def table(self, table: Table, told: Callable[[Chunk], object] = lambda _: None) -> TotalsAlone:
        """All chunks of a table; ``told`` hears of each. Raises what the table raises."""
        sums, rejects = no_sums(self.matcher).clear(), list[Reject]()
        read = taken = singly = 0
        for chunk in table.chunks():
            found, alone = self.batch(chunk.batch)
            sums = total([sums, found], self.matcher.by)
            read, taken, singly = read + chunk.rows, taken + len(chunk.batch), singly + alone
            rejects += chunk.rejects[: SHOWN - len(rejects)]
            told(chunk)
        if not read:
            sums = no_sums(self.matcher)
        return TotalsAlone(self.matcher, read, taken, read - taken, singly, sums, tuple(rejects))

    def batch(self, batch: Batch) -> tuple[pl.DataFrame, int]:
        """The sums of a batch, as ``sums.counted`` gives them, and how many were judged one by one."""
        if self.matcher.is_compiled(batch):
            return self._by_machine(batch)
        outcome = self.matcher.judge(batch)
        results = self._wording.results(outcome.long(), batch)
        return counted(self.matcher, results, batch, outcome.groups), outcome.singly

    def _by_machine(self, batch: Batch) -> tuple[pl.DataFrame, int]:
        matcher, given = self._in_force, self._in_force.given_by(batch)
        if not len(batch):
            return no_sums(self.matcher).clear(), 0
        if given not in self._machines:
            self._machines[given] = Machine(matcher, given, one_short=True)
        machine = self._machines[given]
        compiled = machine.compiled
        options = machine.engine.columns(Frames(batch), [*compiled.by.values()])
        groups = matcher.groups(
            batch, compiled, {place: pl.Series(column) for place, column in options.items()}
        )
        kinds, by = _numbered(groups)
        found = machine.sums(batch, by, 1 if by is None else len(kinds))
        sums = self._as_table(found, kinds)
        return with_the_rest(sums, self.matcher, batch, groups_by_row(groups, batch)), found.singly

    def _as_table(self, found: Sums, kinds: pl.DataFrame) -> pl.DataFrame:
        """The sums with a row for each benefit and group, without what fails a condition."""
        benefits, groups = found.one_short.shape
        each = np.tile(np.arange(groups), benefits)
        money = {
            "最低": found.low[:, :, _CERTAIN],
            "最高": found.high[:, :, _POSSIBLE].sum(axis=2),
            "无上限": found.unbounded[:, :, _POSSIBLE].sum(axis=2),
        }
        numbers = {word: found.counts[:, :, place] for place, word in enumerate(COUNTS)}
        numbers |= {name: np.where(self._pays[:, None], sums, 0) for name, sums in money.items()}
        numbers |= {"差一项": found.one_short, Verdict.INELIGIBLE.value: np.zeros_like(found.one_short)}
        return pl.DataFrame(
            [
                pl.Series("benefit", np.repeat(self._numbers, groups), dtype=pl.UInt16),
                *(kinds[name].gather(each) for name in self.matcher.by),
                *(pl.Series(name, numbers[name].ravel().tolist(), dtype=KINDS[name]) for name in NUMBERS),
            ]
        )


def _numbered(groups: pl.DataFrame) -> tuple[pl.DataFrame, npt.NDArray[np.int32] | None]:
    """The groups that occur, and the place among them of each enterprise; without facts nobody has one."""
    if not groups.width:
        return groups, None
    kinds = groups.unique(maintain_order=True)
    places = kinds.with_row_index("#place")
    joined = groups.join(places, on=groups.columns, how="left", nulls_equal=True, maintain_order="left")
    return kinds, joined["#place"].cast(pl.Int32).to_numpy()
