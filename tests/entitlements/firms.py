"""What tests of many plans share: enterprises of the real catalogue, made at random, and verdicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from huiqi.catalogue.cases import read_cases
from huiqi.catalogue.consistency import RECEIVED
from huiqi.catalogue.load import Catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.outcome import LONG
from huiqi.columns.verdicts import VERDICTS
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result
from huiqi.evaluate.values import Uncertain
from huiqi.language.benefit import Benefit, RuleBook
from huiqi.language.types import Kind
from tests.columns.making import as_batch

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2024, 6, 1)


class Firms:
    """Makes enterprises that are due much: each has what worked examples of some benefits have."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self._catalogue = catalogue
        judge = Judge(catalogue.book)
        self._cases = [
            case
            for case in read_cases(catalogue)[0]
            if case.benefit and judge.judge(case.facts, DAY, [case.benefit], trace=False)[0].claimable
        ]
        self._random = Random(seed)

    def make(self, *, received: bool) -> dict[str, Any]:
        """The facts of one enterprise, with or without something received."""
        facts: dict[str, Any] = {}
        vocabulary = self._catalogue.vocabulary
        for case in self._random.sample(self._cases, self._random.randint(1, 40)):
            for name, value in case.facts.items():
                if name == RECEIVED:
                    continue
                if vocabulary[name].type.kind is Kind.COLLECTION:
                    facts[name] = (*facts.get(name, ()), *value)[:4]
                else:
                    facts[name] = value
        if received:
            facts[RECEIVED] = tuple(self._grant(facts) for _ in range(self._random.randint(1, 3)))
        return facts

    def _grant(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Something received, mostly for one of the benefits that rules are about."""
        pick = self._random
        ruled = [
            self._catalogue.benefits[id]
            for rule in self._catalogue.book.stacking
            for id in sorted(rule.benefits)
        ]
        benefit = pick.choice(ruled)
        grant = {
            "级别": pick.choice(["国家", "省", "市", "县区"]),
            "年度": pick.choice([2023, 2024, 2024]),
            "责任单位": pick.choice(benefit.departments or ("财政局",)),
            "金额": pick.choice([0, 1_000_000, 200_000_000]),
        }
        if pick.random() < 0.7:
            grant["事项"] = benefit.id
        if benefit.matter:
            grant["事由"] = benefit.matter
        items = facts.get(benefit.subject or "")
        if items:
            label = self._catalogue.vocabulary[benefit.subject or ""].label_field
            grant["项目"] = f"{benefit.subject}·1·{items[0].get(label, '第1项')}"
        return {name: value for name, value in grant.items() if pick.random() < 0.9}


def as_batch_with_odd(book: RuleBook, firms: Sequence[Mapping[str, Any]]) -> Batch:
    """The enterprises as a batch, those with a fact that is known only as a range as odd ones."""
    odd = {row: facts for row, facts in enumerate(firms) if any(map(_is_open, facts.values()))}
    return replace(as_batch(book, [{} if row in odd else facts for row, facts in enumerate(firms)]), odd=odd)


def _is_open(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(_is_open(part) for item in value for part in item.values())
    return isinstance(value, Uncertain)


def verdict_table(judged: Sequence[Iterable[Result]], benefits: Sequence[Benefit]) -> pl.DataFrame:
    """The results of each enterprise as `columns` gives them, without amounts that are not money."""
    number = {benefit.id: place for place, benefit in enumerate(benefits)}
    rows = [
        (row, number[one.benefit.id], one.item_index, VERDICTS.index(one.verdict), *_money(one))
        for row, results in enumerate(judged)
        for one in results
    ]
    names = ("row", "benefit", "item", "verdict", "low", "high")
    return pl.DataFrame(rows, schema={name: LONG[name] for name in names}, orient="row")


def _money(one: Result) -> tuple[int | None, int | None]:
    if one.amount is None or not one.amount.is_money:
        return None, None
    return int(one.amount.low), None if one.amount.high is None else int(one.amount.high)
