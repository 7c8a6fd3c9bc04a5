"""Benefits: the list with its search, and a page for each."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.entitlements.kinds import Kind, kind_with_slug
from huiqi.portal.pages.public.context import wants_part
from huiqi.portal.pages.public.dates import as_of
from huiqi.portal.pages.public.presenting.benefits import condition_lines, share_words, stacking_lines
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors
from huiqi.portal.screening.selectors import current
from huiqi.portal.screening.standing import best_verdicts, standing

_LEVELS = ("国家", "省", "市", "县区")
_LONGEST_QUERY = 50


@require_safe
def benefits(request: HttpRequest) -> HttpResponse:
    """All benefits, narrowed by words, kind, level or a year in which they applied."""
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    kind = kind_with_slug(request.GET.get("kind", ""))
    level = request.GET.get("level", "")
    year = _year(request.GET.get("year", ""))
    found = selectors.matching(selectors.catalogue().benefits.values(), query)
    if level in _LEVELS:
        found = [one for one in found if one.document.level == level]
    if year:
        found = [one for one in found if selectors.overlaps(one, year)]
    rows = [row for row in selectors.listed(found, as_of(request).day) if kind is None or row.kind is kind]
    return page(
        request,
        "benefits",
        {
            "section": "benefits",
            "query": query,
            "kind": kind,
            "kinds": list(Kind),
            "level": level,
            "levels": _LEVELS,
            "year": year,
            "in_force": rows if year else [row for row in rows if row.in_force],
            "others": [] if year else [row for row in rows if not row.in_force],
            "searching": wants_part(request),
        },
    )


def _year(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdecimal() or not 2000 <= int(text) <= 2099:
        raise BadRequest(f"“{text[:10]}”不是一个年份。")
    return int(text)


@require_safe
def benefit(request: HttpRequest, identifier: str) -> HttpResponse:
    """One benefit: who, how much, on what conditions, by which clause, from when to when."""
    found = selectors.catalogue().benefits.get(identifier)
    if found is None:
        raise Http404
    day = as_of(request).day
    screening = current(request.session)
    mine = None
    if screening is not None:
        mine = best_verdicts(standing(screening, day, benefit=identifier).answer.results)[identifier]
    return page(
        request,
        "benefit",
        {
            "section": "benefits",
            "benefit": found,
            "listed": selectors.listed([found], day)[0],
            "anybody": selectors.of_anybody(day)[identifier],
            "conditions": condition_lines(found.condition),
            "stacking": stacking_lines(found),
            "either": [selectors.catalogue().benefits[other] for other in found.either],
            "shares": share_words(found),
            "mine": mine,
        },
    )
