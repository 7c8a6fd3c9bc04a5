"""Days, months and years between dates, as the language defines them (docs/language.md, L3.7 and L3.9).

A full month or year has passed on the day with the same number, or, where the month has no such day, on the
first day of the next one; moving a date by months lands on the last day of a month that is too short.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any as Anything

from huiqi.evaluate.values import INFINITE, Answer, high_of, is_known, low_of, missing_of, ranged
from huiqi.language.types import MONTHS, Type


def full_months(start: date, end: date) -> int:
    """How many full months lie between two days; negative when ``end`` comes first."""
    if end < start:
        return -full_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


def full_years(start: date, end: date) -> int:
    """How many full years lie between two days; negative when ``end`` comes first."""
    months = full_months(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def add_months(day: date, months: int) -> date:
    """The day ``months`` later, or the last day of that month when it is shorter.

    Raises ``OverflowError`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("日期超出公元 1 年至 9999 年")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_on(start: date, months: int) -> date:
    """The first day on which so many months are full: the same number, or the 1st after a shorter month.

    Raises ``OverflowError`` outside the years 1 to 9999.
    """
    day = add_months(start, months)
    return day if day.day == start.day else day + timedelta(days=1)


def _between(measure: Callable[[date, date], int]) -> Callable[[Sequence[Answer]], Answer]:
    """A measure that grows with the end and falls with the start, also over ranges of days."""

    def apply(values: Sequence[Answer]) -> Answer:
        start, end = values
        if is_known(start) and is_known(end):
            return measure(start, end)
        low = -INFINITE if None in (low_of(end), high_of(start)) else measure(high_of(start), low_of(end))
        high = INFINITE if None in (high_of(end), low_of(start)) else measure(low_of(start), high_of(end))
        return ranged(low, high, missing_of(start) | missing_of(end))

    return apply


def _shift(sign: int, length_type: Type) -> Callable[[Sequence[Answer]], Answer]:
    in_months = length_type.dimension == MONTHS.dimension

    def move(day: Anything, length: Anything) -> date | None:
        if day is None or length in (INFINITE, -INFINITE) or length != int(length):
            return None
        try:
            steps = sign * int(length)
            return add_months(day, steps) if in_months else day + timedelta(days=steps)
        except OverflowError:
            return None

    def apply(values: Sequence[Answer]) -> Answer:
        day, length = values
        missing = missing_of(day) | missing_of(length)
        ends = (low_of(length), high_of(length)) if sign > 0 else (high_of(length), low_of(length))
        low, high = move(low_of(day), ends[0]), move(high_of(day), ends[1])
        return ranged(low, high, missing) if low != high or low is None else low

    return apply


def _year(values: Sequence[Answer]) -> Answer:
    (day,) = values
    low, high = low_of(day), high_of(day)
    return ranged(
        low.year if low is not None else -INFINITE,
        high.year if high is not None else INFINITE,
        missing_of(day),
    )


def _end_of_year(month: int, day: int) -> Callable[[Sequence[Answer]], Answer]:
    """The first or the last day of the year that a day lies in."""

    def apply(values: Sequence[Answer]) -> Answer:
        low, high = (
            end if end is None else date(end.year, month, day)
            for end in (low_of(values[0]), high_of(values[0]))
        )
        return ranged(low, high, missing_of(values[0]))

    return apply


def date_operation(function: str, argument_types: Sequence[Type]) -> Callable[[Sequence[Answer]], Answer]:
    """What a date function does with its (possibly uncertain) arguments."""
    if function in ("推后", "提前"):
        return _shift(1 if function == "推后" else -1, argument_types[1])
    return _DATE_OPERATIONS[function]


_DATE_OPERATIONS: dict[str, Callable[[Sequence[Answer]], Answer]] = {
    "年数": _between(lambda start, end: 12 * full_years(start, end)),
    "月数": _between(full_months),
    "天数": _between(lambda start, end: (end - start).days),
    "年度": _year,
    "年初": _end_of_year(1, 1),
    "年末": _end_of_year(12, 31),
}
