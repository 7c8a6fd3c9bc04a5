"""Between the log of a case as the kernel has it and as the database keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from huiqi.casework.models import Case, Entry, Notice
from huiqi.clocks.period import Moment
from huiqi.procedures import Definition
from huiqi.procedures import Entry as Line
from huiqi.procedures.log import Log, Value
from huiqi.procedures.shape import FactKind

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def log_of(case: Case, definition: Definition) -> Log:
    """The log of a case."""
    return tuple(as_line(entry, definition) for entry in case.entries.order_by("seq"))


def as_line(entry: Entry, definition: Definition) -> Line:
    """One line as the kernel knows it."""
    facts = {name: _value(definition, name, value) for name, value in entry.facts.items()}
    when = moment_of(entry.happened)
    return Line(entry.event, when, entry.actor, facts, tuple(entry.materials), entry.clock)


def moment_of(text: str) -> Moment:
    """A day or a moment from its text in ISO 8601."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _value(definition: Definition, name: str, value: Any) -> Value:
    is_day = definition.facts[name].kind is FactKind.DATE
    found: Value = date.fromisoformat(value) if is_day else value
    return found


def write(
    case: Case,
    definition: Definition,
    lines: Iterable[Line],
    *,
    after: int,
    now: datetime,
    by: User | None,
) -> list[Entry]:
    """Add lines to the log of a case from place ``after`` + 1, each with the notices that follow from it.

    What fires by itself is written by nobody; everything else by ``by``. Raises IntegrityError when somebody
    else has taken the place meanwhile.
    """
    made: list[Entry] = []
    for seq, line in enumerate(lines, after + 1):
        entry = Entry.objects.create(
            case=case,
            seq=seq,
            event=line.event,
            happened=line.when.isoformat(),
            actor=line.actor,
            clock=line.clock,
            facts={
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in line.facts.items()
            },
            materials=list(line.materials),
            recorded=now,
            by=None if line.clock else by,
        )
        notices = definition.events[line.event].notices if line.event else ()
        Notice.objects.bulk_create(
            Notice(entry=entry, place=place, to=n.to, about=n.about, written=n.written, cite=n.cite)
            for place, n in enumerate(notices)
        )
        made.append(entry)
    return made
