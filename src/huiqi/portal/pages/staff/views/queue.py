"""The queue: what is to be done, what runs out first on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huiqi.casework import book
from huiqi.casework.models import Case
from huiqi.casework.selectors import queue as cases
from huiqi.casework.selectors import see, visible
from huiqi.clocks.period import day_of
from huiqi.portal.pages.staff.access import for_staff, shown
from huiqi.portal.pages.staff.presenting.asking import plain
from huiqi.portal.pages.staff.presenting.days import Left, left

PAGE = 50
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list. ``meanwhile`` is the state it is in by now, when that is not written down yet."""

    case: Case
    procedure: str
    left: Left | None
    meanwhile: str


@require_safe
@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    """The open cases of one's procedures, or on demand the finished ones."""
    user = request.user
    names = {one.id: one.name for one in book.procedures()}
    mine = list(user.posts.order_by("procedure").values_list("procedure", flat=True).distinct())  # type: ignore[union-attr]
    if not mine:
        return shown(request, "staff/no-post.html", {"section": "queue"})
    over = request.GET.get("over") == "1"
    procedure = request.GET.get("procedure", "")
    procedure = procedure if procedure in mine else ""
    text = plain(request.GET.get("q", ""))[:_LONGEST]
    within = visible(user).filter(over=over)  # type: ignore[arg-type]
    if procedure:
        within = within.filter(procedure=procedure)
    states = list(within.order_by("state").values_list("state", flat=True).distinct())
    state = request.GET.get("state", "")
    state = state if state in states else ""
    found = cases(user, procedure, state=state, text=text, over=over)  # type: ignore[arg-type]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = {"procedure": procedure, "state": state, "q": text, "over": "1" if over else ""}
    return shown(
        request,
        "staff/queue.html",
        {
            "section": "over" if over else "queue",
            "rows": [_row(case, names, day_of(timezone.now())) for case in page],
            "page": page,
            "query": urlencode({name: value for name, value in asked.items() if value}),
            "narrowed": bool(procedure or state or text),
            "procedures": [(one, names.get(one, one)) for one in mine],
            "procedure": procedure,
            "states": states,
            "state": state,
            "text": text,
            "over": over,
        },
    )


def _row(case: Case, names: dict[str, str], today: date) -> Row:
    meanwhile = ""
    if case.next_due and case.next_due < today and not case.over:
        try:
            meanwhile = see(case).standing.state
        except LookupError:
            meanwhile = ""
    return Row(
        case,
        names.get(case.procedure, case.procedure),
        left(case.next_due, today) if case.next_due and not case.over else None,
        meanwhile if meanwhile != case.state else "",
    )
