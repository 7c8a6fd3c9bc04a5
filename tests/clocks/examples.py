"""What the tests of clocks share: the real calendar, and questions and calendars made up at random."""

from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from huiqi.clocks import BEIJING, CountingRule, OfficeHours, Pause, Unit, WorkCalendar, Year, load_calendar

FOLDER = Path(__file__).parents[2] / "catalogue" / "calendars"
OFFICIAL = load_calendar(FOLDER)

DAY_UNITS = (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.YEAR)
LONGEST = {Unit.WORKING_DAY: 60, Unit.DAY: 120, Unit.MONTH: 9, Unit.YEAR: 2}

rules = st.builds(
    CountingRule,
    st.just("试"),
    rolls=st.booleans(),
    ends_at_close=st.booleans(),
    late_counts_next=st.booleans(),
    day_left_after_pause=st.booleans(),
)
starts = st.dates(date(2024, 1, 1), date(2027, 3, 1))


def at(text: str) -> datetime:
    """A moment in Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@st.composite
def years(draw: st.DrawFn, year: int) -> Year:
    """A year with holidays and make-up days nobody would announce."""
    days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    off: dict[date, str] = {}
    for first in draw(st.lists(st.sampled_from(days), max_size=6)):
        for ahead in range(draw(st.integers(1, 10))):
            day = first + timedelta(days=ahead)
            if day.year == year:
                off[day] = "节"
    weekends = [day for day in days if day.isoweekday() > 5 and day not in off]
    return Year(year, off, frozenset(draw(st.lists(st.sampled_from(weekends), max_size=8))))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """The official calendar, or an invented one that knows a few years."""
    if draw(st.booleans()):
        return OFFICIAL
    known = draw(st.sets(st.sampled_from([2024, 2025, 2026, 2027]), max_size=4))
    return WorkCalendar.of([draw(years(year)) for year in sorted(known)], OfficeHours())


@st.composite
def moments(draw: st.DrawFn, around: date, reach: int = 80) -> date | datetime:
    """A day near another, or a moment on it."""
    day = around + timedelta(days=draw(st.integers(-10, reach)))
    if draw(st.booleans()):
        return day
    return datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=BEIJING)


@st.composite
def pauses(draw: st.DrawFn, start: date) -> list[Pause]:
    """Up to four pauses in any order, which may overlap, be empty, or go on."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        stopped = draw(moments(start))
        length = draw(st.sampled_from([0, 0, 1, 2, 3, 7, 20]))
        if draw(st.integers(0, 5)) == 0:
            found.append(Pause(stopped, None, "补正"))
        else:
            found.append(Pause(stopped, stopped + timedelta(days=length), "鉴定"))
    return found


@st.composite
def lengths(draw: st.DrawFn) -> tuple[int, Unit]:
    """A unit, and a length in it that stays within a few years."""
    unit = draw(st.sampled_from(DAY_UNITS))
    return draw(st.integers(0, LONGEST[unit])), unit
