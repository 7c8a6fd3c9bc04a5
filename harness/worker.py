"""What is killed: a process that opens cases and acts on them, and keeps a journal of what it was told.

The journal is written with plain ``write``: what has been handed to the system survives the process. Before
a request it says what is wanted (``W``), afterwards what was answered (``A`` done, ``R`` refused). A worker
that follows one that was killed sends the last unanswered request again, with the same key, as a browser
would.
"""

from __future__ import annotations

import json
import mmap
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from harness.installation import PERSON, PROCEDURE
from huiqi.casework import book
from huiqi.casework.models import Case
from huiqi.casework.selectors import see
from huiqi.casework.services import Act, Done, Opening, Rejected, act_on, open_case
from huiqi.casework.storage import keep_log_short
from huiqi.clocks.period import day_of
from huiqi.procedures import Definition
from huiqi.procedures.log import Value
from huiqi.procedures.shape import FactKind

FIRST, LAST = date(2025, 1, 2), date(2026, 10, 30)
LONGEST_LOG = 24
"""Lines after which a case is left alone: a long log takes long to be held against the rules."""

UPKEEP = 0.2
"""Share of the requests after which the write-ahead log of SQLite is looked at."""

TAIL = 16_384
"""Bytes at the end of a journal that hold the last request and its answer."""

OUTSIDE, INSIDE = 0, 1
"""What the flag of a worker says."""


@dataclass(frozen=True)
class Journal:
    """The journal of one worker after another at one place."""

    path: Path

    def write(self, kind: str, key: str, more: Any = None) -> None:
        """Add a line, in one write."""
        # a kill can cut a write short where a page of memory ends: each line begins on a line of its own
        line = "\n" + json.dumps([kind, key, more], ensure_ascii=False) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line.encode())
        os.close(handle)

    def lines(self, tail: int = 0) -> Iterator[tuple[str, str, Any]]:
        """Every line that was finished; with ``tail`` those of so many bytes at the end."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            if tail:
                file.seek(max(0, self.path.stat().st_size - tail))
            content = file.read()
        for line in content.split(b"\n"):
            try:
                kind, key, more = json.loads(line)
            except ValueError:
                continue  # cut short: nobody was told
            yield kind, key, more

    def unanswered(self) -> tuple[str, Any] | None:
        """The last request, when nothing was answered to it."""
        last = None
        for kind, key, more in self.lines(tail=TAIL):
            last = (key, more) if kind == "W" else None
        return last


@contextmanager
def flagged(flags: mmap.mmap, place: int) -> Iterator[None]:
    """Show in shared memory whether the process is inside a transaction."""
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def entering(self: transaction.Atomic) -> None:
        enter(self)
        flags[place] = INSIDE

    def leaving(self: transaction.Atomic, *error: Any) -> None:
        leave(self, *error)
        flags[place] = OUTSIDE

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entering, leaving  # type: ignore[method-assign]
    try:
        yield
    finally:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


def work(journal: Journal, seed: int, ready: Callable[[], None]) -> None:
    """Open cases and act on them until killed."""
    chance = random.Random(seed)
    person = User.objects.get(username=PERSON)
    ready()
    again = journal.unanswered()
    while True:
        key, wanted = again or (f"{seed}-{chance.getrandbits(60):x}", _something(chance))
        again = None
        if wanted is None:
            continue
        journal.write("W", key, wanted)
        answer(journal, key, send(person, key, wanted))
        if chance.random() < UPKEEP:
            keep_log_short()  # as the portal does after a request


def answer(journal: Journal, key: str, found: Done | Rejected) -> None:
    """Write down what was answered."""
    if isinstance(found, Done):
        journal.write("A", key, [found.case.number, found.seq])
    else:
        journal.write("R", key, found.reason)


def send(person: User, key: str, wanted: dict[str, Any]) -> Done | Rejected:
    """Carry out a request as it stands in a journal."""
    when = date.fromisoformat(wanted["when"])
    facts: dict[str, Value] = dict(wanted["facts"])
    for name in wanted["days"]:
        facts[name] = date.fromisoformat(str(facts[name]))
    act = Act(wanted["event"], when, wanted["actor"], key, facts, tuple(wanted["materials"]), wanted["seen"])
    now = datetime(when.year, when.month, when.day, 15, tzinfo=UTC)
    if wanted["case"] is None:
        return open_case(person, Opening(PROCEDURE, "一件投诉"), act, now=now)
    return act_on(person, wanted["case"], act, now=now)


def _something(chance: random.Random) -> dict[str, Any] | None:
    """Something that somebody might want: a new case, or in an open one an event that is possible there."""
    finals = [
        state.name
        for one in book.procedures()
        if one.id == PROCEDURE
        for state in one.states.values()
        if state.final
    ]
    recent = list(Case.objects.filter(over=False).exclude(state__in=finals).order_by("-pk")[:6])
    if not recent or chance.random() < 0.08:
        first = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days - 200))
        return _wanted(None, "收到", first, "受理机构", {"线索来源": "其他渠道"}, (), None)
    case = chance.choice(recent)
    last = case.entries.order_by("-seq").values_list("happened", "seq").first()
    assert last is not None
    when = date.fromisoformat(last[0][:10]) + timedelta(days=chance.choice((0, 0, 1, 1, 2, 4, 9)))
    if last[1] > LONGEST_LOG or when > LAST:
        Case.objects.filter(pk=case.pk).update(over=True)  # left alone from here on
        return None
    seen = see(case, now=datetime(when.year, when.month, when.day, 15, tzinfo=UTC))
    possible = [one for one in seen.standing.possible if one.who]
    if not possible:
        return None
    one = chance.choice(possible)
    facts = _facts(chance, seen.definition, one.event, day_of(when))
    papers = tuple(paper.name for paper in seen.definition.events[one.event].materials)
    watched = seen.acts if chance.random() < 0.5 else None
    return _wanted(case.number, one.event, when, chance.choice(list(one.who)), facts, papers, watched)


def _wanted(
    case: str | None,
    event: str,
    when: date,
    actor: str,
    facts: dict[str, Value],
    materials: tuple[str, ...],
    seen: int | None,
) -> dict[str, Any]:
    days = [name for name, value in facts.items() if isinstance(value, date)]
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    return {
        "case": case,
        "event": event,
        "when": when.isoformat(),
        "actor": actor,
        "facts": plain,
        "days": days,
        "materials": materials,
        "seen": seen,
    }


def _facts(chance: random.Random, definition: Definition, event: str, today: date) -> dict[str, Value]:
    """What the event has to state, mostly rightly."""
    facts: dict[str, Value] = {}
    for guard in definition.events[event].guards:
        fact = definition.facts[guard.fact]
        if fact.kind is FactKind.OPTION:
            facts[guard.fact] = chance.choice(guard.values or tuple(fact.options))
        elif fact.kind is FactKind.FLAG:
            facts[guard.fact] = chance.choice(guard.values or ("是", "否")) == "是"
    for clock in definition.clocks.values():
        if clock.fact and event in clock.starts:
            facts[clock.fact] = today + timedelta(days=chance.randrange(1, 15))
        for extension in clock.extensions:
            if extension.event == event and extension.fact:
                facts[extension.fact] = chance.randrange(1, 4)
    return facts
