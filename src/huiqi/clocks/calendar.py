"""Which days the offices work: weekends, the holidays of each year's notice, and the weekends worked instead.

China sets its holidays one year at a time, by a notice of the State Council's General Office late in the year
before. A year without a notice can only be guessed: it is *provisional*, and only its weekends count as off.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise

DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is for those who count; the value is the word that is shown."""

    WORKING = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "法定节假日"
    MAKE_UP = "调休上班"
    GUESSED = "暂按周末推定"


@dataclass(frozen=True, slots=True)
class Notice:
    """The document that set days of a year: title, 文号 and date.

    ``confirmed`` says that an official source was seen; ``source`` says what was seen, ``note`` what a reader
    should know.
    """

    title: str
    number: str
    issued: date
    confirmed: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One year as announced: days off with the name of the holiday, and weekend days that are worked.

    A day off may be a weekend day inside a holiday block. Raises ValueError (Chinese) for a day of another
    year, a day that is both off and worked, and a worked day that is no weekend day.
    """

    year: int
    off: Mapping[date, str]
    worked: frozenset[date]
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        for day in sorted({*self.off, *self.worked}):
            if day.year != self.year:
                raise ValueError(f"{day} 不是 {self.year} 年的日子")
            if day in self.worked and day in self.off:
                raise ValueError(f"{day} 既写了放假，又写了上班")
            if day in self.worked and day.weekday() < _SATURDAY:
                raise ValueError(f"{day} 是{weekday(day)}，本来就上班")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The times of a working day at which the office is open, in order and without overlap."""

    spans: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(14), time(17)))

    def __post_init__(self) -> None:
        times = [each for span in self.spans for each in span]
        if not times:
            raise ValueError("办公时间没有时段")
        for earlier, later in pairwise(times):
            if earlier >= later:
                raise ValueError(f"办公时间应由早到晚、互不重叠，{earlier:%H:%M} 之后却是 {later:%H:%M}")

    @property
    def closes(self) -> time:
        """When business stops (Civil Code art. 203 para. 2)."""
        return self.spans[-1][1]


UNSETTLED_FROM = (12, 25)
"""From this day (month, day) to the end of a year, the notice for the *next* year may still change days.

A New Year holiday can reach back: the notice for 2019, of 2018-12-04, made Saturday 2018-12-29 a working day
and Monday 2018-12-31 a day off. In 2004-2026 the earliest day so changed was 29 December; a week is kept for
safety.
"""


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of every announced year, and the office hours."""

    years: Mapping[int, Year]
    hours: OfficeHours = field(default_factory=OfficeHours)
    answers: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was asked of it before, kept by ``huiqi.clocks.due``: equal questions have equal answers."""

    @classmethod
    def of(cls, years: Iterable[Year], hours: OfficeHours | None = None) -> "WorkCalendar":
        """Build a calendar; raise ValueError (Chinese) when a year comes twice."""
        found: dict[int, Year] = {}
        for each in years:
            if each.year in found:
                raise ValueError(f"{each.year} 年的安排写了两份")
            found[each.year] = each
        return cls(dict(sorted(found.items())), hours if hours is not None else OfficeHours())

    @property
    def covers(self) -> tuple[int, ...]:
        """The years that are announced, oldest first; every other year is provisional."""
        return tuple(sorted(self.years))

    def kind(self, day: date) -> DayKind:
        """Say what the day is; in a provisional year every day is 暂按周末推定."""
        year = self.years.get(day.year)
        if year is None:
            return DayKind.GUESSED
        if day in year.off:
            return DayKind.HOLIDAY
        if day in year.worked:
            return DayKind.MAKE_UP
        return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Tell a working day; in a provisional year Monday to Friday are taken to be working days."""
        kind = self.kind(day)
        if kind is DayKind.GUESSED:
            return day.weekday() < _SATURDAY
        return kind in (DayKind.WORKING, DayKind.MAKE_UP)

    def provisional(self, day: date) -> bool:
        """Tell a day of a year that has no notice here, so that nobody knows yet whether it is worked."""
        return day.year not in self.years

    def unsettled(self, day: date) -> bool:
        """Tell a day that the next notice may still change: provisional, or the last of the last year."""
        ending = (day.month, day.day) >= UNSETTLED_FROM and day.year + 1 not in self.years
        return self.provisional(day) or ending

    def next_working(self, day: date) -> date:
        """Return the first working day after ``day``; raise OverflowError past the year 9999."""
        return self.working_from(day + DAY)

    def working_from(self, day: date) -> date:
        """Return ``day`` when it is a working day, else the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def holiday(self, day: date) -> str:
        """Return the name of the holiday that the day belongs to, or an empty string."""
        year = self.years.get(day.year)
        return year.off.get(day, "") if year else ""

    def notices(self) -> Iterator[Notice]:
        """Give every notice once, in the order in which they were issued."""
        seen = {notice.number: notice for year in self.years.values() for notice in year.notices}
        yield from sorted(seen.values(), key=lambda notice: notice.issued)


def weekday(day: date) -> str:
    """Say the day of the week as people write it: 周一 … 周日."""
    return "周" + "一二三四五六日"[day.weekday()]
