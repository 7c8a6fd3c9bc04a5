"""What the changes of many enterprises come to, by benefit and group; chunks add up."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from huiqi.entitlements.planning import counts_as_money
from huiqi.language.benefit import Benefit
from huiqi.matching.impact.change import GRANTED, KINDS, OUTCOMES
from huiqi.matching.impact.sides import Counts, Sides
from huiqi.matching.impact.versions import Pair

SAME_WAIT = "等同样的事实"
VISIBLE = "看得出变化"
ENDS = ("最低", "若获批最低", "最高", "无上限")
"""Of a budget: what is certain, what it is if everything 可能符合 is granted, the most, the unbounded."""

GAP = ("差额最低", "差额最高", "若获批差额最低", "若获批差额最高")
ENDLESS = tuple(f"{end}无界" for end in GAP[:2])
"""Of what lies between the budgets: its ends, and how many enterprises nothing bounds there."""

MONEY = (*(f"{side}{end}" for side in "原新" for end in ENDS), *GAP, *ENDLESS)
COUNTS = (*KINDS, *(f"{GRANTED}{kind}" for kind in KINDS), SAME_WAIT, VISIBLE)
NUMBERS = (*COUNTS, *MONEY)
"""All columns of sums but those that say what they are of; money in 分."""

OUTCOME_COUNTS = (*OUTCOMES, *(f"{GRANTED}{one}" for one in OUTCOMES))


class Tally:
    """Sums that grow with every chunk. ``by`` are the facts that enterprises are grouped by.

    ``cube`` has a row for each benefit (``pair``) and group with ``NUMBERS``, of enterprises; ``people`` one
    for each group with ``OUTCOME_COUNTS``; ``verdicts`` counts enterprises by ``pair``, ``old_verdict`` and
    ``new_verdict``. ``short`` and ``failing`` count answers (of a benefit over a collection, each item is
    one), first of the old version, then of the new.
    """

    def __init__(self, pairs: Sequence[Pair], by: Sequence[str]) -> None:
        self.by = tuple(by)
        groups = {name: pl.Int16() for name in self.by}
        self.cube = pl.DataFrame(
            schema={"pair": pl.UInt16(), **groups, **dict.fromkeys(COUNTS, pl.Int64()), **_money_types()}
        )
        self.people = pl.DataFrame(schema={**groups, **dict.fromkeys(OUTCOME_COUNTS, pl.Int64())})
        self.verdicts = pl.DataFrame(
            schema={
                "pair": pl.UInt16(),
                "old_verdict": pl.UInt8(),
                "new_verdict": pl.UInt8(),
                "count": pl.Int64(),
            }
        )
        self.short = (Counts(), Counts())
        self.failing = (Counts(), Counts())
        self._pays = {
            "old": pl.Series([_pays(one.old) for one in pairs], dtype=pl.Boolean),
            "new": pl.Series([_pays(one.new) for one in pairs], dtype=pl.Boolean),
        }

    def add(self, rows: pl.DataFrame, groups: pl.DataFrame, sides: tuple[Sides | None, Sides | None]) -> None:
        """Add the changes (as ``change.compared``) of some benefits in a batch, and what each side counted.

        ``groups`` has ``row`` and the facts of ``by``.
        """
        for place, side in enumerate(sides):
            if side is not None:
                self.short[place].update(side.short)
                self.failing[place].update(side.failing)
        paying = rows.with_columns(
            self._pays["old"].gather(rows["pair"]).alias("#old"),
            self._pays["new"].gather(rows["pair"]).alias("#new"),
        )
        found = (
            paying.join(groups, on="row", how="left")
            .group_by("pair", *self.by)
            .agg(
                *((pl.col("kind") == kind).sum().cast(pl.Int64).alias(kind) for kind in KINDS),
                *(
                    (pl.col("granted_kind") == kind).sum().cast(pl.Int64).alias(f"{GRANTED}{kind}")
                    for kind in KINDS
                ),
                pl.col("same_wait").sum().cast(pl.Int64).alias(SAME_WAIT),
                pl.col("visible").sum().cast(pl.Int64).alias(VISIBLE),
                *_budget(),
            )
        )
        self.cube = _total([self.cube, found.select(self.cube.columns)], ["pair", *self.by])
        verdicts = rows.group_by("pair", "old_verdict", "new_verdict").agg(
            pl.len().cast(pl.Int64).alias("count")
        )
        self.verdicts = _total([self.verdicts, verdicts], ["pair", "old_verdict", "new_verdict"])

    def add_people(self, outcomes: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Add what all benefits together are to the enterprises of a batch (as ``change.outcomes``)."""
        table = outcomes.join(groups, on="row", how="left")
        counts = [
            (pl.col(column) == one).sum().cast(pl.Int64).alias(f"{word}{one}")
            for column, word in (("outcome", ""), ("granted_outcome", GRANTED))
            for one in OUTCOMES
        ]
        by = list(self.by)
        found = table.group_by(by).agg(counts) if by else table.select(counts)
        self.people = _total([self.people, found.select(self.people.columns)], by)


def _pays(benefit: Benefit | None) -> bool:
    return benefit is not None and counts_as_money(benefit)


def _money_types() -> dict[str, pl.DataType]:
    return {name: pl.Int64() if name.endswith(("无上限", "无界")) else pl.Int128() for name in MONEY}


def _budget() -> list[pl.Expr]:
    """The sums of both budgets and of what lies between; what is no money costs nothing here."""
    kinds = _money_types()
    found = [
        pl.when(f"#{side}").then(pl.col(f"{side}_{column}").cast(kinds[f"{word}{end}"])).otherwise(0)
        for side, word in (("old", "原"), ("new", "新"))
        for column, end in zip(("low", "granted", "high", "unbounded"), ENDS, strict=True)
    ]
    paid = {
        f"{side}_{end}": pl.when(f"#{side}").then(pl.col(f"{side}_{end}")).otherwise(0)
        for side in ("old", "new")
        for end in ("low", "granted", "high")
    }
    near = pl.col("is_shared") & pl.col("#old") & pl.col("#new")
    endless = {side: pl.col(f"#{side}") & pl.col(f"{side}_unbounded") for side in ("old", "new")}
    for end, mine, other, without in (
        ("low", "new_low", "old_high", "old"),
        ("high", "new_high", "old_low", "new"),
        ("granted_low", "new_granted", "old_high", "old"),
        ("granted_high", "new_high", "old_granted", "new"),
    ):
        plain = pl.when(~endless[without]).then(paid[mine] - paid[other]).otherwise(0)
        found.append(pl.when(near).then(pl.col(f"difference_{end}").fill_null(0)).otherwise(plain))
    for end, side in (("low", "old"), ("high", "new")):
        found.append(pl.when(near).then(pl.col(f"difference_{end}").is_null()).otherwise(endless[side]))
    return [one.cast(kinds[name]).sum().alias(name) for one, name in zip(found, MONEY, strict=True)]


def _total(parts: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    table = pl.concat(parts)
    if not keys:
        return table.sum()
    return table.group_by(keys).agg(pl.all().sum()).sort(keys, nulls_last=True)
