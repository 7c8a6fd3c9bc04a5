"""Where a visitor stands: the facts given so far, what they amount to on a day, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from huiqi.catalogue.fact_values import Facts, read_facts
from huiqi.catalogue.source import read_source
from huiqi.entitlements.answer import Answer
from huiqi.evaluate.ask import Question
from huiqi.evaluate.result import Result, Verdict
from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration
from huiqi.portal.policies.selectors import advisor, catalogue
from huiqi.portal.screening.models import Screening

OPENING = 3  # questions that sort visitors before the money decides the order
SWEEP = "@collections"  # the question that goes through many collections at once
BATCH = "@yes-no:"  # before the names of several yes-or-no facts, asked on one page
_WORTH_SWEEPING = 3  # collections still open from which one page for all of them saves steps
_SINGLY = 8  # questions that stand alone before small ones are asked together
_BATCHED = (3, 6)  # yes-or-no facts on one page, at least and at most

# From the best that can be said of a benefit to the worst, when it has several subjects.
_BEST_FIRST = (
    Verdict.ELIGIBLE,
    Verdict.LIKELY,
    Verdict.INCOMPLETE,
    Verdict.UNCOMPUTABLE,
    Verdict.INELIGIBLE,
    Verdict.OUT_OF_PERIOD,
)


class FactsRefusedError(ValueError):
    """Facts that the catalogue does not accept (any more); ``lines`` say which and why."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("；".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Tally:
    """The running count, a benefit counted once: certain, still possible, ruled out, and the money in 分.

    ``within_reach`` is the best lawful combination of what is 符合 or 可能符合; ``undecided`` adds up what
    the benefits that are 待补充 may give at most, stacking left aside.
    """

    certain: int
    possible: int
    ruled_out: int
    within_reach: tuple[int, int]
    undecided: int


@dataclass(frozen=True)
class Standing:
    """One enterprise on one day, and what is worth asking."""

    answer: Answer
    questions: list[Question]
    stated: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """The running count."""
        best = best_verdicts(self.answer.results)
        counted = list(best.values())
        undecided = {
            result.key: result.amount.high
            for result in self.answer.by_verdict(Verdict.INCOMPLETE)
            if result.amount
            and result.amount.is_money
            and result.benefit.form.is_money
            and result.amount.high
        }
        return Tally(
            certain=counted.count(Verdict.ELIGIBLE),
            possible=counted.count(Verdict.LIKELY) + counted.count(Verdict.INCOMPLETE),
            ruled_out=counted.count(Verdict.INELIGIBLE),
            within_reach=(self.answer.plan.total_low, self.answer.plan.total_high),
            undecided=sum(int(high) for high in undecided.values()),
        )


def best_verdicts(results: Iterable[Result]) -> dict[str, Verdict]:
    """The best verdict of each benefit among its subjects."""
    best: dict[str, Verdict] = {}
    for result in results:
        before = best.get(result.benefit.id)
        if before is None or _BEST_FIRST.index(result.verdict) < _BEST_FIRST.index(before):
            best[result.benefit.id] = result.verdict
    return best


def verdicts(screening: Screening | None, day: date) -> dict[str, Verdict]:
    """Where the visitor stands with each benefit on a day; nothing when nothing was answered."""
    if screening is None or not screening.facts:
        return {}
    _, facts = usable(screening.facts)
    return best_verdicts(advisor().results(facts.values, day, trace=False))


def facts_of(stated: Mapping[str, Any]) -> Facts:
    """Facts as a facts file has them, read by the engine's one reader; raises ``FactsRefusedError``."""
    if not stated:
        return Facts()
    text = facts_file(stated)
    source = read_source(text, "我的答案")
    if source.root is None:
        raise FactsRefusedError(tuple(one.message for one in source.diagnostics))
    facts, problems = read_facts(source.root, catalogue().vocabulary, catalogue().known_region)
    if problems:
        raise FactsRefusedError(tuple(one.message for one in problems))
    return facts


