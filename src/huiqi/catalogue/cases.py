"""Worked examples (cases.yaml): what must come of which facts, and which conditions still lack an example.

Cases are the proof of a rule file. Besides comparing what is written with what comes out, running them
records how each condition was seen (passed, failed, unknown, exactly on its boundary), so that a missing kind
can be named (L13.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any as Anything
from typing import TypeAlias

from huiqi.catalogue import shape as y
from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.load import Catalogue
from huiqi.catalogue.source import MapNode, error_at
from huiqi.evaluate.environment import Trace
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Part, Result
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import Answer, Uncertain
from huiqi.language import syntax as s
from huiqi.language.benefit import RuleBook
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.language.syntax import Span
from huiqi.language.types import MONEY, Kind, Type
from huiqi.language.units import Number, parse_quantity, quantity_words, unit_factor, whole
from huiqi.language.vocabulary import FactDeclaration, Vocabulary

_TAKEN_AWAY = ("未知", "不知道", "不详")


Seen: TypeAlias = dict[Span, set[str]]  # how the condition at a place came out: 过, 不过, 未知, 界


@dataclass(frozen=True, slots=True)
class Case:
    """One trial, ready to run: the benefit or rule, the day, the facts, and what is expected."""

    file: str
    benefit: str | None
    rule: str | None
    name: str
    on: date
    facts: Mapping[str, Anything]
    expected: y.Trial

    @property
    def about(self) -> str:
        """The id of the benefit or the name of the rule."""
        return self.benefit or self.rule or ""


@dataclass
class CaseReport:
    """What running cases found: how many ran, which failed, what no case shows."""

    ran: int = 0
    failures: list[Diagnostic] = field(default_factory=list)
    gaps: list[Diagnostic] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every case holds and every condition is shown."""
        return not self.failures and not self.gaps


def read_cases(catalogue: Catalogue, under: Path | None = None) -> tuple[list[Case], list[Diagnostic]]:
    """Every case of the catalogue, or of the folder or file ``under``; and what is wrong with the files."""
    cases: list[Case] = []
    problems: list[Diagnostic] = []
    for path in sorted(catalogue.root.rglob("cases.yaml")):
        if (
            under is not None
            and not path.resolve().is_relative_to(under.resolve())
            and path.parent.resolve() != (under.resolve().parent if under.is_file() else under.resolve())
        ):
            continue
        read = y.read_shape(path, y.CasesFile, str(path))
        problems += read.diagnostics
        if read.shape:
            for example in read.shape.examples:
                cases += _cases(example, catalogue, str(path), problems)
    return cases, problems


def _cases(example: y.Example, catalogue: Catalogue, file: str, problems: list[Diagnostic]) -> Iterator[Case]:
    target = example.benefit or example.rule
    known: Mapping[str, Anything] = catalogue.benefits if example.benefit else catalogue.book.rules
    if target is None:
        return
    if target.text not in known:
        right = nearest(target.text, known)
        problems.append(error_at(target.at, f"没有“{target}”", f"是不是“{right}”？" if right else ""))
        return
    base, wrong = read_facts(example.base, catalogue.vocabulary, catalogue.known_region)
    problems += wrong
    for trial in example.trials:
        facts = dict(base.values)
        if trial.changes is not None:
            problems += _change(facts, trial.changes, catalogue)
        yield Case(
            file,
            example.benefit.text if example.benefit else None,
            example.rule.text if example.rule else None,
            trial.name.text,
            trial.on or example.on,
            facts,
            trial,
        )


def _change(facts: dict[str, Anything], changes: MapNode, catalogue: Catalogue) -> list[Diagnostic]:
    """Apply 变: replace a fact, take one away (未知), or change a field of the first item of a collection."""
    whole, fields = MapNode(changes.at), []
    for key, node in changes.items():
        collection, dot, name = key.partition(".")
        if dot:
            fields.append((collection, name, key, node))
        else:
            whole[key] = node
    read, problems = read_facts(whole, catalogue.vocabulary, catalogue.known_region)
    found = list(problems)
    for key in whole:
        facts.pop(key, None)
    facts.update(read.values)
    for collection, name, key, node in fields:
        declared = catalogue.vocabulary.get(collection)
        if declared is None or name not in declared.fields:
            known = (
                [f"{collection}.{one}" for one in declared.fields] if declared else list(catalogue.vocabulary)
            )
            right = nearest(key, known)
            found.append(
                error_at(changes.key_at(key), f"没有“{key}”这个字段", f"是不是“{right}”？" if right else "")
            )
            continue
        one = MapNode(changes.at)
        one[name] = node
        value, wrong = read_facts(one, declared.fields, catalogue.known_region)
        found += wrong
        items = list(facts.get(collection) or ())
        if not items:
            found.append(error_at(changes.key_at(key), f"基准里没有“{collection}”，改不了它的字段"))
            continue
        first = {field: held for field, held in items[0].items() if field != name}
        items[0] = {**first, **value.values}
        facts[collection] = tuple(items)
    return found


