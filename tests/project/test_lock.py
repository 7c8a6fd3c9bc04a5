"""The lock files pin, with hashes, what pyproject.toml asks for, and name no place to fetch it from."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
PIN = re.compile(
    r"^([a-z0-9][a-z0-9.-]*)==([^ ;]+)(?: ; (.+?))? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def pins(root: Path, name: str) -> dict[str, set[str]]:
    """Versions pinned by package; more than one when they differ by Python version."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer((root / name).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(match.group(1)), set()).add(match.group(2))
    return found


@pytest.fixture(scope="module")
def pyproject(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def group(pyproject: dict[str, Any], name: str) -> list[str]:
    found: list[str] = []
    for entry in pyproject["dependency-groups"][name]:
        found += [entry] if isinstance(entry, str) else group(pyproject, entry["include-group"])
    return found


@pytest.mark.parametrize(
    ("lock", "with_group"), [(LOCKS[0], "build"), (LOCKS[1], "dev"), (LOCKS[2], "bench")]
)
def test_every_requirement_is_pinned_to_a_version_that_fits(
    root: Path, pyproject: dict[str, Any], lock: str, with_group: str
) -> None:
    pinned = pins(root, lock)
    for text in pyproject["project"]["dependencies"] + group(pyproject, with_group):
        requirement = Requirement(text)
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: run make lock"
        for version in versions:
            assert requirement.specifier.contains(version), (
                f"{text} against {version} in {lock}: run make lock"
            )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_belongs_to_a_pin_with_hashes(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    rest = re.sub(r"^ *#.*\n", "", PIN.sub("", text), flags=re.MULTILINE)
    assert rest == ""
    assert len(pins(root, lock)) > 10


def test_what_runs_is_what_is_tested(root: Path) -> None:
    runtime, everything = pins(root, LOCKS[0]), pins(root, LOCKS[1])
    assert {name: everything.get(name) for name in runtime} == runtime
    assert set(runtime) < set(everything)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_place_to_fetch_from_is_named(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index|--find-links| @ ", text) == []
