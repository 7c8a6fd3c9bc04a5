"""Policy documents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.portal.pages.public.dates import as_of
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All documents, each with how many of its benefits apply on the day."""
    rows = selectors.listed(selectors.catalogue().benefits.values(), as_of(request).day)
    found = []
    for document in selectors.catalogue().documents:
        own = [row for row in rows if row.benefit.document.id == document.id]
        found.append((document, len(own), sum(row.in_force for row in own)))
    return page(request, "documents", {"section": "documents", "documents": found})


@require_safe
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """One document: title, number, issuers, dates, and its benefits."""
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
            "in_force": [row for row in rows if row.in_force],
            "others": [row for row in rows if not row.in_force],
        },
    )
