"""Exact numbers in columns: the ends of ranges, and what arithmetic makes of them.

An end is a column of whole numbers times a fixed fraction, divided by a second column where something was
divided: so 30 % of an amount costs nothing, and nothing is ever rounded on the way. ``INFINITE`` in the
column means that there is no bound. Where whole numbers of 64 bits might not hold a result, the column says
so in ``doubts``, and the enterprise is answered one by one instead (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from huiqi.columns.program import INFINITE, Program

LIMIT = 1 << 61
"""No number that is meant as one is larger than this."""


class NotColumnarError(Exception):
    """A rule says something that columns cannot; the enterprises are then asked it one by one."""


@dataclass(frozen=True, slots=True)
class End:
    """``place`` times ``scale``, over ``under`` (a positive column) if there is one.

    ``most`` bounds the size of the column where it is a number and not in doubt. What the program knows of
    its range takes no notice of doubts, or a comparison could be decided that leaves them behind.
    """

    place: int
    scale: Fraction
    most: int
    under: int | None = None


class Ends:
    """Arithmetic on ends; makes the steps of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.doubts: dict[int, list[int]] = {}

    def constant(self, value: Fraction | int) -> End:
        """The same number everywhere."""
        value = Fraction(value)
        scale = Fraction(1, value.denominator)
        return End(self._constant(value.numerator), scale, abs(value.numerator))

    def _constant(self, value: int) -> int:
        if abs(value) >= LIMIT:
            raise NotColumnarError("太大的数")
        return self.program.whole(value)

    def unbounded(self, sign: int) -> End:
        """No bound below (-1) or above (1)."""
        return End(self.program.whole(sign * INFINITE), Fraction(1), 0)

    def constant_of(self, end: End) -> Fraction | None:
        """The number, if it is the same everywhere and there is one."""
        value = self.program.constant_of(end.place)
        if value is None or end.under is not None or abs(value) == INFINITE:
            return None
        return value * end.scale

    def infinite(self, end: End) -> int:
        """Whether there is no bound (a truth column)."""
        p = self.program
        return p.or_(
            p.equal(end.place, p.whole(INFINITE)),
            p.equal(end.place, p.whole(-INFINITE)),
        )

    # ---- the same number written otherwise ----

    def times(self, place: int, most: int, factor: int) -> tuple[int, int]:
        """A column times a positive whole number, and how large it may be; no bound stays no bound."""
        p = self.program
        if factor == 1:
            return place, most
        value = p.constant_of(place)
        if value is not None:
            if abs(value) == INFINITE:
                return place, most * factor
            return self._constant(value * factor), abs(value) * factor
        low, high = p.range_of(place)
        room = min(most, LIMIT // factor)
        product = p.multiply(place, self._constant(factor), (-most * factor, most * factor))
        if most * factor >= LIMIT:
            self._doubt_beyond(place, room, product)
        most = room
        if high >= INFINITE:
            product = p.select(p.equal(place, p.whole(INFINITE)), p.whole(INFINITE), product)
        if low <= -INFINITE:
            product = p.select(p.equal(place, p.whole(-INFINITE)), p.whole(-INFINITE), product)
        return product, most * factor

    def _doubt_beyond(self, place: int, bound: int, result: int) -> None:
        p = self.program
        above = p.and_(p.less(p.whole(bound), place), p.not_(p.equal(place, p.whole(INFINITE))))
        below = p.and_(p.less(place, p.whole(-bound)), p.not_(p.equal(place, p.whole(-INFINITE))))
        self.doubt(p.or_(above, below), result)

    def doubt(self, where: int, result: int) -> None:
        """Where this is true, what leans on the column ``result`` is answered one by one.

        Raises ``NotColumnarError`` where that is everywhere.
        """
        decided = self.program.constant_of(where)
        if decided is True:
            raise NotColumnarError("太大的数")
        if decided is None:
            self.doubts.setdefault(result, []).append(where)

    def product(self, left: int, left_most: int, right: int, right_most: int) -> tuple[int, int]:
        """The product of two columns that have numbers everywhere, and how large it may be."""
        p = self.program
        one, other = p.constant_of(left), p.constant_of(right)
        if one is not None or other is not None or left_most * right_most < LIMIT:
            most = left_most * right_most
            product = p.multiply(left, right, (-most, most))
            if max(left_most, 1) * max(right_most, 1) >= LIMIT:
                column, factor = (right, abs(one or 0)) if one is not None else (left, abs(other or 0))
                self._doubt_beyond(column, LIMIT // max(factor, 1), product)
            return product, min(most, LIMIT)
        size = p.maximum(right, p.subtract(p.whole(0), right), p.whole(1))
        room = p.floor_divide(p.whole(LIMIT), size)
        product = p.multiply(left, right)
        self.doubt(p.or_(p.less(room, left), p.less(left, p.subtract(p.whole(0), room))), product)
        return product, LIMIT

    def aligned(self, ends: Sequence[End]) -> list[End]:
        """The same numbers over one scale and divisor, so that their columns compare and add."""
        unders = list(dict.fromkeys(end.under for end in ends if end.under is not None))
        if len(unders) > 1:
            raise NotColumnarError("几个不同的除数")
        under = unders[0] if unders else None
        finite = [end for end in ends if self.program.constant_of(end.place) not in (INFINITE, -INFINITE, 0)]
        scale = _common_scale([end.scale for end in finite]) if finite else Fraction(1)
        found = []
        for end in ends:
            if end not in finite:
                found.append(replace(end, scale=scale, under=under))
                continue
            place, most = self.times(end.place, end.most, (end.scale / scale).numerator)
            if under is not None and end.under is None:
                place, most = self._finite_product(place, most, under)
            found.append(End(place, scale, most, under))
        return found

    def _finite_product(self, place: int, most: int, factor: int) -> tuple[int, int]:
        """A column that may be without bound, times a positive column."""
        p = self.program
        end = End(place, Fraction(1), most)
        infinite = self.infinite(end)
        product, most = self.product(self._number(end), most, factor, p.range_of(factor)[1])
        return p.select(infinite, place, product), most

    def _number(self, end: End) -> int:
        """The column of an end with 0 where there is no bound."""
        p = self.program
        bounds = (-end.most, end.most) if end.most < LIMIT else None
        return p.select(self.infinite(end), p.whole(0), end.place, bounds)

    # ---- comparison (truth columns) ----

    def less(self, left: End, right: End) -> int:
        """Whether the left end is smaller."""
        p = self.program
        bound = self.constant_of(right)
        if bound is not None and left.under is None and self._may_vary(left):
            return p.less(left.place, self._threshold(-(-bound // left.scale)))
        bound = self.constant_of(left)
        if bound is not None and right.under is None and self._may_vary(right):
            return p.less(self._threshold(bound // right.scale), right.place)
        if left.under != right.under:
            if self._cross_is_large(left, right) or self._cross_is_large(right, left):
                return self._less_by_whole_parts(left, right)
            left, right = self._cross(left, right), self._cross(right, left)
        left, right = self.aligned([left, right])
        return p.less(left.place, right.place)

    def _cross_is_large(self, end: End, other: End) -> bool:
        return other.under is not None and end.most * self.program.range_of(other.under)[1] >= LIMIT

    def _less_by_whole_parts(self, left: End, right: End) -> int:
        """Quotients too large to be multiplied out: first the whole parts, then what is left over of each."""
        p = self.program
        zero, unit = p.whole(0), p.whole(1)
        one, other = self.aligned([replace(left, under=None), replace(right, under=None)])
        by = unit if left.under is None else left.under, unit if right.under is None else right.under
        numbers = self._number(one), self._number(other)
        wholes = [p.floor_divide(number, under) for number, under in zip(numbers, by, strict=True)]
        same = p.equal(*wholes)
        rests = [
            p.select(same, p.subtract(number, p.multiply(whole, under)), zero)
            for number, whole, under in zip(numbers, wholes, by, strict=True)
        ]
        most = [p.range_of(under)[1] for under in by]
        crossed = [self.product(rests[i], most[i], by[1 - i], most[1 - i])[0] for i in (0, 1)]
        less = p.or_(p.less(*wholes), p.and_(same, p.less(*crossed)))
        boundless = self.infinite(one), self.infinite(other)
        ends = [p.select(where, end.place, zero) for where, end in zip(boundless, (one, other), strict=True)]
        return p.choose(p.or_(*boundless), p.less(*ends), less)

    def _may_vary(self, end: End) -> bool:
        return self.program.constant_of(end.place) is None

    def _threshold(self, value: int) -> int:
        return self.program.whole(max(-INFINITE + 1, min(INFINITE - 1, int(value))))

    def _cross(self, end: End, other: End) -> End:
        """The end times the divisor of both, as a number without divisor."""
        if other.under is None:
            return replace(end, under=None)
        place, most = self._finite_product(end.place, end.most, other.under)
        return End(place, end.scale, most)

    def at_most(self, left: End, right: End) -> int:
        """Whether the left end is not larger."""
        return self.program.not_(self.less(right, left))

    # ---- arithmetic ----

    def add(self, left: End, right: End) -> End:
        """The sum; without bound where either has none."""
        p = self.program
        left, right = self.aligned([left, right])
        most = left.most + right.most
        total = p.add(left.place, right.place, (-most, most))
        if left.most + right.most >= LIMIT:
            for end in (left, right):
                self._doubt_beyond(end.place, LIMIT // 2, total)
        for sign in (1, -1):
            bound = p.whole(sign * INFINITE)
            none = p.or_(p.equal(left.place, bound), p.equal(right.place, bound))
            total = p.select(none, bound, total)
        return End(total, left.scale, min(most, LIMIT), left.under)

    def negate(self, end: End) -> End:
        """The other sign."""
        return replace(end, place=self.program.subtract(self.program.whole(0), end.place))

    def scaled(self, end: End, factor: Fraction) -> End:
        """The end times a positive number."""
        return replace(end, scale=end.scale * factor)

    def multiply(self, left: End, right: End) -> End:
        """The product, where nothing times no bound is nothing."""
        p = self.program
        if left.under is not None and right.under is not None:
            raise NotColumnarError("商与商相乘")
        none = p.or_(self.infinite(left), self.infinite(right))
        place, most = self.product(self._number(left), left.most, self._number(right), right.most)
        zero = p.whole(0)
        nothing = p.or_(p.equal(left.place, zero), p.equal(right.place, zero))
        negative = p.choose(p.less(left.place, zero), p.less(zero, right.place), p.less(right.place, zero))
        bound = p.select(negative, p.whole(-INFINITE), p.whole(INFINITE))
        place = p.select(p.and_(none, p.not_(nothing)), bound, place)
        return End(place, left.scale * right.scale, most, left.under or right.under)

    def smallest(self, ends: Sequence[End]) -> End:
        """The smallest."""
        return self._pick(ends, self.program.minimum)

    def largest(self, ends: Sequence[End]) -> End:
        """The largest."""
        return self._pick(ends, self.program.maximum)

    def _pick(self, ends: Sequence[End], pick: object) -> End:
        if len({(end.place, end.scale, end.under) for end in ends}) == 1:
            return ends[0]
        unders = {end.under for end in ends if end.under is not None}
        if len(unders) > 1 or (unders and any(end.under is None for end in ends)):
            return self._pick_by_comparing(ends, pick)
        same = self.aligned(ends)
        place = pick(*(end.place for end in same))  # type: ignore[operator]
        return End(place, same[0].scale, max(end.most for end in same), same[0].under)

    def _pick_by_comparing(self, ends: Sequence[End], pick: object) -> End:
        """Quotients have divisors of their own: of each two the better one, with its divisor."""
        p = self.program
        best = ends[0]
        for end in ends[1:]:
            better = self.less(end, best) if pick == p.minimum else self.less(best, end)
            best = self.select(better, end, best)
        return best

    def select(self, condition: int, then: End, otherwise: End) -> End:
        """One end where the condition is true, the other where it is not."""
        p = self.program
        decided = p.constant_of(condition)
        if decided is not None:
            return then if decided else otherwise
        if then.under != otherwise.under:
            one, two = (replace(end, under=None) for end in (then, otherwise))
            one, two = self.aligned([one, two])
            unit = p.whole(1)
            under = p.select(
                condition,
                unit if then.under is None else then.under,
                unit if otherwise.under is None else otherwise.under,
            )
            return End(p.select(condition, one.place, two.place), one.scale, max(one.most, two.most), under)
        then, otherwise = self.aligned([then, otherwise])
        most = max(then.most, otherwise.most)
        return End(p.select(condition, then.place, otherwise.place), then.scale, most, then.under)

    def round_to(self, mode: str, end: End, step: Fraction) -> End:
        """To a multiple of ``step``, half away from zero (四舍五入), towards zero (舍去) or away (进位)."""
        p = self.program
        if step <= 0:
            raise NotColumnarError("取整到负数")
        ratio = end.scale / step
        if end.under is None and ratio.denominator == 1:
            place, most = self.times(end.place, end.most, ratio.numerator)
            return End(place, step, most)
        infinite = self.infinite(end)
        number = self._number(end)
        size = p.maximum(number, p.subtract(p.whole(0), number))
        size, most = self.times(size, end.most, ratio.numerator)
        divisor = self._constant(ratio.denominator)
        if end.under is not None:
            divisor, _ = self.times(end.under, p.range_of(end.under)[1], ratio.denominator)
        steps = p.floor_divide(size, divisor)
        rest = p.subtract(size, self.product(steps, most, divisor, p.range_of(divisor)[1])[0])
        more = p.truth(False)
        if mode == "进位":
            more = p.less(p.whole(0), rest)
        elif mode == "四舍五入":
            more = p.not_(p.less(p.add(rest, rest), divisor))
        steps = p.add(steps, p.select(more, p.whole(1), p.whole(0)))
        signed = p.select(p.less(number, p.whole(0)), p.subtract(p.whole(0), steps), steps)
        return End(p.select(infinite, end.place, signed), step, most + 1)


def _common_scale(scales: Sequence[Fraction]) -> Fraction:
    """The largest fraction of which all scales are whole multiples."""
    denominator = 1
    for scale in scales:
        denominator = denominator * scale.denominator // gcd(denominator, scale.denominator)
    numerator = 0
    for scale in scales:
        numerator = gcd(numerator, scale.numerator * (denominator // scale.denominator))
    return Fraction(numerator, denominator)
