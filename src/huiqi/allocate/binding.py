"""Apply rules to claims: who is barred from the start, and which slots and totals the others share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from huiqi.allocate.problem import Cap, Problem
from huiqi.allocate.result import Exclusion, Rule
from huiqi.allocate.rules import Bucket, Claim, Limit, Received, UpperFunds, buckets, fill, is_higher


@dataclass(frozen=True, slots=True)
class BoundCap:
    """A limit in one bucket, on the claims by number: what may still be taken or paid there, and what already was."""

    rule: Rule
    members: tuple[int, ...]
    room: int
    received: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Rules applied to claims: ``barred`` by number with the reasons, and caps on those that are left, the ``open``.

    ``problem`` is about the open ones, by position in ``open``; the caps keep the numbers of the claims.
    """

    barred: Mapping[int, tuple[Exclusion, ...]]
    open: tuple[int, ...]
    slots: tuple[BoundCap, ...]
    totals: tuple[BoundCap, ...]
    problem: Problem
