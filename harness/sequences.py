"""Random sequences of events, run by the kernel and by the reference model, compared after every step.

``python -m harness.sequences --count N --seed S --workers W``; a difference is told with the number of its
sequence, which replays it: ``--first NUMBER --count 1 --seed S``. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import starmap
from pathlib import Path
from random import Random
from typing import Any

from harness.counting import Days
from harness.invariants import broken
from harness.memory import Dues, remembered
from harness.reference import OVER, Complaint
from harness.steps import LAST_DAY, every_event, first_day, next_day, next_event
from huiqi.clocks import Due, WorkCalendar, load_calendar
from huiqi.procedures import (
    Applied,
    Case,
    Definition,
    Entry,
    Event,
    Log,
    Refused,
    Standing,
    apply,
    expire,
    fold,
    load_procedure,
    standing,
)

ROOT = Path(__file__).resolve().parent.parent
PROCEDURE = ROOT / "catalogue" / "henan" / "complaints-2024" / "procedure.yaml"
CALENDARS = ROOT / "catalogue" / "calendars"
CHUNK = 1_000
PROBED = 0.001
"""How often, after a step, everything there is is asked about."""
LOOKED_AT = 0.08
"""How often periods and duties are compared after a step, too; at the end they always are."""

Expired = tuple[str, str, int]


@dataclass(frozen=True)
class Machine:
    """What is tried: the kernel's functions, a definition and a calendar. Tests put broken ones in."""

    definition: Definition
    calendar: WorkCalendar
    apply: Callable[[Definition, Log, Event, WorkCalendar], Applied | Refused] = apply
    expire: Callable[[Definition, Log, Any, WorkCalendar], Log] = expire
    standing: Callable[[Definition, Log, Any, WorkCalendar], Standing] = standing
    fold: Callable[..., Case] = fold
    probed: float = PROBED


@dataclass(frozen=True)
class Difference:
    """The first thing that was not the same in a sequence."""

    number: int
    step: int
    what: str
    kernel: str
    reference: str
    log: tuple[str, ...]

    def __str__(self) -> str:
        lines = (f"    {each}" for each in self.log)
        head = f"sequence {self.number} step {self.step}: {self.what}"
        return "\n".join((head, f"  kernel:    {self.kernel}", f"  reference: {self.reference}", *lines))


