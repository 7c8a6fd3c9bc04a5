"""Demonstration enterprises: firms that do not exist, with the answer to their facts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.entitlements.answer import Answer
from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.benefits import condition_lines
from huiqi.portal.pages.public.presenting.days import other_days
from huiqi.portal.pages.public.presenting.facts import fact_lines
from huiqi.portal.pages.public.presenting.plans import plan_lines
from huiqi.portal.pages.public.presenting.results import groups, shown
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import demonstration, selectors
from huiqi.portal.policies.demonstration import Enterprise


@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return page(
        request, "enterprises", {"section": "enterprises", "enterprises": demonstration.enterprises()}
    )


@require_safe
def enterprise(request: HttpRequest, slug: str) -> HttpResponse:
    """One enterprise: its facts and what it is due."""
    found = _found(slug)
    answer = _answer(request, found)
    without = [name for name, value in found.facts.values.items() if value == ()]
    return page(
        request,
        "enterprise",
        {
            "section": "enterprises",
            "enterprise": found,
            "facts": fact_lines(
                found.facts, [name for name in found.facts.values if name not in without], mask=False
            ),
            "without": without,
            "groups": groups(answer),
            "plan": plan_lines(answer),
            "other_days": other_days(found.facts, answer.on),
            "here": link(as_of(request), "enterprise", slug),
        },
    )


@require_safe
def why(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Why a benefit is or is not for a demonstration enterprise."""
    found = _found(slug)
    benefit = selectors.catalogue().benefits.get(identifier)
    if benefit is None:
        raise Http404
    answer = _answer(request, found, identifier)
    return page(
        request,
        "why",
        {
            "section": "enterprises",
            "benefit": benefit,
            "conditions": condition_lines(benefit.condition),
            "shown": [shown(answer, result, ways=True) for result in answer.results],
            "answered": 0,
            "here": link(as_of(request), "enterprise-why", slug, identifier),
            "enterprise": found,
        },
    )


def _found(slug: str) -> Enterprise:
    found = demonstration.enterprise(slug)
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, found: Enterprise, benefit: str | None = None) -> Answer:
    return selectors.advisor().answer(found.facts, as_of(request).day, benefit)
