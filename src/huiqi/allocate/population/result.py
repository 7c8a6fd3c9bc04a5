"""What becomes of a candidate: where it can stand, whether it gets a place, how much, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiqi.allocate.population.problem import Range


class Outcome(StrEnum):
    """结果, as far as the facts decide it: a certain one holds however the unknown turns out."""

    IN = "入选"
    OUT = "未入选"
    OPEN = "未定"


@dataclass(frozen=True, slots=True)
class Seat:
    """What one ranking says of a candidate, supposing that it takes part in it.

    ``best`` and ``worst`` are the positions that it can have, from 1; no ``worst``, no bound.
    """

    outcome: Outcome
    best: int
    worst: int | None
    because: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer for one candidate of a contest.

    The positions are those of the last ranking that it takes part in, supposing that it is eligible; without
    a ranking there are none. ``paid`` is what it gets in 分, 0 when it gets nothing; what is 未定 may be 0.
    ``because`` is a Chinese clause without a full stop.
    """

    key: str
    best: int | None
    worst: int | None
    outcome: Outcome
    paid: Range
    because: str
