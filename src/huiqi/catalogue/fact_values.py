"""Facts of an enterprise as written (docs/language.md, 二) into values that can be evaluated.

One reader serves facts files, demonstration enterprises, cases and the portal's forms, so that ``300万元``
means the same everywhere. Every mistake is a diagnostic with its place; nothing is guessed and nothing is
dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from huiqi.catalogue.source import ListNode, MapNode, Node, ScalarNode, error_at
from huiqi.codes import identity, uscc
from huiqi.codes.errors import CodeError
from huiqi.codes.spelling import tidy
from huiqi.evaluate.compile import unknown_value
from huiqi.evaluate.values import ranged
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.language.types import MONEY, Kind
from huiqi.language.units import Number, Quantity, parse_quantity, unit_factor, whole
from huiqi.language.vocabulary import FactDeclaration, Vocabulary

UNKNOWN_KINDS = ("未问", "来源没有", "过期", "有争议", "不适用")
_UNKNOWN_WORDS = ("未知", "不知道", "不详")
CODES: dict[str, Callable[[str], object]] = {"统一社会信用代码": uscc.parse, "公民身份号码": identity.parse}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one enterprise: values by fact name, and why the others are unknown.

    ``values`` holds known values, ranges (``Uncertain``) and collections (tuples of items); ``unknown`` maps
    the key of a fact that was looked for in vain to its kind (来源没有, 过期, 有争议, 不适用).
    """

    values: Mapping[str, Anything] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)


def read_facts(
    root: Node, vocabulary: Vocabulary, known_region: Callable[[str], bool] = bool
) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """The facts written in a mapping, and what is wrong with it."""
    reader = _Reader(vocabulary, known_region)
    if not isinstance(root, MapNode):
        return Facts(), (error_at(root.at, "这里要“事实: 值”一行一个", "如 企业名称: 某某公司"),)
    values = reader.mapping(root, vocabulary, "")
    return Facts(values, reader.unknown), tuple(reader.problems)


