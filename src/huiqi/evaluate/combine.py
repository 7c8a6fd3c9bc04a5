"""Combining the items of a collection: what each is worth, and whether it counts (合计, 计数, 任一 …)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from huiqi.evaluate import values as v
from huiqi.evaluate.values import Answer, Uncertain
from huiqi.language import syntax as s
from huiqi.language.types import Kind

Combine: TypeAlias = Callable[[list[Answer], list[Answer]], Answer]


def combination(node: s.Aggregate) -> Combine:
    """What an aggregate makes of the worths of its items and of whether each counts, both in order."""
    return _WAYS[node.function](node)


def _sum(worths: list[Answer], kept: list[Answer]) -> Answer:
    total: Answer = 0
    for worth, keep in zip(worths, kept, strict=True):
        if keep is False:
            continue
        total = v.add(total, worth if keep is True else v.hull((0, worth), v.missing_of(keep)))
    return total


def _any(worths: list[Answer], kept: list[Answer]) -> Answer:
    return v.any_(worths)


def _all(worths: list[Answer], kept: list[Answer]) -> Answer:
    return v.all_(worths)


def _extreme(node: s.Aggregate) -> Combine:
    pick = v.greatest if node.function == "最大" else v.least

    def combine(worths: list[Answer], kept: list[Answer]) -> Answer:
        sure = [worth for worth, keep in zip(worths, kept, strict=True) if keep is True]
        maybe = [(worth, keep) for worth, keep in zip(worths, kept, strict=True) if not v.is_known(keep)]
        missing = frozenset().union(*(v.missing_of(keep) for _, keep in maybe))
        if not sure:  # nothing may count, and the largest of nothing has no value
            return no_value(node, missing.union(*(v.missing_of(worth) for worth, _ in maybe)))
        base = pick(sure)
        return v.hull((base, pick([*sure, *(worth for worth, _ in maybe)])), missing) if maybe else base

    return combine


def no_value(node: s.Aggregate, missing: frozenset[str]) -> Uncertain:
    """What may have no value has no bounds either, or a comparison could be decided that never can be."""
    if node.type.kind is Kind.DATE:
        return Uncertain(missing)
    return Uncertain(missing, -v.INFINITE, v.INFINITE)


_WAYS: dict[str, Callable[[s.Aggregate], Combine]] = {
    "合计": lambda node: _sum,
    "计数": lambda node: _sum,
    "任一": lambda node: _any,
    "全部": lambda node: _all,
    "最大": _extreme,
    "最小": _extreme,
}
