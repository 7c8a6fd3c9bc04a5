"""Rows of made-up tables as the facts that people would write."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.catalogue.source import Key, ListNode, MapNode, Node, ScalarNode
from huiqi.language.syntax import Span
from huiqi.population.plan import Plan
from huiqi.population.read import read_plan

SHIPPED = Path(__file__).parents[2] / "catalogue"
_AT = Span("row", 1, 1)


@cache
def shipped() -> tuple[Catalogue, Plan]:
    """The shipped catalogue and its population, read once."""
    catalogue = load_catalogue(SHIPPED)
    return catalogue, read_plan(catalogue)


def as_facts(row: Mapping[str, Any]) -> Node:
    """A row as a facts file would hold it; what is null is not written."""
    return _node({name: value for name, value in row.items() if name != "编号"})


def _node(value: Any) -> Node:
    if isinstance(value, Mapping):
        mapping = MapNode(_AT)
        for key, inner in value.items():
            if inner is not None:
                mapping[Key(key, _AT)] = _node(inner)
        return mapping
    if isinstance(value, list):
        items = ListNode(_AT)
        items.extend(map(_node, value))
        return items
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    return ScalarNode(str(exact), exact, _AT)
