"""Pages for when something is wrong, in words for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader

from huiqi.portal.pages.public.rendering import page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be read; ours say why, the framework's do not."""
    said = str(exception) if exception else ""
    reason = said if said.endswith("。") else "网址或者填的内容看不懂。"
    return page(request, "errors/400", {"reason": reason}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not allowed."""
    return page(request, "errors/403", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: the page was open too long, or cookies are off."""
    return page(request, "errors/form-expired", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return page(request, "errors/404", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn with as little as possible, because anything may be broken."""
    return HttpResponse(loader.get_template("public/errors/500.html").render(), status=500)
