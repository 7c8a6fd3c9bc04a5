"""The first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiqi.entitlements.kinds import Kind
from huiqi.portal.library.listing import document_count
from huiqi.portal.pages.public.dates import as_of
from huiqi.portal.pages.public.rendering import page
from huiqi.portal.policies import demonstration, selectors
from huiqi.portal.policies.selectors import Listed
from huiqi.portal.screening.selectors import current

_SHOWN = 3  # benefits of a kind before the link to all of them
_ENTERPRISES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """The benefits of one kind: those shown, and how many there are."""

    kind: Kind
    shown: list[Listed]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What applies on the day first, figures foremost; other years and enterprises one click away."""
    rows = selectors.listed(selectors.catalogue().benefits.values(), as_of(request).day)
    in_force = sorted((row for row in rows if row.in_force), key=lambda row: not row.has_figure)
    groups = []
    for kind in Kind:
        of_kind = [row for row in in_force if row.kind is kind]
        if of_kind:
            groups.append(Group(kind, of_kind[:_SHOWN], len(of_kind)))
    screening = current(request.session)
    return page(
        request,
        "home",
        {
            "section": "home",
            "groups": groups,
            "in_force_count": len(in_force),
            "benefit_count": len(rows),
            "document_count": document_count(),
            "enterprises": demonstration.enterprises()[:_ENTERPRISES],
            "answered": len(screening.asked) if screening else 0,
        },
    )
