"""The best lawful combination in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huiqi.allocate import Price, Rule
from huiqi.entitlements.answer import Answer
from huiqi.evaluate.result import Result
from huiqi.language.benefit import AmountKind, Document
from huiqi.portal.pages.public.presenting.results import range_words, shown
from huiqi.portal.policies import selectors


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a reason; a citation when they name clauses of ``policy``."""

    text: str
    policy: Document | None = None


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A benefit that the best combination takes."""

    result: Result
    name: str
    amount: str
    money: bool
    because: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PlanLeftOut:
    """A benefit that it leaves: because of which rule, and how much less one would get by insisting on it."""

    result: Result
    name: str
    because: tuple[Piece, ...]
    price: str


@dataclass(frozen=True, slots=True)
class PlanLines:
    """The best lawful combination: what brings money, and what can be had besides."""

    chosen: tuple[PlanChoice, ...]
    besides: tuple[PlanChoice, ...]
    total: str
    left_out: tuple[PlanLeftOut, ...]
    notes: tuple[str, ...]


def price_words(price: Price | None) -> str:
    """What insisting on a benefit that was left out costs; nothing when it cannot be had at all."""
    if price is None:
        return ""
    if price.low == price.high == 0:
        return "一样多"
    low, high = sorted((price.low, max(price.high, 0)))
    return f"少 {range_words(low, high)}"


def pieces(because: str, rules: Iterable[Rule]) -> tuple[Piece, ...]:
    """A reason in pieces, so that the clauses of the rules that it names can be links."""
    clauses: dict[str, Document | None] = {}
    for rule in rules:
        policy = _policy_of(rule)
        if rule.cite and policy is not None:
            # one citation that means clauses of two documents leads nowhere
            clauses[rule.cite] = policy if clauses.get(rule.cite, policy) == policy else None
    return tuple(_pieces(because, clauses))


def _pieces(because: str, clauses: dict[str, Document | None]) -> Iterator[Piece]:
    if not clauses:
        yield Piece(because)
        return
    longest_first = sorted(clauses, key=len, reverse=True)
    for part in re.split(f"(?<=（)({'|'.join(map(re.escape, longest_first))})(?=）)", because):
        if part:
            yield Piece(part, clauses.get(part))


def _policy_of(rule: Rule) -> Document | None:
    found = next((one for one in selectors.catalogue().book.stacking if one.id == rule.id), None)
    return selectors.document(found.document) if found else None


def plan_lines(answer: Answer) -> PlanLines:
    """The plan in words."""
    results = {result.key: result for result in answer.results}
    chosen = []
    for one in sorted(answer.plan.chosen, key=lambda one: -one.high):
        result = results[one.claim.key]
        money = bool(one.high)
        amount = range_words(one.low, one.high) if money else shown(answer, result).amount
        if money and one.low and result.amount and result.amount.kind is AmountKind.AT_MOST:
            amount = f"最高 {amount}"
        chosen.append(PlanChoice(result, one.claim.name, amount, money, pieces(one.because, one.reduced_by)))
    left_out = [
        PlanLeftOut(
            results[one.claim.key],
            one.claim.name,
            pieces(one.because, (each.rule for each in one.exclusions)),
            price_words(one.price),
        )
        for one in answer.plan.left_out
    ]
    total = range_words(answer.plan.total_low, answer.plan.total_high)
    return PlanLines(
        tuple(one for one in chosen if one.money),
        tuple(one for one in chosen if not one.money),
        total,
        tuple(left_out),
        tuple(answer.notes),
    )
