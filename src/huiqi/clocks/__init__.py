"""期限: when something is due, counted as the Civil Code counts (arts. 200-204) on the official working days.

A due date is a pure function of start, length, pauses and calendar. Nothing is counted down: whatever changes
(a pause, an extension, a holiday notice), the date is worked out again from the start. Plain Python that
knows no procedure and no place; the calendar is content, read by ``load_calendar``.
"""

from huiqi.clocks.calendar import DayKind, Notice, OfficeHours, WorkCalendar, Year
from huiqi.clocks.due import Due, Recomputed, due, recompute
from huiqi.clocks.explain import CountedDay
from huiqi.clocks.icalendar import as_ics
from huiqi.clocks.load import CalendarError, load_calendar
from huiqi.clocks.period import BEIJING, Extension, Pause, Period, PeriodError, Unit
from huiqi.clocks.rules import GENERAL, NO_ROLL, CountingRule

__all__ = [
    "BEIJING",
    "GENERAL",
    "NO_ROLL",
    "CalendarError",
    "CountedDay",
    "CountingRule",
    "DayKind",
    "Due",
    "Extension",
    "Notice",
    "OfficeHours",
    "Pause",
    "Period",
    "PeriodError",
    "Recomputed",
    "Unit",
    "WorkCalendar",
    "Year",
    "as_ics",
    "due",
    "load_calendar",
    "recompute",
]
