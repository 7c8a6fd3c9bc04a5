"""Who is touched, row by row: the file of changes that stands beside the report."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.language.benefit import Benefit
from huiqi.language.types import MONEY, Type
from huiqi.language.units import dimension_words
from huiqi.language.vocabulary import Vocabulary
from huiqi.matching.impact.change import GRANTED
from huiqi.matching.impact.sides import ORDER
from huiqi.matching.impact.versions import Pair
from huiqi.matching.sums import UNKNOWN

_AMOUNT = pl.Decimal(38, 6)
_NUMBERS = {
    "原最低": "old_low",
    "原若获批最低": "old_granted",
    "原最高": "old_high",
    "新最低": "new_low",
    "新若获批最低": "new_granted",
    "新最高": "new_high",
    "差额最低": "difference_low",
    "差额最高": "difference_high",
}
_VERDICTS = pl.Series([one.value for one in ORDER], dtype=pl.String)


def amount_type(benefit: Benefit | None) -> Type | None:
    """The type of a benefit's amount, if it has one."""
    return benefit.amount.total.type if benefit is not None and benefit.amount is not None else None


def is_alike(pair: Pair) -> bool:
    """Whether the amounts on both sides can be subtracted; where one side has none it counts as nothing."""
    old, new = amount_type(pair.old), amount_type(pair.new)
    if old is None or new is None:
        return True
    return old.dimension == new.dimension and (old.dimension == MONEY.dimension or old.unit == new.unit)


def _unit(kind: Type | None) -> str | None:
    if kind is None:
        return None
    if kind.dimension == MONEY.dimension:
        return "元"
    return kind.unit or dimension_words(kind.dimension)


class Wording:
    """Puts changes into words. ``by`` are facts of the old vocabulary."""

    def __init__(self, pairs: Sequence[Pair], by: Sequence[str], vocabulary: Vocabulary) -> None:
        self.by, self.vocabulary = tuple(by), vocabulary
        self._ids = pl.Series([one.now.id for one in pairs], dtype=pl.String)
        kinds = {
            "old": [amount_type(one.old) for one in pairs],
            "new": [amount_type(one.new) for one in pairs],
        }
        self._size = {
            side: pl.Series([_size(kind) for kind in found], dtype=pl.Int64) for side, found in kinds.items()
        }
        self._units = {
            side: pl.Series([_unit(kind) for kind in found], dtype=pl.String) for side, found in kinds.items()
        }

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns of the file."""
        texts: list[str] = ["编号", "事项", *self.by, "原结论", "新结论"]
        after = ["原单位", "新单位", "变化", GRANTED, "原缺", "新缺", "都等"]
        return {
            **dict.fromkeys(texts, pl.String()),
            **dict.fromkeys(_NUMBERS, _AMOUNT),
            **dict.fromkeys(after, pl.String()),
        }

    def table(self, rows: pl.DataFrame, batch: Batch, groups: pl.DataFrame) -> pl.DataFrame:
        """Changes (as ``change.compared``) in words.

        Amounts stand in 原单位 and 新单位, money in 元. An amount without a highest has no bound; a benefit
        without an amount has none. 都等 is filled where a 说不准 waits for the same facts on both sides.
        """
        pair = rows["pair"]
        table = rows.join(groups, on="row", how="left", maintain_order="left").with_columns(
            batch.ids.cast(pl.String).gather(rows["row"]).alias("编号"),
            self._ids.gather(pair).alias("事项"),
            *(
                _option(name, self.vocabulary).alias(name)
                for name in self.by
            ),
            *(
                _VERDICTS.gather(rows[f"{side}_verdict"]).alias(f"{word}结论")
                for side, word in (("old", "原"), ("new", "新"))
            ),
            *(
                self._units[side].gather(pair).alias(f"{word}单位")
                for side, word in (("old", "原"), ("new", "新"))
            ),
            *(self._size[side].gather(pair).alias(f"#{side}") for side in ("old", "new")),
            pl.col("kind").alias("变化"),
            pl.col("granted_kind").alias(GRANTED),
            pl.col("old_waits").alias("原缺"),
            pl.col("new_waits").alias("新缺"),
            pl.when("same_wait").then("old_waits").alias("都等"),
        )  # fmt: skip
        return table.select(
            self._number(name, _NUMBERS[name]) if name in _NUMBERS else pl.col(name) for name in self.schema
        )

    def _number(self, name: str, column: str) -> pl.Expr:
        """Exact in its unit: whole hundredths or whole millionths."""
        side = column.partition("_")[0]
        size = pl.coalesce("#new", "#old") if side == "difference" else pl.col(f"#{side}")
        value = pl.col(column)
        if name.endswith("最高") and side != "difference":
            value = pl.when(~(pl.col(f"{side}_unbounded") | pl.col(f"{side}_void"))).then(value)
        millionths = pl.when(size.is_not_null()).then(value * (1_000_000 // size).cast(pl.Int128))
        return (millionths.cast(_AMOUNT) / 1_000_000).cast(_AMOUNT).alias(name)


def _size(kind: Type | None) -> int | None:
    """How many of what columns count make one of the unit that is shown."""
    if kind is None:
        return None
    return 100 if kind.dimension == MONEY.dimension else 1_000_000


def _option(name: str, vocabulary: Vocabulary) -> pl.Expr:
    options = list(vocabulary[name].type.options)
    return pl.col(name).replace_strict(
        list(range(len(options))), options, default=UNKNOWN, return_dtype=pl.String
    )


class WhoFile:
    """The file of changes, which grows chunk by chunk and is there in whole or not at all."""

    def __init__(self, path: Path, schema: dict[str, pl.DataType]) -> None:
        self.path, self.schema = path, schema
        self.rows = 0
        self._folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        self._parts: list[Path] = []

    def add(self, table: pl.DataFrame) -> None:
        """Append rows."""
        if table.is_empty() and self._parts:
            return
        part = self._folder / f"{len(self._parts):06}"
        if self.path.suffix == ".csv":
            plain = [
                pl.col(name).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
                for name, kind in self.schema.items()
                if kind == _AMOUNT
            ]
            first = not self._parts
            table.with_columns(plain).write_csv(part, include_header=first, include_bom=first)
        else:
            table.write_parquet(part)
        self._parts.append(part)
        self.rows += len(table)

    def finish(self) -> None:
        """All rows as one file."""
        if not self._parts:
            self.add(pl.DataFrame(schema=self.schema))
        whole = self._folder / "whole"
        if self.path.suffix == ".csv":
            with whole.open("wb") as file:
                for part in self._parts:
                    with part.open("rb") as piece:
                        shutil.copyfileobj(piece, file)
        else:
            pl.scan_parquet(self._parts).sink_parquet(whole, compression="zstd", maintain_order=True)
        whole.replace(self.path)
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind of what is not finished."""
        shutil.rmtree(self._folder, ignore_errors=True)
