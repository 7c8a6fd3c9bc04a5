"""A benefit for everybody: its conditions in words, who pays, what it cannot be had together with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, StackingRule
from huiqi.language.units import PURE, money_words, quantity_words
from huiqi.language.words import to_words
from huiqi.portal.policies import selectors


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of a benefit in words, with the parts of a group below it."""

    name: str
    text: str
    cite: str
    parts: tuple[ConditionLine, ...] = ()


def condition_lines(condition: s.Node) -> tuple[ConditionLine, ...]:
    """The conditions of a benefit in words, one a line; groups (任一满足) keep their parts."""
    parts = condition.parts if isinstance(condition, s.All) else (condition,)
    return tuple(line for part in parts for line in _lines(part, True))


def _lines(node: s.Node, wanted: bool) -> Iterable[ConditionLine]:
    if isinstance(node, s.Not):
        yield from _lines(node.body, not wanted)
    elif isinstance(node, s.Named):
        body, asked = _stripped(node.body, wanted)
        if isinstance(body, s.Any if asked else s.All) and any(isinstance(p, s.Named) for p in body.parts):
            parts = tuple(line for part in body.parts for line in _lines(part, asked))
            yield ConditionLine(node.name, "满足其中一条就行", node.cite, parts)
        else:
            yield ConditionLine(node.name, to_words(node.body, wanted), node.cite)
    elif isinstance(node, s.All if wanted else s.Any):
        for part in node.children():
            yield from _lines(part, wanted)
    else:
        yield ConditionLine("", to_words(node, wanted), node.cite)


def _stripped(node: s.Node, wanted: bool) -> tuple[s.Node, bool]:
    while isinstance(node, s.Not):
        node, wanted = node.body, not wanted
    return node, wanted


@dataclass(frozen=True, slots=True)
class StackingLine:
    """A rule of 同享限制 in words, its clause, and the other benefits that it binds together."""

    words: str
    cite: str
    others: tuple[Benefit, ...]
    whole_document: bool


def stacking_lines(benefit: Benefit) -> list[StackingLine]:
    """What limits taking a benefit together with others.

    二选一 and the benefit's own 累计封顶 are rules too, but the page says them where they belong.
    """
    known = selectors.catalogue().benefits
    of_document = {one.id for one in known.values() if one.document.id == benefit.document.id}
    said_elsewhere = {benefit.id, *benefit.either}
    found = []
    for rule in selectors.stacking_of(benefit):
        if rule.benefits <= said_elsewhere:
            continue
        others = tuple(
            known[other] for other in sorted(rule.benefits) if other != benefit.id and other in known
        )
        found.append(StackingLine(limit_words(rule), rule.cite, others, rule.benefits >= of_document))
    return found


def limit_words(rule: StackingRule) -> str:
    """A rule of 同享限制 as it holds for everybody."""
    cell = "、".join(f"同一{per}" for per in rule.per)
    if rule.upper_funds:
        return f"{cell}已经得了上级资金的，不再享受（配套的除外）"
    if rule.total is not None:
        return f"{cell}合计不超过{money_words(rule.total)}"
    return f"{cell}最多{rule.at_most}项" + ("，按最高的一项给" if rule.highest_only else "")


def share_words(benefit: Benefit) -> list[tuple[str, str]]:
    """Which level pays which share (分担)."""
    shares = benefit.amount.shares if benefit.amount else {}
    return [(level, quantity_words(share, PURE)) for level, share in shares.items()]
