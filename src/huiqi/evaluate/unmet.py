"""Which conditions fail, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TypeGuard

from huiqi.evaluate.days import full_on
from huiqi.evaluate.environment import Trace
from huiqi.evaluate.result import Unmet
from huiqi.evaluate.values import Answer, Uncertain, high_of, is_known, low_of
from huiqi.language import syntax as s
from huiqi.language.types import Type
from huiqi.language.units import Number, quantity_words
from huiqi.language.words import comparison_words, to_words, value_words


def answer_words(value: Answer, kind: Type) -> str:
    """A value, known or not, for people."""
    if not isinstance(value, Uncertain):
        return value_words(value, kind)
    if value.options is not None:
        if len(value.options) > 4 or value.options == frozenset(kind.options):
            return "未知"
        possible = [option for option in kind.options if option in value.options]
        return f"{'或'.join(possible or sorted(value.options))}，尚不确定"
    low, high = value.low, value.high
    if low is None and high is None:
        return "未知"
    ends = [None if isinstance(end, float) or end is None else value_words(end, kind) for end in (low, high)]
    if ends[0] is None or (low == 0 and ends[1] is None):
        return "未知" if ends[1] is None else f"不超过{ends[1]}"
    return f"不少于{ends[0]}" if ends[1] is None else f"{ends[0]} 至 {ends[1]}"


def failures(trace: Trace) -> tuple[Unmet, ...]:
    """The named conditions because of which a condition is false, outermost names that say it all."""
    return tuple(_failing(trace, True))


def _failing(trace: Trace, wanted: bool) -> Iterator[Unmet]:
    if trace.value is not (not wanted):
        return
    node = trace.node
    if isinstance(node, s.Not):
        yield from _failing(trace.children[0], not wanted)
    elif isinstance(node, s.Named):
        inner = list(_failing(trace.children[0], wanted)) if is_conjunction(node.body, wanted) else []
        if inner:
            yield from inner
        else:
            yield _unmet(node, trace.children[0], wanted)
    elif isinstance(node, s.All | s.Any):
        for child in trace.children:
            yield from _failing(child, wanted)


def is_conjunction(node: s.Node, wanted: bool) -> bool:
    """Whether each part must hold by itself, so that the parts say more than the whole."""
    if isinstance(node, s.Not):
        return is_conjunction(node.body, not wanted)
    return isinstance(node, s.All if wanted else s.Any)


def _unmet(node: s.Named, body: Trace, wanted: bool) -> Unmet:
    need = to_words(body.node, wanted)
    decisive = body
    while isinstance(decisive.node, s.Not | s.Named | s.Definition):
        wanted = wanted != isinstance(decisive.node, s.Not)
        decisive = decisive.children[0]
    if isinstance(decisive.node, s.Compare):
        left, right = decisive.children
        have = answer_words(left.value, left.node.type)
        asked = answer_words(right.value, right.node.type)
        if isinstance(right.node, s.Literal):
            asked = to_words(right.node)
        sign = comparison_words(decisive.node.op, left.node.type, wanted)
        return Unmet(node.name, node.cite, have, f"{sign}{asked}", _gap(left, right))
    if isinstance(decisive.node, s.Aggregate) and decisive.node.function in ("任一", "全部"):
        return Unmet(node.name, node.cite, _held_items(decisive.node, wanted), need)
    facts = dict.fromkeys(
        f"{part.node.key}：{answer_words(part.value, part.node.type)}"
        for part in _deciding(decisive, wanted)
        if isinstance(part.node, s.Fact)
    )
    return Unmet(node.name, node.cite, "；".join(facts) or ("否" if wanted else "是"), need)


def _held_items(node: s.Aggregate, wanted: bool) -> str:
    if node.function == "任一":
        return f"{node.collection}中{'没有' if wanted else '有'}这样的一项"
    return f"{node.collection}中{'有一项不是这样' if wanted else '每一项都这样'}"


def _deciding(trace: Trace, wanted: bool) -> Iterator[Trace]:
    """The facts because of which a tree is not what is wanted; what is open or fine has no say in it."""
    node = trace.node
    if isinstance(node, s.Fact):
        yield trace
    elif isinstance(node, s.Not):
        yield from _deciding(trace.children[0], not wanted)
    elif isinstance(node, s.All | s.Any):
        for child in trace.children:
            if child.value is (not wanted):
                yield from _deciding(child, wanted)
    elif not isinstance(node, s.Aggregate):
        for child in trace.children:
            yield from _deciding(child, wanted)


def _gap(left: Trace, right: Trace) -> str:
    node = left.node
    if isinstance(node, s.DateFunction) and node.function in ("年数", "月数"):
        return _day_reached(left, right)
    a, b = _nearest_end(left.value, right.value), _nearest_end(right.value, left.value)
    if isinstance(a, date) and isinstance(b, date):
        days = (a - b).days
        return f"{'晚' if days > 0 else '早'}了{abs(days)}天" if days else ""
    if not _is_number(a) or not _is_number(b) or a == b:
        return ""
    words = quantity_words(abs(Fraction(a) - Fraction(b)), node.type.dimension, node.type.unit)
    return f"超出{words}" if a > b else f"差{words}"


def _is_number(value: Answer) -> TypeGuard[Number]:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _day_reached(left: Trace, right: Trace) -> str:
    """For a span that grows until the day that is asked about: the day on which it will be long enough."""
    start, end = left.children
    if not isinstance(end.node, s.Today):
        return ""
    if not isinstance(start.value, date) or not isinstance(right.value, int):
        return ""
    if left.value is None or isinstance(left.value, Uncertain) or left.value >= right.value:
        return ""
    try:
        return f"到{full_on(start.value, right.value).isoformat()}满"
    except OverflowError:  # after the last day of the calendar
        return ""


def _nearest_end(value: Answer, other: Answer) -> Answer | None:
    if is_known(value):
        return value
    low, high = low_of(value), high_of(value)
    target = low_of(other)
    if target is None or low is None or high is None or (isinstance(low, float) and isinstance(high, float)):
        return None
    if not isinstance(high, float) and high <= target:
        return high
    return None if isinstance(low, float) else low
