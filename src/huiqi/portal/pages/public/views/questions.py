"""The questionnaire: one question a step, and only what still matters."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiqi.evaluate.ask import stake
from huiqi.language.benefit import Benefit
from huiqi.language.types import Kind
from huiqi.language.units import money_words
from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.results import tally_words
from huiqi.portal.pages.public.rendering import page, safe_next
from huiqi.portal.policies import selectors
from huiqi.portal.screening import services, steps
from huiqi.portal.screening.models import Screening
from huiqi.portal.screening.selectors import current
from huiqi.portal.screening.standing import (
    BATCH,
    OPENING,
    SWEEP,
    Standing,
    fields_needed,
    next_question,
    standing,
    to_sweep,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask the question that the address names, or the one that matters most; record the answer and go on."""
    screening = current(request.session)
    now = standing(screening, as_of(request).day)
    about = _about(request)
    key = request.GET.get("ask", "") or next_question(now, screening, about.id if about else None)
    if key is None:
        return _finished(request, about)
    step = _step(request, key, now, screening)
    if request.method == "POST":
        given = steps.passed_over(key, request.POST) if step.skippable else None
        if given is None:
            step, given = step.read(request.POST)
        if given is not None:
            screening = services.open_for(request.session)
            services.answer(
                screening.pk, key, given.facts, passed=given.passed, grown=given.grown, swept=given.swept
            )
            return HttpResponseRedirect(_onward(request, key, given))
    return _draw(request, key, step, now, screening, about)


def _about(request: HttpRequest) -> Benefit | None:
    """The benefit that the visitor wants to know about, when it is only one."""
    identifier = request.GET.get("about", "")
    found = selectors.catalogue().benefits.get(identifier)
    if identifier and found is None:
        raise Http404
    return found


def _finished(request: HttpRequest, about: Benefit | None) -> HttpResponse:
    if about is not None:
        return redirect(link(as_of(request), "why", about.id))
    return redirect(link(as_of(request), "results", done="1"))


def _step(request: HttpRequest, key: str, now: Standing, screening: Screening | None) -> steps.Step:
    """The step for a key: a fact, a collection, the fields of a collection, or the page of collections."""
    if key == SWEEP:
        return _sweep(now, screening)
    if key.startswith(BATCH):
        together = steps.batch(
            key.removeprefix(BATCH).split(","), selectors.catalogue().vocabulary, now.stated
        )
        if together is None:
            raise Http404
        return together
    declaration = steps.declared(selectors.catalogue().vocabulary, key)
    if declaration is None:
        raise Http404
    if declaration.type.kind is not Kind.COLLECTION:
        return steps.single(declaration, now.stated)
    items = now.stated.get(declaration.name)
    if not isinstance(items, list) or not items or request.GET.get("part") == "list":
        names = selectors.names_in_use(f"{declaration.name}.{declaration.label_field}", as_of(request).day)
        return steps.listing(declaration, now.stated, names)
    return steps.rows(
        declaration, items, lambda index: fields_needed(now, declaration.name, index) | items[index].keys()
    )


def _sweep(now: Standing, screening: Screening | None) -> steps.Sweep:
    """The collections that were swept before stay on the page, so that it can be gone back to."""
    vocabulary = selectors.catalogue().vocabulary
    before = [name for name in (screening.swept if screening else []) if name in vocabulary]
    names = [*before, *(one.key for one in to_sweep(now, screening))]
    return steps.Sweep(
        tuple(
            steps.SweptCollection(vocabulary[name], name in before and now.stated.get(name) != [])
            for name in names
        ),
        now.stated,
    )


def _onward(request: HttpRequest, key: str, given: steps.Given) -> str:
    """After an answer: the same page again, the fields of new items, back where it was asked for, or on."""
    about, back = request.GET.get("about", ""), safe_next(request, request.GET.get("next", ""))
    if given.stay:
        return link(as_of(request), "questions", ask=key, about=about, next=back)
    if back and given.grown:
        return link(as_of(request), "questions", ask=given.grown[0], about=about, next=back)
    return back or link(as_of(request), "questions", about=about)


def _draw(
    request: HttpRequest,
    key: str,
    step: steps.Step,
    now: Standing,
    screening: Screening | None,
    about: Benefit | None,
) -> HttpResponse:
    asked = screening.asked if screening else []
    place = asked.index(key) + 1 if key in asked else len(asked) + 1
    before = asked[: place - 1]
    hanging = [
        one for one in now.questions if one.key == key or one.key in key.removeprefix(BATCH).split(",")
    ]
    if key == SWEEP:
        hanging = to_sweep(now, screening)
    decides = {result.benefit.id: result for one in hanging for result in one.decides}
    at_stake = sum(stake(result) for result in decides.values() if result.amount and result.amount.is_money)
    keep = {
        "ask": key,
        "about": about.id if about else "",
        "next": safe_next(request, request.GET.get("next", "")),
        "part": request.GET.get("part", ""),
    }
    return page(
        request,
        "question",
        {
            "section": "questions",
            "step": step,
            "step_template": f"public/steps/{step.kind}.html",
            "action": link(as_of(request), "questions", **keep),
            "previous": before[-1] if before else "",
            "place": place,
            "opening": place <= OPENING and about is None and not keep["next"],
            "about": about,
            "reasons": [result.benefit for result in decides.values()],
            "stake": money_words(at_stake) if at_stake else "",
            "tally": tally_words(now.tally),
            "answered": len(asked),
            "relist": link(as_of(request), "questions", **{**keep, "part": "list"})
            if step.kind == "rows"
            else "",
        },
        status=422 if step.errors else 200,
    )
