"""Days in columns are the days of the calendar, from the first to the last that there is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from huiqi.columns.batch import Batch
from huiqi.columns.days import FIRST, LAST, Days, day_number
from huiqi.columns.frames import Frames
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, Program
from huiqi.columns.values import Values
from huiqi.evaluate.days import full_months, full_years


def _days() -> list[date]:
    """The turns of years and months, of leap years and centuries, and many others."""
    choose = random.Random(1)
    years = (1, 2, 3, 4, 5, 99, 100, 101, 399, 400, 401, 1600, 1900, 1970, 2000, 2023, 2024, 2100, 9996, 9999)
    turns = [date(year, month, 1) for year in years for month in (1, 2, 3, 4, 12)]
    near = [
        day + timedelta(days=step) for day in turns for step in (-1, 0, 28, 29, 30) if day.toordinal() > 1
    ]
    anywhere = [date.fromordinal(choose.randrange(1, date.max.toordinal() + 1)) for _ in range(3000)]
    return [date.min, date.max, *turns, *near, *anywhere]


def run(make: Callable[[Days, int, int], int], one: list[date], other: list[date]) -> list[int]:
    """A column made of two columns of days."""
    program = Program()
    loaded = [program.load("low", name, ENTERPRISE, FIRST, LAST) for name in ("起", "止")]
    place = make(Days(Values(program)), *loaded)
    facts = pl.DataFrame({"起": one, "止": other})
    batch = Batch(pl.Series(["x"] * len(one)), facts)
    (columns,) = PolarsEngine(program, [[place]]).run(Frames(batch))
    assert columns[place].is_between(*program.range_of(place)).all()
    return columns[place].to_list()


def test_the_first_and_the_last_day() -> None:
    assert (day_number(date.min), day_number(date.max)) == (FIRST, LAST)
    assert day_number(date(1970, 1, 1)) == 0


def test_a_day_is_its_year_month_and_number() -> None:
    days = _days()
    assert run(lambda d, day, _: d._civil(day)[0], days, days) == [
        day.year * 12 + day.month - 1 for day in days
    ]
    assert run(lambda d, day, _: d._civil(day)[1], days, days) == [day.day for day in days]


def test_a_year_month_and_number_are_a_day() -> None:
    days = _days()
    assert run(lambda d, day, _: d._from_civil(*d._civil(day)), days, days) == [
        day_number(day) for day in days
    ]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Days._months, full_months),
        (Days._years, lambda start, end: 12 * full_years(start, end)),
        (Days._days, lambda start, end: (end - start).days),
    ],
)
def test_what_lies_between_two_days(
    measure: Callable[[Days, int, int], int], expected: Callable[[date, date], int]
) -> None:
    one = _days()
    other = random.Random(2).sample(one, len(one))
    near = [min(max(day.toordinal() + step, 1), date.max.toordinal()) for step in (-31, 365) for day in one]
    starts, ends = one * 3, other + [date.fromordinal(day) for day in near]
    assert run(measure, starts, ends) == [
        expected(start, end) for start, end in zip(starts, ends, strict=True)
    ]