def facts_file(stated: Mapping[str, Any]) -> str:
    """The facts as the text of a facts file, which ``huiqi explain`` reads too."""
    vocabulary = catalogue().vocabulary
    written = {name: _written(vocabulary.get(name), value) for name, value in stated.items()}
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False)


def _written(declaration: FactDeclaration | None, value: Any) -> Any:
    """Days were kept as text, because JSON has no days; a facts file has them."""
    if declaration is None:
        return value
    if isinstance(value, list):
        return [
            {name: _written(declaration.fields.get(name), one) for name, one in item.items()}
            for item in value
        ]
    if declaration.type.kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def usable(stated: Mapping[str, Any]) -> tuple[dict[str, Any], Facts]:
    """The facts that the catalogue still accepts, as stated and read; others were given before it changed."""
    try:
        return dict(stated), facts_of(stated)
    except FactsRefusedError:
        kept = {name: value for name, value in stated.items() if _accepted(name, value)}
        return kept, facts_of(kept)


def _accepted(name: str, value: Any) -> bool:
    try:
        facts_of({name: value})
    except FactsRefusedError:
        return False
    return True


def standing(
    screening: Screening | None, day: date, *, trace: bool = False, benefit: str | None = None
) -> Standing:
    """Where the visitor stands on a day; nobody's facts when there is no screening yet.

    ``benefit`` narrows the answer to one benefit, which is much less work.
    """
    stated, facts = usable(screening.facts if screening is not None else {})
    passed = frozenset(screening.passed) if screening is not None else frozenset()
    answer = advisor().answer(facts, day, benefit, trace=trace)
    return Standing(answer, answer.questions(passed), stated)


def next_question(now: Standing, screening: Screening | None, about: str | None = None) -> str | None:
    """The key of the question to ask next, or ``None`` when nothing matters any more.

    The first three sort visitors: a choice or a yes or no that most benefits wait for. After them the
    engine's order holds, money decided per trouble; ``SWEEP`` stands for the page of collections, and what
    begins with ``BATCH`` for a page of small yes-or-no questions. ``about`` narrows it to what one benefit
    waits for.
    """
    left = now.questions
    if about is not None:
        left = [one for one in left if any(result.benefit.id == about for result in one.decides)]
        return left[0].key if left else None
    if not left:
        return None
    asked = len(screening.asked) if screening is not None else 0
    if asked < OPENING:
        sorting = [one for one in left if one.declaration.type.kind in (Kind.BOOL, Kind.CHOICE)]
        if sorting:
            return min(sorting, key=lambda one: (-len(one.decides), one.declaration.effort, one.key)).key
    if _is_collection(left[0]) and len(to_sweep(now, screening)) >= _WORTH_SWEEPING:
        return SWEEP
    if asked >= _SINGLY and left[0].declaration.type.kind is Kind.BOOL and "." not in left[0].key:
        small = [one.key for one in left if one.declaration.type.kind is Kind.BOOL and "." not in one.key]
        fewest, most = _BATCHED
        if len(small) >= fewest:
            return BATCH + ",".join(small[:most])
    return left[0].key


def to_sweep(now: Standing, screening: Screening | None) -> list[Question]:
    """The collections that are open and were not on an earlier page of collections."""
    swept = frozenset(screening.swept) if screening is not None else frozenset()
    return [one for one in now.questions if _is_collection(one) and one.key not in swept]


def _is_collection(question: Question) -> bool:
    return question.declaration.type.kind is Kind.COLLECTION


def fields_needed(now: Standing, collection: str, index: int) -> frozenset[str]:
    """The fields of one item that something still waits for: what would be asked if it were the only item."""
    items = now.answer.facts.values.get(collection)
    if not isinstance(items, tuple) or not 0 <= index < len(items):
        return frozenset()
    alone = {**now.answer.facts.values, collection: (items[index],)}
    keys = {
        key
        for result in advisor().results(alone, now.answer.on, trace=False)
        if result.verdict is Verdict.INCOMPLETE or result.claimable
        for key in (*result.missing, *result.missing_for_amount)
    }
    return frozenset(key.partition(".")[2] for key in keys if key.startswith(f"{collection}."))
