"""Counting in hours and minutes: from a moment to a moment, in office hours or round the clock."""

from datetime import date, datetime, time, timedelta

from huiqi.clocks.calendar import DAY, WorkCalendar
from huiqi.clocks.explain import Outcome, Walk, minutes
from huiqi.clocks.period import BEIJING, LONGEST, Period, PeriodError, Unit, merge, moment

_MINUTE = timedelta(minutes=1)
_Span = tuple[datetime, datetime | None, str]


def count_time(period: Period, calendar: WorkCalendar) -> Outcome:
    """Find the moment at which a period of hours or minutes is over; raise PeriodError if too long."""
    walk = Walk(calendar)
    now = moment(period.start)
    begun = now.date()
    pauses = _pauses(period, now)
    total, used = _MINUTE * _minutes(period), timedelta()
    if not total:
        walk.add(begun, "期限为零，当即届满")
        return Outcome(*walk.seen, begun, begun, begun, now)
    while True:
        if pauses and now >= pauses[0][0]:
            _, resumed, cause = pauses.pop(0)
            if resumed is None:
                left = -(-(total - used) // _MINUTE)
                return Outcome(*walk.seen, begun, left=left, left_unit=Unit.MINUTE)
            _write_pause(walk, now.date(), resumed.date(), cause)
            now = resumed
            continue
        midnight = datetime.combine(now.date() + DAY, time(), BEIJING)
        until = min(midnight, pauses[0][0]) if pauses else midnight
        before = used
        for begins, closes in _open(now, until, period, walk):
            if used + (closes - begins) >= total:
                ends = begins + (total - used)
                _write(walk, begins.date(), total - before, total)
                return Outcome(*walk.seen, begun, ends.date(), ends.date(), ends)
            used += closes - begins
        _write(walk, now.date(), used - before, used)
        now = until


def _minutes(period: Period) -> int:
    total = period.total(Unit.MINUTE) + 60 * period.total(Unit.HOUR)
    if total > LONGEST * 24 * 60:
        raise PeriodError(f"期限超过 {LONGEST} 日，请核对长度")
    return total


def _pauses(period: Period, start: datetime) -> list[_Span]:
    """Return the pauses as [stopped, resumed), joined, none before the start."""
    spans: list[_Span] = []
    for pause in period.pauses:
        stopped = max(start, moment(pause.start))
        resumed = None if pause.end is None else moment(pause.end)
        if resumed is None or resumed > stopped:
            spans.append((stopped, resumed, pause.cause))
    merged = merge(spans)
    return [(moment(first), None if last is None else moment(last), cause) for first, last, cause in merged]


def _open(now: datetime, until: datetime, period: Period, walk: Walk) -> list[tuple[datetime, datetime]]:
    """Return the times between two moments of one day that count."""
    if not period.rule.office_time:
        return [(now, until)]
    day = now.date()
    if not walk.is_working(day):
        return []
    spans = (
        (datetime.combine(day, opens, BEIJING), datetime.combine(day, closes, BEIJING))
        for opens, closes in walk.calendar.hours.spans
    )
    cut = ((max(opens, now), min(closes, until)) for opens, closes in spans)
    return [(begins, ends) for begins, ends in cut if begins < ends]


def _write(walk: Walk, day: date, here: timedelta, used: timedelta) -> None:
    """Write down what a stretch of a day counted, in the day's one line."""
    counted = f"计 {minutes(here)} 分钟" if here else ""
    if walk.days and walk.days[-1].day == day:
        last = walk.days.pop()
        why = "；".join(each for each in (last.why, counted) if each)
        number = minutes(used) if here or last.counted else None
        walk.add(day, why, number)
        return
    asked = day in walk.asked
    why = counted or (walk.rest(day) if asked and not walk.calendar.is_working(day) else "不在计时的时间内")
    walk.add(day, why, minutes(used) if here else None)


def _write_pause(walk: Walk, first: date, last: date, cause: str) -> None:
    """Write down a pause: a word on the day it falls into, a line for every whole day, and the last day."""
    why = f"中止：{cause}" if cause else "中止"
    day = first
    while day <= last:
        if walk.days and walk.days[-1].day == day:
            old = walk.days.pop()
            walk.add(day, f"{old.why}；{why}", old.number)
        else:
            walk.add(day, why)
        day += DAY
