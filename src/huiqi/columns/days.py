"""Days in columns: months and years between dates and moving a date, as ``evaluate.days`` defines them.

A day is the number of days since 1970-01-01. The way from it to year, month and day and back is arithmetic on
whole numbers (the Gregorian calendar counted from a first of March, in cycles of 400 years), so that no
engine's own idea of dates takes part.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from huiqi.columns.ends import End, NotColumnarError
from huiqi.columns.program import INFINITE
from huiqi.columns.values import Range, Values
from huiqi.language.types import MONTHS, Type

FIRST, LAST = -719_162, 2_932_896
"""0001-01-01 and 9999-12-31, the days that there are."""

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """How many days after 1970-01-01."""
    return day.toordinal() - _EPOCH


class Days:
    """What the date functions make of ranges of days."""

    def __init__(self, values: Values) -> None:
        self.values, self.ends, self.program = values, values.ends, values.program

    def apply(self, function: str, arguments: list[Range], kinds: list[Type]) -> Range:
        """One of 年数 月数 天数 推后 提前 年度 年初 年末."""
        if function in ("推后", "提前"):
            return self._shift(arguments[0], arguments[1], 1 if function == "推后" else -1, kinds[1])
        if function in ("年度", "年初", "年末"):
            return self._of_year(function, arguments[0])
        measure = {"年数": self._years, "月数": self._months, "天数": self._days}[function]
        return self._between(measure, *arguments)

    # ---- one day ----

    def _known(self, day: int) -> int:
        """The column with some day where there is no bound, for arithmetic that is not looked at there."""
        p = self.program
        return p.maximum(p.whole(FIRST), p.minimum(p.whole(LAST), day))

    def _civil(self, day: int) -> tuple[int, int]:
        """Months since the year 0 (year times 12 plus month, January 0), and the day of the month."""
        p = self.program

        def by(place: int, divisor: int) -> int:
            return p.floor_divide(place, p.whole(divisor))

        def times(place: int, factor: int) -> int:
            return p.multiply(place, p.whole(factor))

        shifted = p.add(day, p.whole(719_468))
        era = by(shifted, 146_097)
        in_era = p.subtract(shifted, times(era, 146_097))
        leap = p.add(p.subtract(by(in_era, 1460), by(in_era, 36_524)), by(in_era, 146_096))
        year_of_era = by(p.subtract(in_era, leap), 365)
        before = p.subtract(p.add(times(year_of_era, 365), by(year_of_era, 4)), by(year_of_era, 100))
        in_year = p.subtract(in_era, before)
        march = by(p.add(times(in_year, 5), p.whole(2)), 153)
        of_month = p.add(p.subtract(in_year, by(p.add(times(march, 153), p.whole(2)), 5)), p.whole(1))
        year = p.add(year_of_era, times(era, 400))
        return p.add(times(year, 12), p.add(march, p.whole(2))), of_month

    def _from_civil(self, month: int, of_month: int) -> int:
        """The day with a month (as ``_civil`` counts them) and a day of it."""
        p = self.program

        def by(place: int, divisor: int) -> int:
            return p.floor_divide(place, p.whole(divisor))

        def times(place: int, factor: int) -> int:
            return p.multiply(place, p.whole(factor))

        from_march = p.subtract(month, p.whole(2))
        year = by(from_march, 12)
        march = p.subtract(from_march, times(year, 12))
        in_year = p.add(by(p.add(times(march, 153), p.whole(2)), 5), p.subtract(of_month, p.whole(1)))
        leap = p.add(p.subtract(by(year, 4), by(year, 100)), by(year, 400))
        return p.subtract(p.add(p.add(times(year, 365), leap), in_year), p.whole(719_468))

    # ---- between two days ----

    def _between(self, measure: Callable[[int, int], int], start: Range, end: Range) -> Range:
        """A measure that grows with the end and falls with the start."""
        p = self.program
        ends = []
        for sign, first, last in ((-1, start.high, end.low), (1, start.low, end.high)):
            boundless = p.or_(self.ends.infinite(first), self.ends.infinite(last))
            found = measure(self._known(first.place), self._known(last.place))
            most = max(abs(one) for one in p.range_of(found))
            place = p.select(boundless, p.whole(sign * INFINITE), found)
            ends.append(End(place, Fraction(1), most))
        both = (start, end)
        return Range(ends[0], ends[1], self.values.union(both), self.values.used(both))

    def _days(self, start: int, end: int) -> int:
        return self.program.subtract(end, start)

    def _months(self, start: int, end: int) -> int:
        p = self.program
        (month, day), (to_month, to_day) = self._civil(start), self._civil(end)
        forward = p.subtract(p.subtract(to_month, month), self._one_where(p.less(to_day, day)))
        backward = p.subtract(p.subtract(to_month, month), p.whole(0))
        backward = p.add(backward, self._one_where(p.less(day, to_day)))
        return p.select(p.less(end, start), backward, forward)

    def _years(self, start: int, end: int) -> int:
        p = self.program
        months = self._months(start, end)
        twelve = p.whole(12)
        size = p.maximum(months, p.subtract(p.whole(0), months))
        full = p.multiply(p.floor_divide(size, twelve), twelve)
        return p.select(p.less(months, p.whole(0)), p.subtract(p.whole(0), full), full)

    def _one_where(self, condition: int) -> int:
        return self.program.select(condition, self.program.whole(1), self.program.whole(0))

    # ---- moving a day ----

    def _shift(self, day: Range, length: Range, sign: int, kind: Type) -> Range:
        steps = self.ends.constant_of(length.low)
        if steps is None or self.ends.constant_of(length.high) != steps:
            raise NotColumnarError("推后、提前的时长不是写定的")
        both = (day, length)
        missing, used = self.values.union(both, strict=True), self.values.used(both)
        if Fraction(steps).denominator != 1:
            return self.values.boundless(missing, used, day=True)
        amount = sign * int(steps)
        in_months = kind.dimension == MONTHS.dimension
        low, high = (
            self._moved(end, amount, in_months, beyond)
            for end, beyond in ((day.low, -INFINITE), (day.high, INFINITE))
        )
        return Range(low, high, missing, used, day=True)

    def _moved(self, end: End, amount: int, in_months: bool, beyond: int) -> End:
        """A day later or earlier; ``beyond`` where it was without bound or leaves the calendar."""
        p = self.program
        known = self._known(end.place)
        if in_months:
            month, of_month = self._civil(known)
            month = p.add(month, p.whole(amount))
            outside = p.or_(p.less(month, p.whole(12)), p.less(p.whole(9999 * 12 + 11), month))
            first = self._from_civil(month, p.whole(1))
            following = self._from_civil(p.add(month, p.whole(1)), p.whole(1))
            moved = p.add(first, p.minimum(p.subtract(of_month, p.whole(1)), self._last(first, following)))
        else:
            moved = p.add(known, p.whole(amount))
            outside = p.or_(p.less(moved, p.whole(FIRST)), p.less(p.whole(LAST), moved))
        boundless = p.or_(self.ends.infinite(end), outside)
        most = max(abs(one) for one in p.range_of(moved))
        return End(p.select(boundless, p.whole(beyond), moved), Fraction(1), most)

    def _last(self, first: int, following: int) -> int:
        return self.program.subtract(self.program.subtract(following, first), self.program.whole(1))

    # ---- the year of a day ----

    def _of_year(self, function: str, day: Range) -> Range:
        p = self.program
        found = []
        for end in (day.low, day.high):
            month, _ = self._civil(self._known(end.place))
            year = p.floor_divide(month, p.whole(12))
            if function == "年度":
                value = year
            else:
                start = p.add(p.multiply(year, p.whole(12)), p.whole(0 if function == "年初" else 12))
                value = self._from_civil(start, p.whole(1))
                if function == "年末":
                    value = p.subtract(value, p.whole(1))
            most = max(abs(one) for one in p.range_of(value))
            place = p.select(self.ends.infinite(end), end.place, value)
            found.append(End(place, Fraction(1), most))
        return Range(found[0], found[1], day.missing, day.used, day=function != "年度")
