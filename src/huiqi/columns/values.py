"""Values that may be uncertain, in columns: the counterpart, operation by operation, of ``evaluate.values``.

A truth value is two columns, where it is certainly true and where it is certainly false; a number or day is
the two ends of its range, and known where they meet; a choice is a column for each option that it may be.
What each waits for is a column per fact, which is read only where the value is unknown. That the two modules
mean the same is what ``tests/columns`` tries on rules and rows made at random.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from huiqi.columns.ends import End, Ends
from huiqi.columns.program import INFINITE, Program

Missing: TypeAlias = Mapping[str, int]
"""For each fact that a value may wait for, where it does; of interest only where the value is unknown."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Where it is true, where false; ``used`` where a parameter without an official source has a say."""

    true: int
    false: int
    missing: Missing
    used: int


@dataclass(frozen=True, slots=True)
class Range:
    """A number, or a day counted from 1970-01-01 (``day``), somewhere between two ends, both included."""

    low: End
    high: End
    missing: Missing
    used: int
    day: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some options: where each is possible, where it is the only one, where more are left."""

    can: Mapping[str, int]
    surely: Mapping[str, int]
    unknown: int
    missing: Missing
    used: int


Value: TypeAlias = Truth | Range | Choice


@dataclass(slots=True)
class Values:
    """The operations, over the columns of one program."""

    program: Program
    ends: Ends = field(init=False)

    def __post_init__(self) -> None:
        self.ends = Ends(self.program)

    # ---- what is known of a value ----

    def unknown(self, value: Value) -> int:
        """Where the value is not known exactly."""
        p = self.program
        if isinstance(value, Truth):
            return p.not_(p.or_(value.true, value.false))
        if isinstance(value, Choice):
            return value.unknown
        return self.ends.less(value.low, value.high)

    def waiting(self, value: Value) -> Missing:
        """What the value waits for, with a column that can be read everywhere."""
        unknown = self.unknown(value)
        return self._kept({key: self.program.and_(unknown, place) for key, place in value.missing.items()})

    def union(self, values: Iterable[Value], *, strict: bool = False) -> Missing:
        """What any of these waits for, good where the result is unknown.

        Where the result can be unknown although every part is known, say ``strict``; otherwise a single part
        that may be unknown needs no look at where it is.
        """
        p = self.program
        open_ones = [value for value in values if p.constant_of(self.unknown(value)) is not False]
        if len(open_ones) == 1 and not strict:
            return open_ones[0].missing
        return self.joined(*(self.waiting(value) for value in open_ones))

    def joined(self, *parts: Missing) -> Missing:
        """What any of these waits for."""
        found: dict[str, int] = {}
        for part in parts:
            for key, place in part.items():
                found[key] = self.program.or_(found[key], place) if key in found else place
        return self._kept(found)

    def where(self, condition: int, missing: Missing) -> Missing:
        """The same, but only where the condition is true."""
        return self._kept({key: self.program.and_(condition, place) for key, place in missing.items()})

    def _kept(self, missing: Missing) -> Missing:
        return {key: place for key, place in missing.items() if self.program.constant_of(place) is not False}

    def used(self, values: Iterable[Value]) -> int:
        """Where any of these leans on a parameter that no official source confirms."""
        return self.program.or_(*(value.used for value in values))

    # ---- making values ----

    def truth(self, value: bool) -> Truth:
        """Known, and the same everywhere."""
        p = self.program
        return Truth(p.truth(value), p.truth(not value), {}, p.truth(False))

    def number(self, value: Fraction | int, *, day: bool = False) -> Range:
        """A known number or day, the same everywhere."""
        end = self.ends.constant(value)
        return Range(end, end, {}, self.program.truth(False), day)

    def boundless(self, missing: Missing, used: int, *, day: bool = False) -> Range:
        """A number or day of which nothing is known."""
        return Range(self.ends.unbounded(-1), self.ends.unbounded(1), missing, used, day)

    def open_truth(self, missing: Missing) -> Truth:
        """A truth value of which nothing is known."""
        never = self.program.truth(False)
        return Truth(never, never, missing, never)

    def option(self, word: str) -> Choice:
        """A known choice, the same everywhere."""
        p = self.program
        return Choice({word: p.truth(True)}, {word: p.truth(True)}, p.truth(False), {}, p.truth(False))

    def some_option(self, options: Iterable[str], missing: Missing) -> Choice:
        """A choice of which nothing is known but its options."""
        p = self.program
        return Choice(dict.fromkeys(options, p.truth(True)), {}, p.truth(True), missing, p.truth(False))

    # ---- truth ----

    def not_(self, value: Truth) -> Truth:
        """非."""
        return Truth(value.false, value.true, value.missing, value.used)

    def all_(self, values: Sequence[Truth]) -> Truth:
        """且."""
        p = self.program
        true, false = p.and_(*(v.true for v in values)), p.or_(*(v.false for v in values))
        return Truth(true, false, self.union(values), self.used(values))

    def any_(self, values: Sequence[Truth]) -> Truth:
        """或."""
        return self.not_(self.all_([self.not_(value) for value in values]))

    # ---- comparison ----

    def equal(self, left: Value, right: Value) -> Truth:
        """``=``."""
        p = self.program
        if isinstance(left, Truth) and isinstance(right, Truth):
            true = p.or_(p.and_(left.true, right.true), p.and_(left.false, right.false))
            false = p.or_(p.and_(left.true, right.false), p.and_(left.false, right.true))
        elif isinstance(left, Choice) and isinstance(right, Choice):
            both = set(left.can) & set(right.can)
            false = p.not_(p.or_(*(p.and_(left.can[one], right.can[one]) for one in both)))
            true = p.or_(*(p.and_(self._surely(left, one), self._surely(right, one)) for one in both))
        else:
            assert isinstance(left, Range) and isinstance(right, Range)  # noqa: PT018
            false = p.or_(self.ends.less(left.high, right.low), self.ends.less(right.high, left.low))
            true = p.and_(
                self.ends.at_most(left.high, right.low),
                self.ends.at_most(right.high, left.low),
            )
        return Truth(true, false, self.union((left, right)), self.used((left, right)))

    def _surely(self, value: Choice, word: str) -> int:
        if word in value.surely:
            return value.surely[word]
        return self.program.and_(self.program.not_(value.unknown), value.can[word])

    def less(self, left: Range, right: Range) -> Truth:
        """``<``."""
        true = self.ends.less(left.high, right.low)
        false = self.ends.at_most(right.high, left.low)
        return Truth(true, false, self.union((left, right)), self.used((left, right)))

    def compare(self, op: str, left: Value, right: Value) -> Truth:
        """One of ``= != < <= > >=``."""
        if op in ("=", "!="):
            same = self.equal(left, right)
            return same if op == "=" else self.not_(same)
        assert isinstance(left, Range) and isinstance(right, Range)  # noqa: PT018
        if op == "<":
            return self.less(left, right)
        if op == ">":
            return self.less(right, left)
        return self.not_(self.less(right, left) if op == "<=" else self.less(left, right))

    def among(self, item: Choice, listed: frozenset[str]) -> Truth:
        """属于 of a choice: decided as soon as all that it can be agree."""
        p = self.program
        true = p.not_(p.or_(*(place for word, place in item.can.items() if word not in listed)))
        false = p.not_(p.or_(*(place for word, place in item.can.items() if word in listed)))
        return Truth(true, false, item.missing, item.used)

    # ---- arithmetic ----

    def add(self, left: Range, right: Range) -> Range:
        """``+``."""
        low, high = self.ends.add(left.low, right.low), self.ends.add(left.high, right.high)
        return Range(low, high, self.union((left, right)), self.used((left, right)))

    def negate(self, value: Range) -> Range:
        """The other sign."""
        return Range(self.ends.negate(value.high), self.ends.negate(value.low), value.missing, value.used)

    def multiply(self, left: Range, right: Range) -> Range:
        """``*``."""
        ends, missing, used = self.ends, self.union((left, right)), self.used((left, right))
        for one, other in ((left, right), (right, left)):
            factor = ends.constant_of(one.low)
            if factor is None or ends.constant_of(one.high) != factor:
                continue
            if factor == 0:
                return Range(*(ends.constant(0),) * 2, {}, used)
            turned = self.negate(other) if factor < 0 else other
            low, high = (ends.scaled(end, abs(factor)) for end in (turned.low, turned.high))
            return Range(low, high, missing, used)
        if self._lowest(left) >= 0 and self._lowest(right) >= 0:
            return Range(
                ends.multiply(left.low, right.low), ends.multiply(left.high, right.high), missing, used
            )
        corners = [ends.multiply(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
        return Range(ends.smallest(corners), ends.largest(corners), missing, used)

    def _lowest(self, value: Range) -> int:
        return self.program.range_of(value.low.place)[0]

    def divide(self, left: Range, right: Range) -> Range:
        """``/``: without bounds where the divisor may be zero."""
        ends, p = self.ends, self.program
        factor = ends.constant_of(right.low)
        if factor and ends.constant_of(right.high) == factor:
            return self.multiply(left, replace(self.number(1 / factor), used=right.used))
        missing, used = self.union((left, right), strict=True), self.used((left, right))
        zero = ends.constant(0)
        positive, negative = ends.less(zero, right.low), ends.less(right.high, zero)
        turned_left, turned_right = self.negate(left), self.negate(right)
        low_right = ends.select(negative, turned_right.low, right.low)
        high_right = ends.select(negative, turned_right.high, right.high)
        low_left = ends.select(negative, turned_left.low, left.low)
        high_left = ends.select(negative, turned_left.high, left.high)
        # over a positive divisor an end is furthest from zero over the smaller divisor
        low = ends.select(
            ends.less(low_left, zero), self._over(low_left, low_right), self._over(low_left, high_right)
        )
        high = ends.select(
            ends.less(high_left, zero), self._over(high_left, high_right), self._over(high_left, low_right)
        )
        divisible = p.or_(positive, negative)
        low = ends.select(divisible, low, ends.unbounded(-1))
        high = ends.select(divisible, high, ends.unbounded(1))
        return Range(low, high, missing, used)

    def _over(self, above: End, below: End) -> End:
        """A quotient over a divisor positive where it counts; nothing over a divisor without bound."""
        p = self.program
        if above.under is not None or below.under is not None:
            above = End(above.place, above.scale, above.most, above.under)
            if below.under is not None:
                place, most = self.ends._finite_product(above.place, above.most, below.under)
                above = End(place, above.scale, most, above.under)
                below = End(below.place, below.scale, below.most)
            if above.under is not None:
                under, most = self.ends.product(
                    p.maximum(p.whole(1), self.ends._number(below)),
                    below.most,
                    above.under,
                    p.range_of(above.under)[1],
                )
                above = End(above.place, above.scale, above.most)
                return self._quotient(above, below, p.maximum(p.whole(1), under))
        return self._quotient(above, below, p.maximum(p.whole(1), self.ends._number(below)))

    def _quotient(self, above: End, below: End, under: int) -> End:
        p = self.program
        boundless = p.equal(below.place, p.whole(INFINITE))
        place = p.select(boundless, p.whole(0), above.place)
        return End(place, above.scale / below.scale, above.most, under)

    def extreme(self, values: Sequence[Range], greatest: bool) -> Range:
        """取大 or 取小; waits only for the parts that can still win."""
        pick = self.ends.largest if greatest else self.ends.smallest
        low, high = pick([v.low for v in values]), pick([v.high for v in values])
        boundless = self._boundless_days(values)
        parts = []
        for value in values:
            wins = self.ends.less(low, value.high) if greatest else self.ends.less(value.low, high)
            parts.append(self.where(self.program.or_(wins, boundless), self.waiting(value)))
        low = self.ends.select(boundless, self.ends.unbounded(-1), low)
        high = self.ends.select(boundless, self.ends.unbounded(1), high)
        return Range(low, high, self.joined(*parts), self.used(values), values[0].day)

    def _boundless_days(self, values: Iterable[Range]) -> int:
        """A day without a bound leaves the earliest and the latest of several days without any."""
        return self.program.or_(
            *(self.ends.infinite(end) for value in values if value.day for end in (value.low, value.high))
        )

    def round_to(self, mode: str, value: Range, step: Fraction) -> Range:
        """四舍五入, 舍去 or 进位."""
        low, high = (self.ends.round_to(mode, end, step) for end in (value.low, value.high))
        return Range(low, high, value.missing, value.used)

    # ---- branches ----

    def select(self, condition: int, then: Value, otherwise: Value) -> Value:
        """One value where the condition is true, the other where it is not."""
        p = self.program
        decided = p.constant_of(condition)
        if decided is not None:
            return then if decided else otherwise
        missing = self.joined(
            self.where(condition, then.missing), self.where(p.not_(condition), otherwise.missing)
        )
        used = p.choose(condition, then.used, otherwise.used)
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            true = p.choose(condition, then.true, otherwise.true)
            return Truth(true, p.choose(condition, then.false, otherwise.false), missing, used)
        if isinstance(then, Range) and isinstance(otherwise, Range):
            low = self.ends.select(condition, then.low, otherwise.low)
            high = self.ends.select(condition, then.high, otherwise.high)
            return Range(low, high, missing, used, then.day or otherwise.day)
        assert isinstance(then, Choice) and isinstance(otherwise, Choice)  # noqa: PT018
        never, words = p.truth(False), dict.fromkeys([*then.can, *otherwise.can])
        can = {w: p.choose(condition, then.can.get(w, never), otherwise.can.get(w, never)) for w in words}
        unknown = p.choose(condition, then.unknown, otherwise.unknown)
        return Choice(can, {}, unknown, missing, used)

    def hull(self, one: Value, other: Value, missing: Missing) -> Value:
        """Either of two values; known where both are known and the same."""
        p = self.program
        waiting = self.joined(missing, self.waiting(one), self.waiting(other))
        used = self.used((one, other))
        if isinstance(one, Truth) and isinstance(other, Truth):
            return Truth(p.and_(one.true, other.true), p.and_(one.false, other.false), waiting, used)
        if isinstance(one, Range) and isinstance(other, Range):
            boundless = self._boundless_days((one, other))
            low = self.ends.select(
                boundless, self.ends.unbounded(-1), self.ends.smallest([one.low, other.low])
            )
            high = self.ends.select(
                boundless, self.ends.unbounded(1), self.ends.largest([one.high, other.high])
            )
            return Range(low, high, waiting, used, one.day or other.day)
        assert isinstance(one, Choice) and isinstance(other, Choice)  # noqa: PT018
        never, words = p.truth(False), dict.fromkeys([*one.can, *other.can])
        can = {w: p.or_(one.can.get(w, never), other.can.get(w, never)) for w in words}
        same = p.or_(*(p.and_(one.can.get(w, never), other.can.get(w, never)) for w in words))
        return Choice(can, {}, p.or_(one.unknown, other.unknown, p.not_(same)), waiting, used)

    # ---- between spaces ----

    def spread(self, value: Value, space: tuple[str, ...]) -> Value:
        """The same value for each item of a space further in."""
        return self.moved(value, lambda place: self.program.spread(place, space))

    def moved(self, value: Value, move: object) -> Value:
        """The value with every one of its columns moved."""
        go = move
        assert callable(go)
        missing = {key: go(place) for key, place in value.missing.items()}
        used = go(value.used)
        if isinstance(value, Truth):
            return Truth(go(value.true), go(value.false), missing, used)
        if isinstance(value, Choice):
            can = {word: go(place) for word, place in value.can.items()}
            surely = {word: go(place) for word, place in value.surely.items()}
            return Choice(can, surely, go(value.unknown), missing, used)
        low, high = (
            End(go(end.place), end.scale, end.most, None if end.under is None else go(end.under))
            for end in (value.low, value.high)
        )
        return Range(low, high, missing, used, value.day)
