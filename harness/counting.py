"""Counting days the plain way, one by one, for the reference model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiqi.clocks import WorkCalendar

WORKING, NATURAL, MONTHS, FIXED = "working", "natural", "months", "fixed"
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)
FOREVER = LAST.toordinal()


Span = tuple[int, int | None]


class Days:
    """The working days, walked one by one; days are ordinals so that walking is cheap."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.base = FIRST.toordinal()
        days = [date.fromordinal(each) for each in range(self.base, FOREVER + 1)]
        self.works = bytes(calendar.is_working(each) for each in days)
        self.unsettled = next((each.toordinal() for each in days if calendar.unsettled(each)), FOREVER)
        self._known: dict[tuple[str, int, int, tuple[Span, ...]], int | None] = {}

    def rolled(self, day: int) -> int:
        """Move to the next working day when the day is a day of rest (Civil Code, art. 203)."""
        while not self.works[day - self.base]:
            day += 1
        return day

    def last(self, unit: str, start: int, length: int, pauses: tuple[Span, ...]) -> int | None:
        """Return the last day of a period, or nothing while it is paused."""
        key = (unit, start, length, pauses)
        if key not in self._known:
            self._known[key] = self._last(unit, start, length, pauses)
        return self._known[key]

    def _last(self, unit: str, start: int, length: int, pauses: tuple[Span, ...]) -> int | None:
        if unit == FIXED:
            return length  # a day written in a notice is that day
        if unit == MONTHS:
            return self.rolled(months_later(start, length))
        return self._walked(unit == WORKING, start, length, pauses)

    def _walked(self, working: bool, start: int, length: int, pauses: tuple[Span, ...]) -> int | None:
        day, counted = start, 0
        while True:
            day += 1
            if any(stop < day and again is None for stop, again in pauses):
                return None
            if any(again is not None and stop < day <= again for stop, again in pauses):
                continue
            if working and not self.works[day - self.base]:
                continue
            counted += 1
            if counted < length:
                continue
            end = self.rolled(day)
            if not any(day <= stop <= end and again != stop for stop, again in pauses):
                return end
            counted -= 1  # stopped on the last day: one day is left when it goes on (answer taken)


def months_later(start: int, months: int) -> int:
    """Return the same day some months later, or the end of that month (Civil Code, art. 202)."""
    began = date.fromordinal(start)
    year, month = divmod(began.year * 12 + began.month - 1 + months, 12)
    for day in range(began.day, 27, -1):
        try:
            return date(year, month + 1, day).toordinal()
        except ValueError:
            continue
    return date(year, month + 1, began.day).toordinal()


@dataclass(slots=True)
class Timer:
    """One period that runs: from when, how long, what interrupted it."""

    unit: str
    start: int
    length: int
    pauses: tuple[Span, ...] = ()
    stopped: bool = False
    expired: int = 0
    """The day on which it ran out, 0 for not yet."""

    def last(self, days: Days) -> int | None:
        """Return the last day as things stand."""
        return days.last(self.unit, self.start, self.length, self.pauses)

    def pause(self, day: int) -> None:
        """Stop counting, unless stopped or not counting already."""
        if not self.stopped and not self.paused:
            self.pauses += ((day, None),)

    def resume(self, day: int) -> None:
        """Count again from the next day."""
        self.pauses = tuple((stop, day if again is None else again) for stop, again in self.pauses)

    @property
    def paused(self) -> bool:
        """Tell whether it is interrupted."""
        return any(again is None for _, again in self.pauses)


@dataclass(slots=True)
class Task:
    """Something somebody has to do, by a day or at some time."""

    name: str
    start: int
    due: int | None = None
    done: int | None = None

    def status(self, today: int, unsettled: int) -> str:
        """Say how it stands on a day; a day that the next holiday notice may still move binds nobody."""
        binding = self.due is not None and self.due < unsettled
        if self.done is not None:
            return "迟做" if binding and self.done > (self.due or 0) else "已做"
        return "逾期未做" if binding and today > (self.due or 0) else "待做"
