"""From the engine's answer to what a page shows: reasons as trees, results in groups, facts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from huiqi.allocate import Price
from huiqi.catalogue.fact_values import Facts
from huiqi.entitlements.answer import Answer
from huiqi.entitlements.planning import rule_words
from huiqi.evaluate.counterfactual import Way
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.evaluate.unmet import answer_words
from huiqi.language import syntax as s
from huiqi.language.benefit import AmountKind, Benefit
from huiqi.language.units import PURE, money_words, quantity_words
from huiqi.language.vocabulary import FactDeclaration, declaration_of
from huiqi.language.words import to_words
from huiqi.portal.pages.public.reasons import Reason, reasons
from huiqi.portal.policies import selectors
from huiqi.portal.screening.standing import Tally
from huiqi.portal.screening.steps import declared

MASK = "＊＊＊（个人信息，已遮住）"

# The groups of a results page, best first, with what each means.
GROUPS = (
    (Verdict.ELIGIBLE, "条件全部满足。"),
    (Verdict.LIKELY, "能由程序判断的条件都满足，但还要看评审、名额、裁量，或有待核实的地方。"),
    (Verdict.INCOMPLETE, "还差几项情况没有说，补上就能定。"),
    (Verdict.INELIGIBLE, "至少有一个条件没有满足。"),
    (Verdict.UNCOMPUTABLE, "文件许诺支持，但没有写出标准，无法计算。"),
    (Verdict.OUT_OF_PERIOD, "这一天不在政策的起止日期里。"),
)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that would settle something: the key to ask it by, what it is called, what is asked."""

    key: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One result as a page shows it."""

    result: Result
    missing: tuple[MissingFact, ...]
    missing_for_amount: tuple[MissingFact, ...]
    ways: tuple[Way, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The tree of its conditions; made when it is looked at, because a list of results shows few of them."""
        return reasons(self.result.why)

    @property
    def amount_reasons(self) -> tuple[Reason, ...]:
        """The tree of its amount; nothing for a figure that is simply written down."""
        return reasons(self.result.amount_why)

    @property
    def title(self) -> str:
        """The benefit's name, with its subject where there is one."""
        name = self.result.benefit.name
        return f"{name}（{self.result.subject}）" if self.result.subject else name

    @property
    def amount(self) -> str:
        """How much, in words; nothing where there is no figure."""
        amount = self.result.amount
        if amount is None or self.result.verdict in (Verdict.INELIGIBLE, Verdict.UNCOMPUTABLE):
            return ""
        return amount_words(amount)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parts of the amount (明细), each in words."""
        amount = self.result.amount
        if amount is None:
            return []
        return [
            (part.name, replace(amount, low=part.low, high=part.high, parts=()).words())
            for part in amount.parts
        ]


def amount_words(amount: AmountRange) -> str:
    """How much, for people: a range that begins at nothing is said by its end."""
    if amount.low or amount.low == amount.high:
        return amount.words()
    if amount.high is None:
        return "按实际情况算"
    return f"最多{quantity_words(amount.high, amount.type.dimension, amount.type.unit)}"


@dataclass(frozen=True, slots=True)
class Group:
    """The results with one verdict."""

    verdict: Verdict
    meaning: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A stated fact in words; a collection has a line for each item instead of a value."""

    key: str
    declaration: FactDeclaration
    value: str
    items: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def groups(answer: Answer) -> list[Group]:
    """The results by verdict, most money first within each."""
    found = []
    for verdict, meaning in GROUPS:
        ranked = sorted(answer.by_verdict(verdict), key=_by_money)
        if ranked:
            found.append(Group(verdict, meaning, tuple(shown(answer, result) for result in ranked)))
    return found


def _by_money(result: Result) -> tuple[bool, int, str]:
    amount = result.amount
    would_be = result.but_for_dates not in (Verdict.ELIGIBLE, Verdict.LIKELY, None)
    money = amount is not None and amount.is_money and result.benefit.form.is_money
    high = amount.high if amount is not None and money and amount.high is not None else 0
    return would_be, -int(high), result.benefit.id


def shown(answer: Answer, result: Result, *, ways: bool = False) -> Shown:
    """One result as a page shows it; ``ways`` costs more and is for a page about this result."""
    return Shown(
        result,
        _missing(result.missing),
        _missing(result.missing_for_amount),
        answer.ways(result) if ways and result.unmet else (),
    )


