"""Everything of a procedure that has a length and can be counted: its clocks, and the duties with a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiqi.clocks import Due, Pause, Unit, WorkCalendar, due
from huiqi.clocks.period import Moment
from huiqi.procedures import Definition, clock
from huiqi.procedures.definition import Clock, Duty

DUTY = "duty:"
"""Before the name of a duty in a key: a clock may have the same name."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time with a length, and the clock or the duty whose it is."""

    key: str
    name: str
    allowed: str
    unit: Unit
    starts: tuple[str, ...]
    cite: str
    clock: Clock | None = None
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What another answer to an open question makes of a due date."""

    asks: str
    taken: str
    answer: str
    due: Due


def limits(definition: Definition) -> Mapping[str, Limit]:
    """By key, clocks first. A clock whose end a notice sets has no length and is not among them."""
    found = [
        Limit(one.name, one.name, one.allowed, one.unit, one.starts, one.cite, clock=one)
        for one in definition.clocks.values()
        if not one.fact
    ]
    found += [
        Limit(DUTY + one.name, one.name, one.allowed, one.unit, one.starts, one.cite, duty=one)
        for one in definition.duties.values()
        if one.unit is not None
    ]
    return {limit.key: limit for limit in found}


def count(
    definition: Definition, limit: Limit, start: Moment, pauses: Iterable[Pause], calendar: WorkCalendar
) -> Due:
    """When a limit that starts then is over. Raises ``PeriodError``."""
    if limit.clock is not None:
        return clock(definition, limit.name, start, pauses, calendar=calendar)
    assert limit.duty is not None
    return due(start, limit.duty.length, limit.unit, pauses=pauses, calendar=calendar)


def readings(
    definition: Definition, limit: Limit, start: Moment, pauses: tuple[Pause, ...], calendar: WorkCalendar
) -> list[Reading]:
    """The other readings of what the text leaves open, as far as they come to another end."""
    taken = count(definition, limit, start, pauses, calendar)
    found = []
    for question in definition.questions.values():
        for answer, changes in question.others.items():
            if limit.clock is None or all(change.clock != limit.name for change in changes):
                continue
            other = definition.choose(question.name, answer)
            if other.clocks[limit.name].unit.of_time != limit.unit.of_time:
                continue  # needs a time of day that was not asked for, or has one too many
            ends = count(other, limit, start, pauses, calendar)
            if (ends.day, ends.ends, ends.left) != (taken.day, taken.ends, taken.left):
                found.append(Reading(question.asks, question.default, answer, ends))
    return found
