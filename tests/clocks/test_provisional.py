"""A year without a notice can only be guessed, and a guess must say so and must not act."""

from datetime import date

import pytest

from huiqi.clocks import NO_ROLL, Due, Pause, Unit, WorkCalendar, Year, due, recompute
from tests.clocks.examples import OFFICIAL

UNTIL_2018 = WorkCalendar.of(
    [
        Year(
            2018,
            {day: name for day, name in OFFICIAL.years[2018].off.items() if day < date(2018, 12, 25)},
            frozenset(day for day in OFFICIAL.years[2018].worked if day < date(2018, 12, 25)),
        )
    ]
)
"""What an office knew in November 2018, before the notice for 2019."""

NOTICE_2027 = Year(2027, {date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦"}, frozenset({date(2027, 1, 3)}))
"""An invented arrangement for 2027."""


def counted(start: date, length: int, unit: Unit = Unit.WORKING_DAY) -> Due:
    return due(start, length, unit, calendar=OFFICIAL)


def test_a_count_that_reaches_an_unannounced_year_is_provisional_and_says_so() -> None:
    found = counted(date(2026, 12, 21), 10)
    assert found.day == date(2027, 1, 4)
    assert found.provisional
    assert not found.certain
    assert "2027 年的放假安排还没有录入，只按周末推定" in found.words
    assert "到期不自动生效" in found.words
    assert [each.why for each in found.days[-4:]] == [
        "工作日（暂按推定）",
        "周末（暂按推定）",
        "周末（暂按推定）",
        "工作日（暂按推定）",
    ]


def test_a_count_that_ends_before_christmas_is_certain() -> None:
    found = counted(date(2026, 12, 10), 10)
    assert found.day == date(2026, 12, 24)
    assert (found.provisional, found.unsettled, found.certain) == (False, False, True)


def test_the_last_week_of_the_last_announced_year_is_not_provisional_but_not_certain_either() -> None:
    found = counted(date(2026, 12, 17), 10)
    assert found.day == date(2026, 12, 31)
    assert (found.provisional, found.unsettled, found.certain) == (False, True, False)
    assert "2027 年的放假安排可能调整 2026 年的最后几日" in found.words


def test_the_notice_for_2019_did_change_the_end_of_2018() -> None:
    """Why the last week is not certain: this one moved two days earlier, onto a Saturday."""
    before = due(date(2018, 12, 17), 10, Unit.WORKING_DAY, calendar=UNTIL_2018)
    assert before.day == date(2018, 12, 31)
    assert not before.certain
    moved = recompute(before, OFFICIAL)
    assert moved.moved
    assert moved.after.day == date(2018, 12, 29)
    assert moved.words == "到期由 2018-12-31 改为 2018-12-29。"


def test_calendar_days_are_provisional_only_where_the_last_day_asks_the_calendar() -> None:
    assert counted(date(2026, 12, 1), 20, Unit.DAY).certain
    rolled = counted(date(2026, 12, 1), 40, Unit.DAY)
    assert rolled.day == date(2027, 1, 11)
    assert rolled.provisional
    plain = due(date(2026, 12, 1), 40, Unit.DAY, calendar=OFFICIAL, rule=NO_ROLL)
    assert plain.day == date(2027, 1, 10)
    assert plain.certain


def test_a_paused_stretch_asks_nothing_of_the_calendar() -> None:
    paused = Pause(date(2024, 12, 2), date(2026, 3, 2))
    only_2026 = WorkCalendar.of([OFFICIAL.years[2026]])
    found = due(date(2024, 12, 2), 3, Unit.WORKING_DAY, calendar=only_2026, pauses=[paused])
    assert found.day == date(2026, 3, 5)
    assert found.certain


def test_a_guessed_day_on_the_way_is_enough() -> None:
    only_2026 = WorkCalendar.of([OFFICIAL.years[2026]])
    found = due(date(2025, 12, 26), 5, Unit.WORKING_DAY, calendar=only_2026)
    assert found.day == date(2026, 1, 5)
    assert found.provisional
    assert "2025 年的放假安排还没有录入" in found.words


def test_years_before_the_first_are_guessed_too() -> None:
    found = counted(date(2017, 6, 1), 3)
    assert found.provisional
    assert "2017 年的放假安排还没有录入" in found.words


@pytest.mark.parametrize(
    ("start", "length", "moved", "words"),
    [
        (date(2026, 12, 21), 10, True, "到期由 2027-01-04 改为 2027-01-05。"),
        (date(2026, 12, 17), 10, False, "到期仍是 2026-12-31，不再是推定。"),
        (date(2026, 12, 10), 10, False, "到期仍是 2026-12-24。"),
    ],
)
def test_entering_the_notice_recomputes(start: date, length: int, moved: bool, words: str) -> None:
    entered = WorkCalendar.of([*OFFICIAL.years.values(), NOTICE_2027], OFFICIAL.hours)
    again = recompute(counted(start, length), entered)
    assert (again.moved, again.words) == (moved, words)
    assert again.after.certain


def test_plain_values_for_machines() -> None:
    data = counted(date(2026, 12, 21), 10).as_data()
    assert data["due"] == "2027-01-04"
    assert data["ends"] == "2027-01-05T00:00:00+08:00"
    assert data["provisional"] is True
    assert data["certain"] is False
    assert data["days"][1] == {
        "day": "2026-12-22",
        "kind": "工作日",
        "counted": True,
        "number": 1,
        "why": "工作日",
    }
    paused = due(date(2026, 3, 2), 3, Unit.DAY, calendar=OFFICIAL, pauses=[Pause(date(2026, 3, 3))]).as_data()
    assert (paused["due"], paused["ends"], paused["unrolled"]) == (None, None, None)
    assert paused["left"] == {"number": 2, "unit": "日"}
