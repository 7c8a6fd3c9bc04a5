"""The figures at which rules change their mind: where mistakes in 以上 and 以下 show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from huiqi.language import syntax as s
from huiqi.language.benefit import RuleBook
from huiqi.population.values import day_number


def thresholds(book: RuleBook) -> Mapping[str, tuple[float, ...]]:
    """By fact key, the numbers (base units) and days that rules compare the fact with as it is."""
    found: dict[str, set[float]] = defaultdict(set)
    for tree in _trees(book):
        for node in s.walk(tree):
            if isinstance(node, s.Compare):
                for fact, figure in ((node.left, node.right), (node.right, node.left)):
                    if isinstance(fact, s.Fact) and isinstance(figure, s.Literal):
                        value = figure.value
                        if isinstance(value, date):
                            found[fact.key].add(day_number(value))
                        elif not isinstance(value, bool | str) and value > 0:
                            found[fact.key].add(float(value))
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _trees(book: RuleBook) -> Iterator[s.Node]:
    yield from (rule.body for rule in book.rules.values())
    for benefit in book.benefits.values():
        yield benefit.condition
        if benefit.amount is not None:
            yield benefit.amount.total
