"""What every test may lean on: how hypothesis runs, and where the browser is."""

import os
import shutil

import pytest
from hypothesis import settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# No deadline: a slow machine is no failure. In CI the examples are the same every time, so that a red build
# can be made red again; elsewhere they are new each time, and find what CI does not.
settings.register_profile("huiqi", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI")))
settings.load_profile("huiqi")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium, or of Chrome.

    ``HUIQI_CHROMIUM`` names one that is not on the path. Without any, the test is skipped, unless
    ``HUIQI_BROWSER=required`` (as in CI) makes that a failure.
    """
    names = [os.environ["HUIQI_CHROMIUM"]] if os.environ.get("HUIQI_CHROMIUM") else BROWSERS
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is not None:
        return found
    sentence = f"No browser found (looked for {', '.join(names)}), so the pages were not tried in one."
    if os.environ.get("HUIQI_BROWSER") == "required":
        pytest.fail(sentence)
    pytest.skip(sentence)
