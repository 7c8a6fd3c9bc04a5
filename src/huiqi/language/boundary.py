"""The lint of 字样: do the few characters that carry a figure agree with the operator and the number?

以上, 以下, 以内, 届满 include the number; 超过, 不满, 小于, 以外 do not (Civil Code art. 1259).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.units import PURE, UNIT_PATTERN, Dimension, Number, parse_quantity, whole

# longer words first, since 不超过 contains 超过 and 不少于 contains 少于
_BOUNDARY_WORDS: tuple[tuple[str, str], ...] = (
    ("不宜小于", ">="),
    ("不宜超过", "<="),
    ("不得少于", ">="),
    ("不得低于", ">="),
    ("不得小于", ">="),
    ("不得超过", "<="),
    ("不得高于", "<="),
    ("不少于", ">="),
    ("不低于", ">="),
    ("不小于", ">="),
    ("不短于", ">="),
    ("不早于", ">="),
    ("不超过", "<="),
    ("不高于", "<="),
    ("不大于", "<="),
    ("不多于", "<="),
    ("不晚于", "<="),
    ("未超过", "<="),
    ("未达到", "<"),
    ("不满", "<"),
    ("不足", "<"),
    ("未满", "<"),
    ("不到", "<"),
    ("以上", ">="),
    ("≥", ">="),
    ("以下", "<="),
    ("以内", "<="),
    ("之前", "<="),
    ("≤", "<="),
    ("届满", ">="),
    ("达到", ">="),
    ("超过", ">"),
    ("大于", ">"),
    ("高于", ">"),
    ("多于", ">"),
    (">", ">"),
    ("小于", "<"),
    ("低于", "<"),
    ("少于", "<"),
    ("<", "<"),
    ("以外", ">"),
)
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OTHERWISE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE = re.compile(rf"(?<![0-9.])([零一二三四五六七八九两十百千万]+)({UNIT_PATTERN})")
_ARABIC = re.compile(rf"(?<![A-Za-z0-9_.])(\d+(?:\.\d+)?)\s*({UNIT_PATTERN})?")
_CLAUSES = re.compile(r"(?<!\d)[，；,;]|[，；,;](?!\d)")
_HALF_YEAR = re.compile(r"半年")
_PERCENT = re.compile("百分之([零一二三四五六七八九两十百]+)")
# what looks like a figure and is none: a day, a share in words, 一次性
_NO_FIGURE = re.compile(
    r"(?:19|20)\d\d年(?!度)(?:\d{1,2}月(?:\d{1,2}日)?)?|[一二三四五六七八九十]+分之[一二三四五六七八九十]+|一次性"
)
_FOLD = str.maketrans("０１２３４５６７８９％．，＞＜", "0123456789%.,><")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number found in a wording: its value in base units, its dimension (if it has a unit), its place."""

    number: Number
    dimension: Dimension | None
    text: str


def figures(wording: str) -> list[Figure]:
    """The figures in a few characters of official text, in Arabic or Chinese numerals."""
    text = re.sub(r"(?<=\d)\s+(?=\D)|\s+", "", wording.translate(_FOLD))
    found = [
        Figure(whole(Fraction(_chinese_number(match[1]) or 0, 100)), PURE, match[0])
        for match in _PERCENT.finditer(text)
    ]
    text = _NO_FIGURE.sub("，", _PERCENT.sub("，", text))
    for match in _ARABIC.finditer(text):
        unit = match[2] or ""
        quantity = parse_quantity(match[1] + unit)
        found.append(Figure(quantity.number, quantity.dimension if unit else None, match[0]))
    for match in _CHINESE.finditer(text):
        value = _chinese_number(match[1])
        if value is not None:
            quantity = parse_quantity(f"{value}{match[2]}")
            found.append(Figure(quantity.number, quantity.dimension, match[0]))
    if _HALF_YEAR.search(text):
        found.append(Figure(6, (("月", 1),), "半年"))
    return found


def _chinese_number(text: str) -> int | None:
    total, section, digit = 0, 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return (total + section + digit) or None


def operator_in(wording: str) -> str | None:
    """The comparison that the boundary word asks for, or ``None`` when there is no such word, or several."""
    text, found = wording.translate(_FOLD), set()
    for word, op in _BOUNDARY_WORDS:
        if word in text:
            found.add(op)
            text = text.replace(word, "")
    return found.pop() if len(found) == 1 else None


def wording_problems(wording: str, body: s.Node, own_rule: bool = False) -> Iterator[tuple[s.Node, str, str]]:
    """Where ``body`` disagrees with its 字样: the node, what is wrong, and what would be right.

    With ``own_rule`` (另有规定) the document defines its boundary words itself, and only the numbers are
    compared.
    """
    for clause in _CLAUSES.split(wording):
        yield from _clause_problems(clause, body, own_rule)


def _clause_problems(wording: str, body: s.Node, own_rule: bool) -> Iterator[tuple[s.Node, str, str]]:
    literals = [
        node for node in s.walk(body) if isinstance(node, s.Literal) and node.type.kind is Kind.NUMBER
    ]
    for figure in figures(wording):
        if not any(_same(figure, literal) for literal in literals):
            yield body, f"字样里的“{figure.text}”在式里没有", "把式里的数改成与字样一致，或只留带这个数的字样"
    wanted = operator_in(wording)
    if wanted is None or own_rule:
        return
    # 如果 may ask for either side of a boundary, as its two branches can be exchanged
    branching = {id(one) for node in s.walk(body) if isinstance(node, s.If) for one in s.walk(node.condition)}
    written = [
        pair for node in s.walk(body) if isinstance(node, s.Compare) for pair in _oriented(node, wording)
    ]
    allowed = {op for _, op in written} | {_OTHERWISE[op] for node, op in written if id(node) in branching}
    if written and wanted not in allowed:
        node, op = written[0]
        yield (
            node,
            f"字样“{wording}”要用“{wanted}”，式里写的是“{op}”",
            "以上以下含本数，超过不满不含（民法典第一千二百五十九条）",
        )


def _same(figure: Figure, literal: s.Literal) -> bool:
    if figure.dimension is None:
        return isinstance(literal.value, int | Fraction) and _bare(literal) == figure.number
    if literal.text.startswith(f"{figure.text}/"):  # 5000元 of a rate written 5000元/人
        return True
    return literal.value == figure.number and (
        literal.type.dimension == figure.dimension or literal.type.dimension in ((("人", 1),), (("名", 1),))
    )


def _bare(literal: s.Literal) -> Number | None:
    """The numeral as it was written, whatever its unit."""
    match = re.match(r"\d+(?:\.\d+)?", literal.text)
    return Fraction(match[0]) if match else None


def _oriented(node: s.Compare, wording: str) -> Iterator[tuple[s.Node, str]]:
    """Comparisons with a figure of the wording, turned so that the figure stands on the right."""
    for side, op in ((node.right, node.op), (node.left, _FLIPPED[node.op])):
        if isinstance(side, s.Literal) and any(_same(figure, side) for figure in figures(wording)):
            yield node, op
