"""``huiqi due``: lengths and pauses as people write them, files for calendars, clear complaints."""

from datetime import datetime
from pathlib import Path

import pytest

from huiqi.entitlements.answer import today
from tests.cli.command import run
from tests.support import Library

YEAR = """\
年份: 2025
通知:
  - 标题: 放假安排
    文号: 试〔2024〕1号
    日期: 2024-11-12
    核实: 否
    放假:
      - {名称: 国庆节, 自: 2025-10-01, 至: 2025-10-08, 共: 8}
    上班: [2025-09-28, 2025-10-11]
"""


@pytest.fixture(autouse=True)
def calendar(library: Library, tmp_path: Path) -> Path:
    """A calendar that knows one holiday of 2025, beside the small catalogue."""
    folder = tmp_path / "catalogue" / "calendars"
    folder.mkdir()
    (folder / "2025.yaml").write_text(YEAR, encoding="utf-8")
    return folder


def test_every_day_is_told_with_its_reason() -> None:
    ran = run("due", "10工作日", "--from", "2025-09-29")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "自 2025-09-29 次日起算；共 10 个工作日；至 2025-10-20。",
        "  2025-09-29\t\t开始的当日，不计入",
        "  2025-09-30\t第 1\t工作日",
        "  2025-10-01 至 2025-10-08\t\t国庆节放假",
        "  2025-10-09 至 2025-10-10\t第 2 至 3\t工作日",
        "  2025-10-11\t第 4\t调休上班",
        "  2025-10-12\t\t周末",
        "  2025-10-13 至 2025-10-17\t第 5 至 9\t工作日",
        "  2025-10-18 至 2025-10-19\t\t周末",
        "  2025-10-20\t第 10\t工作日",
    ]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (["10 个工作日", "--from", "2025-09-29"], "2025-10-20"),
        (["10wd", "--from", "2025-09-29"], "2025-10-20"),
        (["1M", "--from", "2025-09-01"], "2025-10-09"),
        (["90min", "--from", "2025-09-30T16:30"], "2025-10-09"),
        (["7日", "--from", "2025-09-29"], "2025-10-09"),
        (["7天", "--from", "2025-09-29", "--no-roll"], "2025-10-06"),
        (["1个月", "--from", "2025-09-01"], "2025-10-09"),
        (["2日", "--from", "2025-03-03", "--extend", "3日", "--extend", "1日"], "2025-03-10"),
        (["3工作日", "--from", "2025-03-03", "--pause", "2025-03-04..2025-03-14"], "2025-03-18"),
        (["90分钟", "--from", "2025-09-30T16:30"], "2025-10-09"),
        (["90分钟", "--from", "2025-09-30 08:30:00+00:00"], "2025-10-09"),
    ],
    ids=str,
)
def test_lengths_are_read_as_people_write_them(asked: list[str], due: str) -> None:
    ran = run("due", *asked, "--json")
    assert (ran.code, ran.json["due"], ran.json["certain"]) == (0, due, True)


def test_the_last_day_can_end_when_business_stops() -> None:
    late, early = (
        run("due", "3日", "--from", "2025-03-03", *more, "--json").json for more in ([], ["--at-close"])
    )
    assert datetime.fromisoformat(late["ends"]) > datetime.fromisoformat(early["ends"])
    assert late["due"] == early["due"] == "2025-03-06"


def test_counting_starts_today_unless_told() -> None:
    assert run("due", "0日", "--no-roll", "--json").json["due"] == today().isoformat()


def test_a_pause_that_goes_on_has_no_last_day() -> None:
    ran = run("due", "3工作日", "--from", "2025-03-03", "--pause", "2025-03-04..", "--json")
    assert (ran.code, ran.json["due"]) == (1, None)
    assert ran.json["left"] == {"number": 2, "unit": "工作日"}


def test_a_year_without_a_notice_is_provisional() -> None:
    ran = run("due", "10工作日", "--from", "2026-03-02", "--json")
    assert (ran.json["due"], ran.json["provisional"], ran.json["certain"]) == ("2026-03-16", True, False)
    assert "只按周末推定" in ran.json["words"]


def test_a_file_for_calendars(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    assert run("due", "10工作日", "--from", "2025-09-29", "--ics", path, "--title", "答复").code == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {"DTSTART;VALUE=DATE:20251020", "SUMMARY:答复"} <= set(lines)


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        (["十工作日"], "“十工作日”不是期限：写成 10工作日、30日、6个月、2年、90分钟"),
        (["3旬"], "不认识的期限单位“旬”，可用：工作日、日、月、年、小时、分钟"),
        (
            ["3日", "--from", "2025-2-30"],
            "“2025-2-30”不是日期：写成 2025-09-29，要时刻的写成 2025-09-29T10:30",
        ),
        (["3小时", "--from", "2025-03-03"], "按小时计的期限，起点要写到几点几分，现只有日期 2025-03-03"),
        (
            ["3日", "--from", "2025-03-03", "--pause", "2025-03-04"],
            "“2025-03-04”不是一段日子：写成 2025-03-04..2025-03-14，没有恢复的写 2025-03-04..",
        ),
        (
            ["3日", "--from", "2025-03-03", "--pause", "2025-03-09..2025-03-04"],
            "恢复（2025-03-04）早于中止（2025-03-09）",
        ),
        (["3日", "--from", "2025-03-03", "--extend", "1工作日"], "期限按日计，延长不能按工作日计"),
        (["3日", "--from", "1025-03-03"], "起点的年份 1025 不在 1900 到 2999 年之间，请核对"),
        (["999999日", "--from", "2025-03-03"], "期限超过 40000 日，请核对长度"),
        (
            ["3日", "--from", "2025-03-03", "--pause", "2025-03-04..", "--ics", "due.ics"],
            "期限中止，还没有到期日，不能写入日历",
        ),
        (
            ["3日", "--from", "2025-03-03", "--ics", "no/due.ics"],
            "no/due.ics：写不了（No such file or directory）",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_counted_is_said_in_one_line(asked: list[str], complaint: str) -> None:
    assert run("due", *asked).complaints == [complaint]


def test_a_calendar_with_a_mistake_is_named_by_file_and_line(calendar: Path) -> None:
    broken = YEAR.replace("2025-10-11", "2025-10-10")
    (calendar / "2025.yaml").write_text(broken, encoding="utf-8")
    wrong = "2025-10-10 是周五，本来就上班；“上班”只写调休上班的周末"
    assert run("due", "3日").complaints == [f"catalogue/calendars/2025.yaml:9: {wrong}"]
    ran = run("check")
    assert ran.code == 1
    (line,) = ran.out.splitlines()
    assert line.startswith("catalogue/calendars/2025.yaml:9:")
    assert line.endswith(wrong)


def test_a_catalogue_without_a_calendar_says_what_is_missing(calendar: Path) -> None:
    (calendar / "2025.yaml").unlink()
    assert run("due", "3日").complaints == ["catalogue/calendars: 没有一年的放假安排（如 2026.yaml）"]
    calendar.rmdir()
    assert run("due", "3日").complaints == ["catalogue/calendars: 没有一年的放假安排（如 2026.yaml）"]
    assert (run("check").code, run("check").out) == (0, "")
