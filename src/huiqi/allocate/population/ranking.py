"""One ranking: who is among the best, who is not, and who may be, in each cell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiqi.allocate.population.places import Entrant, Field, Key, Place, crowd
from huiqi.allocate.population.problem import INFINITE, Candidate, Entry, Number, Range, Ranking
from huiqi.allocate.population.result import Outcome, Seat
from huiqi.allocate.population.words import Case, seat_words
from huiqi.language.benefit import Ties

_ELSEWHERE = "\0"
"""The cell that nobody is known to be in, for those that may be in any."""


@dataclass(frozen=True, slots=True)
class Runner:
    """A candidate in one ranking, and whether it takes part for certain, or unless it leaves (``loose``)."""

    candidate: Candidate
    entry: Entry
    sure: bool
    loose: bool = False


def keys(ranking: Ranking, entry: Entry) -> tuple[Key, Key]:
    """The worst and the best key that an entry can have, greater being better."""
    pairs = [
        (worth.low, worth.high) if measure.more_is_better else (-worth.high, -worth.low)
        for measure, worth in zip(ranking.measures, entry.worth, strict=True)
    ]
    return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)


def longest(ranking: Ranking, candidates: Sequence[Candidate], place: int) -> Number:
    """How many can be on the list at most, however ties are dealt with where nothing says so.

    The ranking is the one in this ``place`` of those that the candidates have entries for.
    """
    if ranking.per:
        return INFINITE
    if ranking.ties is Ties.NONE:
        return ranking.places
    entrants = [Entrant(*keys(ranking, one.entries[place]), one.sure, one.many) for one in candidates]
    return ranking.places - 1 + max(1, crowd(entrants))


def seats(ranking: Ranking, runners: Sequence[Runner], leave: Number = 0) -> list[Seat]:
    """For each runner where it stands, supposing that it takes part; of the loose at most ``leave`` leave."""
    entrants = [
        Entrant(*keys(ranking, one.entry), sure=one.sure, many=one.candidate.many, loose=one.loose)
        for one in runners
    ]
    if not ranking.per:
        field = Field(entrants, leave)
        return [
            _seat(ranking, "", field, one, entrant) for one, entrant in zip(runners, entrants, strict=True)
        ]
    fields = _fields(runners, entrants, leave)
    return [
        _merged(
            [_seat(ranking, cell, fields[cell], one, entrant) for cell in _cells(one.entry, fields)],
            one.entry,
        )
        for one, entrant in zip(runners, entrants, strict=True)
    ]


def _fields(runners: Sequence[Runner], entrants: Sequence[Entrant], leave: Number) -> dict[str, Field]:
    """The competition in every cell; who may be in several takes part in each of them perhaps."""
    named = {cell for one in runners for cell in one.entry.cells or ()}
    inside: dict[str, list[Entrant]] = defaultdict(list)
    for one, entrant in zip(runners, entrants, strict=True):
        cells = one.entry.cells
        if cells is not None and len(cells) == 1:
            inside[next(iter(cells))].append(entrant)
            continue
        perhaps = Entrant(entrant.low, entrant.high, sure=False, many=entrant.many)
        for cell in (*named, _ELSEWHERE) if cells is None else cells:
            inside[cell].append(perhaps)
    return {cell: Field(inside[cell], leave) for cell in sorted(inside)}


def _cells(entry: Entry, fields: Mapping[str, Field]) -> list[str]:
    return sorted(fields) if entry.cells is None else sorted(entry.cells)


def _seat(ranking: Ranking, cell: str, field: Field, one: Runner, entrant: Entrant) -> Seat:
    several = ranking.per and (one.entry.cells is None or len(one.entry.cells) > 1)
    if several:  # it takes part in this cell only if it is in it, as in all the others
        entrant = Entrant(entrant.low, entrant.high, sure=False, many=entrant.many)
    place = field.place(entrant)
    outcome = decide(ranking, place)
    most = place.level_most if ranking.ties is Ties.OPEN else place.better_most
    worst = None if most == INFINITE else int(most) + 1
    seat = Seat(outcome, place.better_least + 1, worst, "")
    case = Case(
        ranking=ranking,
        cell="" if several else cell,
        entry=one.entry,
        place=place,
        gap=_gap(ranking, field, entrant) if outcome is Outcome.OUT else None,
        certain=field.certain,
    )
    return Seat(outcome, seat.best, seat.worst, seat_words(case, seat))


def decide(ranking: Ranking, place: Place) -> Outcome:
    """Whether a place among the best is certain, ruled out, or neither."""
    fits = place.better_most if ranking.ties is Ties.ALL else place.level_most
    beaten = place.level_least if ranking.ties is Ties.NONE else place.better_least
    if fits < ranking.places:
        return Outcome.IN
    return Outcome.OUT if beaten >= ranking.places else Outcome.OPEN


def _gap(ranking: Ranking, field: Field, entrant: Entrant) -> Range | None:
    """By how much the first measure falls short of the last place, if that is certain to be anything."""
    last = field.last(ranking.places)
    if last is None:
        return None
    least: Number = last[0][0] - entrant.high[0]
    return Range(least, last[1][0] - entrant.low[0]) if 0 < least < INFINITE else None


def _merged(found: Sequence[Seat], entry: Entry) -> Seat:
    """One answer from those for every cell that it may be in."""
    if len(found) == 1:
        return found[0]
    outcomes = {seat.outcome for seat in found}
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.OPEN
    worst = [seat.worst for seat in found]
    best = min(seat.best for seat in found)
    bounded = [one for one in worst if one is not None]
    missing = f"（{'、'.join(entry.missing)}）" if entry.missing else ""
    because = {
        Outcome.IN: f"不论分在哪一格都在名额之内{missing}",
        Outcome.OUT: f"不论分在哪一格名额都已满{missing}",
        Outcome.OPEN: f"不知道分在哪一格{missing}，定不了",
    }[outcome]
    return Seat(outcome, best, max(bounded) if len(bounded) == len(worst) else None, because)
