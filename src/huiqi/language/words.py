"""The fold ``to_words``: a tree as a sentence in plain Chinese, for people who will never read a formula."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any as Anything

from huiqi.language import syntax as s
from huiqi.language.types import Kind, Type
from huiqi.language.units import quantity_words

_NUMBER_OPS = {">=": "不少于", ">": "超过", "<=": "不超过", "<": "少于", "=": "等于", "!=": "不等于"}
_DATE_OPS = {">=": "不早于", ">": "晚于", "<=": "不晚于", "<": "早于", "=": "是", "!=": "不是"}
_FLIPPED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}


def day_words(value: date | None) -> str:
    """2025年3月1日; 未载明 when there is none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "未载明"


def value_words(value: Anything, kind: Type) -> str:
    """A known value for people: 是/否, 300万元, 2024年5月1日, an option."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, str):
        return value
    if kind.kind is Kind.NUMBER and dict(kind.dimension) == {"年度": 1}:
        return f"{value}年"
    return quantity_words(value, kind.dimension, kind.unit)


def to_words(node: s.Node, wanted: bool = True) -> str:
    """What a node says; with ``wanted`` false, what its opposite says (for exclusions)."""
    return _WORDS[type(node)](node, wanted)


def comparison_words(op: str, kind: Type, wanted: bool = True) -> str:
    """The words of a comparison sign for numbers or for days."""
    op = op if wanted else _FLIPPED[op]
    if kind.kind is Kind.NUMBER and dict(kind.dimension) != {"年度": 1}:
        return _NUMBER_OPS[op]
    return _DATE_OPS[op]


def _literal(node: s.Literal, wanted: bool) -> str:
    if node.value is True or node.value is False:
        return "是" if node.value is wanted else "否"
    return value_words(node.value, node.type)


def _fact(node: s.Fact, wanted: bool) -> str:
    if node.type.kind is Kind.BOOL:
        return f"“{node.name}”为{'是' if wanted else '否'}"
    return node.name


def _truth(name: str, wanted: bool, kind: Type) -> str:
    return (name if wanted else f"不是：{name}") if kind.kind is Kind.BOOL else name


def _joined(parts: tuple[s.Node, ...], word: str, wanted: bool) -> str:
    texts = [to_words(part, wanted) for part in parts]
    wrapped = [f"（{text}）" if _compound(part) else text for part, text in zip(parts, texts, strict=True)]
    return wrapped[0] if len(wrapped) == 1 else f"，{word}".join(wrapped)


def _compound(node: s.Node) -> bool:
    while isinstance(node, s.Named | s.Not):
        node = node.body
    return isinstance(node, s.All | s.Any) and len(node.parts) > 1


def _compare(node: s.Compare, wanted: bool) -> str:
    left, right, op = node.left, node.right, node.op
    if right.type.kind is Kind.BOOL and isinstance(right, s.Literal):
        return to_words(left, (right.value is True) == ((op == "=") == wanted))
    return f"{to_words(left)}{comparison_words(op, left.type, wanted)}{to_words(right)}"


def _member(node: s.Member, wanted: bool) -> str:
    options = "、".join(to_words(option) for option in node.options)
    return (
        f"{to_words(node.item)}{'是' if wanted else '不是'}{options}{'之一' if len(node.options) > 1 else ''}"
    )


_SIGNS = {"+": "加", "-": "减", "*": "乘", "/": "除以"}


def _operand(node: s.Node) -> str:
    text = to_words(node)
    return f"（{text}）" if isinstance(node, s.Arithmetic) else text


def _arithmetic(node: s.Arithmetic, _: bool) -> str:
    if node.origin == "明细":
        return "各项明细相加"
    if node.op == "*" and isinstance(node.right, s.Literal) and node.right.text.endswith("%"):
        return f"{_operand(node.left)}的{node.right.text}"
    return f"{_operand(node.left)}{_SIGNS[node.op]}{_operand(node.right)}"


def _extreme(node: s.Extreme, _: bool) -> str:
    if len(node.parts) == 2 and node.origin in ("封顶", "保底"):
        word = "最高" if node.origin == "封顶" else "最低"
        return f"{to_words(node.parts[0])}，{word}{to_words(node.parts[1])}"
    listed = "、".join(to_words(part) for part in node.parts)
    return f"{listed}中{'较大' if node.greatest else '较小'}的一个"


def _if(node: s.If, wanted: bool) -> str:
    if _is_flag(node.then, True) and _is_flag(node.otherwise, False):
        return to_words(node.condition, wanted)
    arms: list[str] = []
    rest: s.Node = node
    while isinstance(rest, s.If):
        arms.append(f"{to_words(rest.condition)}的，{to_words(rest.then, wanted)}")
        rest = rest.otherwise
    return "；".join([*arms, f"其余{to_words(rest, wanted)}"])


def _is_flag(node: s.Node, value: bool) -> bool:
    return isinstance(node, s.Literal) and node.value is value


def _round(node: s.Round, _: bool) -> str:
    return f"{to_words(node.body)}（{node.mode}到{to_words(node.step)}）"


def _date_function(node: s.DateFunction, _: bool) -> str:
    texts = [to_words(argument) for argument in node.arguments]
    if node.function in ("年数", "月数", "天数"):
        unit = {"年数": "年", "月数": "月", "天数": "天"}[node.function]
        return f"从{texts[0]}到{texts[1]}满的{unit}数"
    if node.function == "年度":
        return f"{texts[0]}所在的年度"
    if node.function in ("年初", "年末"):
        return f"{texts[0]}那一年的{'1月1日' if node.function == '年初' else '12月31日'}"
    return f"{texts[0]}{'之后' if node.function == '推后' else '之前'}{texts[1]}"


def _aggregate(node: s.Aggregate, wanted: bool) -> str:
    where = f"（只算{to_words(node.where)}的）" if node.where is not None else ""
    if node.function == "计数":
        return f"{node.collection}的个数{where}"
    assert node.body is not None
    if node.function == "任一":
        return f"{node.collection}中{'有' if wanted else '没有'}一项：{to_words(node.body)}"
    if node.function == "全部":
        every = f"{node.collection}每一项都要：{to_words(node.body)}"
        return every if wanted else f"不是{every}"
    word = {"合计": "合计", "最大": "最大的一个", "最小": "最小的一个"}[node.function]
    return f"各{node.collection}的（{to_words(node.body)}）{word}{where}"


_WORDS: dict[type[s.Node], Callable[[Anything, bool], str]] = {
    s.Literal: _literal,
    s.Fact: _fact,
    s.Parameter: lambda node, wanted: node.name,
    s.Definition: lambda node, wanted: _truth(node.name, wanted, node.type),
    s.Unstated: lambda node, wanted: f"{node.name}须另行填写",
    s.Today: lambda node, wanted: "评价日",
    s.Named: lambda node, wanted: to_words(node.body, wanted),
    s.Not: lambda node, wanted: to_words(node.body, not wanted),
    s.All: lambda node, wanted: _joined(node.parts, "并且" if wanted else "或者", wanted),
    s.Any: lambda node, wanted: _joined(node.parts, "或者" if wanted else "并且", wanted),
    s.Compare: _compare,
    s.Member: _member,
    s.Arithmetic: _arithmetic,
    s.Negate: lambda node, wanted: f"负的{_operand(node.body)}",
    s.Extreme: _extreme,
    s.If: _if,
    s.Round: _round,
    s.DateFunction: _date_function,
    s.Aggregate: _aggregate,
}
