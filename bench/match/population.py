"""Enterprises with something in every fact of the vocabulary, collections too, for the whole catalogue.

Nothing here is realistic but the types and how much is unknown; derived facts are left to their rules.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from bench.match.rows import BLOCK, SEED, UNKNOWN
from huiqi.columns.batch import ROW, Batch, tick
from huiqi.language.benefit import RuleBook
from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration

ITEMS = (0.5, 0.3, 0.15, 0.05)  # how many have none, one, two, three in a collection
MOST = 10**11  # ticks; 10 亿元


def block(place: int, rows: int, book: RuleBook) -> Batch:
    """One block of made-up enterprises."""
    rng = np.random.default_rng((SEED + 1, place))
    facts: list[pl.Series] = []
    items: dict[str, pl.DataFrame] = {}
    for name, declared in book.vocabulary.items():
        if declared.type.kind is Kind.COLLECTION:
            given = rng.random(rows) >= UNKNOWN
            facts.append(pl.Series(name, given).replace(False, None))
            many = np.where(given, rng.choice(len(ITEMS), rows, p=ITEMS), 0)
            place_of = np.repeat(np.arange(rows, dtype=np.uint32), many)
            columns = _columns(declared.fields, len(place_of), rng)
            items[name] = pl.DataFrame([pl.Series(ROW, place_of, pl.UInt32), *columns])
        elif name not in book.rules:
            facts += _columns({name: declared}, rows, rng)
    first = place * BLOCK
    return Batch(pl.Series("id", np.arange(first, first + rows)).cast(pl.String), pl.DataFrame(facts), items)


def _columns(declared: Mapping[str, FactDeclaration], size: int, rng: np.random.Generator) -> list[pl.Series]:
    made = []
    for name, one in declared.items():
        series = _series(one, size, rng)
        if series is not None:
            unknown = pl.Series(rng.random(size) < UNKNOWN)
            shown = pl.select(pl.when(~unknown).then(series).alias(name)).to_series()
            made.append(shown)
    return made


def _series(declared: FactDeclaration, size: int, rng: np.random.Generator) -> pl.Series | None:
    kind = declared.type
    if kind.kind is Kind.BOOL:
        return pl.Series(rng.random(size) < 0.6)
    if kind.kind is Kind.CHOICE:
        return pl.Series(rng.integers(0, len(kind.options), size), dtype=pl.Int16)
    if kind.kind is Kind.DATE:
        return pl.Series(rng.integers(10_957, 20_240, size), dtype=pl.Int32).cast(pl.Date)
    if kind.kind is not Kind.NUMBER:
        return None
    unit = tick(kind)
    least = int((declared.minimum or 0) / unit)
    most = MOST if declared.maximum is None else int(declared.maximum / unit)
    sizes = np.exp(rng.random(size) * np.log(max(most - least, 2)))
    return pl.Series(np.minimum(least + sizes.astype(np.int64), most), dtype=pl.Int64)
