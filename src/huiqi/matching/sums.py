"""What the answers of many enterprises come to: counts by verdict and money, by benefit and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.columns.verdicts import VERDICTS
from huiqi.entitlements.planning import counts_as_money
from huiqi.evaluate.result import OPEN, Verdict
from huiqi.language.vocabulary import Vocabulary

UNKNOWN = "未知"

COUNTS = tuple(verdict.value for verdict in VERDICTS)
"""The columns that count answers, one a verdict."""

NUMBERS = (*COUNTS, "最低", "最高", "无上限", "差一项")
"""All columns of sums but those that say what they are of."""

KINDS = {name: pl.Int128() if name in ("最低", "最高") else pl.Int64() for name in NUMBERS}
"""The types of them."""


def counted(matcher: Matcher, results: pl.DataFrame, batch: Batch, groups: pl.DataFrame) -> pl.DataFrame:
    """The sums of one batch: a row for each benefit and group (the facts of ``Matcher.by``).

    ``results`` are those of the batch in words, with or without what fails a condition. ``benefit`` is a
    number as there. Answers are counted by verdict; of a benefit over a collection each item is an answer.
    ``最低`` is what is certain: the least that those who are 符合 are due; ``最高`` is the most that it can
    come to, if all that is open turns out well: 符合, 可能符合 and 待补充. Both are in 分 and only of
    benefits that give money; ``无上限`` counts the answers in it that nothing bounds; ``差一项`` those that
    wait for a single fact.
    """
    by = list(matcher.by)
    groups = groups_by_row(groups, batch)
    pays = pl.Series([counts_as_money(one) for one in matcher.benefits], dtype=pl.Boolean)
    money = pays.gather(results["benefit"]).alias("#money")
    verdict = pl.col("结论")
    certain = pl.col("#money") & (verdict == Verdict.ELIGIBLE.value)
    possible = pl.col("#money") & verdict.is_in([one.value for one in OPEN])
    one_short = (verdict == Verdict.INCOMPLETE.value) & ~pl.col("缺").str.contains("、", literal=True)
    sums = (
        results.with_columns(money)
        .join(groups, on="row", how="left")
        .group_by("benefit", *by)
        .agg(
            *((verdict == word).sum().cast(pl.Int64).alias(word) for word in COUNTS),
            (pl.col("金额最低").filter(certain) * 100).cast(pl.Int128).sum().alias("最低"),
            (pl.col("金额最高").filter(possible) * 100).cast(pl.Int128).sum().alias("最高"),
            (possible & pl.col("金额最高").is_null()).sum().cast(pl.Int64).alias("无上限"),
            one_short.sum().cast(pl.Int64).alias("差一项"),
        )
    )
    return with_the_rest(sums, matcher, batch, groups)


def with_the_rest(sums: pl.DataFrame, matcher: Matcher, batch: Batch, groups: pl.DataFrame) -> pl.DataFrame:
    """Sums of what does not fail a condition, with who has an answer and is not in them.

    ``groups`` has the ``row`` of each enterprise and the facts of ``Matcher.by``.
    """
    by = list(matcher.by)
    answers = _answers(matcher, batch, groups)
    sums = answers.join(sums, on=["benefit", *by], how="left", nulls_equal=True).with_columns(
        pl.col(*NUMBERS).fill_null(0)
    )
    # who has an answer and does not stand in the results fails a condition, within the dates or not
    others = pl.col("answers") - pl.sum_horizontal(*COUNTS)
    ended = pl.Series([matcher.is_ended(one) for one in matcher.benefits], dtype=pl.Boolean)
    out = ended.gather(sums["benefit"])
    return sums.with_columns(
        pl.when(out).then(pl.col("不符合")).otherwise(pl.col("不符合") + others).alias("不符合"),
        pl.when(out).then(pl.col("不在期内") + others).otherwise(pl.col("不在期内")).alias("不在期内"),
    ).drop("answers")


def groups_by_row(groups: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """The groups of the enterprises of a batch after their ``row``, also where there are none."""
    row = pl.int_range(len(batch), dtype=pl.UInt32, eager=True).alias("row")
    return pl.DataFrame([row, *groups.get_columns()])


def _answers(matcher: Matcher, batch: Batch, groups: pl.DataFrame) -> pl.DataFrame:
    """How many answers there are for each benefit and group."""
    by = list(matcher.by)
    counts: dict[str | None, pl.DataFrame] = {}
    parts = []
    for number, benefit in enumerate(matcher.benefits):
        if benefit.subject not in counts:
            each = 1 if benefit.subject is None else batch.answers(benefit.subject)
            table = groups.with_columns(pl.lit(each).cast(pl.Int64).alias("answers"))
            total = pl.col("answers").sum()
            counts[benefit.subject] = table.group_by(by).agg(total) if by else table.select(total)
        found = counts[benefit.subject]
        parts.append(found.select(pl.lit(number, dtype=pl.UInt16).alias("benefit"), *by, "answers"))
    return pl.concat(parts)


def total(parts: Iterable[pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """The sums of several batches together, in the order of benefit and group."""
    keys = ["benefit", *by]
    table = pl.concat(parts).group_by(keys).agg(pl.all().sum())
    return table.sort(keys, nulls_last=True)


def no_sums(matcher: Matcher) -> pl.DataFrame:
    """The sums over nobody: a row of nothing for each benefit."""
    numbers = pl.Series("benefit", range(len(matcher.benefits)), dtype=pl.UInt16)
    groups = [pl.Series(name, [None] * len(numbers), dtype=pl.Int16) for name in matcher.by]
    zeros = [pl.zeros(len(numbers), dtype=kind, eager=True).alias(name) for name, kind in KINDS.items()]
    return pl.DataFrame([numbers, *groups, *zeros])


def of_groups(sums: pl.DataFrame, by: Sequence[str], vocabulary: Vocabulary) -> list[pl.Series]:
    """The groups that sums are of, by name."""
    found = []
    for name in by:
        options = pl.Series(list(vocabulary[name].type.options), dtype=pl.String)
        found.append(options.gather(sums[name]).fill_null(UNKNOWN).alias(name))
    return found


def in_words(sums: pl.DataFrame, matcher: Matcher, by: Sequence[str]) -> pl.DataFrame:
    """The sums for people: names instead of numbers, 元 instead of 分; no highest where there is no bound."""
    benefits = matcher.benefits
    number = sums["benefit"]
    yuan = {end: pl.col(end).cast(pl.Decimal(38, 2)) / 100 for end in ("最低", "最高")}
    return sums.select(
        pl.Series([one.id for one in benefits], dtype=pl.String).gather(number).alias("事项"),
        pl.Series([one.name for one in benefits], dtype=pl.String).gather(number).alias("名称"),
        pl.Series(["、".join(one.departments) for one in benefits], dtype=pl.String)
        .gather(number)
        .alias("责任单位"),
        *of_groups(sums, by, matcher.book.vocabulary),
        *COUNTS,
        "差一项",
        yuan["最低"].alias("金额最低"),
        pl.when(pl.col("无上限") == 0).then(yuan["最高"]).alias("金额最高"),
        "无上限",
    )


def by_department(sums: pl.DataFrame, matcher: Matcher) -> pl.DataFrame:
    """The same by responsible department; a benefit of several departments counts at each of them."""
    departments = [list(one.departments) for one in matcher.benefits]
    number = sums["benefit"]
    table = sums.with_columns(
        pl.Series(departments, dtype=pl.List(pl.String)).gather(number).alias("责任单位")
    )
    money = {end: pl.col(end).sum().cast(pl.Decimal(38, 2)) / 100 for end in ("最低", "最高")}
    return (
        table.explode("责任单位")
        .group_by("责任单位", maintain_order=True)
        .agg(
            pl.col("benefit").n_unique().cast(pl.Int64).alias("事项数"),
            *(pl.col(word).sum() for word in COUNTS),
            pl.col("差一项").sum(),
            money["最低"].alias("金额最低"),
            pl.when(pl.col("无上限").sum() == 0).then(money["最高"]).alias("金额最高"),
            pl.col("无上限").sum(),
        )
        .sort("责任单位")
    )
