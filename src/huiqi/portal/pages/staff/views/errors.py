"""Pages of the staff for when something is wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from huiqi.portal.pages.public.views.errors import form_expired as public_form_expired
from huiqi.portal.pages.staff.access import for_staff, shown


@for_staff
def nowhere(request: HttpRequest) -> HttpResponse:
    """Every address below /staff/ that there is not."""
    raise Http404


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token, in the words of the pages that it came from."""
    if request.path.startswith(reverse("staff:queue")):
        return shown(request, "staff/errors/form-expired.html", status=403)
    return public_form_expired(request, reason)
