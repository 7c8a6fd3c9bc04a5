"""What changes of policy would do: the published reports, and one of them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.portal.pages.staff.access import for_staff, shown
from huiqi.portal.pages.staff.presenting import impact as presenting


@require_safe
@for_staff
def impacts(request: HttpRequest) -> HttpResponse:
    """The reports that ``huiqi impact --publish`` put into the data folder."""
    _check(request)
    rows = presenting.rows(settings.DATA_DIR)
    return shown(request, "staff/impacts.html", {"section": "impact", "rows": rows})


@require_safe
@for_staff
def impact(request: HttpRequest, name: str) -> HttpResponse:
    """One report, with its charts and tables."""
    _check(request)
    found = presenting.shown(settings.DATA_DIR, name)
    if found is None:
        raise Http404
    return shown(request, "staff/impact.html", {"section": "impact", "report": found})


def _check(request: HttpRequest) -> None:
    if not request.user.posts.exists():  # type: ignore[union-attr]
        raise PermissionDenied("政策影响只给有岗位的人看。要看，请管理员安排一个岗位。")
