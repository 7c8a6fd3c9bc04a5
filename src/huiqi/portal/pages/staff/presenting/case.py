"""A case on one page: how it stands, what runs out when and what then, who can do what, the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from huiqi.casework.models import Case, Document, Entry, MovedDate, Notice
from huiqi.casework.papers import makeable
from huiqi.casework.permissions import may_act, may_see_identity
from huiqi.casework.selectors import Seen, see
from huiqi.clocks import Due
from huiqi.clocks.calendar import weekday
from huiqi.clocks.period import Moment, day_of, moment
from huiqi.language.words import day_words
from huiqi.portal.pages.public.presenting.deadlines import Span, ending, guessed, spans
from huiqi.portal.pages.public.presenting.procedures import Expires, Said, expires, extensions
from huiqi.portal.pages.staff.presenting.asking import EventForm, Paper, event_form, missing_papers
from huiqi.portal.pages.staff.presenting.days import Left, left
from huiqi.procedures import Case as Folded
from huiqi.procedures import Definition, fold
from huiqi.procedures.definition import PaperKind
from huiqi.procedures.log import Entry as Line
from huiqi.procedures.log import Value, written
from huiqi.procedures.standing import ClockStanding, ClockStatus, DutyStanding, DutyStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that is not over, or ran out and still matters: when, what then, and how it was counted.

    ``guessed`` and ``ending`` are the years on which it is not certain; ``rest`` is what a pause leaves.
    """

    name: str
    cite: str
    status: str
    day: date | None
    weekday: str
    time: str
    left: Left | None
    rest: str
    over: bool
    then: Expires
    extensions: tuple[Said, ...]
    guessed: str
    ending: str
    spans: tuple[Span, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of somebody in the case."""

    name: str
    who: str
    does: str
    status: str
    done: bool
    day: date | None
    time: str
    left: Left | None
    cite: str


@dataclass(frozen=True, slots=True)
class Other:
    """Something that others can do now, or that the reader may not although it is their post's.

    ``leads``: it takes the case a step on, or is a step of an approval.
    """

    event: str
    who: Mapping[str, str]
    needs: tuple[str, ...]
    cite: str
    leads: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log. ``by`` and ``recorded`` are empty for what has run out and is not written yet."""

    seq: int
    when: str
    event: str
    actor: str
    clock: str
    facts: tuple[tuple[str, str], ...]
    materials: tuple[str, ...]
    by: str
    recorded: datetime | None
    cite: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the case whose identity is kept apart, and whether the reader may see it."""

    actor: str
    allowed: bool
    reason: str


@dataclass(slots=True)
class CasePage:
    """Everything that the page of a case shows to one reader."""

    case: Case
    definition: Definition
    seen: Seen
    since: str
    today: date
    running: tuple[Running, ...]
    past: tuple[Running, ...]
    owed: tuple[Owed, ...]
    done: tuple[Owed, ...]
    mine: tuple[EventForm, ...]
    awaited: tuple[Other, ...]
    others: tuple[Other, ...]
    barred: tuple[Other, ...]
    impossible: Mapping[str, str]
    lines: tuple[Logged, ...]
    facts: tuple[tuple[str, str], ...]
    missing: tuple[Paper, ...]
    perhaps: tuple[Paper, ...]
    unserved: tuple[Notice, ...]
    served: tuple[Notice, ...]
    moved: tuple[MovedDate, ...]
    people: tuple[Known, ...]
    documents: tuple[Document, ...]
    makeable: tuple[tuple[Entry, PaperKind], ...]

    @property
    def first(self) -> Running | Owed | None:
        """What is due next: of what has a day the earliest that is not over, or else the one just over."""
        dated: list[Running | Owed] = [one for one in self.running if one.day]
        dated += [one for one in self.owed if one.day]
        return min(dated, key=lambda one: one.day or date.max, default=None)


def case_page(user: User, case: Case, definition: Definition, *, now: datetime | None = None) -> CasePage:
    """The page of a case for somebody who may look at it."""
    now = now or timezone.now()
    seen = see(case, now=now)
    standing, today = seen.standing, day_of(now)
    folded = fold(definition, standing.log)
    kept = list(case.entries.select_related("by").order_by("seq"))
    owed = missing_papers(definition, folded, (one.event for one in standing.log if one.event))
    mine, others, barred = _doable(user, seen, folded, kept, owed, today)
    clocks = [
        _running(definition, one, today) for one in standing.clocks if one.status is not ClockStatus.STOPPED
    ]
    clocks.sort(key=lambda one: (one.day is None, one.day))
    duties = [_owed(one, today) for one in standing.duties]
    notices = Notice.objects.filter(entry__case=case).select_related("entry").order_by("entry__seq", "place")
    return CasePage(
        case=case,
        definition=definition,
        seen=seen,
        since=said(standing.since) if standing.since else "",
        today=today,
        running=tuple(one for one in clocks if not one.over and not standing.final),
        past=tuple(one for one in clocks if one.over and not standing.final),
        owed=tuple(one for one in duties if not one.done),
        done=tuple(one for one in duties if one.done),
        mine=mine,
        awaited=tuple(one for one in others if one.leads),
        others=tuple(one for one in others if not one.leads),
        barred=barred,
        impossible=standing.impossible,
        lines=tuple(_lines(definition, standing.log, kept)),
        facts=_facts(folded.facts),
        missing=tuple(one for one in owed if not one.case),
        perhaps=tuple(one for one in owed if one.case),
        unserved=tuple(one for one in notices if one.served is None),
        served=tuple(one for one in notices if one.served is not None),
        moved=tuple(case.moved.all()),
        people=tuple(_people(user, case, definition)),
        documents=tuple(case.documents.order_by("made", "pk").defer("word", "pdf")),
        makeable=tuple(makeable(case, definition)),
    )


def _doable(
    user: User, seen: Seen, folded: Folded, kept: list[Entry], owed: tuple[Paper, ...], today: date
) -> tuple[tuple[EventForm, ...], tuple[Other, ...], tuple[Other, ...]]:
    """What the reader can do, what only others can, and what the reader's post could but not the reader."""
    definition = seen.definition
    places = {name: place for place, name in enumerate(definition.events)}
    mine, others, barred = [], [], []
    for one in seen.standing.possible:
        answers = {actor: may_act(user, definition, one.event, actor, kept) for actor in one.who}
        allowed = tuple(actor for actor, answer in answers.items() if answer)
        reasons = [answer.reason for answer in answers.values() if "本人" in answer.reason]
        if allowed:
            form = event_form(
                definition,
                folded,
                definition.events[one.event],
                id=f"e{places[one.event]}",
                actors=allowed,
                seen=seen.acts,
                today=today,
                owed=owed,
            )
            mine.append(form)
        elif reasons:
            barred.append(Other(one.event, one.who, one.needs, one.cite, why=reasons[0]))
        else:
            leads = _leads(definition, one.event, seen.standing.state)
            others.append(Other(one.event, one.who, one.needs, one.cite, leads))
    mine.sort(key=lambda form: not _leads(definition, form.event.name, seen.standing.state))
    return tuple(mine), tuple(others), tuple(barred)


def _leads(definition: Definition, event: str, state: str) -> bool:
    """What takes the case a step on, or decides on what was asked for, comes before the rest."""
    deciding = (name for one in definition.chains.values() for name in (one.agrees, one.grants, *one.returns))
    return definition.events[event].target not in ("", state) or event in deciding


def _running(definition: Definition, one: ClockStanding, today: date) -> Running:
    due, clock = one.due, definition.clocks[one.name]
    over = one.status is ClockStatus.EXPIRED
    rest = due.left_unit.amount(due.left) if due.left_unit and due.left is not None else ""
    return Running(
        name=one.name,
        cite=one.cite,
        status=str(one.status),
        day=due.day,
        weekday=weekday(due.day) if due.day else "",
        time=_time(due),
        left=left(due.day, today) if due.day else None,
        rest=rest,
        over=over,
        then=expires(definition, clock),
        extensions=tuple(extensions(definition, clock)),
        guessed=guessed(due),
        ending=ending(due),
        spans=tuple(spans(due)),
        words=due.words,
    )


def _time(due: Due) -> str:
    """The time of day until which there is time, where that is counted in hours or minutes."""
    return f"{moment(due.ends):%H:%M}" if due.ends and due.period.unit.of_time else ""


def _owed(one: DutyStanding, today: date) -> Owed:
    due: Due | None = one.due
    done = one.status in (DutyStatus.DONE, DutyStatus.LATE)
    day = due.day if due else None
    return Owed(
        name=one.name,
        who="、".join(one.who),
        does=one.does,
        status=str(one.status),
        done=done,
        day=day,
        time=_time(due) if due else "",
        left=left(day, today) if day and not done else None,
        cite=one.cite,
    )


def _lines(definition: Definition, log: tuple[Line, ...], kept: list[Entry]) -> Iterator[Logged]:
    """The whole log, the last line first; what has run out but is not written down yet is in it too."""
    for place in reversed(range(len(log))):
        line = log[place]
        entry = kept[place] if place < len(kept) else None
        yield Logged(
            seq=place + 1,
            when=said(line.when),
            event=line.event or f"“{line.clock}”届满",
            actor=line.actor if not line.clock else "",
            clock=line.clock,
            facts=_facts(line.facts),
            materials=line.materials,
            by=entry.by.get_username() if entry and entry.by else "",
            recorded=entry.recorded if entry else None,
            cite=definition.events[line.event].cite
            if line.event
            else definition.clocks[line.clock].expiry_cite,
        )


def _facts(facts: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, day_words(value) if isinstance(value, date) else written(value))
        for name, value in facts.items()
    )


def _people(user: User, case: Case, definition: Definition) -> Iterator[Known]:
    for actor in case.identities.order_by("actor").values_list("actor", flat=True):
        answer = may_see_identity(user, case, definition, actor)
        yield Known(actor, bool(answer), answer.reason)


def said(when: Moment) -> str:
    """A day or a moment for people; what happens at midnight happens as the day begins."""
    if isinstance(when, datetime):
        local = moment(when)
        clock = "零时" if (local.hour, local.minute) == (0, 0) else f"{local:%H:%M}"
        return f"{day_words(local.date())} {clock}"
    return day_words(when)
