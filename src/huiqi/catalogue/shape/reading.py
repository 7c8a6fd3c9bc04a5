"""From a file to its shape, with everything wrong said in Chinese at its exact place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from huiqi.catalogue.shape.amounts import AMOUNT_FORMS
from huiqi.catalogue.shape.base import TAG, Shape
from huiqi.catalogue.source import ListNode, MapNode, Node, ScalarNode, Source, error_at, read_file
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.language.syntax import Span

S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, slots=True)
class Read(Generic[S]):
    """A file as its shape (None when it could not be read as one) and what is wrong with it.

    A shape may come with errors, so that everything can be said at once; use it for more than checking
    only when `diagnostics` has no error.
    """

    file: str
    shape: S | None
    diagnostics: tuple[Diagnostic, ...]


def read_shape(path: Path, shape: type[S], name: str | None = None) -> Read[S]:
    """Read a YAML file as `shape`; `name` is how diagnostics call the file. Never raises for its content."""
    return as_shape(read_file(path, name), shape)


def as_shape(source: Source, shape: type[S]) -> Read[S]:
    """Check what was read from a file against `shape`, and the parts of it against each other."""
    if source.root is None:
        return Read(source.file, None, source.diagnostics)
    if not isinstance(source.root, MapNode):
        top = "、".join(shape.key_names()[:3])
        wide = isinstance(source.root, ScalarNode) and "：" in source.root.raw
        hint = "冒号要用半角的，后面空一格" if wide else f"最外层的键有：{top}"
        problem = error_at(source.root.at, "最外层要写成「键: 值」", hint)
        return Read(source.file, None, _merge(source.diagnostics, [problem]))
    classes: dict[int, type[Shape]] = {}
    try:
        read = shape.model_validate(source.root, context=classes)
    except ValidationError as failure:
        details = failure.errors(include_url=False, include_input=False)
        found = _explain(details, source.root, classes)
        return Read(source.file, None, _merge(source.diagnostics, found))
    return Read(source.file, read, _merge(source.diagnostics, list(_all_problems(read))))


def _all_problems(value: object) -> Iterator[Diagnostic]:
    """The contradictions of a shape and of all shapes in it."""
    if isinstance(value, Shape):
        yield from value.problems()
        for name in type(value).model_fields:
            yield from _all_problems(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, BaseModel):
                yield from _all_problems(item)
    elif isinstance(value, dict) and not isinstance(value, MapNode):
        for item in value.values():
            yield from _all_problems(item)


def _merge(first: tuple[Diagnostic, ...], then: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In the order of the file; what the YAML reader found at a place says it all about that place."""
    settled = {(diagnostic.line, diagnostic.column) for diagnostic in first}
    rest = (diagnostic for diagnostic in then if (diagnostic.line, diagnostic.column) not in settled)
    return tuple(sorted((*first, *rest), key=lambda diagnostic: (diagnostic.line, diagnostic.column)))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an error's path leads: the node, the key it stands under, and the mapping that has the key.

    `item` is the node's number (from 1) in the list under the key, 0 when it is no item of a list.
    """

    node: Node
    at: Span
    name: str
    item: int
    around: MapNode

    @property
    def shown(self) -> str:
        """What a message calls it."""
        return f"「{self.name}」的第 {self.item} 项" if self.item else f"「{self.name}」"


def _find(root: MapNode, path: tuple[int | str, ...]) -> _Spot:
    node: Node = root
    at, name, item, around = root.at, "", 0, root
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str):
            if step in node:
                around, name, item = node, step, 0
                at = node.key_at(step)
                node = node[step]
            elif not step.startswith(TAG):
                around, name, item = node, step, 0
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node):
            node, item = node[step], step + 1
            at = node.at
    return _Spot(node, at, name, item, around)


def _explain(details: list[ErrorDetails], root: MapNode, classes: dict[int, type[Shape]]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    likely: set[tuple[int, str]] = set()
    """Keys that a misspelt one stands for: they are not missing as well."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            spot = _find(root, detail["loc"])
            diagnostic, right = _unknown_key(spot, classes.get(id(spot.around)))
            found.append(diagnostic)
            if right:
                likely.add((id(spot.around), right))
    for detail in details:
        if detail["type"] == "extra_forbidden":
            continue
        spot = _find(root, detail["loc"])
        if detail["type"] == "too_short" and spot.node:
            continue  # the list is long enough; what is wrong with its items is said by itself
        if detail["type"] == "missing":
            if (id(spot.around), spot.name) not in likely:
                found.append(_missing_key(spot, classes.get(id(spot.around))))
        else:
            found.append(_wrong_value(detail["type"], detail.get("ctx", {}), spot))
    return found


