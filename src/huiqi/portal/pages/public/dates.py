"""The day that is asked about, kept in the address as ``?on=YYYY-MM-DD``.

Every page answers for one day: today, or the day something happened. It stands in the address, so that a
page can be sent to somebody and says the same there, and every link made with ``link`` carries it on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a request asks about; ``chosen`` when the address names one, otherwise it is today."""

    day: date
    chosen: bool

    @property
    def query(self) -> dict[str, str]:
        """What a link has to carry to ask about the same day; nothing for today."""
        return {"on": self.day.isoformat()} if self.chosen else {}


class AsOfDate:
    """Middleware: whatever the page, a date that does not exist is answered with 400 and the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        as_of(request)
        return self.get_response(request)


def as_of(request: HttpRequest) -> AsOf:
    """The day that a request asks about; raises ``BadRequest`` when the address names one that is none."""
    text = request.GET.get("on", "").strip()
    return AsOf(read_day(text), chosen=True) if text else AsOf(today(), chosen=False)


def today() -> date:
    """Today in the time zone of the installation."""
    return timezone.localdate()


def read_day(text: str) -> date:
    """The day written as ``YYYY-MM-DD``; raises ``BadRequest`` with a sentence for people."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"“{text[:20]}”不是一个日期。日期请写成 2024-06-01 这样。") from None
    if not EARLIEST <= day <= LATEST:
        raise BadRequest(f"只能查 {EARLIEST.year} 年到 {LATEST.year} 年之间的日子。")
    return day


def link(asked: AsOf, name: str, *args: object, **query: object) -> str:
    """The address of a public page for the same day, with ``query`` added; empty values are left out."""
    written = {key: str(value) for key, value in query.items() if value not in ("", None)}
    pairs = {**asked.query, **written}
    path = reverse(f"public:{name}", args=args)
    return f"{path}?{urlencode(pairs)}" if pairs else path
