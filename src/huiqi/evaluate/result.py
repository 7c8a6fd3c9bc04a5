"""What evaluation says of one benefit for one subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiqi.evaluate.environment import Trace
from huiqi.language.benefit import AmountKind, Benefit
from huiqi.language.types import MONEY, Type
from huiqi.language.units import Number, quantity_words


class Verdict(StrEnum):
    """The six verdicts (docs/language.md, 八)."""

    ELIGIBLE = "符合"
    LIKELY = "可能符合"
    INCOMPLETE = "待补充"
    INELIGIBLE = "不符合"
    OUT_OF_PERIOD = "不在期内"
    UNCOMPUTABLE = "不可计算"


OPEN = (Verdict.ELIGIBLE, Verdict.LIKELY, Verdict.INCOMPLETE)
"""The verdicts with which something is due or may turn out to be."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an amount (明细); ``high`` is ``None`` when nothing bounds it."""

    name: str
    low: Number
    high: Number | None


@dataclass(frozen=True, slots=True)
class AmountRange:
    """How much, if eligible: a closed range in base units (money in 分); no ``high``, no bound."""

    kind: AmountKind
    low: Number
    high: Number | None
    type: Type
    parts: tuple[Part, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.type.dimension == MONEY.dimension

    def words(self) -> str:
        """The range for people, with 最高 where the figure is only a ceiling."""
        unit = self.type.unit
        low = quantity_words(self.low, self.type.dimension, unit)
        if self.high is None:
            return f"{low}以上（上限不明）" if self.low else "金额待定"
        high = quantity_words(self.high, self.type.dimension, unit)
        if self.kind is AmountKind.AT_MOST:
            certain = self.low in (0, self.high)
            return f"最高{high}" if certain else f"最高额在{low}至{high}之间"
        return low if self.low == self.high else f"{low} 至 {high}"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that fails: what it is called, its clause, what there is, what it asks, and the gap."""

    name: str
    cite: str
    have: str
    need: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Why an answer stops short of certain: the reason, in words, and the clause."""

    reason: str
    words: str
    cite: str = ""


@dataclass(slots=True, eq=False)
class Result:
    """One benefit for one subject (``subject`` labels the item of its collection) on one day.

    ``missing`` are the facts that would settle the verdict, ``missing_for_amount`` those that would only
    narrow the amount; ``but_for_dates`` is the verdict with the dates left aside, when the verdict is
    不在期内, and then ``amount`` is what it would be within the dates. ``failing`` works out ``unmet`` when
    somebody looks.
    """

    benefit: Benefit
    on: date
    subject: str | None
    verdict: Verdict
    but_for_dates: Verdict | None
    amount: AmountRange | None
    missing: tuple[str, ...]
    missing_for_amount: tuple[str, ...]
    reservations: tuple[Reservation, ...]
    unconfirmed: tuple[str, ...]
    why: Trace | None
    amount_why: Trace | None = None
    item_index: int | None = None
    failing: Callable[[], tuple[Unmet, ...]] | None = None
    _unmet: tuple[Unmet, ...] = field(default=(), init=False)

    @property
    def unmet(self) -> tuple[Unmet, ...]:
        """The conditions that fail."""
        if self.failing is not None:
            self._unmet, self.failing = self.failing(), None
        return self._unmet

    @property
    def key(self) -> str:
        """Unique within an answer: the benefit id, with the subject's place where there are several."""
        return key_of(self.benefit, self.item_index)

    @property
    def claimable(self) -> bool:
        """Whether it can be applied for as far as is known."""
        return self.verdict in (Verdict.ELIGIBLE, Verdict.LIKELY)


def key_of(benefit: Benefit, item: int | None) -> str:
    """The key of the answer on a benefit for the item in this place (from 0), if it is about items."""
    return benefit.id if item is None else f"{benefit.id}#{item + 1}"


def subject_of(label: object, item: int) -> str:
    """What an item is called: by its label, or by its place (from 0) where that is not known."""
    return label if isinstance(label, str) else f"第{item + 1}项"
