"""Killing workers and servers, at a size that fits; in full: ``make kills``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.kills import BUGS, BUGS_OF_POSTGRESQL
from harness.postgres import NoServerError, program

ROOT = Path(__file__).parents[2]


def kills(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own: it forks."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_DATA")}
    command = [sys.executable, "-m", "harness.kills", *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, encoding="utf-8")


@pytest.fixture
def server() -> None:
    """PostgreSQL's programs; ``HUIQI_POSTGRESQL=required``, as in CI, makes their lack a failure."""
    try:
        program("initdb")
    except NoServerError as lack:
        if os.environ.get("HUIQI_POSTGRESQL") == "required":
            pytest.fail(str(lack))
        pytest.skip(f"{lack}, so nothing was tried on PostgreSQL")


def test_nothing_is_lost_on_sqlite() -> None:
    ran = kills("--count", "150")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "150 kills of workers" in ran.stdout
    assert "0 lost, twice or half" in ran.stdout


@pytest.mark.usefixtures("server")
def test_nothing_is_lost_on_postgresql_when_the_server_is_killed_too() -> None:
    ran = kills("--postgres", "--count", "150", "--servers", "5")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "5 kills of the server" in ran.stdout
    assert "0 lost, twice or half" in ran.stdout


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_put_in_on_purpose_is_found(bug: str) -> None:
    ran = kills("--count", "1500", "--bug", bug)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("bug", BUGS_OF_POSTGRESQL)
def test_a_bug_that_only_postgresql_lets_through_is_found(bug: str) -> None:
    ran = kills("--postgres", "--count", "1500", "--bug", bug)
    assert ran.returncode == 0, ran.stdout + ran.stderr
