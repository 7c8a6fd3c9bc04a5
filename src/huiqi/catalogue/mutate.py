"""Mutation of the rules: change one operator, figure, unit, cap or date at a time; does a case notice?

A rule whose mutants survive is a rule that its cases do not prove. Mutants are made on the typed tree, so
everything that the YAML words lower to (封顶, 分档, 都不满足 …) is mutated too; a named intermediate value is
changed wherever it is used.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from huiqi.catalogue.cases import Case, run_case
from huiqi.catalogue.load import Catalogue
from huiqi.evaluate.judge import Judge
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, DerivedRule, ParameterRule, Period, RuleBook
from huiqi.language.syntax import Node, Span
from huiqi.language.types import MONEY, Kind
from huiqi.language.units import whole
from huiqi.language.words import to_words

_OPS = {">=": (">", "<"), ">": (">=", "<="), "<=": ("<", ">"), "<": ("<=", ">="), "=": ("!=",), "!=": ("=",)}
_SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong version: benefits, or a rule or parameter, that differ from the book in one place.

    ``about`` names the benefits or rules whose cases should notice.
    """

    about: tuple[str, ...]
    change: str
    span: Span
    benefits: tuple[Benefit, ...] = ()
    rule: DerivedRule | None = None
    parameter: ParameterRule | None = None

    def judge(self, book: RuleBook, original: Judge) -> Judge:
        """A judge that holds the wrong version for right."""
        if self.rule is not None:
            return Judge(replace(book, rules={**book.rules, self.rule.name: self.rule}, benefits={}))
        if self.parameter is not None:
            users = {name: book.benefits[name] for name in self.about}
            wrong = {**book.parameters, self.parameter.name: self.parameter}
            return Judge(replace(book, parameters=wrong, benefits=users))
        return original.with_benefits(self.benefits)


@dataclass
class MutationReport:
    """How many mutants were tried and which survived."""

    tried: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def killed(self) -> Fraction:
        """The share of mutants that a case noticed; 1 when there was nothing to mutate."""
        return Fraction(self.tried - len(self.survivors), self.tried) if self.tried else Fraction(1)


def mutate(catalogue: Catalogue, cases: Sequence[Case]) -> MutationReport:
    """Try every mutant of the benefits, rules and parameters that the cases are about."""
    by_target: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_target[case.about].append(case)
    report = MutationReport()
    original = Judge(replace(catalogue.book, benefits={}))
    for mutant in mutants(catalogue.book, by_target):
        report.tried += 1
        judge = mutant.judge(catalogue.book, original)
        relevant = (case for about in mutant.about for case in by_target[about])
        if not any(run_case(case, catalogue.book, judge) for case in relevant):
            report.survivors.append(mutant)
    return report


def mutants(book: RuleBook, about: Iterable[str]) -> Iterator[Mutant]:
    """Every mutant of the named benefits and rules, and of the parameters that those benefits use.

    What a document says once for all its benefits (period, 通用条件, 都不满足) is changed once for them
    all.
    """
    benefits = [book.benefits[name] for name in about if name in book.benefits]
    by_document: dict[str, list[Benefit]] = defaultdict(list)
    for benefit in benefits:
        by_document[benefit.document.id].append(benefit)
    for group in by_document.values():
        shared = _shared_parts(group)
        yield from _document_mutants(group, shared)
        for benefit in group:
            yield from _benefit_mutants(benefit, shared)
    for name in about:
        if name in book.rules:
            rule = book.rules[name]
            for node, change, span in tree_mutants(rule.body):
                yield Mutant((name,), change, span, rule=replace(rule, body=node))
    for parameter in book.parameters.values():
        users = [benefit for benefit in benefits if _uses(benefit, parameter)]
        if users:
            for wrong, change in _parameter_mutants(parameter):
                yield Mutant(tuple(user.id for user in users), change, users[0].span, parameter=wrong)


def _parts(benefit: Benefit) -> tuple[Node, ...]:
    return benefit.condition.children()


def _with_parts(benefit: Benefit, parts: tuple[Node, ...]) -> Benefit:
    return replace(benefit, condition=s.All(parts=parts, type=benefit.condition.type, span=benefit.span))


