"""Writing cases: everything that changes one goes through here, whether a page, a command or a program asks.

Each function is one transaction. What it returns says what happened in words for the person who asked. What
was refused has changed nothing, except that whatever had run out by then is written down.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiqi.casework import book
from huiqi.casework.models import Case, Command, Counter, Entry, Identity, IdentitySeen, Notice
from huiqi.casework.permissions import may_act, may_look, may_see_identity
from huiqi.casework.records import as_line, log_of, moment_of, write
from huiqi.casework.upkeep import keep_for_lists
from huiqi.clocks.period import Moment, day_of, moment, said
from huiqi.procedures import Applied, Definition, Event, Refused, apply, expire, fold, version_on
from huiqi.procedures.log import Log, Value, written

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Done:
    """It happened (now, or when the same request came before): the case, and the last place of its log."""

    case: Case
    seq: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """It did not happen; ``reason`` is for the person. ``late``: only because somebody else was faster."""

    reason: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to do: the event, when it happened, as whom, what is stated and handed over.

    ``key`` is made up by the sender, once for each thing wanted: the same key again is the same thing, not
    another. ``seen`` is how many acts of people the sender saw in the log, ``None`` when it does not matter.
    """

    event: str
    when: Moment
    actor: str
    key: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    materials: tuple[str, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new case is about. ``identities`` says who an actor outside the office is: name and contact."""

    procedure: str
    title: str
    statement: str = ""
    locality: str = ""
    department: str = ""
    identities: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def open_case(user: User, opening: Opening, act: Act, *, now: datetime | None = None) -> Done | Rejected:
    """Open a case with its first event, by the version in force on the day of that event."""
    now = now or timezone.now()

    def attempt() -> Done | Rejected:
        if before := _done_before(act, opening):
            return before
        definition = version_on(book.procedures(), opening.procedure, day_of(act.when))
        if definition is None:
            return Rejected(f"{day_of(act.when)} 没有施行中的「{opening.procedure}」")
        if not opening.title.strip():
            return Rejected("要写案件的标题")
        wrong = _wrong(user, definition, act, (), now)
        if wrong:
            return wrong
        found = apply(definition, (), _event(act), book.calendar())
        if isinstance(found, Refused):
            return Rejected(found.reason)
        case = Case.objects.create(
            number=take_number(f"{opening.procedure}-{day_of(act.when).year}"),
            procedure=opening.procedure,
            version=definition.since,
            title=opening.title.strip(),
            statement=opening.statement,
            locality=opening.locality,
            department=opening.department,
            opened=now,
            state=definition.first,
        )
        for actor, (name, contact) in opening.identities.items():
            if name or contact:
                Identity.objects.create(case=case, actor=actor, name=name, contact=contact)
        write(case, definition, found.added, after=0, now=now, by=user)
        return _finish(case, definition, found, act, opening, now)

    return _once(act, opening, attempt)


def act_on(user: User, number: str, act: Act, *, now: datetime | None = None) -> Done | Rejected:
    """Let an event happen in a case, after everything that ran out before it."""
    now = now or timezone.now()

    def attempt() -> Done | Rejected:
        case = Case.objects.select_for_update().filter(number=number).first()
        if case is None:
            return Rejected(f"没有案件 {number}")
        if before := _done_before(act, number):  # asked once the case is ours: a twin may have gone before
            return before
        definition = book.definition_of(case)
        kept = list(case.entries.order_by("seq"))
        wrong = _wrong(user, definition, act, kept, now)
        if wrong:
            return wrong
        by_people = [entry for entry in kept if not entry.clock]
        if act.seen is not None and act.seen != len(by_people):
            last = by_people[-1]
            return Rejected(f"慢了一步：{last.actor}已先「{last.event}」，请看过以后再办", late=True)
        log = tuple(as_line(entry, definition) for entry in kept)
        found = apply(definition, log, _event(act), book.calendar())
        if isinstance(found, Refused):
            _write_expired(case, definition, log, act.when, now)
            return Rejected(found.reason)
        write(case, definition, found.added, after=len(log), now=now, by=user)
        return _finish(case, definition, found, act, number, now)

    return _once(act, number, attempt)


@dataclass(frozen=True, slots=True)
class Fired:
    """The cases in which something had run out, and what is wrong with those that could not be looked at."""

    cases: list[Case]
    problems: list[str]


def fire_expired(*, now: datetime | None = None) -> Fired:
    """Write down what has run out in every open case; one that cannot be read does not hold up the others.

    Only a convenience: every act does the same for its case first, so nothing depends on how often this runs.
    """
    now = now or timezone.now()
    fired = Fired([], [])
    waiting = Case.objects.filter(over=False, next_due__lt=day_of(now)).values_list("pk", flat=True)
    for pk in list(waiting):
        try:
            if case := _fire(pk, now):
                fired.cases.append(case)
        except LookupError as error:
            fired.problems.append(str(error.args[0]))
    return fired


@transaction.atomic(durable=True)
def _fire(pk: int, now: datetime) -> Case | None:
    case = Case.objects.select_for_update().get(pk=pk)
    definition = book.definition_of(case)
    return case if _write_expired(case, definition, log_of(case, definition), now, now) else None


def _write_expired(case: Case, definition: Definition, log: Log, by: Moment, now: datetime) -> int:
    """Write down what had run out in a case by then, and how many lines that is."""
    after = expire(definition, log, by, book.calendar())
    write(case, definition, after[len(log) :], after=len(log), now=now, by=None)
    keep_for_lists(case, definition, fold(definition, after))
    return len(after) - len(log)


@transaction.atomic(durable=True)
def serve(user: User, notice: int, day: date, proof: str) -> Done | Rejected:
    """Record that a notice reached the one it was for. A clock that runs from service starts by its event."""
    found = Notice.objects.select_for_update().select_related("entry__case").filter(pk=notice).first()
    if found is None:
        return Rejected("没有这份通知")
    allowed = may_look(user, found.entry.case.procedure)
    if not allowed:
        return Rejected(allowed.reason)
    if found.served is not None:
        return Rejected(f"这份通知已记为 {found.served} 送达")
    if day > day_of(timezone.now()) or day < day_of(moment_of(found.entry.happened)):
        return Rejected(f"送达日 {day} 要在作出之后、今天以前")
    if not proof.strip():
        return Rejected("要写凭什么知道已送达，如回执、签收")
    found.served, found.proof = day, proof.strip()
    found.save(update_fields=["served", "proof"])
    return Done(found.entry.case, found.entry.seq)


@transaction.atomic(durable=True)
def see_identity(user: User, number: str, actor: str, purpose: str) -> tuple[str, str] | Rejected:
    """Name and contact of somebody in a case, for those who may see them; that they were seen is kept."""
    case = Case.objects.filter(number=number).first()
    if case is None:
        return Rejected(f"没有案件 {number}")
    allowed = may_see_identity(user, case, book.definition_of(case), actor)
    if not allowed:
        return Rejected(allowed.reason)
    if not purpose.strip():
        return Rejected("要写为什么看，这会记下来")
    found = Identity.objects.filter(case=case, actor=actor).first()
    if found is None:
        return Rejected(f"案件没有登记「{actor}」是谁")
    IdentitySeen.objects.create(identity=found, user=user, purpose=purpose.strip(), at=timezone.now())
    return found.name, found.contact


def take_number(series: str) -> str:
    """The next number of a series of cases."""
    return f"{series}-{next_of(series):05d}"


def next_of(series: str) -> int:
    """The next of a series, within the transaction that uses it: no gap, none twice."""
    Counter.objects.get_or_create(name=series)
    row = Counter.objects.select_for_update().get(name=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _event(act: Act) -> Event:
    return Event(act.event, act.when, act.actor, dict(act.facts), act.materials)


def _wrong(
    user: User,
    definition: Definition,
    act: Act,
    log: tuple[Entry, ...] | list[Entry],
    now: datetime,
) -> Rejected | None:
    """Why somebody may not do this at all, before the rules of the procedure are asked."""
    if moment(act.when) > now and day_of(act.when) > day_of(now):
        return Rejected(f"{said(act.when)} 还没有到，不能先记")
    allowed = may_act(user, definition, act.event, act.actor, log)
    return None if allowed else Rejected(allowed.reason)


def _finish(
    case: Case,
    definition: Definition,
    found: Applied,
    act: Act,
    about: Opening | str,
    now: datetime,
) -> Done:
    keep_for_lists(case, definition, found.case)
    seq = len(found.log)
    Command.objects.create(key=act.key, digest=_digest(act, about), case=case, seq=seq, at=now)
    return Done(case, seq, found.missing)


def _once(act: Act, about: Opening | str, attempt: Callable[[], Done | Rejected]) -> Done | Rejected:
    """Carry out a request that was not carried out before, all of it or nothing."""
    try:
        with transaction.atomic(durable=True):
            return attempt()
    except IntegrityError:
        # whoever was faster has the place in the log, or the same request came twice at once
        return _done_before(act, about) or Rejected("慢了一步：同时有人办了这一件，请看过以后再办", late=True)


def _done_before(act: Act, about: Opening | str) -> Done | Rejected | None:
    found = Command.objects.select_related("case").filter(key=act.key).first()
    if found is None:
        return None
    if found.digest != _digest(act, about):
        return Rejected("这个请求号已经用在另一件事上，请刷新页面再办")
    return Done(found.case, found.seq)


def _digest(act: Act, about: Opening | str) -> str:
    """What was asked for, in 64 characters; ``seen`` is left out, since a repeated request may know more."""
    said_about = about if isinstance(about, str) else [about.procedure, about.title, about.statement]
    facts = {name: written(value) for name, value in act.facts.items()}
    told = [said_about, act.event, act.when.isoformat(), act.actor, facts, sorted(act.materials)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
