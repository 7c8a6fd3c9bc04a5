"""``huiqi clock``: the clocks of the shipped procedures on days worked out by hand."""

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.procedures.examples import SMALL
from tests.support import Library

SHIPPED = Path(__file__).parents[2] / "catalogue"
HERE = ("--catalogue", SHIPPED, "clock", "henan-complaints")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (["受理", "--start", "2025-03-01"], "2025-03-05"),
        (["受理", "--start", "2025-01-26"], "2025-02-06"),
        (["受理", "--start", "2025-03-03", "--pause", "2025-03-04..2025-03-14"], "2025-03-18"),
        (["受理", "--start", "2025-03-03", "--pause", "2025-03-04..2025-03-04"], "2025-03-06"),
        (["受理", "--start", "2025-03-03", "--pause", "2025-03-06..2025-03-14"], "2025-03-17"),
        (["确认接收", "--start", "2025-04-30"], "2025-05-07"),
        (["调查处理", "--start", "2025-01-02"], "2025-02-05"),
        (["六个月", "--start", "2025-08-31"], "2026-02-28"),
        (["申请复核", "--start", "2025-09-26"], "2025-10-16"),
        (["申请复核", "--start", "2026-12-17"], "2026-12-31"),
    ],
)
def test_golden_days(asked: list[str], due: str) -> None:
    ran = run(*HERE, *asked, "--json")
    assert ran.code == 0
    assert ran.json["due"] == due
    assert {"due", "provisional", "days"} <= ran.json.keys()
    assert ran.json["days"][0]["day"] == asked[2]


def test_a_year_without_a_notice_is_provisional() -> None:
    for which, start in (("受理", "2026-12-30"), ("申请复核", "2026-12-21")):
        ran = run(*HERE, which, "--start", start, "--json")
        assert (ran.code, ran.json["provisional"]) == (0, True)
    assert run(*HERE, "受理", "--start", "2026-12-24", "--json").json["provisional"] is False
    assert "2027" in run(*HERE, "申请复核", "--start", "2026-12-21").out


def test_people_are_told_which_clause_and_every_day(tmp_path: Path) -> None:
    saved = tmp_path / "due.ics"
    ran = run(
        "--catalogue", SHIPPED, "clock", "营商环境投诉举报", "受理", "--start", "2025-03-03", "--ics", saved
    )
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "营商环境投诉举报「受理」（第七条第二款）"
    assert "2025-03-06" in ran.out
    assert b"BEGIN:VCALENDAR" in saved.read_bytes()


def test_a_pause_that_goes_on_has_no_day() -> None:
    ran = run(*HERE, "受理", "--start", "2025-03-03", "--pause", "2025-03-04..", "--json")
    assert (ran.code, ran.json["due"]) == (1, None)


def test_what_has_no_day_is_not_written_for_a_calendar(tmp_path: Path) -> None:
    saved = tmp_path / "due.ics"
    ran = run(*HERE, "受理", "--start", "2025-03-03", "--pause", "2025-03-04..", "--ics", saved)
    assert len(ran.complaints) == 1
    assert not saved.exists()


def test_the_version_is_that_of_the_start_day_or_of_the_day_that_is_named(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("catalogue.yaml", (SHIPPED / "catalogue.yaml").read_text("utf-8"))
    for notice in (SHIPPED / "calendars").iterdir():
        library.put(f"calendars/{notice.name}", notice.read_text("utf-8"))
    old = SMALL.replace("  自: 2025-01-01\n", "  自: 2025-01-01\n  至: 2025-06-30\n")
    new = SMALL.replace("  自: 2025-01-01\n", "  自: 2025-07-01\n").replace("长: 5\n", "长: 3\n")
    library.put("old/procedure.yaml", old)
    library.put("new/procedure.yaml", new)
    asked = ("--catalogue", tmp_path, "clock", "stall-permit", "审查", "--json", "--start")
    assert run(*asked, "2025-06-30").json["due"] == "2025-07-07"
    assert run(*asked, "2025-07-01").json["due"] == "2025-07-04"
    assert run(*asked, "2025-06-30", "--on", "2025-07-01").json["due"] == "2025-07-03"
    (line,) = run(*asked, "2025-06-30", "--on", "2024-12-31").complaints
    assert "2025-01-01" in line


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["henan-complaint", "受理", "--start", "2025-03-03"], "henan-complaints"),
        (["henan-complaints", "受里", "--start", "2025-03-03"], "受理"),
        (["henan-complaints", "补正", "--start", "2025-03-03"], "补正期至"),
        (["henan-complaints", "受理", "--start", "2024-03-03"], "2024-11-11"),
        (["henan-complaints", "受理", "--start", "三月三日"], "2025-09-29"),
        (
            ["henan-complaints", "受理", "--start", "2025-03-03", "--pause", "2025-03-09..2025-03-04"],
            "2025-03-04",
        ),
        (["henan-complaints", "受理", "--start", "0001-01-01"], "2024-11-11"),
    ],
)
def test_what_cannot_be_asked_is_explained_in_a_line(asked: list[str], words: str) -> None:
    (line,) = run("--catalogue", SHIPPED, "clock", *asked).complaints
    assert words in line
