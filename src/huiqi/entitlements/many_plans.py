"""The plans of a table: from the verdicts on every enterprise to the best lawful set of each.

The same plans, claim for claim and 分 for 分, as `huiqi.allocate.plan` makes of `planning.claims` for one
enterprise; what keeps the rest out, and at what price it could be had, is said there.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.allocate import Claim, Received, TooHardError
from huiqi.allocate.many import Effort, Planner, best_of
from huiqi.allocate.rules import is_higher
from huiqi.catalogue.consistency import RECEIVED
from huiqi.columns.batch import ROW, Batch
from huiqi.columns.verdicts import VERDICTS
from huiqi.entitlements import planning
from huiqi.evaluate.result import Verdict, subject_of
from huiqi.language.benefit import Benefit, RuleBook

_ELIGIBLE, _LIKELY = (VERDICTS.index(one) for one in (Verdict.ELIGIBLE, Verdict.LIKELY))
_MOST_ITEMS = 64  # of one collection; an enterprise with more is planned by itself
_LIMIT = 2**62  # 分 that may be asked by one enterprise: more than that is no money


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a batch.

    ``claims`` has a row for each claim (符合 or 可能符合), in the order of the verdicts: ``row``,
    ``benefit``, ``item``, whether it is ``taken``, and what it is paid, ``low`` for certain and ``high`` at
    most, in 分 (nothing when it is not taken).

    ``enterprises`` has a row for each enterprise: ``row``, ``total_low`` and ``total_high`` (分),
    ``claims``, how many are taken, ``undecided``, whether no proof was found of what is best, so that
    nothing is taken, and ``bound``: no lawful set is certain of more than this (分); it is ``total_low``
    itself unless undecided.
    """

    claims: pl.DataFrame
    enterprises: pl.DataFrame


