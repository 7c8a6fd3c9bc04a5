"""The papers of cases, as they were given out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.casework.models import Document
from huiqi.casework.permissions import may_look
from huiqi.portal.pages.staff.access import for_staff

TYPES = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
}


@require_safe
@for_staff
def document(request: HttpRequest, number: str, format: str) -> HttpResponse:
    """The stored bytes of a paper, for those who may look at its case."""
    found = Document.objects.select_related("case").filter(number=number).first()
    if format not in TYPES or found is None or not may_look(request.user, found.case.procedure):  # type: ignore[arg-type]
        raise Http404
    ending, kind = TYPES[format]
    response = HttpResponse(bytes(found.word if format == "word" else found.pdf), content_type=kind)
    name = quote(f"{found.kind} {found.number}.{ending}", safe="")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"document.{ending}\"; filename*=UTF-8''{name}"
    )
    return response
