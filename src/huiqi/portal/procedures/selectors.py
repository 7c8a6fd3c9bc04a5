"""Reading procedures and the calendar: one copy for the process, loaded when the portal starts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from huiqi.casework import book
from huiqi.clocks import WorkCalendar, load_calendar
from huiqi.procedures import Definition, draw, version_on

procedures = book.procedures
"""Every version of every procedure, the copy that cases run by too."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A procedure drawn, and a name for exactly these bytes."""

    svg: bytes
    tag: str


@cache
def calendar() -> WorkCalendar | None:
    """The working days, if the catalogue has any; raises ``CalendarError`` when a year has mistakes."""
    folder = settings.CATALOGUE_ROOT / book.CALENDARS
    return load_calendar(folder) if any(folder.glob("*.yaml")) else None


def versions(identifier: str) -> tuple[Definition, ...]:
    """All versions of a procedure, the oldest first; none when there is no such procedure."""
    return tuple(one for one in procedures() if one.id == identifier)


def version(identifier: str, day: date) -> Definition | None:
    """The version in force on a day; where there is none, the last before it, or else the first of all."""
    found = versions(identifier)
    begun = [one for one in found if one.since <= day]
    nearest = begun[-1] if begun else (found[0] if found else None)
    return version_on(found, identifier, day) or nearest


def listed(day: date) -> tuple[Definition, ...]:
    """Each procedure once, in the version for a day."""
    found = (version(identifier, day) for identifier in dict.fromkeys(one.id for one in procedures()))
    return tuple(one for one in found if one is not None)


def named(query: str, day: date) -> list[Definition]:
    """The procedures with every word of a query in their name, in the version for a day."""
    words = query.split()
    return [one for one in listed(day) if words and all(word in one.name for word in words)]


def picture(definition: Definition) -> Picture:
    """The picture of a version, drawn once."""
    return _drawn(definition.path)


def written_in(path: Path) -> Definition:
    """The version that a file holds: what a cache can be asked by, as a definition cannot."""
    (found,) = (one for one in procedures() if one.path == path)
    return found


@cache
def _drawn(path: Path) -> Picture:
    svg = draw(written_in(path))
    return Picture(svg, hashlib.sha256(svg).hexdigest()[:32])


def prepare() -> None:
    """Read everything, so that mistakes are said before anybody is answered."""
    procedures()
    calendar()
