"""From a table of claims to what is taken of them: rules are bound once for all, problems decided in columns.

Most enterprises differ in their amounts only. So the rules are applied to the *kinds* of claims that there
are (a benefit, and the place of its item), not to claims. What falls apart for the kinds falls apart for
every enterprise; kinds that take each other's place in the same way (twins) are represented by the best that
an enterprise has; and enterprises that then have the same kinds in the same order have the same problem, with
other amounts: it is made once, and decided for all of them in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huiqi.allocate.binding import Bound, as_problem, bind, outranks
from huiqi.allocate.many.choose import Amounts, Choices, Effort, Truths, choose
from huiqi.allocate.many.links import Links
from huiqi.allocate.problem import Problem
from huiqi.allocate.rules import Claim, Limit, UpperFunds
from huiqi.allocate.twins import find_twins

_REMEMBERED = 1 << 13  # problems, of a few kilobytes each
_ANY_AMOUNT = 1 << 62  # more than any claim brings, so that every cap on money that can bind does


@dataclass(frozen=True, slots=True)
class _Ranking:
    """就高 in one bucket: of these groups of kinds, those that enough others outrank are not open."""

    groups: tuple[tuple[int, ...], ...]
    room: int


@dataclass(frozen=True, slots=True)
class _Together:
    """Kinds that hang together, the problem that they make, and the rankings in it; numbered within it."""

    problem: Problem
    rankings: tuple[_Ranking, ...]


class Planner:
    """Chooses for many enterprises under the same rules. Make it once for the kinds of claims that there are.

    ``kinds`` are claims without amounts (those given are not looked at), with different keys; values of
    ``keys`` count only as equal or not. ``effort`` keeps the count of what is done. Raises ``ValueError``
    when two have the same key.
    """

    def __init__(
        self,
        kinds: Sequence[Claim],
        limits: Iterable[Limit],
        upper: Iterable[UpperFunds],
        effort: Effort | None = None,
    ) -> None:
        order = sorted(range(len(kinds)), key=lambda kind: kinds[kind].key)
        ordered = [replace(kinds[kind], low=0, high=0) for kind in order]
        if len({kind.key for kind in ordered}) < len(ordered):
            raise ValueError("有两类权益的标识相同")
        self.effort = effort if effort is not None else Effort()
        self._place = np.empty(len(order), np.int64)
        self._place[order] = np.arange(len(order))
        # Without amounts nothing is the highest, so that nothing is barred; with any, every total may bind.
        bound = bind(ordered, tuple(limits), tuple(upper), ())
        worth = [replace(kind, high=_ANY_AMOUNT) for kind in ordered]
        problem = as_problem(worth, bound).part(range(len(ordered)))
        self._most = np.array(problem.high, np.int64)
        self._component = np.full(len(order), -1, np.int64)
        self._within = np.zeros(len(order), np.int64)
        self._together: list[_Together] = []
        for component in problem.components():
            if len(component) > 1:
                self._component[list(component)] = len(self._together)
                self._within[list(component)] = range(len(component))
                rankings = tuple(_rankings(bound, component))
                self._together.append(_Together(problem.part(component), rankings))
        # What is made again and again for the same kinds is remembered, the latest so many.
        self._part = lru_cache(_REMEMBERED)(self._make_part)
        self._parts = lru_cache(_REMEMBERED)(self._make_parts)
        self._links = Links(problem)
        self._twin = _twins(problem, bound)
        self._has_twins = np.bincount(self._twin, minlength=1)[self._twin] > 1

    def plan(self, claims: pl.DataFrame) -> pl.DataFrame:
        """What is taken of the claims (``row``: the enterprise, ``kind``, ``low`` and ``high`` in 分).

        Each enterprise has a kind at most once, and all its amounts together stay within 64 bits. The answer
        has for each claim, in the given order, ``taken``, ``low`` and ``high``, what it is paid (nothing
        where it is not taken), and ``undecided`` where no proof was found of what is best among the claims
        that hang together with this one.
        """
        place = self._place[claims["kind"].to_numpy()]
        own = claims["low"].to_numpy(), claims["high"].to_numpy()
        low, high = (np.minimum(one, self._most[place]) for one in own)
        answer = Choices.none(len(place), 1)
        taken, undecided = answer.taken[:, 0], answer.undecided
        paid_low, paid_high = answer.low[:, 0], answer.high[:, 0]

        def take(at: NDArray[np.int64]) -> None:
            taken[at] = True
            paid_low[at], paid_high[at] = low[at], high[at]

        component = self._component[place]
        take((component < 0).nonzero()[0])
        at = (component >= 0).nonzero()[0]
        asked = pl.DataFrame(
            {
                "at": at,
                "row": claims["row"].to_numpy()[at],
                "component": component[at],
                "place": place[at],
                "low": low[at],
                "high": high[at],
            }
        )
        alone, several = self._patterns(self._leaders(asked))
        take(alone)
        self.effort.patterns += len(several)
        for number, kinds, cells in several:
            values = (low[cells], high[cells])
            chosen = self._decide(number, kinds, values, (own[0][cells], own[1][cells]))
            taken[cells], paid_low[cells], paid_high[cells] = chosen.taken, chosen.low, chosen.high
            undecided[cells] = chosen.undecided[:, None]
        return pl.DataFrame({"taken": taken, "low": paid_low, "high": paid_high, "undecided": undecided})

    def _leaders(self, asked: pl.DataFrame) -> pl.DataFrame:
        """Of each enterprise's claims that are twins, the one that pays most; of equals the first."""
        place = asked["place"].to_numpy()
        asked = asked.with_columns(twin=self._twin[place])
        some = pl.Series(self._has_twins[place])
        ranked = asked.filter(some).sort(
            "row",
            "component",
            "twin",
            "low",
            "high",
            "place",
            descending=[False, False, False, True, True, False],
        )
        leaders = ranked.unique(["row", "component", "twin"], keep="first", maintain_order=True)
        return pl.concat([leaders, asked.filter(~some)])

    def _patterns(
        self, leaders: pl.DataFrame
    ) -> tuple[NDArray[np.int64], list[tuple[int, tuple[int, ...], NDArray[np.int64]]]]:
        """Claims that nothing stands beside; and for each pattern its component, kinds, and claims.

        The claims have a row for each enterprise, and a column for each kind.
        """
        columns = (leaders[name].to_numpy() for name in ("row", "place", "high"))
        sets = (
            leaders.lazy()
            .with_columns(pl.Series("together", self._links.together(*columns)))
            .sort("component", "together", "place")
            .group_by("component", "together", maintain_order=True)
            .agg("twin", "at")
        ).collect()
        alone = sets.filter(pl.col("twin").list.len() == 1)["at"].explode().to_numpy()
        patterns = (
            sets.lazy()
            .filter(pl.col("twin").list.len() > 1)
            .group_by("component", "twin", maintain_order=True)
            .agg(pl.col("at").explode())
        ).collect()
        several = [
            (component, tuple(self._within[twins].tolist()), at.to_numpy().reshape(-1, len(twins)))
            for component, twins, at in zip(
                patterns["component"], patterns["twin"].to_list(), patterns["at"], strict=True
            )
        ]
        return alone, several

    def _decide(
        self,
        number: int,
        kinds: tuple[int, ...],
        amounts: tuple[Amounts, Amounts],
        own: tuple[Amounts, Amounts],
    ) -> Choices:
        """The choices of enterprises with the same kinds; ``own`` are amounts before what totals leave."""
        problem = self._part(number, kinds)
        barred = _outranked(self._together[number].rankings, kinds, own)
        wanted = amounts[1] * ~barred
        scarce = [wanted[:, cap.members].sum(axis=1) > cap.room for cap in problem.totals]
        chosen = Choices.none(*amounts[0].shape)
        for rows in _alike(np.column_stack([barred, *scarce])):
            example = rows[0]
            binding = tuple(bool(one[example]) for one in scarce)
            for items, part in self._parts(number, kinds, tuple(barred[example].tolist()), binding):
                cells = np.ix_(rows, items)
                low, high = amounts[0][cells], amounts[1][cells]
                if part is None:
                    chosen.taken[cells], chosen.low[cells], chosen.high[cells] = True, low, high
                else:
                    chosen.put(rows, items, choose(part, low, high, self.effort))
        return chosen

    def _make_part(self, number: int, kinds: tuple[int, ...]) -> Problem:
        """The problem of those that have these kinds, with every total that may bind."""
        return self._together[number].problem.part(kinds)

    def _make_parts(
        self, number: int, kinds: tuple[int, ...], barred: tuple[bool, ...], scarce: tuple[bool, ...]
    ) -> list[tuple[NDArray[np.int64], Problem | None]]:
        """What is to be decided apart, without what is barred, and with the totals that bind.

        First come the items that nothing stands beside, without a problem.
        """
        problem = self._part(number, kinds)
        totals = tuple(cap for cap, binds in zip(problem.totals, scarce, strict=True) if binds)
        open_ones = [item for item, is_barred in enumerate(barred) if not is_barred]
        problem = replace(problem, totals=totals).part(open_ones)
        alone: list[int] = []
        several: list[tuple[NDArray[np.int64], Problem | None]] = []
        for component in problem.components():
            if len(component) == 1:
                alone.append(open_ones[component[0]])
            else:
                items = np.array([open_ones[item] for item in component])
                several.append((items, problem.part(component)))
        return [(np.array(alone, np.int64), None), *several]


