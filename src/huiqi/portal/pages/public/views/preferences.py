"""How the pages look to one visitor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiqi.portal.pages.public.context import LARGE_PRINT_COOKIE
from huiqi.portal.pages.public.rendering import safe_next

_A_YEAR = 365 * 24 * 60 * 60


@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    """Switch the large print on or off, and go back to where it was asked for."""
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", "")) or "/")
    if request.POST.get("large") == "1":
        response.set_cookie(LARGE_PRINT_COOKIE, "1", max_age=_A_YEAR, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(LARGE_PRINT_COOKIE, samesite="Lax")
    return response
