"""What a log amounts to: the state, the facts, the clocks and the duties, folded one entry at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce

from huiqi.clocks import Due, Extension, Pause, Unit, WorkCalendar, due
from huiqi.clocks.period import Moment, day_of
from huiqi.procedures.definition import Chain, Clock, Condition, Definition, Duty
from huiqi.procedures.log import Entry, Log, Value, written


@dataclass(frozen=True, slots=True)
class Running:
    """One run of a clock. A pause is kept with the number of its rule, so that each ends by its own event.

    ``expired`` are the moments at which it was written down as run out; an extension can make it run on.
    """

    start: Moment
    until: date | None = None
    pauses: tuple[tuple[int, Pause], ...] = ()
    extensions: tuple[tuple[str, int], ...] = ()
    expired: tuple[Moment, ...] = ()
    stopped: Moment | None = None

    @property
    def paused(self) -> bool:
        """Tell whether some pause has not ended."""
        return any(pause.end is None for _, pause in self.pauses)

    def due(self, clock: Clock, calendar: WorkCalendar) -> Due:
        """When it runs out, worked out from the start."""
        length = (self.until - day_of(self.start)).days if self.until else clock.length
        unit = Unit.DAY if self.until else clock.unit
        return due(
            self.start,
            length,
            unit,
            calendar=calendar,
            pauses=tuple(pause for _, pause in self.pauses),
            extensions=tuple(Extension(number, unit, cause) for cause, number in self.extensions),
            rule=clock.rule,
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that arose on a day, and when it was done."""

    duty: str
    start: Moment
    done: Moment | None = None

    def due(self, duty: Duty, calendar: WorkCalendar) -> Due | None:
        """By when it is to be done; ``None`` without a time. Raises PeriodError."""
        return due(self.start, duty.length, duty.unit, calendar=calendar) if duty.unit else None


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands. ``since`` is when the state was entered; ``clocks`` holds the last run of each.

    ``agreed`` has for each approval that is asked for the levels that have agreed so far.
    """

    state: str
    since: Moment | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    materials: frozenset[str] = frozenset()
    clocks: Mapping[str, Running] = field(default_factory=dict)
    duties: tuple[Owed, ...] = ()
    agreed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last: Moment | None = None

    def running(self, clock: str) -> Running | None:
        """The run of a clock that has not been stopped."""
        found = self.clocks.get(clock)
        return found if found and found.stopped is None else None


def fold(definition: Definition, log: Iterable[Entry], case: Case | None = None) -> Case:
    """The case after a log, from the start or on from another case. Pure."""
    return reduce(
        lambda so_far, entry: _after(definition, so_far, entry), log, case or Case(definition.first)
    )


def _after(definition: Definition, case: Case, entry: Entry) -> Case:
    clocks = dict(case.clocks)
    if entry.clock:
        run = clocks[entry.clock]
        clocks[entry.clock] = replace(run, expired=(*run.expired, entry.when))
    if not entry.event:
        return replace(case, clocks=clocks, last=entry.when)
    facts = {**case.facts, **entry.facts}
    for name, clock in definition.clocks.items():
        changed = _clock_after(clock, clocks.get(name), entry, facts)
        if changed is not None:
            clocks[name] = changed
    event = definition.events[entry.event]
    moved = bool(event.target) and event.target != case.state
    return Case(
        state=event.target or case.state,
        since=entry.when if moved or case.since is None else case.since,
        facts=facts,
        materials=case.materials | frozenset(entry.materials),
        clocks=clocks,
        duties=_duties_after(definition.duties, case.duties, entry, facts),
        agreed=_agreed_after(definition.chains, case.agreed, entry),
        last=entry.when,
    )


def holds(condition: Condition | None, facts: Mapping[str, Value]) -> bool:
    """Tell whether a condition is met; nothing is always met, and an unknown fact never."""
    if condition is None:
        return True
    value = facts.get(condition.fact)
    return value is not None and written(value) in condition.values


def _clock_after(
    clock: Clock, run: Running | None, entry: Entry, facts: Mapping[str, Value]
) -> Running | None:
    """What an event makes of a clock: stopped, started anew, paused, resumed, longer; in that order."""
    if run and run.stopped is None:
        if entry.event in clock.stops:
            run = replace(run, stopped=entry.when)
        else:
            run = _paused(clock, run, entry)
            for extension in clock.extensions:
                if extension.event == entry.event:
                    stated = entry.facts.get(extension.fact, 0)
                    number = extension.length or (stated if isinstance(stated, int) else 0)
                    run = replace(run, extensions=(*run.extensions, (entry.event, number)))
    if entry.event in clock.starts and holds(clock.when, facts):
        until = entry.facts.get(clock.fact) if clock.fact else None
        run = Running(_start(entry, clock.unit), until if isinstance(until, date) else None)
    return run


def _start(entry: Entry, unit: Unit) -> Moment:
    """When what an entry starts begins. What ran out at midnight ran out at the end of the day before."""
    if entry.clock and isinstance(entry.when, datetime) and not unit.of_time:
        return day_of(entry.when - timedelta(microseconds=1))
    return entry.when


def _paused(clock: Clock, run: Running, entry: Entry) -> Running:
    pauses = list(run.pauses)
    for number, rule in enumerate(clock.pauses):
        goes_on = [at for at, (of, pause) in enumerate(pauses) if of == number and pause.end is None]
        if entry.event == rule.until:
            for at in goes_on:
                pauses[at] = (number, replace(pauses[at][1], end=entry.when))
        elif entry.event == rule.since and not goes_on:
            pauses.append((number, Pause(entry.when, None, rule.since)))
    return replace(run, pauses=tuple(pauses))


def _duties_after(
    duties: Mapping[str, Duty], owed: tuple[Owed, ...], entry: Entry, facts: Mapping[str, Value]
) -> tuple[Owed, ...]:
    """What is owed after an event: what it does is done, and what arises from it is new."""
    done = {name for name, duty in duties.items() if entry.event in duty.done}
    after = [replace(one, done=entry.when) if one.duty in done and one.done is None else one for one in owed]
    after += [
        Owed(name, _start(entry, duty.unit or Unit.DAY))
        for name, duty in duties.items()
        if entry.event in duty.starts and holds(duty.when, facts)
    ]
    return tuple(after)


def _agreed_after(
    chains: Mapping[str, Chain], agreed: Mapping[str, tuple[str, ...]], entry: Entry
) -> Mapping[str, tuple[str, ...]]:
    """Asking begins the chain anew, a level that agrees is added, approval and return end it."""
    after = dict(agreed)
    for name, chain in chains.items():
        if entry.event in chain.asks:
            after[name] = ()
        elif entry.event == chain.agrees and name in after:
            after[name] = (*after[name], entry.actor)
        elif entry.event == chain.grants or entry.event in chain.returns:
            after.pop(name, None)
    return after


def is_late(limit: Due, by: datetime) -> bool:
    """Tell whether what was due has certainly not been done by then.

    A day is over at midnight; what has 30 minutes and takes exactly 30 is in time.
    """
    if limit.ends is None or not limit.certain:
        return False
    return limit.ends < by if limit.period.unit.of_time else limit.ends <= by


def ends_of(due_date: Due) -> datetime | None:
    """The moment at which a clock may run out by itself; ``None`` while that is not certain."""
    return due_date.ends if due_date.certain else None


def whole(log: Log, more: Iterable[Entry]) -> Log:
    """A log with more at its end."""
    return (*log, *more)