class TablePlanner:
    """Plans for many enterprises under one rule book on one day. Make it once, and ask it batch after batch.

    ``benefits`` are those that the verdicts are about, in the order of the rule book.
    """

    def __init__(self, book: RuleBook, benefits: Sequence[Benefit], on: date) -> None:
        self.effort = Effort()
        self._book, self._benefits, self._on = book, tuple(benefits), on
        self._limits = planning.limits(book.stacking)
        self._upper = planning.upper_funds(book)
        self._ruled = np.array([self._is_ruled(one) for one in self._benefits], bool)
        self._money = np.array([planning.counts_as_money(one) for one in self._benefits], bool)
        self._reliefs = np.array(
            [self._money[place] and self._shares_a_tax(one) for place, one in enumerate(self._benefits)], bool
        )
        self._items = np.zeros(len(self._benefits), np.int64)  # kinds are made for items up to here
        self._make_kinds()

    def plan(self, verdicts: pl.DataFrame, batch: Batch) -> Plans:
        """The plans of a batch, of which ``verdicts`` holds the claimable ones (`Outcome.long`) or more.

        Raises ``ValueError`` when an enterprise's amounts are too large to be added up.
        """
        claims = self._claims(verdicts)
        _check_sums(claims)
        ruled = claims.filter(pl.Series(self._ruled[claims["benefit"].to_numpy()]))
        grants = self._grants(batch)
        apart = set(grants) | set(ruled.filter(pl.col("item") >= _MOST_ITEMS)["row"])
        by_itself = pl.col("row").is_in(sorted(apart))
        settled = pl.concat(
            [
                _in_full(claims.filter(pl.Series(~self._ruled[claims["benefit"].to_numpy()]))),
                self._together(ruled.filter(~by_itself)),
                self._one_by_one(ruled.filter(by_itself), grants, batch),
            ]
        ).sort("at")
        return _plans(claims, settled, len(batch))

    def _is_ruled(self, benefit: Benefit) -> bool:
        """Whether a claim to it can stand in the way of another, or be limited by what was received."""
        if any(benefit.id in rule.benefits for rule in self._book.stacking):
            return True
        keys, level = self._kind(benefit, 0).keys, benefit.document.level
        lower = self._book.benefits
        return any(
            keys.keys() >= set(funds.per)
            and any(is_higher(level, lower[id].document.level) for id in funds.benefits if id in lower)
            for funds in self._upper
        )

    def _shares_a_tax(self, benefit: Benefit) -> bool:
        return any(
            set(one.taxes) & set(benefit.taxes)
            for one, money in zip(self._benefits, self._money, strict=True)
            if money and one is not benefit
        )

    def _claims(self, verdicts: pl.DataFrame) -> pl.DataFrame:
        """`planning.claims` of all: ``at`` (the place), ``row``, ``benefit``, ``item``, ``low``, ``high``."""
        found = verdicts.lazy().filter(pl.col("verdict").is_in([_ELIGIBLE, _LIKELY])).collect()
        money = pl.Series(self._money[found["benefit"].to_numpy()])
        found = found.select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"),
            "row",
            "benefit",
            "item",
            low=pl.when(money & (pl.col("verdict") == _ELIGIBLE)).then("low").fill_null(0).fill_null(0),
            high=pl.when(money).then(pl.coalesce("high", "low", 0)).otherwise(0),
        )
        uncounted = self._uncounted(found)
        if len(uncounted):
            found = found.join(uncounted, on=["row", "benefit"], how="left", maintain_order="left")
            found = found.with_columns(
                low=pl.when(pl.col("uncounted").is_null()).then("low").otherwise(0)
            ).drop("uncounted")
        return found.with_columns(high=pl.max_horizontal("low", "high"))

    def _uncounted(self, claims: pl.DataFrame) -> pl.DataFrame:
        """The reliefs (``row``, ``benefit``) that cannot be relied on beside others of the same tax."""
        relief = pl.Series(self._reliefs[claims["benefit"].to_numpy()])
        patterns = (
            claims.lazy()
            .filter(relief & (pl.col("low") > 0))
            .group_by("row", "benefit")
            .agg(pl.col("low").sum())
            .sort("row", "benefit")
            .group_by("row", maintain_order=True)
            .agg("benefit", "low")
            .filter(pl.col("benefit").list.len() > 1)
            .group_by("benefit")
            .agg("row", pl.col("low").explode())
        ).collect()
        found = [pl.DataFrame(schema={"row": pl.UInt32, "benefit": pl.UInt16})]
        for benefits, rows, low in zip(
            patterns["benefit"].to_list(), patterns["row"], patterns["low"], strict=True
        ):
            ways = planning.ways_without_sharing([self._benefits[one].taxes for one in benefits])
            has = np.zeros((len(ways), len(benefits)), np.int64)
            for place, way in enumerate(ways):
                has[place, list(way)] = 1
            # Of equals, argmax takes the first.
            best = (low.to_numpy().reshape(-1, len(benefits)) @ has.T).argmax(axis=1)
            row, relief_place = (has[best] == 0).nonzero()
            found.append(
                pl.DataFrame(
                    {
                        "row": rows.to_numpy()[row],
                        "benefit": np.array(benefits)[relief_place],
                    },
                    schema={"row": pl.UInt32, "benefit": pl.UInt16},
                )
            )
        return pl.concat(found).with_columns(uncounted=True)

    # ---- kinds of claims: a block for each benefit, the enterprise itself first, then its items ----

    def _kind(self, benefit: Benefit, item: int | None) -> Claim:
        return planning.claim_on(benefit, self._on, item, None)

    def _make_kinds(self) -> None:
        kinds: list[Claim] = []
        self._first = np.zeros(len(self._benefits), np.int64)
        for place in self._ruled.nonzero()[0].tolist():
            benefit = self._benefits[place]
            self._first[place] = len(kinds)
            kinds += [self._kind(benefit, item) for item in (None, *range(self._items[place]))]
        self._planner = Planner(kinds, self._limits, self._upper, self.effort)

    def _together(self, claims: pl.DataFrame) -> pl.DataFrame:
        benefit = claims["benefit"].to_numpy()
        item = claims["item"].fill_null(-1).to_numpy().astype(np.int64)
        most = np.zeros_like(self._items)
        np.maximum.at(most, benefit, item + 1)
        if (most > self._items).any():
            # Doubled, so that it is seldom done; what is made for more items serves those with fewer.
            doubled = 1 << np.ceil(np.log2(np.maximum(most, 1))).astype(np.int64)
            self._items = np.where(most > self._items, doubled, self._items)
            self._make_kinds()
        asked = claims.with_columns(kind=pl.Series(self._first[benefit] + item + 1))
        return claims.select("at").hstack(self._planner.plan(asked))

    # ---- those that have received something, or have very many items ----

    def _one_by_one(
        self, claims: pl.DataFrame, grants: Mapping[int, list[Received]], batch: Batch
    ) -> pl.DataFrame:
        projects = {row for row, had in grants.items() if any("项目" in grant.keys for grant in had)}
        values = self._values(batch, projects, [b.subject for b in self._benefits if b.subject])
        asked = claims.sort("row").select("row", "at", "benefit", "item", "low", "high").rows()
        settled: list[tuple[int, bool, int, int, bool]] = []
        for row, group in itertools.groupby(asked, key=lambda one: one[0]):
            own, facts = list(group), values.get(row, {})
            named = [self._named(self._benefits[benefit], facts, *rest) for _, _, benefit, *rest in own]
            paid: Mapping[str, tuple[int, int]] = {}
            undecided = False
            try:
                paid = best_of(named, self._limits, self._upper, grants.get(row, []), self.effort)
            except TooHardError:
                undecided = True
            for (_, at, *_), claim in zip(own, named, strict=True):
                low, high = paid.get(claim.key, (0, 0))
                settled.append((at, claim.key in paid, low, high, undecided))
        return pl.DataFrame(settled, schema=_in_full(claims.clear()).schema, orient="row")

    def _named(
        self, benefit: Benefit, facts: Mapping[str, Anything], item: int | None, low: int, high: int
    ) -> Claim:
        subject = None
        if item is not None and benefit.subject is not None and benefit.subject in facts:
            label = self._book.vocabulary[benefit.subject].label_field
            subject = subject_of(facts[benefit.subject][item].get(label), item)
        return planning.claim_on(benefit, self._on, item, subject, low, high)

    def _grants(self, batch: Batch) -> dict[int, list[Received]]:
        """What the enterprises have received, by row, where it is anything."""
        rows = {row for row, facts in batch.odd.items() if facts.get(RECEIVED)}
        if RECEIVED in batch.items:
            rows |= set(batch.items[RECEIVED][ROW]) - set(batch.odd)
        found = self._values(batch, rows, [RECEIVED])
        return {row: had for row, facts in found.items() if (had := planning.received(facts, self._on))}

    def _values(
        self, batch: Batch, rows: set[int], collections: Sequence[str]
    ) -> dict[int, Mapping[str, Anything]]:
        """These collections of these enterprises, as evaluation reads them."""
        parts: dict[int, dict[str, pl.DataFrame]] = {row: {} for row in rows if row not in batch.odd}
        for name in dict.fromkeys(collections):
            if name in batch.items and parts:
                table = batch.items[name].filter(pl.col(ROW).is_in(sorted(parts)))
                for (row,), part in table.partition_by(ROW, as_dict=True).items():
                    parts[row][name] = part.with_columns(pl.lit(0, pl.UInt32).alias(ROW))
        found: dict[int, Mapping[str, Anything]] = {row: batch.odd[row] for row in rows if row in batch.odd}
        for row, items in parts.items():
            one = Batch(batch.ids[row : row + 1], pl.DataFrame({name: [True] for name in items}), items)
            found[row] = one.values(0, self._book.vocabulary) if items else {}
        return found


