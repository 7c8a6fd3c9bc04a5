"""The best lawful combination in words."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.allocate import Price
from huiqi.entitlements.answer import Answer
from huiqi.evaluate.result import Result
from huiqi.language.benefit import AmountKind
from huiqi.portal.pages.public.presenting.results import range_words, shown


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A benefit that the best combination takes."""

    result: Result
    name: str
    amount: str
    money: bool
    because: str


@dataclass(frozen=True, slots=True)
class PlanLeftOut:
    """A benefit that it leaves: because of which rule, and how much less one would get by insisting on it."""

    result: Result
    name: str
    because: str
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
        chosen.append(PlanChoice(result, one.claim.name, amount, money, one.because))
    left_out = [
        PlanLeftOut(
            results[one.claim.key],
            one.claim.name,
            one.because,
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
