"""Counting a second time, straight from the written rules: sets and lists, no walk, no running number.

It shares nothing with the program but the questions. Whatever it is asked must end within HORIZON days.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import count, islice, takewhile

from huiqi.clocks import BEIJING, CountingRule, Pause, Unit, WorkCalendar

HORIZON = 1500
"""Days after the start that are looked at; the questions asked in tests end long before."""

ONE = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def moment(when: date | datetime) -> datetime:
    """A moment is what it is; a day is not one."""
    assert isinstance(when, datetime)
    return when


def works(calendar: WorkCalendar, day: date) -> bool:
    """Monday to Friday without the days off, and the weekend days worked instead."""
    year = calendar.years.get(day.year)
    if year and day in year.worked:
        return True
    return day.isoweekday() <= 5 and not (year and day in year.off)


def listed(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + ONE * ahead for ahead in range((last - first).days + 1)]


def as_of(calendar: WorkCalendar, rule: CountingRule, when: date | datetime) -> date:
    """The day on which an event counts."""
    late = False
    if isinstance(when, datetime):
        local = when.astimezone(BEIJING)
        late = local.time() >= max(end for _, end in calendar.hours.spans)
        when = local.date()
    if not rule.late_counts_next:
        return when
    later = [day for day in listed(when, when + 40 * ONE) if works(calendar, day)]
    return later[1] if late and later[0] == when else later[0]


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """First and last of every stretch of days that follow each other."""
    known = set(days)
    firsts = sorted(day for day in known if day - ONE not in known)
    lasts = sorted(day for day in known if day + ONE not in known)
    return list(zip(firsts, lasts, strict=True))


def same_day_of(start: date, months: int) -> date:
    """Art. 202: the corresponding day, or the last of that month."""
    after = start.year * 12 + start.month - 1 + months
    for day in range(start.day, 0, -1):
        try:
            return date(after // 12, after % 12 + 1, day)
        except ValueError:
            continue
    raise AssertionError(start)


def last_day(
    start: date | datetime,
    length: int,
    unit: Unit,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    rule: CountingRule,
) -> tuple[date | None, int | None]:
    """The last day and nothing, or no day and how many units are left while a pause goes on."""
    begin = as_of(calendar, rule, start)
    edge = begin + HORIZON * ONE
    every = listed(begin + ONE, edge)
    paused: set[date] = set()
    for pause in pauses:
        stopped = as_of(calendar, rule, pause.start)
        resumed = edge if pause.end is None else as_of(calendar, rule, pause.end)
        paused |= {day for day in listed(stopped + ONE, resumed) if begin < day <= edge}
    if unit in (Unit.MONTH, Unit.YEAR):
        months = length * (12 if unit is Unit.YEAR else 1)
        length = (same_day_of(begin, months) - begin).days
    working = [day for day in [begin, *every] if works(calendar, day)]
    counting = [day for day in (working if unit is Unit.WORKING_DAY else every) if day > begin]
    free = [day for day in counting if day not in paused]

    def moved(day: date) -> date:
        return min(each for each in working if each >= day) if rule.rolls else day

    if length == 0:
        return moved(begin), None
    if len(free) < length:
        return None, length - len(free)
    last = free[length - 1]
    for first, end in runs(paused):
        stopped_on = first - ONE
        if rule.day_left_after_pause and last <= stopped_on <= moved(last):
            later = [day for day in free if day > end]
            if not later:
                return None, 1
            last = later[0]
    return moved(last), None


def last_moment(
    start: datetime, length: int, pauses: Sequence[Pause], calendar: WorkCalendar, office: bool
) -> datetime | None:
    """Every minute that counts, one by one; the period ends with the last of them. Whole minutes only."""
    if length == 0:
        return start
    stopped = [moment(pause.start) for pause in pauses if pause.end is None]
    reach = min([*stopped, start + HORIZON * ONE])
    minutes = takewhile(lambda minute: minute < reach, (start + MINUTE * ahead for ahead in count()))
    counted = (minute for minute in minutes if _counts(minute, pauses, calendar, office))
    last = next(islice(counted, length - 1, None), None)
    return None if last is None else last + MINUTE


def _counts(minute: datetime, pauses: Sequence[Pause], calendar: WorkCalendar, office: bool) -> bool:
    local = minute.astimezone(BEIJING)
    open_now = not office or (
        works(calendar, local.date())
        and any(opens <= local.time() < closes for opens, closes in calendar.hours.spans)
    )
    stopped = any(
        moment(pause.start) <= minute and (pause.end is None or minute < moment(pause.end))
        for pause in pauses
    )
    return open_now and not stopped
