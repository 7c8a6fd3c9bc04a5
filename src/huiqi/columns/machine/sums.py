"""The sums of a rule book: the code that forms them, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from huiqi.columns.machine.code import Number
from huiqi.columns.machine.steps import Translation, Values
from huiqi.columns.machine.words import FALSE, TRUE, Literal, Op, turned
from huiqi.columns.matcher import Compiled
from huiqi.columns.outcome import INELIGIBLE
from huiqi.columns.program import ENTERPRISE, INFINITE, Space
from huiqi.columns.verdicts import VERDICTS, Columns
from huiqi.evaluate.result import Verdict

INCOMPLETE = VERDICTS.index(Verdict.INCOMPLETE)


@dataclass(slots=True)
class Sums:
    """What the answers come to, by benefit (its place in ``Matcher.benefits``), group and verdict.

    The verdict is a place in ``VERDICTS`` with the dates left aside: an answer for a benefit that has ended
    counts as what it would be but for that. ``counts``: how many answers; of a benefit over a collection each
    item is one. ``low`` and ``high``: the sums of the amounts, of any size, in ``amount_unit``; amounts that
    nothing bounds are left out of ``high`` and counted in ``unbounded``. All three say nothing of 不符合.
    ``one_short``, by benefit and group: how many are 待补充 for a single fact; 0 if it was not asked for.
    ``singly``: how many enterprises were judged one by one.
    """

    counts: npt.NDArray[np.int64]
    low: npt.NDArray[np.object_]
    high: npt.NDArray[np.object_]
    unbounded: npt.NDArray[np.int64]
    one_short: npt.NDArray[np.int64]
    singly: int = 0

    @classmethod
    def nothing(cls, benefits: int, groups: int) -> Sums:
        """No answers at all."""
        shape = (benefits, groups, len(VERDICTS))
        low, high = (np.zeros(shape, np.int64).astype(np.object_) for _ in range(2))
        counts, unbounded = (np.zeros(shape, np.int64) for _ in range(2))
        return cls(counts, low, high, unbounded, np.zeros(shape[:2], np.int64))

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.counts + other.counts,
            self.low + other.low,
            self.high + other.high,
            self.unbounded + other.unbounded,
            self.one_short + other.one_short,
            self.singly + other.singly,
        )

    def add_answers(self, answers: pl.DataFrame, by: npt.NDArray[np.int32] | None = None) -> None:
        """Add answers that are given one by one, as a table (``outcome.LONG``)."""
        group = pl.lit(0) if by is None else pl.Series(by).gather(answers["row"])
        verdict, high = pl.coalesce("within", "verdict"), pl.col("high")
        has_amount = pl.col("low").is_not_null() & (verdict != INELIGIBLE)
        table = answers.select(
            "benefit",
            group.alias("group"),
            verdict.alias("verdict"),
            pl.when(has_amount).then("low").cast(pl.Int128).alias("low"),
            pl.when(has_amount).then("high").cast(pl.Int128).alias("high"),
            (has_amount & high.is_null()).alias("unbounded"),
            ((verdict == INCOMPLETE) & (pl.col("missing").bitwise_count_ones() == 1)).alias("short"),
        )
        added = table.group_by("benefit", "group", "verdict").agg(
            pl.len(), pl.col("low", "high", "unbounded", "short").sum()
        )
        for benefit, one, which, number, least, most, unbounded, short in added.iter_rows():
            at = benefit, one, which
            self.counts[at] += number
            self.low[at] += int(least)
            self.high[at] += int(most)
            self.unbounded[at] += unbounded
            self.one_short[benefit, one] += short


@dataclass(frozen=True, slots=True)
class _Counted:
    benefit: int
    verdict: int
    slot: int


@dataclass(frozen=True, slots=True)
class _Added:
    """An end of the amounts: three numbers from a slot on, or the same amount ``each`` that a slot counts."""

    benefit: int
    verdict: int
    end: str
    slot: int
    each: int | None = None


class SumsPlan:
    """The code for the sums of a compiled rule book. Who is in doubt counts nowhere but in ``doubtful``."""

    def __init__(self, compiled: Compiled, benefits: int, *, one_short: bool) -> None:
        self.compiled, self.benefits = compiled, benefits
        self.translation = Translation(compiled.program)
        self.slots = 0
        self._counted: list[_Counted] = []
        self._short: list[tuple[int, int]] = []
        self._added: list[_Added] = []
        self._all: dict[int, list[tuple[int, list[int]]]] = {}
        self._slot_of: dict[tuple[int, Literal], int] = {}
        code = self.translation.code
        self.doubtful: dict[int, int] = {}
        """For each column of doubt that is not the same everywhere, the slot that counts it."""
        for number, one in compiled.judged.items():
            sure = self._sure(compiled.doubts.get(number))
            self._one(number, one.itself, ENTERPRISE, sure, one_short)
            if one.items is not None:
                assert one.benefit.subject is not None
                self._one(number, one.items, (one.benefit.subject,), sure, one_short)
            code.forget_loaded()

    def _sure(self, doubt: int | None) -> Literal:
        """The enterprises of which the columns hold what a benefit asks."""
        translation, code = self.translation, self.translation.code
        if doubt is None:
            return translation.odd() ^ 1
        translation.make([doubt])
        literal: Literal = translation.read(doubt)  # type: ignore[assignment]
        if self.compiled.program.constant_of(doubt) is None:
            self.doubtful[doubt] = self._count(0, literal)
        return code.and_(0, (literal ^ 1, translation.odd() ^ 1))

    def _new(self, number: int) -> int:
        self.slots += number
        return self.slots - number

    def _count(self, space: int, literal: Literal) -> int:
        if (space, literal) not in self._slot_of:
            slot = self._slot_of[space, literal] = self._new(1)
            code = self.translation.code
            bits, turn = turned(code.solid(space, literal))
            code.do(Op.COUNT, space, (bits, turn, 0, slot))
        return self._slot_of[space, literal]

    def _one(self, number: int, columns: Columns, within: Space, sure: Literal, one_short: bool) -> None:
        translation, code = self.translation, self.translation.code
        translation.make((columns.where, columns.verdict))
        space = translation.space(within)
        where: Literal = translation.read(columns.where)  # type: ignore[assignment]
        asked = code.and_(space, (where, translation.spread(sure, within)))
        if asked == FALSE:
            return
        verdicts = translation.values(columns.verdict)
        assert verdicts is not None, "a verdict is one of six"
        masks = {code_: code.and_(space, (asked, mask)) for code_, mask in verdicts.items()}
        masks = {code_: mask for code_, mask in masks.items() if code_ != INELIGIBLE and mask != FALSE}
        slots = {code_: self._count(space, mask) for code_, mask in sorted(masks.items())}
        self._counted += [_Counted(number, code_, slot) for code_, slot in slots.items()]
        self._all.setdefault(number, []).append((self._count(space, asked), list(slots.values())))
        if one_short and INCOMPLETE in masks:
            single = self._single(columns.missing, space)
            self._short.append((number, self._count(space, code.and_(space, (masks[INCOMPLETE], single)))))
        if columns.low is not None and columns.high is not None and masks:
            self._amounts(number, (columns.low, columns.high), within, masks, verdicts)

    def _single(self, missing: int, space: int) -> Literal:
        """Whether exactly one bit is set."""
        step, code = self.compiled.program.steps[missing], self.translation.code
        same = self.compiled.program.constant_of(missing)
        if same is not None:
            return TRUE if same.bit_count() == 1 else FALSE
        assert step.operation == "bits", "what is missing is packed last"
        self.translation.make(step.parts)
        none, one = TRUE, FALSE
        for part in step.parts:
            bit: Literal = self.translation.read(part)  # type: ignore[assignment]
            one = code.or_(space, (code.and_(space, (one, bit ^ 1)), code.and_(space, (none, bit))))
            none = code.and_(space, (none, bit ^ 1))
        return one

    def _amounts(
        self, number: int, ends: tuple[int, int], within: Space, masks: Values, verdicts: Values
    ) -> None:
        translation, code = self.translation, self.translation.code
        out = verdicts.get(INELIGIBLE, FALSE)
        assumed = {} if out < 2 else {out: FALSE, out ^ 1: TRUE}
        choosing = [masks[which] for which in sorted(masks)]
        rows, found = translation.over_chosen(choosing, translation.space(within), ends, assumed)
        section = code.section_count
        totals: dict[Number, list[int]] = {}
        for end, total in zip(("low", "high"), found, strict=True):
            if isinstance(total, int):
                self._added += [
                    _Added(number, which, end, self._count(translation.space(within), masks[which]), total)
                    for which in sorted(masks)
                ]
                continue
            if total not in totals:
                totals[total] = [self._new(3) for _ in choosing]
                code.section = section
                more = tuple((slot, 0, 0) for slot in totals[total])
                code.do(Op.TOTAL, code.numbers[rows.place], (total, rows), more)
                code.section = None
            self._added += [
                _Added(number, which, end, slot)
                for which, slot in zip(sorted(masks), totals[total], strict=True)
            ]

    def read(self, slots: npt.NDArray[np.int64]) -> Sums:
        """The sums from what was counted and added."""
        sums = Sums.nothing(self.benefits, len(slots))
        for one in self._counted:
            sums.counts[one.benefit, :, one.verdict] += slots[:, one.slot]
        for benefit, every in self._all.items():
            for total, some in every:
                sums.counts[benefit, :, INELIGIBLE] += slots[:, total] - slots[:, some].sum(axis=1)
        for benefit, slot in self._short:
            sums.one_short[benefit] += slots[:, slot]
        for added in self._added:
            self._add(sums, added, slots)
        return sums

    def _add(self, sums: Sums, added: _Added, slots: npt.NDArray[np.int64]) -> None:
        at = added.benefit, slice(None), added.verdict
        ends = sums.low if added.end == "low" else sums.high
        counts_unbounded = added.end == "high"
        if added.each is None:
            low, high, unbounded = (slots[:, added.slot + part].astype(np.object_) for part in range(3))
            ends[at] += low + high * (1 << 32) + (0 if counts_unbounded else unbounded * INFINITE)
            if counts_unbounded:
                sums.unbounded[at] += slots[:, added.slot + 2]
        elif counts_unbounded and added.each == INFINITE:
            sums.unbounded[at] += slots[:, added.slot]
        else:
            ends[at] += slots[:, added.slot].astype(np.object_) * added.each
