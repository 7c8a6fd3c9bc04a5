"""From the text of a formula to the syntax tree.

The grammar is in ``formula.lark``. A formula is read where it stands in a file, so every node knows its line
and column; what cannot be read becomes one diagnostic that names the place and the likely slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any as Anything
from typing import TypeAlias

from lark import Lark, Token, Transformer, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from huiqi.language import syntax
from huiqi.language.syntax import Node, Span
from huiqi.language.types import BOOL, DATE, TEXT, number
from huiqi.language.units import UNIT_PATTERN, parse_quantity

# One character for one character, so that columns stay where the author sees them.
_FOLD = str.maketrans(
    "（），、［］＋－＊／×÷＜＞＝！≠≥≤％．０１２３４５６７８９：\u3000",
    "(),,[]+-*/*/<>=!≠≥≤%.0123456789: ",
)
_SLIPS = {
    "并且": "“且”",
    "或者": "“或”",
    "==": "“=”",
    "&&": "“且”",
    "||": "“或”",
    "!": "“非”",
    "≥": "“>=”",
    "≤": "“<=”",
    "≠": "“!=”",
}


class FormulaError(ValueError):
    """A formula that cannot be read: ``message`` says what, ``span`` where, ``hint`` what would be right."""

    def __init__(self, message: str, span: Span, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.span, self.hint = message, span, hint


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = files("huiqi.language").joinpath("formula.lark").read_text(encoding="utf-8")
    unit = UNIT_PATTERN.replace("/", r"\/")
    quantity = rf"\d+(?:\.\d+)?\s*(?:{unit}(?![\w·])|(?![\w·%‰]))"
    return Lark(text.replace("<QUANTITY>", quantity), parser="lalr", propagate_positions=True)


@lru_cache(maxsize=4096)
def _tree(text: str) -> Tree[Token]:
    return _grammar().parse(text)


Place: TypeAlias = Callable[[int], Span]


def _bare_place(offset: int) -> Span:
    return Span("", 1, offset + 1)


def parse(text: str, place: Place = _bare_place, cite: str = "") -> Node:
    """The syntax tree of ``text``; ``place`` tells where in a file its n-th character stands.

    Every node carries ``cite``. Raises ``FormulaError`` when the text is no formula.
    """
    folded = text.translate(_FOLD)
    for sign, slip in _SLIPS.items():
        found = _slip_at(folded, sign)
        if found >= 0:
            raise FormulaError(f"式里不能写“{sign}”", place(found), f"写{slip}")
    try:
        node = _Build(place, cite).transform(_tree(folded))
    except UnexpectedInput as error:
        raise _explain(error, text, folded, place) from None
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from None
        raise
    assert isinstance(node, Node)
    return node


def _slip_at(text: str, sign: str) -> int:
    outside = re.sub(r'"[^"\n]*"|“[^”\n]*”', lambda quoted: " " * len(quoted[0]), text)
    if sign == "!":
        match = re.search(r"!(?!=)", outside)
    elif "\u4e00" <= sign[0] <= "\u9fff":
        match = re.search(rf"(?<![\w·]){sign}(?![\w·])", outside)
    else:
        match = re.search(re.escape(sign), outside)
    return match.start() if match else -1


def _explain(error: UnexpectedInput, text: str, folded: str, place: Place) -> FormulaError:
    at = error.pos_in_stream or 0  # type: ignore[redundant-expr]
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return FormulaError("式没有写完", place(len(text.rstrip())), "看看是否少了右边的数、名字或括号")
    rest = folded[at : at + 24]
    figure = re.match(r"(\d+(?:\.\d+)?\s*)([^\W\d]\w*)", rest)
    if isinstance(error, UnexpectedCharacters) and figure:
        return FormulaError(
            f"“{figure[0].strip()}”里的“{figure[2]}”不是认识的单位",
            place(at + len(figure[1])),
            "单位如 元、万元、人、家、年、月、平方米；单位后面若还有话，中间空一格",
        )
    shown = text[at : at + 8].split("\n")[0]
    if isinstance(error, UnexpectedToken) and error.token.type == "NAME":
        return FormulaError(
            f"“{shown}”前面缺少运算符",
            place(at),
            "名字之间要有 且、或、属于 或比较号，且两边空格",
        )
    if isinstance(error, UnexpectedToken) and error.token.type == "COMPARISON":
        return FormulaError("比较不能连写", place(at), "拆成两个比较，用“且”连起来")
    return FormulaError(f"式在“{shown}”这里读不通", place(at), "看看括号、逗号和运算符")


class _Build(Transformer[Token, Node]):
    """Turns Lark's parse tree into our nodes; each method is a rule of the grammar."""

    def __init__(self, place: Place, cite: str) -> None:
        super().__init__()
        self._place, self._cite = place, cite

    def _at(self, token: Token) -> dict[str, Anything]:
        return {"span": self._place(token.start_pos or 0), "cite": self._cite}

    def _like(self, node: Node) -> dict[str, Anything]:
        return {"span": node.span, "cite": self._cite}

    def quantity(self, items: list[Token]) -> Node:
        quantity = parse_quantity(str(items[0]))
        where = self._at(items[0])
        return syntax.Literal(
            value=quantity.number,
            text=str(items[0]).replace(" ", ""),
            type=number(quantity.dimension, quantity.unit),
            **where,
        )

    def date(self, items: list[Token]) -> Node:
        where = self._at(items[0])
        try:
            value = date.fromisoformat(str(items[0]))
        except ValueError:
            raise FormulaError(f"没有“{items[0]}”这一天", where["span"], "日期写成 2024-05-01") from None
        return syntax.Literal(value=value, text=str(items[0]), type=DATE, **where)

    def text(self, items: list[Token]) -> Node:
        return syntax.Literal(value=str(items[0])[1:-1], text=str(items[0]), type=TEXT, **self._at(items[0]))

    def true(self, items: list[Token]) -> Node:
        return syntax.Literal(value=True, text="是", type=BOOL, **self._at(items[0]))

    def false(self, items: list[Token]) -> Node:
        return syntax.Literal(value=False, text="否", type=BOOL, **self._at(items[0]))

    def name(self, items: list[Token]) -> Node:
        return syntax.Name(name=str(items[0]), **self._at(items[0]))

    def call(self, items: list[Anything]) -> Node:
        return syntax.Call(function=str(items[0]), arguments=tuple(items[1:]), **self._at(items[0]))

    def conditional(self, items: list[Node]) -> Node:
        condition, then, otherwise = items
        return syntax.If(condition=condition, then=then, otherwise=otherwise, **self._like(condition))

    def disjunction(self, items: list[Anything]) -> Node:
        parts = tuple(item for item in items if isinstance(item, Node))
        return syntax.Any(parts=parts, **self._like(parts[0]))

    def conjunction(self, items: list[Anything]) -> Node:
        parts = tuple(item for item in items if isinstance(item, Node))
        return syntax.All(parts=parts, **self._like(parts[0]))

    def negation(self, items: list[Anything]) -> Node:
        return syntax.Not(body=items[1], **self._at(items[0]))

    def negate(self, items: list[Node]) -> Node:
        return syntax.Negate(body=items[0], **self._like(items[0]))

    def comparison(self, items: list[Anything]) -> Node:
        left, op, right = items
        return syntax.Compare(op=str(op), left=left, right=right, **self._like(left))

    def member(self, items: list[Anything]) -> Node:
        item, _, *options = items
        return syntax.Member(item=item, options=tuple(options), **self._like(item))

    def arithmetic(self, items: list[Anything]) -> Node:
        left, op, right = items
        return syntax.Arithmetic(op=str(op), left=left, right=right, **self._like(left))
