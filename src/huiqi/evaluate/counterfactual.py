"""The fold ``counterfactual``: what would have to change for a benefit that is ruled out.

Each way is a set of changes to facts that makes the failing conditions true together. Only facts that can
change (可变) and comparisons that say how are offered; a way that cannot be described is left out, and no way
at all is an honest answer too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from huiqi.evaluate.environment import Trace
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import missing_of
from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.vocabulary import Vocabulary, declaration_of
from huiqi.language.words import comparison_words, to_words

_MOST_WAYS = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be otherwise: what it is now and what it would have to be, in words."""

    fact: str
    have: str
    need: str


Way = tuple[Change, ...]


def counterfactual(trace: Trace, vocabulary: Vocabulary) -> tuple[Way, ...]:
    """The ways to make a false condition true, fewest changes first; unknown facts are left as they are."""
    ways = {tuple(dict.fromkeys(way)) for way in islice(_ways(trace, True, vocabulary), 10 * _MOST_WAYS)}
    return tuple(sorted(ways, key=lambda way: (len(way), way_key(way)))[:_MOST_WAYS])


def way_key(way: Way) -> tuple[str, ...]:
    """A stable order among ways of the same length."""
    return tuple(f"{change.fact}{change.need}" for change in way)


def _ways(trace: Trace, wanted: bool, vocabulary: Vocabulary) -> Iterator[Way]:
    if trace.value is wanted or missing_of(trace.value):
        yield ()
        return
    node = trace.node
    if isinstance(node, s.Not):
        yield from _ways(trace.children[0], not wanted, vocabulary)
    elif isinstance(node, s.Named | s.Definition):
        yield from _ways(trace.children[0], wanted, vocabulary)
    elif isinstance(node, s.All | s.Any):
        if isinstance(node, s.All) == wanted:
            yield from _together([list(islice(_ways(c, wanted, vocabulary), 4)) for c in trace.children])
        else:
            for child in trace.children:
                yield from _ways(child, wanted, vocabulary)
    else:
        yield from _one(trace, wanted, vocabulary)


def _together(options: Sequence[Sequence[Way]]) -> Iterator[Way]:
    for chosen in product(*options):
        yield tuple(change for way in chosen for change in way)


def _one(trace: Trace, wanted: bool, vocabulary: Vocabulary) -> Iterator[Way]:
    node = trace.node
    if isinstance(node, s.Fact):
        if trace.children:  # a derived fact changes through what it follows from
            return
        if declaration_of(vocabulary, node.key).changeable:
            yield (Change(node.key, "是" if trace.value else "否", "是" if wanted else "否"),)
    elif isinstance(node, s.Compare | s.Member):
        facts = [n for n in s.walk(node) if isinstance(n, s.Fact)]
        if not facts or not all(declaration_of(vocabulary, fact.key).changeable for fact in facts):
            return
        if isinstance(node, s.Compare) and node.left.type.kind in (Kind.NUMBER, Kind.DATE):
            left, right = trace.children
            need = f"{comparison_words(node.op, node.left.type, wanted)}{_target(right)}"
            yield (Change(to_words(node.left), answer_words(left.value, node.left.type), need),)
        else:
            left = trace.children[0]
            yield (
                Change(to_words(left.node), answer_words(left.value, left.node.type), to_words(node, wanted)),
            )
    elif isinstance(node, s.Aggregate) and vocabulary[node.collection].changeable:
        yield (Change(node.collection, to_words(node, not wanted), to_words(node, wanted)),)


def _target(trace: Trace) -> str:
    if isinstance(trace.node, s.Literal):
        return to_words(trace.node)
    return f"{to_words(trace.node)}（{answer_words(trace.value, trace.node.type)}）"
