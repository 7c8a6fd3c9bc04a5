"""抽查: drawing closed cases for a check, so that anybody can draw the same again and nobody can choose.

Each locality and department is drawn from by itself, never less than its share, so the whole never is either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiqi.clocks import WorkCalendar
from huiqi.procedures.definition import Definition
from huiqi.procedures.reports import Filed, ReportPeriod, counted, log_within, unlike
from huiqi.procedures.statistics import Sample


@dataclass(frozen=True, slots=True)
class Stratum:
    """The closed cases of one department in one locality, by number, and those of them that were drawn."""

    locality: str
    department: str
    closed: tuple[str, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw with all that is needed to draw it again: ``digest`` is of the list that it was drawn from."""

    period: ReportPeriod
    seed: str
    number: int
    digest: str
    strata: tuple[Stratum, ...]
    rules: tuple[Sample, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """Every case that was drawn."""
        return tuple(number for stratum in self.strata for number in stratum.drawn)

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "seed": self.seed,
            "number": self.number,
            "digest": self.digest,
            "rules": [{"percent": rule.percent, "cite": rule.cite} for rule in self.rules],
            "strata": [
                {
                    "locality": each.locality,
                    "department": each.department,
                    "closed": list(each.closed),
                    "drawn": list(each.drawn),
                }
                for each in self.strata
            ],
        }


def share(count: int, percent: int) -> int:
    """The smallest whole number that is not less than so many percent."""
    return -(-count * percent // 100)


def draw_sample(
    cases: Iterable[Filed], period: ReportPeriod, seed: str, number: int = 1, *, calendar: WorkCalendar
) -> Draw:
    """Draw from the cases that were closed in a period; drawing again is another ``number``, from 1.

    The seed must be fixed before the list is, or somebody could try seeds. Raises ValueError without a seed,
    and for a case whose procedure has no 统计 or no 抽查.
    """
    if not seed or number < 1:
        raise ValueError("抽查要有种子，抽签的次数从 1 数起")
    closed: dict[tuple[str, str], list[str]] = {}
    rules: dict[tuple[str, str], list[Sample]] = {}
    for filed in unlike(cases):
        events, rule = counted(filed.definition).closed, sampling_rule(filed.definition)
        log = log_within(filed, period, calendar)
        if any(entry.event in events and entry.when in period for entry in log):
            stratum = (filed.locality, filed.department)
            closed.setdefault(stratum, []).append(filed.number)
            rules.setdefault(stratum, []).append(rule)
    lists = [[*stratum, sorted(closed[stratum])] for stratum in sorted(closed)]
    digest = _digest([period.first.isoformat(), period.last.isoformat(), lists])
    strata = []
    for stratum in sorted(closed):
        numbers = tuple(sorted(closed[stratum]))
        lots = {each: _digest([seed, number, digest, *stratum, each]) for each in numbers}
        by_lot = sorted(numbers, key=lots.__getitem__)
        much = share(len(numbers), max(rule.percent for rule in rules[stratum]))
        strata.append(Stratum(*stratum, numbers, tuple(sorted(by_lot[:much]))))
    every = dict.fromkeys(rule for stratum in sorted(rules) for rule in rules[stratum])
    return Draw(period, seed, number, digest, tuple(strata), tuple(every))


def sampling_rule(definition: Definition) -> Sample:
    """How much of the cases of a procedure is drawn. Raises ValueError when it does not say."""
    rule = counted(definition).sample
    if rule is None:
        raise ValueError(f"「{definition.name}」的「统计」没有写「抽查」")
    return rule


def _digest(value: object) -> str:
    """The SHA-256 of a value written in one way only."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
