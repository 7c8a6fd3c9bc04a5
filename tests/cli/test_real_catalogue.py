"""The commands on the catalogue of this checkout: every demonstration enterprise, every worked example."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from huiqi.catalogue.load import load_catalogue
from tests.cli.command import run
from tests.cli.test_explain import CONTRACT, departures

ROOT = Path(__file__).parents[2]
ENTERPRISES = sorted((ROOT / "catalogue" / "enterprises").glob("*.yaml"))


@pytest.fixture(autouse=True)
def in_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("HUIQI_LIBRARY", str(tmp_path))  # not one that stands in the checkout by chance


@pytest.fixture(scope="module")
def loaded_once() -> Iterator[None]:
    """Reading the catalogue anew for each enterprise would take longest and show nothing more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("huiqi.cli.inputs.load_catalogue", cache(load_catalogue))
        yield


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize("path", ENTERPRISES, ids=lambda path: path.stem)
def test_every_demonstration_enterprise_gets_an_answer(path: Path) -> None:
    ran = run("explain", path, "--on", "2024-06-01", "--json")
    assert ran.code == 0
    assert departures(ran.json, CONTRACT) == []
    asked = {one["id"] for one in ran.json["benefits"]}
    assert {one["id"] for part in ("chosen", "left_out") for one in ran.json["plan"][part]} <= asked
    shown = run("explain", path, "--on", "2026-11-23", "--all")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("评价日 2026-11-23\n")


def test_there_are_at_least_ten_of_them() -> None:
    assert len(ENTERPRISES) >= 10


@pytest.mark.usefixtures("loaded_once")
def test_every_fact_of_the_vocabulary_can_be_looked_up() -> None:
    names = [one["name"] for one in run("facts", "--json").json]
    assert len(names) > 50
    for name in names[:: len(names) // 10]:
        ran = run("facts", name)
        assert (ran.code, ran.out.startswith(name)) == (0, True)


def test_the_check_is_silent() -> None:
    ran = run("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_every_worked_example_holds_and_they_notice_rules_made_wrong() -> None:
    ran = run("test", "--mutate", "--json")
    found = ran.json
    assert (ran.code, found["failures"], found["gaps"]) == (0, [], [])
    assert found["cases"] > 1000
    assert found["mutants"] > found["cases"]
    assert found["killed"] >= 0.95
