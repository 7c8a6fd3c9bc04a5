"""From an old answer to a new one: what kind of change it is, and how much it may come to."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from huiqi.matching.impact.sides import NO, SURE

GAINS, MORE, LESS, LOSES, SAME, UNSURE = KINDS = ("新得", "多得", "少得", "失去", "不变", "说不准")
"""The kinds of change of one enterprise and one benefit.

新得 and 失去: surely nothing before (after) and surely something after (before). 多得 and 少得: something on
both sides, and more (less) however all that is open turns out. 不变: nothing on both sides, or exactly the
same. Everything else is 说不准.
"""

ONLY_GAINS, MIXED, ONLY_LOSES, UNDECIDED, UNTOUCHED = OUTCOMES = (
    "有得无失",
    "有得有失",
    "有失无得",
    "说不准",
    "不变",
)
"""What all benefits together are to one enterprise.

Where any of them is 说不准, all that can be certain is 有得有失.
"""

GRANTED = "若获批"
"""The other reading: everything that is 可能符合 (all conditions met, but a review decides) is granted."""

_KEYS = ["row", "pair"]

_ENDS = ("low", "high", "granted_low", "granted_high")


def apart(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """How far the amounts of both sides can lie apart where the decision is the same, item by item.

    ``old`` and ``new`` are as ``sides.ITEM``, of benefits of which only the amount differs: what is open is
    then decided alike on both sides, and an item that is turned down makes no difference. Gives for each
    ``row`` and ``pair`` the ends of the difference as ``shared_…``, null where nothing bounds it.
    """
    both = old.join(new, on=["row", "pair", "item", "certain"], how="inner", nulls_equal=True, suffix="_new")
    least, most = pl.col("low_new") - pl.col("high"), pl.col("high_new") - pl.col("low")
    ends = []
    for name, certain in (("", 2), ("granted_", 1)):
        decided = pl.col("certain") >= certain
        low = pl.when(decided | least.is_null()).then(least).otherwise(pl.min_horizontal(least, 0))
        high = pl.when(decided | most.is_null()).then(most).otherwise(pl.max_horizontal(most, 0))
        ends += [low.alias(f"{name}low"), high.alias(f"{name}high")]
    sums = [
        pl.when(pl.col(end).is_null().any()).then(None).otherwise(pl.col(end).sum()).alias(f"shared_{end}")
        for end in _ENDS
    ]
    return both.select("row", "pair", *ends).group_by("row", "pair").agg(sums)


def compared(
    old: pl.DataFrame, new: pl.DataFrame, alike: Sequence[bool], shared: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Both sides of every answer, with its change.

    ``old`` and ``new`` are as ``sides.ANSWER``, here with ``old_`` and ``new_`` before their names; where a
    version does not have a benefit it gives nothing, and ``…_verdict`` is null. ``alike`` says for each
    benefit, by its number, whether its amounts on both sides are of the same unit.

    ``kind`` and ``granted_kind`` are among ``KINDS``. ``difference_low`` and ``difference_high`` are the ends
    of new minus old, the ranges subtracted: as far as they can lie apart; null where nothing bounds them, or
    where the units differ. ``shared`` (as ``apart`` gives it) has nearer ends for benefits of which only the
    amount differs; ``is_shared`` says where they were taken. ``same_wait`` is true where a 说不准 waits for
    the same facts on both sides, and ``visible`` where the two answers can be told apart at all.
    """
    both = _named(old, "old").join(_named(new, "new"), on=_KEYS, how="full", coalesce=True)
    both = both.sort(_KEYS).with_columns(
        pl.col("^(old|new)_(status|granted_status|low|granted|high)$").fill_null(0),
        pl.col("^(old|new)_(unbounded|void)$").fill_null(value=False),
    )
    both = both.with_columns(pl.Series(alike, dtype=pl.Boolean).gather(both["pair"]).alias("alike"))
    open_end = {side: pl.col(f"{side}_unbounded") | pl.col(f"{side}_void") for side in ("old", "new")}
    both = both.with_columns(
        _range("low", "new_low", "old_high", open_end["old"]),
        _range("high", "new_high", "old_low", open_end["new"]),
        _range("granted_low", "new_granted", "old_high", open_end["old"]),
        _range("granted_high", "new_high", "old_granted", open_end["new"]),
    )
    both = _nearer(both, shared).with_columns(
        _kind("").alias("kind"), _kind("granted_").alias("granted_kind")
    )
    waits = (pl.col("old_waits") == pl.col("new_waits")).fill_null(value=False)
    told = [
        pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}"))
        for name in ("verdict", "low", "granted", "high", "unbounded", "waits")
    ]
    something = (pl.col("old_status") != NO) | (pl.col("new_status") != NO)
    return both.with_columns(
        ((pl.col("kind") == UNSURE) & waits).alias("same_wait"),
        (something & (pl.any_horizontal(told) | ~pl.col("alike"))).alias("visible"),
    )


