"""The outcome of a batch in words: the table that ``huiqi match`` writes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from huiqi.columns.batch import ROW, Batch
from huiqi.columns.matcher import Matcher
from huiqi.columns.verdicts import VERDICTS
from huiqi.language.benefit import Benefit
from huiqi.language.units import dimension_words
from huiqi.language.vocabulary import Vocabulary

SCHEMA: dict[str, pl.DataType] = {
    "编号": pl.String(),
    "事项": pl.String(),
    "项次": pl.Int32(),
    "对象": pl.String(),
    "结论": pl.String(),
    "若在期内": pl.String(),
    "金额最低": pl.Decimal(38, 2),
    "金额最高": pl.Decimal(38, 2),
    "数量最低": pl.Decimal(38, 6),
    "数量最高": pl.Decimal(38, 6),
    "单位": pl.String(),
    "缺": pl.String(),
    "金额还缺": pl.String(),
    "未满足": pl.String(),
}
"""One row for each enterprise, benefit and item.

``项次`` counts the items of a collection from 1 and ``对象`` says what the item is called; both are empty
where the enterprise itself is meant. Money stands in 元 under ``金额``, other amounts in ``单位`` under
``数量``; an amount without a highest has no bound. ``缺`` names the facts that would settle the verdict,
``金额还缺`` those that would narrow the amount, ``未满足`` the first condition that fails.
"""

_WORDS = pl.Series([verdict.value for verdict in VERDICTS])


class Wording:
    """Puts outcomes of one matcher into words."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self._ids = pl.Series([one.id for one in matcher.benefits], dtype=pl.String)
        self._money = pl.Series([_pays_money(one) for one in matcher.benefits], dtype=pl.Boolean)
        self._units = pl.Series([_unit(one) for one in matcher.benefits], dtype=pl.String)

    def results(self, long: pl.DataFrame, batch: Batch) -> pl.DataFrame:
        """An outcome's long table in the words of ``SCHEMA``, in its order, after ``row`` and ``benefit``."""
        number = long["benefit"]
        money = self._money.gather(number)
        table = long.with_columns(
            batch.ids.cast(pl.String).gather(long["row"]).alias("编号"),
            self._ids.gather(number).alias("事项"),
            (pl.col("item") + 1).alias("项次"),
            self._labels(long, batch).alias("对象"),
            _WORDS.gather(long["verdict"]).alias("结论"),
            _WORDS.gather(long["within"]).alias("若在期内"),
            *(
                pl.when(money).then(pl.col(end).cast(pl.Decimal(38, 2)) / 100).alias(f"金额{word}")
                for end, word in (("low", "最低"), ("high", "最高"))
            ),
            *(
                pl.when(~money).then(pl.col(end).cast(pl.Decimal(38, 6)) / 1_000_000).alias(f"数量{word}")
                for end, word in (("low", "最低"), ("high", "最高"))
            ),
            self._units.gather(number).alias("单位"),
        )
        keys, conditions = self.matcher.keys, self.matcher.conditions
        for source, name in (("missing", "缺"), ("missing_amount", "金额还缺")):
            table = _said(table, source, name, [_Bits(one) for one in keys])
        table = _said(table, "unmet", "未满足", [_Place(one) for one in conditions])
        return table.select("row", "benefit", *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()))

    def _labels(self, long: pl.DataFrame, batch: Batch) -> pl.Series:
        """What each item is called (称呼), or its number where it has no name."""
        vocabulary = self.matcher.book.vocabulary
        labels = [
            _labels_of(name, table, vocabulary).with_columns(pl.lit(name).alias("#collection"))
            for name, table in batch.items.items()
        ]
        subjects = pl.Series([one.subject for one in self.matcher.benefits], dtype=pl.String)
        asked = long.select("row", "item", subjects.gather(long["benefit"]).alias("#collection"))
        if not labels:
            return pl.repeat(None, len(long), dtype=pl.String, eager=True)
        found = asked.join(
            pl.concat(labels), on=["#collection", "row", "item"], how="left", maintain_order="left"
        )
        return found["#label"]


def _labels_of(name: str, table: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    field = vocabulary[name].label_field
    numbered = table.select(
        pl.col(ROW).cast(pl.UInt32).alias("row"),
        pl.int_range(pl.len(), dtype=pl.Int32).over(ROW).alias("item"),
        pl.col(field).cast(pl.String).alias("#label")
        if field in table.columns
        else pl.lit(None).alias("#label"),
    )
    number = pl.format("第{}项", pl.col("item") + 1)
    label = pl.col("#label")
    declared = vocabulary[name].fields.get(field)
    if declared is not None and declared.type.options and field in table.columns:
        options = pl.Series(list(declared.type.options), dtype=pl.String)
        numbered = numbered.with_columns(options.gather(table[field]).alias("#label"))
    return numbered.with_columns(pl.coalesce(label, number).alias("#label"))


def _pays_money(benefit: Benefit) -> bool:
    return benefit.amount is not None and benefit.amount.is_money


def _unit(benefit: Benefit) -> str | None:
    if benefit.amount is None or _pays_money(benefit):
        return None
    kind = benefit.amount.total.type
    return kind.unit or dimension_words(kind.dimension)


class _Bits:
    """Facts by the bits of a number."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def words(self, value: int) -> str:
        return "、".join(sorted(name for bit, name in enumerate(self.names) if value >> bit & 1))


class _Place:
    """Conditions by their place from 1."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def words(self, value: int) -> str:
        return self.names[value - 1]


def _said(table: pl.DataFrame, source: str, name: str, words: Sequence[_Bits | _Place]) -> pl.DataFrame:
    """A column of numbers as words; each combination that occurs is put into words once."""
    kinds = table.select("benefit", source).unique().filter(pl.col(source) != 0)
    said = [words[number].words(value) for number, value in kinds.iter_rows()]
    known = kinds.with_columns(pl.Series(name, said, dtype=pl.String))
    return table.join(known, on=["benefit", source], how="left", maintain_order="left")
