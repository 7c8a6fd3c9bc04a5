"""Supposing that a condition is true (or false): what that says of facts that are still unknown.

Two places need it. An amount is spoken of "if eligible" (L5.7): ``投资额 >= 300万元`` under 全部满足 means
that whoever is eligible has invested that much. And while the condition of 如果 is unknown, each branch is
worth what it is worth where the condition goes that way. Only what follows for certain is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any as Anything

from huiqi.evaluate.environment import Environment, Evaluate
from huiqi.evaluate.values import Answer, Uncertain, ranged
from huiqi.language import syntax as s
from huiqi.language.types import MONEY, Kind

Narrow = Callable[[Uncertain, bool], Answer]  # the second says whether the fact is derived by a rule
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact, how to read it, and what the supposition says of it while it is unknown."""

    fact: s.Fact
    read: Evaluate
    narrow: Narrow


def assumptions(
    condition: s.Node, reader: Callable[[s.Node], Evaluate], wanted: bool = True
) -> tuple[Assumption, ...]:
    """What follows, fact by fact, from ``condition`` being ``wanted``; ``reader`` compiles a fact."""
    found: list[Assumption] = []

    def visit(node: s.Node, wanted: bool) -> None:
        while isinstance(node, s.Named | s.Definition):
            node = node.body
        if isinstance(node, s.Not):
            visit(node.body, not wanted)
        elif isinstance(node, s.All if wanted else s.Any):
            for part in node.children():
                visit(part, wanted)
        else:
            for fact, narrow in _narrowings(node, wanted):
                found.append(Assumption(fact, reader(fact), narrow))

    visit(condition, wanted)
    return tuple(found)


def _narrowings(node: s.Node, wanted: bool) -> list[tuple[s.Fact, Narrow]]:
    if isinstance(node, s.Fact) and node.type.kind is Kind.BOOL:
        return [(node, lambda old, derived: wanted)]
    if isinstance(node, s.Member) and isinstance(node.item, s.Fact):
        values = [option.value for option in node.options if isinstance(option, s.Literal)]
        if node.item.type.kind is Kind.CHOICE and len(values) == len(node.options):
            listed = frozenset(str(value) for value in values)
            return [(node.item, lambda old, derived: _within(old, listed, wanted))]
    if isinstance(node, s.Compare):
        for fact, other, op in (
            (node.left, node.right, node.op),
            (node.right, node.left, MIRRORED[node.op]),
        ):
            if isinstance(fact, s.Fact) and isinstance(other, s.Literal):
                return _comparison(fact, op if wanted else OPPOSITE[op], other.value)
    return []


def _comparison(fact: s.Fact, op: str, bound: Anything) -> list[tuple[s.Fact, Narrow]]:
    kind = fact.type
    if kind.kind is Kind.CHOICE and op in ("=", "!="):
        return [(fact, lambda old, derived: _within(old, frozenset((str(bound),)), op == "="))]
    if op == "=":
        return [(fact, lambda old, derived: bound)]
    if kind.kind is Kind.NUMBER and op != "!=":
        # stated money is whole 分, so 超过 begins one 分 above; other numbers keep the bound itself, as does
        # 超过 0, where a range that starts at 一分 would tell nobody anything
        whole = kind.dimension == MONEY.dimension and isinstance(bound, int) and bound
        return [(fact, lambda old, derived: _between(old, op, bound, 1 if whole and not derived else 0))]
    return []


def _between(old: Uncertain, op: str, bound: Anything, step: int) -> Answer:
    low, high = old.low, old.high
    if op in (">", ">="):
        low = max(low, bound + (step if op == ">" else 0))
    else:
        high = min(high, bound - (step if op == "<" else 0))
    return ranged(low, high, old.missing) if low <= high else old


def _within(old: Uncertain, listed: frozenset[str], wanted: bool) -> Answer:
    if old.options is None:
        return old
    left = old.options & listed if wanted else old.options - listed
    if len(left) == 1:
        return next(iter(left))
    return replace(old, options=left) if left else old


def facts_behind(tree: s.Node, leans_on: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The keys of the facts that a tree depends on, directly or through derived facts."""
    found: set[str] = set()
    for node in s.walk(tree):
        if isinstance(node, s.Fact):
            found |= {node.key, *leans_on.get(node.name, ())}
    return frozenset(found)


def assume(
    env: Environment, given: tuple[Assumption, ...], leans_on: Mapping[str, frozenset[str]]
) -> Environment:
    """The environment with every unknown fact narrowed to what the assumptions allow.

    ``leans_on`` names, for each derived fact, the facts that it follows from: what a narrowed fact may have
    changed is worked out anew.
    """
    start = env
    for one in given:
        value = one.read(env)
        if not isinstance(value, Uncertain):
            continue
        narrowed = one.narrow(value, not one.fact.collection and one.fact.name in leans_on)
        if narrowed is value or narrowed == value:
            continue
        name = one.fact.name
        if not one.fact.collection:
            env = env.supposing({**env.facts, name: narrowed}, env.items, _spoilt_by(name, leans_on))
        elif one.fact.collection in env.items:
            item = {**env.items[one.fact.collection], name: narrowed}
            env = env.supposing(env.facts, {**env.items, one.fact.collection: item}, _nothing_spoilt)
    return env if env is not start else start


def _spoilt_by(name: str, leans_on: Mapping[str, frozenset[str]]) -> Callable[[str], bool]:
    return lambda rule: rule == name or name in leans_on.get(rule, ())


def _nothing_spoilt(_: str) -> bool:
    return False
