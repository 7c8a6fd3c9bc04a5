"""What every peer gives: sums for each rule, or every answer; and whether two of them agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Row: TypeAlias = tuple[int, int, int, int, int, int]
"""Of one rule: due, something missing, not due; sums of least and most; how often nothing bounds the most."""

Sums: TypeAlias = list[Row]
Answers: TypeAlias = tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""By rule and row: 0 due, 1 something missing, 2 not due; least and most in 分, -1 where it has no bound."""

NAMES = ("符合或可能", "待补充", "不符合", "至少", "至多", "上不封顶")


def summed(answers: Answers) -> Sums:
    """The sums of every answer."""
    verdicts, lows, highs = answers
    found = []
    for verdict, low, high in zip(verdicts, lows, highs, strict=True):
        live, bounded = verdict != 2, high >= 0
        counts = [int((verdict == which).sum()) for which in range(3)]
        ends = int(low[live].sum()), int(high[live & bounded].sum()), int((live & ~bounded).sum())
        found.append((counts[0], counts[1], counts[2], *ends))
    return found


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of several tables."""
    every = list(parts)
    return [tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*every, strict=True)]  # type: ignore[misc]


def differences(benefits: tuple[str, ...], ours: Sums, theirs: Sums) -> list[str]:
    """Where two peers disagree, in words."""
    return [
        f"{benefit} {name}: {one} / {other}"
        for benefit, left, right in zip(benefits, ours, theirs, strict=True)
        for name, one, other in zip(NAMES, left, right, strict=True)
        if one != other
    ]