def _nearer(both: pl.DataFrame, shared: pl.DataFrame | None) -> pl.DataFrame:
    if shared is None:
        return both.with_columns(pl.lit(value=False).alias("is_shared"))
    known = shared.with_columns(pl.lit(value=True).alias("is_shared"))
    both = both.join(known, on=_KEYS, how="left", maintain_order="left")
    return both.with_columns(
        pl.col("is_shared").fill_null(value=False),
        *(
            pl.when(pl.col("is_shared").fill_null(value=False))
            .then(f"shared_{end}")
            .otherwise(f"difference_{end}")
            .alias(f"difference_{end}")
            for end in _ENDS
        ),
    ).drop(f"shared_{end}" for end in _ENDS)


def _named(side: pl.DataFrame, name: str) -> pl.DataFrame:
    return side.rename({one: f"{name}_{one}" for one in side.columns if one not in _KEYS})


def _range(end: str, mine: str, other: str, endless: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("alike") & ~endless).then(pl.col(mine) - pl.col(other)).alias(f"difference_{end}")


def _kind(reading: str) -> pl.Expr:
    old, new = pl.col(f"old_{reading}status"), pl.col(f"new_{reading}status")
    low, high = pl.col(f"difference_{reading}low"), pl.col(f"difference_{reading}high")
    return (
        pl.when((old == NO) & (new == NO))
        .then(pl.lit(SAME))
        .when((old == NO) & (new == SURE))
        .then(pl.lit(GAINS))
        .when((old == SURE) & (new == NO))
        .then(pl.lit(LOSES))
        .when((old == NO) | (new == NO))
        .then(pl.lit(UNSURE))
        .when(pl.col("old_void") & pl.col("new_void"))
        .then(pl.lit(SAME))
        .when(low > 0)
        .then(pl.lit(MORE))
        .when(high < 0)
        .then(pl.lit(LESS))
        .when((((old == SURE) & (new == SURE)) | pl.col("is_shared")) & (low == 0) & (high == 0))
        .then(pl.lit(SAME))
        .otherwise(pl.lit(UNSURE))
    )


def outcomes(rows: pl.DataFrame) -> pl.DataFrame:
    """What all benefits together are to each enterprise: ``row``, ``outcome`` and ``granted_outcome``.

    ``rows`` has ``row``, ``kind`` and ``granted_kind``, several of each enterprise.
    """
    flags = [
        pl.col(f"{reading}kind").is_in(list(kinds)).any().alias(f"{reading}{name}")
        for reading in ("", "granted_")
        for name, kinds in (("gains", (GAINS, MORE)), ("loses", (LOSES, LESS)), ("unsure", (UNSURE,)))
    ]
    return rows.group_by("row").agg(flags).select("row", _outcome(""), _outcome("granted_"))


def _outcome(reading: str) -> pl.Expr:
    gains, loses, unsure = (pl.col(f"{reading}{name}") for name in ("gains", "loses", "unsure"))
    return (
        pl.when(gains & loses)
        .then(pl.lit(MIXED))
        .when(unsure)
        .then(pl.lit(UNDECIDED))
        .when(gains)
        .then(pl.lit(ONLY_GAINS))
        .when(loses)
        .then(pl.lit(ONLY_LOSES))
        .otherwise(pl.lit(UNTOUCHED))
        .alias(f"{reading}outcome")
    )
