"""Side tables: the items of a collection in a table of their own, each with the enterprise it is of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.language.vocabulary import FactDeclaration
from huiqi.tables.cells import KnownRegion
from huiqi.tables.errors import TableError
from huiqi.tables.heading import as_ids, read_fields, spelt
from huiqi.tables.items import CollectionReader, Listed
from huiqi.tables.places import open_sources
from huiqi.tables.rejects import HIDDEN, Reject, shorten
from huiqi.tables.source import Piece, Source

_AT_ONCE = 200_000
_ID = "#id"
_PLACE = "#place"


@dataclass(frozen=True, slots=True)
class Taken:
    """The items of some enterprises: as read, and as they stand in the side table."""

    listed: Listed
    raw: pl.DataFrame


class SideTable:
    """All items of one collection, sorted by the enterprise they are of and in their order.

    The whole side table is held in memory, as it is written: it must fit there. A side table is complete: an
    enterprise that has no row in it has no item of that kind (``[]``), which is not the same as unknown.
    """

    def __init__(
        self,
        source: str | Path,
        declaration: FactDeclaration,
        id_column: str,
        ignore: Collection[str],
        known_region: KnownRegion,
    ) -> None:
        self.name = declaration.name
        sources = open_sources(source, id_column)
        columns = sources[0].columns
        ids = next((one for one in columns if spelt(one) == spelt(id_column)), None)
        if ids is None:
            raise TableError(f"{source}: 附表要有“{id_column}”一列，说明每一项是谁的")
        fields = read_fields([one for one in columns if one != ids], declaration, ignore)
        self._reader = CollectionReader(declaration, known_region, fields)
        self._torn: list[Reject] = []
        frames = []
        for one, before in _with_places(sources, (ids, *fields)):
            named = as_ids(one.frame[ids]).alias(_ID)
            frames.append(one.frame.select(list(fields)).hstack([named, (one.places + before).alias(_PLACE)]))
            for torn in one.torn:
                reason = f"附表第{before + torn.place}行：{torn.reason}"
                self._torn.append(Reject(0, "", self.name, "", reason, torn.hint))
        try:
            whole = pl.concat(frames, how="vertical_relaxed") if frames else _empty(sources[0].schema, fields)
        except pl.exceptions.PolarsError as problem:
            raise TableError(f"{source}: 几个附表同一列的类型不一样") from problem
        self._items = whole.sort(_ID, maintain_order=True, nulls_last=True)
        named = self._items[_ID].drop_nulls()
        runs = named.rle().struct.unnest()
        self._owners = runs["value"]
        lengths = runs["len"].to_numpy().astype(np.int64)
        self._starts = np.cumsum(lengths) - lengths
        self._lengths = lengths
        self.start()

    def start(self) -> None:
        """Begin anew: no item was asked for yet."""
        self._used = np.zeros(len(self._lengths), dtype=bool)

    def take(self, ids: pl.Series) -> Taken:
        """The items of the enterprises with these ids, in their order; a null id has none."""
        places = np.full(len(ids), -1, dtype=np.int64)
        if len(self._owners):
            given = ids.is_not_null().to_numpy()
            known = ids.drop_nulls()
            found = np.minimum(
                self._owners.search_sorted(known).to_numpy().astype(np.int64), len(self._owners) - 1
            )
            same = (self._owners.gather(found) == known).to_numpy()
            places[given] = np.where(same, found, -1)
        rows = np.flatnonzero(places >= 0)
        mine = places[rows]
        self._used[mine] = True
        lengths = self._lengths[mine]
        owners = np.repeat(rows, lengths).astype(np.uint32)
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        raw = self._items[(np.repeat(self._starts[mine], lengths) + offsets).astype(np.int64)]
        raw = raw.drop(_PLACE, _ID)
        frame, odd, wrong = self._reader.read_items(self.name, owners, raw)
        given_all = pl.Series([True]).new_from_index(0, len(ids))
        return Taken(Listed(given_all, frame, odd, tuple(wrong)), raw)

    def left_over(self, hide_ids: bool) -> Iterator[Reject]:
        """What belongs to no row of the main table: an id that is not there, or none at all."""
        yield from self._torn
        nameless = self._items.filter(pl.col(_ID).is_null())[_PLACE]
        for place in nameless:
            yield Reject(0, "", self.name, "", f"附表第{place}行没有编号", "写明是谁的")
        for run in np.flatnonzero(~self._used).tolist():
            place, count = self._items[_PLACE][int(self._starts[run])], int(self._lengths[run])
            shown = HIDDEN if hide_ids else shorten(self._owners[run])
            reason = f"附表从第{place}行起有 {count} 项，主表里没有这个编号"
            yield Reject(0, shown, self.name, "", reason, "核对两张表的编号")


def _with_places(sources: Sequence[Source], wanted: Sequence[str]) -> Iterator[tuple[Piece, int]]:
    """The pieces of several files, each with the number of rows of the files before it."""
    before = 0
    for source in sources:
        read = 0
        for piece in source.pieces(_AT_ONCE, wanted):
            yield piece, before
            read += piece.rows
        before += read


def _empty(schema: Anything, fields: Anything) -> pl.DataFrame:
    kinds = {one: schema.get(one, pl.String) for one in fields}
    return pl.DataFrame(schema={**kinds, _ID: pl.String, _PLACE: pl.UInt64})