def _missing(keys: Iterable[str]) -> tuple[MissingFact, ...]:
    vocabulary = selectors.catalogue().vocabulary
    found = []
    for key in keys:
        declaration = declaration_of(vocabulary, key)
        found.append(MissingFact(key, key.replace(".", "的"), declaration.question or declaration.name))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of a benefit in words, with the parts of a group below it."""

    name: str
    text: str
    cite: str
    parts: tuple[ConditionLine, ...] = ()


def condition_lines(condition: s.Node) -> tuple[ConditionLine, ...]:
    """The conditions of a benefit in words, one a line; groups (任一满足) keep their parts."""
    parts = condition.parts if isinstance(condition, s.All) else (condition,)
    return tuple(line for part in parts for line in _lines(part, True))


def _lines(node: s.Node, wanted: bool) -> Iterable[ConditionLine]:
    if isinstance(node, s.Not):
        yield from _lines(node.body, not wanted)
    elif isinstance(node, s.Named):
        body, asked = _stripped(node.body, wanted)
        if isinstance(body, s.Any if asked else s.All) and any(isinstance(p, s.Named) for p in body.parts):
            parts = tuple(line for part in body.parts for line in _lines(part, asked))
            yield ConditionLine(node.name, "满足其中一条就行", node.cite, parts)
        else:
            yield ConditionLine(node.name, to_words(node.body, wanted), node.cite)
    elif isinstance(node, s.All if wanted else s.Any):
        for part in node.children():
            yield from _lines(part, wanted)
    else:
        yield ConditionLine("", to_words(node, wanted), node.cite)


def _stripped(node: s.Node, wanted: bool) -> tuple[s.Node, bool]:
    while isinstance(node, s.Not):
        node, wanted = node.body, not wanted
    return node, wanted


@dataclass(frozen=True, slots=True)
class StackingLine:
    """A rule of 同享限制 in words, its clause, and the other benefits that it binds together."""

    words: str
    cite: str
    others: tuple[Benefit, ...]
    whole_document: bool


def stacking_lines(benefit: Benefit) -> list[StackingLine]:
    """What limits taking a benefit together with others."""
    known = selectors.catalogue().benefits
    of_document = {one.id for one in known.values() if one.document.id == benefit.document.id}
    found = []
    for rule in selectors.stacking_of(benefit):
        others = tuple(
            known[other] for other in sorted(rule.benefits) if other != benefit.id and other in known
        )
        found.append(StackingLine(rule_words(rule), rule.cite, others, rule.benefits >= of_document))
    return found


def share_words(benefit: Benefit) -> list[tuple[str, str]]:
    """Which level pays which share (分担)."""
    shares = benefit.amount.shares if benefit.amount else {}
    return [(level, quantity_words(share, PURE)) for level, share in shares.items()]


def fact_lines(
    facts: Facts,
    stated: Iterable[str],
    *,
    mask: bool,
    hidden: Callable[[FactDeclaration], bool] | None = None,
) -> list[FactLine]:
    """Stated facts in words, in the order given; with ``mask`` personal ones are not shown."""
    vocabulary = selectors.catalogue().vocabulary
    found = []
    for name in stated:
        declaration = vocabulary.get(name)
        if declaration is None or (hidden and hidden(declaration)):
            continue
        value = facts.values.get(name)
        if isinstance(value, tuple) and declaration.fields:
            found.append(
                FactLine(name, declaration, "" if value else "没有", _item_lines(declaration, value, mask))
            )
        else:
            found.append(FactLine(name, declaration, _value_words(declaration, value, facts, name, mask)))
    return found


def _item_lines(
    declaration: FactDeclaration, items: Iterable[Mapping[str, Any]], mask: bool
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    label = declaration.label_field
    found = []
    for index, item in enumerate(items):
        title = str(item.get(label) or f"第{index + 1}项")
        if mask and label and declaration.fields[label].sensitive:
            title = f"第{index + 1}项"
        found.append(
            (
                title,
                tuple(
                    (name, MASK if mask and field.sensitive else answer_words(item[name], field.type))
                    for name, field in declaration.fields.items()
                    if name in item and name != label
                ),
            )
        )
    return tuple(found)


def _value_words(declaration: FactDeclaration, value: Any, facts: Facts, name: str, mask: bool) -> str:
    if value is None:
        return facts.unknown.get(name, "不知道")
    return MASK if mask and declaration.sensitive else answer_words(value, declaration.type)


def passed_lines(keys: Iterable[str]) -> list[MissingFact]:
    """The facts that the visitor let pass, as far as the catalogue still has them."""
    vocabulary = selectors.catalogue().vocabulary
    return list(_missing(key for key in keys if declared(vocabulary, key) is not None))


@dataclass(frozen=True, slots=True)
class TallyWords:
    """The running count with its money in words."""

    certain: int
    possible: int
    ruled_out: int
    within_reach: str
    undecided: str


def tally_words(tally: Tally) -> TallyWords:
    """The running count for people; sums of nothing are not mentioned."""
    low, high = tally.within_reach
    return TallyWords(
        tally.certain,
        tally.possible,
        tally.ruled_out,
        range_words(low, high) if high else "",
        money_words(tally.undecided) if tally.undecided else "",
    )


def range_words(low: int, high: int) -> str:
    """A range of money."""
    return money_words(low) if low == high else f"{money_words(low)} 至 {money_words(high)}"


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A benefit that the best combination takes."""

    result: Result
    name: str
    amount: str
    ceiling: bool
    because: str


@dataclass(frozen=True, slots=True)
class PlanLeftOut:
    """A benefit that it leaves: because of which rule, and how much less one would get by insisting on it."""

    result: Result
    name: str
    because: str
    price: str


@dataclass(frozen=True, slots=True)
class PlanLines:
    """The best lawful combination."""

    chosen: tuple[PlanChoice, ...]
    total: str
    left_out: tuple[PlanLeftOut, ...]


def price_words(price: Price | None) -> str:
    """What insisting on a benefit that was left out costs; nothing when it cannot be had at all."""
    if price is None:
        return ""
    if price.low == price.high == 0:
        return "一样多"
    low, high = sorted((price.low, max(price.high, 0)))
    return f"少 {range_words(low, high)}"


def plan_lines(answer: Answer) -> PlanLines:
    """The plan in words; what is not money is taken too, but adds nothing."""
    results = {result.key: result for result in answer.results}
    chosen = []
    for one in answer.plan.chosen:
        result = results[one.claim.key]
        money = bool(one.high)
        amount = range_words(one.low, one.high) if money else (shown(answer, result).amount or "—")
        ceiling = money and result.amount is not None and result.amount.kind is AmountKind.AT_MOST
        chosen.append(PlanChoice(result, one.claim.name, amount, ceiling, one.because))
    left_out = [
        PlanLeftOut(
            results[one.claim.key],
            one.claim.name,
            one.because,
            price_words(one.price),
        )
        for one in answer.plan.left_out
    ]
    total = range_words(answer.plan.total_low, answer.plan.total_high)
    return PlanLines(tuple(chosen), total, tuple(left_out))
