"""The fold ``ask``: which fact to ask for next.

A fact is worth asking when an undecided benefit waits for it. Its weight is the money that it may decide,
shared among the facts that the benefit still waits for, over the trouble that the answer costs; so an easy
question that settles much comes first, and a question that settles nothing is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from huiqi.evaluate.result import Result, Verdict
from huiqi.language.vocabulary import FactDeclaration, Vocabulary, declaration_of

_NO_FIGURE = 10_000_00  # 分: what a benefit without a bounded amount of money is taken to weigh (1万元)
_MOST = 10**10  # 分: more than 1亿元 at stake does not make a question more urgent


@dataclass(slots=True)
class Question:
    """A fact to ask for: what it decides (result keys), the money at stake in 分, and its weight."""

    key: str
    declaration: FactDeclaration
    decides: list[Result] = field(default_factory=list)
    at_stake: int = 0
    weight: Fraction = Fraction(0)


def stake(result: Result) -> int:
    """The money in 分 that a benefit is worth deciding for; a nominal sum where it has no figure in money."""
    amount = result.amount
    if amount is None or not amount.is_money or not result.benefit.form.is_money:
        return _NO_FIGURE
    if amount.high is None:
        return max(int(amount.low), _NO_FIGURE)
    return min(int(amount.high), _MOST)


def questions(
    results: Iterable[Result], vocabulary: Vocabulary, skip: frozenset[str] = frozenset()
) -> list[Question]:
    """The facts still worth asking for, most useful first; ``skip`` are those that were asked already.

    Only benefits in force are asked about. A field of a collection is asked with its collection.
    """
    found: dict[str, Question] = {}
    for result in results:
        verdict_open = result.verdict is Verdict.INCOMPLETE
        amount_open = result.claimable and result.missing_for_amount
        if not verdict_open and not amount_open:
            continue
        waiting = result.missing if verdict_open else result.missing_for_amount
        worth = stake(result)
        for key in waiting:
            if key in skip:
                continue
            question = found.setdefault(key, Question(key, declaration_of(vocabulary, key)))
            question.decides.append(result)
            question.at_stake += worth
            question.weight += Fraction(worth, len(waiting) ** 2 * question.declaration.effort)
    return sorted(found.values(), key=lambda question: (-question.weight, question.key))
