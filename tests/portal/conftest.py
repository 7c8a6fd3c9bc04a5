"""The portal on a small catalogue of its own, with a database and a data folder that are gone afterwards.

Settings are read when Django starts, so the folders are named before anything of the portal is imported.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

CATALOGUE = Path(__file__).parent / "catalogue"
DATA_DIR = Path(tempfile.mkdtemp(prefix="huiqi-portal-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["HUIQI_DATA_DIR"] = str(DATA_DIR)
os.environ["HUIQI_CATALOGUE"] = str(CATALOGUE)
os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.portal.config.settings"

import django  # noqa: E402

django.setup()

from datetime import date  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402
from django.test import Client  # noqa: E402

TODAY = date(2026, 11, 23)
IN_FORCE = "2025-06-01"
"""A day on which everything in the small catalogue applies."""


class UndefinedVariable(str):
    """What Django puts where a template names something that is not there: here, a failure."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template uses {name}, which nobody gave it")


@pytest.fixture(autouse=True)
def strict_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undefined template variables fail, static files need no collecting, and today is always the same day."""
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["OPTIONS"] = {
        **templates[0]["OPTIONS"],
        "string_if_invalid": UndefinedVariable("undefined: %s"),
    }
    settings.TEMPLATES = templates
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def page(db: None, client: Client) -> "Visitor":
    """A visitor with a browser of the simplest kind."""
    return Visitor(client)


class Visitor:
    """Opens pages and sends forms, and hands back their text."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **query: str) -> str:
        """The text of a page."""
        response = self.client.get(path, query)
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    def answer(self, key: str, *, on: str = IN_FORCE, follow: bool = True, **data: Any) -> str:
        """Answer one question and give the page that comes after it."""
        from urllib.parse import urlencode

        query = urlencode({"on": on, "ask": key})
        response = self.client.post(f"/questions/?{query}", data, follow=follow)
        assert response.status_code in (200, 422), response.status_code
        return response.content.decode()
