"""Opening a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiqi.casework import book
from huiqi.casework.permissions import posts_of
from huiqi.casework.services import Opening, Rejected, open_case
from huiqi.clocks.period import day_of
from huiqi.portal.pages.staff.access import for_staff, shown
from huiqi.portal.pages.staff.presenting.asking import EventForm, Wrong, event_form, plain, read, read_date
from huiqi.procedures import Case, Definition, version_on
from huiqi.procedures.definition import Actor, EventType

LENGTHS = {"title": 120, "locality": 60, "department": 60, "statement": 20_000}
LABELS = {"title": "标题", "locality": "地方", "department": "涉及的部门", "statement": "诉求"}
_NAME, _CONTACT = 80, 120


@dataclass(slots=True)
class Person:
    """Who a shielded actor is, as typed."""

    actor: Actor
    id: str
    name: str = ""
    contact: str = ""
    error: str = ""


@dataclass(slots=True)
class NewCase:
    """The form of a new case: what it is about, who is in it, and the event it begins with."""

    definition: Definition
    form: EventForm
    people: tuple[Person, ...]
    about: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LENGTHS, ""))
    errors: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LENGTHS, ""))

    @property
    def wrong(self) -> list[Wrong]:
        """Everything that is wrong, in the order of the page."""
        mine = [Wrong(words, f"new-{name}") for name, words in self.errors.items() if words]
        theirs = [Wrong(one.error, f"{one.id}-name") for one in self.people if one.error]
        return [*mine, *theirs, *self.form.wrong]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_case(request: HttpRequest) -> HttpResponse:
    """First which procedure, which event and which day, where there is a choice; then the form."""
    today = day_of(timezone.now())
    given = request.POST if request.method == "POST" else request.GET
    choices = _choices(request)
    if not choices:
        raise PermissionDenied("您的岗位不能收新的案件。要能收，请管理员另给一个岗位。")
    if request.method == "POST":
        wanted = (given.get("procedure", ""), given.get("event", ""))
        if wanted not in choices:
            raise PermissionDenied("您的岗位不能这样收新的案件。")
    else:
        procedure, _, event_name = given.get("opening", "").partition(":")
        wanted = (procedure, event_name)
        if wanted not in choices and len(choices) == 1:
            wanted = choices[0]
    typed_day = plain(given.get("day", ""))[:20]
    day, day_error = _day(typed_day, today)
    definition = version_on(book.procedures(), wanted[0], day) if wanted in choices else None
    if wanted in choices and definition is None and not day_error:
        day_error = f"{day} 这个程序不在施行期里，请换一天。"
    if definition is None and request.method == "POST":
        definition = next((one for one in reversed(book.procedures()) if one.id == wanted[0]), None)
    event = definition.events.get(wanted[1]) if definition else None
    if definition is None or event is None or (request.method != "POST" and day_error):
        names = {one.id: one.name for one in book.procedures()}
        context = {
            "section": "new",
            "choices": [(":".join(one), f"{names[one[0]]}：{one[1]}") for one in choices],
            "day": typed_day or today.isoformat(),
            "day_error": day_error,
            "wanted": ":".join(wanted),
        }
        return shown(request, "staff/new-choose.html", context, status=422 if day_error else 200)
    new = _form(request, definition, event, today)
    if request.method != "POST":
        new.form.day = day.isoformat()
        return _page(request, new, len(choices))
    return _opened(request, new, request.POST, len(choices))


def _opened(request: HttpRequest, new: NewCase, given: QueryDict, choices: int) -> HttpResponse:
    _read_about(new, given)
    typed = read(given, new.definition)
    wanted = typed.act
    reasons: list[str] = []
    if wanted is not None and not new.wrong:
        about = new.about
        people = {one.actor.name: (one.name, one.contact) for one in new.people}
        opening = Opening(
            new.definition.id,
            about["title"],
            statement=about["statement"],
            locality=about["locality"],
            department=about["department"],
            identities=people,
        )
        done = open_case(request.user, opening, wanted)  # type: ignore[arg-type]
        if not isinstance(done, Rejected):
            messages.success(request, f"已登记，案号 {done.case.number}。")
            return redirect("staff:case", done.case.number)
        reasons = done.reason.split("；")
    new.form.fill(typed, reasons)
    return _page(request, new, choices, status=422)


def _page(request: HttpRequest, new: NewCase, choices: int, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "new",
        "new": new,
        "form": new.form,
        "procedure": new.definition,
        "choices": choices,
        "lengths": LENGTHS,
    }
    return shown(request, "staff/new-case.html", context, status=status)


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Procedure and opening event, each once, as far as one's posts go."""
    found: dict[tuple[str, str], None] = {}
    for definition in book.procedures():
        posts = posts_of(request.user, definition.id)  # type: ignore[arg-type]
        for event in openings(definition):
            if set(posts) & set(event.actors):
                found[definition.id, event.name] = None
    return list(found)


def openings(definition: Definition) -> list[EventType]:
    """The events with which a case can begin: they lead out of the first state."""
    first = definition.first
    return [
        one for one in definition.events.values() if first in one.sources and one.target not in ("", first)
    ]


def _day(typed: str, today: date) -> tuple[date, str]:
    if not typed:
        return today, ""
    try:
        return read_date(typed), ""
    except BadRequest as error:
        return today, str(error)


def _form(request: HttpRequest, definition: Definition, event: EventType, today: date) -> NewCase:
    posts = posts_of(request.user, definition.id)  # type: ignore[arg-type]
    form = event_form(
        definition,
        Case(definition.first),
        event,
        id="new",
        actors=tuple(actor for actor in event.actors if actor in posts),
        seen=0,
        today=today,
    )
    shielded = (one for one in definition.actors.values() if one.seen_by)
    return NewCase(definition, form, tuple(Person(one, f"new-person{n}") for n, one in enumerate(shielded)))


def _read_about(new: NewCase, given: QueryDict) -> None:
    for name, most in LENGTHS.items():
        text = plain(given.get(name, ""))
        new.about[name] = text
        if len(text) > most:
            new.errors[name] = f"{LABELS[name]}最多 {most} 个字，现在有 {len(text)} 个。"
    if not new.about["title"]:
        new.errors["title"] = "请写标题，好在列表里认出这一件。"
    for one in new.people:
        one.name, one.contact = (
            plain(given.get(f"{one.id}-name", "")),
            plain(given.get(f"{one.id}-contact", "")),
        )
        if len(one.name) > _NAME or len(one.contact) > _CONTACT:
            one.error = f"名字最多 {_NAME} 个字，联系方式最多 {_CONTACT} 个字。"
