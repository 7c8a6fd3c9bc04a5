"""How the answers come about, and what the facts mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.portal.pages.public.presenting.results import GROUPS
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the six verdicts mean and how sure they are."""
    known = selectors.catalogue()
    benefits = known.benefits.values()
    unconfirmed = [
        (name, value)
        for name, rule in known.book.parameters.items()
        for value in rule.values
        if not value.confirmed
    ]
    return page(
        request,
        "about",
        {
            "section": "about",
            "verdicts": GROUPS,
            "benefit_count": len(benefits),
            "uncoded_count": sum(bool(one.uncoded) for one in benefits),
            "uncomputable_count": sum(one.uncomputable is not None for one in benefits),
            "unconfirmed": unconfirmed,
            "note": known.note,
        },
    )


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The vocabulary: every fact with its 口径 and its source."""
    return page(
        request, "facts", {"section": "about", "facts": list(selectors.catalogue().vocabulary.values())}
    )
