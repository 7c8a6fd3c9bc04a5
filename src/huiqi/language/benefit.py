"""What a policy file says once it is loaded: documents, benefits, stacking rules, parameters and classes.

These are the lowered, typed forms that every fold works on; how they are written is docs/language.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiqi.language.syntax import NOWHERE, Aggregate, Fact, Node, Span, walk
from huiqi.language.types import MONEY, Type
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


class Ties(StrEnum):
    """并列: what becomes of those who share the last place; 待定 when the text does not say."""

    ALL = "都取"
    NONE = "都不取"
    OPEN = "待定"


class Shortfall(StrEnum):
    """不足时: how a budget is handed out that does not cover everybody."""

    FIRST_COME = "先到先得"
    PRO_RATA = "按比例"
    BY_RANK = "按名次"
    UNSTATED = "未载明"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What candidates are ranked by: in the words of the text, and as a formula where it can be computed."""

    words: str
    body: Node | None
    more_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """So many places for the best, by the yardsticks in turn; ``per`` cell where there are cells."""

    number: int
    by: tuple[Yardstick, ...]
    ties: Ties = Ties.OPEN
    per: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """名额: a ranking or a limited number, undecided for one enterprise alone.

    ``places`` must all be passed in this order. ``budget`` is in 分. ``excludes`` are the benefits whose list
    nobody on this one may be on; ``first`` those of them, and this one, that are filled first, in this order;
    ``chosen`` when an enterprise that is good enough for two lists chooses one (由企业选). ``refill`` is
    whether the places of those who are on another list go to the next (``None``: not said).
    """

    words: str
    cite: str = ""
    among: str = ""
    places: tuple[Places, ...] = ()
    budget: int | None = None
    shortfall: Shortfall = Shortfall.UNSTATED
    excludes: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    chosen: bool = False
    refill: bool | None = None


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

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.total.type.dimension == MONEY.dimension


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


MOST_FACTS = 62
"""How many facts a benefit may ask about: each has a bit where millions are judged at once (L14.4)."""


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

    @property
    def trees(self) -> tuple[Node, ...]:
        """What decides an answer: the condition and, if there is one, the amount."""
        return (self.condition, self.amount.total) if self.amount else (self.condition,)


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


def nodes_behind(trees: Iterable[Node], rules: Mapping[str, DerivedRule]) -> Iterator[Node]:
    """Every node of the trees and of the rules that their derived facts follow from, each rule once."""
    waiting, known = list(trees), set[str]()
    while waiting:
        for node in walk(waiting.pop()):
            yield node
            name = node.name if isinstance(node, Fact) and not node.collection else ""
            if name in rules and name not in known:
                known.add(name)
                waiting.append(rules[name].body)


@dataclass(frozen=True, slots=True)
class Rivalry:
    """不重复 between the lists of two benefits, as far as either of them says."""

    benefits: tuple[str, str]
    first: frozenset[tuple[str, ...]]
    chosen: bool
    refill: frozenset[bool]

    @property
    def agreed(self) -> bool:
        """Whether what the two benefits say can both hold."""
        return len(self.first) + self.chosen <= 1 and len(self.refill) <= 1


def rivalries(benefits: Mapping[str, Benefit]) -> list[Rivalry]:
    """Every two benefits whose lists exclude each other, in the order of their ids."""
    pairs = {
        (min(id_, other), max(id_, other))
        for id_, one in benefits.items()
        if one.quota
        for other in one.quota.excludes
        if other in benefits and other != id_
    }
    found = []
    for pair in sorted(pairs):
        saying = [
            quota
            for id_, other in (pair, pair[::-1])
            if (quota := benefits[id_].quota) is not None and other in quota.excludes
        ]
        orders = (tuple(one for one in quota.first if one in pair)[:1] for quota in saying)
        found.append(
            Rivalry(
                pair,
                frozenset(order for order in orders if order),
                any(quota.chosen for quota in saying),
                frozenset(quota.refill for quota in saying if quota.refill is not None),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that evaluation needs: the vocabulary, classes, parameters, benefits and stacking rules."""

    vocabulary: Vocabulary
    rules: Mapping[str, DerivedRule]
    parameters: Mapping[str, ParameterRule]
    benefits: Mapping[str, Benefit]
    stacking: tuple[StackingRule, ...] = ()

    def facts_asked(self, benefit: Benefit) -> frozenset[str]:
        """The facts, stated and derived, collections and fields that an answer about a benefit may lack."""
        found = {benefit.subject} if benefit.subject else set()
        for node in nodes_behind(benefit.trees, self.rules):
            if isinstance(node, Fact):
                found |= {node.key, node.collection}
            elif isinstance(node, Aggregate):
                found.add(node.collection)
        return frozenset(found - {""})