def _shared_parts(group: list[Benefit]) -> dict[Span, Node]:
    """Conditions that stand at the document and so in several benefits, by their place in the file."""
    seen = Counter(part.span for benefit in group for part in _parts(benefit))
    return {part.span: part for benefit in group for part in _parts(benefit) if seen[part.span] > 1}


def _document_mutants(group: list[Benefit], shared: Mapping[Span, Node]) -> Iterator[Mutant]:
    for span, part in shared.items():
        having = [benefit for benefit in group if any(one.span == span for one in _parts(benefit))]
        dropped = (
            s.Literal(value=True, text="是", type=part.type, span=span),
            f"去掉“{to_words(part)}”",
            span,
        )
        for node, change, at in (*tree_mutants(part), dropped):
            wrong = tuple(
                _with_parts(benefit, tuple(node if one.span == span else one for one in _parts(benefit)))
                for benefit in having
            )
            yield Mutant(tuple(benefit.id for benefit in having), change, at, benefits=wrong)
    general = [benefit for benefit in group if benefit.period is benefit.document.period]
    if general:
        for period, change in _period_mutants(general[0].period):
            wrong = tuple(replace(benefit, period=period) for benefit in general)
            yield Mutant(tuple(benefit.id for benefit in general), change, general[0].span, benefits=wrong)


def _uses(benefit: Benefit, parameter: ParameterRule) -> bool:
    trees = [benefit.condition, *([benefit.amount.total] if benefit.amount else [])]
    return any(
        isinstance(n, s.Parameter) and n.name == parameter.name for tree in trees for n in s.walk(tree)
    )


def _benefit_mutants(benefit: Benefit, shared: Mapping[Span, Node]) -> Iterator[Mutant]:
    own = tuple(part for part in _parts(benefit) if part.span not in shared)
    rest = tuple(part for part in _parts(benefit) if part.span in shared)
    about = (benefit.id,)
    if own:
        for node, change, span in tree_mutants(s.All(parts=own, type=benefit.condition.type)):
            wrong = _with_parts(benefit, (node, *rest))
            yield Mutant(about, change, span if span.line else benefit.span, benefits=(wrong,))
    if benefit.amount is not None:
        amount = benefit.amount
        for node, change, span in tree_mutants(amount.total):
            wrong = replace(benefit, amount=replace(amount, total=node))
            yield Mutant(about, f"金额：{change}", span if span.line else benefit.span, benefits=(wrong,))
    if benefit.period is not benefit.document.period:
        for period, change in _period_mutants(benefit.period):
            yield Mutant(about, change, benefit.span, benefits=(replace(benefit, period=period),))


def _period_mutants(period: Period) -> Iterator[tuple[Period, str]]:
    for sign, word in ((1, "晚"), (-1, "早")):
        if period.start is not None:
            yield replace(period, start=period.start + sign * _DAY), f"适用期起日{word}一天"
        if period.end is not None:
            yield replace(period, end=period.end + sign * _DAY), f"适用期止日{word}一天"


def _parameter_mutants(parameter: ParameterRule) -> Iterator[tuple[ParameterRule, str]]:
    for place, value in enumerate(parameter.values):
        changes = []
        if value.low:
            changes.append(
                (replace(value, low=value.low * 2, high=max(value.high, value.low * 2)), "低值加倍")
            )
        if value.high:
            changes.append((replace(value, high=value.high * 2), "高值加倍"))
        if value.start > date.min:
            changes.append((replace(value, start=value.start + _DAY), "起日晚一天"))
        if value.end is not None:
            changes.append((replace(value, end=value.end - _DAY), "止日早一天"))
        for wrong, change in changes:
            values = (*parameter.values[:place], wrong, *parameter.values[place + 1 :])
            yield replace(parameter, values=values), f"参数“{parameter.name}”{change}"


def tree_mutants(tree: Node) -> Iterator[tuple[Node, str, Span]]:
    """Every tree that differs from ``tree`` in one node; one that stands in several changes in each."""
    for target in {id(node): node for node in s.walk(tree)}.values():
        for changed, change in _node_mutants(target):
            yield _replaced(tree, target, changed, {}), change, target.span


