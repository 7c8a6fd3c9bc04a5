"""One piece of a table after the other into chunks, with what must be remembered from piece to piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.columns.batch import ROW, Batch
from huiqi.language.vocabulary import Vocabulary
from huiqi.tables.cells import is_personal
from huiqi.tables.convert import Converted, Wrong, as_frame, convert
from huiqi.tables.digest import Digest
from huiqi.tables.heading import Heading, as_ids, spelt
from huiqi.tables.items import Listed
from huiqi.tables.rejects import HIDDEN, Reject, shorten
from huiqi.tables.seen import Seen
from huiqi.tables.side import SideTable
from huiqi.tables.source import Piece

_Flags = np.ndarray[Anything, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table that follow one another.

    ``number`` counts chunks from 0; ``first`` is the place of the first row, from 1, and ``rows`` how many
    were read. ``batch`` holds those that were taken and ``places`` their places (``UInt64``); ``rejects`` say
    why the others were not. ``digest`` is of the rows as they stand in the table: the same rows have the same
    one, on every machine.
    """

    number: int
    first: int
    rows: int
    batch: Batch
    rejects: tuple[Reject, ...]
    digest: str
    places: pl.Series


def ids_of(frame: pl.DataFrame, read: Converted, heading: Heading) -> pl.Series:
    """The ids of the rows of a frame that was converted; null where there is none."""
    column = heading.id_column
    if column is None:
        return pl.Series([None] * len(frame), dtype=pl.String)
    ids = as_ids(frame[column])
    reader = heading.cells.get(column)
    if reader is not None and reader.declaration.code:
        # a code has one spelling, and it is that which names the row
        ids = pl.select(pl.coalesce(read.frame[reader.declaration.name], ids)).to_series()
    return ids


class Reading:
    """Reads a table once, from its first row to its last."""

    def __init__(
        self, sides: Mapping[str, SideTable], vocabulary: Vocabulary, seen: Seen | None = None
    ) -> None:
        self._sides, self._vocabulary = sides, vocabulary
        self._seen = seen or Seen()
        self._number = 0
        self.hides_ids = False
        """Whether the ids are personal data."""

    def chunk(self, piece: Piece, before: int, heading: Heading) -> Chunk:
        """The chunk of a piece; ``before`` is how many rows the files before this one have."""
        self._heading = heading
        named = self._vocabulary.get(spelt(heading.id_column)) if heading.id_column else None
        self.hides_ids = named is not None and is_personal(named)
        frame, places = piece.frame, piece.places + before
        digest = Digest(self._heading.wanted)
        if piece.content is None:
            digest.frame(frame)
        else:
            digest.bytes(piece.content)
        read = convert(frame, self._heading.cells)
        ids = ids_of(frame, read, heading)
        listed = {
            reader.declaration.name: reader.read(frame[column])
            for column, reader in self._heading.collections.items()
        }
        for name, side in self._sides.items():
            taken = side.take(ids)
            digest.frame(taken.raw)
            listed[name] = taken.listed
        if self._heading.id_column is None:
            ids, wrong = places.cast(pl.String), []
        else:
            wrong = self._wrong_ids(self._heading.id_column, ids)
        wrong += [*read.wrong, *(one for each in listed.values() for one in each.wrong)]
        keep = np.ones(len(ids), dtype=bool)
        keep[[one.row for one in wrong]] = False
        batch = self._batch(ids, keep, read, listed)
        rejects = [Reject(one.place + before, "", "", "", one.reason, one.hint) for one in piece.torn]
        rejects += self._rejects(wrong, ids, places)
        rejects.sort(key=lambda one: one.place)
        lost = {one.place for one in rejects}
        assert len(batch) + len(lost) == piece.rows, "every row is taken or has a reject"
        number, self._number = self._number, self._number + 1
        first = piece.first + before
        return Chunk(number, first, piece.rows, batch, tuple(rejects), digest.hex(), places.filter(keep))

    def _wrong_ids(self, column: str, ids: pl.Series) -> list[Wrong]:
        wrong = [Wrong(row, column, "", "编号是空的", "每一行都要有编号") for row in ids.is_null().arg_true()]
        for row in np.flatnonzero(self._seen.repeated(ids)).tolist():
            shown = HIDDEN if self.hides_ids else ids[row]
            wrong.append(Wrong(row, column, shown, "编号重复，前面已经有一行", "一个企业一行，留一行"))
        return wrong

    def _rejects(self, wrong: list[Wrong], ids: pl.Series, places: pl.Series) -> list[Reject]:
        order = {column: place for place, column in enumerate(self._heading.wanted)}
        ordered = sorted(wrong, key=lambda one: (one.row, order.get(one.column, len(order))))
        return [
            Reject(
                places[one.row],
                HIDDEN if self.hides_ids else shorten(ids[one.row] or ""),
                one.column,
                shorten(one.value),
                one.reason,
                one.hint,
            )
            for one in ordered
        ]

    def _batch(self, ids: pl.Series, keep: _Flags, read: Converted, listed: Mapping[str, Listed]) -> Batch:
        """What was taken, the items numbered anew, and the odd rows read out."""
        given = [each.given.alias(name) for name, each in listed.items()]
        facts = as_frame([*read.frame, *given], len(ids))
        numbers = np.cumsum(keep) - 1
        items = {}
        for name, each in listed.items():
            owners = each.items[ROW].to_numpy()
            mine = keep[owners]
            anew = pl.Series(ROW, numbers[owners[mine]], dtype=pl.UInt32)
            items[name] = each.items.filter(pl.Series(mine, dtype=pl.Boolean)).with_columns(anew)
        plain = Batch(ids.alias("编号").filter(keep), facts.filter(pl.Series(keep)), items)
        rows = sorted({*read.odd, *(row for each in listed.values() for row in each.odd)})
        odd = {}
        for row in rows:
            if keep[row]:
                in_items = {name: each.odd[row] for name, each in listed.items() if row in each.odd}
                place = int(numbers[row])
                odd[place] = self._exact(plain, place, read.odd.get(row, {}), in_items)
        return Batch(plain.ids, plain.facts, items, odd)

    def _exact(
        self,
        batch: Batch,
        row: int,
        facts: Mapping[str, Anything],
        in_items: Mapping[str, Mapping[int, Mapping[str, Anything]]],
    ) -> Mapping[str, Anything]:
        """All facts of an odd row, with the values that its columns cannot hold."""
        alone = {}
        for name, table in batch.items.items():
            start, end = np.searchsorted(table[ROW].to_numpy(), [row, row + 1]).tolist()
            alone[name] = table.slice(start, end - start).with_columns(pl.lit(0, pl.UInt32).alias(ROW))
        one = Batch(batch.ids.slice(row, 1), batch.facts.slice(row, 1), alone)
        values = {**one.values(0, self._vocabulary), **facts}
        for name, changes in in_items.items():
            values[name] = tuple(
                {**item, **changes.get(place, {})} for place, item in enumerate(values[name])
            )
        return values
