"""The rules that are made at random are rules: the checker lets them through, and nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from huiqi.language import syntax as s
from huiqi.language.benefit import RuleBook
from huiqi.language.check import Scope, check
from huiqi.language.parse import parse
from huiqi.language.types import Kind
from tests.columns.books import make_book, recipe_of
from tests.columns.rules import RECIPES
from tests.columns.words import PARAMETERS, VOCABULARY
from tests.printer import printed

BOOKS = 30


def trees(book: RuleBook) -> Iterator[tuple[s.Node, tuple[str, ...]]]:
    """Every tree of a book and the collections that it is in, without the names of conditions."""
    for rule in book.rules.values():
        yield rule.body, ()
    for one in book.benefits.values():
        inside = (one.subject,) if one.subject else ()
        yield _unnamed(one.condition), inside
        if one.amount:
            yield one.amount.total, inside


def _unnamed(node: s.Node) -> s.Node:
    if isinstance(node, s.Named):
        return _unnamed(node.body)
    return node.with_children(tuple(map(_unnamed, node.children())))


def read_again(tree: s.Node, inside: tuple[str, ...]) -> tuple[s.Node, list[str]]:
    """What the checker makes of a tree as it is printed, and its complaints."""
    definitions = {node.name: node.body for node in s.walk(tree) if isinstance(node, s.Definition)}
    scope = Scope(VOCABULARY, definitions, dict(PARAMETERS), inside)
    again = check(parse(printed(tree)), scope)
    return again, [str(one) for one in scope.problems]


@pytest.mark.parametrize("seed", range(BOOKS))
def test_the_checker_reads_what_is_printed_as_the_same_tree(seed: int) -> None:
    for tree, inside in trees(make_book(seed)):
        if any(isinstance(node, s.Unstated) for node in s.walk(tree)):
            continue  # the lack of a rule is not written in a formula
        again, problems = read_again(tree, inside)
        assert problems == []
        if isinstance(tree, s.All) and len(tree.parts) == 1:
            (tree,) = tree.parts
        assert _flat(again) == _flat(tree)
        for one, other in zip(s.walk(_flat(again)), s.walk(_flat(tree)), strict=True):
            assert (one.type.kind, one.type.options) == (other.type.kind, other.type.options), printed(tree)
            if one.type.kind is Kind.NUMBER:
                assert one.type.dimension == other.type.dimension, printed(one)


def _flat(node: s.Node) -> s.Node:
    """With 且 in 且 as one, as brackets say no more."""
    node = node.with_children(tuple(map(_flat, node.children())))
    for kind in (s.All, s.Any):
        if isinstance(node, kind):
            parts: list[s.Node] = []
            for part in node.parts:
                parts += part.parts if isinstance(part, kind) else (part,)
            return kind(parts=tuple(parts), type=node.type)
    return node


def test_every_kind_of_node_and_every_operation_is_made() -> None:
    books = [make_book(seed) for seed in range(BOOKS)]
    assert {recipe_of(one) for book in books for one in book.benefits.values()} == set(RECIPES)
    nodes = [
        node
        for book in books
        for tree in (
            *(rule.body for rule in book.rules.values()),
            *(one.condition for one in book.benefits.values()),
            *(one.amount.total for one in book.benefits.values() if one.amount),
        )
        for node in s.walk(tree)
    ]
    kinds = {type(node).__name__ for node in nodes}
    assert kinds == set(s.node_kinds()) - {"Name", "Call"}  # the checker leaves none of these
    assert {node.op for node in nodes if isinstance(node, s.Compare)} == {"=", "!=", "<", "<=", ">", ">="}
    assert {node.function for node in nodes if isinstance(node, s.DateFunction)} == {
        "年数", "月数", "天数", "年度", "推后", "提前", "年初", "年末",
    }  # fmt: skip
    aggregates = [node for node in nodes if isinstance(node, s.Aggregate)]
    assert {(one.function, one.collection) for one in aggregates} >= {("合计", "项目"), ("最大", "门店")}
    assert any(isinstance(inner, s.Aggregate) for one in aggregates for inner in s.walk(one)[1:])
    assert any(one.subject == "项目" for book in books for one in book.benefits.values())


def test_a_seed_makes_the_same_book() -> None:
    assert make_book(5).benefits == make_book(5).benefits != make_book(6).benefits
