"""What counting leaves behind: every day with the reason it did or did not count, and where it ended."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiqi.clocks.calendar import DayKind, WorkCalendar
from huiqi.clocks.period import LONGEST, PeriodError, Unit


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the explanation.

    ``number`` is the running number of a day that counted (for hours and minutes: whole minutes up to the end
    of that day), ``why`` the reason in Chinese.
    """

    day: date
    kind: DayKind
    counted: bool
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a count ended. ``day`` is ``None`` while a pause goes on; then ``left`` units remain.

    ``unrolled`` is the last day before it was moved off days of rest. ``ends`` is the moment at which the
    period is over. ``asked`` are the days on whose being worked or not the answer rests. ``effective`` is the
    day as of which the start counts.
    """

    days: tuple[CountedDay, ...]
    asked: frozenset[date]
    effective: date
    day: date | None = None
    unrolled: date | None = None
    ends: datetime | None = None
    left: int | None = None
    left_unit: Unit | None = None


class Walk:
    """The days walked so far, and which of them the calendar was asked about."""

    def __init__(self, calendar: WorkCalendar) -> None:
        """Start with nothing walked."""
        self.calendar = calendar
        self.asked: set[date] = set()
        self.days: list[CountedDay] = []

    @property
    def seen(self) -> tuple[tuple[CountedDay, ...], frozenset[date]]:
        """Return the days walked, and those asked about."""
        return tuple(self.days), frozenset(self.asked)

    def is_working(self, day: date) -> bool:
        """Ask the calendar, and remember that the answer depends on it."""
        self.asked.add(day)
        return self.calendar.is_working(day)

    def add(self, day: date, why: str, number: int | None = None) -> None:
        """Write a day down; it counted when it has a number. Raise PeriodError when the walk is too long."""
        if len(self.days) > LONGEST:
            raise PeriodError(f"期限连同中止超过 {LONGEST} 日，请核对长度和日期")
        self.days.append(CountedDay(day, self.calendar.kind(day), number is not None, number, why))

    def take_back(self, number: int, why: str) -> None:
        """Let the day with this number no longer count."""
        at = max(index for index, each in enumerate(self.days) if each.number == number)
        old = self.days[at]
        self.days[at] = CountedDay(old.day, old.kind, False, None, why)

    def rest(self, day: date) -> str:
        """Say why offices rest on that day."""
        holiday = self.calendar.holiday(day)
        if holiday:
            return f"{holiday}放假"
        return "周末（暂按推定）" if self.calendar.provisional(day) else "周末"

    def work(self, day: date) -> str:
        """Say why offices work on that day."""
        kind = self.calendar.kind(day)
        return "工作日（暂按推定）" if kind is DayKind.GUESSED else kind.value


def minutes(time: timedelta) -> int:
    """Return whole minutes, a begun one not counted."""
    return time // timedelta(minutes=1)
