"""What all shapes of catalogue files are made of: texts that know their place, and strict small values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SkipValidation,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from huiqi.catalogue.source import Key, ListNode, MapNode, ScalarNode
from huiqi.language.diagnostics import Diagnostic
from huiqi.language.syntax import Span

AT = "\0at"
"""The hidden key that carries a mapping's place into its shape; a file cannot contain a NUL."""

TAG = "\0"
"""What union tags begin with, so that they are told from keys in an error's path."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as written in a file, and where. Equal to another by its characters alone, wherever it stands.

    `span` is the stretch of the file when it is not the text itself (quotes, several lines), else empty.
    """

    text: str
    at: Span = field(compare=False)
    span: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.text

    def place(self, offset: int) -> Span:
        """Where in the file the character number `offset` (from 0) of the text stands.

        Exact for plain, quoted and multi-line text; a numeric escape in double quotes counts as written.
        """
        if not self.span:
            return Span(self.at.file, self.at.line, self.at.column + offset)
        return _place_in_span(self.text, self.at, self.span, offset)

    @classmethod
    def read(cls, node: object) -> Text:
        """The text of a scalar or a key; raises PydanticCustomError when it is empty or something else."""
        if isinstance(node, Text):
            return node
        if isinstance(node, Key):
            return cls(str(node), node.at)
        scalar = _scalar(node)
        if not scalar.raw.strip():
            raise PydanticCustomError("empty", "")
        return cls(scalar.raw, scalar.at, scalar.span)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number"]}


def _place_in_span(text: str, at: Span, span: str, offset: int) -> Span:
    """Walk `span` to a character of `text`, past quotes, block headers, line breaks and indentation."""
    remaining = sum(1 for c in text[:offset] if not c.isspace())
    quote = span[0] if span[0] in "'\"" else ""
    begin = 1 if quote else (span.index("\n") + 1 if span[0] in "|>" and "\n" in span else 0)
    line, column = at.line, at.column
    position = 0
    while position < len(span):
        character = span[position]
        escaped = position + 1 < len(span) and (
            (quote == "'" and span[position : position + 2] == "''")
            or (quote == '"' and character == "\\" and span[position + 1] in '"\\/')
        )
        if position >= begin and not character.isspace():
            if remaining == 0:
                break
            remaining -= 1
            if escaped:
                position, column = position + 1, column + 1
        if character == "\n":
            line, column = line + 1, 0
        position, column = position + 1, column + 1
    return Span(at.file, line, column)


class Shape(BaseModel):
    """A mapping of a catalogue file: only the keys it declares, unchangeable, and it knows its place (`at`).

    `label` is what its readers call it; it opens the messages about it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    label: ClassVar[str] = ""
    at: SkipJsonSchema[Annotated[Span, SkipValidation]] = Field(alias="\0at", repr=False)

    @model_validator(mode="before")
    @classmethod
    def _place_mapping(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, MapNode):
            if info.context is not None:
                info.context[id(data)] = cls
            return {**data, AT: data.at}
        if isinstance(data, (ScalarNode, ListNode)):
            raise PydanticCustomError("not_mapping", "", {"keys": cls.required_keys()})
        return data

    def problems(self) -> Iterator[Diagnostic]:
        """What contradicts itself inside this one shape; those inside it are asked by themselves."""
        return iter(())

    @classmethod
    def key_names(cls) -> tuple[str, ...]:
        """The keys that may be written, in the order of the reference."""
        return tuple(f.alias or name for name, f in cls.model_fields.items() if f.alias != AT)

    @classmethod
    def required_keys(cls) -> tuple[str, ...]:
        """The keys that must be written, in the order of the reference."""
        return tuple(key for key in cls.key_names() if cls.field(key).is_required())

    @classmethod
    def field(cls, key: str) -> FieldInfo:
        """What is declared for a key; raises KeyError for a key that may not be written."""
        for field_ in cls.model_fields.values():
            if field_.alias == key:
                return field_
        raise KeyError(key)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler.resolve_ref_schema(handler(schema))
        written["title"] = cls.label
        written.pop("description", None)
        return written


class _JsonForm:
    """Says what a value looks like to an editor."""

    def __init__(self, schema: JsonSchemaValue) -> None:
        self.schema = schema

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.schema)


def _scalar(node: object) -> ScalarNode:
    if not isinstance(node, ScalarNode):
        raise PydanticCustomError("not_text", "")
    if node.value is None:
        raise PydanticCustomError("empty", "")
    return node


def _flag(node: object) -> bool:
    value = node if isinstance(node, bool) else _scalar(node).value
    if not isinstance(value, bool):
        raise PydanticCustomError("not_flag", "")
    return value


def _day(node: object) -> date:
    value = node if isinstance(node, date) else _scalar(node).value
    if not isinstance(value, date):
        raise PydanticCustomError("not_date", "")
    return value


def _whole(node: object) -> int:
    value = node if isinstance(node, int) else _scalar(node).value
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticCustomError("not_whole", "")
    return value


def _null(node: object) -> object:
    """`null` where the reference lets one say so; a key with nothing behind it stays an error elsewhere."""
    return None if isinstance(node, ScalarNode) and node.value is None else node


def _as_many(node: object) -> object:
    return [node] if isinstance(node, (ScalarNode, MapNode)) and not _is_null(node) else node


def _is_null(node: object) -> bool:
    return isinstance(node, ScalarNode) and node.value is None


class _AlsoAlone:
    """Tells editors that one item may stand without the list."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler(schema)
        return {"anyOf": [written["items"], written]}


def _raw_mapping(node: object) -> MapNode:
    if not isinstance(node, MapNode):
        raise PydanticCustomError("not_mapping", "")
    return node


W = TypeVar("W", bound=StrEnum)
T = TypeVar("T")

Flag = Annotated[bool, BeforeValidator(_flag), _JsonForm({"enum": ["是", "否", True, False]})]
Day = Annotated[date, BeforeValidator(_day), _JsonForm({"type": "string", "format": "date"})]
NullableDay = Annotated[
    date | None, BeforeValidator(lambda node: None if _is_null(node) else _day(node)),
    _JsonForm({"type": ["string", "null"], "format": "date"}),
]  # fmt: skip
NullableText = Annotated[
    Text | None, BeforeValidator(_null), _JsonForm({"type": ["string", "number", "null"]})
]  # fmt: skip
Whole = Annotated[int, BeforeValidator(_whole), _JsonForm({"type": "integer"})]
Many = Annotated[tuple[T, ...], BeforeValidator(_as_many), _AlsoAlone()]
"""A list, or one item without the list."""
Facts = Annotated[MapNode, BeforeValidator(_raw_mapping), _JsonForm({"type": "object"})]
"""Facts of an enterprise as written: kept as the tree, because only the vocabulary says what they mean."""


def word(kind: type[W]) -> Callable[[object], W]:
    """A validator for one of the words of `kind`; a wrong word is reported with the right ones."""
    words = {member.value: member for member in kind}

    def read(node: object) -> W:
        if isinstance(node, kind):
            return node
        raw = _scalar(node).raw
        if raw not in words:
            raise PydanticCustomError("unknown_word", "", {"word": raw, "words": tuple(words)})
        return words[raw]

    return read


class Word:
    """Makes a StrEnum readable from a scalar: `Annotated[Level, Word()]`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            word(source), metadata={"pydantic_js_functions": [lambda schema, handler: _enum_form(source)]}
        )


def _enum_form(kind: type[StrEnum]) -> JsonSchemaValue:
    return {"type": "string", "enum": [member.value for member in kind]}


SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
"""An identifier: lower-case letters, digits and hyphens."""
