"""Checks on a whole rule book: circles among derived facts, dead conditions, facts that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiqi.catalogue.source import error_at, warning_at
from huiqi.evaluate.bounds import dead_conditions
from huiqi.evaluate.compile import Compiler
from huiqi.language import syntax as s
from huiqi.language.benefit import MOST_FACTS, Benefit, RuleBook, rivalries
from huiqi.language.diagnostics import Diagnostic

RECEIVED = "已获奖补"  # the collection of earlier grants, which the plan reads and no rule needs to


def consistency(book: RuleBook) -> list[Diagnostic]:
    """Everything wrong with, or odd about, a rule book whose files are right each by itself."""
    circles = list(_circles(book))
    if circles:
        return circles
    compiler = Compiler(book.vocabulary, book.rules, book.parameters)
    found: list[Diagnostic] = []
    for benefit in book.benefits.values():
        for node, why in dead_conditions(
            benefit.condition, compiler, _day_in_force(benefit), benefit.subject
        ):
            found.append(error_at(node.span, f"条件“{node.name}”{why}", "去掉它，或改成想写的条件"))
    found += _too_many_facts(book)
    found += _lists_that_disagree(book)
    found += _unused_facts(book)
    return list(dict.fromkeys(found))


def _day_in_force(benefit: Benefit) -> date:
    return benefit.period.start or benefit.document.issued or benefit.period.end or date.max


def _circles(book: RuleBook) -> Iterator[Diagnostic]:
    leads = {
        name: {
            node.name
            for node in s.walk(rule.body)
            if isinstance(node, s.Fact) and not node.collection and node.name in book.rules
        }
        for name, rule in book.rules.items()
    }
    for name in book.rules:
        path, todo = {name}, [(name, [name])]
        while todo:
            at, chain = todo.pop()
            for follows in leads[at]:
                if follows == name:
                    shown = " → ".join([*chain, name])
                    yield error_at(
                        book.rules[name].span, f"推定规则“{name}”绕回了自己：{shown}", "推定不能循环"
                    )
                    todo = []
                    break
                if follows not in path:
                    path.add(follows)
                    todo.append((follows, [*chain, follows]))


def _too_many_facts(book: RuleBook) -> Iterator[Diagnostic]:
    for benefit in book.benefits.values():
        number = len(book.facts_asked(benefit))
        if number > MOST_FACTS:
            yield error_at(
                benefit.span, f"“{benefit.id}”问到{number}个事实，最多{MOST_FACTS}个", "拆成几个事项"
            )


def _lists_that_disagree(book: RuleBook) -> Iterator[Diagnostic]:
    """Lists that exclude each other, where the one benefit says otherwise than the other, or has no list."""
    for rivalry in rivalries(book.benefits):
        one, other = (book.benefits[id_] for id_ in rivalry.benefits)
        if not rivalry.agreed:
            yield error_at(
                one.span,
                f"“{one.id}”与“{other.id}”的名单不重复，谁先排或递不递补两处写得不一样",
                "写在一处，或写成一样",
            )
        if one.subject != other.subject:
            yield error_at(
                one.span, f"“{one.id}”与“{other.id}”的名单不重复，对象却不一样", "对象一样才说得上是同一家"
            )
        for benefit, rival in ((one, other), (other, one)):
            if benefit.quota is None or not benefit.quota.places:
                yield error_at(
                    rival.span,
                    f"“{rival.id}”与“{benefit.id}”的名单不重复，后者却没有排名",
                    "给它写「名额」，如：前: 50名",
                )


def _unused_facts(book: RuleBook) -> Iterator[Diagnostic]:
    used: set[str] = set(book.rules)
    for tree in _trees(book):
        for node in s.walk(tree):
            if isinstance(node, s.Fact):
                used |= {node.key, node.collection}
            elif isinstance(node, s.Aggregate):
                used.add(node.collection)
    used |= {benefit.subject for benefit in book.benefits.values() if benefit.subject}
    for name, declared in book.vocabulary.items():
        if name not in used and not _identifies(declared.code, name):
            yield warning_at(declared.span, f"事实“{name}”没有规则用到", "删掉，或看看规则里是不是写错了名字")
        for field_name, inner in declared.fields.items():
            if (
                name in used
                and name != RECEIVED
                and f"{name}.{field_name}" not in used
                and field_name != declared.label_field
            ):
                yield warning_at(inner.span, f"字段“{name}.{field_name}”没有规则用到")


def _identifies(code: str, name: str) -> bool:
    """Facts that say who the enterprise is, or what it was granted already, serve people and the plan."""
    return bool(code) or name in ("企业名称", RECEIVED)


def _trees(book: RuleBook) -> Iterator[s.Node]:
    for rule in book.rules.values():
        yield rule.body
    for benefit in book.benefits.values():
        yield benefit.condition
        if benefit.amount:
            yield benefit.amount.total
            yield from (node for _, node in benefit.amount.parts)
        for places in benefit.quota.places if benefit.quota else ():
            yield from (one.body for one in places.by if one.body is not None)
            yield from places.per
