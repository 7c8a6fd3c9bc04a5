"""Policy documents: the list of all, and what the catalogue has of one."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.library.store import LibraryError, State
from huiqi.portal.library.citations import text_of
from huiqi.portal.library.listing import listing
from huiqi.portal.library.shelf import said, shelf, trouble
from huiqi.portal.pages.public.dates import as_of
from huiqi.portal.pages.public.presenting.documents import (
    HAVING,
    LEVELS,
    ORDERS,
    Wanted,
    count,
    narrowed,
    regions_of,
    years_of,
)
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors

_LONGEST_QUERY = 60


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All documents, of the library and of the catalogue, narrowed by name, level, place, state, year."""
    day = as_of(request).day
    now, problem = shelf(), trouble()
    try:
        rows = listing(day, now)
    except LibraryError as error:
        now, problem = None, said(error)
        rows = listing(day, now)
    regions = regions_of(rows, day)
    wanted = _wanted(request, frozenset(code for code, _ in regions))
    found = narrowed(rows, wanted)
    counts = count(found)
    return page(
        request,
        "documents",
        {
            "section": "documents",
            "wanted": wanted,
            "rows": found,
            "counts": counts,
            "total": sum(number for _, number in counts),
            "levels": LEVELS,
            "regions": regions,
            "states": list(State),
            "years_of_issue": years_of(rows),
            "orders": ORDERS.items(),
            "having": HAVING.items(),
            "library": now,
            "trouble": problem,
        },
    )


def _wanted(request: HttpRequest, regions: Collection[str]) -> Wanted:
    """What the address asks for; a word that is none of ours narrows nothing, a year that is none is said."""
    given = request.GET
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise BadRequest(f"“{year[:10]}”不是一个年份。")
    level, region, state = given.get("level", ""), given.get("region", ""), given.get("state", "")
    having, order = given.get("benefits", ""), given.get("order", "")
    return Wanted(
        query=given.get("q", "").strip()[:_LONGEST_QUERY],
        level=level if level in LEVELS else "",
        region=region if region in regions else "",
        state=State(state) if state in list(State) else None,
        year=int(year or 0),
        having=having if having in HAVING else "",
        order=order if order in ORDERS else "new",
    )


@require_safe
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """What the catalogue has of one document: title, number, issuers, dates, and its benefits."""
    found = selectors.document(identifier)
    if found is None:
        raise Http404
    rows = selectors.listed(selectors.benefits_of(found), as_of(request).day)
    return page(
        request,
        "document",
        {
            "section": "documents",
            "document": found,
            "text": text_of(found),
            "in_force": [row for row in rows if row.in_force],
            "others": [row for row in rows if not row.in_force],
        },
    )
