"""What is said while facts are unknown stays true when they are known, for any formula and any facts.

These are the promises of docs/language.md, 五, taken as one: a range holds every value that may come out, an
answer never takes back what it said, and the facts that it names are the ones that matter.
"""

from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from huiqi.evaluate.assume import assume as suppose
from huiqi.evaluate.assume import assumptions
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment, Trace
from huiqi.evaluate.values import Answer, Uncertain, is_known, missing_of
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import DerivedRule, ParameterRule
from tests.support import TODAY, VOCABULARY, reference
from tests.trees import Hidden, hidden_facts, parameter_rules, rules, trees


def evaluated(
    tree: s.Node,
    facts: Mapping[str, Any],
    given_rules: Mapping[str, DerivedRule] | None = None,
    parameters: Mapping[str, ParameterRule] | None = None,
) -> Answer:
    compiler = Compiler(VOCABULARY, given_rules or {}, parameters or {})
    return compiler.evaluate(tree)(Environment(facts, TODAY))


def holds(wider: Answer, narrower: Answer) -> bool:
    """Whether every value that ``narrower`` allows is allowed by ``wider``."""
    if is_known(wider):
        return bool(wider == narrower) and isinstance(wider, bool) == isinstance(narrower, bool)
    if is_known(narrower):
        if isinstance(narrower, bool):
            return wider.low is None and wider.options is None
        if isinstance(narrower, str):
            return wider.options is None or narrower in wider.options
        return _ends(wider, narrower, narrower)
    if wider.options is not None:
        return narrower.options is not None and narrower.options <= wider.options
    return _ends(wider, narrower.low, narrower.high)


def _ends(wider: Uncertain, low: Any, high: Any) -> bool:
    return (wider.low is None or (low is not None and wider.low <= low)) and (
        wider.high is None or (high is not None and high <= wider.high)
    )


def same(one: Answer, other: Answer) -> bool:
    return holds(one, other) and holds(other, one)


@reference("L5.1", "L5.2", "L5.3", "L5.4", "L5.5")
@given(tree=trees(), hidden=hidden_facts())
def test_what_is_said_of_unknown_facts_holds_the_truth(tree: s.Node, hidden: Hidden) -> None:
    truth = evaluated(tree, hidden.complete)
    assume(is_known(truth))  # dividing by zero and the like have no value to be held
    assert holds(evaluated(tree, hidden.known), truth)


@reference("L12.1", "L12.2", "L12.4")
@given(
    tree=trees(parameters=True), hidden=hidden_facts(derived=True), rule=rules(), parameter=parameter_rules()
)
def test_so_it_does_with_derived_facts_and_parameters(
    tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule], parameter: ParameterRule
) -> None:
    parameters = {parameter.name: parameter}
    truth = evaluated(tree, hidden.complete, rule, parameters)
    assume(is_known(truth))
    assert holds(evaluated(tree, hidden.known, rule, parameters), truth)


@reference("L5.3")
@given(tree=trees(), hidden=hidden_facts(derived=True), rule=rules(), choice=st.integers(0, 30))
def test_a_fact_more_never_widens_what_was_said(
    tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule], choice: int
) -> None:
    assume(hidden.keys)
    keys = sorted(hidden.keys)
    told = hidden.told(frozenset((keys[choice % len(keys)],)))
    assert holds(evaluated(tree, hidden.known, rule), evaluated(tree, told.known, rule))


@reference("L5.6")
@given(tree=trees(), hidden=hidden_facts(derived=True), rule=rules())
def test_the_facts_that_are_named_settle_it(
    tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule]
) -> None:
    """Filling in what is named, and what is named then, ends in what all the facts give."""
    while named := missing_of(evaluated(tree, hidden.known, rule)):
        assert named <= hidden.keys
        hidden = hidden.told(named)
    assert same(evaluated(tree, hidden.known, rule), evaluated(tree, hidden.complete, rule))


@reference("L5.6")
@given(tree=trees(), hidden=hidden_facts(derived=True), rule=rules())
def test_a_fact_that_is_not_named_changes_nothing(
    tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule]
) -> None:
    answer = evaluated(tree, hidden.known, rule)
    for key in sorted(hidden.keys - missing_of(answer)):
        assert same(answer, evaluated(tree, hidden.told(frozenset((key,))).known, rule)), key


@given(
    tree=trees(parameters=True), hidden=hidden_facts(derived=True), rule=rules(), parameter=parameter_rules()
)
def test_an_explanation_says_what_the_answer_says(
    tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule], parameter: ParameterRule
) -> None:
    compiler = Compiler(VOCABULARY, rule, {parameter.name: parameter})
    answering, explaining = Environment(hidden.known, TODAY), Environment(hidden.known, TODAY)
    trace = compiler.explain(tree)(explaining)
    assert trace.value == compiler.evaluate(tree)(answering)
    assert explaining.unconfirmed == answering.unconfirmed

    def compare(trace: Trace) -> None:
        """Every part too, but for branches that were taken under a supposition and items of a collection."""
        fresh = Environment(hidden.known, TODAY)
        assert trace.value == compiler.evaluate(trace.node)(fresh), trace.node
        if isinstance(trace.node, s.Aggregate):
            return
        if isinstance(trace.node, s.If) and not is_known(trace.children[0].value):
            compare(trace.children[0])
            return
        for child in trace.children:
            compare(child)

    compare(trace)


@reference("L5.7")
@given(
    condition=trees((t.BOOL,)), tree=trees((t.MONEY, t.BOOL, t.DATE)), hidden=hidden_facts(derived=True),
    rule=rules(),
)  # fmt: skip
def test_supposing_what_is_true_excludes_nothing_that_is_true(
    condition: s.Node, tree: s.Node, hidden: Hidden, rule: dict[str, DerivedRule]
) -> None:
    compiler = Compiler(VOCABULARY, rule, {})
    way = compiler.evaluate(condition)(Environment(hidden.complete, TODAY))
    truth = compiler.evaluate(tree)(Environment(hidden.complete, TODAY))
    assume(is_known(way) and is_known(truth))
    given_ways = assumptions(condition, compiler.evaluate, way)
    supposed = suppose(Environment(hidden.known, TODAY), given_ways, compiler.leans_on)
    assert holds(compiler.evaluate(tree)(supposed), truth)
