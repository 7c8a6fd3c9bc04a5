"""``due``: when a period ends, and ``recompute``: what another calendar makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiqi.clocks.calendar import WorkCalendar
from huiqi.clocks.day_count import count_days
from huiqi.clocks.explain import CountedDay
from huiqi.clocks.period import Extension, Moment, Pause, Period, Unit
from huiqi.clocks.rules import GENERAL, CountingRule
from huiqi.clocks.time_count import count_time
from huiqi.clocks.words import moved_words, words_of

KEPT = 4096
"""How many answers a calendar keeps; a case asks the same again and again, once for each event."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends, and why then.

    - ``day``: the last day; ``None`` while a pause goes on, and then ``left`` of ``left_unit`` remain (for
      hours and minutes: minutes, a begun one counted);
    - ``unrolled``: the last day before it was moved off days of rest, for reminders;
    - ``ends``: the moment from which it is over: midnight after the last day, close of business, or for hours
      and minutes the moment itself;
    - ``provisional``: it rests on a year without a notice, and must never fire by itself;
    - ``unsettled``: it rests on days that the next notice may change, which includes the last week of the
      last announced year;
    - ``days``: every day, counted or not, and why; ``words``: the same in a sentence.
    """

    period: Period
    day: date | None
    unrolled: date | None
    ends: datetime | None
    left: int | None
    left_unit: Unit | None
    provisional: bool
    unsettled: bool
    days: tuple[CountedDay, ...]
    words: str

    @property
    def certain(self) -> bool:
        """Tell a due date that may fire by itself: there is one, and no coming notice can move it.

        A notice that amends a year already announced (as in 2019 and 2020) still can: enter it, recompute.
        """
        return self.day is not None and not self.unsettled

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values for JSON, dates in ISO 8601."""
        return {
            "due": self.day.isoformat() if self.day else None,
            "ends": self.ends.isoformat() if self.ends else None,
            "unrolled": self.unrolled.isoformat() if self.unrolled else None,
            "left": None if self.left is None else {"number": self.left, "unit": str(self.left_unit)},
            "provisional": self.provisional,
            "certain": self.certain,
            "words": self.words,
            "days": [_day_as_data(each) for each in self.days],
        }


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a changed calendar makes of a due date. ``moved`` compares when it ends, not how sure that is."""

    before: Due
    after: Due
    words: str

    @property
    def moved(self) -> bool:
        """Tell whether it now ends at another moment."""
        return (self.before.day, self.before.ends, self.before.left) != (
            self.after.day,
            self.after.ends,
            self.after.left,
        )


def due(
    start: Moment,
    length: int,
    unit: Unit,
    *,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    rule: CountingRule = GENERAL,
) -> Due:
    """Work out when a period ends (Civil Code arts. 201-203, as far as the rule follows them).

    ``start`` is the day, or the moment with its time zone, of what starts the clock; that day is not counted.
    Working days are those of ``calendar``. Months and years end on the corresponding day or the month's last
    day; with a pause they are as many days as lie between. Pure: equal arguments give equal answers. Raises
    PeriodError.
    """
    return answer(Period(start, length, unit, tuple(extensions), tuple(pauses), rule), calendar)


def answer(period: Period, calendar: WorkCalendar) -> Due:
    """Answer a period that is already put together; raise PeriodError when it is too long to be meant."""
    found = calendar.answers.get(period)
    if not isinstance(found, Due):
        if len(calendar.answers) >= KEPT:
            calendar.answers.clear()
        found = calendar.answers[period] = _worked_out(period, calendar)
    return found


def _worked_out(period: Period, calendar: WorkCalendar) -> Due:
    outcome = (count_time if period.unit.of_time else count_days)(period, calendar)
    guessed = sorted({day.year for day in outcome.asked if calendar.provisional(day)})
    ending = sorted({day.year for day in outcome.asked if calendar.unsettled(day)} - set(guessed))
    return Due(
        period=period,
        day=outcome.day,
        unrolled=outcome.unrolled,
        ends=outcome.ends,
        left=outcome.left,
        left_unit=outcome.left_unit,
        provisional=bool(guessed),
        unsettled=bool(guessed or ending),
        days=outcome.days,
        words=words_of(period, outcome, guessed, ending),
    )


def recompute(before: Due, calendar: WorkCalendar) -> Recomputed:
    """Answer the same question by another calendar.

    What it means for someone who has already acted on the old date is not decided here.
    """
    after = answer(before.period, calendar)
    return Recomputed(before, after, moved_words(_said(before), _said(after), before.certain, after.certain))


def _said(each: Due) -> str:
    if each.day is None:
        return "未定"
    timed = each.period.unit.of_time and each.ends is not None
    return f"{each.ends:%Y-%m-%d %H:%M}" if timed else each.day.isoformat()


def _day_as_data(each: CountedDay) -> Mapping[str, Any]:
    return {
        "day": each.day.isoformat(),
        "kind": each.kind.value,
        "counted": each.counted,
        "number": each.number,
        "why": each.why,
    }
