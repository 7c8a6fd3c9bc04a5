"""What it all comes to: the results of the visitor's answers, and the reasons for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.benefits import condition_lines
from huiqi.portal.pages.public.presenting.days import other_days
from huiqi.portal.pages.public.presenting.plans import plan_lines
from huiqi.portal.pages.public.presenting.results import groups, personal, shown, tally_words
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import selectors
from huiqi.portal.screening.selectors import current
from huiqi.portal.screening.standing import standing


@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Everything by verdict, the best lawful combination first."""
    screening = current(request.session)
    now = standing(screening, as_of(request).day, trace=True)
    return page(
        request,
        "results",
        {
            "section": "questions",
            "groups": groups(now.answer, personal),
            "plan": plan_lines(now.answer),
            "tally": tally_words(now.tally),
            "answered": len(screening.asked) if screening else 0,
            "left": len(now.questions),
            "other_days": other_days(now.answer.facts, now.answer.on) if now.stated else [],
            "done": request.GET.get("done") == "1",
            "here": link(as_of(request), "results"),
            "enterprise": None,
        },
    )


@never_cache
@require_safe
def why(request: HttpRequest, identifier: str) -> HttpResponse:
    """Why a benefit is or is not for this visitor: what fails, by how much, what would have to change."""
    benefit = selectors.catalogue().benefits.get(identifier)
    if benefit is None:
        raise Http404
    screening = current(request.session)
    now = standing(screening, as_of(request).day, trace=True, benefit=identifier)
    return page(
        request,
        "why",
        {
            "section": "questions",
            "benefit": benefit,
            "conditions": condition_lines(benefit.condition),
            "shown": [shown(now.answer, result, personal, ways=True) for result in now.answer.results],
            "answered": len(screening.asked) if screening else 0,
            "here": link(as_of(request), "why", identifier),
            "enterprise": None,
        },
    )
