"""How well the extractor does on clauses that were read by hand: what it finds, misses, and invents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huiqi.library.ledger import Deadline, DeadlineKind, Ledger, Target

ROLES = ("牵头", "负责", "分工", "落实", "配合")


@dataclass
class Score:
    """Counts over all clauses: found and right, invented, missed; and where."""

    right: int = 0
    invented: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, where: str, expected: Iterable[str], found: Iterable[str]) -> None:
        wanted, got = Counter(expected), Counter(found)
        self.right += (wanted & got).total()
        self.invented += [f"{where}: {each}" for each in (got - wanted).elements()]
        self.missed += [f"{where}: {each}" for each in (wanted - got).elements()]

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.right, len(self.invented), len(self.missed)

    @property
    def precision(self) -> float:
        return self.right / ((self.right + len(self.invented)) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + len(self.missed)) or 1)


WHAT = ("主体", "主体和角色", "时限", "目标", "目标和比较", "目标和时限")


def measure(
    ledgers: Mapping[str, Ledger], sample: Mapping[str, Any], strata: Iterable[str]
) -> dict[str, Score]:
    """The scores of ledgers, by 文号 or title, on the clauses of a sample, which may shorten titles."""
    scores = {what: Score() for what in WHAT}
    chosen = set(strata)
    for name, by_stratum in sample.items():
        ledger = ledger_named(ledgers, name)
        for stratum in chosen & set(by_stratum):
            for cite, expected in by_stratum[stratum].items():
                _score(scores, f"{name} {cite}", expected or {}, ledger, cite)
    return scores


def ledger_named(ledgers: Mapping[str, Ledger], name: str) -> Ledger:
    """The ledger of the document that a sample names."""
    return next(ledger for full, ledger in ledgers.items() if full.startswith(name))


def _score(
    scores: dict[str, Score], where: str, expected: Mapping[str, Any], ledger: Ledger, cite: str
) -> None:
    duties = [duty for duty in ledger.duties if duty.cite == cite]
    bodies = [body for duty in duties for body in duty.bodies]
    deadlines = [deadline for duty in duties for deadline in duty.deadlines]
    targets = [target for target in ledger.targets if target.cite == cite]
    named = [(name, role) for role in ROLES for name in expected.get(role, ())]
    scores["主体"].add(where, (name for name, _ in named), (body.name for body in bodies))
    scores["主体和角色"].add(
        where, (f"{name} {role}" for name, role in named), (f"{body.name} {body.role}" for body in bodies)
    )
    times = expected.get("时限", [])
    scores["时限"].add(where, times, (_time(deadline, times) for deadline in deadlines))
    goals = [goal.split() for goal in expected.get("目标", ())]
    for what, parts in (("目标", (1, 2)), ("目标和比较", (0, 1, 2)), ("目标和时限", (1, 2, 3))):
        scores[what].add(
            where, (_pick(goal, parts) for goal in goals), (_pick(_goal(each), parts) for each in targets)
        )


def _time(deadline: Deadline, expected: Iterable[str]) -> str:
    if deadline.kind is DeadlineKind.ONGOING:
        return "持续"
    if deadline.day and deadline.precision:
        return f"{deadline.day} {deadline.precision}"
    return next((words for words in expected if deadline.words.endswith(words)), deadline.words)


def _goal(target: Target) -> list[str]:
    low, high = _number(target.low), _number(target.high)
    number = low if low == high else f"{low}-{high}"
    return [target.comparator.value, number, target.unit, *([str(target.by.day)] if target.by else [])]


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))


def _pick(goal: list[str], parts: Iterable[int]) -> str:
    return " ".join(goal[part] if part < len(goal) else "-" for part in parts)
