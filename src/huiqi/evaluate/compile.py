"""From a typed tree to closures: one that gives the value, and one that gives the value with its trace.

Both are built from the same operation per node kind, so an explanation can never differ from an answer. A
closure takes an ``Environment`` and costs about a microsecond a node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any as Anything
from typing import TypeAlias, TypeVar

from huiqi.evaluate import values as v
from huiqi.evaluate.assume import assume, assumptions
from huiqi.evaluate.combine import combination, no_value
from huiqi.evaluate.days import date_operation
from huiqi.evaluate.environment import Environment, Evaluate, Explain, Trace
from huiqi.evaluate.values import Answer, Uncertain
from huiqi.language import syntax as s
from huiqi.language.benefit import DerivedRule, ParameterRule, nodes_behind
from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration, Vocabulary

_ABSENT = object()
Kept = TypeVar("Kept")
Identity: TypeAlias = tuple[s.Node, tuple[str, ...]]


def identity(node: s.Node) -> Identity:
    """What makes two conditions the same one: what they say and the clauses that they rest on."""
    return node, tuple(one.cite for one in s.walk(node))


def unknown_value(declaration: FactDeclaration, key: str) -> Uncertain:
    """What is known of a fact that nobody has given: its kind, its bounds, its options."""
    missing = frozenset((key,))
    kind = declaration.type.kind
    if kind is Kind.NUMBER:
        low = -v.INFINITE if declaration.minimum is None else declaration.minimum
        return Uncertain(missing, low, v.INFINITE if declaration.maximum is None else declaration.maximum)
    if kind is Kind.CHOICE:
        return Uncertain(missing, options=frozenset(declaration.type.options))
    return Uncertain(missing)


class Compiler:
    """Compiles the trees of one rule book; closures of shared nodes are made once."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        rules: Mapping[str, DerivedRule],
        parameters: Mapping[str, ParameterRule],
    ) -> None:
        self._vocabulary, self._rules, self._parameters = vocabulary, rules, parameters
        self.leans_on = _leans_on(rules)
        self._shared: dict[Identity, int] = {}
        self._unknown: dict[str, Uncertain] = {}
        self._derivations: dict[str, Evaluate] = {}
        self._derivation_traces: dict[str, Explain] = {}
        self._definitions: dict[int, tuple[s.Definition, Evaluate]] = {}
        self._definition_traces: dict[int, tuple[s.Definition, Explain]] = {}

    # ---- values ----

    def evaluate(self, node: s.Node) -> Evaluate:
        """A closure that gives the value of ``node``."""
        leaf = self._leaf(node)
        if leaf is not None:
            return leaf
        if isinstance(node, s.Aggregate):
            return self._aggregate(node)
        if isinstance(node, s.Definition):
            return self._definition(node)
        if isinstance(node, s.If):
            return self._if(node)
        operate = operation(node)
        if isinstance(node, s.Compare) and isinstance(node.right, s.Literal):
            return _against(self.evaluate(node.left), v.COMPARISONS[node.op], node.right.value)
        parts = [self.evaluate(child) for child in node.children()]
        if len(parts) == 1:
            (only,) = parts
            return lambda env: operate((only(env),))
        if len(parts) == 2:
            first, second = parts
            return lambda env: operate((first(env), second(env)))
        return lambda env: operate([part(env) for part in parts])

    def explain(self, node: s.Node) -> Explain:
        """A closure that gives the value of ``node`` with its trace."""
        if isinstance(node, s.Fact):
            return self._explain_fact(node)
        leaf = self._leaf(node)
        if leaf is not None:
            return lambda env: Trace(node, leaf(env))
        if isinstance(node, s.Aggregate):
            return self._explain_aggregate(node)
        if isinstance(node, s.Definition):
            return self._explain_definition(node)
        if isinstance(node, s.If):
            return self._explain_if(node)
        operate = operation(node)
        parts = [self.explain(child) for child in node.children()]
        if len(parts) == 1:
            (only,) = parts

            def explain_one(env: Environment) -> Trace:
                child = only(env)
                return Trace(node, operate((child.value,)), (child,))

            return explain_one

        def explain_many(env: Environment) -> Trace:
            children = tuple([part(env) for part in parts])
            return Trace(node, operate([child.value for child in children]), children)

        return explain_many

    # ---- conditions that many benefits ask: worked out once for an enterprise ----

    def share(self, conditions: Iterable[s.Node]) -> None:
        """From now on, keep for each enterprise what these conditions gave, if they lean on facts alone."""
        for node in conditions:
            if identity(node) not in self._shared and self._leans_on_facts_alone(node):
                self._shared[identity(node)] = len(self._shared) + 1

    def _leans_on_facts_alone(self, node: s.Node) -> bool:
        """No item of a subject, no 设, no parameter: those are of one benefit or leave marks of their own."""
        if isinstance(node, s.Definition | s.Parameter) or (
            isinstance(node, s.Fact) and node.name in self._rules
        ):
            return False
        if isinstance(node, s.Fact):
            return not node.collection
        if isinstance(node, s.Aggregate):
            return not any(
                isinstance(one, s.Definition | s.Parameter)
                or (
                    isinstance(one, s.Fact)
                    and (one.collection not in ("", node.collection) or one.name in self._rules)
                )
                for one in s.walk(node)
            )
        return all(self._leans_on_facts_alone(child) for child in node.children())

    def condition(self, node: s.Node) -> tuple[Evaluate, Explain]:
        """Both closures of a benefit's condition, with its shared parts kept."""
        parts = node.children()
        values = [self._kept(part, self.evaluate(part), 1) for part in parts]
        traces = [self._kept(part, self.explain(part), -1) for part in parts]

        def evaluate(env: Environment) -> Answer:
            unsure = None
            for value in values:
                met = value(env)
                if met is False:  # what follows can no longer matter
                    return False
                if met is not True:
                    unsure = met if unsure is None else Uncertain(unsure.missing | met.missing)
            return True if unsure is None else unsure

        def explain(env: Environment) -> Trace:
            children = tuple([trace(env) for trace in traces])
            return Trace(node, v.all_([child.value for child in children]), children)

        return evaluate, explain

    def _kept(
        self, node: s.Node, closure: Callable[[Environment], Kept], sign: int
    ) -> Callable[[Environment], Kept]:
        place = sign * self._shared.get(identity(node), 0)
        if not place:
            return closure

        def read(env: Environment) -> Kept:
            found = env.shared.get(place)
            if found is None:
                found = env.shared[place] = closure(env)
            return found

        return read

    # ---- leaves ----

    def _leaf(self, node: s.Node) -> Evaluate | None:
        if isinstance(node, s.Literal):
            value = node.value
            return lambda env: value
        if isinstance(node, s.Today):
            return lambda env: env.on
        if isinstance(node, s.Unstated):
            unstated = self._unknown_fact(node.name, self._vocabulary[node.name])
            return lambda env: unstated
        if isinstance(node, s.Parameter):
            return self._parameter(self._parameters[node.name])
        if isinstance(node, s.Fact):
            return self._field(node) if node.collection else self._fact(node.name)
        return None

    def _unknown_fact(self, key: str, declaration: FactDeclaration) -> Uncertain:
        if key not in self._unknown:
            self._unknown[key] = unknown_value(declaration, key)
        return self._unknown[key]

    def _field(self, node: s.Fact) -> Evaluate:
        collection, name = node.collection, node.name
        unknown = self._unknown_fact(node.key, self._vocabulary[collection].fields[name])
        return lambda env: env.items[collection].get(name, unknown)

    def _fact(self, name: str) -> Evaluate:
        unknown = self._unknown_fact(name, self._vocabulary[name])
        if name not in self._rules:
            return lambda env: env.facts.get(name, unknown)

        def read(env: Environment) -> Answer:
            stated = env.facts.get(name, _ABSENT)
            if stated is not _ABSENT:
                return stated
            if name not in env.derived:
                alone = Environment(env.facts, env.on, derived=env.derived)
                env.derived[name] = (self.derivation(name)(alone), frozenset(alone.unconfirmed))
            value, unconfirmed = env.derived[name]
            env.unconfirmed |= unconfirmed
            return value

        return read

    def derivation(self, name: str) -> Evaluate:
        """A closure that gives what the rule for a derived fact says, whether or not the fact is stated."""
        if name not in self._derivations:
            self._derivations[name] = self.evaluate(self._rules[name].body)
        return self._derivations[name]

    def _explain_fact(self, node: s.Fact) -> Explain:
        read = self._leaf(node)
        assert read is not None
        if node.collection or node.name not in self._rules:
            return lambda env: Trace(node, read(env))

        def explain(env: Environment) -> Trace:
            value = read(env)
            if node.name in env.facts:
                return Trace(node, value)
            return Trace(node, value, later=lambda: (self._trace_derivation(node.name, env),))

        return explain

    def _trace_derivation(self, name: str, env: Environment) -> Trace:
        if name not in env.derivations:
            if name not in self._derivation_traces:
                self._derivation_traces[name] = self.explain(self._rules[name].body)
            alone = Environment(env.facts, env.on, derived=env.derived, derivations=env.derivations)
            env.derivations[name] = self._derivation_traces[name](alone)
        return env.derivations[name]

    def _parameter(self, rule: ParameterRule) -> Evaluate:
        nothing = Uncertain(frozenset(), -v.INFINITE, v.INFINITE)

        def read(env: Environment) -> Answer:
            value = rule.on(env.on)
            if value is None:
                env.unconfirmed.add(rule.name)
                return nothing
            if not value.confirmed:
                env.unconfirmed.add(rule.name)
            return value.low if value.low == value.high else Uncertain(frozenset(), value.low, value.high)

        return read

    # ---- branches: while the condition is unknown, each is taken where the condition goes its way ----

    def _if(self, node: s.If) -> Evaluate:
        condition = self.evaluate(node.condition)
        then, otherwise = self.evaluate(node.then), self.evaluate(node.otherwise)
        if_true, if_false = (assumptions(node.condition, self.evaluate, way) for way in (True, False))
        leans_on = self.leans_on

        def choose(env: Environment) -> Answer:
            met = condition(env)
            if met is True:
                return then(env)
            if met is False:
                return otherwise(env)
            one = then(assume(env, if_true, leans_on))
            other = otherwise(assume(env, if_false, leans_on))
            return v.hull((one, other), v.missing_of(met))

        return choose

    def _explain_if(self, node: s.If) -> Explain:
        condition = self.explain(node.condition)
        then, otherwise = self.explain(node.then), self.explain(node.otherwise)
        if_true, if_false = (assumptions(node.condition, self.evaluate, way) for way in (True, False))
        leans_on = self.leans_on

        def choose(env: Environment) -> Trace:
            met = condition(env)
            if met.value is True:
                taken = then(env)
                return Trace(node, taken.value, (met, taken))
            if met.value is False:
                taken = otherwise(env)
                return Trace(node, taken.value, (met, taken))
            one = then(assume(env, if_true, leans_on))
            other = otherwise(assume(env, if_false, leans_on))
            value = v.hull((one.value, other.value), v.missing_of(met.value))
            return Trace(node, value, (met, one, other))

        return choose

    # ---- named intermediate values: worked out once for a subject, however often they are used ----

    def _definition(self, node: s.Definition) -> Evaluate:
        key = id(node.body)
        if key not in self._definitions:
            self._definitions[key] = (node, self.evaluate(node.body))
        body = self._definitions[key][1]

        def read(env: Environment) -> Answer:
            home = env.around or env
            if key not in home.defined:
                before = frozenset(home.unconfirmed)
                home.unconfirmed.clear()
                home.defined[key] = (body(home), frozenset(home.unconfirmed))
                home.unconfirmed |= before
            value, unconfirmed = home.defined[key]
            env.unconfirmed |= unconfirmed
            return value

        return read

    def _explain_definition(self, node: s.Definition) -> Explain:
        key = -id(node.body)  # the trace, kept apart from the value
        if key not in self._definition_traces:
            self._definition_traces[key] = (node, self.explain(node.body))
        body = self._definition_traces[key][1]

        def explain(env: Environment) -> Trace:
            home = env.around or env
            if key not in home.defined:
                inner = body(home)
                home.defined[key] = Trace(node, inner.value, (inner,))
            return home.defined[key]  # type: ignore[no-any-return]

        return explain

    # ---- collections ----

    def _aggregate(self, node: s.Aggregate) -> Evaluate:
        collection = node.collection
        body = self.evaluate(node.body) if node.body is not None else None
        where = self.evaluate(node.where) if node.where is not None else None
        combine = combination(node)
        unstated = self._unstated(node, body)

        def aggregate(env: Environment) -> Answer:
            items = env.facts.get(collection, _ABSENT)
            if items is _ABSENT or type(items) is Uncertain:
                return unstated(env)
            scopes = [env.within(collection, item) for item in items]
            kept = [where(scope) if where else True for scope in scopes]
            return combine([body(scope) if body else 1 for scope in scopes], kept)

        return aggregate

    def _explain_aggregate(self, node: s.Aggregate) -> Explain:
        collection = node.collection
        body = self.explain(node.body) if node.body is not None else None
        where = self.explain(node.where) if node.where is not None else None
        combine = combination(node)
        unstated = self._unstated(node, self.evaluate(node.body) if node.body is not None else None)
        label = self._vocabulary[collection].label_field

        def explain(env: Environment) -> Trace:
            items = env.facts.get(collection, _ABSENT)
            if items is _ABSENT or type(items) is Uncertain:
                return Trace(node, unstated(env))
            traces: list[Trace] = []
            results: list[Answer] = []
            kept: list[Answer] = []
            for item in items:
                scope = env.within(collection, item)
                counted = where(scope) if where else None
                kept.append(counted.value if counted else True)
                worth = body(scope) if body else None
                results.append(worth.value if worth else 1)
                traces.extend(part for part in (counted, worth) if part is not None)
            called = tuple(name if isinstance(name := item.get(label), str) else "" for item in items)
            return Trace(node, combine(results, kept), tuple(traces), labels=called)

        return explain

    def _unstated(self, node: s.Aggregate, body: Evaluate | None) -> Evaluate:
        """The value over a collection that nobody has given: any number of items, each wholly unknown."""
        missing = frozenset((node.collection,))
        if node.function in ("任一", "全部"):
            truth = Uncertain(missing)
            return lambda env: truth
        if node.function == "计数" or body is None:
            count = Uncertain(missing, 0, v.INFINITE)
            return lambda env: count

        def bounds(env: Environment) -> Answer:
            if node.function != "合计":  # there may be no item, and then no value
                return no_value(node, missing)
            one = body(env.within(node.collection, {}))
            low, high = v.low_of(one), v.high_of(one)
            outside = frozenset(key for key in v.missing_of(one) if not key.startswith(f"{node.collection}."))
            return v.ranged(0 if low >= 0 else -v.INFINITE, 0 if high <= 0 else v.INFINITE, missing | outside)

        return bounds


