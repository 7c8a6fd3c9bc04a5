"""The types of the rule language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiqi.language.units import PURE, Dimension, dimension_words


class Kind(StrEnum):
    """What sort of value a node has; the values are the words used in messages."""

    BOOL = "是否"
    TEXT = "文本"
    CHOICE = "选项"
    DATE = "日期"
    NUMBER = "数"
    COLLECTION = "集合"
    UNKNOWN = "未定"


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its kind, and for numbers the dimension, for choices the options.

    ``unit`` only says how a number is usually written; it takes no part in comparing types.
    """

    kind: Kind
    dimension: Dimension = PURE
    options: tuple[str, ...] = ()
    unit: str = ""

    def words(self) -> str:
        """How a message calls this type."""
        if self.kind is Kind.NUMBER:
            return "金额" if self.dimension == MONEY.dimension else f"数（{dimension_words(self.dimension)}）"
        return self.kind.value

    def agrees(self, other: Type) -> bool:
        """Whether values of the two types may be compared or stand for one another."""
        if Kind.UNKNOWN in (self.kind, other.kind):
            return True
        if self.kind is not other.kind:
            return {self.kind, other.kind} == {Kind.CHOICE, Kind.TEXT}
        return self.kind is not Kind.NUMBER or self.dimension == other.dimension


BOOL = Type(Kind.BOOL)
TEXT = Type(Kind.TEXT)
DATE = Type(Kind.DATE)
PURE_NUMBER = Type(Kind.NUMBER)
MONEY = Type(Kind.NUMBER, (("元", 1),), unit="元")
MONTHS = Type(Kind.NUMBER, (("月", 1),), unit="月")
YEARS = Type(Kind.NUMBER, (("月", 1),), unit="年")
DAYS = Type(Kind.NUMBER, (("日", 1),), unit="日")
YEAR = Type(Kind.NUMBER, (("年度", 1),), unit="年度")
ANY = Type(Kind.UNKNOWN)


def number(dimension: Dimension, unit: str = "") -> Type:
    """The type of numbers of a dimension."""
    return Type(Kind.NUMBER, dimension, unit=unit)
