"""Every list filled, those that exclude each other together, and every budget paid out.

Lists that exclude each other are narrowed down round by round. At first everybody may leave a list for
another one; who cannot be on the other one does not; and so on until nothing changes. What is said to be
certain after any number of rounds is certain. What stays 未定 on such lists may be settled all the same,
because it is not worked out which choices come about together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from huiqi.allocate.population.budget import Payee, Payment, pay
from huiqi.allocate.population.places import Key
from huiqi.allocate.population.problem import (
    INFINITE,
    Candidate,
    Contest,
    Exclusion,
    Number,
    Range,
)
from huiqi.allocate.population.ranking import Runner, keys, longest, seats
from huiqi.allocate.population.result import Outcome, Seat, Standing
from huiqi.allocate.population.words import supposing
from huiqi.language.benefit import Shortfall

NOTHING = Range(0, 0)


def allot(
    contests: Iterable[Contest], exclusions: Sequence[Exclusion] = ()
) -> dict[str, tuple[Standing, ...]]:
    """For each contest, by its key, what becomes of each candidate.

    They are in the order of best and worst position, then of their keys; the order in which anything is given
    makes no difference.

    The candidates of a contest must be all there are: nobody is ranked against somebody who is not given.
    Raises ``ValueError`` when an exclusion names a contest that is not there.
    """
    every = {one.key: one for one in sorted(contests, key=lambda one: one.key)}
    for exclusion in exclusions:
        if unknown := (exclusion.contests | set(exclusion.first)) - every.keys():
            raise ValueError(f"不重复的名单里没有：{'、'.join(sorted(unknown))}")
    ways = [
        [replace(one, refill=refill) for refill in ((True, False) if one.refill is None else (one.refill,))]
        for one in exclusions
    ]
    found = [_Filling(every, way).standings() for way in itertools.product(*ways)]
    return {
        key: tuple(sorted(map(_either, zip(*(one[key] for one in found), strict=True)), key=_order))
        for key in every
    }


def _order(one: Standing) -> tuple[bool, int, bool, int, str]:
    return one.best is None, one.best or 0, one.worst is None, one.worst or 0, one.key


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Who may leave a list for another, and who has left; by holder, with the name of the other list.

    ``refill`` when their place goes to the next. At ``most`` so many are on the other lists, and can leave.
    """

    may: Mapping[str, str]
    gone: Mapping[str, str]
    refill: bool
    most: Number
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Listed:
    """A candidate on a list or not, before any budget; no seat when it never took part in a ranking."""

    candidate: Candidate
    outcome: Outcome
    seat: Seat | None
    because: str


@dataclass
class _Filling:
    """All lists under rules in which refilling is settled."""

    contests: Mapping[str, Contest]
    exclusions: Sequence[Exclusion]
    possible: dict[str, frozenset[str]] = field(default_factory=dict)
    certain: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: dict[str, Number] = field(default_factory=dict)

    def standings(self) -> dict[str, list[Standing]]:
        """The candidates of each contest in the order of their keys."""
        for key, contest in self.contests.items():
            self.possible[key] = frozenset(one.holder for one in contest.candidates)
            self.certain[key] = frozenset()
            self.longest[key] = _longest(contest)
        listed: dict[str, list[_Listed]] = {}
        waiting = set(self.contests)
        while waiting:
            for key in sorted(waiting):
                listed[key] = self._list(self.contests[key])
            changed = set()
            for key in waiting:
                possible = frozenset(
                    one.candidate.holder for one in listed[key] if one.outcome is not Outcome.OUT
                )
                certain = frozenset(one.candidate.holder for one in listed[key] if one.outcome is Outcome.IN)
                if (possible, certain) != (self.possible[key], self.certain[key]):
                    self.possible[key], self.certain[key] = possible, certain
                    changed.add(key)
            waiting = {other for one in self.exclusions if one.contests & changed for other in one.contests}
        return {key: list(_paid(self.contests[key], listed[key])) for key in self.contests}

    def _list(self, contest: Contest) -> list[_Listed]:
        leavings = list(self._leavings(contest.key))
        dropped = {holder for one in leavings if one.refill for holder in one.gone}
        loose = {holder for one in leavings if one.refill for holder in one.may}
        candidates = sorted(contest.candidates, key=lambda one: one.key)
        running = {one.key: one.sure for one in candidates if one.holder not in dropped}
        leave = sum((one.most for one in leavings if one.refill), start=0.0)
        reached: dict[str, Seat] = {}
        for place, ranking in enumerate(contest.rankings):
            runners = [
                _runner(one, place, running[one.key], one.holder in loose)
                for one in candidates
                if one.key in running
            ]
            for runner, seat in zip(runners, seats(ranking, runners, leave), strict=True):
                key = runner.candidate.key
                before = reached.get(key)
                reached[key] = seat if before is None else _passed(before, seat)
                if seat.outcome is Outcome.OUT:
                    del running[key]
                elif seat.outcome is Outcome.OPEN:
                    running[key] = False
        return [_listed(one, reached.get(one.key), leavings) for one in candidates]

    def _leavings(self, key: str) -> Iterator[_Leaving]:
        for exclusion in self.exclusions:
            if key not in exclusion.contests:
                continue
            may: dict[str, str] = {}
            gone: dict[str, str] = {}
            most: Number = 0
            for other in sorted(exclusion.contests - {key}):
                if exclusion.before(key, other):
                    continue
                name = self.contests[other].name
                may.update(dict.fromkeys(self.possible[other], name))
                left = min(self.longest[other], len(self.possible[other]))
                if exclusion.before(other, key):
                    gone.update(dict.fromkeys(self.certain[other], name))
                    left -= len(self.certain[other])
                most += max(0, left)
            yield _Leaving(may, gone, bool(exclusion.refill), most, exclusion.chosen)