def _alike(cases: Truths) -> Iterator[NDArray[np.int64]]:
    """The numbers of the rows that are equal, group by group."""
    if not cases.any():
        yield np.arange(len(cases))
        return
    _, group_of = np.unique(cases, axis=0, return_inverse=True)
    for group in range(int(group_of.max()) + 1):
        yield (group_of.ravel() == group).nonzero()[0]


def _rankings(bound: Bound, component: Sequence[int]) -> Iterable[_Ranking]:
    """Where 就高 can turn something down among these kinds."""
    number = {kind: index for index, kind in enumerate(component)}
    for cap in bound.slots:
        if cap.highest_only and len(cap.groups) > cap.room and cap.groups[0][0] in number:
            yield _Ranking(tuple(tuple(number[kind] for kind in group) for group in cap.groups), cap.room)


def _twins(problem: Problem, bound: Bound) -> NDArray[np.int64]:
    """For each kind the first of those that are twins of it whatever the amounts."""
    ranked = {
        kind
        for cap in bound.slots
        if cap.highest_only and len(cap.groups) > cap.room
        for group in cap.groups
        for kind in group
    }
    first: dict[int, int] = {}
    twin = np.arange(problem.size)
    for kind, leader in enumerate(find_twins(problem).leader_of):
        if kind not in ranked:
            twin[kind] = first.setdefault(leader, kind)
    return twin


def _outranked(rankings: Iterable[_Ranking], kinds: Sequence[int], own: tuple[Amounts, Amounts]) -> Truths:
    """Which kinds (columns) 就高 turns down for each enterprise (row), as `binding` does for one."""
    barred = np.zeros(own[0].shape, bool)
    column = {kind: index for index, kind in enumerate(kinds)}
    for ranking in rankings:
        groups = [
            here for group in ranking.groups if (here := [column[kind] for kind in group if kind in column])
        ]
        if len(groups) <= ranking.room:
            continue
        amounts = [(own[0][:, group].sum(axis=1), own[1][:, group].sum(axis=1)) for group in groups]
        for group, amount in zip(groups, amounts, strict=True):
            higher = np.sum([outranks(other, amount) for other in amounts], axis=0)
            barred[:, group] |= (higher >= ranking.room)[:, None]
    return barred
