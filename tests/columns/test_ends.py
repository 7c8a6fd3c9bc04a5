"""Exact numbers in columns: rounded, compared and divided as evaluation does, or refused."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

import polars as pl
import pytest

from huiqi.columns.batch import LARGEST, Batch
from huiqi.columns.ends import LIMIT, End, Ends, NotColumnarError
from huiqi.columns.frames import Frames
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, INFINITE, Program
from huiqi.evaluate.values import round_to

NUMBERS = [
    0,
    1,
    -1,
    2,
    -2,
    3,
    5,
    -5,
    7,
    15,
    -15,
    24,
    25,
    26,
    -25,
    49,
    50,
    51,
    149,
    150,
    -150,
    10**9,
    LARGEST,
    -LARGEST,
]


class Column:
    """Two columns of numbers, whose unknowns have no bound, and what is made of them."""

    def __init__(self, left: Sequence[int | None], right: Sequence[int | None]) -> None:
        self.program = Program()
        self.ends = Ends(self.program)
        self.batch = Batch(pl.Series(["x"] * len(left)), pl.DataFrame({"左": left, "右": right}))
        self.left, self.right = (self._end(name) for name in "左右")

    def _end(self, name: str) -> End:
        low, high = self.program.load("high", name, ENTERPRISE, -LARGEST, INFINITE), Fraction(1)
        return End(low, high, LARGEST)

    def run(self, *places: int) -> list[list[int]]:
        (found,) = PolarsEngine(self.program, [places]).run(Frames(self.batch))
        return [found[place].to_list() for place in places]

    def doubted(self) -> list[bool]:
        """Where a number may not have fitted."""
        doubt = self.program.or_(*(where for wheres in self.ends.doubts.values() for where in wheres))
        if self.program.constant_of(doubt) is False:
            return [False] * len(self.batch)
        return [bool(one) for one in self.run(doubt)[0]]

    def numbers(self, end: End) -> list[Fraction | None]:
        """The numbers of an end, none where it has no bound or is in doubt."""
        (places,), doubts = self.run(end.place), self.doubted()
        unders = [1] * len(places) if end.under is None else self.run(end.under)[0]
        return [
            None if doubt or abs(place) == INFINITE else place * end.scale / under
            for place, under, doubt in zip(places, unders, doubts, strict=True)
        ]


@pytest.mark.parametrize("mode", ["四舍五入", "舍去", "进位"])
@pytest.mark.parametrize(
    "step", [Fraction(1), Fraction(100), Fraction(3), Fraction(1, 10), Fraction(2000, 3)]
)
@pytest.mark.parametrize("scale", [Fraction(1), Fraction(3, 10), Fraction(1, 3)])
def test_rounding(mode: str, step: Fraction, scale: Fraction) -> None:
    column = Column([*NUMBERS, None], [1] * (len(NUMBERS) + 1))
    rounded = column.ends.round_to(mode, column.ends.scaled(column.left, scale), step)
    expected = [round_to(mode, number * scale, step) for number in NUMBERS]
    found = column.numbers(rounded)
    assert found[:-1] == expected
    assert found[-1] is None


@pytest.mark.parametrize("mode", ["四舍五入", "舍去", "进位"])
def test_rounding_a_quotient(mode: str) -> None:
    below = [random.Random(5).randrange(1, 50) for _ in NUMBERS]
    column = Column(NUMBERS, below)
    quotient = End(column.left.place, Fraction(1), LARGEST, column.right.place)
    found = column.numbers(column.ends.round_to(mode, quotient, Fraction(1)))
    expected = [round_to(mode, Fraction(a, b), 1) for a, b in zip(NUMBERS, below, strict=True)]
    known = [(one, other) for one, other in zip(found, expected, strict=True) if one is not None]
    assert all(one == other for one, other in known)
    assert len(known) > len(NUMBERS) // 2


@pytest.mark.parametrize(
    "bound", [Fraction(25), Fraction(7, 2), Fraction(-7, 2), Fraction(10**30), Fraction(0)]
)
@pytest.mark.parametrize("scale", [Fraction(1), Fraction(1, 3), Fraction(7, 10)])
def test_a_bound_that_is_no_whole_number_is_compared_exactly(bound: Fraction, scale: Fraction) -> None:
    column = Column([*NUMBERS, None], [1] * (len(NUMBERS) + 1))
    end = column.ends.scaled(column.left, scale)
    other = End(column.program.whole(1), bound, 1)
    below, above = column.ends.less(end, other), column.ends.less(other, end)
    for place, compare in ((below, Fraction.__lt__), (above, Fraction.__gt__)):
        assert column.run(place)[0] == [compare(n * scale, bound) for n in NUMBERS] + [
            compare is Fraction.__gt__
        ]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda e, a, b: e.multiply(a, b), lambda a, b: a * b),
        (lambda e, a, b: e.add(e.scaled(a, Fraction(1, 3)), b), lambda a, b: a / 3 + b),
        (lambda e, a, b: e.add(e.multiply(a, b), a), lambda a, b: a * b + a),
        (lambda e, a, b: e.multiply(e.multiply(a, b), b), lambda a, b: a * b * b),
        (lambda e, a, b: e.add(a, e.negate(b)), lambda a, b: a - b),
        (
            lambda e, a, b: e.smallest([e.multiply(a, b), e.scaled(a, Fraction(5, 7))]),
            lambda a, b: min(a * b, a * 5 / 7),
        ),
        (
            lambda e, a, b: e.round_to("舍去", e.multiply(a, b), Fraction(100)),
            lambda a, b: round_to("舍去", a * b, 100),
        ),
    ],
)
def test_a_number_is_exact_or_in_doubt(
    make: Callable[[Ends, End, End], End], expected: Callable[[Fraction, Fraction], Fraction]
) -> None:
    pairs = [(a, b) for a in NUMBERS for b in NUMBERS]
    column = Column([a for a, _ in pairs], [b for _, b in pairs])
    found = column.numbers(make(column.ends, column.left, column.right))
    wanted = [expected(Fraction(a), Fraction(b)) for a, b in pairs]
    small = [abs(a) < 10**6 and abs(b) < 10**6 for a, b in pairs]
    for one, other, is_small in zip(found, wanted, small, strict=True):
        assert one == other or (one is None and not is_small)


def test_what_no_column_could_hold_is_refused() -> None:
    column = Column([1], [1])
    ends = column.ends
    with pytest.raises(NotColumnarError):
        ends.constant(LIMIT)
    with pytest.raises(NotColumnarError):
        ends.add(ends.scaled(column.left, Fraction(1, 10**12)), ends.constant(10**12))
    with pytest.raises(NotColumnarError):
        ends.round_to("舍去", column.left, Fraction(-1))
    with pytest.raises(NotColumnarError):
        ends.doubt(column.program.truth(True), column.left.place)


def test_what_is_known_of_a_range_does_not_lean_on_doubts() -> None:
    """A product that may be too large is compared where it is, so that what leans on it stays in doubt."""
    column = Column([LARGEST, 3], [LARGEST, 3])
    p = column.program
    left, right = (replace_high(p, name) for name in "左右")
    product = column.ends.multiply(left, right)
    rounded = column.ends.round_to("舍去", product, Fraction(10**6))
    for end in (product, rounded):
        less = column.ends.less(
            end, column.ends.constant(10**18) if end is product else End(p.whole(1), Fraction(10**28), 1)
        )
        assert p.constant_of(less) is None
    assert column.doubted() == [True, False]


def replace_high(program: Program, name: str) -> End:
    """A column that has a number everywhere."""
    return End(program.load("low", name, ENTERPRISE, 0, LARGEST), Fraction(1), LARGEST)