def _runner(one: Candidate, place: int, sure: bool, loose: bool) -> Runner:
    return Runner(one, one.entries[place], sure and not loose, sure and loose)


def _longest(contest: Contest) -> Number:
    """How many can be on the list at most."""
    return min(
        (longest(one, contest.candidates, place) for place, one in enumerate(contest.rankings)),
        default=INFINITE,
    )


def _passed(before: Seat, after: Seat) -> Seat:
    """Two rankings that must both be passed, the first of which was not failed."""
    if before.outcome is Outcome.OPEN and after.outcome is not Outcome.OUT:
        return replace(
            after, outcome=Outcome.OPEN, because=f"{before.because}；如果过了这一关，{after.because}"
        )
    return after


def _listed(one: Candidate, seat: Seat | None, leavings: Sequence[_Leaving]) -> _Listed:
    outcome = Outcome.IN if seat is None else seat.outcome
    because = "" if seat is None else seat.because
    for leaving in leavings:
        if one.holder in leaving.gone:
            name = leaving.gone[one.holder]
            return _Listed(one, Outcome.OUT, seat, f"已在“{name}”入选，两个名单不重复")
    if one.waiting:
        because = supposing(outcome, one.waiting, because or "有资格")
        outcome = Outcome.OUT if outcome is Outcome.OUT else Outcome.OPEN
    other = next((leaving for leaving in leavings if one.holder in leaving.may), None)
    if other is not None and outcome is not Outcome.OUT:
        which = "进哪一个由自己选" if other.chosen else "进哪一个还定不了"
        because = f"{because}；也可能在“{other.may[one.holder]}”入选，两个名单不重复，{which}"
        outcome = Outcome.OPEN
    return _Listed(one, outcome, seat, because)


def _paid(contest: Contest, listed: Sequence[_Listed]) -> Iterator[Standing]:
    """What those on the list get, out of the budget if there is one."""
    payments: dict[str, Payment] = {}
    if contest.budget is not None:
        on = [one for one in listed if one.outcome is not Outcome.OUT]
        payees = [_payee(contest, one) for one in on]
        for one, payment in zip(on, pay(contest.budget, payees, _longest(contest)), strict=True):
            payments[one.candidate.key] = payment
    for one in listed:
        yield _standing(one, payments.get(one.candidate.key))


def _payee(contest: Contest, one: _Listed) -> Payee:
    assert contest.budget is not None
    candidate = one.candidate
    low: Key = ()
    high: Key = ()
    if contest.budget.shortfall is Shortfall.FIRST_COME:
        low, high = (-candidate.arrived.high,), (-candidate.arrived.low,)
    elif contest.budget.shortfall is Shortfall.BY_RANK and contest.rankings and not contest.rankings[-1].per:
        low, high = keys(contest.rankings[-1], candidate.entries[-1])
    return Payee(one.outcome is Outcome.IN, candidate.amount, low, high, candidate.many)


def _standing(one: _Listed, payment: Payment | None) -> Standing:
    seat, outcome, because = one.seat, one.outcome, one.because
    paid = one.candidate.amount
    if payment is not None:
        paid = payment.paid
        because = "；".join(filter(None, (because, payment.because)))
        if payment.outcome is not Outcome.IN:
            outcome = payment.outcome
    if outcome is Outcome.OUT:
        paid = NOTHING
    elif outcome is Outcome.OPEN:
        paid = Range(0, paid.high)
    best, worst = (seat.best, seat.worst) if seat else (None, None)
    return Standing(one.candidate.key, best, worst, outcome, paid, because)


def _either(ways: tuple[Standing, ...]) -> Standing:
    """One answer from those under every reading of what the text does not say."""
    first = ways[0]
    if all(one == first for one in ways):
        return first
    placed = [one for one in ways if one.best is not None]
    best = min((one.best for one in placed if one.best is not None), default=None)
    worst = [one.worst for one in placed]
    bounded = [one for one in worst if one is not None]
    outcomes = {one.outcome for one in ways}
    outcome = first.outcome if len(outcomes) == 1 else Outcome.OPEN
    paid = Range(min(one.paid.low for one in ways), max(one.paid.high for one in ways))
    if outcome is Outcome.OPEN:
        paid = Range(0, paid.high)
    because = first.because
    if len(outcomes) > 1:
        because = f"条文没有说空出来的名额递不递补：递补则{first.because}；不递补则{ways[-1].because}"
    return Standing(
        first.key,
        best,
        max(bounded) if bounded and len(bounded) == len(worst) else None,
        outcome,
        paid,
        because,
    )
