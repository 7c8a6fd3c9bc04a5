"""One version over a batch: what each enterprise gets of each benefit, its items taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.columns.outcome import INELIGIBLE
from huiqi.columns.verdicts import VERDICTS
from huiqi.evaluate.result import Verdict
from huiqi.language.benefit import Benefit, RuleBook

ORDER = (
    Verdict.ELIGIBLE,
    Verdict.LIKELY,
    Verdict.INCOMPLETE,
    Verdict.UNCOMPUTABLE,
    Verdict.OUT_OF_PERIOD,
    Verdict.INELIGIBLE,
)
"""The verdicts from best to worst: of several items the best one is the enterprise's."""

NO, OPEN, SURE = 0, 1, 2
"""Whether an enterprise gets something: not, perhaps, surely."""

Counts = Counter[tuple[int, str]]
"""How many answers there are, by the number of the benefit and a name."""

_ELIGIBLE, _LIKELY, _INCOMPLETE, _VOID = (
    VERDICTS.index(one)
    for one in (Verdict.ELIGIBLE, Verdict.LIKELY, Verdict.INCOMPLETE, Verdict.UNCOMPUTABLE)
)
_RANK = pl.Series([ORDER.index(one) for one in VERDICTS], dtype=pl.UInt8)

ANSWER: dict[str, pl.DataType] = {
    "row": pl.UInt32(),
    "pair": pl.UInt16(),
    "verdict": pl.UInt8(),
    "status": pl.UInt8(),
    "granted_status": pl.UInt8(),
    "low": pl.Int128(),
    "granted": pl.Int128(),
    "high": pl.Int128(),
    "unbounded": pl.Boolean(),
    "void": pl.Boolean(),
    "waits": pl.String(),
}
"""What an enterprise (``row``) gets of a benefit (``pair``).

``verdict`` is a place in ``ORDER``. ``low`` is what is certain: the least of what is 符合; ``granted`` the
same if everything that is 可能符合 is granted; ``high`` the most it can come to, with what is 待补充 too,
where ``unbounded`` is false. They are in the unit of the columns, money in 分. ``void`` when all there is is
不可计算. ``waits`` names the facts that verdict or amount wait for.
"""


ITEM: dict[str, pl.DataType] = {
    "row": pl.UInt32(),
    "pair": pl.UInt16(),
    "item": pl.Int32(),
    "certain": pl.UInt8(),
    "low": pl.Int128(),
    "high": pl.Int128(),
}
"""An answer that is not ruled out, before items are taken together.

``certain`` is 2 for 符合, 1 for 可能符合, 0 for 待补充; ``low`` and ``high`` are the amount if eligible,
where a missing ``high`` has no bound.
"""


@dataclass(frozen=True, slots=True)
class Sides:
    """The answers of a version (``ANSWER``), the groups of the enterprises, and how close others are.

    ``items`` (``ITEM``) has the single answers of those benefits that were asked for.

    ``short`` counts answers that are 待补充 for a single fact, by that fact; ``failing`` those that are
    不符合, by the first condition that fails.
    """

    answers: pl.DataFrame
    items: pl.DataFrame
    groups: pl.DataFrame
    short: Counts
    failing: Counts


