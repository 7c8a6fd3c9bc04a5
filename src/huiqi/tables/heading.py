"""The heading of a table: which column is which fact and in what unit, and which one names the rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from huiqi.language.diagnostics import nearest
from huiqi.language.types import Kind
from huiqi.language.units import unit_factor
from huiqi.language.vocabulary import FactDeclaration, Vocabulary
from huiqi.tables.cells import CellReader, KnownRegion
from huiqi.tables.errors import TableError
from huiqi.tables.items import CollectionReader

ID_COLUMNS = ("编号", "统一社会信用代码", "企业名称")
"""The columns that name the rows when no other is asked for; the first one there is."""

_WITH_UNIT = re.compile(r"(.+?)\s*[（(]([^（()）]+)[）)]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the columns of a table are. ``id_column`` is ``None`` when rows are named by their number."""

    id_column: str | None
    cells: Mapping[str, CellReader]
    collections: Mapping[str, CollectionReader]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        ids = (self.id_column,) if self.id_column else ()
        return tuple(dict.fromkeys((*ids, *self.cells, *self.collections)))


def read_heading(
    columns: Sequence[str],
    schema: Mapping[str, pl.DataType],
    vocabulary: Vocabulary,
    known_region: KnownRegion,
    id_column: str | None,
    ignore: Collection[str],
) -> Heading:
    """What the columns of a table are; ``schema`` says the types of those that have one.

    Raises ``TableError`` for a column that is no fact, a unit that does not fit, a fact that stands in two
    columns.
    """
    _refuse_twins(columns)
    names = {spelt(one): one for one in columns}
    if id_column is not None and spelt(id_column) not in names:
        found = nearest(id_column, columns)
        raise TableError(f"没有“{id_column}”这一列作编号" + (f"，是不是“{found}”？" if found else ""))
    wanted = (id_column,) if id_column is not None else ID_COLUMNS
    ids = next((names[spelt(one)] for one in wanted if spelt(one) in names), None)
    beside = {ids} if ids is not None and spelt(ids) not in vocabulary else set()
    facts = _facts(
        [one for one in columns if one not in beside], vocabulary, ignore, "词表里没有“{}”这个事实"
    )
    cells, collections = {}, {}
    for column, (declaration, unit) in facts.items():
        if declaration.type.kind is Kind.COLLECTION:
            fields = _fields_of(schema.get(column), declaration, ignore)
            own = ignored_fields(declaration, ignore)
            collections[column] = CollectionReader(declaration, known_region, fields, own)
        else:
            cells[column] = CellReader(declaration, known_region, unit)
    return Heading(ids, cells, collections)


def read_fields(
    columns: Iterable[str], declaration: FactDeclaration, ignore: Collection[str]
) -> Mapping[str, tuple[FactDeclaration, str]]:
    """Which field each column of the items of a collection is, and its unit; raises ``TableError``."""
    own = ignored_fields(declaration, ignore)
    return _facts(columns, declaration.fields, own, f"{declaration.name}没有“{{}}”这个字段")


def ignored_fields(declaration: FactDeclaration, ignore: Collection[str]) -> frozenset[str]:
    """The fields of a collection that are not looked at, given as ``集合.字段``."""
    return frozenset(
        one.removeprefix(declaration.name + ".") for one in ignore if one.startswith(declaration.name + ".")
    )


def _fields_of(
    dtype: pl.DataType | None, declaration: FactDeclaration, ignore: Collection[str]
) -> Mapping[str, tuple[FactDeclaration, str]] | None:
    if isinstance(dtype, pl.List | pl.Array) and isinstance(dtype.inner, pl.Struct):
        return read_fields((one.name for one in dtype.inner.fields), declaration, ignore)
    return None


def _facts(
    columns: Iterable[str], declared: Mapping[str, FactDeclaration], ignore: Collection[str], words: str
) -> dict[str, tuple[FactDeclaration, str]]:
    found: dict[str, tuple[FactDeclaration, str]] = {}
    first: dict[str, str] = {}
    for column in columns:
        if column in ignore or spelt(column) in ignore or spelt(column).startswith("_"):
            continue
        declaration, unit = _fact(column, declared, words)
        if declaration.name in first:
            twin = first[declaration.name]
            raise TableError(f"“{twin}”和“{column}”是同一个事实，只留一列")
        first[declaration.name] = column
        found[column] = declaration, unit
    return found


def _fact(column: str, declared: Mapping[str, FactDeclaration], words: str) -> tuple[FactDeclaration, str]:
    name, unit = spelt(column), ""
    if name not in declared:
        match = _WITH_UNIT.fullmatch(name)
        if match and match[1] in declared:
            name, unit = match[1], match[2].strip()
    if name not in declared:
        right = nearest(name, declared)
        hint = f"是不是“{right}”？" if right else "运行 huiqi facts 看有哪些；"
        raise TableError(f"{words.format(column)}（{hint}不要这一列就用 --ignore 略去）")
    declaration = declared[name]
    if unit:
        try:
            dimension = unit_factor(unit)[0]
        except ValueError:
            dimension = None
        if declaration.type.kind is not Kind.NUMBER or dimension != declaration.type.dimension:
            right = declaration.type.unit
            hint = f"，可以写 {name}（{right}）" if right else f"，列名就写 {name}"
            raise TableError(f"列“{column}”的单位不对{hint}")
    return declaration, unit


def _refuse_twins(columns: Sequence[str]) -> None:
    seen: set[str] = set()
    for place, column in enumerate(columns, 1):
        if not spelt(column):
            raise TableError(f"第 {place} 列没有列名")
        if spelt(column) in seen:
            raise TableError(f"列“{spelt(column)}”出现了两次")
        seen.add(spelt(column))


def as_ids(column: pl.Series) -> pl.Series:
    """Ids as texts without blanks around them; null where there is none."""
    kind = column.dtype
    if kind.is_float():
        column = column.cast(pl.String).str.replace(r"\.0$", "")
    elif kind.is_nested() or kind in (pl.Binary, pl.Object):
        raise TableError(f"列“{column.name}”不能作编号，编号要是文字或整数")
    text = column.cast(pl.String).str.strip_chars()
    return pl.select(pl.when(text != "").then(text)).to_series()


def spelt(column: str) -> str:
    """The name of a column as it is looked up: no blanks around it, characters composed."""
    return unicodedata.normalize("NFC", column.removeprefix("\ufeff").strip())
