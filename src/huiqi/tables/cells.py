"""One cell of a table, read as a facts file would read it: units, words for unknown, ranges, reasons."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.source import Key, ListNode, MapNode, Node, ScalarNode, read_source
from huiqi.columns.batch import LARGEST, tick
from huiqi.evaluate.values import Uncertain
from huiqi.language.diagnostics import Diagnostic
from huiqi.language.syntax import Span
from huiqi.language.types import MONEY, Kind
from huiqi.language.units import unit_factor
from huiqi.language.vocabulary import FactDeclaration

KnownRegion = Callable[[str], bool]

UNKNOWN = ("", "~", "null", "Null", "NULL", "未知", "不知道", "不详")
"""What a cell says that says nothing; blanks around it do not count."""
TRUE = ("是", "true", "True", "TRUE", "1")
FALSE = ("否", "false", "False", "FALSE", "0")
UNSEEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Control characters and characters that cannot be seen: two texts that look alike must be alike."""

_UNSEEN = re.compile(UNSEEN)
_NUMERAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NARROW = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_LONGEST_NUMERAL = 80
_AT = Span("", 1, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell means: an exact value or a range, ``None`` when unknown; or why it means nothing."""

    value: Anything = None
    reason: str = ""
    hint: str = ""


class _UnreadableError(ValueError):
    """The reason, and what would be right."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


def is_personal(declaration: FactDeclaration) -> bool:
    """Whether a value of this fact, or of one of its fields, must not be shown."""
    return (
        declaration.sensitive
        or declaration.code == "公民身份号码"
        or any(map(is_personal, declaration.fields.values()))
    )


class CellReader:
    """Reads the cells of one column: of a fact, or of a field of the items of a collection.

    ``unit`` is what the heading of the column says that a bare number counts in; by default it is 元 for
    money and otherwise the unit that the vocabulary asks in.
    """

    def __init__(
        self,
        declaration: FactDeclaration,
        known_region: KnownRegion = bool,
        unit: str = "",
        collection: FactDeclaration | None = None,
    ) -> None:
        self.declaration, self.unit = declaration, unit
        self.key = f"{collection.name}.{declaration.name}" if collection else declaration.name
        self.personal = is_personal(declaration) or bool(collection and collection.sensitive)
        self._collection, self._known_region = collection, known_region
        top = collection or declaration
        self._declared = {top.name: top}
        if declaration.type.kind is Kind.NUMBER:
            kind = declaration.type
            counted = unit or ("元" if kind.dimension == MONEY.dimension else kind.unit)
            self.tick = tick(kind)
            self.scale = Fraction(unit_factor(counted)[1]) / self.tick
            """How many ticks one of a bare number is."""
            low, high = declaration.minimum, declaration.maximum
            self.low = -LARGEST if low is None else max(-LARGEST, math.ceil(Fraction(low) / self.tick))
            self.high = LARGEST if high is None else min(LARGEST, math.floor(Fraction(high) / self.tick))

    def read(self, value: Anything) -> Cell:
        """What a cell means. It can be of any type that a table holds."""
        kind = self.declaration.type.kind
        try:
            node = self._node(value, kind)
        except _UnreadableError as problem:
            return self._wrong(problem.reason, problem.hint)
        name = self.declaration.name
        inner = MapNode(_AT)
        inner[Key(name, _AT)] = node
        root = inner
        if self._collection is not None:
            listed = ListNode(_AT)
            listed.append(inner)
            root = MapNode(_AT)
            root[Key(self._collection.name, _AT)] = listed
        facts, problems = read_facts(root, self._declared, self._known_region)
        if problems:
            return self._wrong(*_said(problems[0]))
        if self._collection is None:
            return Cell(facts.values.get(name))
        (item,) = facts.values[self._collection.name]
        return Cell(item.get(name))

    def stored(self, value: Anything) -> Anything:
        """How a column holds an exact value; ``None`` when it cannot, and the row is odd."""
        if isinstance(value, Uncertain):
            return None
        kind = self.declaration.type
        if kind.kind is Kind.CHOICE:
            return kind.options.index(value)
        if kind.kind is not Kind.NUMBER:
            return value
        ticks = Fraction(value) / self.tick
        return ticks.numerator if ticks.denominator == 1 and abs(ticks) <= LARGEST else None

    def _wrong(self, reason: str, hint: str) -> Cell:
        """The reason why a cell was not read; of personal data only what kind of thing was wanted."""
        if not self.personal:
            return Cell(None, reason, hint)
        if "超出了可能的范围" in reason:
            return Cell(None, f"“{self.key}”超出了可能的范围")
        if "单位不对" in reason:
            return Cell(None, f"“{self.key}”的单位不对", hint)
        return Cell(None, f"“{self.key}”写得不对，要的是{self.declaration.type.words()}")

    # ---- from what a table holds to a node as the reader of facts files makes it ----

    def _node(self, value: Anything, kind: Kind) -> Node:
        match value:
            case None:
                return ScalarNode("", None, _AT)
            case bool():
                return ScalarNode("是" if value else "否", value, _AT)
            case int():
                return self._flag(value, kind) or self._number(Decimal(value), kind)
            case float():
                return self._float(value, kind)
            case Decimal():
                return self._number(value, kind)
            case str():
                return self._text(value, kind)
            case datetime():
                if value.time() == time():
                    return ScalarNode(value.date().isoformat(), value.date(), _AT)
                return ScalarNode(value.isoformat(" "), value.isoformat(" "), _AT)
            case date():
                return ScalarNode(value.isoformat(), value, _AT)
            case Mapping():
                return self._mapping(value, kind)
            case list() | tuple():
                return ListNode(_AT)
            case _:
                raise _UnreadableError(f"“{self.key}”是读不了的类型")

    def _mapping(self, value: Mapping[Anything, Anything], kind: Kind) -> Node:
        """``{自: …, 至: …}`` and its like; a struct has all its fields in every row: nulls do not count."""
        node = MapNode(_AT)
        for key, inner in value.items():
            if inner is not None:
                inner_kind = Kind.TEXT if key in ("未知", "来源") else kind
                node[Key(str(key), _AT)] = self._node(inner, inner_kind)
        return node if node else ScalarNode("", None, _AT)

    def _text(self, value: str, kind: Kind) -> Node:
        found = _UNSEEN.search(value)
        if found:
            code = f"U+{ord(found.group()):04X}"
            raise _UnreadableError(f"“{self.key}”里有看不见的字符 {code}", "多半是粘贴带来的，删掉它")
        text = unicodedata.normalize("NFC", value.strip())
        if text in UNKNOWN:
            return ScalarNode(text, None, _AT)
        if kind in (Kind.TEXT, Kind.CHOICE):
            return ScalarNode(text, text, _AT)
        if text.startswith("{"):
            return self._braces(text, kind)
        narrow = text.translate(_NARROW)
        if kind is Kind.BOOL and narrow in TRUE + FALSE:
            return ScalarNode(text, narrow in TRUE, _AT)
        if kind is Kind.NUMBER and len(text) <= _LONGEST_NUMERAL and _NUMERAL.fullmatch(narrow):
            return self._number(Decimal(narrow), kind)
        day = _DATE.fullmatch(narrow)
        if day:
            try:
                return ScalarNode(text, date(*map(int, day.groups())), _AT)
            except ValueError:
                raise _UnreadableError(f"“{self.key}”不对：没有 {text} 这一天") from None
        return ScalarNode(text, text, _AT)

    def _braces(self, text: str, kind: Kind) -> Node:
        """A range or a kind of unknown, as JSON or as facts files write it."""
        try:
            value = json.loads(text, parse_float=Decimal)
        except ValueError:
            source = read_source(text, "")
            if source.root is None or source.diagnostics:
                raise _UnreadableError(*_said(source.diagnostics[0])) from None
            return source.root if not self.unit else self._counted(source.root)
        return self._node(value, kind)

    def _counted(self, node: Node) -> Node:
        """Bare numbers in a range, counted in the unit of the heading."""
        if isinstance(node, MapNode):
            counted = MapNode(node.at)
            for key, value in node.items():
                counted[key] = self._counted(value)
            return counted
        if isinstance(node, ScalarNode) and isinstance(node.value, int | Decimal):
            return self._number(Decimal(node.value), Kind.NUMBER)
        return node

    def _flag(self, value: float, kind: Kind) -> Node | None:
        return ScalarNode(str(value), bool(value), _AT) if kind is Kind.BOOL and value in (0, 1) else None

    def _float(self, value: float, kind: Kind) -> Node:
        """The shortest decimal that is stored as this: what a person meant who wrote 0.1."""
        if not math.isfinite(value):
            raise _UnreadableError(f"“{self.key}”不是一个数，写的是“{value}”", "不知道就空着")
        if kind is Kind.TEXT and value.is_integer():
            return self._number(Decimal(int(value)), kind)
        return self._flag(value, kind) or self._number(Decimal(repr(value)), kind)

    def _number(self, value: Decimal, kind: Kind) -> Node:
        if not value.is_finite():
            raise _UnreadableError(f"“{self.key}”不是一个数，写的是“{value}”", "不知道就空着")
        text = f"{value:f}"
        if kind is Kind.NUMBER and self.unit:
            return ScalarNode(text + self.unit, text + self.unit, _AT)
        whole = int(value) if value == value.to_integral_value() else value
        return ScalarNode(text, whole, _AT)


def _said(problem: Diagnostic) -> tuple[str, str]:
    return problem.message, problem.hint