def _replaced(node: Node, target: Node, changed: Node, done: dict[int, Node]) -> Node:
    if node is target:
        return changed
    if id(node) not in done:
        old = node.children()
        new = tuple(_replaced(child, target, changed, done) for child in old)
        same = all(one is other for one, other in zip(old, new, strict=True))
        done[id(node)] = node if same else node.with_children(new)
    return done[id(node)]


def _node_mutants(node: Node) -> Iterator[tuple[Node, str]]:
    if isinstance(node, s.Compare):
        for op in _OPS[node.op]:
            yield replace(node, op=op), f"“{to_words(node)}”的 {node.op} 改成 {op}"
    elif isinstance(node, s.Literal):
        yield from _literal_mutants(node)
    elif isinstance(node, s.Member):
        if len(node.options) > 1:
            for place, option in enumerate(node.options):
                rest = (*node.options[:place], *node.options[place + 1 :])
                yield replace(node, options=rest), f"属于里去掉“{to_words(option)}”"
    elif isinstance(node, s.All | s.Any):
        yield from _connective_mutants(node)
    elif isinstance(node, s.Not):
        yield node.body, f"“{to_words(node)}”去掉非"
    elif isinstance(node, s.Arithmetic):
        yield replace(node, op=_SIGNS[node.op]), f"“{to_words(node)}”的 {node.op} 改成 {_SIGNS[node.op]}"
    elif isinstance(node, s.Extreme):
        word = node.origin or ("取大" if node.greatest else "取小")
        yield replace(node, greatest=not node.greatest), f"{word}取反"
        if len(node.parts) == 2:
            yield node.parts[0], f"去掉{word}“{to_words(node.parts[1])}”"
    elif isinstance(node, s.If):
        if node.then != node.otherwise:
            yield (
                replace(node, then=node.otherwise, otherwise=node.then),
                f"如果“{to_words(node.condition)}”的两支对调",
            )
    elif isinstance(node, s.Round):
        yield node.body, f"去掉{node.mode}"
    elif isinstance(node, s.Aggregate):
        if node.function in ("任一", "全部"):
            other = "全部" if node.function == "任一" else "任一"
            yield replace(node, function=other), f"{node.function}({node.collection})改成{other}"
        if node.where is not None:
            yield replace(node, where=None), f"{node.function}({node.collection})去掉条件"


def _connective_mutants(node: s.All | s.Any) -> Iterator[tuple[Node, str]]:
    if len(node.parts) > 1:
        kind, word = (s.Any, "或") if isinstance(node, s.All) else (s.All, "且")
        yield kind(parts=node.parts, type=node.type, span=node.span, cite=node.cite), f"改成“{word}”"
        for place, part in enumerate(node.parts):
            rest = (*node.parts[:place], *node.parts[place + 1 :])
            yield replace(node, parts=rest), f"去掉“{to_words(part)}”"


def _literal_mutants(node: s.Literal) -> Iterator[tuple[Node, str]]:
    value = node.value
    if isinstance(value, bool):
        yield replace(node, value=not value), f"“{node.text}”改成相反"
    elif isinstance(value, date):
        for sign in (1, -1):
            yield replace(node, value=value + sign * _DAY), f"{value}改{'晚' if sign > 0 else '早'}一天"
    elif isinstance(value, str):
        others = [option for option in node.type.options if option != value]
        if others:
            yield replace(node, value=others[0], text=others[0]), f"“{value}”改成“{others[0]}”"
    elif node.type.kind is Kind.NUMBER and value != 0:
        last = _last_digit(node)
        changes = [(value + last, "末位加一"), (value - last, "末位减一"), (value * 10, "扩大十倍")]
        if node.type.dimension == MONEY.dimension:
            changes.append((Fraction(value) / 10000, "万元写成元"))
        for number, change in changes:
            yield replace(node, value=whole(Fraction(number)), text=""), f"“{node.text}”{change}"


def _last_digit(node: s.Literal) -> Fraction:
    """One in the last digit as the figure is written: 万元 of 300万元, 0.5% of 2.5% is a step of 0.1%."""
    numeral = re.match(r"\d+(?:\.(\d+))?", node.text)
    if numeral is None or not Fraction(numeral[0]):
        return Fraction(1)
    assert not isinstance(node.value, str | date)
    one = Fraction(node.value) / Fraction(numeral[0])
    return one * Fraction(1, 10 ** len(numeral[1] or ""))
