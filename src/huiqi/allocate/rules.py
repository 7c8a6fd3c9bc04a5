"""What a plan is made from: benefits that may be taken, rules on having them together, what was already had.

Plain data: whoever knows policies and enterprises lowers them to this, and the plan needs to know neither.
Money is in 分, whole numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("县区", "市", "省", "国家")  # from the lowest to the highest

Keys = Mapping[str, tuple[str, ...]]
"""What a claim is about: dimension (企业, 责任单位, 年度, 项目, 事由, 人员…) to one or more values."""

Bucket = tuple[str, ...]
"""One value for each dimension of a rule, in the rule's order: the rule counts every bucket apart."""

_PLACE = re.compile(r"\{([^{}]*)\}")


def buckets(keys: Keys, per: tuple[str, ...]) -> tuple[Bucket, ...]:
    """The buckets of a rule ``per`` these dimensions that something with these keys falls into.

    One for each combination of values (a benefit of two departments uses up a slot at both); none when
    a dimension is missing, because a rule on the same project says nothing of what has no project.
    """
    return tuple(itertools.product(*(dict.fromkeys(keys.get(dimension, ())) for dimension in per)))


@dataclass(frozen=True, slots=True)
class Claim:
    """权益: one benefit that may be taken, for one subject.

    ``low`` is certain and ``high`` the most (both 分, equal when the amount is exact). ``level`` is that
    of the document. ``matching`` marks money that is meant to come on top of a higher level's (配套).
    Raises ``ValueError`` for a level that is none of `LEVELS`, or an amount below zero or upside down.
    """

    key: str
    benefit: str
    name: str
    document: str
    level: str
    low: int
    high: int
    keys: Keys
    matching: bool = False

    def __post_init__(self) -> None:
        _require_level(self.level)
        if not 0 <= self.low <= self.high:
            raise ValueError(f"“{self.name}”的金额应从小到大且不为负：{self.low}—{self.high}分")


@dataclass(frozen=True, slots=True)
class Limit:
    """同享限制: of the benefits that it covers, at most so many, or so much money, in each bucket.

    ``words`` is the rule as a plain Chinese sentence; a dimension of ``per`` in braces stands for its
    value in the bucket: ``同一年度{责任单位}只能给一项``. ``cite`` is the clause.
    ``at_most``: how many may be taken in a bucket. ``highest_only`` (就高) leaves no choice which: where
    more are open, only the highest may be taken, not a lower one to keep a slot free elsewhere
    (docs/decisions/0003). ``total``: what all that are taken may be paid together, in 分; a claim that
    does not fit may still be taken and is paid what is left.
    ``by_benefit``: what is counted, and compared for 就高, are benefits (事项), so that the claims of one
    benefit for several projects take one slot together.
    Raises ``ValueError`` for a limit that limits nothing or allows nothing, 就高 without a number, or
    braces around something that is not in ``per``.
    """

    id: str
    cite: str
    words: str
    benefits: frozenset[str]
    per: tuple[str, ...]
    at_most: int | None = None
    total: int | None = None
    highest_only: bool = False
    by_benefit: bool = False

    def __post_init__(self) -> None:
        _require_places(self.words, self.per)
        if self.at_most is None and self.total is None:
            raise ValueError(f"限制“{self.id}”既没有限项数，也没有限金额")
        if (self.at_most is not None and self.at_most < 1) or (self.total is not None and self.total < 1):
            raise ValueError(f"限制“{self.id}”的项数或金额应大于零")
        if self.highest_only and self.at_most is None:
            raise ValueError(f"限制“{self.id}”写了就高，却没有限项数")


@dataclass(frozen=True, slots=True)
class UpperFunds:
    """已获上级资金不再享受: in a bucket, a covered claim and one of a higher level exclude each other.

    ``benefits`` are the covered, lower ones, of which 配套 are exempt; the higher one may be of any
    document. ``words`` and ``cite`` as in `Limit`, with the same ``ValueError``.
    """

    id: str
    cite: str
    words: str
    benefits: frozenset[str]
    per: tuple[str, ...]

    def __post_init__(self) -> None:
        _require_places(self.words, self.per)

    def touches(self, claim: Claim) -> bool:
        """Whether the claim is one of those that upper-level money excludes."""
        return claim.benefit in self.benefits and not claim.matching


@dataclass(frozen=True, slots=True)
class Received:
    """What was already granted: it uses up slots and totals, and bars the money of lower levels.

    ``benefit`` is ``None`` when it is not known which benefit it was: then it uses up nothing of any
    limit, and only its level counts. ``amount`` is in 分. ``name`` is what people call it, or empty.
    Raises ``ValueError`` for a level that is none of `LEVELS`, or an amount below zero.
    """

    benefit: str | None
    level: str
    amount: int
    keys: Keys
    name: str = ""

    def __post_init__(self) -> None:
        _require_level(self.level)
        if self.amount < 0:
            raise ValueError(f"已领取的金额不应为负：{self.amount}分")


def is_higher(level: str, than: str) -> bool:
    """Whether one level of government stands above another."""
    return LEVELS.index(level) > LEVELS.index(than)


def fill(words: str, per: tuple[str, ...], bucket: Bucket) -> str:
    """The words of a rule with the values of one bucket in their places, without a closing full stop."""
    values = dict(zip(per, bucket, strict=True))
    return _PLACE.sub(lambda place: values[place.group(1)], words).rstrip("。")


def _require_level(level: str) -> None:
    if level not in LEVELS:
        raise ValueError(f"没有“{level}”这一级，应是{'、'.join(LEVELS)}之一")


def _require_places(words: str, per: tuple[str, ...]) -> None:
    for place in _PLACE.findall(words):
        if place not in per:
            raise ValueError(f"“{words}”里的{{{place}}}不在“每”的各维（{'、'.join(per)}）之中")
