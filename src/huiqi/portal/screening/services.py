"""Writing screenings: every change of a visitor's answers goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from huiqi.portal.screening.models import Screening
from huiqi.portal.screening.selectors import SESSION_KEY, current


def open_for(session: SessionBase) -> Screening:
    """The visitor's screening, begun if there is none; whatever has expired is forgotten on the way."""
    found = current(session)
    if found is None:
        forget_expired()
        found = Screening.objects.create(expires=_end())
        session[SESSION_KEY] = str(found.pk)
    return found


@transaction.atomic
def answer(
    pk: UUID,
    question: str,
    given: Mapping[str, Any],
    passed: Iterable[str] = (),
    grown: Iterable[str] = (),
    swept: Iterable[str] = (),
) -> Screening:
    """Record the answer to one question.

    ``given`` are facts as a facts file writes them; a fact given as ``None`` is withdrawn. ``passed`` are
    the keys that the visitor does not know. ``grown`` are collections that have new items, so that their
    fields may be asked again. ``swept`` are collections that were on a page of collections.
    """
    screening = Screening.objects.select_for_update().get(pk=pk)
    screening.facts = {
        name: value for name, value in {**screening.facts, **given}.items() if value is not None
    }
    reopened = tuple(f"{name}." for name in grown)
    kept = [key for key in screening.passed if key not in given and not key.startswith(reopened)]
    screening.passed = list(dict.fromkeys([*kept, *passed]))
    screening.swept = list(dict.fromkeys([*screening.swept, *swept]))
    if question not in screening.asked:
        screening.asked.append(question)
    screening.expires = _end()
    screening.save()
    return screening


@transaction.atomic
def withdraw(pk: UUID, question: str) -> Screening:
    """Take back the answer to one question, so that it may be asked again."""
    screening = Screening.objects.select_for_update().get(pk=pk)
    screening.facts.pop(question, None)
    screening.passed = [
        key for key in screening.passed if key != question and not key.startswith(f"{question}.")
    ]
    screening.asked = [key for key in screening.asked if key != question]
    screening.save()
    return screening


def forget(session: SessionBase) -> None:
    """Clear the visitor's answers at once and for good."""
    known = session.pop(SESSION_KEY, None)
    if known is not None:
        Screening.objects.filter(pk=known).delete()
    session.flush()


def forget_expired() -> int:
    """Delete the screenings whose time is over, and say how many there were."""
    deleted, _ = Screening.objects.filter(expires__lte=timezone.now()).delete()
    return deleted


def _end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
