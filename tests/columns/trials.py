"""A trial: a rule book, a day and some enterprises, all made from one number, judged in both ways."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result
from huiqi.language.benefit import RuleBook
from tests.columns.books import make_book
from tests.columns.comparing import Difference, compare, judged
from tests.columns.making import Maker, as_batch
from tests.columns.words import COLLECTIONS, ON, VOCABULARY

DATES = (ON, ON, ON, date(2024, 2, 29), date(2023, 12, 31), date(1, 1, 1), date(9999, 12, 31))
ENTERPRISES = 40
KEYS = (*VOCABULARY, *(f"{name}.{field}" for name in COLLECTIONS for field in VOCABULARY[name].fields))


@dataclass(frozen=True)
class Trial:
    """What a number stands for; ``without`` are facts that the table does not have."""

    seed: int
    book: RuleBook
    on: date
    without: tuple[str, ...]
    enterprises: list[Mapping[str, Any]]

    @cached_property
    def expected(self) -> list[list[Result]]:
        """The answers one by one."""
        return judged(Matcher(self.book, self.on), self.enterprises, Judge(self.book))

    @cached_property
    def batch(self) -> Batch:
        """The enterprises as a table."""
        return as_batch(self.book, self.enterprises, self.without)

    def differences(self, benefits: Collection[str] | None = None) -> list[Difference]:
        """Where the answers by columns, made anew, differ from those one by one.

        Of these benefits only, if any are named.
        """
        expected = self.expected
        if benefits is not None:
            expected = [[one for one in results if one.benefit.id in benefits] for results in expected]
        asked = None if benefits is None else [id_ for id_ in self.book.benefits if id_ in benefits]
        return list(compare(Matcher(self.book, self.on, asked), self.batch, expected))


def make_trial(seed: int) -> Trial:
    """The trial of a number: every third with the largest numbers, every fourth with facts left out."""
    choose = random.Random(seed)
    book = make_book(seed)
    without = tuple(key for key in KEYS if choose.random() < 0.15) if seed % 4 == 3 else ()
    maker = Maker(book, seed, extreme=0.05 if seed % 3 == 2 else 0, without=without)
    enterprises: list[Mapping[str, Any]] = [maker.enterprise() for _ in range(ENTERPRISES)]
    return Trial(seed, book, choose.choice(DATES), without, enterprises)


@lru_cache(maxsize=200)
def trial(seed: int) -> Trial:
    """The same, kept, since many tests try the same ones."""
    return make_trial(seed)
