"""Collections (lists of structs, JSON texts, side tables) into the tables of items of a batch."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.catalogue.fact_values import UNKNOWN_KINDS
from huiqi.columns.batch import ROW
from huiqi.language.diagnostics import nearest
from huiqi.language.vocabulary import FactDeclaration
from huiqi.tables.cells import UNKNOWN, CellReader, KnownRegion, is_personal
from huiqi.tables.convert import TYPES, Wrong, convert
from huiqi.tables.rejects import HIDDEN

_LIST_HINT = '写成 [{"字段": 值}]，一项也没有就写 []'

Fields = Mapping[str, tuple[FactDeclaration, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection of some rows.

    ``given`` says which rows have it; ``items`` are its items with their ``#row``; ``odd`` holds, by row and
    place of the item, the exact values that columns cannot hold.
    """

    given: pl.Series
    items: pl.DataFrame
    odd: Mapping[int, Mapping[int, Mapping[str, Anything]]] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()


class CollectionReader:
    """Reads a collection.

    ``fields`` says which column of the items is which field, by default each is called like its column;
    ``ignored`` are fields that may stand in JSON texts and are not looked at.
    """

    def __init__(
        self,
        declaration: FactDeclaration,
        known_region: KnownRegion = bool,
        fields: Fields | None = None,
        ignored: Collection[str] = (),
    ) -> None:
        self.declaration, self._ignored = declaration, ignored
        self.personal = is_personal(declaration)
        given = fields if fields is not None else {n: (one, "") for n, one in declaration.fields.items()}
        self._readers = {
            column: CellReader(one, known_region, unit, declaration) for column, (one, unit) in given.items()
        }

    def read(self, column: pl.Series) -> Listed:
        """The collection in a column: a list for each row, null where it was not given."""
        kind = column.dtype
        if isinstance(kind, pl.Array):
            column, kind = column.arr.to_list(), pl.List(kind.inner)
        if isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct):
            return self._structs(column)
        if isinstance(kind, pl.Categorical | pl.Enum):
            column, kind = column.cast(pl.String), pl.String()
        if kind == pl.String:
            return self._texts(column)
        filled = column.list.len() > 0 if isinstance(kind, pl.List) else column.is_not_null()
        wrong = tuple(self._no_list(column.name, row, "") for row in filled.fill_null(False).arg_true())
        return Listed(column.is_not_null(), self._no_items(), {}, wrong)

    def read_items(
        self,
        column: str,
        owners: np.ndarray[Anything, Anything],
        raw: pl.DataFrame,
        nested: Mapping[str, Mapping[int, Anything]] | None = None,
    ) -> tuple[pl.DataFrame, Mapping[int, Mapping[int, Mapping[str, Anything]]], list[Wrong]]:
        """Items in a frame of their own, in the order of the rows they belong to (``owners``)."""
        read = convert(raw, self._readers, nested)
        places = np.arange(len(owners)) - np.searchsorted(owners, owners)
        odd: dict[int, dict[int, Mapping[str, Anything]]] = {}
        for item, values in read.odd.items():
            odd.setdefault(int(owners[item]), {})[int(places[item])] = values
        wrong = [
            Wrong(int(owners[one.row]), column, one.value, self._at(int(places[one.row]), one), one.hint)
            for one in read.wrong
        ]
        return read.frame.insert_column(0, pl.Series(ROW, owners, dtype=pl.UInt32)), odd, wrong

    def _at(self, place: int, one: Wrong) -> str:
        key = self._readers[one.column].key
        said = one.reason.replace(f"“{key}”", key, 1)
        return f"第{place + 1}项 {said}" if key in said else f"第{place + 1}项 {key}：{said}"

    def _structs(self, column: pl.Series) -> Listed:
        rows = pl.Series(ROW, np.arange(len(column)), dtype=pl.UInt32)
        items = (
            pl.DataFrame([rows, column.alias("list")]).filter(pl.col("list").list.len() > 0).explode("list")
        )
        owners = items[ROW].to_numpy()
        frame, odd, wrong = self.read_items(column.name, owners, items["list"].struct.unnest())
        for item in items["list"].is_null().arg_true():
            place = item - int(np.searchsorted(owners, owners[item]))
            wrong.append(self._no_item(column.name, int(owners[item]), place, None))
        return Listed(column.is_not_null(), frame, odd, tuple(wrong))

    def _texts(self, column: pl.Series) -> Listed:
        text = column.str.strip_chars()
        given = text.is_not_null() & ~text.is_in(UNKNOWN)
        owners: list[int] = []
        items: list[dict[str, Anything]] = []
        wrong: list[Wrong] = []
        unknown: list[int] = []
        for row in (given & (text != "[]")).arg_true():
            try:
                value = json.loads(
                    text[row], object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=str
                )
            except (ValueError, RecursionError) as problem:
                said = str(problem) if isinstance(problem, _TwiceError) else "不是 JSON 列表"
                wrong.append(self._no_list(column.name, row, text[row], f"“{self.declaration.name}”{said}"))
                continue
            if isinstance(value, dict) and set(value) == {"未知"} and value["未知"] in UNKNOWN_KINDS:
                unknown.append(row)
            elif not isinstance(value, list):
                wrong.append(self._no_list(column.name, row, text[row]))
            else:
                for place, item in enumerate(value):
                    problem_of_item = self._problem(column.name, row, place, item)
                    if problem_of_item:
                        wrong.append(problem_of_item)
                    owners.append(row)
                    items.append(item if isinstance(item, dict) else {})
        raw, nested = _flat(self._readers, items)
        frame, odd, more = self.read_items(column.name, np.array(owners, dtype=np.uint32), raw, nested)
        return Listed(given.scatter(unknown, False), frame, odd, (*wrong, *more))

    def _problem(self, column: str, row: int, place: int, item: Anything) -> Wrong | None:
        if not isinstance(item, dict):
            return self._no_item(column, row, place, item)
        known = (*self._readers, *self._ignored)
        extra = next((one for one in item if one not in known and not one.startswith("_")), None)
        if extra is None:
            return None
        right = nearest(extra, self._readers)
        reason = f"第{place + 1}项 {self.declaration.name}没有“{extra}”这个字段"
        return Wrong(row, column, "", reason, f"是不是“{right}”？" if right else "运行 huiqi facts 看有哪些")

    def _no_item(self, column: str, row: int, place: int, value: Anything) -> Wrong:
        shown = HIDDEN if self.personal else "" if value is None else value
        return Wrong(
            row, column, shown, f"第{place + 1}项 {self.declaration.name}：每一项要写成“字段: 值”", ""
        )

    def _no_list(self, column: str, row: int, value: Anything, reason: str = "") -> Wrong:
        said = reason or f"“{self.declaration.name}”要列表，一项一个"
        return Wrong(row, column, HIDDEN if self.personal else value, said, _LIST_HINT)

    def _no_items(self) -> pl.DataFrame:
        kinds = {one.declaration.name: TYPES[one.declaration.type.kind] for one in self._readers.values()}
        return pl.DataFrame(schema={ROW: pl.UInt32, **kinds})


class _TwiceError(ValueError):
    """A field stands twice in an item."""


def _once(pairs: list[tuple[str, Anything]]) -> dict[str, Anything]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwiceError(f"里“{twice}”写了两次")
    return found


def _flat(
    columns: Iterable[str], items: list[dict[str, Anything]]
) -> tuple[pl.DataFrame, dict[str, dict[int, Anything]]]:
    """Items as columns of texts, and beside them the mappings and lists that texts cannot hold."""
    frame: dict[str, pl.Series] = {}
    nested: dict[str, dict[int, Anything]] = {}
    for column in columns:
        values = [item.get(column) for item in items]
        beside = {row: one for row, one in enumerate(values) if isinstance(one, dict | list)}
        if beside:
            nested[column] = beside
        texts = [
            None if isinstance(one, dict | list) else ("否", "是")[one] if isinstance(one, bool) else one
            for one in values
        ]
        frame[column] = pl.Series(texts, dtype=pl.String)
    return pl.DataFrame(frame), nested
