"""The few words in which the bench states its rules, for every peer the same; nothing of Huiqi is in them.

A term is a number, a day or a truth value of one enterprise, and may be unknown: facts are where the table
has no value, and whatever is reckoned from an unknown is unknown, except that ``&`` and ``|`` are Kleene's.
Where an amount is a range its two ends are two terms, and ``otherwise`` says what an end is while a fact is
unknown; that is how somebody writes it by hand who has only columns with nulls.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Term:
    """One node: what it does, to what, and its own value if it has one."""

    operation: str
    parts: tuple[Term, ...] = ()
    value: Any = None

    def __and__(self, other: Term) -> Term:
        return Term("and", (self, other))

    def __or__(self, other: Term) -> Term:
        return Term("or", (self, other))

    def __invert__(self) -> Term:
        return Term("not", (self,))

    def __add__(self, other: Term | int) -> Term:
        return Term("add", (self, term(other)))

    def __sub__(self, other: Term | int) -> Term:
        return Term("subtract", (self, term(other)))

    def __rsub__(self, other: int) -> Term:
        return Term("subtract", (term(other), self))

    def __mul__(self, other: Term | int) -> Term:
        return Term("multiply", (self, term(other)))

    def __lt__(self, other: Term | int) -> Term:
        return Term("less", (self, term(other)))

    def __gt__(self, other: Term | int) -> Term:
        return Term("less", (term(other), self))

    def __le__(self, other: Term | int) -> Term:
        return Term("at_most", (self, term(other)))

    def __ge__(self, other: Term | int) -> Term:
        return Term("at_most", (term(other), self))

    def same(self, other: Term) -> Term:
        """Whether two numbers are equal."""
        return Term("same", (self, other))

    def otherwise(self, other: Term | int) -> Term:
        """The term where it is known, the other where it is not."""
        return Term("otherwise", (self, term(other)))


def term(value: Term | int) -> Term:
    """A number as a term."""
    return value if isinstance(value, Term) else Term("constant", value=value)


def fact(name: str) -> Term:
    """A fact of the enterprise: 是否, a number, or an option as its code."""
    return Term("fact", value=name)


def among(name: str, codes: Iterable[int]) -> Term:
    """Whether an option is one of these."""
    return Term("among", (fact(name),), tuple(codes))


def smaller(left: Term | int, right: Term | int) -> Term:
    """The smaller of two numbers; the second is known."""
    return Term("smaller", (term(left), term(right)))


def larger(left: Term | int, right: Term | int) -> Term:
    """The larger of two numbers; the second is known."""
    return Term("larger", (term(left), term(right)))


def choose(condition: Term, then: Term | int, other: Term | int) -> Term:
    """One of two numbers by a condition that is known."""
    return Term("choose", (condition, term(then), term(other)))


def share(number: Term, numerator: int, denominator: int | Term) -> Term:
    """So many parts of a sum that is not negative, to the 分, half a 分 upwards."""
    below = term(denominator)
    return Term("floor_divide", (number * (2 * numerator) + below, below * 2))


def month(name: str) -> Term:
    """The month of a day, counted from the year 0 (January of the year 2000 is 24000)."""
    return Term("month", (fact(name),))


def year(name: str) -> Term:
    """The year of a day."""
    return Term("floor_divide", (month(name), term(12)))


def on_or_before(name: str, day: date) -> Term:
    """Whether a day is not later than another."""
    return Term("by", (fact(name),), (day - EPOCH).days)