def _unknown_key(spot: _Spot, shape: type[Shape] | None) -> tuple[Diagnostic, str | None]:
    keys = shape.key_names() if shape else ()
    owner = shape.label if shape else ""
    free = [key for key in keys if key not in spot.around]
    right = nearest(spot.name, free)
    hint = f"是不是「{right}」" if right else "可用的键：" + "、".join(free or keys)
    return error_at(spot.around.key_at(spot.name), f"{owner}里没有「{spot.name}」这个键", hint), right


def _missing_key(spot: _Spot, shape: type[Shape] | None) -> Diagnostic:
    owner = shape.label if shape else ""
    meaning = shape.field(spot.name).description if shape else None
    return error_at(spot.around.at, f"{owner}缺少键「{spot.name}」", meaning or "")


def _wrong_value(kind: str, context: dict[str, Any], spot: _Spot) -> Diagnostic:
    node, shown = spot.node, spot.shown
    if kind == "amount_form" and isinstance(node, MapNode):
        return _wrong_amount(node, spot.at)
    if isinstance(node, ScalarNode) and node.value is None:
        if node.raw:
            return error_at(node.at, f"{shown}不能写 {node.raw}", "没有就删掉这个键")
        return error_at(spot.at, f"{shown}后面没有内容", "没有就删掉这个键；有就检查缩进")
    if kind == "empty":
        return error_at(node.at, f"{shown}是空的", "没有就删掉这个键")
    if kind == "too_short":
        return error_at(node.at, f"{shown}至少要有一项")
    if kind == "too_long":
        return error_at(node.at, f"{shown}的项太多", f"最多 {context.get('max_length')} 项")
    if kind == "unknown_word":
        word, words = context["word"], context["words"]
        right = nearest(word, words)
        hint = f"是不是「{right}」" if right else "可用：" + "、".join(words)
        return error_at(node.at, f"{shown}不能是「{word}」", hint)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"不能小于 {context['ge']}" if "ge" in context else f"不能大于 {context['le']}"
        return error_at(node.at, f"{shown}{bound}")
    wanted, hint = _WANTED.get(kind, ("别的写法", ""))
    if kind in ("not_date", "not_flag", "not_whole") and isinstance(node, ScalarNode) and node.quoted:
        hint = "去掉引号"
    elif "keys" in context:
        hint = "写成 {" + ", ".join(f"{key}: …" for key in context["keys"]) + "}"
    return error_at(node.at, f"{shown}要写{wanted}，不能写{_described(node)}", hint)


_WANTED = {
    "not_mapping": ("一组「键: 值」", ""),
    "dict_type": ("一组「键: 值」", ""),
    "tuple_type": ("列表", "每项以 - 开头，或写在 […] 里"),
    "not_text": ("一个值", "含 { 或 [ 的文字要加引号"),
    "not_flag": ("是或否", ""),
    "not_date": ("日期", "写成 2024-05-01"),
    "not_whole": ("整数", ""),
}


def _described(node: Node) -> str:
    if isinstance(node, MapNode):
        return "一组「键: 值」"
    if isinstance(node, ListNode):
        return "列表"
    return f"「{node.raw}」"


def _wrong_amount(node: MapNode, at: Span) -> Diagnostic:
    written = [key for key in node if key in AMOUNT_FORMS]
    if len(written) > 1:
        return error_at(node.key_at(written[1]), f"金额里「{written[0]}」和「{written[1]}」只能写一个")
    for key in node:
        right = nearest(key, AMOUNT_FORMS)
        if right:
            return error_at(node.key_at(key), f"金额里没有「{key}」这个键", f"是不是「{right}」")
    return error_at(at, "金额缺少写法", "写「定额」「式」「分档」「对照」「明细」中的一个")
