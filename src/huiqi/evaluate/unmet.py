"""Which conditions fail, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from huiqi.evaluate.environment import Trace
from huiqi.evaluate.result import Unmet
from huiqi.evaluate.values import Answer, Uncertain, high_of, is_known, low_of
from huiqi.language import syntax as s
from huiqi.language.types import Type
from huiqi.language.units import quantity_words
from huiqi.language.words import comparison_words, to_words, value_words


def answer_words(value: Answer, kind: Type) -> str:
    """A value, known or not, for people."""
    if not isinstance(value, Uncertain):
        return value_words(value, kind)
    if value.options is not None:
        return "未知" if len(value.options) > 4 else f"{'或'.join(sorted(value.options))}，尚不确定"
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
        inner = (
            list(_failing(trace.children[0], wanted)) if _is_conjunction(trace.children[0], wanted) else []
        )
        if inner:
            yield from inner
        else:
            yield _unmet(node, trace.children[0], wanted)
    elif isinstance(node, s.All | s.Any):
        for child in trace.children:
            yield from _failing(child, wanted)


def _is_conjunction(trace: Trace, wanted: bool) -> bool:
    """Whether each part must hold by itself, so that the parts say more than the whole."""
    node = trace.node
    if isinstance(node, s.Not):
        return _is_conjunction(trace.children[0], not wanted)
    return isinstance(node, s.All if wanted else s.Any)


def _unmet(node: s.Named, body: Trace, wanted: bool) -> Unmet:
    need = to_words(body.node, wanted)
    comparison = body
    while isinstance(comparison.node, s.Not | s.Named | s.Definition):
        wanted = wanted != isinstance(comparison.node, s.Not)
        comparison = comparison.children[0]
    if isinstance(comparison.node, s.Compare):
        left, right = comparison.children
        have = answer_words(left.value, left.node.type)
        limit = right.node if isinstance(right.node, s.Literal) else None
        asked = to_words(limit) if limit is not None else answer_words(right.value, right.node.type)
        sign = comparison_words(comparison.node.op, left.node.type, wanted)
        return Unmet(node.name, node.cite, have, f"{sign}{asked}", _gap(left, right))
    facts = [part for part in _facts(body)]
    have = "；".join(f"{part.node.key}：{_held(part)}" for part in facts if isinstance(part.node, s.Fact))
    return Unmet(node.name, node.cite, have or to_words(body.node, not wanted), need)


def _held(trace: Trace) -> str:
    return answer_words(trace.value, trace.node.type)


def _facts(trace: Trace) -> Iterator[Trace]:
    if isinstance(trace.node, s.Fact):
        yield trace
        return
    if isinstance(trace.node, s.Aggregate):
        return
    for child in trace.children:
        yield from _facts(child)


def _gap(left: Trace, right: Trace) -> str:
    a, b = _nearest_end(left.value, right.value), _nearest_end(right.value, left.value)
    if isinstance(a, date) and isinstance(b, date):
        days = abs((a - b).days)
        return f"差{days}天" if days else ""
    if (
        isinstance(a, bool)
        or not isinstance(a, int | Fraction)
        or not isinstance(b, int | Fraction)
        or a == b
    ):
        return ""
    return (
        f"差{quantity_words(abs(Fraction(a) - Fraction(b)), left.node.type.dimension, left.node.type.unit)}"
    )


def _nearest_end(value: Answer, other: Answer) -> Answer | None:
    if is_known(value):
        return value
    low, high = low_of(value), high_of(value)
    target = low_of(other)
    if target is None or low is None or high is None or (isinstance(low, float) and isinstance(high, float)):
        return None
    return (
        high if not isinstance(high, float) and high <= target else (None if isinstance(low, float) else low)
    )
