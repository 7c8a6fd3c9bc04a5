"""Counting in working days, days, months and years: one walk from the start day to the last."""

from datetime import date, datetime, time, timedelta

from huiqi.clocks.calendar import DAY, WorkCalendar
from huiqi.clocks.explain import Outcome, Walk
from huiqi.clocks.period import (
    BEIJING,
    LONGEST,
    MONTHS_A_YEAR,
    Moment,
    Period,
    PeriodError,
    Unit,
    day_of,
    merge,
    moment,
)

_Span = tuple[date, date | None, str]


def count_days(period: Period, calendar: WorkCalendar) -> Outcome:
    """Find the last day of a period in whole days; raise PeriodError when it is too long."""
    walk = Walk(calendar)
    start = _as_of(period.start, period, walk)
    pauses = _pauses(period, start, walk)
    length = _length(period, start)
    working = period.unit is Unit.WORKING_DAY
    rolls = period.rule.rolls

    walk.add(start, "开始的当日，不计入")
    day, counted, unrolled = start, 0, None
    while True:
        complete = counted >= length
        if complete and unrolled is None:
            unrolled = day
        over = complete and (not rolls or walk.is_working(day))
        if pauses and pauses[0][0] == day:
            _, end, cause = pauses.pop(0)
            if not complete or (period.rule.day_left_after_pause and length > 0):
                if complete:
                    counted, unrolled = length - 1, None
                    walk.take_back(length, "最后一日中止，留到恢复以后")
                if end is None:
                    unit = Unit.WORKING_DAY if working else Unit.DAY
                    return Outcome(*walk.seen, start, left=length - counted, left_unit=unit)
                day = _skip(walk, day, end, cause)
                continue
        if over:
            break
        day += DAY
        if complete:
            here = "至此" if walk.is_working(day) else f"（{walk.rest(day)}）"
            walk.add(day, f"最后一日休息，顺延{here}")
        elif working and not walk.is_working(day):
            walk.add(day, walk.rest(day))
        else:
            counted += 1
            walk.add(day, walk.work(day) if working else "按日历计", counted)
    ends = _end_of(day, period, walk)
    return Outcome(*walk.seen, start, day, unrolled, ends)


def _as_of(when: Moment, period: Period, walk: Walk) -> date:
    """Return the day on which an event counts, which may be later than the day on which it happened."""
    day = day_of(when)
    if not period.rule.late_counts_next:
        return day
    closed = isinstance(when, datetime) and moment(when).time() >= walk.calendar.hours.closes
    if closed and walk.is_working(day):
        day = day + DAY
    while not walk.is_working(day):
        day = day + DAY
    return day


def _pauses(period: Period, start: date, walk: Walk) -> list[_Span]:
    """Return the pauses as days that do not count, (stopped, resumed], joined, none before the start."""
    spans: list[_Span] = []
    for pause in period.pauses:
        stopped = max(start, _as_of(pause.start, period, walk))
        resumed = None if pause.end is None else _as_of(pause.end, period, walk)
        if resumed is None or resumed > stopped:
            spans.append((stopped, resumed, pause.cause))
    return [(first, last, cause) for first, last, cause in merge(spans)]


def _length(period: Period, start: date) -> int:
    """Return how many days are to be counted. Months become days here, once, from the start (art. 202)."""
    if period.unit is Unit.WORKING_DAY:
        total = period.total(Unit.WORKING_DAY)
    else:
        months = period.total(Unit.MONTH) + MONTHS_A_YEAR * period.total(Unit.YEAR)
        total = (corresponding_day(start, months) - start).days + period.total(Unit.DAY)
    if total > LONGEST:
        raise PeriodError(f"期限超过 {LONGEST} 日，请核对长度")
    return total


def corresponding_day(start: date, months: int) -> date:
    """Return the same day of the month that many months on, or that month's last day (art. 202).

    Raises PeriodError past the year 9999.
    """
    years, month = divmod(start.month - 1 + months, MONTHS_A_YEAR)
    year = start.year + years
    if year >= date.max.year:
        raise PeriodError(f"期限超过 {LONGEST} 日，请核对长度")
    following = date(year + month // 11, (month + 1) % MONTHS_A_YEAR + 1, 1)
    last = (following - DAY).day
    return date(year, month + 1, min(start.day, last))


def _skip(walk: Walk, stopped: date, resumed: date, cause: str) -> date:
    """Write down the days of a pause and return its last."""
    why = f"中止：{cause}" if cause else "中止"
    day = stopped
    while day < resumed:
        day = day + DAY
        walk.add(day, why)
    return day


def _end_of(day: date, period: Period, walk: Walk) -> datetime:
    """Return when the last day is over (art. 203 para. 2): when business stops, or at 24:00."""
    if period.rule.ends_at_close and walk.is_working(day):
        return datetime.combine(day, walk.calendar.hours.closes, BEIJING)
    return datetime.combine(day, time(), BEIJING) + timedelta(days=1)
