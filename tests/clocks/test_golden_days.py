"""Due dates worked out by hand with the notices of 2018-2026 in front of one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huiqi.clocks import (
    GENERAL,
    NO_ROLL,
    CountingRule,
    Extension,
    Pause,
    Period,
    PeriodError,
    Unit,
    due,
)
from tests.clocks.examples import OFFICIAL, at


def day(text: str) -> date:
    return date.fromisoformat(text)


def last(start: str, length: int, unit: str, *pauses: Pause, rule: CountingRule = GENERAL) -> str | None:
    found = due(day(start), length, Unit(unit), calendar=OFFICIAL, pauses=pauses, rule=rule)
    return found.day.isoformat() if found.day else None


def stop(start: str, end: str | None = None, cause: str = "") -> Pause:
    return Pause(day(start), day(end) if end else None, cause)


WORKING_DAYS = [
    # National Day 2025: off 1-8 October, Sunday 28 September and Saturday 11 October worked.
    ("2025-09-29", 10, "2025-10-20"),
    ("2025-09-26", 10, "2025-10-16"),
    ("2025-09-26", 1, "2025-09-28"),
    ("2025-09-30", 1, "2025-10-09"),
    ("2025-09-30", 3, "2025-10-11"),
    # Before National Day 2024, Sunday 29 September was worked.
    ("2024-09-27", 3, "2024-10-08"),
    # Spring Festival 2025: off 28 January to 4 February, Sunday 26 January and Saturday 8 February worked.
    ("2025-01-24", 3, "2025-02-05"),
    ("2025-01-26", 3, "2025-02-06"),
    ("2025-02-05", 3, "2025-02-08"),
    # Spring Festival 2026: off 15-23 February, Saturdays 14 and 28 worked.
    ("2026-02-12", 3, "2026-02-24"),
    ("2026-02-13", 6, "2026-02-28"),
    # On New Year's Eve of 2024 rest was only encouraged: 9 February was a working day.
    ("2024-02-08", 1, "2024-02-09"),
    ("2024-02-09", 1, "2024-02-18"),
    # Spring Festival 2020 was lengthened to 2 February; Saturday 1 February was worked no more.
    ("2020-01-23", 1, "2020-02-03"),
    # Labour Day 2019 was changed in March: off 1-4 May, Sundays 28 April and 5 May worked.
    ("2019-04-26", 4, "2019-05-05"),
    # The notice for 2019 changed the end of 2018: Saturday 29 December worked, Monday 31 off.
    ("2018-12-27", 3, "2019-01-02"),
    # Starting on days of rest: what comes on Saturday counts from Sunday, so from Monday.
    ("2025-03-01", 3, "2025-03-05"),
    ("2025-04-30", 2, "2025-05-07"),
    ("2025-03-03", 0, "2025-03-03"),
    ("2025-03-01", 0, "2025-03-03"),
]


@pytest.mark.parametrize(("start", "length", "expected"), WORKING_DAYS)
def test_working_days_over_holidays_and_make_up_days(start: str, length: int, expected: str) -> None:
    assert last(start, length, "工作日") == expected


CALENDAR_TIME = [
    ("2025-01-02", 30, "日", "2025-02-05"),  # falls on Saturday 1 February, inside the holiday
    ("2025-01-02", 60, "日", "2025-03-03"),
    ("2025-09-20", 8, "日", "2025-09-28"),  # a Sunday that is worked does not roll
    ("2025-09-20", 0, "日", "2025-09-22"),
    ("2025-08-31", 6, "月", "2026-02-28"),  # a Saturday that is worked
    ("2024-08-31", 6, "月", "2025-02-28"),
    ("2024-01-31", 1, "月", "2024-02-29"),
    ("2023-12-31", 2, "月", "2024-02-29"),
    ("2025-01-31", 1, "月", "2025-02-28"),
    ("2025-01-31", 2, "月", "2025-03-31"),  # from the start in one step, not over 28 February
    ("2025-09-01", 1, "月", "2025-10-09"),
    ("2025-11-30", 13, "月", "2026-12-30"),
    ("2024-02-29", 1, "年", "2025-02-28"),
    ("2023-02-28", 1, "年", "2024-02-28"),
    ("2020-02-29", 4, "年", "2024-02-29"),
    ("2022-05-10", 3, "年", "2025-05-12"),
    ("2025-03-03", 0, "月", "2025-03-03"),
]


@pytest.mark.parametrize(("start", "length", "unit", "expected"), CALENDAR_TIME)
def test_days_months_and_years(start: str, length: int, unit: str, expected: str) -> None:
    assert last(start, length, unit) == expected


def test_a_rule_may_leave_the_last_day_where_it_falls() -> None:
    assert last("2025-01-02", 30, "日", rule=NO_ROLL) == "2025-02-01"
    assert last("2025-09-01", 1, "月", rule=NO_ROLL) == "2025-10-01"
    rolled = due(day("2025-01-02"), 30, Unit.DAY, calendar=OFFICIAL)
    assert rolled.unrolled == day("2025-02-01")
    assert "按日数到 2025-02-01，当日休息，顺延；至 2025-02-05" in rolled.words


PAUSES = [
    ("2025-03-03", 3, "工作日", [stop("2025-03-04", "2025-03-14")], "2025-03-18"),
    # Stopped and resumed on one day: nothing gained, on the last day neither.
    ("2025-03-03", 3, "工作日", [stop("2025-03-04", "2025-03-04")], "2025-03-06"),
    ("2025-03-03", 3, "工作日", [stop("2025-03-06", "2025-03-06")], "2025-03-06"),
    # Stopped on the last day: one day is left.
    ("2025-03-03", 3, "工作日", [stop("2025-03-06", "2025-03-14")], "2025-03-17"),
    # Inside a weekend: Saturday and Sunday would not have counted anyway.
    ("2025-03-06", 3, "工作日", [stop("2025-03-07", "2025-03-09")], "2025-03-11"),
    ("2025-03-06", 3, "工作日", [stop("2025-03-07", "2025-03-10")], "2025-03-12"),
    # Ended before the start, or begun after the last day.
    ("2025-03-10", 3, "工作日", [stop("2025-03-01", "2025-03-10")], "2025-03-13"),
    ("2025-03-10", 3, "工作日", [stop("2025-03-14", "2025-03-28")], "2025-03-13"),
    # Begun before the start and reaching past it.
    ("2025-03-10", 3, "工作日", [stop("2025-03-07", "2025-03-12")], "2025-03-17"),
    ("2025-01-02", 30, "日", [stop("2025-01-10", "2025-01-20")], "2025-02-11"),
    # Overlapping: 10-20 and 15-25 January are fifteen days together.
    (
        "2025-01-02",
        30,
        "日",
        [stop("2025-01-15", "2025-01-25"), stop("2025-01-10", "2025-01-20")],
        "2025-02-17",
    ),
    # Two, one after the other.
    (
        "2025-03-03",
        5,
        "工作日",
        [stop("2025-03-04", "2025-03-07"), stop("2025-03-11", "2025-03-14")],
        "2025-03-18",
    ),
    # Between the day on which the count was full and the day it rolled to.
    ("2025-01-02", 30, "日", [stop("2025-02-03", "2025-02-12")], "2025-02-13"),
    # Six months are 181 days here; ten of them are paused.
    ("2025-01-15", 6, "月", [stop("2025-03-03", "2025-03-13")], "2025-07-25"),
]


@pytest.mark.parametrize(("start", "length", "unit", "pauses", "expected"), PAUSES)
def test_pauses(start: str, length: int, unit: str, pauses: list[Pause], expected: str) -> None:
    assert last(start, length, unit, *pauses) == expected


def test_a_rule_may_leave_nothing_after_a_pause_on_the_last_day() -> None:
    strict = CountingRule("不留", day_left_after_pause=False)
    assert last("2025-03-03", 3, "工作日", stop("2025-03-06", "2025-03-14"), rule=strict) == "2025-03-06"


@pytest.mark.parametrize(
    ("start", "length", "unit", "stopped", "left"),
    [
        ("2025-01-02", 30, "日", "2025-01-10", (22, Unit.DAY)),
        ("2025-03-03", 3, "工作日", "2025-03-04", (2, Unit.WORKING_DAY)),
        ("2025-03-03", 3, "工作日", "2025-03-06", (1, Unit.WORKING_DAY)),
        ("2025-03-03", 3, "工作日", "2025-03-03", (3, Unit.WORKING_DAY)),
        ("2025-01-15", 6, "月", "2025-01-16", (180, Unit.DAY)),
    ],
)
def test_while_a_pause_goes_on_there_is_no_due_date_but_what_is_left(
    start: str, length: int, unit: str, stopped: str, left: tuple[int, Unit]
) -> None:
    found = due(day(start), length, Unit(unit), calendar=OFFICIAL, pauses=[stop(stopped, None, "补正")])
    assert (found.day, found.ends, found.left, found.left_unit) == (None, None, *left)
    assert not found.certain
    assert f"{stopped} 中止（补正），尚未恢复" in found.words
    assert f"恢复后还有 {left[1].amount(left[0])}，届时才有到期日" in found.words


def test_extensions_are_added_before_the_last_day_rolls() -> None:
    """30 + 30 from 2 January: 3 March, not thirty days from the rolled 5 February."""
    more = [Extension(30, Unit.DAY, "情况特殊")]
    found = due(day("2025-01-02"), 30, Unit.DAY, calendar=OFFICIAL, extensions=more)
    assert found.day == day("2025-03-03")
    assert "共 30 日，延长 30 日（情况特殊）" in found.words
    mixed = due(day("2025-08-31"), 6, Unit.MONTH, calendar=OFFICIAL, extensions=[Extension(2, Unit.DAY)])
    assert mixed.day == day("2026-03-02")


def test_no_time_at_all_is_the_day_itself() -> None:
    found = due(day("2025-03-03"), 0, Unit.WORKING_DAY, calendar=OFFICIAL)
    assert found.words == "自 2025-03-03 当日；共 0 个工作日；至 2025-03-03。"


def test_a_long_period_counts_too() -> None:
    """2018 to 2026 have 2,244 working days after 1 January 2018."""
    found = due(day("2018-01-01"), 2244, Unit.WORKING_DAY, calendar=OFFICIAL)
    assert found.day == day("2026-12-31")
    assert len(found.days) == (day("2026-12-31") - day("2018-01-01")).days + 1


LATE = CountingRule("下班后算次日", late_counts_next=True, basis={"late_counts_next": "本办法"})


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-03-06T16:59", "2025-03-07"),
        ("2025-03-06T17:00", "2025-03-10"),
        ("2025-03-06T12:30", "2025-03-07"),  # at noon the day is not over
        ("2025-03-06T06:00", "2025-03-07"),
        ("2025-03-08T10:00", "2025-03-11"),  # Saturday counts as Monday
        ("2025-09-30T18:00", "2025-10-10"),
        ("2025-09-28T10:00", "2025-09-29"),  # a Sunday that is worked
    ],
)
def test_what_happens_after_hours_counts_as_of_the_next_working_day(when: str, expected: str) -> None:
    found = due(at(when), 1, Unit.WORKING_DAY, calendar=OFFICIAL, rule=LATE)
    assert found.day == day(expected)


def test_after_hours_is_the_same_day_unless_a_rule_says_otherwise() -> None:
    assert due(at("2025-03-06T18:00"), 1, Unit.WORKING_DAY, calendar=OFFICIAL).day == day("2025-03-07")
    words = due(at("2025-03-06T18:00"), 1, Unit.WORKING_DAY, calendar=OFFICIAL, rule=LATE).words
    assert words.startswith("2025-03-06 18:00 不在办公时间，算 2025-03-07 发生，自次日起算；")


def test_a_moment_elsewhere_counts_on_the_day_it_is_in_beijing() -> None:
    evening = datetime(2025, 3, 6, 17, tzinfo=UTC)
    assert due(evening, 1, Unit.DAY, calendar=OFFICIAL, rule=NO_ROLL).day == day("2025-03-08")


def test_the_last_day_ends_at_midnight_or_when_business_stops() -> None:
    """Art. 203 para. 2."""
    close = CountingRule("下班", ends_at_close=True)
    assert due(day("2025-03-03"), 3, Unit.WORKING_DAY, calendar=OFFICIAL).ends == at("2025-03-07T00:00")
    found = due(day("2025-03-03"), 3, Unit.WORKING_DAY, calendar=OFFICIAL, rule=close)
    assert found.ends == at("2025-03-06T17:00")
    assert found.words.endswith("至 2025-03-06 17:00（停止办公）。")
    resting = CountingRule("下班，不顺延", rolls=False, ends_at_close=True)
    found = due(day("2025-03-03"), 5, Unit.DAY, calendar=OFFICIAL, rule=resting)
    assert (found.day, found.ends) == (day("2025-03-08"), at("2025-03-09T00:00"))


MINUTES = [
    ("2025-03-06T09:10", 30, "2025-03-06T09:40"),
    ("2025-03-06T11:30", 30, "2025-03-06T12:00"),
    ("2025-03-06T11:45", 30, "2025-03-06T14:15"),
    ("2025-03-07T16:45", 30, "2025-03-10T09:15"),
    ("2025-09-30T16:45", 30, "2025-10-09T09:15"),
    ("2025-03-08T10:00", 30, "2025-03-10T09:30"),
    ("2025-03-06T20:00", 0, "2025-03-06T20:00"),
    ("2025-03-06T09:00", 360, "2025-03-06T17:00"),
    ("2025-03-06T09:00", 361, "2025-03-07T09:01"),
]


@pytest.mark.parametrize(("start", "length", "expected"), MINUTES)
def test_minutes_of_office_time(start: str, length: int, expected: str) -> None:
    found = due(at(start), length, Unit.MINUTE, calendar=OFFICIAL)
    assert found.ends == at(expected)
    assert found.day == at(expected).date()


def test_minutes_stand_still_during_a_pause() -> None:
    pause = Pause(at("2025-03-06T09:20"), at("2025-03-07T10:00"), "补正")
    found = due(at("2025-03-06T09:10"), 30, Unit.MINUTE, calendar=OFFICIAL, pauses=[pause])
    assert found.ends == at("2025-03-07T10:20")
    assert [(each.number, each.why) for each in found.days] == [
        (10, "计 10 分钟；中止：补正"),
        (30, "中止：补正；计 20 分钟"),
    ]
    open_end = due(at("2025-03-06T09:10"), 30, Unit.MINUTE, calendar=OFFICIAL, pauses=[Pause(pause.start)])
    assert (open_end.day, open_end.left, open_end.left_unit) == (None, 20, Unit.MINUTE)


def test_hours_may_run_round_the_clock() -> None:
    """Art. 201 para. 2: from the moment itself, nights and weekends included."""
    clock = CountingRule("连续", office_time=False)
    found = due(at("2025-03-07T16:30"), 24, Unit.HOUR, calendar=OFFICIAL, rule=clock)
    assert found.ends == at("2025-03-08T16:30")
    assert found.certain
    midnight = due(at("2025-03-07T00:00"), 24, Unit.HOUR, calendar=OFFICIAL, rule=clock)
    assert midnight.ends == at("2025-03-08T00:00")
    assert [(each.day, each.number) for each in midnight.days] == [(day("2025-03-07"), 1440)]


@pytest.mark.parametrize(
    ("start", "length", "unit", "said"),
    [
        (day("2025-03-03"), -1, Unit.DAY, "期限不能是负数，现为 -1 日"),
        (day("2025-03-03"), 30, Unit.MINUTE, "按分钟计的期限，起点要写到几点几分，现只有日期 2025-03-03"),
        (at("2025-03-03T09:00").replace(tzinfo=None), 1, Unit.DAY, "起点的时刻 2025-03-03 09:00:00 没有时区"),
        (day("2025-03-03"), 10**9, Unit.WORKING_DAY, "期限超过 40000 日"),
        (day("2025-03-03"), 10**9, Unit.YEAR, "期限超过 40000 日"),
        (day("9999-12-31"), 0, Unit.WORKING_DAY, "起点的年份 9999 不在 1900 到 2999 年之间，请核对"),
        (day("0025-03-03"), 1, Unit.DAY, "起点的年份 25 不在"),
        (at("2025-03-03T09:00"), 10**9, Unit.HOUR, "期限超过 40000 日"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_chinese(
    start: date, length: int, unit: Unit, said: str
) -> None:
    with pytest.raises(PeriodError, match=said):
        due(start, length, unit, calendar=OFFICIAL)


def test_pauses_and_extensions_that_make_no_sense_are_refused() -> None:
    start = day("2025-03-03")
    with pytest.raises(PeriodError, match="恢复（2025-03-04）早于中止（2025-03-05）"):
        Period(start, 3, Unit.DAY, pauses=(Pause(day("2025-03-05"), day("2025-03-04")),))
    with pytest.raises(PeriodError, match="期限按工作日计，延长不能按日计"):
        Period(start, 3, Unit.WORKING_DAY, extensions=(Extension(3, Unit.DAY),))
    with pytest.raises(PeriodError, match="期限连同中止超过 40000 日"):
        due(start, 3, Unit.DAY, calendar=OFFICIAL, pauses=[Pause(start, start + timedelta(days=50_000))])


def test_units_are_read_as_people_write_them() -> None:
    assert [Unit.named(word) for word in ("个工作日", "天", " 个月", "年", "分钟")] == [
        Unit.WORKING_DAY,
        Unit.DAY,
        Unit.MONTH,
        Unit.YEAR,
        Unit.MINUTE,
    ]
    with pytest.raises(PeriodError, match="不认识的期限单位“周”，可用：工作日、日、月、年、小时、分钟"):
        Unit.named("周")
