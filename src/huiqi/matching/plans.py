"""The best lawful combination of every enterprise of a table, from its results."""

from __future__ import annotations

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.columns.outcome import LONG
from huiqi.columns.verdicts import VERDICTS
from huiqi.entitlements.many_plans import TablePlanner

PLANS = pl.Schema(
    {
        "编号": pl.String(),
        "合计确定": pl.Decimal(38, 2),
        "合计最高": pl.Decimal(38, 2),
        "项数": pl.Int64(),
        "未定": pl.Boolean(),
        "确定不超过": pl.Decimal(38, 2),
    }
)
"""One row an enterprise: what its best plan is certain of and may come to (元), and how many claims it has.

``未定`` where it could not be proved which plan is best; then nothing is taken, and no plan is certain of
more than ``确定不超过``, which otherwise is what the plan is certain of.
"""

CHOICES = pl.Schema(
    {
        "编号": pl.String(),
        "事项": pl.String(),
        "项次": pl.Int32(),
        "选用": pl.Boolean(),
        "计入确定": pl.Decimal(38, 2),
        "计入最高": pl.Decimal(38, 2),
    }
)
"""One row for each claim of an enterprise: whether the plan takes it, and what it pays there (元)."""

_WORDS = pl.Series([verdict.value for verdict in VERDICTS])


class Planning:
    """Plans the enterprises of a table, batch by batch."""

    def __init__(self, matcher: Matcher) -> None:
        self._planner = TablePlanner(matcher.book, matcher.benefits, matcher.on)

    def plans(self, results: pl.DataFrame, batch: Batch) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The plans and choices of a batch from its results in words."""
        found = self._planner.plan(as_long(results), batch)
        ids = batch.ids.cast(pl.String)
        plans = found.enterprises.sort("row").select(
            ids.gather(found.enterprises.sort("row")["row"]).alias("编号"),
            _yuan("total_low").alias("合计确定"),
            _yuan("total_high").alias("合计最高"),
            pl.col("claims").cast(pl.Int64).alias("项数"),
            pl.col("undecided").alias("未定"),
            _yuan("bound").alias("确定不超过"),
        )
        names = results.select("benefit", "事项").unique()
        claims = found.claims.sort("row", "benefit", "item").join(
            names, on="benefit", how="left", maintain_order="left"
        )
        choices = claims.select(
            ids.gather(claims["row"]).alias("编号"),
            "事项",
            (pl.col("item") + 1).cast(pl.Int32).alias("项次"),
            pl.col("taken").alias("选用"),
            _yuan("low").alias("计入确定"),
            _yuan("high").alias("计入最高"),
        )
        return plans.match_to_schema(PLANS), choices.match_to_schema(CHOICES)


def _yuan(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Decimal(38, 2)) / 100


def as_long(results: pl.DataFrame) -> pl.DataFrame:
    """Results in words as an outcome has them (``LONG``): the money, but nothing of what is missing."""
    code = {word: place for place, word in enumerate(_WORDS)}
    nothing = pl.lit(0, dtype=pl.UInt64)
    return results.select(
        "row",
        "benefit",
        (pl.col("项次") - 1).alias("item"),
        pl.col("结论").replace_strict(code, return_dtype=pl.UInt8).alias("verdict"),
        pl.col("若在期内").replace_strict(code, return_dtype=pl.UInt8).alias("within"),
        (pl.col("金额最低") * 100).cast(pl.Int64).alias("low"),
        (pl.col("金额最高") * 100).cast(pl.Int64).alias("high"),
        nothing.alias("missing"),
        nothing.alias("missing_amount"),
        pl.lit(0, dtype=pl.UInt16).alias("unmet"),
    ).match_to_schema(pl.Schema(LONG))
