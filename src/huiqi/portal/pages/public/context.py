"""What every page has: whose portal it is, which day is asked about, how large the print is."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from huiqi.portal.pages.public.dates import AsOf, as_of, today
from huiqi.portal.policies import selectors

LARGE_PRINT_COOKIE = "huiqi_large"


def every_page(request: HttpRequest) -> dict[str, object]:
    """Context processor. The page that says a date is wrong is itself drawn for today."""
    try:
        asked = as_of(request)
    except BadRequest:
        asked = AsOf(today(), chosen=False)
    return {
        "site_title": selectors.catalogue().title,
        "as_of": asked,
        "today": today(),
        "years": selectors.years(today()),
        "large_print": request.COOKIES.get(LARGE_PRINT_COOKIE) == "1",
        "partial": wants_part(request),
    }


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the main part only; going back in history needs the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
