"""Reading cases: one as it stands, and the queue of what is to be done, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from huiqi.casework import book
from huiqi.casework.models import Case, Post
from huiqi.casework.records import log_of
from huiqi.clocks.period import day_of
from huiqi.procedures import Definition, Standing, standing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it stands at a moment. ``acts`` is how many acts of people its log has."""

    case: Case
    definition: Definition
    standing: Standing
    acts: int


def see(case: Case, *, now: datetime | None = None) -> Seen:
    """How a case stands, with what has run out by now whether it is written down yet or not."""
    definition = book.definition_of(case)
    log = log_of(case, definition)
    found = standing(definition, log, now or timezone.now(), book.calendar())
    return Seen(case, definition, found, sum(1 for line in log if not line.clock))


def visible(user: User) -> QuerySet[Case]:
    """The cases of the procedures that somebody works on."""
    mine = Post.objects.filter(user=user).values("procedure") if user.is_active else Post.objects.none()
    return Case.objects.filter(procedure__in=mine)


def queue(
    user: User,
    procedure: str = "",
    *,
    state: str = "",
    text: str = "",
    over: bool = False,
    now: datetime | None = None,
) -> QuerySet[Case]:
    """Open cases, what runs out first above, what waits for nothing last; or those that are ``over``.

    ``text`` is looked for in number and title. Of those that are over the last opened comes first.
    """
    found = visible(user).filter(over=over)
    if procedure:
        found = found.filter(procedure=procedure)
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(number__icontains=text) | Q(title__icontains=text))
    if over:
        return found.order_by("-opened", "-number")
    return found.order_by(F("next_due").asc(nulls_last=True), "number")


def days_left(case: Case, today: date | None = None) -> int | None:
    """Calendar days until the next thing runs out."""
    return (case.next_due - (today or day_of(timezone.now()))).days if case.next_due else None
