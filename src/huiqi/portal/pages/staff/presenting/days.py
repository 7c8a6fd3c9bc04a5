"""How long there is: days left in words, with a sign and a colour; never the colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOON = 3


@dataclass(frozen=True, slots=True)
class Left:
    """How many days are left: the words, the colour class and the sign of a badge."""

    words: str
    look: str
    sign: str


def left(day: date, today: date) -> Left:
    """Days until a day; today still counts."""
    days = (day - today).days
    if days < 0:
        return Left(f"已过 {-days} 天", "no", "!")
    if days == 0:
        return Left("今天到期", "open", "◷")
    return Left(f"还有 {days} 天", "open" if days <= SOON else "likely", "◷")
