"""Speaking of an amount "if eligible": what the conditions say of facts that are still unknown (L5.7).

``投资额 >= 300万元`` under 全部满足 means that whoever is eligible has invested that much, so the amount is computed
with the unknown 投资额 no lower. Only what follows from conditions that must all hold is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any as Anything

from huiqi.evaluate.compile import Compiler, Environment, Evaluate
from huiqi.evaluate.values import INFINITE, Answer, Uncertain, ranged
from huiqi.language import syntax as s
from huiqi.language.types import Kind

Narrow = Callable[[Uncertain], Answer]
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact, how to read it, and what eligibility says of it while it is unknown."""

    fact: s.Fact
    read: Evaluate
    narrow: Narrow


def assumptions(condition: s.Node, compiler: Compiler) -> tuple[Assumption, ...]:
    """What follows, fact by fact, from ``condition`` being true."""
    found: list[Assumption] = []

    def visit(node: s.Node, wanted: bool) -> None:
        while isinstance(node, s.Named):
            node = node.body
        if isinstance(node, s.Not):
            visit(node.body, not wanted)
        elif isinstance(node, s.All if wanted else s.Any):
            for part in node.children():
                visit(part, wanted)
        else:
            for fact, narrow in _narrowings(node, wanted):
                found.append(Assumption(fact, compiler.evaluate(fact), narrow))

    visit(condition, True)
    return tuple(found)


def _narrowings(node: s.Node, wanted: bool) -> list[tuple[s.Fact, Narrow]]:
    if isinstance(node, s.Fact) and node.type.kind is Kind.BOOL:
        return [(node, lambda _: wanted)]
    if isinstance(node, s.Member) and isinstance(node.item, s.Fact) and node.type.kind is Kind.BOOL:
        values = [option.value for option in node.options if isinstance(option, s.Literal)]
        if node.item.type.kind is Kind.CHOICE and len(values) == len(node.options):
            listed = frozenset(str(value) for value in values)
            return [(node.item, lambda old: _within(old, listed, wanted))]
    if isinstance(node, s.Compare):
        for fact, other, op in (
            (node.left, node.right, node.op),
            (node.right, node.left, _MIRRORED[node.op]),
        ):
            if isinstance(fact, s.Fact) and isinstance(other, s.Literal):
                return _comparison(fact, op if wanted else _OPPOSITE[op], other.value)
    return []


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def _comparison(fact: s.Fact, op: str, bound: Anything) -> list[tuple[s.Fact, Narrow]]:
    if fact.type.kind is Kind.CHOICE and op in ("=", "!="):
        return [(fact, lambda old: _within(old, frozenset((str(bound),)), op == "="))]
    if op == "=":
        return [(fact, lambda _: bound)]
    if fact.type.kind is Kind.NUMBER and op in (">=", ">"):
        return [(fact, lambda old: _between(old, bound, INFINITE))]
    if fact.type.kind is Kind.NUMBER and op in ("<=", "<"):
        return [(fact, lambda old: _between(old, -INFINITE, bound))]
    return []


def _between(old: Uncertain, low: Anything, high: Anything) -> Answer:
    low, high = max(old.low, low), min(old.high, high)
    return ranged(low, high, old.missing) if low <= high else old


def _within(old: Uncertain, listed: frozenset[str], wanted: bool) -> Answer:
    if old.options is None:
        return old
    left = old.options & listed if wanted else old.options - listed
    if len(left) == 1:
        return next(iter(left))
    return replace(old, options=left) if left else old


def assume(env: Environment, given: tuple[Assumption, ...]) -> Environment:
    """The environment with every unknown fact narrowed to what the assumptions allow."""
    facts, items = None, dict(env.items)
    for one in given:
        value = one.read(Environment(facts or env.facts, env.on, items, env.derived if facts is None else {}))
        if not isinstance(value, Uncertain):
            continue
        narrowed = one.narrow(value)
        if one.fact.collection in items:
            items[one.fact.collection] = {**items[one.fact.collection], one.fact.name: narrowed}
        elif not one.fact.collection:
            facts = {**(facts if facts is not None else env.facts), one.fact.name: narrowed}
    if facts is None and items == env.items:
        return env
    return Environment(facts if facts is not None else env.facts, env.on, items, unconfirmed=env.unconfirmed)
