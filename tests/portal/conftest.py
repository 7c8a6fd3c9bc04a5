"""The portal on a small catalogue of its own, with a database and a data folder that are gone afterwards."""

from tests.installation import CATALOGUE, DATA_DIR  # first: it starts Django

# isort: split
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.library.intake import read_all, take_in
from huiqi.library.store import Library
from huiqi.portal.library.knowledge import knowledge
from huiqi.portal.policies import demonstration, selectors
from huiqi.portal.procedures import selectors as procedures
from tests.portal.texts import put_library
from tests.portal.visitor import Visitor

TODAY = date(2026, 11, 23)
SHIPPED = Path(__file__).parents[2] / "catalogue"
COMPENDIUM = Path(__file__).parents[3] / "shared" / "compendium" / "compendium.txt"


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


@pytest.fixture(scope="session")
def filled() -> Path:
    """The file of the invented library, written once."""
    return put_library(DATA_DIR / "library" / "library.sqlite3")


@pytest.fixture
def library(settings: Any, filled: Path) -> Path:
    """A portal that has the invented library; without this it has none."""
    settings.LIBRARY_FILE = filled
    return filled


@pytest.fixture
def visitor(db: None, client: Client) -> Visitor:
    """Somebody who has not answered anything yet."""
    return Visitor(client)


@pytest.fixture
def real(settings: Any, visitor: Visitor) -> Iterator[Visitor]:
    """A visitor of the portal with the catalogue that this repository ships."""
    caches = (
        selectors.catalogue,
        selectors.advisor,
        selectors.of_anybody,
        demonstration.enterprises,
        knowledge,
        procedures.procedures,
        procedures.calendar,
    )
    for cached in caches:
        cached.cache_clear()
    settings.CATALOGUE_ROOT = SHIPPED
    yield visitor
    for cached in caches:
        cached.cache_clear()


@pytest.fixture(scope="session")
def compendium() -> Path:
    """The file of a library of the real official texts, where these are at hand."""
    if not COMPENDIUM.exists():
        pytest.skip("The compendium of official texts is not beside this checkout.")
    path = DATA_DIR / "compendium" / "library.sqlite3"
    told = load_knowledge(SHIPPED)
    with Library.open(path) as library:
        take_in(library, read_all([COMPENDIUM], told), told)
    return path


@pytest.fixture
def real_library(settings: Any, real: Visitor, compendium: Path) -> Visitor:
    """A visitor of the portal with the shipped catalogue and the real texts."""
    settings.LIBRARY_FILE = compendium
    return real


# ---- in a real browser ----


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal that was started with a catalogue, the invented library and an empty folder."""
    start = (
        "import sys; from pathlib import Path; from huiqi.portal.serve import run; "
        "run(Path(sys.argv[1]), '127.0.0.1', 0, Path(sys.argv[2]))"
    )
    folder = tmp_path_factory.mktemp("portal")
    put_library(folder / "library" / "library.sqlite3")
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", start, str(CATALOGUE), str(folder / "data")],
        env={**os.environ, "HUIQI_LIBRARY": str(folder / "library")},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://[\w.:]+", said)
        assert found, f"the server said {said!r} instead of its address"
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all tests here. While it runs, this thread cannot use Django's database."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def desk(browser: Any, address: str) -> Iterator[Any]:
    """A desktop visitor."""
    from tests.portal.browsing import DESK, watched

    yield from watched(browser, address, DESK)


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    """A visitor with a small phone."""
    from tests.portal.browsing import PHONE, watched

    yield from watched(browser, address, PHONE)


@pytest.fixture
def smallest(browser: Any, address: str) -> Iterator[Any]:
    """A visitor with the narrowest screen that pages have to fit."""
    from tests.portal.browsing import SMALLEST, watched

    yield from watched(browser, address, SMALLEST)


@pytest.fixture
def plain(browser: Any, address: str) -> Iterator[Any]:
    """A visitor without JavaScript."""
    from tests.portal.browsing import DESK, watched

    yield from watched(browser, address, DESK, script=False)
