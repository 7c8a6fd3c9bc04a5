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
(DATA_DIR / "static").mkdir()
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["HUIQI_DATA_DIR"] = str(DATA_DIR)
os.environ["HUIQI_CATALOGUE"] = str(CATALOGUE)
os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.portal.config.settings"

import django  # noqa: E402

django.setup()

from datetime import date  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from tests.portal.visitor import Visitor  # noqa: E402

# A file, as when the portal is served: in memory, threads would share one connection.
connection.settings_dict["TEST"]["NAME"] = str(DATA_DIR / "tests.sqlite3")

TODAY = date(2026, 11, 23)


class UndefinedVariable(str):
    """What Django puts where a template names something that is not there: here, a failure."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template uses {name}, which nobody gave it")


@pytest.fixture(autouse=True)
def strict_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undefined template variables fail, static files need no collecting, today is always the same."""
    options = {**settings.TEMPLATES[0]["OPTIONS"], "string_if_invalid": UndefinedVariable("undefined: %s")}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]
    files = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": files}}
    monkeypatch.setattr("huiqi.portal.pages.public.dates.timezone.localdate", lambda: TODAY)


@pytest.fixture
def visitor(db: None, client: Client) -> Visitor:
    """Somebody who has not answered anything yet."""
    return Visitor(client)