class Side:
    """Judges batches by some benefits of one version, given by number; ``single`` ones item by item too."""

    def __init__(
        self,
        book: RuleBook,
        on: date,
        benefits: Mapping[int, Benefit],
        by: Sequence[str] = (),
        single: Sequence[int] = (),
    ) -> None:
        self.matcher = Matcher(book, on, [one.id for one in benefits.values()], by)
        self._numbers = pl.Series(list(benefits), dtype=pl.UInt16)
        self._single = pl.Series([number in single for number in benefits], dtype=pl.Boolean)
        self._valued = pl.Series([one.amount is not None for one in benefits.values()], dtype=pl.Boolean)

    def judge(self, batch: Batch) -> Sides:
        """The answers for a batch, which has only facts that this version knows."""
        outcome = self.matcher.judge(batch, everything=True)
        long = outcome.long(everything=True)
        return Sides(
            self._answers(long), self._items(long), outcome.groups, self._short(long), self._failing(long)
        )

    def _answers(self, long: pl.DataFrame) -> pl.DataFrame:
        if long.is_empty():
            return pl.DataFrame(schema=ANSWER)
        verdict = pl.col("verdict")
        sure, likely, waits = verdict == _ELIGIBLE, verdict == _LIKELY, verdict == _INCOMPLETE
        perhaps = sure | likely | waits
        low = pl.col("low").fill_null(0).cast(pl.Int128)
        high = pl.col("high").fill_null(0).cast(pl.Int128)
        items = long.select(
            "row",
            "benefit",
            _RANK.gather(long["verdict"]).alias("verdict"),
            sure.alias("sure"),
            (sure | likely).alias("claim"),
            (waits | (verdict == _VOID)).alias("open"),
            pl.when(sure).then(low).otherwise(0).alias("low"),
            pl.when(sure | likely).then(low).otherwise(0).alias("granted"),
            pl.when(perhaps).then(high).otherwise(0).alias("high"),
            (perhaps & self._valued.gather(long["benefit"]) & pl.col("high").is_null()).alias("unbounded"),
            pl.when(perhaps).then(pl.col("missing") | pl.col("missing_amount")).otherwise(0).alias("bits"),
        )
        each = items.group_by("row", "benefit", maintain_order=True).agg(
            pl.col("verdict").min(),
            pl.col("sure", "claim", "open").any(),
            pl.col("low", "granted", "high").sum(),
            pl.col("unbounded").any(),
            pl.col("bits").bitwise_or(),
        )
        unsettled = pl.col("claim") | pl.col("open")
        return (
            self._named(each)
            .with_columns(
                _status(pl.col("sure"), unsettled).alias("status"),
                _status(pl.col("claim"), unsettled).alias("granted_status"),
                (pl.col("verdict") == ORDER.index(Verdict.UNCOMPUTABLE)).alias("void"),
                self._numbers.gather(each["benefit"]).alias("pair"),
            )
            .select(pl.col(name).cast(kind) for name, kind in ANSWER.items())
        )

    def _items(self, long: pl.DataFrame) -> pl.DataFrame:
        verdict = pl.col("verdict")
        wanted = verdict.is_in([_ELIGIBLE, _LIKELY, _INCOMPLETE])
        some = long.filter(self._single.gather(long["benefit"]) & wanted)
        nothing = ~self._valued.gather(some["benefit"])
        return some.select(
            "row",
            self._numbers.gather(some["benefit"]).alias("pair"),
            "item",
            pl.when(verdict == _ELIGIBLE)
            .then(2)
            .when(verdict == _LIKELY)
            .then(1)
            .otherwise(0)
            .alias("certain"),
            pl.col("low").fill_null(0),
            pl.when(nothing).then(0).otherwise(pl.col("high")).alias("high"),
        ).select(pl.col(name).cast(kind) for name, kind in ITEM.items())

    def _named(self, each: pl.DataFrame) -> pl.DataFrame:
        """The facts that are waited for in words; each combination is put into words once."""
        keys = self.matcher.keys
        kinds = each.select("benefit", "bits").unique().filter(pl.col("bits") != 0)
        said = ["、".join(_names(keys[number], bits)) for number, bits in kinds.iter_rows()]
        known = kinds.with_columns(pl.Series("waits", said, dtype=pl.String))
        return each.join(known, on=["benefit", "bits"], how="left", maintain_order="left")

    def _short(self, long: pl.DataFrame) -> Counts:
        one = (pl.col("verdict") == _INCOMPLETE) & (pl.col("missing").bitwise_count_ones() == 1)
        keys, found = self.matcher.keys, Counts()
        for number, bits, count in long.filter(one).group_by("benefit", "missing").len().iter_rows():
            found[self._numbers[number], _names(keys[number], bits)[0]] += count
        return found

    def _failing(self, long: pl.DataFrame) -> Counts:
        fails = (pl.col("verdict") == INELIGIBLE) & (pl.col("unmet") > 0)
        names, found = self.matcher.conditions, Counts()
        for number, place, count in long.filter(fails).group_by("benefit", "unmet").len().iter_rows():
            found[self._numbers[number], names[number][place - 1]] += count
        return found


def _names(keys: Sequence[str], bits: int) -> list[str]:
    return sorted(name for bit, name in enumerate(keys) if bits >> bit & 1)


def _status(sure: pl.Expr, unsettled: pl.Expr) -> pl.Expr:
    return pl.when(sure).then(SURE).when(unsettled).then(OPEN).otherwise(NO)
