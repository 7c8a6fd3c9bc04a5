"""Staff with posts in the shipped complaint procedure, who use the pages; the day is what a test says."""

from tests.installation import CATALOGUE  # noqa: F401  # first: it starts Django

# isort: split
import html
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from huiqi.casework.models import Case
from huiqi.portal.policies import selectors
from tests.casework.conftest import COMPLAINTS, at, clerk, shipped_procedures

__all__ = ["COMPLAINTS", "Clock", "Desk", "clerk", "shipped_procedures"]
PASSWORD = "yingshang-huanjing-66"


class Clock:
    """The day and the time that it is."""

    def __init__(self) -> None:
        self.now: datetime = at("2025-03-03")

    def set(self, day: str, time: str = "10:00") -> None:
        self.now = at(day, time)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, strict_pages: None) -> Clock:
    """Monday 3 March 2025 until a test says otherwise."""
    found = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: found.now)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: at_day(found.now))
    return found


def at_day(now: datetime) -> date:
    from huiqi.clocks.period import day_of

    return day_of(now)


@pytest.fixture(autouse=True)
def nothing_counted(shipped_procedures: None) -> Iterator[None]:
    """No failed logins from another test; and the small catalogue is read before its root is another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def small_catalogue() -> None:
    """The public pages of other tests in this process have the small catalogue; it must be read first."""
    selectors.catalogue()


class Desk:
    """Somebody at work: opens pages and sends the forms that are on them."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.page = ""
        self.status = 0
        self.log_in()

    def log_in(self) -> None:
        """Begin anew, as in the morning: a session does not last the night."""
        self.client.logout()
        self.client.force_login(self.user)

    def get(self, path: str, **query: str) -> str:
        """The text of a page."""
        return self._keep(self.client.get(path, query))

    def post(self, path: str, data: dict[str, Any], follow: bool = True) -> str:
        """The text of the page after a form."""
        return self._keep(self.client.post(path, data, follow=follow))

    def _keep(self, response: Any) -> str:
        self.status = response.status_code
        self.page = response.content.decode()
        return self.page

    @property
    def words(self) -> str:
        """What one reads on the page."""
        text = re.sub(r"<(script|style)\b.*?</\1>", "", self.page, flags=re.S)
        return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", text)))

    def form(self, event: str) -> dict[str, str]:
        """The hidden fields of the form of an event on the page."""
        for form in re.findall(r"<form\b.*?</form>", self.page, flags=re.S):
            found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
            if found.get("event") == event:
                return found
        raise AssertionError(f"no form for {event}: {self.words}")

    def receive(self, **more: Any) -> Case:
        """Open a case by the pages."""
        self.get("/staff/cases/new/", opening=f"{COMPLAINTS}:收到")
        data = {
            **self.form("收到"),
            "procedure": COMPLAINTS,
            "day": more.pop("day", "2025-03-03"),
            "title": "不兑现承诺的奖补",
            "statement": "去年答应的补贴没有给",
            "locality": "某区",
            "department": "某局",
            "new-person0-name": "某商行",
            "new-person0-contact": "窗口登记",
            "fact:线索来源": "经营主体或群众",
            **more,
        }
        self.post("/staff/cases/new/", data)
        assert self.status == 200, self.words
        return Case.objects.latest("pk")

    def act(self, case: Case, event: str, day: str, **more: Any) -> str:
        """Come to work, open the page of a case and send the form of an event."""
        self.log_in()
        self.get(f"/staff/cases/{case.number}/")
        return self.send(case, event, day, **more)

    def send(self, case: Case, event: str, day: str, **more: Any) -> str:
        """Send the form of an event that is on the page."""
        facts = {f"fact:{name}": value for name, value in more.pop("facts", {}).items()}
        data = {**self.form(event), "day": day, **facts, **more}
        return self.post(f"/staff/cases/{case.number}/act/", data)


@pytest.fixture
def desk(clerk: Callable[..., User]) -> Callable[..., Desk]:
    """Makes somebody with posts, at work."""
    return lambda name, *actors: Desk(clerk(name, *actors))
