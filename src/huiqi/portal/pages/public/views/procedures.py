"""Procedures: the list, a page for each with its calculator, its picture, and a due date for a calendar."""

from __future__ import annotations

import base64
import hashlib
import re

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from huiqi.clocks import as_ics
from huiqi.portal.pages.public.dates import as_of, link, today
from huiqi.portal.pages.public.presenting.deadlines import Calculator, calculator
from huiqi.portal.pages.public.presenting.procedures import rows, told, versions
from huiqi.portal.pages.public.presenting.routing import routings
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.procedures import selectors
from huiqi.procedures import Definition

_STYLE = re.compile(rb"<style>(.*?)</style>", re.S)


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """All procedures: by which document, since when, who acts, and how long it takes."""
    found = rows(as_of(request).day)
    return page(
        request,
        "procedures",
        {
            "section": "procedures",
            "in_force": [row for row in found if row.in_force],
            "others": [row for row in found if not row.in_force],
        },
    )


@require_safe
def procedure(request: HttpRequest, identifier: str) -> HttpResponse:
    """One procedure in the version of the day: step by step, and until when."""
    day = as_of(request).day
    definition = _found(request, identifier)
    calendar = selectors.calendar()
    form = calculator(definition, request.GET.dict(), today(), calendar) if calendar else None
    tables = routings(definition, request.GET.dict())
    wrong = (form is not None and bool(form.wrong)) or any(table.has_errors for table in tables)
    return page(
        request,
        "procedure",
        {
            "section": "procedures",
            "procedure": definition,
            "in_force": definition.in_force(day),
            "versions": versions(definition),
            "told": told(definition),
            "calendar": calendar,
            "form": form,
            "ics": _ics_address(request, identifier, form),
            "tables": tables,
        },
        status=422 if wrong else 200,
    )


def _ics_address(request: HttpRequest, identifier: str, form: Calculator | None) -> str:
    if form is None or form.answer is None or form.answer.due.day is None:
        return ""
    return link(as_of(request), "procedure-due", identifier, **form.query)


@require_safe
def due_date(request: HttpRequest, identifier: str) -> HttpResponse:
    """A due date as a file for a calendar; what cannot be counted is answered with the reason."""
    definition, calendar = _found(request, identifier), selectors.calendar()
    form = calculator(definition, request.GET.dict(), today(), calendar) if calendar else None
    if form is None:
        raise Http404
    if form.answer is None:
        raise BadRequest("".join(form.wrong))
    if form.answer.due.day is None:
        raise BadRequest("不算的时间还没有结束，还没有到期日，不能放进日历。")
    data = as_ics(form.answer.due, f"{definition.name}：{form.limit.name}到期")
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="due.ics"'
    return response


@require_safe
def picture(request: HttpRequest, identifier: str) -> HttpResponse:
    """The picture. Its own style is let through by its hash, so that it can be opened by itself too.

    That holds for the answer that nothing has changed as well: a browser takes its headers for the picture's.
    """
    found = selectors.picture(_found(request, identifier))
    whole = HttpResponse(found.svg, content_type="image/svg+xml")
    response = get_conditional_response(request, etag=quote_etag(found.tag), response=whole) or whole
    response.headers["ETag"] = quote_etag(found.tag)
    response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src {_allowed(found.svg)}"
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _allowed(svg: bytes) -> str:
    hashes = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(svg))
    return " ".join(f"'sha256-{each}'" for each in hashes) or "'none'"


def _found(request: HttpRequest, identifier: str) -> Definition:
    definition = selectors.version(identifier, as_of(request).day)
    if definition is None:
        raise Http404
    return definition