@dataclass
class Tally:
    """What was tried so far."""

    sequences: int = 0
    steps: int = 0
    probed: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    expired: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what another worker did."""
        self.sequences += other.sequences
        self.steps += other.steps
        self.probed += other.probed
        for mine, theirs in zip(self._counters(), other._counters(), strict=True):
            mine.update(theirs)
        self.differences += other.differences

    def _counters(self) -> tuple[Counter[str], ...]:
        return (self.accepted, self.refused, self.expired, self.states)


class Sequence:
    """One random case, told to both."""

    def __init__(self, machine: Machine, days: Days, seed: int, number: int, tally: Tally) -> None:
        self.machine, self.number, self.tally = machine, number, tally
        self.rng = Random(f"{seed}/{number}")
        self.model = Complaint(days)
        self.log: Log = ()
        self.case = machine.fold(machine.definition, ())
        self.step = 0
        self.tried: list[str] = []

    def run(self) -> Difference | None:
        """Go on until something differs or the sequence is long enough."""
        today = first_day(self.rng)
        for _ in range(self.rng.randint(4, 40)):
            self.step += 1
            today = next_day(self.rng, today)
            event = next_event(self.rng, self.model, today)
            self.tried.append(_said(event))
            found = self._tried(event, today) or self._probed(today)
            if found is not None:
                return found
            if self.model.state in OVER and self.rng.random() < 0.5:
                break
        return self._at_the_end(today)

    def _probed(self, today: date) -> Difference | None:
        """Now and then ask both about everything there is, without doing any of it."""
        if self.rng.random() >= self.machine.probed:
            return None
        machine = self.machine
        for event in every_event(self.rng, self.model, today):
            answer = machine.apply(machine.definition, self.log, event, machine.calendar)
            self.tally.probed += 1
            if isinstance(answer, Refused) is self.model.copy().attempt(event):
                self.tried.append(_said(event))
                reason = answer.reason if isinstance(answer, Refused) else "accepted"
                return self._differs("accepted?", reason, "the other")
        return None

    def _tried(self, event: Event, today: date) -> Difference | None:
        machine = self.machine
        self.tally.steps += 1
        answer = machine.apply(machine.definition, self.log, event, machine.calendar)
        allowed = self.model.attempt(event)
        if isinstance(answer, Refused):
            self.tally.refused[event.name] += 1
            if allowed:
                return self._differs("accepted?", answer.reason, "accepted")
            self.model.advance(today.toordinal())
            return self._grown(machine.expire(machine.definition, self.log, today, machine.calendar))
        if not allowed:
            return self._differs("accepted?", "accepted", "refused")
        self.tally.accepted[event.name] += 1
        missing = {each.partition("」")[0].lstrip("「") for each in answer.missing}
        if missing != self.model.missing:
            return self._differs("missing papers", str(sorted(missing)), str(sorted(self.model.missing)))
        self.model.missing = set()
        grown = self._grown(answer.log, answer.case)
        if grown is None and self.rng.random() < LOOKED_AT:
            return self._looked_at(today)
        return grown

    def _grown(self, log: Log, case: Case | None = None) -> Difference | None:
        added = log[len(self.log) :]
        if case is not None:
            self.case = case
        elif added:
            self.case = self.machine.fold(self.machine.definition, added, self.case)
        self.log = log
        fired, self.model.fired = self.model.fired, []
        kernel = [_expiry(each) for each in added if each.clock]
        self.tally.expired.update(f"{clock}/{event}" for clock, event, _ in kernel)
        if kernel != fired:
            return self._differs("what ran out", _days(kernel), _days(fired))
        self.tally.states[self.case.state] += 1
        if self.case.state != self.model.state:
            return self._differs("state", self.case.state, self.model.state)
        return None

    def _looked_at(self, today: date) -> Difference | None:
        stands = self.machine.standing(self.machine.definition, self.log, today, self.machine.calendar)
        day = today.toordinal()
        dues = {each.name: (each.status.value, _last(each.due)) for each in stands.clocks}
        other = {name: (status, last) for name, (status, last) in self.model.dues(day).items()}
        if dues != other:
            return self._differs(f"periods on {today}", _told(dues), _told(other))
        duties = sorted(
            (
                (each.name, each.start.toordinal(), _last(each.due), each.status.value)
                for each in stands.duties
            ),
            key=str,
        )
        owed = sorted(self.model.owed(day), key=str)
        if duties != owed:
            return self._differs(f"duties on {today}", _lacking(duties, owed), _lacking(owed, duties))
        wrong = broken(stands, today, self.machine.calendar)
        return self._differs(f"invariant on {today}", wrong, "") if wrong else None

    def _at_the_end(self, today: date) -> Difference | None:
        today = min(today + timedelta(self.rng.choice((0, 1, 5, 40, 250))), LAST_DAY)
        self.model.advance(today.toordinal())
        log = self.machine.expire(self.machine.definition, self.log, today, self.machine.calendar)
        found = self._grown(log) or self._looked_at(today)
        if (
            found is None
            and self.number % 5 == 0
            and self.case != self.machine.fold(self.machine.definition, self.log)
        ):
            return self._differs("folded from the start", "not the same as bit by bit", "")
        return found

    def _differs(self, what: str, kernel: str, reference: str) -> Difference:
        log = (*(each.words for each in self.log), f"tried: {self.tried[-1]}" if self.tried else "")
        return Difference(self.number, self.step, what, kernel, reference, log)


def _said(event: Event) -> str:
    facts = " ".join(f"{name}={value}" for name, value in event.facts.items())
    return f"{event.when} {event.actor} {event.name} {facts} {' '.join(event.materials)}".rstrip()


def _expiry(entry: Entry) -> Expired:
    return (entry.clock, entry.event, entry.when.toordinal())


def _days(expired: list[Expired]) -> str:
    return "; ".join(f"{clock} {event} {date.fromordinal(day)}" for clock, event, day in expired) or "nothing"


def _last(due: Due | None) -> int | None:
    return due.day.toordinal() if due is not None and due.day is not None else None


def _date(day: Any) -> str:
    return str(date.fromordinal(day)) if isinstance(day, int) else str(day)


def _told(dues: dict[str, tuple[str, int | None]]) -> str:
    return "; ".join(f"{name} {status} {_date(last)}" for name, (status, last) in sorted(dues.items()))


def _lacking(mine: list[Any], other: list[Any]) -> str:
    return "; ".join(" ".join(map(_date, each)) for each in mine if each not in other) or "(fewer)"


def run(
    machine: Machine, seed: int, first: int, count: int, stop_at: int = 1, dues: Dues | None = None
) -> Tally:
    """Run sequences one after another; stop after so many that differ."""
    tally, days = Tally(), Days(machine.calendar)
    with remembered(dues or Dues()):
        for number in range(first, first + count):
            tally.sequences += 1
            found = Sequence(machine, days, seed, number, tally).run()
            if found is not None:
                tally.differences.append(found)
                if len(tally.differences) >= stop_at:
                    break
    return tally


_machines: dict[Path, tuple[Machine, Dues]] = {}


def _chunk(procedure: Path, seed: int, stop_at: int, first: int, count: int) -> Tally:
    if procedure not in _machines:
        _machines[procedure] = Machine(load_procedure(procedure), load_calendar(CALENDARS)), Dues()
    machine, dues = _machines[procedure]
    return run(machine, seed, first, count, stop_at, dues)


def run_all(procedure: Path, seed: int, first: int, count: int, workers: int, stop_at: int = 1) -> Tally:
    """Run many, spread over processes."""
    parts = [(start, min(CHUNK, first + count - start)) for start in range(first, first + count, CHUNK)]
    work = partial(_chunk, procedure, seed, stop_at)
    total = Tally()
    if workers <= 1:
        done: Iterator[Tally] = starmap(work, parts)
        return _gathered(done, total, stop_at)
    with ProcessPoolExecutor(workers) as pool:
        starts, counts = zip(*parts, strict=True)
        total = _gathered(pool.map(work, starts, counts), total, stop_at)
        pool.shutdown(cancel_futures=True)
    return total


def _gathered(parts: Iterator[Tally], total: Tally, stop_at: int) -> Tally:
    for each in parts:
        total.add(each)
        if len(total.differences) >= stop_at:
            break
    return total


def report(tally: Tally, definition: Definition, seconds: float) -> str:
    """Say what was tried and what came of it."""
    accepted = sum(tally.accepted.values())
    lines = [
        f"sequences {tally.sequences}, steps {tally.steps}, differences {len(tally.differences)}",
        f"asked besides, without doing it: {tally.probed}",
        f"accepted {accepted / max(tally.steps, 1):.1%}, {tally.sequences / max(seconds, 0.001):.0f}/s",
        "event: accepted / refused",
        *(f"  {name}: {tally.accepted[name]} / {tally.refused[name]}" for name in definition.events),
        "ran out:",
        *(f"  {name}: {number}" for name, number in sorted(tally.expired.items())),
        "state after a step:",
        *(f"  {name}: {tally.states[name]}" for name in definition.states),
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="harness.sequences", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first sequence, to replay one")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--stop-at", type=int, default=1, help="stop after so many that differ")
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    tally = run_all(PROCEDURE, given.seed, given.first, given.count, given.workers, given.stop_at)
    for each in tally.differences:
        print(each)
    print(report(tally, load_procedure(PROCEDURE), time.perf_counter() - began))
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