def run_cases(catalogue: Catalogue, cases: Sequence[Case]) -> CaseReport:
    """Run the cases and look for conditions that they do not show."""
    report = CaseReport()
    judge = Judge(catalogue.book)
    seen: Seen = {}
    for case in cases:
        report.ran += 1
        report.failures += run_case(case, catalogue.book, judge, seen)
    report.gaps = list(_gaps(catalogue, cases, seen))
    return report


def run_case(case: Case, book: RuleBook, judge: Judge, seen: Seen | None = None) -> list[Diagnostic]:
    """What a case finds wrong; ``seen`` collects how its conditions came out."""
    if case.rule is not None:
        return list(_compare_rule(case, judge.value_of(case.rule, case.facts, case.on), book))
    assert case.benefit is not None
    results = judge.judge(case.facts, case.on, [case.benefit], trace=seen is not None)
    if seen is not None:
        for result in results:
            if result.why is not None:
                _note(result.why, seen)
    return list(_compare(case, results[0]))


def _compare_rule(case: Case, value: Answer, book: RuleBook) -> Iterator[Diagnostic]:
    wanted, kind = case.expected, book.rules[case.about].body.type
    if wanted.gives is not None:
        got = answer_words(value, kind)
        if not _rule_value_matches(wanted.gives.text, value, kind):
            yield _failure(case, wanted.gives, f"应得“{wanted.gives}”，得“{got}”")
    if wanted.missing is not None:
        missing = value.missing if isinstance(value, Uncertain) else frozenset()
        yield from _same_set(case, "缺", wanted.missing, missing)


def _rule_value_matches(text: str, value: Anything, kind: Type) -> bool:
    if text in _TAKEN_AWAY:
        return isinstance(value, Uncertain)
    if isinstance(value, Uncertain):
        return value.options is not None and set(text.split("或")) == set(value.options)
    if kind.kind is Kind.BOOL:
        return text in ("是", "true") if value else text in ("否", "false")
    if kind.kind is Kind.NUMBER:
        try:
            return bool(parse_quantity(text).number == value)
        except ValueError:
            return False
    return text == str(value)


def _compare(case: Case, result: Result) -> Iterator[Diagnostic]:
    wanted = case.expected
    if wanted.verdict is not None and wanted.verdict.value != result.verdict.value:
        why = "；".join(
            [u.name for u in result.unmet] or result.missing or [r.reason for r in result.reservations]
        )
        yield _failure(
            case,
            wanted.name,
            f"判定应为“{wanted.verdict}”，得“{result.verdict}”" + (f"（{why}）" if why else ""),
        )
    if wanted.unmet is not None:
        yield from _same_set(case, "未满足", wanted.unmet, {u.name for u in result.unmet})
    if wanted.missing is not None:
        yield from _same_set(case, "缺", wanted.missing, {*result.missing, *result.missing_for_amount})
    if wanted.amount is not None:
        yield from _compare_amount(case, result)
    if wanted.parts is not None:
        parts = {part.name: part for part in result.amount.parts} if result.amount else {}
        for name, text in wanted.parts.items():
            yield from _compare_part(case, name, text, parts.get(name.text), result)


def _compare_amount(case: Case, result: Result) -> Iterator[Diagnostic]:
    wanted = case.expected.amount or ()
    if result.amount is None:
        yield _failure(case, wanted[0], "没有金额")
        return
    low, high = result.amount.low, result.amount.high
    kind = result.amount.type
    ends = [_number(text, kind) for text in wanted]
    if any(isinstance(end, Diagnostic) for end in ends):
        yield from (end for end in ends if isinstance(end, Diagnostic))
    elif [low, high] != [ends[0], ends[-1]]:
        yield _failure(
            case, wanted[0], f"金额应为“{'至'.join(map(str, wanted))}”，得“{result.amount.words()}”"
        )


