"""What a plan says: what to take and what it pays, what is left out, why, and at what price it could be had.

Money is in 分, whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.allocate.rules import Claim, Received


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that a reason rests on, with the values of the bucket in its words."""

    id: str
    cite: str
    words: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule that keeps a claim out, and ``because`` how it does so: a Chinese clause without a full stop.

    ``against`` are the claims in its way: chosen ones, or for 就高 the higher ones, chosen or not.
    ``received`` is what was already granted and is in its way or has taken a part of the room.
    """

    rule: Rule
    because: str
    against: tuple[Claim, ...] = ()
    received: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """What taking a left-out claim would cost: the best plan minus the best plan that has it, in 分.

    ``low`` is never negative. ``high`` may be: a plan that is certain of less may at best come to more.
    ``drop`` are the chosen claims to give up, ``gain`` what could be taken besides the claim itself.
    """

    low: int
    high: int
    drop: tuple[Claim, ...]
    gain: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A claim to take, paid ``low`` for certain and ``high`` at most, in 分.

    ``reduced_by`` are the totals that keep it below its own amount, and ``because`` says so in Chinese;
    both are empty when it is paid in full.
    """

    claim: Claim
    low: int
    high: int
    reduced_by: tuple[Rule, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is not taken, the rules that keep it out, and what it would cost to take it.

    ``price`` is ``None`` when it cannot be taken at all, because of something already received or because
    a higher one of the same group goes first (就高). ``because`` is all of it in Chinese.
    """

    claim: Claim
    exclusions: tuple[Exclusion, ...]
    price: Price | None
    because: str


@dataclass(frozen=True, slots=True)
class Plan:
    """组合: the best lawful set. Both lists are in the order of the claims' keys; totals in 分."""

    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    total_low: int
    total_high: int
