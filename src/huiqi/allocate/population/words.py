"""The reasons of an allotment in Chinese that somebody who ranks 51st understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiqi.allocate.population.places import Place
from huiqi.allocate.population.problem import INFINITE, Entry, Number, Range, Ranking
from huiqi.allocate.population.result import Outcome, Seat
from huiqi.language.benefit import Ties
from huiqi.language.units import money_words


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a candidate in one ranking when its reason is put into words.

    ``gap`` is how far it stays behind the last place by the first measure; ``certain`` when of nobody in the
    same cell anything is unknown.
    """

    ranking: Ranking
    cell: str
    entry: Entry
    place: Place
    gap: Range | None
    certain: bool


def position(best: int, worst: int | None) -> str:
    """The positions that somebody can have: 排第3名, 名次在3到5之间."""
    if best == worst:
        return f"排第{best}名"
    return f"名次在第{best}名或以后" if worst is None else f"名次在{best}到{worst}之间"


def seat_words(case: Case, seat: Seat) -> str:
    """Why somebody has a place, has none, or may have one."""
    said = {Outcome.IN: _inside, Outcome.OUT: _outside, Outcome.OPEN: _undecided}[seat.outcome](case, seat)
    return f"在{case.cell}{said}" if case.cell else said


def _inside(case: Case, seat: Seat) -> str:
    where, places = position(seat.best, seat.worst), case.ranking.places
    if case.ranking.ties is Ties.ALL and case.place.level_most >= places:
        return f"{where}，前{places}名按“并列都取”入选"
    if case.place.tied and case.ranking.ties is not Ties.OPEN:
        where = f"并列第{seat.best}名" if seat.best == seat.worst else where
    return f"{where}，在前{places}名之内"


def _outside(case: Case, seat: Seat) -> str:
    places, place = case.ranking.places, case.place
    if case.ranking.ties is Ties.NONE and place.better_least < places:
        tied = f"与另外{place.tied}家并列" if place.tied else "至少与别人并列"
        return f"{position(seat.best, seat.worst)}，{tied}，合起来超出前{places}名，按“并列都不取”不取"
    where = position(seat.best, seat.worst)
    if seat.best != seat.worst and not (case.ranking.ties is Ties.OPEN and case.certain):
        where = f"最好也只排第{seat.best}名"
    return f"{where}，前{places}名已满{_behind(case)}"


def _behind(case: Case) -> str:
    if case.gap is None:
        return ""
    least = "" if case.gap.exact else "至少"
    return f"，与第{case.ranking.places}名{least}相差{case.ranking.measures[0].gap(case.gap.low)}"


def _undecided(case: Case, seat: Seat) -> str:
    ranking, place = case.ranking, case.place
    missing = f"（{'、'.join(case.entry.missing)}）" if case.entry.missing else ""
    where, measure = position(seat.best, seat.worst), ranking.measures[0]
    if all(worth.open for worth in case.entry.worth):
        return f"没有“{measure.words}”的数{missing}，{where}，前{ranking.places}名定不了"
    unknown = [
        (measure, worth)
        for measure, worth in zip(ranking.measures, case.entry.worth, strict=True)
        if not worth.exact
    ]
    if unknown:
        measure, worth = unknown[0]
        return f"“{measure.words}”只知道是{measure.span(worth)}{missing}，{where}，前{ranking.places}名定不了"
    others = place.better_most - place.better_least
    if others == INFINITE:
        return f"有的对象没有列明有几项，{where}，前{ranking.places}名定不了"
    left = ranking.places - place.better_least
    if not others:
        known = place.tied == place.level_most - place.better_most
        tied = f"与另外{place.tied}家并列第{seat.best}名" if known else f"可能有人与它并列第{seat.best}名"
        how = "条文没有说并列的怎么取" if ranking.ties is Ties.OPEN else "并列几家还不知道"
        return f"{tied}，前{ranking.places}名只剩{left}个，{how}"
    tied = f"，另有{place.tied}家与它并列" if place.tied else ""
    return f"有{int(others)}家数据不全，{where}{tied}，前{ranking.places}名定不了"


def supposing(outcome: Outcome, waiting: Sequence[str], because: str) -> str:
    """The reason of somebody who may not be eligible at all."""
    if outcome is Outcome.OUT:
        return f"即使符合条件，{because}"
    return f"还不能确定符合条件（{'、'.join(waiting)}）；如果符合，{because}"


def money(fen: Number) -> str:
    """An amount for people."""
    return "不限" if isinstance(fen, float) else money_words(fen)


def money_span(amount: Range) -> str:
    """A range of money for people."""
    if amount.high == INFINITE:
        return f"{money(amount.low)}以上"
    return money(amount.low) if amount.exact else f"{money(amount.low)}至{money(amount.high)}"