def _in_full(claims: pl.DataFrame) -> pl.DataFrame:
    """Claims that nothing limits."""
    return claims.select("at", pl.lit(True).alias("taken"), "low", "high", pl.lit(False).alias("undecided"))


def _check_sums(claims: pl.DataFrame) -> None:
    if (claims["high"].cast(pl.Float64).sum() or 0) < _LIMIT:
        return
    sums = claims.group_by("row").agg(pl.col("high").cast(pl.Float64).sum()).filter(pl.col("high") >= _LIMIT)
    for row in sums["row"].sort()[:1]:
        raise ValueError(f"第{row + 1}家企业各项的金额加起来超过{_LIMIT}分，这不会是钱数，请检查它的金额")


def _plans(claims: pl.DataFrame, settled: pl.DataFrame, size: int) -> Plans:
    """Both tables; who is undecided in part takes nothing at all."""
    every = claims.select("row", "benefit", "item").hstack(
        settled.select(
            "taken",
            "low",
            "high",
            "undecided",
            bound=pl.when("undecided").then(claims["low"]).otherwise("low"),
        )
    )
    sums = every.group_by("row").agg(
        total_low=pl.col("low").sum(),
        total_high=pl.col("high").sum(),
        claims=pl.col("taken").sum().cast(pl.UInt32),
        undecided=pl.col("undecided").any(),
        bound=pl.col("bound").sum(),
    )
    undecided = sums.filter("undecided")["row"]
    if len(undecided):
        nothing = pl.col("row").is_in(undecided.to_list())
        every = every.with_columns(
            taken=pl.col("taken") & ~nothing,
            low=pl.when(nothing).then(0).otherwise("low"),
            high=pl.when(nothing).then(0).otherwise("high"),
        )
        sums = sums.with_columns(
            pl.when("undecided").then(0).otherwise(name).alias(name)
            for name in ("total_low", "total_high", "claims")
        )
    enterprises = (
        pl.DataFrame({"row": pl.int_range(size, dtype=pl.UInt32, eager=True)})
        .join(sums, on="row", how="left", maintain_order="left")
        .with_columns(pl.exclude("undecided").fill_null(0), pl.col("undecided").fill_null(False))
    )
    return Plans(every.select("row", "benefit", "item", "taken", "low", "high"), enterprises)
