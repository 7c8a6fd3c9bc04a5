"""The page of one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.casework.models import Case
from huiqi.portal.pages.staff.access import for_staff, found_case, run_by, shown
from huiqi.portal.pages.staff.presenting.case import case_page


@require_safe
@for_staff
def case(request: HttpRequest, number: str) -> HttpResponse:
    """How a case stands and what can be done."""
    return case_shown(request, found_case(request, number))


def case_shown(request: HttpRequest, case: Case, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a case as it stands now, with ``more`` that a form has to say."""
    found = more.pop("page", None) or case_page(request.user, case, run_by(case))  # type: ignore[arg-type]
    nothing = {
        "trouble": None,
        "late": "",
        "kept": (),
        "identity": None,
        "identity_error": "",
        "identity_purpose": "",
        "notice_error": None,
        "paper_error": None,
    }
    context = {"section": "case", "page": found, "procedure": found.definition, **nothing, **more}
    return shown(request, "staff/case.html", context, status=status)
