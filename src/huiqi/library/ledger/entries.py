"""What the ledger holds: who has to do what by when, and which figures are to be reached.

Every entry says the clause it was read from and the few characters that say it, blanks left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from huiqi.library.model import Document


class Charge(StrEnum):
    """角色: what a body has to do with an item; the first that applies, when the text says several."""

    LEADS = "牵头"
    RESPONSIBLE = "负责"
    SHARES = "分工"  # 按职责分工负责: each for its own part
    CARRIES_OUT = "落实"
    ASSISTS = "配合"


@dataclass(frozen=True, slots=True)
class Responsible:
    """责任主体: one body and its role in one item.

    ``name`` is the full name when it is known, otherwise what is printed, made whole where a list shares the
    beginning or end of its names. ``inherited`` is the citation of the item that names the body for all later
    items (以下均需…落实); empty when the item names it itself.
    """

    name: str
    role: Charge
    as_printed: str
    known: bool = False
    inherited: str = ""


class DeadlineKind(StrEnum):
    """How a text says by when."""

    DATED = "定期"  # a day, or a month, quarter or year by whose end it must be done
    ONGOING = "持续"
    RELATIVE = "相对"  # counted from an event: 自收到之日起三个月内
    OTHER = "其他"  # 完成时限 with words that none of these fits


class Precision(StrEnum):
    """How exactly a deadline is said."""

    DAY = "日"
    MONTH = "月"
    QUARTER = "季"
    YEAR = "年"


@dataclass(frozen=True, slots=True)
class Deadline:
    """时限: by when something has to be done.

    ``day`` is the last day of the period that the text names, ``None`` when it names none. ``year_from`` says
    where the year was taken from when the text leaves it out: 上文 or 印发日期.
    """

    words: str
    kind: DeadlineKind
    day: date | None = None
    precision: Precision | None = None
    year_from: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """责任: what one item charges bodies with.

    ``bodies`` may be empty when the text sets a time and names nobody. ``matter`` is the heading of the item
    or its first words; ``words`` the characters that name the bodies.
    """

    document: str
    clause: str
    cite: str
    bodies: tuple[Responsible, ...]
    matter: str
    deadlines: tuple[Deadline, ...] = ()
    words: str = ""

    @property
    def deadline(self) -> Deadline | None:
        """The one that matters most: the last dated one, else the first said."""
        dated = [deadline for deadline in self.deadlines if deadline.day]
        if dated:
            return max(dated, key=lambda deadline: deadline.day or date.min)
        return self.deadlines[0] if self.deadlines else None


class Comparator(StrEnum):
    """How the figure of a target is to be compared."""

    REACHES = "达到"
    AT_LEAST = "不低于"
    EXCEEDS = "超过"
    ABOUT = "左右"
    WITHIN = "以内"
    GROWS = "增长"
    FALLS = "下降"


@dataclass(frozen=True, slots=True)
class Target:
    """目标: a figure that offices set themselves to reach.

    ``low`` and ``high`` are exact and in ``unit`` (money in 元, percentages as printed: 75 with unit ``%``);
    they differ for a range such as 3—5家. ``base`` is what it is measured from (年初, 2024年), ``per`` the
    period it is for (每年, 年均), ``condition`` what the text ties it to.
    """

    document: str
    clause: str
    cite: str
    subject: str
    comparator: Comparator
    low: Fraction
    high: Fraction
    unit: str
    words: str
    by: Deadline | None = None
    base: str = ""
    per: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账: the duties and targets of one document, in the order of its text."""

    document: Document
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
