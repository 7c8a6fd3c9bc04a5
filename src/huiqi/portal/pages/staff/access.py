"""What holds for every page of the staff: a login that is not idle for long, and no copy kept anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from huiqi.casework import book
from huiqi.casework.models import Case
from huiqi.casework.selectors import visible
from huiqi.procedures import Definition

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

IDLE = timedelta(hours=8)
"""After so long without a page, one has to log in again."""
_NOTED = timedelta(minutes=5)  # the time of the last page is written down no more often
_SEEN = "staff_seen"


class GoneError(Exception):
    """The installation no longer has what a case runs by; the reason is Chinese."""


def for_staff(view: View[P]) -> View[P]:
    """A view for those who are logged in; everybody else is asked to, and comes back afterwards."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = _answered(view, request, *args, **kwargs) if _at_work(request) else _asked_in(request)
        add_never_cache_headers(response)
        return response

    return wrapped


def _answered(view: View[P], request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return shown(request, "staff/errors/404.html", status=404)
    except PermissionDenied as error:
        return shown(request, "staff/errors/403.html", {"reason": str(error)}, status=403)
    except BadRequest as error:
        return shown(request, "staff/errors/400.html", {"reason": str(error)}, status=400)
    except GoneError as error:
        return shown(request, "staff/errors/410.html", {"reason": str(error)}, status=410)


def _at_work(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    now = timezone.now().timestamp()
    seen = request.session.get(_SEEN, now)
    if now - seen > IDLE.total_seconds():
        logout(request)
        return False
    if _SEEN not in request.session or now - seen > _NOTED.total_seconds():
        request.session[_SEEN] = now
    return True


def _asked_in(request: HttpRequest) -> HttpResponse:
    after = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("staff:queue")
    return redirect_to_login(after)


def shown(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the staff."""
    return render(request, template, {"section": "", **(context or {})}, status=status)


def found_case(request: HttpRequest, number: str) -> Case:
    """A case that whoever asks may look at; to others there is no such case (404)."""
    case = visible(request.user).filter(number=number).first()  # type: ignore[arg-type]
    if case is None:
        raise Http404
    return case


def run_by(case: Case) -> Definition:
    """What a case runs by. Raises GoneError."""
    try:
        return book.definition_of(case)
    except LookupError as error:
        raise GoneError(f"{error.args[0]}。") from None
