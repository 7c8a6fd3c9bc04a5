"""金额: the five ways of writing an amount, lowered to one formula (docs/language.md, 七).

封顶 and 保底 become 取小 and 取大, 分档 and 对照 become 如果, 明细 a sum; each node keeps the word that it
came from, so that an explanation still says 封顶.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations, pairwise
from typing import Any as Anything

from huiqi.catalogue.formulas import Workshop
from huiqi.catalogue.shape import (
    AmountBase,
    FixedAmount,
    FormulaAmount,
    ItemisedAmount,
    Part,
    Rounding,
    TableAmount,
    Text,
    Tier,
    TieredAmount,
)
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import AmountKind, AmountRule, CapOver
from huiqi.language.syntax import Node
from huiqi.language.types import Kind, Type
from huiqi.language.units import Number

_DEFAULT_KIND = {
    FixedAmount: AmountKind.FIXED,
    TieredAmount: AmountKind.FIXED,
    TableAmount: AmountKind.FIXED,
    FormulaAmount: AmountKind.PROPORTIONAL,
    ItemisedAmount: AmountKind.PROPORTIONAL,
}


def lower_amount(shape: AmountBase, workshop: Workshop) -> AmountRule:
    """The amount as one formula with its caps, parts and shares."""
    cite = shape.cite.text if shape.cite else workshop.cite
    parts: tuple[tuple[str, Node], ...] = ()
    if isinstance(shape, FixedAmount):
        total = workshop.formula(shape.fixed, cite=cite)
    elif isinstance(shape, FormulaAmount):
        total = workshop.formula(shape.formula, cite=cite)
    elif isinstance(shape, TieredAmount):
        total = _tiers(shape, workshop, cite)
    elif isinstance(shape, TableAmount):
        total = _lookup(shape, workshop, cite)
    else:
        assert isinstance(shape, ItemisedAmount)
        parts = tuple((part.name.text, _part(part, workshop)) for part in shape.parts)
        total = _sum([node for _, node in parts], workshop)
    total = _capped(total, shape.floor, shape.cap, shape.rounding, workshop, cite)
    if total.type.kind not in (Kind.NUMBER, Kind.UNKNOWN):
        workshop.report(shape.at, f"金额要是数，这里是{total.type.words()}")
    workshop.lint(shape.wording, total, shape.otherwise_defined is not None)
    return AmountRule(
        kind=AmountKind(shape.nature.value) if shape.nature else _DEFAULT_KIND[type(shape)],
        total=total,
        parts=parts,
        caps_over=tuple(
            CapOver(
                tuple(per.value for per in cap.per),
                _money(cap.limit, workshop),
                cap.cite.text if cap.cite else cite,
            )
            for cap in shape.accumulated_caps
        ),
        shares=_shares(shape, workshop),
        wording=tuple(wording.text for wording in shape.wording),
        cite=cite,
    )


def _part(part: Part, workshop: Workshop) -> Node:
    cite = part.cite.text if part.cite else workshop.cite
    node = workshop.formula(part.formula, cite=cite)
    node = _capped(node, part.floor, part.cap, part.rounding, workshop, cite)
    workshop.lint(part.wording, node)
    return node


def _sum(nodes: list[Node], workshop: Workshop) -> Node:
    def add(left: Node, right: Node) -> Node:
        if not left.type.agrees(right.type):
            workshop.report(right.span, f"明细里{left.type.words()}与{right.type.words()}不能相加")
        return s.Arithmetic(op="+", left=left, right=right, origin="明细", type=left.type, span=right.span)

    return reduce(add, nodes)


def _capped(
    node: Node, floor: Text | None, cap: Text | None, rounding: Rounding | None, workshop: Workshop, cite: str
) -> Node:
    """先保底后封顶, then rounding."""
    for text, greatest, origin in ((floor, True, "保底"), (cap, False, "封顶")):
        if text is not None:
            bound = workshop.formula(text, node.type, cite)
            node = s.Extreme(
                greatest=greatest, parts=(node, bound), origin=origin, type=node.type, span=text.at, cite=cite
            )
    if rounding is not None:
        step = workshop.formula(rounding.to, node.type, cite)
        node = s.Round(
            mode=rounding.mode.value,
            body=node,
            step=step,
            origin="取整",
            type=node.type,
            span=rounding.at,
            cite=cite,
        )
    return node


def _tiers(shape: TieredAmount, workshop: Workshop, cite: str) -> Node:
    by = workshop.formula(shape.tiered.by, cite=cite)
    rows: list[tuple[Node, Node]] = []
    bands: list[tuple[Tier, _Band]] = []
    expected: Type = t.ANY
    for tier in shape.tiered.tiers:
        tests, band = [], _Band()
        for text, op in ((tier.above, ">"), (tier.at_least, ">="), (tier.below, "<"), (tier.at_most, "<=")):
            if text is not None:
                bound = workshop.formula(text, by.type, cite)
                tests.append(s.Compare(op=op, left=by, right=bound, type=t.BOOL, span=text.at, cite=cite))
                band = band.narrowed(op, bound)
        given = workshop.formula(tier.gives, expected, cite)
        expected = given.type if expected.kind is Kind.UNKNOWN else expected
        condition: Node = (
            tests[0] if len(tests) == 1 else s.All(parts=tuple(tests), type=t.BOOL, span=tier.at)
        )
        workshop.lint(tier.wording, s.All(parts=(condition, given)))
        rows.append((condition, given))
        bands.append((tier, band))
    _refuse_overlap(bands, workshop)
    return _chain(rows, "分档", expected)


class _Band:
    """An interval of numbers with open or closed ends; the places are None where there is no bound."""

    def __init__(self, low: Number | None = None, high: Number | None = None, closed: str = "") -> None:
        self.low, self.high, self.closed = low, high, closed

    def narrowed(self, op: str, bound: Node) -> _Band:
        value: Anything = bound.value if isinstance(bound, s.Literal) else None
        if op in (">", ">="):
            return _Band(value, self.high, self.closed + ("[" if op == ">=" else ""))
        return _Band(self.low, value, self.closed + ("]" if op == "<=" else ""))

    def meets(self, other: _Band) -> bool:
        """Whether some number lies in both."""
        return not (self._ends_before(other) or other._ends_before(self))

    def _ends_before(self, other: _Band) -> bool:
        if self.high is None or other.low is None:
            return False
        touching = "]" in self.closed and "[" in other.closed
        return self.high < other.low or (self.high == other.low and not touching)


def _refuse_overlap(bands: list[tuple[Tier, _Band]], workshop: Workshop) -> None:
    """Bands with one lower bound each go from high to low; any others must not meet (L7.3, L14.3)."""
    if all(band.low is not None and band.high is None for _, band in bands):
        for (_, upper), (tier, lower) in pairwise(bands):
            if upper.low is not None and lower.low is not None and lower.low >= upper.low:
                workshop.report(tier.at, "只写下界的各档要从高到低排，这一档永远轮不到", "把下界大的写在前面")
        return
    if all(band.high is not None and band.low is None for _, band in bands):
        for (_, lower), (tier, upper) in pairwise(bands):
            if upper.high is not None and lower.high is not None and upper.high <= lower.high:
                workshop.report(tier.at, "只写上界的各档要从低到高排，这一档永远轮不到", "把上界小的写在前面")
        return
    for (first, one), (second, two) in combinations(bands, 2):
        if one.meets(two):
            workshop.report(
                second.at, f"这一档与第 {first.at.line} 行的一档重叠", "一档写“以上”，相邻的一档就写“不满”"
            )


def _lookup(shape: TableAmount, workshop: Workshop, cite: str) -> Node:
    by = workshop.formula(shape.lookup.by, cite=cite)
    if by.type.kind not in (Kind.CHOICE, Kind.UNKNOWN):
        workshop.report(
            shape.lookup.by.at, f"对照要按选项查表，这里是{by.type.words()}", "按数的大小用“分档”"
        )
        return s.Literal(value=0, span=shape.at)
    rows: list[tuple[Node, Node]] = []
    expected: Type = t.ANY
    for option, text in shape.lookup.table.items():
        if by.type.options and option.text not in by.type.options:
            workshop.report(
                option.at, f"“{option}”不在“{shape.lookup.by}”的选项里", "、".join(by.type.options[:8])
            )
        given = workshop.formula(text, expected, cite)
        expected = given.type if expected.kind is Kind.UNKNOWN else expected
        word = s.Literal(value=option.text, text=option.text, type=by.type, span=option.at)
        rows.append((s.Compare(op="=", left=by, right=word, type=t.BOOL, span=option.at, cite=cite), given))
    return _chain(rows, "对照", expected)


def _chain(rows: list[tuple[Node, Node]], origin: str, kind: Type) -> Node:
    """First match from the top; nothing matched gives 0."""
    rest: Node = s.Literal(value=0, text="0", type=kind)
    for condition, given in reversed(rows):
        rest = s.If(
            condition=condition, then=given, otherwise=rest, origin=origin, type=kind, span=condition.span,
            cite=condition.cite,
        )  # fmt: skip
    return rest


def _money(text: Text, workshop: Workshop) -> int:
    node = workshop.formula(text, t.MONEY)
    if isinstance(node, s.Literal) and isinstance(node.value, int):
        return node.value
    workshop.report(text.at, f"“{text}”要是一笔钱", "如 200万元")
    return 0


def _shares(shape: AmountBase, workshop: Workshop) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for name, text in (shape.shares or {}).items():
        node = workshop.formula(text, t.PURE_NUMBER)
        if isinstance(node, s.Literal) and not isinstance(node.value, str):
            found[name.text] = node.value  # type: ignore[assignment]
    if found and sum(found.values()) != 1:
        workshop.report(shape.at, "分担的比例合起来不是 100%")
    return found
