"""What is kept beside the log for lists, worked out anew whenever the log or the calendar changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from huiqi.casework import book
from huiqi.casework.models import Case, MovedDate
from huiqi.casework.records import log_of
from huiqi.clocks import WorkCalendar
from huiqi.procedures import Case as Folded
from huiqi.procedures import Definition, fold
from huiqi.procedures.shape import Expiry


def keep_for_lists(case: Case, definition: Definition, folded: Folded) -> None:
    """Bring a case's row up to date with its log. A case in which something is still owed is not over."""
    case.state = folded.state
    owed = any(each.done is None for each in folded.duties)
    case.over = definition.states[folded.state].final and not owed
    coming = list(_coming(definition, folded, book.calendar()))
    case.next_due, case.next_what = min(coming, default=(None, ""))
    case.save(update_fields=["state", "over", "next_due", "next_what"])


def _coming(definition: Definition, folded: Folded, calendar: WorkCalendar) -> Iterator[tuple[date, str]]:
    running = {} if definition.states[folded.state].final else definition.clocks
    for name, clock in running.items():
        run = folded.running(name)
        day = run.due(clock, calendar).day if run else None
        if run and day and not (run.expired and clock.expiry is Expiry.AUTOMATIC):
            yield day, name  # what ran out and waits for a person is still to be done, the more so
    for owed in folded.duties:
        limit = owed.due(definition.duties[owed.duty], calendar) if owed.done is None else None
        if limit and limit.day:
            yield limit.day, owed.duty


@dataclass(frozen=True, slots=True)
class Moved:
    """A due date of an open case that is another now."""

    case: str
    clock: str
    was: date | None
    now: date | None


def recompute(before: WorkCalendar, after: WorkCalendar, notice: str) -> list[Moved]:
    """Work out every open case anew after a notice was entered, keep what moved, and list it.

    What has fired stays fired. The process uses ``after`` from its next question (``book.forget``).
    """
    book.forget()
    moved: list[Moved] = []
    for pk in list(Case.objects.filter(over=False).order_by("number").values_list("pk", flat=True)):
        moved += _recompute(pk, before, after, notice)
    return moved


def would_move(before: WorkCalendar, after: WorkCalendar) -> list[Moved]:
    """What ``recompute`` would list, without changing anything."""
    moved: list[Moved] = []
    for case in Case.objects.filter(over=False).order_by("number"):
        definition = book.definition_of(case)
        moved += _moved(case, definition, fold(definition, log_of(case, definition)), before, after)
    return moved


def _moved(
    case: Case, definition: Definition, folded: Folded, before: WorkCalendar, after: WorkCalendar
) -> Iterator[Moved]:
    for name, clock in definition.clocks.items():
        run = folded.running(name)
        if run is None:
            continue
        was, now = run.due(clock, before).day, run.due(clock, after).day
        if was != now:
            yield Moved(case.number, name, was, now)
    for owed in folded.duties:
        duty = definition.duties[owed.duty]
        earlier, later = owed.due(duty, before), owed.due(duty, after)
        if owed.done is None and earlier and later and earlier.day != later.day:
            yield Moved(case.number, duty.name, earlier.day, later.day)


@transaction.atomic(durable=True)
def _recompute(pk: int, before: WorkCalendar, after: WorkCalendar, notice: str) -> list[Moved]:
    case = Case.objects.select_for_update().get(pk=pk)
    definition = book.definition_of(case)
    folded = fold(definition, log_of(case, definition))
    moved = list(_moved(case, definition, folded, before, after))
    MovedDate.objects.bulk_create(
        MovedDate(case=case, clock=one.clock, was=one.was, now=one.now, notice=notice, at=timezone.now())
        for one in moved
    )
    keep_for_lists(case, definition, folded)
    return moved
