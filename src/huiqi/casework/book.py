"""The procedures and the calendar of this installation: one copy for the process."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from huiqi.casework.models import Case
from huiqi.clocks import WorkCalendar, load_calendar
from huiqi.procedures import Definition, list_procedures

CALENDARS = "calendars"


@cache
def procedures() -> tuple[Definition, ...]:
    """Every version of every procedure. Raises ProcedureError when one has mistakes."""
    return list_procedures(Path(settings.CATALOGUE_ROOT))


def calendar() -> WorkCalendar:
    """The working days, read anew when a year's notice was put into the folder by whatever process.

    Raises CalendarError when a year has mistakes.
    """
    folder = Path(settings.CATALOGUE_ROOT) / CALENDARS
    return _calendar(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _calendar(folder: Path, changed: int) -> WorkCalendar:
    """The calendar in a folder to which a file was last added, or in which one was replaced, then."""
    return load_calendar(folder)


def forget() -> None:
    """Read both anew at the next question, after a notice was entered."""
    procedures.cache_clear()
    _calendar.cache_clear()


def definition_of(case: Case) -> Definition:
    """The version that a case runs by, with the open questions answered as they were for it.

    Raises LookupError when the installation no longer has that version: it must be put back.
    """
    for one in procedures():
        if one.id == case.procedure and one.since == case.version:
            for question, answer in case.choices.items():
                one = one.choose(question, answer)
            return one
    raise LookupError(
        f"案件 {case.number} 按「{case.procedure}」{case.version} 起的一版办，规则库里没有这一版了"
    )