def _compare_part(
    case: Case, name: y.Text, text: y.Text, part: Part | None, result: Result
) -> Iterator[Diagnostic]:
    number = _number(text, result.amount.type if result.amount else MONEY)
    if isinstance(number, Diagnostic):
        yield number
    elif part is None:
        yield _failure(case, name, f"明细里没有“{name}”")
    elif not part.low == part.high == number:
        high = "" if part.high == part.low else f"至{_fen(part.high)}"
        yield _failure(case, text, f"明细“{name}”应为“{text}”，得“{_fen(part.low)}{high}”")


def _fen(number: Number | None) -> str:
    return "不限" if number is None else quantity_words(number, (("元", 1),))


def _number(text: y.Text, kind: Type) -> Number | Diagnostic | None:
    if text.text in ("不限", "没有上限"):
        return None
    try:
        quantity = parse_quantity(text.text)
    except ValueError as problem:
        return error_at(text.at, str(problem))
    if quantity.unit:
        return quantity.number
    return whole(
        Fraction(quantity.number) * unit_factor(kind.unit if kind.dimension != MONEY.dimension else "元")[1]
    )


def _same_set(
    case: Case, what: str, wanted: Sequence[y.Text], got: set[str] | frozenset[str]
) -> Iterator[Diagnostic]:
    names = {one.text for one in wanted}
    if names != got:
        at = wanted[0] if wanted else case.expected.name
        yield _failure(case, at, f"{what}应为“{'、'.join(sorted(names))}”，得“{'、'.join(sorted(got))}”")


def _failure(case: Case, at: y.Text, message: str) -> Diagnostic:
    return error_at(at.at, f"例“{case.about} · {case.name}”：{message}")


# ---- which conditions are shown how ----


def _note(trace: Trace, seen: Seen) -> None:
    node = trace.node
    if isinstance(node, s.Named):
        kinds = seen.setdefault(node.span, set())
        value = trace.value
        kinds.add("过" if value is True else "不过" if value is False else "未知")
        if _on_boundary(trace.children[0]):
            kinds.add("界")
    if isinstance(node, s.Named | s.All | s.Any | s.Not):
        for child in trace.children:
            _note(child, seen)


def _on_boundary(trace: Trace) -> bool:
    if isinstance(trace.node, s.Compare) and trace.node.op in ("<", "<=", ">", ">="):
        left, right = (child.value for child in trace.children)
        if not isinstance(left, Uncertain) and left == right:
            return True
    return any(_on_boundary(child) for child in trace.children)


def _gaps(catalogue: Catalogue, cases: Sequence[Case], seen: Seen) -> Iterator[Diagnostic]:
    """Conditions without a case of each kind (L13.3), for the benefits that the cases are about."""
    files = {Path(case.file).parent.resolve() for case in cases}
    for benefit in catalogue.benefits.values():
        if (catalogue.root / benefit.document.folder).resolve() not in files:
            continue
        for node in s.walk(benefit.condition):
            if not isinstance(node, s.Named):
                continue
            wanted = {"过", "不过"} | ({"未知"} if _can_be_unknown(node, catalogue.vocabulary) else set())
            if _has_boundary(node.body):
                wanted.add("界")
            lacking = [
                kind for kind in ("过", "不过", "界", "未知") if kind in wanted - seen.get(node.span, set())
            ]
            if lacking:
                shown = "、".join(_KIND_WORDS[kind] for kind in lacking)
                yield Diagnostic(
                    Severity.WARNING, node.span.file, node.span.line, node.span.column,
                    f"“{benefit.id}”的条件“{node.name}”没有{shown}的例",
                )  # fmt: skip


_KIND_WORDS = {"过": "满足", "不过": "不满足", "界": "正好在界上", "未知": "事实未知"}


def _has_boundary(node: s.Node) -> bool:
    return any(isinstance(one, s.Compare) and one.op in ("<", "<=", ">", ">=") for one in s.walk(node))


def _can_be_unknown(node: s.Node, vocabulary: Vocabulary) -> bool:
    declared: list[FactDeclaration] = [
        vocabulary[one.collection].fields[one.name] if one.collection else vocabulary[one.name]
        for one in s.walk(node)
        if isinstance(one, s.Fact)
    ]
    return bool(declared) or any(isinstance(one, s.Aggregate) for one in s.walk(node))
