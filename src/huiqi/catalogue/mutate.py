"""Mutation of the rules: change one operator, figure, unit, cap or date at a time and see whether a case notices.

A rule whose mutants survive is a rule that its cases do not prove. Mutants are made on the typed tree, so everything
that the YAML words lower to (封顶, 分档, 都不满足 …) is mutated too; a named intermediate value is changed wherever it
is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from huiqi.catalogue.cases import Case, run_case
from huiqi.catalogue.load import Catalogue
from huiqi.evaluate.judge import Judge
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, DerivedRule, ParameterRule, Period, RuleBook
from huiqi.language.syntax import Node, Span
from huiqi.language.types import Kind
from huiqi.language.units import whole
from huiqi.language.words import to_words

_OPS = {">=": (">", "<"), ">": (">=", "<="), "<=": ("<", ">"), "<": ("<=", ">="), "=": ("!=",), "!=": ("=",)}
_SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong version of a rule book, what was changed and where; ``about`` names the benefits or rules touched."""

    book: RuleBook
    about: frozenset[str]
    change: str
    span: Span


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
    for mutant in mutants(catalogue.book, by_target):
        report.tried += 1
        judge = Judge(mutant.book)
        relevant = [case for about in sorted(mutant.about) for case in by_target[about]]
        if not any(run_case(case, mutant.book, judge) for case in relevant):
            report.survivors.append(mutant)
    return report


def mutants(book: RuleBook, about: Mapping[str, object]) -> Iterator[Mutant]:
    """Every mutant of the named benefits and rules, and of the parameters that those benefits use."""
    for name in about:
        if name in book.benefits:
            benefit = book.benefits[name]
            only = replace(book, benefits={name: benefit}, stacking=())
            for changed, change, span in _benefit_mutants(benefit):
                yield Mutant(replace(only, benefits={name: changed}), frozenset((name,)), change, span)
        elif name in book.rules:
            rule = book.rules[name]
            for node, change, span in tree_mutants(rule.body):
                rules = {**book.rules, name: DerivedRule(name, node, rule.cite)}
                yield Mutant(
                    replace(book, rules=rules, benefits={}, stacking=()), frozenset((name,)), change, span
                )
    for parameter in book.parameters.values():
        users = {
            name: book.benefits[name]
            for name in about
            if name in book.benefits and _uses(book.benefits[name], parameter)
        }
        if users:
            for changed_parameter, change in _parameter_mutants(parameter):
                parameters = {**book.parameters, parameter.name: changed_parameter}
                yield Mutant(
                    replace(book, parameters=parameters, benefits=users, stacking=()),
                    frozenset(users), change, next(iter(users.values())).span,
                )  # fmt: skip


def _uses(benefit: Benefit, parameter: ParameterRule) -> bool:
    trees = [benefit.condition, *([benefit.amount.total] if benefit.amount else [])]
    return any(
        isinstance(n, s.Parameter) and n.name == parameter.name for tree in trees for n in s.walk(tree)
    )


def _benefit_mutants(benefit: Benefit) -> Iterator[tuple[Benefit, str, Span]]:
    for node, change, span in tree_mutants(benefit.condition):
        yield replace(benefit, condition=node), change, span
    if benefit.amount is not None:
        amount = benefit.amount
        for node, change, span in tree_mutants(amount.total):
            yield replace(benefit, amount=replace(amount, total=node)), f"金额：{change}", span
    for period, change in _period_mutants(benefit.period):
        yield replace(benefit, period=period), change, benefit.span


def _period_mutants(period: Period) -> Iterator[tuple[Period, str]]:
    for sign, word in ((1, "晚"), (-1, "早")):
        if period.start is not None:
            yield replace(period, start=period.start + sign * _DAY), f"适用期起日{word}一天"
        if period.end is not None:
            yield replace(period, end=period.end + sign * _DAY), f"适用期止日{word}一天"


def _parameter_mutants(parameter: ParameterRule) -> Iterator[tuple[ParameterRule, str]]:
    for place, value in enumerate(parameter.values):
        for changed, change in (
            (replace(value, low=value.low * 2, high=max(value.high, value.low * 2)), "低值加倍"),
            (replace(value, high=value.high * 2), "高值加倍"),
            (replace(value, start=value.start + _DAY), "起日晚一天")
            if value.start > date.min
            else (value, ""),
            (replace(value, end=value.end - _DAY), "止日早一天") if value.end else (value, ""),
        ):
            if change:
                values = (*parameter.values[:place], changed, *parameter.values[place + 1 :])
                yield replace(parameter, values=values), f"参数“{parameter.name}”{change}"


def tree_mutants(tree: Node) -> Iterator[tuple[Node, str, Span]]:
    """Every tree that differs from ``tree`` in one node; a node that stands in several places changes in all."""
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
        for number, change in (
            (value + last, "末位加一"),
            (value - last, "末位减一"),
            (value * 10, "扩大十倍"),
            (Fraction(value) / 10000, "单位小一万倍"),
        ):
            yield replace(node, value=whole(Fraction(number)), text=""), f"“{node.text}”{change}"


def _last_digit(node: s.Literal) -> Fraction:
    """One in the last digit as the figure is written: 万元 of 300万元, 0.5% of 2.5% is a step of 0.1%."""
    numeral = re.match(r"\d+(?:\.(\d+))?", node.text)
    if numeral is None or not Fraction(numeral[0]):
        return Fraction(1)
    assert not isinstance(node.value, str | date)
    one = Fraction(node.value) / Fraction(numeral[0])
    return one * Fraction(1, 10 ** len(numeral[1] or ""))
