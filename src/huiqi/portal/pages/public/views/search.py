"""Searching the official texts by a question in everyday words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.library.model import Level
from huiqi.library.roles import Role
from huiqi.library.search import Found
from huiqi.library.store import DocumentInfo, LibraryError, State
from huiqi.portal.library.finding import Asked, find, named
from huiqi.portal.library.shelf import Shelf, said, shelf, trouble
from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.hits import HitLine, hit_lines
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors
from huiqi.portal.procedures import selectors as procedures

_LONGEST_QUERY = 400
_LONGEST_NAME = 40
_SHOWN, _MORE = 10, 30
_BENEFITS = 4
_DOCUMENTS = 3
_LEVELS = [level for level in Level if level is not Level.UNKNOWN]


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Benefits and documents of that name, then the clauses nearest to the question."""
    now, problem = shelf(), trouble()
    asked = _asked(request, now)
    day, shown = as_of(request).day, _MORE if request.GET.get("more") == "1" else _SHOWN
    found: Found | None = None
    lines: list[HitLine] = []
    documents: tuple[DocumentInfo, ...] = ()
    if now is not None and asked.query:
        try:
            found = find(now, asked, day, shown + 1)  # one more tells that there are more
            lines = hit_lines(found.hits[:shown], day)
            documents = () if asked.narrows else named(now, asked)
        except LibraryError as error:
            now, found, problem = None, None, said(error)
    has_more = found is not None and len(found.hits) > shown and shown < _MORE
    benefits = selectors.matching(selectors.catalogue().benefits.values(), asked.query) if asked.query else []
    return page(
        request,
        "search",
        {
            "section": "search",
            "asked": asked,
            "library": now,
            "trouble": problem,
            "found": found,
            "hits": lines,
            "documents": documents[:_DOCUMENTS],
            "benefits": [] if asked.narrows else selectors.listed(benefits[:_BENEFITS], day),
            "benefit_count": len(benefits),
            "procedures": [] if asked.narrows else procedures.named(asked.query, day),
            "levels": _LEVELS,
            "states": list(State),
            "roles": list(Role),
            "more": _with_more(request, asked) if has_more else "",
        },
    )


def _asked(request: HttpRequest, now: Shelf | None) -> Asked:
    """What the address asks for; a word that is none of ours narrows nothing."""
    given = request.GET
    level, state, role = given.get("level", ""), given.get("state", ""), given.get("kind", "")
    return Asked(
        query=given.get("q", "").strip()[:_LONGEST_QUERY],
        level=Level(level) if level in _LEVELS else None,
        state=State(state) if state in list(State) else None,
        role=role if role in list(Role) else "",
        department=given.get("department", "").strip()[:_LONGEST_NAME],
        document=now.infos.get(given.get("document", "")) if now else None,
    )


def _with_more(request: HttpRequest, asked: Asked) -> str:
    """The address of the same search with more hits."""
    return link(
        as_of(request),
        "search",
        q=asked.query,
        level=asked.level or "",
        state=asked.state or "",
        kind=asked.role,
        department=asked.department,
        document=asked.document.id if asked.document else "",
        more=1,
    )
