"""A process that is killed while it puts a reading leaves the library as it was."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from huiqi.library.model import Reading
from huiqi.library.search import search
from huiqi.library.store import Library
from tests.library.store.making import LOANS, SHOPS, reading

ROOT = Path(__file__).parents[3]
BEFORE = reading("来源.txt", SHOPS)


def run(path: Path, last: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.library.store.crashing", str(path), str(last)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def made(path: Path) -> Path:
    with Library.open(path) as library:
        library.put(BEFORE)
    return path


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many statements an undisturbed put has."""
    through = run(made(tmp_path_factory.mktemp("whole") / "library.sqlite3"), 0)
    assert through.returncode == 0, through.stderr
    return int(through.stdout)


def content(path: Path) -> tuple[Reading | None, list[str], list[str]]:
    """What is in a library: the reading, and what two searches find, which the index answers."""
    with Library.open(path, create=False) as library:
        (fine,) = library.select("PRAGMA integrity_check")
        assert fine == ("ok",)
        both = [[hit.document.id for hit in search(library, query).hits] for query in ("房租", "贴息")]
        return library.reading("来源.txt"), both[0], both[1]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_killed_put_changes_nothing(tmp_path: Path, statements: int, share: float) -> None:
    path = made(tmp_path / "library.sqlite3")
    before = content(path)
    killed = run(path, 1 + round((statements - 1) * share))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert content(path) == before
    assert before[0] == BEFORE
    assert set(before[1]) == {SHOPS.id}


def test_the_next_put_gets_through_after_a_kill(tmp_path: Path, statements: int) -> None:
    path = made(tmp_path / "library.sqlite3")
    run(path, statements // 2)
    assert run(path, 0).returncode == 0
    with Library.open(path, create=False) as library:
        assert library.info(LOANS.id) is not None
        assert library.source_text("来源.txt") == "新的原文"
