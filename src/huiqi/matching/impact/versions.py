"""The two versions of a policy that are compared: how they are read, and which benefits differ."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any as Anything
from typing import Literal

import polars as pl

from huiqi.catalogue.load import Catalogue, CatalogueError, load_catalogue
from huiqi.catalogue.shape import BenefitsFile, read_shape
from huiqi.columns.batch import ROW, Batch
from huiqi.language.benefit import Benefit, Document, Period
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.language.vocabulary import FactDeclaration, Vocabulary
from huiqi.matching.fingerprint import benefit_fingerprint

HEAD = "catalogue.yaml"
_FILE = "benefits.yaml"

Status = Literal["新增", "取消", "修改"]


class VersionError(ValueError):
    """Two versions cannot be compared; the text says why and what would be right."""


# ---- reading ----


def open_new(path: Path, old: Catalogue) -> Catalogue:
    """The new version: a catalogue folder, or one benefits.yaml that stands in for the old file.

    Which file it stands in for is said by the id of the document (文件 标识) in it. Raises ``VersionError``
    when there is no such file, ``CatalogueError`` with the mistakes of the new version.
    """
    if path.is_dir():
        if not (path / HEAD).is_file():
            raise VersionError(
                f"{path}: 这里没有规则库（缺 {HEAD}）；新版写规则库文件夹，或者一份改过的 {_FILE}"
            )
        return load_catalogue(path)
    if not path.is_file():
        raise VersionError(f"{path}: 没有这个路径；新版写规则库文件夹，或者一份改过的 {_FILE}")
    read = read_shape(path, BenefitsFile, str(path))
    if read.shape is None:
        raise CatalogueError(tuple(read.diagnostics))
    wanted = read.shape.document.id.text
    documents = {one.id: one for one in old.documents}
    if wanted not in documents:
        right = nearest(wanted, documents)
        hint = f"，是不是“{right}”？" if right else ""
        raise VersionError(f"{path}: 旧版里没有标识为“{wanted}”的文件{hint}新文件要放进规则库文件夹里一起比")
    return _with_file(old, documents[wanted], path)


def _with_file(old: Catalogue, document: Document, path: Path) -> Catalogue:
    """The old catalogue with another file in the place of one document's."""
    with tempfile.TemporaryDirectory(prefix="huiqi-impact-") as folder:
        root = Path(folder) / "catalogue"
        for source in old.root.rglob("*.yaml"):
            copy = root / source.relative_to(old.root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
        replaced = root / document.folder / _FILE
        shutil.copyfile(path, replaced)
        names = {str(replaced): str(path), str(root): str(old.root)}
        try:
            return replace(load_catalogue(root), root=old.root)
        except CatalogueError as error:
            raise CatalogueError(tuple(_renamed(one, names) for one in error.diagnostics)) from None


def _renamed(one: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """A finding in the words of the files that people know."""
    told = (one.file, one.message, one.hint)
    for found, right in names.items():
        told = (told[0].replace(found, right), told[1].replace(found, right), told[2].replace(found, right))
    return replace(one, file=told[0], message=told[1], hint=told[2])


# ---- what differs ----


@dataclass(frozen=True, slots=True)
class Pair:
    """A benefit in both versions; ``None`` where a version does not have it."""

    old: Benefit | None
    new: Benefit | None

    @property
    def now(self) -> Benefit:
        """The newest that there is of it."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def status(self) -> Status:
        """What became of it: 新增, 取消 or 修改."""
        return "新增" if self.old is None else "取消" if self.new is None else "修改"


@dataclass(frozen=True)
class Versions:
    """Two versions of a policy, each on its day."""

    old: Catalogue
    new: Catalogue
    on: date
    on_new: date

    @cached_property
    def differing(self) -> tuple[Pair, ...]:
        """The benefits that differ in anything, in the old order; new ones last."""
        found = []
        for id_ in dict.fromkeys((*self.old.benefits, *self.new.benefits)):
            pair = Pair(self.old.benefits.get(id_), self.new.benefits.get(id_))
            if self._print(pair.old, self.old, self.on) != self._print(pair.new, self.new, self.on_new):
                found.append(pair)
        return tuple(found)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Those of them that may answer differently."""
        return tuple(one for one in self.differing if one not in self.reworded)

    @cached_property
    def reworded(self) -> tuple[Pair, ...]:
        """Those of them that only read differently: every answer is the same."""
        return tuple(
            pair
            for pair in self.differing
            if pair.old is not None
            and pair.new is not None
            and self._print(_substance(pair.old), self.old, self.on)
            == self._print(_substance(pair.new), self.new, self.on_new)
        )

    def same_decision(self, pair: Pair) -> bool:
        """Whether only the amount differs: who is eligible in one version is in the other, known or not."""
        if pair.old is None or pair.new is None:
            return False
        old, new = (replace(_substance(one), amount=None) for one in (pair.old, pair.new))
        return self._print(old, self.old, self.on) == self._print(new, self.new, self.on_new)

    def _print(self, benefit: Benefit | None, catalogue: Catalogue, on: date) -> str:
        return "" if benefit is None else benefit_fingerprint(benefit, catalogue.book, on)

    # ---- one table for both ----

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts of both versions, by which the table is read once for both."""
        merged = dict(self.new.vocabulary)
        for name, mine in self.old.vocabulary.items():
            other = merged.get(name)
            fields = {**other.fields, **mine.fields} if other else mine.fields
            merged[name] = replace(mine, fields=fields)
        return merged

    @cached_property
    def reading(self) -> Catalogue:
        """A catalogue of these facts, and of the newest regions, to open the table by."""
        return replace(
            self.old, book=replace(self.old.book, vocabulary=self.vocabulary), regions=self.new.regions
        )

    def check(self, batch: Batch) -> None:
        """Raises ``VersionError`` when the two versions read a column of the table differently."""
        for name in batch.facts.columns:
            old, new = self.old.vocabulary.get(name), self.new.vocabulary.get(name)
            if old is None or new is None:
                continue
            items = batch.items.get(name)
            given = () if items is None else items.columns
            common = [one for one in old.fields if one in new.fields and one in given]
            if _read_as(old) != _read_as(new):
                raise VersionError(_CLASH.format(name))
            for field in common:
                if _read_as(old.fields[field]) != _read_as(new.fields[field]):
                    raise VersionError(_CLASH.format(f"{name}.{field}"))


_CLASH = (
    "“{}”在两版词表里的类型、单位、选项或范围不一样，一张表没法同时按两版读；"
    "先把词表改成一致，或用 --ignore 不看这一列"
)


def _read_as(one: FactDeclaration) -> tuple[Anything, ...]:
    return one.type, one.code, one.minimum, one.maximum


def _substance(benefit: Benefit) -> Benefit:
    """A benefit without what no answer depends on: names, remarks, and how it is handled."""
    document = Document(benefit.document.id, "", None, (), "", "", None, Period(None, None))
    return replace(
        benefit,
        name="",
        summary="",
        cite="",
        document=document,
        departments=(),
        matter="",
        taxes=(),
        category="",
        handling=None,
        note="",
    )


def seen_by(batch: Batch, vocabulary: Vocabulary) -> Batch:
    """A batch as one version sees it: without the facts and fields that it does not know."""
    known = [name for name in batch.facts.columns if name in vocabulary]
    items = {
        name: _known_fields(table, vocabulary[name]) for name, table in batch.items.items() if name in known
    }
    odd = {
        row: {
            name: _known_values(value, vocabulary[name])
            for name, value in values.items()
            if name in vocabulary
        }
        for row, values in batch.odd.items()
    }
    return Batch(batch.ids, batch.facts.select(known), items, odd)


def _known_fields(table: pl.DataFrame, declared: FactDeclaration) -> pl.DataFrame:
    return table.select(name for name in table.columns if name == ROW or name in declared.fields)


def _known_values(value: Anything, declared: FactDeclaration) -> Anything:
    if not isinstance(value, tuple) or not declared.fields:
        return value
    return tuple({name: one for name, one in item.items() if name in declared.fields} for item in value)
