"""Trees made at random: every kind of node, every operation, over a vocabulary of their own.

They are those that the checker lets through (``test_rules.py`` prints and reads them again).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.types import Kind, Type
from huiqi.language.units import multiply_dimensions
from tests.columns.words import (
    AREA,
    CATEGORIES,
    COLLECTIONS,
    DAYS,
    DERIVED,
    LITERALS,
    NUMBERS,
    OPERATORS,
    PARAMETERS,
    PEOPLE,
    SCALES,
    STEPS,
    VOCABULARY,
    is_type,
    quantity,
)

V = TypeVar("V")


@dataclass(frozen=True)
class Growth:
    """How a tree grows: in which items of collections, with 设 or without, and without which derived facts.

    ``home`` are the items that a 设 may speak of: those of the benefit's subject.
    """

    random: random.Random
    items: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    derived: tuple[str, ...] = DERIVED
    lets: dict[str, s.Definition] = field(default_factory=dict)
    lettable: bool = True
    parameters: bool = True
    quotients: bool = True

    def pick(self, options: Sequence[V]) -> V:
        return self.random.choice(options)

    def often(self, of_ten: float) -> bool:
        return self.random.random() * 10 < of_ten

    def within(self, collection: str) -> Growth:
        return replace(self, items=(*self.items, collection), quotients=self.quotients and self.often(1))

    # ---- leaves ----

    def fact(self, kind: Type) -> s.Node:
        keys = [
            ("", name)
            for name, one in VOCABULARY.items()
            if is_type(one.type, kind) and (name not in DERIVED or name in self.derived)
        ]
        for collection in dict.fromkeys(self.items):
            fields = VOCABULARY[collection].fields.items()
            keys += [(collection, name) for name, one in fields if is_type(one.type, kind)] * 3
        if not keys:
            return self.leaf(kind)
        collection, name = self.pick(keys)
        declared = VOCABULARY[collection].fields[name] if collection else VOCABULARY[name]
        return s.Fact(name=name, collection=collection, type=declared.type)

    def field(self, collection: str, kind: Type) -> s.Node:
        """A field of an item, or where there is none of the type any tree."""
        fields = VOCABULARY[collection].fields.items()
        names = [name for name, one in fields if is_type(one.type, kind)]
        if not names:
            return self.tree(kind, 1)
        name = self.pick(names)
        return s.Fact(name=name, collection=collection, type=VOCABULARY[collection].fields[name].type)

    def literal(self, kind: Type) -> s.Literal:
        if kind.kind is Kind.DATE:
            day = self.pick(DAYS)
            return s.Literal(value=day, text=day.isoformat(), type=t.DATE)
        if kind.kind is Kind.CHOICE:
            word = self.pick(kind.options)
            return s.Literal(value=word, text=word, type=kind)
        if kind.kind is Kind.BOOL:
            value = self.often(5)
            return s.Literal(value=value, text="是" if value else "否", type=t.BOOL)
        return quantity(self.pick(LITERALS[kind]))

    def leaf(self, kind: Type) -> s.Node:
        if kind.kind is Kind.NUMBER:
            names = [name for name, one in PARAMETERS.items() if is_type(one, kind)]
            if names and self.parameters and self.often(1.5):
                name = self.pick(names)
                return s.Parameter(name=name, type=PARAMETERS[name])
            if kind is t.YEAR:
                return self.pick((self.literal(kind), self.date("年度", 0)))
        if kind.kind is Kind.DATE and self.often(2):
            return s.Today(type=t.DATE)
        chance = {Kind.DATE: 3, Kind.NUMBER: 4}.get(kind.kind, 0)
        return self.literal(kind) if self.often(chance) else self.fact(kind)

    # ---- trees ----

    def tree(self, kind: Type, depth: int) -> s.Node:
        """A tree of a type, at most so deep."""
        if depth <= 0 or self.often(1.5):
            return self.leaf(kind)
        if self.lettable and self.often(1):
            return self.let(kind, depth)
        names = [name for name, one in RECIPES.items() if one.makes(kind)]
        return self.of(self.pick(names), kind, depth)

    def of(self, recipe: str, kind: Type, depth: int) -> s.Node:
        """A tree of a type with a certain operation at its root."""
        return RECIPES[recipe].make(self, kind, depth - 1)

    def let(self, kind: Type, depth: int) -> s.Node:
        known = [one for one in self.lets.values() if is_type(one.type, kind)]
        if known and self.often(5):
            return self.pick(known)
        body = replace(self, items=self.home, lettable=False).tree(kind, depth)
        if isinstance(body, s.Literal):
            return body
        name = f"设{self.random.randrange(10**6)}"
        made = s.Definition(name=name, body=body, type=body.type)
        self.lets[made.name] = made
        return made

    # ---- truth ----

    def compare(self, kinds: Sequence[Type], depth: int) -> s.Node:
        kind = self.pick(kinds)
        ordered = kind.kind in (Kind.NUMBER, Kind.DATE)
        op = self.pick(OPERATORS if ordered else OPERATORS[:2])
        left = self.tree(kind, depth)
        right = self.literal(kind) if self.often(3) else self.tree(kind, depth)
        if kind.kind is Kind.CHOICE and isinstance(left, s.Literal):
            left = self.fact(kind)
        return s.Compare(op=op, left=left, right=right, type=t.BOOL)

    def bound(self, depth: int) -> s.Node:
        """A fact against what the rule writes: the kind of condition that says something of its fact."""
        categories = (CATEGORIES,) if "项目" in self.items else ()
        kind = self.pick((*NUMBERS[:-1], t.DATE, SCALES, t.BOOL, *categories))
        ordered = kind.kind in (Kind.NUMBER, Kind.DATE)
        sides = [self.fact(kind), self.literal(kind)]
        if ordered and self.often(2):
            sides.reverse()
        op = self.pick(OPERATORS if ordered else OPERATORS[:2])
        return s.Compare(op=op, left=sides[0], right=sides[1], type=t.BOOL)

    def by_law(self, depth: int) -> s.Node:
        """A condition on a parameter: alone, beside another that may decide, or as that of a branch."""
        name = self.pick(("限额", "限额范围", "未核限额", "未核限额", "无值限额"))
        parameter = s.Parameter(name=name, type=t.MONEY)
        other = self.literal(t.MONEY) if self.often(5) else self.tree(t.MONEY, depth)
        asked = s.Compare(op=self.pick(OPERATORS), left=other, right=parameter, type=t.BOOL)
        if self.often(2):
            factor = s.Parameter(name="未核系数", type=t.PURE_NUMBER)
            share = self.arithmetic("/", self.fact(t.MONEY), factor)
            asked = s.Compare(op=self.pick(OPERATORS), left=share, right=self.literal(t.MONEY), type=t.BOOL)
        if self.often(4):
            return s.If(condition=asked, then=self.bound(0), otherwise=self.bound(0), type=t.BOOL)
        parts = (asked, self.bound(0))
        return s.Any(parts=parts, type=t.BOOL) if self.often(6) else asked

    def member(self, kind: Type, depth: int) -> s.Node:
        return self.member_of(
            self.tree(kind, depth) if kind.kind is not Kind.CHOICE else self.choice(kind, depth), kind
        )

    def member_of(self, item: s.Node, kind: Type) -> s.Node:
        literals = {one.value: one for one in (self.literal(kind) for _ in range(3))}
        return s.Member(item=item, options=tuple(literals.values()), type=t.BOOL)

    def choice(self, kind: Type, depth: int) -> s.Node:
        return self.fact(kind) if depth <= 0 or self.often(6) else self.branch(kind, depth - 1)

    def join(self, kind: type[s.All] | type[s.Any], depth: int) -> s.Node:
        return kind(parts=tuple(self.tree(t.BOOL, depth) for _ in range(self.pick((2, 2, 3)))), type=t.BOOL)

    def branch(self, kind: Type, depth: int) -> s.Node:
        if self.often(2):
            return self.narrowed(kind, depth)
        condition = self.bound(0) if self.often(4) else self.tree(t.BOOL, depth)
        then, otherwise = self.tree(kind, depth), self.tree(kind, depth)
        if kind.kind is Kind.CHOICE and isinstance(then, s.Literal):
            then = self.fact(kind)
        return s.If(condition=condition, then=then, otherwise=otherwise, type=then.type)

    def narrowed(self, kind: Type, depth: int) -> s.Node:
        """A branch that is worth the very fact that its condition bounds."""
        fact = self.fact(kind)
        branches = [fact, self.tree(kind, depth)]
        if self.often(5):
            branches.reverse()
        if kind.kind is Kind.CHOICE and isinstance(branches[0], s.Literal):
            branches[0] = self.fact(kind)
        then, otherwise = branches
        return s.If(condition=self.bounds_on(fact), then=then, otherwise=otherwise, type=then.type)

    def bounds_on(self, fact: s.Node) -> s.Node:
        """A condition on a fact, perhaps a double one of which the parts exclude each other."""
        ordered = fact.type.kind in (Kind.NUMBER, Kind.DATE)
        kind = next((one for one in LITERALS if is_type(fact.type, one)), fact.type)
        bounds: list[s.Node] = []
        if kind in LITERALS and self.often(2):
            low, high = sorted(map(quantity, LITERALS[kind][-2:]), key=lambda one: one.value)
            pairs = ((self.pick((">", ">=")), high), (self.pick(("<", "<=")), low))
            both = tuple(s.Compare(op=op, left=fact, right=one, type=t.BOOL) for op, one in pairs)
            return s.All(parts=both, type=t.BOOL)
        for _ in range(self.pick((1, 2))):
            if kind.kind is Kind.CHOICE and self.often(5):
                bounds.append(self.member_of(fact, kind))
                continue
            sides = [fact, self.literal(kind)]
            if ordered and self.often(3):
                sides.reverse()
            op = self.pick(OPERATORS if ordered else OPERATORS[:2])
            bounds.append(s.Compare(op=op, left=sides[0], right=sides[1], type=t.BOOL))
        condition = bounds[0]
        if len(bounds) > 1:
            condition = self.pick((s.All, s.Any))(parts=tuple(bounds), type=t.BOOL)
        return s.Not(body=condition, type=t.BOOL) if self.often(3) else condition

    # ---- numbers and days ----

    def arithmetic(self, op: str, left: s.Node, right: s.Node) -> s.Node:
        kind = left.type
        if op in "*/":
            sign = 1 if op == "*" else -1
            kind = t.number(multiply_dimensions(left.type.dimension, right.type.dimension, sign))
        return s.Arithmetic(op=op, left=left, right=right, type=kind)

    def product(self, kind: Type, depth: int) -> s.Node:
        parts = [self.tree(kind, depth), self.tree(t.PURE_NUMBER, depth)]
        if self.often(3):
            parts.reverse()
        return self.arithmetic("*", *parts)

    def divided(self, kind: Type, depth: int, divisor: str) -> s.Node:
        """By a number of the rule; by a fact, which may be zero; by a fact and times it again."""
        if divisor == "number" or not self.quotients:
            number = quantity(self.pick(("2", "3", "40%", "7")))
            return self.arithmetic("/", self.tree(kind, depth), number)
        other = replace(self, quotients=False)
        if divisor == "ratio":
            of = self.pick((t.MONEY, PEOPLE, t.MONTHS, t.DAYS))
            return self.arithmetic("/", other.tree(of, depth), other.tree(of, min(depth, 1)))
        right = other.tree(t.PURE_NUMBER, min(depth, 1))
        return self.arithmetic("/", other.tree(kind, depth), right)

    def per_head(self, kind: Type, depth: int) -> s.Node:
        other = replace(self, quotients=False)
        each = self.arithmetic("/", other.tree(kind, depth), other.fact(PEOPLE))
        return self.arithmetic("*", each, other.tree(PEOPLE, 0))

    def extreme(self, kind: Type, depth: int, greatest: bool) -> s.Node:
        parts = [self.tree(kind, depth) for _ in range(self.pick((2, 2, 3)))]
        if self.often(3):
            parts.append(self.literal(kind))
        return s.Extreme(greatest=greatest, parts=tuple(parts), type=parts[0].type)

    def rounded(self, kind: Type, depth: int, mode: str) -> s.Node:
        body = self.tree(kind, depth)
        if self.often(5):
            body = self.arithmetic("/", body, quantity(self.pick(("3", "8", "40%"))))
        step = quantity(self.pick(STEPS[kind]))
        return s.Round(mode=mode, body=body, step=step, type=body.type)

    def date(self, function: str, depth: int) -> s.Node:
        if function in ("推后", "提前"):
            length = quantity(self.pick((*LITERALS[t.MONTHS], *LITERALS[t.DAYS], "120000月", "0.5月")))
            return s.DateFunction(
                function=function, arguments=(self.tree(t.DATE, depth), length), type=t.DATE
            )
        kinds = {"年数": t.YEARS, "月数": t.MONTHS, "天数": t.DAYS, "年度": t.YEAR}
        number = 2 if function in ("年数", "月数", "天数") else 1
        arguments = tuple(self.tree(t.DATE, depth) for _ in range(number))
        return s.DateFunction(function=function, arguments=arguments, type=kinds.get(function, t.DATE))

    def beyond(self, depth: int) -> s.Node:
        """A day that may lie outside the calendar at one end, among others."""
        function, day = self.pick((("推后", date.max), ("提前", date.min)))
        edge = s.Literal(value=day, text=day.isoformat(), type=t.DATE)
        unsure = s.If(condition=self.bound(0), then=self.leaf(t.DATE), otherwise=edge, type=t.DATE)
        moved = s.DateFunction(function=function, arguments=(unsure, quantity("1月")), type=t.DATE)
        other = self.tree(t.DATE, depth)
        if self.often(4):
            return s.If(condition=self.bound(0), then=moved, otherwise=other, type=t.DATE)
        return s.Extreme(greatest=self.often(5), parts=(moved, other), type=t.DATE)

    def aggregate(self, function: str, kind: Type, depth: int) -> s.Node:
        if len(self.items) >= 2:
            return self.leaf(kind)
        collection = self.pick((*COLLECTIONS, "项目"))
        inside = self.within(collection)
        body, where = None, None
        if function in ("任一", "全部"):
            body = inside.tree(t.BOOL, depth)
            if self.often(4):
                both = (inside.field(collection, t.BOOL), inside.bound(0))
                body = self.pick((s.All, s.Any))(parts=both, type=t.BOOL)
        elif function != "计数":
            body = inside.field(collection, kind) if self.often(4) else inside.tree(kind, depth)
        if function not in ("任一", "全部") and self.often(6):
            where = inside.tree(t.BOOL, depth)
            if self.often(7):
                where = inside.field(collection, t.BOOL) if self.often(5) else inside.bound(0)
        made = t.BOOL if function in ("任一", "全部") else kind if body is None else body.type
        return s.Aggregate(function=function, collection=collection, body=body, where=where, type=made)

    def winner(self, kind: Type) -> s.Node:
        """The best of some of which each may be one of two: some can no longer win."""
        if len(self.items) >= 2 or self.often(4):
            low, high = self.literal(kind), self.literal(kind)
            either = s.If(condition=self.bound(0), then=low, otherwise=high, type=low.type)
            parts = (either, high, self.fact(kind))
            return s.Extreme(greatest=self.often(5), parts=parts, type=low.type)
        inside = self.within("项目")
        one, other = inside.field("项目", kind), self.literal(kind)
        if self.often(5):
            one = self.literal(kind)
        asked = inside.field("项目", t.BOOL)
        body: s.Node = s.If(condition=asked, then=one, otherwise=other, type=one.type)
        if self.often(3):
            body = s.Extreme(greatest=True, parts=(body, inside.field("项目", kind)), type=body.type)
        function = self.pick(("最大", "最小"))
        return s.Aggregate(function=function, collection="项目", body=body, type=body.type)


@dataclass(frozen=True)
class Recipe:
    """One operation: which types it makes, and how."""

    makes: Callable[[Type], bool]
    make: Callable[[Growth, Type, int], s.Node]


def _is(*kinds: Type) -> Callable[[Type], bool]:
    return lambda kind: any(kind is one or is_type(one, kind) for one in kinds)


def _of(*kinds: Kind) -> Callable[[Type], bool]:
    return lambda kind: kind.kind in kinds


_number, _truth, _day = _of(Kind.NUMBER), _of(Kind.BOOL), _of(Kind.DATE)

RECIPES: Mapping[str, Recipe] = {
    "Compare numbers": Recipe(_truth, lambda g, _, d: g.compare(NUMBERS, d)),
    "Compare days": Recipe(_truth, lambda g, _, d: g.compare((t.DATE,), d)),
    "Compare truths": Recipe(_truth, lambda g, _, d: g.compare((t.BOOL,), d)),
    "Compare choices": Recipe(_truth, lambda g, _, d: g.compare((SCALES,), d)),
    "Compare with a bound": Recipe(_truth, lambda g, _, d: g.bound(d)),
    "Member of choices": Recipe(_truth, lambda g, _, d: g.member(SCALES, d)),
    "Member of numbers": Recipe(_truth, lambda g, _, d: g.member(g.pick((PEOPLE, t.MONEY)), d)),
    "Member of days": Recipe(_truth, lambda g, _, d: g.member(t.DATE, d)),
    "Not": Recipe(_truth, lambda g, _, d: s.Not(body=g.tree(t.BOOL, d), type=t.BOOL)),
    "All": Recipe(_truth, lambda g, _, d: g.join(s.All, d)),
    "Any": Recipe(_truth, lambda g, _, d: g.join(s.Any, d)),
    "If": Recipe(_of(Kind.BOOL, Kind.NUMBER, Kind.DATE, Kind.CHOICE), lambda g, kind, d: g.branch(kind, d)),
    "Parameter": Recipe(_truth, lambda g, _, d: g.by_law(d)),
    "supposed": Recipe(_is(*NUMBERS[:-1], t.BOOL, SCALES), lambda g, kind, d: g.narrowed(kind, d)),
    "supposed of an amount": Recipe(_is(t.MONEY), lambda g, kind, d: g.narrowed(kind, d)),
    "beyond": Recipe(_day, lambda g, _, d: g.beyond(d)),
    "任一": Recipe(_truth, lambda g, kind, d: g.aggregate("任一", kind, d)),
    "全部": Recipe(_truth, lambda g, kind, d: g.aggregate("全部", kind, d)),
    "+": Recipe(_number, lambda g, kind, d: g.arithmetic("+", g.tree(kind, d), g.tree(kind, d))),
    "-": Recipe(_number, lambda g, kind, d: g.arithmetic("-", g.tree(kind, d), g.tree(kind, d))),
    "*": Recipe(_number, lambda g, kind, d: g.product(kind, d)),
    "/ number": Recipe(_number, lambda g, kind, d: g.divided(kind, d, "number")),
    "/ fact": Recipe(_number, lambda g, kind, d: g.divided(kind, d, "fact")),
    "/ same": Recipe(_is(t.PURE_NUMBER), lambda g, kind, d: g.divided(kind, d, "ratio")),
    "/ *": Recipe(_is(t.MONEY, AREA), lambda g, kind, d: g.per_head(kind, d)),
    "Negate": Recipe(_number, lambda g, kind, d: negated(g.tree(kind, d))),
    "取大": Recipe(_of(Kind.NUMBER, Kind.DATE), lambda g, kind, d: g.extreme(kind, d, True)),
    "取小": Recipe(_of(Kind.NUMBER, Kind.DATE), lambda g, kind, d: g.extreme(kind, d, False)),
    "四舍五入": Recipe(_number, lambda g, kind, d: g.rounded(kind, d, "四舍五入")),
    "舍去": Recipe(_number, lambda g, kind, d: g.rounded(kind, d, "舍去")),
    "进位": Recipe(_number, lambda g, kind, d: g.rounded(kind, d, "进位")),
    "合计": Recipe(_number, lambda g, kind, d: g.aggregate("合计", kind, d)),
    "计数": Recipe(_is(t.PURE_NUMBER), lambda g, kind, d: g.aggregate("计数", kind, d)),
    "最大": Recipe(_of(Kind.NUMBER, Kind.DATE), lambda g, kind, d: g.aggregate("最大", kind, d)),
    "最小": Recipe(_of(Kind.NUMBER, Kind.DATE), lambda g, kind, d: g.aggregate("最小", kind, d)),
    "winner": Recipe(_is(t.MONEY, t.DATE), lambda g, kind, _: g.winner(kind)),
    "年数": Recipe(_is(t.MONTHS), lambda g, _, d: g.date("年数", d)),
    "月数": Recipe(_is(t.MONTHS), lambda g, _, d: g.date("月数", d)),
    "天数": Recipe(_is(t.DAYS), lambda g, _, d: g.date("天数", d)),
    "年度": Recipe(_is(t.YEAR), lambda g, _, d: g.date("年度", d)),
    "推后": Recipe(_day, lambda g, _, d: g.date("推后", d)),
    "提前": Recipe(_day, lambda g, _, d: g.date("提前", d)),
    "年初": Recipe(_day, lambda g, _, d: g.date("年初", d)),
    "年末": Recipe(_day, lambda g, _, d: g.date("年末", d)),
}
"""Every operation of the language by a name; a book has each of them at the root of something in turn."""


def negated(body: s.Node) -> s.Negate:
    """The other sign."""
    return s.Negate(body=body, type=body.type)
