"""Rule books made at random: trees as whole benefits with all that a benefit may say.

The same seed makes the same book, so that a difference that was found once can be found again.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import (
    AmountKind,
    AmountRule,
    Benefit,
    DerivedRule,
    Document,
    Form,
    LaterLaw,
    ParameterRule,
    ParameterValue,
    Period,
    Quota,
    RuleBook,
    Uncoded,
)
from huiqi.language.types import Kind, Type
from tests.columns.rules import RECIPES, Growth, negated
from tests.columns.words import (
    DERIVED,
    NUMBERS,
    OPERATORS,
    PARAMETERS,
    PEOPLE,
    SCALES,
    VOCABULARY,
    quantity,
)

ALL_KINDS = (t.BOOL, *dict.fromkeys(NUMBERS), t.DATE, SCALES)

_DOCUMENT = Document(
    "x-2024", "某文件", None, ("某局",), "市", "410200", date(2023, 1, 1), Period(date(2023, 1, 1), None)
)
_START, _END = date(2023, 1, 1), date(2025, 12, 31)


class Maker:
    """Makes the benefits, rules and parameters of one book; trees and 设 are now and then shared."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.shared: list[s.Node] = []
        self.lets: dict[str, s.Definition] = {}

    def often(self, of_ten: float) -> bool:
        return self.random.random() * 10 < of_ten

    def book(self, benefits: Mapping[str, str], depth: int) -> RuleBook:
        """A book with benefits by their ids, each about one operation; ``depth`` of the trees below it."""
        rules = self._rules()
        found = {id_: self._benefit(id_, recipe, depth) for id_, recipe in benefits.items()}
        return RuleBook(VOCABULARY, rules, self._parameters(), found)

    def _parameters(self) -> dict[str, ParameterRule]:
        def rule(name: str, *values: ParameterValue) -> ParameterRule:
            return ParameterRule(name, PARAMETERS[name], values)

        def value(low: Any, high: Any, confirmed: bool = True, start: date = _START) -> ParameterValue:
            return ParameterValue(start, None, low, high, "一", confirmed)

        low = self.random.choice((0, 1, 250, 3 * 10**8))
        return {
            "限额": rule("限额", value(low, low)),
            "限额范围": rule("限额范围", value(low, low + 10**6)),
            "未核限额": rule("未核限额", value(low, low, False)),
            "未核系数": rule("未核系数", value(2, 2, False)),
            "无值限额": rule("无值限额", value(1, 1, start=date(2999, 1, 1))),
        }

    def _rules(self) -> dict[str, DerivedRule]:
        found = {}
        for place, name in enumerate(DERIVED):
            growth = Growth(self.random, derived=DERIVED[:place], lettable=False, quotients=False)
            body = growth.branch(VOCABULARY[name].type, 2)
            if self.often(2):
                assert isinstance(body, s.If)
                body = replace(body, otherwise=s.Unstated(name=name, type=VOCABULARY[name].type))
            found[name] = DerivedRule(name, body, "一")
        return found

    def _benefit(self, id_: str, recipe: str, depth: int) -> Benefit:
        subject = self.random.choice((None, None, None, "项目", "门店"))
        if recipe == "supposed of an amount":
            subject = self.random.choice((None, "项目"))
        items = () if subject is None else (subject,)
        lets = self.lets if subject is None else {}
        growth = Growth(self.random, items, items, lets=lets)
        kinds = [kind for kind in ALL_KINDS if RECIPES[recipe].makes(kind)]
        preferred = [kind for kind in kinds if kind is {"最大": t.DATE, "最小": t.DATE}.get(recipe)]
        kind = self.random.choice(preferred if preferred and self.often(4) else kinds)
        wanted = growth.of(recipe, kind, depth)
        parts: list[s.Node] = []
        total: s.Node | None = None
        if recipe != "Parameter":  # what is not confirmed shows only where all else is met
            parts.append(self._named(growth, growth.tree(t.BOOL, depth - 1)))
        if recipe == "supposed of an amount":
            total = replace(growth, items=()).fact(kind)
            if subject and self.often(5):
                total = growth.field(subject, kind)
            elif self.often(3):
                total = s.Fact(name="测算额", type=VOCABULARY["测算额"].type)
            parts.append(self._named(growth, growth.bounds_on(total)))
            if self.often(6):  # and so inside a collection, but not of other items
                field = growth.within("项目").field("项目", t.MONEY)
                body = growth.arithmetic("+", total, field)
                total = s.Aggregate(function="合计", collection="项目", body=body, type=t.MONEY)
        elif kind.kind is Kind.NUMBER and self.often(7):
            total = negated(wanted) if self.often(3) else wanted  # of an amount, nobody sees what is below 0
        elif kind.kind is Kind.DATE and self.often(7):
            since = s.Literal(value=date(1, 1, 1), text="0001-01-01", type=t.DATE)
            total = s.DateFunction(function="天数", arguments=(since, wanted), type=t.DAYS)
        else:
            parts.insert(
                self.random.randrange(len(parts) + 1), self._named(growth, self._truth(growth, wanted, kind))
            )
            if self.often(8):
                total = growth.tree(self.random.choice((t.MONEY, t.MONEY, PEOPLE, t.PURE_NUMBER)), depth - 1)
        if self.often(1.5):
            excluded = tuple(self._named(growth, growth.bound(0)) for _ in range(2))
            parts.append(s.Not(body=s.Any(parts=excluded, type=t.BOOL), type=t.BOOL))
        if self.shared and self.often(1.5):
            parts.append(self.random.choice(self.shared))
        if subject is None:
            self.shared += parts
        return self._with_dates(id_, subject, s.All(parts=tuple(parts), type=t.BOOL), total)

    def _truth(self, growth: Growth, wanted: s.Node, kind: Type) -> s.Node:
        """A condition that depends on a tree."""
        if kind.kind is Kind.BOOL:
            return wanted
        if kind.kind is Kind.CHOICE:
            return s.Compare(op="=", left=wanted, right=growth.literal(kind), type=t.BOOL)
        op = self.random.choice(OPERATORS)
        return s.Compare(op=op, left=wanted, right=growth.leaf(kind), type=t.BOOL)

    def _named(self, growth: Growth, body: s.Node) -> s.Named:
        if isinstance(body, s.All | s.Any) and self.often(7):
            parts = tuple(self._named(growth, part) if self.often(6) else part for part in body.parts)
            body = replace(body, parts=parts)
        return s.Named(name=f"条件{self.random.randrange(100_000)}", body=body, type=t.BOOL)

    def _with_dates(self, id_: str, subject: str | None, condition: s.Node, total: s.Node | None) -> Benefit:
        chance = self.random.choice
        period = Period(_START, None)
        if self.often(2):
            ended, unstated = Period(_START, date(2024, 1, 1)), Period(None, None, "", True)
            period = chance((Period(_START, _END), ended, unstated))
        laws: tuple[LaterLaw, ...] = ()
        if self.often(1.5):
            start = chance((date(2024, 1, 1), date(2025, 1, 1)))
            laws = (LaterLaw(start, "某法", chance(("停止", "修改", "待核")), self.often(5)),)
        part = Uncoded("某句", "主观", "要评审")
        amount = None
        if total is not None:
            if total.type.dimension == t.MONEY.dimension and self.often(3):
                cap = quantity(chance(("50万元", "3000元")))
                total = s.Extreme(greatest=False, parts=(total, cap), type=total.type)
            amount = AmountRule(chance(tuple(AmountKind)), total)
        return Benefit(
            id=id_,
            name=id_,
            summary="某补助",
            document=_DOCUMENT,
            cite="一",
            departments=("某局",),
            subject=subject,
            who=(),
            form=Form.GRANT,
            period=period,
            condition=condition,
            amount=amount,
            uncomputable=part if self.often(0.7) else None,
            quota=Quota("前50名") if self.often(0.7) else None,
            uncoded=(part,) if self.often(0.7) else (),
            later_laws=laws,
        )


def make_book(seed: int, benefits: int = 8, depth: int = 3) -> RuleBook:
    """A rule book of so many benefits; the operations of ``RECIPES`` take turns from book to book."""
    names = list(RECIPES)
    turn = [names[(seed * benefits + place) % len(names)] for place in range(benefits)]
    return Maker(seed).book({f"{recipe}#{place}": recipe for place, recipe in enumerate(turn)}, depth)


def recipe_of(benefit: Benefit) -> str:
    """The operation that a benefit of a made book is about."""
    return benefit.id.partition("#")[0]
