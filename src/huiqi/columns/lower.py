"""From the syntax tree to columns: ``to_columns``, one more fold over the same tree.

What each node means is in ``values``; here is only what a fold must know: where facts come from, what 如果
and an amount suppose of them, what rules derive, and what collections sum up. It follows ``evaluate.compile``
and ``evaluate.assume`` step by step, and agreement with them is tried, not hoped for (``tests/columns``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

from huiqi.columns.aggregates import Aggregates
from huiqi.columns.batch import LARGEST, tick
from huiqi.columns.days import FIRST, LAST, Days, day_number
from huiqi.columns.ends import End, NotColumnarError
from huiqi.columns.program import ENTERPRISE, INFINITE, Program, Space
from huiqi.columns.scope import Scope
from huiqi.columns.values import Choice, Range, Truth, Value, Values
from huiqi.evaluate.assume import MIRRORED, OPPOSITE
from huiqi.evaluate.compile import Compiler
from huiqi.language import syntax as s
from huiqi.language.benefit import RuleBook
from huiqi.language.types import MONEY, Kind
from huiqi.language.vocabulary import FactDeclaration


class Lowering:
    """Lowers the trees of one rule book, on one day, for tables that give certain columns.

    ``given`` are the keys that the table has: 事实, 集合, 集合.字段. What it does not have is unknown for
    all, and costs nothing.
    """

    def __init__(self, book: RuleBook, on: date, given: frozenset[str]) -> None:
        self.book, self.on, self.given = book, on, given
        self.program = Program()
        self.values = Values(self.program)
        self.days = Days(self.values)
        self.leans_on: Mapping[str, frozenset[str]] = Compiler(
            book.vocabulary, book.rules, book.parameters
        ).leans_on
        self._aggregates = Aggregates(self)
        self._derived: dict[str, Value] = {}
        self.enterprise = Scope(ENTERPRISE)
        self._made: dict[tuple[int, int], tuple[s.Node, Scope, Value]] = {}

    def lower(self, node: s.Node, scope: Scope) -> Value:
        """The value of a node, in the space of the scope."""
        key = id(node), id(scope)  # both are kept, so that no other can have the same
        if key not in self._made:
            self._made[key] = node, scope, self._LOWER[type(node)](self, node, scope)
        return self._made[key][2]

    def truth(self, node: s.Node, scope: Scope) -> Truth:
        """The value of a condition."""
        return cast("Truth", self.lower(node, scope))

    def range(self, node: s.Node, scope: Scope) -> Range:
        """The value of a number or a day."""
        return cast("Range", self.lower(node, scope))

    # ---- leaves ----

    def _literal(self, node: s.Literal, scope: Scope) -> Value:
        value = node.value
        if isinstance(value, bool):
            return self.values.truth(value)
        if isinstance(value, date):
            return self.values.number(day_number(value), day=True)
        if isinstance(value, str):
            if node.type.kind is not Kind.CHOICE:
                raise NotColumnarError("文本")
            return self.values.option(value)
        return self.values.number(value)

    def _today(self, node: s.Today, scope: Scope) -> Value:
        return self.values.number(day_number(self.on), day=True)

    def _unstated(self, node: s.Unstated, scope: Scope) -> Value:
        return self._nothing_known(self.book.vocabulary[node.name], node.name)

    def _parameter(self, node: s.Parameter, scope: Scope) -> Value:
        value = self.book.parameters[node.name].on(self.on)
        used = self.program.truth(value is None or not value.confirmed)
        if value is None:
            return self.values.boundless({}, used)
        low, high = self.values.ends.constant(value.low), self.values.ends.constant(value.high)
        return Range(low, high, {}, used)

    def _fact(self, node: s.Fact, scope: Scope) -> Value:
        value = self._unsupposed(node, scope)
        for where, supposed in scope.supposed.get(node.key, ()):
            value = self.values.select(where, supposed, value)
        return value

    def _unsupposed(self, node: s.Fact, scope: Scope) -> Value:
        """The fact as the table or a rule gives it, whatever is supposed of it itself."""
        p = self.program
        if node.collection:
            return self._field(node, scope)
        stated = self._column(self.book.vocabulary[node.name], node.name, ENTERPRISE)
        if node.name not in self.book.rules:
            return self.values.spread(stated, scope.space)
        stated = self.values.spread(stated, scope.space)
        known = p.not_(self.values.unknown(stated))
        if node.name not in self.given:
            return self._derive(node.name, scope)
        return self.values.select(known, stated, self._derive(node.name, scope))

    def _derive(self, name: str, scope: Scope) -> Value:
        """What the rule says, under what the scope supposes of the facts that it leans on."""
        body = self.book.rules[name].body
        leaning = self.leans_on[name]
        supposed = {key: value for key, value in scope.supposed.items() if key in leaning}
        if supposed:
            return self.lower(body, Scope(scope.space, supposed=supposed))
        if name not in self._derived:
            self._derived[name] = self.lower(body, self.enterprise)
        return self.values.spread(self._derived[name], scope.space)

    def _field(self, node: s.Fact, scope: Scope) -> Value:
        declared = self.book.vocabulary[node.collection].fields[node.name]
        space = scope.items[node.collection]
        if space is None:
            return self._nothing_known(declared, node.key)
        own = self._column(declared, node.key, (node.collection,))
        if len(space) > 1:
            own = self.values.moved(own, lambda place: self.program.align(place, space))
        return self.values.spread(own, scope.space)

    def _column(self, declared: FactDeclaration, key: str, space: Space) -> Value:
        """What the table says of a fact or field, in its own space."""
        if key not in self.given:
            return self._nothing_known(declared, key)
        p, kind = self.program, declared.type
        missing, never = {key: p.truth(True)}, p.truth(False)
        if kind.kind is Kind.BOOL:
            return Truth(p.load("true", key, space), p.load("false", key, space), missing, never)
        if kind.kind is Kind.CHOICE:
            code = p.load("code", key, space, -1, len(kind.options) - 1)
            unknown = p.equal(code, p.whole(-1))
            surely = {word: p.equal(code, p.whole(i)) for i, word in enumerate(kind.options)}
            can = {word: p.or_(unknown, place) for word, place in surely.items()}
            return Choice(can, surely, unknown, missing, never)
        if kind.kind is Kind.DATE:
            low, high = (
                p.load("low", key, space, -INFINITE, LAST),
                p.load("high", key, space, FIRST, INFINITE),
            )
            unit = Fraction(1)
            return Range(End(low, unit, -FIRST + LAST), End(high, unit, -FIRST + LAST), missing, never, True)
        if kind.kind is not Kind.NUMBER:
            raise NotColumnarError("文本")
        unit = tick(kind)
        least, most = bounds_in_ticks(declared)
        if any(one is not None and Fraction(one) % unit for one in (declared.minimum, declared.maximum)):
            raise NotColumnarError("界限不是整数个单位")
        if least is not None and least == most:
            raise NotColumnarError("上下限相同")  # nothing is known of it, though there is but one value
        low = p.load(
            "low", key, space, -INFINITE if least is None else least, LARGEST if most is None else most
        )
        high = p.load(
            "high", key, space, -LARGEST if least is None else least, INFINITE if most is None else most
        )
        return Range(End(low, unit, LARGEST), End(high, unit, LARGEST), missing, never)

    def _nothing_known(self, declared: FactDeclaration, key: str) -> Value:
        p, kind = self.program, declared.type.kind
        missing, ends = {key: p.truth(True)}, self.values.ends
        if kind is Kind.BOOL:
            return self.values.open_truth(missing)
        if kind is Kind.CHOICE:
            return self.values.some_option(declared.type.options, missing)
        if kind is Kind.DATE:
            return self.values.boundless(missing, p.truth(False), day=True)
        if kind is not Kind.NUMBER:
            raise NotColumnarError("文本")
        if declared.minimum is not None and declared.minimum == declared.maximum:
            raise NotColumnarError("上下限相同")
        low = ends.unbounded(-1) if declared.minimum is None else ends.constant(declared.minimum)
        high = ends.unbounded(1) if declared.maximum is None else ends.constant(declared.maximum)
        return Range(low, high, missing, p.truth(False))

    # ---- nodes over their parts ----

    def _named(self, node: s.Named, scope: Scope) -> Value:
        return self.lower(node.body, scope)

    def _definition(self, node: s.Definition, scope: Scope) -> Value:
        home = scope.home
        return self.values.spread(self.lower(node.body, home), scope.space)

    def _not(self, node: s.Not, scope: Scope) -> Value:
        return self.values.not_(self.truth(node.body, scope))

    def _all(self, node: s.All, scope: Scope) -> Value:
        return self.values.all_([self.truth(part, scope) for part in node.parts])

    def _any(self, node: s.Any, scope: Scope) -> Value:
        return self.values.any_([self.truth(part, scope) for part in node.parts])

    def _compare(self, node: s.Compare, scope: Scope) -> Value:
        return self.values.compare(node.op, self.lower(node.left, scope), self.lower(node.right, scope))

    def _member(self, node: s.Member, scope: Scope) -> Value:
        item = self.lower(node.item, scope)
        listed = [one.value for one in node.options if isinstance(one, s.Literal)]
        if isinstance(item, Choice) and len(listed) == len(node.options):
            return self.values.among(item, frozenset(str(one) for one in listed))
        return self.values.any_([self.values.equal(item, self.lower(one, scope)) for one in node.options])

    def _arithmetic(self, node: s.Arithmetic, scope: Scope) -> Value:
        left, right = self.range(node.left, scope), self.range(node.right, scope)
        if node.op == "+":
            return self.values.add(left, right)
        if node.op == "-":
            return self.values.add(left, self.values.negate(right))
        return self.values.multiply(left, right) if node.op == "*" else self.values.divide(left, right)

    def _negate(self, node: s.Negate, scope: Scope) -> Value:
        return self.values.negate(self.range(node.body, scope))

    def _extreme(self, node: s.Extreme, scope: Scope) -> Value:
        return self.values.extreme([self.range(part, scope) for part in node.parts], node.greatest)

    def _round(self, node: s.Round, scope: Scope) -> Value:
        assert isinstance(node.step, s.Literal)
        assert isinstance(node.step.value, int | Fraction)
        return self.values.round_to(node.mode, self.range(node.body, scope), Fraction(node.step.value))

    def _date_function(self, node: s.DateFunction, scope: Scope) -> Value:
        arguments = [self.range(one, scope) for one in node.arguments]
        return self.days.apply(node.function, arguments, [one.type for one in node.arguments])

    def _if(self, node: s.If, scope: Scope) -> Value:
        values, p = self.values, self.program
        met = self.truth(node.condition, scope)
        open_ = values.unknown(met)
        if p.constant_of(met.true) is True or p.constant_of(met.false) is True:
            taken = self.lower(node.then if p.constant_of(met.true) is True else node.otherwise, scope)
            return self._with_use(taken, met.used)
        # where the condition is known nothing is supposed, so that each branch is lowered but once
        then = self.lower(node.then, self.supposing(node.condition, scope, True, open_))
        otherwise = self.lower(node.otherwise, self.supposing(node.condition, scope, False, open_))
        found = values.select(met.true, then, otherwise)
        if p.constant_of(open_) is not False:
            found = values.select(open_, values.hull(then, otherwise, values.waiting(met)), found)
        return self._with_use(found, met.used)

    def _with_use(self, value: Value, used: int) -> Value:
        if self.program.constant_of(used) is False:
            return value
        return replace(value, used=self.program.or_(value.used, used))

    def _aggregate(self, node: s.Aggregate, scope: Scope) -> Value:
        return self._aggregates.lower(node, scope)

    # ---- what 如果 and an amount suppose of facts that are unknown (evaluate.assume) ----

    def supposing(
        self,
        condition: s.Node,
        scope: Scope,
        wanted: bool,
        where: int,
        matters: frozenset[str] | None = None,
    ) -> Scope:
        """The scope in which a condition goes one way: what that says for certain of unknown facts.

        It is supposed only ``where`` that is true, and only of facts that ``matters`` names, if it does.
        """

        def visit(node: s.Node, wanted: bool) -> None:
            nonlocal scope
            while isinstance(node, s.Named | s.Definition):
                node = node.body
            if isinstance(node, s.Not):
                visit(node.body, not wanted)
            elif isinstance(node, s.All if wanted else s.Any):
                for part in node.children():
                    visit(part, wanted)
            else:
                for fact, narrow in self._narrowings(node, wanted):
                    if matters is None or fact.key in matters:
                        scope = self._suppose(fact, narrow, scope, where)

        visit(condition, wanted)
        return scope

    def _suppose(
        self, fact: s.Fact, narrow: Callable[[Value], tuple[int, Value]], scope: Scope, where: int
    ) -> Scope:
        if fact.collection and (fact.collection not in scope.items):
            return scope
        value = self.lower(fact, scope)
        p = self.program
        changes, narrowed = narrow(value)
        where = p.and_(where, self.values.unknown(value), changes)
        if p.constant_of(where) is False:
            return scope
        return scope.suppose(fact.key, where, narrowed)

    def _narrowings(
        self, node: s.Node, wanted: bool
    ) -> list[tuple[s.Fact, Callable[[Value], tuple[int, Value]]]]:
        always = self.program.truth(True)
        if isinstance(node, s.Fact) and node.type.kind is Kind.BOOL:
            return [(node, lambda old: (always, self.values.truth(wanted)))]
        if isinstance(node, s.Member) and isinstance(node.item, s.Fact):
            listed = [one.value for one in node.options if isinstance(one, s.Literal)]
            if node.item.type.kind is Kind.CHOICE and len(listed) == len(node.options):
                words = frozenset(str(one) for one in listed)
                return [(node.item, lambda old: self._within(cast("Choice", old), words, wanted))]
        if isinstance(node, s.Compare):
            for fact, other, op in (
                (node.left, node.right, node.op),
                (node.right, node.left, MIRRORED[node.op]),
            ):
                if isinstance(fact, s.Fact) and isinstance(other, s.Literal):
                    return self._comparison(fact, op if wanted else OPPOSITE[op], other)
        return []

    def _comparison(
        self, fact: s.Fact, op: str, other: s.Literal
    ) -> list[tuple[s.Fact, Callable[[Value], tuple[int, Value]]]]:
        kind, bound = fact.type, other.value
        if kind.kind is Kind.CHOICE and op in ("=", "!="):
            words = frozenset((str(bound),))
            return [(fact, lambda old: self._within(cast("Choice", old), words, op == "="))]
        if op == "=":
            exact = self._literal(other, Scope(ENTERPRISE))
            return [(fact, lambda old: (self.program.truth(True), exact))]
        if kind.kind is Kind.NUMBER and op != "!=":
            assert isinstance(bound, int | Fraction)
            step = self._step_above(fact, bound)
            return [(fact, lambda old: self._between(cast("Range", old), op, Fraction(bound), step))]
        return []

    def _step_above(self, fact: s.Fact, bound: int | Fraction) -> int:
        """超过 an amount of money begins one 分 above it, as in ``evaluate.assume``."""
        money = fact.type.dimension == MONEY.dimension and isinstance(bound, int) and bound
        derived = not fact.collection and fact.name in self.book.rules
        return 1 if money and not derived else 0

    def _between(self, old: Range, op: str, bound: Fraction, step: int) -> tuple[int, Value]:
        ends = self.values.ends
        low, high = old.low, old.high
        if op in (">", ">="):
            low = ends.largest([low, ends.constant(bound + (step if op == ">" else 0))])
        else:
            high = ends.smallest([high, ends.constant(bound - (step if op == "<" else 0))])
        return ends.at_most(low, high), Range(low, high, old.missing, old.used)

    def _within(self, old: Choice, listed: frozenset[str], wanted: bool) -> tuple[int, Value]:
        p = self.program
        left = {word: place for word, place in old.can.items() if (word in listed) == wanted}
        seen, several = p.truth(False), p.truth(False)
        for place in left.values():
            several = p.or_(several, p.and_(seen, place))
            seen = p.or_(seen, place)
        return seen, Choice(left, {}, several, old.missing, old.used)

    _LOWER: Mapping[type[s.Node], Callable[..., Value]] = {
        s.Literal: _literal,
        s.Today: _today,
        s.Unstated: _unstated,
        s.Parameter: _parameter,
        s.Fact: _fact,
        s.Named: _named,
        s.Definition: _definition,
        s.Not: _not,
        s.All: _all,
        s.Any: _any,
        s.Compare: _compare,
        s.Member: _member,
        s.Arithmetic: _arithmetic,
        s.Negate: _negate,
        s.Extreme: _extreme,
        s.If: _if,
        s.Round: _round,
        s.DateFunction: _date_function,
        s.Aggregate: _aggregate,
    }


def bounds_in_ticks(declared: FactDeclaration) -> tuple[int | None, int | None]:
    """The least and the most ticks that a number can have by its declaration."""
    unit = tick(declared.type)
    low = None if declared.minimum is None else -(-Fraction(declared.minimum) // unit)
    high = None if declared.maximum is None else Fraction(declared.maximum) // unit
    return low, high
