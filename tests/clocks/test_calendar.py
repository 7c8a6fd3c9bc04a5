"""Which days are worked, by the notices of 2018-2026."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.clocks import DayKind, OfficeHours, WorkCalendar, Year
from huiqi.clocks.rules import GENERAL, NO_ROLL, CountingRule
from tests.clocks.examples import OFFICIAL, calendars

WORKING_DAYS = {
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}
"""Working days of each year as two calendars kept by other people have them, which agree on every day."""


def whole_year(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=ahead) for ahead in range((date(year + 1, 1, 1) - first).days)]


def test_every_year_has_as_many_working_days_as_others_count() -> None:
    counted = {year: sum(map(OFFICIAL.is_working, whole_year(year))) for year in OFFICIAL.covers}
    assert {year: counted[year] for year in WORKING_DAYS} == WORKING_DAYS


@pytest.mark.parametrize(
    ("day", "kind", "working"),
    [
        (date(2025, 9, 26), DayKind.WORKING, True),
        (date(2025, 9, 27), DayKind.WEEKEND, False),
        (date(2025, 9, 28), DayKind.MAKE_UP, True),
        (date(2025, 10, 1), DayKind.HOLIDAY, False),
        (date(2025, 10, 5), DayKind.HOLIDAY, False),
        (date(2018, 12, 29), DayKind.MAKE_UP, True),
        (date(2018, 12, 31), DayKind.HOLIDAY, False),
        (date(2020, 2, 1), DayKind.HOLIDAY, False),
        (date(2099, 10, 1), DayKind.GUESSED, True),
        (date(2099, 10, 3), DayKind.GUESSED, False),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind, working: bool) -> None:
    assert (OFFICIAL.kind(day), OFFICIAL.is_working(day)) == (kind, working)


def test_the_words_of_the_kinds() -> None:
    assert [kind.value for kind in DayKind] == ["工作日", "周末", "法定节假日", "调休上班", "暂按周末推定"]


@given(calendars(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_the_next_working_day_is_the_first_one_after(calendar: WorkCalendar, day: date) -> None:
    found = calendar.next_working(day)
    assert found > day
    assert calendar.is_working(found)
    between = [day + timedelta(days=ahead) for ahead in range(1, (found - day).days)]
    assert not any(map(calendar.is_working, between))
    assert calendar.working_from(day) == (day if calendar.is_working(day) else found)


def test_only_announced_years_are_covered() -> None:
    calendar = WorkCalendar.of([OFFICIAL.years[2026], OFFICIAL.years[2025]])
    assert calendar.covers == (2025, 2026)
    assert calendar.provisional(date(2024, 12, 31))
    assert not calendar.provisional(date(2026, 12, 31))
    assert calendar.unsettled(date(2026, 12, 25))
    assert not calendar.unsettled(date(2026, 12, 24))
    assert not calendar.unsettled(date(2025, 12, 31))


def test_every_notice_is_named_once_in_order() -> None:
    notices = list(OFFICIAL.notices())
    assert len({notice.number for notice in notices}) == len(notices)
    assert [notice.issued for notice in notices] == sorted(notice.issued for notice in notices)
    assert "国办发明电〔2024〕12号" in {notice.number for notice in notices}
    assert OFFICIAL.holiday(date(2025, 10, 6)) == "国庆节、中秋节"
    assert OFFICIAL.holiday(date(2025, 10, 9)) == ""
    assert OFFICIAL.holiday(date(2099, 10, 1)) == ""


def test_a_year_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-01-01 不是 2025 年的日子"):
        Year(2025, {date(2026, 1, 1): "元旦"}, frozenset())
    with pytest.raises(ValueError, match="2025-09-26 是周五，本来就上班"):
        Year(2025, {}, frozenset({date(2025, 9, 26)}))
    with pytest.raises(ValueError, match="2025-09-28 既写了放假，又写了上班"):
        Year(2025, {date(2025, 9, 28): "节"}, frozenset({date(2025, 9, 28)}))
    with pytest.raises(ValueError, match="2025 年的安排写了两份"):
        WorkCalendar.of([OFFICIAL.years[2025], OFFICIAL.years[2025]])


def test_office_hours_are_in_order() -> None:
    assert OFFICIAL.hours.closes == time(17)
    with pytest.raises(ValueError, match="12:00 之后却是 11:00"):
        OfficeHours(((time(9), time(12)), (time(11), time(17))))
    with pytest.raises(ValueError, match="没有时段"):
        OfficeHours(())


def test_a_rule_tells_each_choice_with_its_basis() -> None:
    said = dict(GENERAL.described())
    assert said["开始的当日不计入"] == "民法典第二百零一条第一款"
    assert said["最后一日休息的，顺延到下一个工作日"] == "民法典第二百零三条第一款"
    assert "第二百零四条" in dict(NO_ROLL.described())["最后一日休息的，不顺延"]
    own = CountingRule("试", office_time=False, basis={"office_time": "本办法第三条"})
    assert dict(own.described())["小时、分钟连续计算"] == "本办法第三条"
    with pytest.raises(ValueError, match="计算规则“试”没有这一项：rols"):
        CountingRule("试", basis={"rols": "第一条"})
