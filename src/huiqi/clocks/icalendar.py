"""A due date as an iCalendar event (RFC 5545) that office calendars can import."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from huiqi.clocks.due import Due
from huiqi.clocks.period import PeriodError, moment, said

_LINE = 75
"""Octets in a line, without its end (RFC 5545 section 3.1)."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def as_ics(due: Due, title: str, *, stamp: datetime | None = None, uid: str | None = None) -> bytes:
    """Return one all-day event on the last day, with the explanation as its text.

    The same title, start and length give the same UID whatever calendar, pauses and extensions say, so that
    importing a due date again replaces the old event; a caller that has cases passes its own ``uid``.
    ``stamp`` says when the file was made (default: the start of the period, so that equal answers are equal
    bytes). Raises PeriodError when there is no due date, or ``title`` is empty.
    """
    if due.day is None:
        raise PeriodError("期限中止，还没有到期日，不能写入日历")
    if not title.strip():
        raise PeriodError("日历里的事项要有名称")
    made = moment(stamp if stamp is not None else due.period.start).astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//huiqi//clocks//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid) if uid else _uid(due, title)}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_basic(due.day)}",
        f"DTEND;VALUE=DATE:{_basic(due.day + timedelta(days=1))}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(due.words)}",
        f"STATUS:{'CONFIRMED' if due.certain else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _uid(due: Due, title: str) -> str:
    period = due.period
    named = "\n".join([title, said(period.start), period.unit.amount(period.length)])
    return hashlib.sha256(named.encode()).hexdigest()[:32] + "@huiqi"


def _basic(day: date) -> str:
    """Write a date as RFC 5545 does; strftime alone writes the year 999 with three digits."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Write TEXT as section 3.3.11 has it; control characters are not allowed in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROL.sub("", text.replace("\n", "\\n"))


def _folded(line: str) -> Iterator[bytes]:
    """Cut a line into parts of at most 75 octets, never inside a character; later ones begin with a blank."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > _LINE:
            yield part
            part = b" "
        part += octets
    yield part
