"""What a policy file says once it is loaded: documents, benefits, stacking rules, parameters and classes.

These are the lowered, typed forms that every fold works on; how they are written is docs/language.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiqi.language.syntax import NOWHERE, Node, Span
from huiqi.language.types import Type
from huiqi.language.units import Number
from huiqi.language.vocabulary import Vocabulary


class Form(StrEnum):
    """形式: what kind of support a benefit is."""

    GRANT = "奖补"
    INTEREST = "贴息"
    TAX = "减税"
    FEE = "减费"
    COMPENSATION = "补偿"
    LOAN = "贷款"
    VOUCHER = "券"
    FUND = "基金"
    QUOTA = "指标"
    EASING = "便利"

    @property
    def is_money(self) -> bool:
        """Whether its amount counts towards what an enterprise is due."""
        return self in (Form.GRANT, Form.INTEREST, Form.TAX, Form.FEE, Form.COMPENSATION)


class AmountKind(StrEnum):
    """性质: what an amount promises."""

    FIXED = "定额"
    AT_MOST = "不超过"
    PROPORTIONAL = "按比例"


@dataclass(frozen=True, slots=True)
class Period:
    """适用期, both ends included; ``start_unstated`` when the document gives no first day (自: null)."""

    start: date | None
    end: date | None
    cite: str = ""
    start_unstated: bool = False

    def contains(self, day: date) -> bool:
        """Whether the day lies within; an unstated first day rules nothing out."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def words(self) -> str:
        """The period for people."""
        start = self.start.isoformat() if self.start else "起始日未载明"
        return f"{start} 至 {self.end.isoformat() if self.end else '未定终止日'}"


@dataclass(frozen=True, slots=True)
class LaterLaw:
    """后法: a later rule that changes a clause, with whether an official source was seen."""

    start: date
    document: str
    effect: str  # 停止 | 修改 | 待核
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Uncoded:
    """未编码: a part of the clause that no program can judge, and why."""

    wording: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """名额: a ranking or a limited number, undecided for one enterprise alone."""

    words: str
    first: int | None = None
    ranked_by: str = ""
    order: str = ""
    among: str = ""
    per: str = ""
    ties: str = ""
    budget: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True)
class CapOver:
    """累计封顶: a cap on the sum of several grants of one benefit, in 分."""

    per: tuple[str, ...]
    limit: int
    cite: str


@dataclass(frozen=True, slots=True)
class AmountRule:
    """How much: the formula after all caps, its parts (明细), and what the figure promises."""

    kind: AmountKind
    total: Node
    parts: tuple[tuple[str, Node], ...] = ()
    caps_over: tuple[CapOver, ...] = ()
    shares: Mapping[str, Number] = field(default_factory=dict)
    wording: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The policy document that benefits come from."""

    id: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    level: str
    region: str
    issued: date | None
    period: Period
    note: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """办理: how and within what time it is handled; said, not computed."""

    within: str = ""
    how: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """事项: one rule of who gets how much. ``subject`` is the collection it is evaluated over, if any."""

    id: str
    name: str
    summary: str
    document: Document
    cite: str
    departments: tuple[str, ...]
    subject: str | None
    who: tuple[str, ...]
    form: Form
    period: Period
    condition: Node  # an All of named conditions, exclusions included
    amount: AmountRule | None
    uncomputable: Uncoded | None = None
    quota: Quota | None = None
    either: tuple[str, ...] = ()
    matching: bool = False
    matter: str = ""
    taxes: tuple[str, ...] = ()
    category: str = ""
    uncoded: tuple[Uncoded, ...] = ()
    later_laws: tuple[LaterLaw, ...] = ()
    handling: Handling | None = None
    note: str = ""
    span: Span = NOWHERE


ONCE = "#once"  # how the id of the rule ends that a benefit is had only once (一次性)


@dataclass(frozen=True, slots=True)
class StackingRule:
    """同享限制 of a document, as written; ``benefits`` are the ids that it covers."""

    id: str
    document: str
    per: tuple[str, ...]
    benefits: frozenset[str]
    at_most: int | None = None
    highest_only: bool = False
    total: int | None = None
    upper_funds: bool = False
    cite: str = ""


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value of a parameter over a span of days; ``high`` makes it a range."""

    start: date
    end: date | None
    low: Number
    high: Number
    cite: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParameterRule:
    """参数: a number fixed by law, by date."""

    name: str
    type: Type
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> ParameterValue | None:
        """The value that applies on ``day``, or ``None``."""
        for value in self.values:
            if value.start <= day and (value.end is None or day <= value.end):
                return value
        return None


@dataclass(frozen=True, slots=True)
class DerivedRule:
    """推定规则: how a fact follows from others when it is not given itself."""

    name: str
    body: Node
    cite: str
    note: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that evaluation needs: the vocabulary, classes, parameters, benefits and stacking rules."""

    vocabulary: Vocabulary
    rules: Mapping[str, DerivedRule]
    parameters: Mapping[str, ParameterRule]
    benefits: Mapping[str, Benefit]
    stacking: tuple[StackingRule, ...] = ()
