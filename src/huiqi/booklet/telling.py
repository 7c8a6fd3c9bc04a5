"""Conditions, limits and amounts of a benefit in words for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from huiqi.booklet.model import Amount, Condition, Note, Reference
from huiqi.entitlements.telling import Asked, asked_of, each_words, limit_words, worth
from huiqi.evaluate.result import Result
from huiqi.language import syntax as s
from huiqi.language.benefit import AmountRule, Benefit, LaterLaw, StackingRule
from huiqi.language.types import Kind
from huiqi.language.units import PURE, money_words, quantity_words
from huiqi.language.words import day_words, to_words

Linker = Callable[[str], tuple[Reference, ...]]
"""From a citation to where it leads."""

_LATER = {"停止": "停止执行", "修改": "修改了这一条", "待核": "是否影响这一条，还没有核实"}


def conditions(node: s.Node, link: Linker) -> tuple[Condition, ...]:
    """The conditions of a benefit, one by one; a group of which one is enough keeps its parts.

    That the applicant is of the kinds that 主体 lists is left out: the entry says it by itself.
    """
    return tuple(_condition(asked, link) for asked in asked_of(node) if asked.origin != "主体")


def _condition(asked: Asked, link: Linker) -> Condition:
    if asked.parts:
        parts = tuple(_condition(part, link) for part in asked.parts)
        return Condition(asked.name, "满足下面任何一条", link(asked.cite), parts)
    words = (
        _plainly(asked.name, asked.node, asked.wanted) if asked.name else to_words(asked.node, asked.wanted)
    )
    return Condition(asked.name, words, link(asked.cite) if asked.name else ())


def _plainly(name: str, body: s.Node, wanted: bool) -> str:
    """A condition in words; one that is no more than a yes or a no is said as such."""
    if not (isinstance(body, s.Fact) and body.type.kind is Kind.BOOL):
        return to_words(body, wanted)
    if wanted:
        return "" if body.name == name else f"须符合“{body.name}”"
    return f"不得有“{body.name}”的情形"


def amount(rule: AmountRule, result: Result, link: Linker) -> Amount:
    """How much a benefit gives; ``result`` is what it comes to for somebody of whom nothing is known."""
    limits = tuple(
        (f"{each_words(cap.per)}合计最多{money_words(cap.limit)}", link(cap.cite)) for cap in rule.caps_over
    )
    return Amount(
        worth(result),
        rule.kind.value,
        to_words(rule.total),
        tuple((name, to_words(node)) for name, node in rule.parts),
        limits,
        "，".join(f"{level}承担{quantity_words(share, PURE)}" for level, share in rule.shares.items()),
        link(rule.cite or result.benefit.cite),
    )


def period_note(benefit: Benefit, link: Linker) -> Note:
    """From when to when a benefit holds."""
    period = benefit.period
    start = f"{day_words(period.start)}起" if period.start else "没有写起始日"
    end = f"{day_words(period.end)}止" if period.end else "没有写终止日"
    return Note(f"{start}，{end}", link(period.cite))


def ended(benefit: Benefit, on: date) -> str:
    """Why a benefit does not hold on a day; empty when it does."""
    for law in benefit.later_laws:
        if law.effect == "停止" and law.confirmed and law.start <= on:
            return f"{law.document}自{day_words(law.start)}起停止执行这一条"
    if benefit.period.contains(on):
        return ""
    if benefit.period.start is not None and on < benefit.period.start:
        return f"{day_words(benefit.period.start)}才开始"
    return f"{day_words(benefit.period.end)}已到期"


def later_words(law: LaterLaw) -> str:
    """What a later law does to the clause."""
    seen = "" if law.confirmed else "（未见官方原文）"
    note = f"。{law.note}" if law.note else ""
    return f"{law.document}自{day_words(law.start)}起{_LATER.get(law.effect, law.effect)}{seen}{note}"


def together(
    benefit: Benefit, rules: Iterable[StackingRule], known: Mapping[str, Benefit], link: Linker
) -> tuple[Note, ...]:
    """What limits taking a benefit together with others; its own cumulative caps are told with the amount."""
    found = [Note(f"与“{known[other].name}”只能选一个") for other in benefit.either if other in known]
    own = {one.id for one in known.values() if one.document.id == benefit.document.id}
    told = {benefit.id, *benefit.either}
    for rule in rules:
        if benefit.id not in rule.benefits or rule.benefits <= told:
            continue
        others = [known[other].name for other in sorted(rule.benefits - {benefit.id}) if other in known]
        with_whom = "本文件各项" if rule.benefits >= own else _some(others)
        found.append(Note(f"{limit_words(rule)}（与{with_whom}一起算）", link(rule.cite)))
    return tuple(found)


def _some(names: list[str], most: int = 5) -> str:
    listed = "、".join(f"“{name}”" for name in names[:most])
    return f"{listed}等{len(names)}项" if len(names) > most else listed
