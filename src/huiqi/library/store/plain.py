"""The small data of a reading as JSON and back, by the types that `model` declares.

It is the store's own form, kept with the version of the schema, and read by nothing else. Documents are kept
as `huiqi.library.export` writes them.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: object) -> str:
    """Data of the model as one line of JSON; what has its default value is left out."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The data that `dump` made, of the type it had."""
    value: T = _typed(kind, json.loads(text))
    return value


def load_all(kind: type[T], text: str) -> tuple[T, ...]:
    """A tuple of data that `dump` made."""
    return tuple(_typed(kind, each) for each in json.loads(text))


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {
            field.name: _plain(given)
            for field in fields(value)
            if (given := getattr(value, field.name)) != field.default
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (each for each in get_args(kind) if each is not types.NoneType)
    if get_origin(kind) is tuple:
        return tuple(_items(get_args(kind), value))
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], each) for name, each in value.items()})
    return kind(value)


def _items(kinds: tuple[Any, ...], values: list[Any]) -> Iterable[Any]:
    """The items of a tuple: of one type and any length, or each of its own type."""
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return (_typed(kinds[0], each) for each in values)
    return (_typed(kind, each) for kind, each in zip(kinds, values, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