class _Reader:
    """Reads values by their declarations and collects problems."""

    def __init__(self, vocabulary: Vocabulary, known_region: Callable[[str], bool]) -> None:
        self.vocabulary, self.known_region = vocabulary, known_region
        self.problems: list[Diagnostic] = []
        self.unknown: dict[str, str] = {}

    def mapping(
        self, node: MapNode, declared: Mapping[str, FactDeclaration], prefix: str
    ) -> dict[str, Anything]:
        values: dict[str, Anything] = {}
        for key, value in node.items():
            declaration = declared.get(key)
            if declaration is None:
                what = f"{prefix[:-1]}没有“{key}”这个字段" if prefix else f"词表里没有“{key}”这个事实"
                found = nearest(key, declared)
                self._wrong(
                    node.key_at(key), what, f"是不是“{found}”？" if found else "运行 huiqi facts 看有哪些"
                )
                continue
            read = self.value(value, declaration, prefix + key)
            if read is not None:
                values[str(key)] = read
        return values

    def value(self, node: Node, declaration: FactDeclaration, key: str) -> Anything:
        """A value, a range, a tuple of items, or ``None`` when it is unknown or wrong."""
        if isinstance(node, ScalarNode) and (
            node.value is None or (isinstance(node.value, str) and node.value in _UNKNOWN_WORDS)
        ):
            return None
        if isinstance(node, MapNode):
            return self._described(node, declaration, key)
        if declaration.type.kind is Kind.COLLECTION:
            return self._collection(node, declaration)
        if isinstance(node, ListNode):
            self._wrong(node.at, f"“{key}”只能有一个值，不能是列表")
            return None
        return self._scalar(node, declaration, key)

    def _described(self, node: MapNode, declaration: FactDeclaration, key: str) -> Anything:
        """``{未知: 过期}``, ``{自: …, 至: …}`` or ``{值: …, 来源: …}``."""
        if "未知" in node:
            kind = node["未知"]
            if isinstance(kind, ScalarNode) and kind.value in UNKNOWN_KINDS:
                if kind.value != "未问":
                    self.unknown[key] = str(kind.value)
                return None
            self._wrong(node.key_at("未知"), "未知的种类写错了", f"可以写：{'、'.join(UNKNOWN_KINDS)}")
            return None
        if "值" in node:
            return self.value(node["值"], declaration, key)
        if set(node) <= {"自", "至"} and node and declaration.type.kind in (Kind.NUMBER, Kind.DATE):
            return self._range(node, declaration, key)
        self._wrong(
            node.at, f"“{key}”的写法不认识", "写一个值，或 {未知: 原因}、{自: 甲, 至: 乙}、{值: …, 来源: …}"
        )
        return None

    def _range(self, node: MapNode, declaration: FactDeclaration, key: str) -> Anything:
        free = unknown_value(declaration, key)
        ends = [self.value(node[end], declaration, key) if end in node else None for end in ("自", "至")]
        low = free.low if ends[0] is None else ends[0]
        high = free.high if ends[1] is None else ends[1]
        if low is not None and high is not None and low > high:
            self._wrong(node.at, f"“{key}”的范围下界大于上界", "自在前，至在后")
            return None
        return ranged(low, high, free.missing)

    def _collection(self, node: Node, declaration: FactDeclaration) -> tuple[dict[str, Anything], ...] | None:
        if not isinstance(node, ListNode):
            self._wrong(node.at, f"“{declaration.name}”要列表，一项一个“-”", "一项也没有就写 []")
            return None
        items = []
        for item in node:
            if isinstance(item, MapNode):
                items.append(self.mapping(item, declaration.fields, f"{declaration.name}."))
            else:
                self._wrong(item.at, f"“{declaration.name}”的每一项要写成“字段: 值”")
        return tuple(items)

    def _scalar(self, node: ScalarNode, declaration: FactDeclaration, key: str) -> Anything:
        kind, value = declaration.type.kind, node.value
        if kind is Kind.BOOL:
            if isinstance(value, bool):
                return value
            self._wrong(node.at, f"“{key}”要写是或否，写的是“{node.raw}”")
        elif kind is Kind.DATE:
            if isinstance(value, date):
                return value
            if not any(p.line == node.at.line and p.column == node.at.column for p in self.problems):
                self._wrong(node.at, f"“{key}”要日期，写的是“{node.raw}”", "写成 2024-05-01")
        elif kind is Kind.NUMBER:
            return self._quantity(node, declaration, key)
        elif kind is Kind.CHOICE:
            if node.raw in declaration.type.options:
                return node.raw
            found = nearest(node.raw, declaration.type.options)
            few = len(declaration.type.options) <= 12
            hint = (
                f"是不是“{found}”？"
                if found
                else (f"可以选：{'、'.join(declaration.type.options)}" if few else "")
            )
            self._wrong(node.at, f"“{key}”没有“{node.raw}”这个选项", hint)
        else:
            return self._text(node, declaration, key)
        return None

    def _text(self, node: ScalarNode, declaration: FactDeclaration, key: str) -> str | None:
        text = tidy(node.raw) if declaration.code else node.raw.strip()
        if declaration.code in CODES:
            try:
                CODES[declaration.code](text)
            except CodeError as problem:
                self._wrong(node.at, f"“{key}”不对：{problem}")
                return None
        elif declaration.code == "行政区划代码" and not self.known_region(text):
            self._wrong(node.at, f"“{key}”不是已知的行政区划代码", "六位数字，前两位是省")
            return None
        return text

    def _quantity(self, node: ScalarNode, declaration: FactDeclaration, key: str) -> Number | None:
        wanted = declaration.type
        try:
            quantity = _quantity_of(node)
        except ValueError as problem:
            self._wrong(node.at, f"“{key}”要数：{problem}")
            return None
        number = quantity.number
        if not quantity.unit:  # a bare number counts in 元, or in the unit that the vocabulary asks in
            unit = "元" if wanted.dimension == MONEY.dimension else wanted.unit
            number = whole(Fraction(number) * unit_factor(unit)[1])
        elif quantity.dimension != wanted.dimension:
            hint = f"单位用 {wanted.unit or '百分数'}"
            self._wrong(node.at, f"“{key}”的单位不对，写的是“{node.raw}”", hint)
            return None
        low, high = declaration.minimum, declaration.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            self._wrong(node.at, f"“{key}”写的是“{node.raw}”，超出了可能的范围")
            return None
        return number

    def _wrong(self, at: Anything, message: str, hint: str = "") -> None:
        self.problems.append(error_at(at, message, hint))


def _quantity_of(node: ScalarNode) -> Quantity:
    if isinstance(node.value, bool | date):
        raise ValueError(f"写的是“{node.raw}”")
    if isinstance(node.value, int | Decimal):
        return Quantity(whole(Fraction(node.value)), ())
    return parse_quantity(node.raw)
