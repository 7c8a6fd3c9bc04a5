"""Reading screenings."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from huiqi.portal.screening.models import Screening

SESSION_KEY = "screening"


def current(session: SessionBase) -> Screening | None:
    """The visitor's screening, or ``None`` when there is none or it has expired."""
    known = session.get(SESSION_KEY)
    if known is None:
        return None
    return Screening.objects.filter(pk=known, expires__gt=timezone.now()).first()
