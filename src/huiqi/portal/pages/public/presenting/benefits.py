"""A benefit for everybody: its conditions in words, who pays, what it cannot be had together with."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.entitlements.telling import Asked, asked_of, limit_words
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, Document
from huiqi.language.units import PURE, quantity_words
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
    return tuple(map(_line, asked_of(condition)))


def _line(asked: Asked) -> ConditionLine:
    text = "满足其中一条就行" if asked.parts else to_words(asked.node, asked.wanted)
    return ConditionLine(asked.name, text, asked.cite, tuple(map(_line, asked.parts)))


@dataclass(frozen=True, slots=True)
class StackingLine:
    """A rule of 同享限制 in words, its clause in ``policy``, and the other benefits that it binds."""

    words: str
    policy: Document
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
        policy = selectors.document(rule.document) or benefit.document
        found.append(StackingLine(limit_words(rule), policy, rule.cite, others, rule.benefits >= of_document))
    return found


def share_words(benefit: Benefit) -> list[tuple[str, str]]:
    """Which level pays which share (分担)."""
    shares = benefit.amount.shares if benefit.amount else {}
    return [(level, quantity_words(share, PURE)) for level, share in shares.items()]
