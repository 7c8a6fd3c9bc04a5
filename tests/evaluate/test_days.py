"""Days, months and years against the definition in words, and over days that are only bounded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.evaluate.days import add_months, date_operation, full_months, full_on, full_years
from huiqi.evaluate.values import INFINITE, Uncertain
from huiqi.language.types import DATE, DAYS, MONTHS
from tests.support import reference, value

DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


def anniversary(start: date, months: int) -> date:
    """By counting, the day on which so many months are full: the same number, or the next month's first."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, 1)
    while day.month == month:
        if day.day == start.day:
            return day
        day += timedelta(days=1)
    return day


@reference("L3.7")
@given(start=DATES, more=st.integers(0, 4000))
def test_a_month_is_full_on_its_anniversary(start: date, more: int) -> None:
    end = start + timedelta(days=more)
    months = full_months(start, end)
    assert anniversary(start, months) <= end < anniversary(start, months + 1)
    assert full_on(start, months) == anniversary(start, months)
    assert full_years(start, end) == months // 12


@reference("L3.7")
@given(start=DATES, end=DATES)
def test_counting_back_is_counting_forth_with_a_minus(start: date, end: date) -> None:
    assert full_months(end, start) == -full_months(start, end)
    assert full_years(end, start) == -full_years(start, end)


@reference("L3.7")
@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2023, 12, 31), date(2024, 1, 1), 0),
        (date(2023, 12, 31), date(2024, 12, 30), 0),
        (date(2023, 12, 31), date(2024, 12, 31), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2024, 2, 29), date(2028, 2, 29), 4),
    ],
)
def test_years_go_by_anniversaries(start: date, end: date, years: int) -> None:
    assert full_years(start, end) == years
    assert value(f"年数({start}, {end})") == 12 * years


@reference("L3.9")
@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 8, 31), 3, date(2024, 11, 30)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved
    function = "推后" if months > 0 else "提前"
    assert value(f"{function}({day}, {abs(months)}月)") == moved


@reference("L3.9")
@given(day=DATES, months=st.integers(-300, 300))
def test_moving_by_months_keeps_the_number_or_takes_the_last_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1 < moved.day < day.day


@reference("L3.9")
def test_the_calendar_reaches_from_year_1_to_9999() -> None:
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(1, 2, 28), -1) == date(1, 1, 28)


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_there_is_no_day_outside_the_calendar(day: date, months: int) -> None:
    with pytest.raises(OverflowError):
        add_months(day, months)


def test_what_leaves_the_calendar_has_no_value() -> None:
    assert value("推后(9999-12-31, 1日)") == Uncertain(frozenset())


@reference("L3.11")
@pytest.mark.parametrize(
    ("text", "day"), [("年初(2025-06-30)", date(2025, 1, 1)), ("年末(2025-06-30)", date(2025, 12, 31))]
)
def test_the_ends_of_a_year(text: str, day: date) -> None:
    assert value(text) == day


def test_days_and_calendar_years_are_what_they_are() -> None:
    assert value("天数(2024-02-28, 2024-03-01)") == 2
    assert value("天数(2024-03-01, 2024-02-28)") == -2
    assert value("推后(2024-02-28, 2日)") == date(2024, 3, 1)
    assert value("提前(2024-03-01, 2日)") == date(2024, 2, 28)
    assert value("年度(2024-05-01) = 2024年度") is True


@reference("L5.2")
def test_a_day_that_is_only_bounded_gives_bounds() -> None:
    some_day = Uncertain(frozenset(("甲",)), date(2020, 1, 31), date(2020, 3, 1))
    months = date_operation("月数", (DATE, DATE))
    assert months((some_day, date(2021, 1, 31))) == Uncertain(frozenset(("甲",)), 10, 12)
    later = date_operation("推后", (DATE, MONTHS))
    assert later((some_day, 1)) == Uncertain(frozenset(("甲",)), date(2020, 2, 29), date(2020, 4, 1))
    assert date_operation("年度", (DATE,))((some_day,)) == 2020


@reference("L5.2")
def test_a_day_without_bounds_gives_none() -> None:
    never = Uncertain(frozenset(("甲",)))
    assert date_operation("天数", (DATE, DATE))((never, date(2024, 1, 1))) == Uncertain(
        frozenset(("甲",)), -INFINITE, INFINITE
    )
    assert date_operation("年度", (DATE,))((never,)) == Uncertain(frozenset(("甲",)), -INFINITE, INFINITE)
    assert date_operation("提前", (DATE, DAYS))((never, 3)) == never


def test_a_part_of_a_day_cannot_be_added() -> None:
    assert value("推后(2024-01-01, 1日 / 2)") == Uncertain(frozenset())