def _leans_on(rules: Mapping[str, DerivedRule]) -> dict[str, frozenset[str]]:
    """For each derived fact, every fact that it follows from, directly or through other rules."""
    return {
        name: frozenset(
            node.collection or node.name if isinstance(node, s.Fact) else node.collection
            for node in nodes_behind((rule.body,), rules)
            if isinstance(node, s.Fact | s.Aggregate)
        )
        for name, rule in rules.items()
    }


def _against(side: Evaluate, compare: Callable[[Answer, Answer], Answer], bound: s.Value) -> Evaluate:
    """A comparison with what the rule itself writes, by far the most frequent node."""
    return lambda env: compare(side(env), bound)


def operation(node: s.Node) -> Callable[[Anything], Answer]:
    """What a node does with the values of its children, given in order."""
    return _OPERATIONS[type(node)](node)


def _first(values: Anything) -> Answer:
    return values[0]


def _binary(function: Callable[[Answer, Answer], Answer]) -> Callable[[Anything], Answer]:
    return lambda values: function(values[0], values[1])


def _date_operation(node: s.DateFunction) -> Callable[[Anything], Answer]:
    return date_operation(node.function, [argument.type for argument in node.arguments])


_OPERATIONS: dict[type[s.Node], Callable[[Anything], Callable[[Anything], Answer]]] = {
    s.Named: lambda node: _first,
    s.Not: lambda node: lambda values: v.not_(values[0]),
    s.All: lambda node: v.all_,
    s.Any: lambda node: v.any_,
    s.Compare: lambda node: _binary(v.COMPARISONS[node.op]),
    s.Member: lambda node: v.member,
    s.Arithmetic: lambda node: _binary(v.ARITHMETIC[node.op]),
    s.Negate: lambda node: lambda values: v.negate(values[0]),
    s.Extreme: lambda node: v.greatest if node.greatest else v.least,
    s.Round: lambda node: lambda values: v.round_to(node.mode, values[0], values[1]),
    s.DateFunction: _date_operation,
}
