"""Everything that may turn out, one after the other, and who gets what then: written for no speed at all.

A completion makes every number exact and says who takes part. What is handed out in it is worked out in the
most literal way, from the definitions of docs/language.md (十) alone.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from huiqi.allocate.population import (
    Budget,
    Candidate,
    Contest,
    Entry,
    Measure,
    Outcome,
    Range,
    Ranking,
    Shortfall,
    Ties,
)

IN, OUT, OPEN = Outcome.IN, Outcome.OUT, Outcome.OPEN
ELIGIBLE: tuple[str, ...] = ()


def candidate(
    key: str,
    *worth: int | tuple[int, int],
    sure: bool = True,
    cells: Sequence[str] | None = ("",),
    amount: int | tuple[int, int] = 0,
    arrived: int = 0,
    holder: str = "",
) -> Candidate:
    """Somebody with a worth by each measure: a number, or a range of whole numbers."""
    entry = Entry(tuple(map(span, worth)), None if cells is None else frozenset(cells))
    waiting = ELIGIBLE if sure else ("缺：规模",)
    return Candidate(key, holder or key, (entry,), span(amount), waiting, arrived=span(arrived))


def span(written: int | tuple[int, int]) -> Range:
    return Range(written, written) if isinstance(written, int) else Range(*written)


def ranking(
    places: int, ties: Ties = Ties.OPEN, *, measures: int = 1, per: bool = False, more: bool = True
) -> Ranking:
    return Ranking(places, tuple(Measure(f"依据{n + 1}", more) for n in range(measures)), ties, per)


@dataclass(frozen=True)
class Known:
    """Somebody of whom everything is known: its key (greater is better), its cell, what it is due."""

    key: str
    worth: tuple[int, ...]
    cell: str
    amount: int
    arrived: int


def numbers(one: Range) -> range:
    assert isinstance(one.low, int)
    assert isinstance(one.high, int)
    return range(one.low, one.high + 1)


def ways(one: Candidate, rule: Ranking | None, cells: Sequence[str]) -> Iterator[Known | None]:
    """Every way in which one may turn out; ``None`` when it does not take part."""
    if not one.sure:
        yield None
    entry = one.entries[0] if one.entries else Entry(())
    signs = [1 if measure.more_is_better else -1 for measure in rule.measures] if rule else []
    for worth in itertools.product(*map(numbers, entry.worth)):
        better = tuple(sign * number for sign, number in zip(signs, worth, strict=True))
        for cell in cells if entry.cells is None else sorted(entry.cells):
            for amount in numbers(one.amount):
                for arrived in numbers(one.arrived):
                    yield Known(one.key, better, cell, amount, arrived)


def completions(contest: Contest) -> Iterator[list[Known]]:
    """Every way in which all may turn out together."""
    rule = contest.rankings[0] if contest.rankings else None
    named = {cell for one in contest.candidates for entry in one.entries for cell in entry.cells or ()}
    every = [ways(one, rule, [*sorted(named), f"另外·{one.key}", "另外"]) for one in contest.candidates]
    for found in itertools.product(*map(list, every)):
        yield [one for one in found if one is not None]


def position(rule: Ranking, known: Sequence[Known], one: Known) -> tuple[int, int]:
    """The first and the last position that it has, which differ only where ties are left open."""
    rivals = [other for other in known if other.key != one.key and (not rule.per or other.cell == one.cell)]
    better = sum(other.worth > one.worth for other in rivals)
    level = sum(other.worth == one.worth for other in rivals)
    return better + 1, better + 1 + (level if rule.ties is Ties.OPEN else 0)


def listed(rule: Ranking, known: Sequence[Known], one: Known) -> Outcome:
    """Whether it is among the best when everything is known."""
    rivals = [other for other in known if other.key != one.key and (not rule.per or other.cell == one.cell)]
    better = sum(other.worth > one.worth for other in rivals)
    level = sum(other.worth == one.worth for other in rivals)
    if better + level + 1 <= rule.places:
        return IN
    if better + 1 > rule.places:
        return OUT
    return {Ties.ALL: IN, Ties.NONE: OUT, Ties.OPEN: OPEN}[rule.ties]


def payments(budget: Budget, paid: Sequence[Known], one: Known) -> tuple[int, int]:
    """What it gets of the budget beside the others that get something, at least and at most."""
    total = sum(other.amount for other in paid)
    if total <= budget.total:
        return one.amount, one.amount
    match budget.shortfall:
        case Shortfall.PRO_RATA:
            share = Fraction(budget.total, total) * one.amount
            return int(share), int(share)
        case Shortfall.UNSTATED:
            return 0, min(one.amount, budget.total)
    first = budget.shortfall is Shortfall.FIRST_COME
    turns: list[tuple[int, ...]] = [(-other.arrived,) if first else other.worth for other in paid]
    mine = (-one.arrived,) if first else one.worth
    others = [(turn, other) for turn, other in zip(turns, paid, strict=True) if other.key != one.key]
    ahead = sum(other.amount for turn, other in others if turn > mine)
    level = sum(other.amount for turn, other in others if turn == mine)
    least = one.amount if ahead + level + one.amount <= budget.total else 0
    most = min(one.amount, max(0, budget.total - ahead))
    return least, most


def renamed(contest: Contest, order: Sequence[int]) -> Contest:
    """The same contest with its candidates in another order."""
    return replace(contest, candidates=[contest.candidates[place] for place in order])
