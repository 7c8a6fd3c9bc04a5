"""The figures and days that a formula writes, each with the operators that hold for it.

What only makes a formula work is no figure: 0 in a comparison or in 取大 and 取小 (“有没有”), the 1 of a unit
that is divided by (``/ 1年``), the 1 that 合计 counts with (``合计(门店, 1家)``), the whole in ``1 + 20%``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from huiqi.catalogue.shape import Text
from huiqi.grounding.claims import SaidDay, SaidFigure
from huiqi.language import syntax as s
from huiqi.language.parse import FormulaError, parse
from huiqi.language.types import Kind

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OTHERWISE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_EXTREMES = ("取大", "取小")


@dataclass
class Said:
    """The figures and days of a formula, in its order."""

    figures: list[SaidFigure] = field(default_factory=list)
    days: list[SaidDay] = field(default_factory=list)


def said(text: Text, ops: frozenset[str] = frozenset(), *, either: bool = False, firm: bool = False) -> Said:
    """What a formula says; ``ops`` hold for a formula that is nothing but a figure.

    With ``either`` (都不满足) the text may say what is excluded or what is asked for. Nothing is said by a
    formula that cannot be read: `huiqi check` tells of it.
    """
    found = Said()
    try:
        tree = parse(text.text, text.place)
    except FormulaError:
        return found
    _Reading(found, firm, either).read(tree, ops)
    return found


@dataclass
class _Reading:
    found: Said
    firm: bool
    either: bool  # the text may say the opposite: 都不满足, 非, and 如果, whose branches can be exchanged

    def read(self, node: s.Node, ops: frozenset[str] = frozenset()) -> None:
        if isinstance(node, s.Literal):
            self._literal(node, ops)
        elif isinstance(node, s.Compare):
            self._compare(node)
        elif isinstance(node, s.Not):
            self._either_way(node.body)
        elif isinstance(node, s.If):
            self._either_way(node.condition)
            self.read(node.then, ops)
            self.read(node.otherwise, ops)
        else:
            for child in _speaking(node):
                self.read(child, ops if _carries(node) else frozenset())

    def _either_way(self, node: s.Node) -> None:
        before, self.either = self.either, True
        self.read(node)
        self.either = before

    def _literal(self, node: s.Literal, ops: frozenset[str]) -> None:
        value = node.value
        if isinstance(value, bool | str):
            return
        if isinstance(value, date):
            self.found.days.append(SaidDay(node.span, value, ops))
        elif node.type.kind is Kind.NUMBER:
            self.found.figures.append(
                SaidFigure(node.span, node.text, value, node.type.dimension, ops, self.firm)
            )

    def _compare(self, node: s.Compare) -> None:
        for side, other, op in ((node.left, node.right, _FLIPPED[node.op]), (node.right, node.left, node.op)):
            if _is_zero(side):
                continue
            ops = frozenset({op, _OTHERWISE[op]} if self.either else {op}) - {"!="}
            alone = isinstance(side, s.Literal) or (_is_product(side) and not isinstance(other, s.Literal))
            self.read(side, ops if alone else frozenset())


def _speaking(node: s.Node) -> Iterator[s.Node]:
    """The children that say something of their own."""
    children = list(node.children())
    if isinstance(node, s.Arithmetic) and node.op == "/" and _is_one(node.right):
        children = [node.left]
    elif isinstance(node, s.Arithmetic) and node.op in "+-":
        children = [child for child in children if not _is_whole(child)]
    elif isinstance(node, s.Call) and node.function in _EXTREMES:
        children = [child for child in children if not _is_zero(child)]
    elif isinstance(node, s.Call) and node.function == "合计":
        children = [child for place, child in enumerate(children) if place != 1 or not _is_one(child)]
    yield from children


def _carries(node: s.Node) -> bool:
    """Whether what holds for a node holds for the figures in it: 收入 * 10% is compared as 10% is."""
    return _is_product(node) or isinstance(node, s.Negate)


def _is_product(node: s.Node) -> bool:
    return isinstance(node, s.Arithmetic) and node.op == "*"


def _is_zero(node: s.Node) -> bool:
    return isinstance(node, s.Literal) and not isinstance(node.value, bool | str | date) and node.value == 0


def _is_whole(node: s.Node) -> bool:
    return isinstance(node, s.Literal) and node.text == "1"


def _is_one(node: s.Node) -> bool:
    """1年, 1家: one of a unit."""
    return (
        isinstance(node, s.Literal)
        and node.type.kind is Kind.NUMBER
        and node.text.startswith("1")
        and node.text[1:2] not in tuple("0123456789.百千万亿")
    )
