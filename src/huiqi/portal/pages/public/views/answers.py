"""The visitor's own answers: to look at, to change, to take along, to clear."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiqi.portal.pages.public.dates import as_of, link
from huiqi.portal.pages.public.presenting.facts import fact_lines, passed_lines
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.screening import services
from huiqi.portal.screening.selectors import current
from huiqi.portal.screening.standing import facts_file as written
from huiqi.portal.screening.standing import usable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer, personal ones masked; a POST takes one back."""
    screening = current(request.session)
    if request.method == "POST":
        if screening is not None:
            services.withdraw(screening.pk, request.POST.get("withdraw", ""))
        return HttpResponseRedirect(link(as_of(request), "answers"))
    stated, facts = usable(screening.facts if screening else {})
    without = [name for name, value in stated.items() if value == []]
    return page(
        request,
        "answers",
        {
            "section": "questions",
            "lines": fact_lines(facts, [name for name in stated if name not in without], mask=True),
            "without": without,
            "passed": passed_lines(screening.passed if screening else []),
            "expires": screening.expires if screening else None,
            "here": link(as_of(request), "answers"),
        },
    )


@never_cache
@require_safe
def facts_file(request: HttpRequest) -> HttpResponse:
    """The answers as a facts file, for the visitor to keep and for ``huiqi explain``."""
    screening = current(request.session)
    stated, _ = usable(screening.facts if screening else {})
    text = written(stated) if stated else "# 还没有答案\n"
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="facts.yaml"'
    return response


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Forget every answer now."""
    services.forget(request.session)
    messages.success(request, "您的答案已经全部清除。")
    return HttpResponseRedirect(link(as_of(request), "home"))
