"""The files of the project, for the tests about the project itself."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file under version control, relative to the top folder."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if listing.returncode:
        pytest.skip("This copy is no git checkout, so its files cannot be told from others.")
    names = filter(None, listing.stdout.split("\0"))
    return tuple(path for path in map(Path, names) if (ROOT / path).is_file())


@pytest.fixture(scope="session")
def texts(tracked: tuple[Path, ...]) -> dict[Path, str]:
    """The content of every tracked file that is text, by its relative path."""
    found = {}
    for path in tracked:
        try:
            found[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found
