"""The answer for one enterprise: what it is due, how much, why, what is missing, and the best lawful plan.

One function serves the command line, the portal and, later, the interface for machines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any as Anything

from huiqi.allocate import Plan, TooHardError, plan
from huiqi.catalogue.fact_values import Facts
from huiqi.catalogue.load import Catalogue
from huiqi.clocks import BEIJING
from huiqi.entitlements import planning
from huiqi.evaluate.ask import Question, questions
from huiqi.evaluate.counterfactual import Way, counterfactual
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result, Verdict


def today() -> date:
    """The day it is in China."""
    return datetime.now(BEIJING).date()


@dataclass(frozen=True)
class Answer:
    """All results for one enterprise on one day, and the best lawful plan among them.

    ``undecided`` when it could not be proved which set is best; the plan is then empty and the notes say so.
    """

    on: date
    facts: Facts
    results: tuple[Result, ...]
    plan: Plan
    _catalogue: Catalogue = field(repr=False)
    undecided: bool = False

    @property
    def notes(self) -> list[str]:
        """What must be said beside the plan's total."""
        if self.undecided:
            return ["能同时享受的组合太多，没有算出最好的一组；各项的结论和金额不受影响。"]
        return planning.notes(self.results)

    def by_verdict(self, verdict: Verdict) -> tuple[Result, ...]:
        """The results with one verdict."""
        return tuple(result for result in self.results if result.verdict is verdict)

    def result(self, key: str) -> Result:
        """One result by its key; raises ``KeyError`` when there is none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> Mapping[str, Result]:
        return {result.key: result for result in self.results}

    def questions(self, skip: frozenset[str] = frozenset()) -> list[Question]:
        """What is worth asking next; facts said to be unknowable, and those in ``skip``, are left alone."""
        return questions(self.results, self._catalogue.vocabulary, skip | frozenset(self.facts.unknown))

    def ways(self, result: Result) -> tuple[Way, ...]:
        """What would have to change for a benefit that is ruled out."""
        return counterfactual(result.why, self._catalogue.vocabulary) if result.why is not None else ()


class Advisor:
    """Answers questions about one catalogue. Make it once: compiling the rules costs more than an answer."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._judge = Judge(catalogue.book)
        self._limits = planning.limits(catalogue.book.stacking)
        self._upper = planning.upper_funds(catalogue.book)

    def answer(
        self, facts: Facts, on: date | None = None, benefit: str | None = None, *, trace: bool = True
    ) -> Answer:
        """What the enterprise is due on a day, default today; with ``benefit``, of that benefit alone.

        Raises ``KeyError`` when there is no such benefit.
        """
        day = on if on is not None else today()
        results = self._judge.judge(facts.values, day, None if benefit is None else [benefit], trace=trace)
        had = planning.received(facts.values, day)
        try:
            chosen = plan(planning.claims(results), self._limits, self._upper, had)
        except TooHardError:
            # what is perhaps the best is not shown as the best: the results stand, the plan is left open
            return Answer(day, facts, tuple(results), Plan((), (), 0, 0), self.catalogue, undecided=True)
        return Answer(day, facts, tuple(results), chosen, self.catalogue)

    def results(self, values: Mapping[str, Anything], on: date, *, trace: bool = True) -> list[Result]:
        """The results alone, without a plan."""
        return self._judge.judge(values, on, trace=trace)
