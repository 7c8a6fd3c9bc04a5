"""The sums of an impact report as CSV files beside who is touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from huiqi.matching.impact.change import GRANTED
from huiqi.matching.impact.report import ImpactReport, Near
from huiqi.matching.impact.run import Compared
from huiqi.matching.impact.tally import COUNTS, ENDLESS, GAP, MONEY
from huiqi.matching.parts import write_sheet
from huiqi.matching.sums import of_groups

NO_BENEFIT = "没有这一项"


def write_tables(found: Compared, report: ImpactReport, out: Path) -> tuple[Path, ...]:
    """Every table of sums into a folder.

    ``sums.csv`` by benefit and all groups at once, ``benefits.csv`` by benefit alone, ``verdicts.csv`` from
    which verdict to which, ``one-short.csv`` and ``failing.csv`` what stands in the way, before and after.
    """
    names = {one.id: one.name for one in report.benefits}
    tables = {
        "sums": _in_words(found, found.tally.by),
        "benefits": _in_words(found, ()),
        "verdicts": pl.DataFrame(
            [
                (one.id, one.name, step.old or NO_BENEFIT, step.new or NO_BENEFIT, step.count)
                for one in report.benefits
                for step in one.verdicts
            ],
            schema=dict(zip(("事项", "名称", "原结论", "新结论", "企业数"), _texts(4), strict=True)),
            orient="row",
        ),
        "one-short": _near("只缺", {one.id: one.one_short for one in report.benefits}, names),
        "failing": _near("第一个不满足的条件", {one.id: one.failing for one in report.benefits}, names),
    }
    return tuple(write_sheet(table, out / f"{name}.csv") for name, table in tables.items())


def _texts(count: int) -> tuple[type[pl.DataType], ...]:
    return (*[pl.String] * count, pl.Int64)


def _near(word: str, found: dict[str, tuple[Near, ...]], names: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(id_, names[id_], one.name, one.old, one.new) for id_, many in found.items() for one in many],
        schema={"事项": pl.String, "名称": pl.String, word: pl.String, "原": pl.Int64, "新": pl.Int64},
        orient="row",
    )


def _in_words(found: Compared, by: Sequence[str]) -> pl.DataFrame:
    """The sums for people: names instead of numbers, 元 instead of 分; no highest where there is no bound."""
    cube = found.tally.cube
    sums = cube.group_by("pair", *by).agg(pl.col(*COUNTS, *MONEY).sum())
    sums = sums.sort("pair", *by, nulls_last=True)
    benefits = [one.now for one in found.pairs]
    number = sums["pair"]
    return sums.select(
        pl.Series([one.id for one in benefits], dtype=pl.String).gather(number).alias("事项"),
        pl.Series([one.name for one in benefits], dtype=pl.String).gather(number).alias("名称"),
        *of_groups(sums, by, found.versions.old.vocabulary),
        *COUNTS,
        *(_money(name) for name in MONEY if name not in ENDLESS),
    )


def _money(name: str) -> pl.Expr:
    """A column of money in 元; nothing where the end of a range has no bound."""
    if name.endswith("无上限"):
        return pl.col(name)
    yuan = pl.col(name).cast(pl.Decimal(38, 2)) / 100
    if name in GAP:
        return pl.when(pl.col(f"{name.removeprefix(GRANTED)}无界") == 0).then(yuan).alias(name)
    if name.endswith("最高"):
        return pl.when(pl.col(f"{name[0]}无上限") == 0).then(yuan).alias(name)
    return yuan.alias(name)
