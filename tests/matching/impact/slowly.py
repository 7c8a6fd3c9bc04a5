"""The impact of a policy worked out enterprise by enterprise from single answers, by none of the fast code.

Money is in 分 and exact; ``None`` is an end without a bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huiqi.catalogue.load import Catalogue
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result, Verdict
from huiqi.tables import open_table
from tests.matching.impact.conftest import Case

BEST = ("符合", "可能符合", "待补充", "不可计算", "不在期内", "不符合")
PAYING = ("奖补", "贴息", "减税", "减费", "补偿")
End = Fraction | None


def plus(ends: Iterable[End]) -> End:
    """A sum; without a bound when a part has none."""
    found = list(ends)
    return None if None in found else sum((one for one in found if one is not None), Fraction(0))


def minus(mine: End, other: End) -> End:
    return None if mine is None or other is None else mine - other


@dataclass
class Side:
    """What an enterprise gets of a benefit in one version."""

    results: list[Result]

    def among(self, *verdicts: Verdict) -> list[Result]:
        return [one for one in self.results if one.verdict in verdicts]

    @property
    def verdict(self) -> str | None:
        return min((one.verdict.value for one in self.results), key=BEST.index, default=None)

    def status(self, granted: bool) -> str:
        good = (Verdict.ELIGIBLE, Verdict.LIKELY) if granted else (Verdict.ELIGIBLE,)
        if self.among(*good):
            return "有"
        return "未定" if self.among(Verdict.LIKELY, Verdict.INCOMPLETE, Verdict.UNCOMPUTABLE) else "无"

    def low(self, granted: bool) -> Fraction:
        good = (Verdict.ELIGIBLE, Verdict.LIKELY) if granted else (Verdict.ELIGIBLE,)
        return sum((Fraction(one.amount.low) for one in self.among(*good) if one.amount), Fraction(0))

    @property
    def high(self) -> End:
        return plus(high_of(one) for one in self.open)

    @property
    def open(self) -> list[Result]:
        return self.among(Verdict.ELIGIBLE, Verdict.LIKELY, Verdict.INCOMPLETE)

    @property
    def void(self) -> bool:
        return self.verdict == "不可计算"

    @property
    def waits(self) -> set[str]:
        return {name for one in self.open for name in (*one.missing, *one.missing_for_amount)}

    @property
    def pays(self) -> bool:
        return any(one.amount and one.amount.is_money and one.benefit.form in PAYING for one in self.results)


def high_of(one: Result) -> End:
    if one.amount is None:
        return Fraction(0)
    return None if one.amount.high is None else Fraction(one.amount.high)


def difference(old: Side, new: Side, granted: bool, shared: bool) -> tuple[End, End]:
    """The ends of new minus old."""
    if shared and old.open:
        sure = (Verdict.ELIGIBLE, Verdict.LIKELY) if granted else (Verdict.ELIGIBLE,)
        lows, highs = [], []
        for before, after in zip(old.open, new.open, strict=True):
            assert before.verdict == after.verdict
            assert before.amount
            assert after.amount
            low = minus(Fraction(after.amount.low), high_of(before))
            high = minus(high_of(after), Fraction(before.amount.low))
            decided = before.verdict in sure
            lows.append(low if decided or low is None else min(low, Fraction(0)))
            highs.append(high if decided or high is None else max(high, Fraction(0)))
        return plus(lows), plus(highs)
    low = minus(new.low(granted), None if old.void else old.high)
    return low, minus(None if new.void else new.high, old.low(granted))


def kind(old: Side, new: Side, granted: bool, shared: bool) -> str:
    before, after = old.status(granted), new.status(granted)
    low, high = difference(old, new, granted, shared)
    if before == after == "无" or (old.void and new.void):
        return "不变"
    if "无" in (before, after):
        return {("无", "有"): "新得", ("有", "无"): "失去"}.get((before, after), "说不准")
    if low is not None and low > 0:
        return "多得"
    if high is not None and high < 0:
        return "少得"
    if low == high == 0 and ((before == after == "有") or (shared and old.open)):
        return "不变"
    return "说不准"


def outcome(kinds: Sequence[str]) -> str:
    gains = any(one in ("新得", "多得") for one in kinds)
    loses = any(one in ("失去", "少得") for one in kinds)
    if gains and loses:
        return "有得有失"
    if "说不准" in kinds:
        return "说不准"
    return "有得无失" if gains else "有失无得" if loses else "不变"


@dataclass
class Money:
    """Both budgets and what lies between, in 分."""

    sums: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    endless: Counter[str] = field(default_factory=Counter)

    def add(self, old: Side, new: Side, shared: bool) -> None:
        empty = Side([])
        paid = [side if side.pays else empty for side in (old, new)]
        for name, side in zip(("old", "new"), paid, strict=True):
            self.sums[f"{name} low"] += side.low(granted=False)
            self.sums[f"{name} granted"] += side.low(granted=True)
            self.sums[f"{name} high"] += sum(high_of(one) or 0 for one in side.open)
            self.endless[name] += side.high is None
        both = old.pays and new.pays
        for granted, name in ((False, "difference"), (True, "granted")):
            ends = difference(paid[0], paid[1], granted, shared and both)
            if old.void or new.void:  # what cannot be computed is in no budget
                ends = minus(paid[1].low(granted), paid[0].high), minus(paid[1].high, paid[0].low(granted))
            for end, value in zip(("low", "high"), ends, strict=True):
                self.sums[f"{name} {end}"] += value or 0
                self.endless[f"{name} {end}"] += value is None

    def told(self) -> dict[str, Any]:
        """As a report gives it."""

        def yuan(name: str) -> Fraction:
            return Fraction(self.sums[name]) / 100

        found: dict[str, Any] = {
            side: {end: yuan(f"{side} {end}") for end in ("low", "granted", "high")}
            | {"unbounded": self.endless[side]}
            for side in ("old", "new")
        }
        for name in ("difference", "granted"):
            found[name] = {
                end: None if self.endless[f"{name} {end}"] else yuan(f"{name} {end}")
                for end in ("low", "high")
            }
        return found


@dataclass
class Sums:
    """What one benefit comes to, or one group of enterprises."""

    certain: Counter[str] = field(default_factory=Counter)
    granted: Counter[str] = field(default_factory=Counter)
    money: Money = field(default_factory=Money)
    same_wait: int = 0
    verdicts: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    short: dict[str, Counter[str]] = field(default_factory=lambda: {"old": Counter(), "new": Counter()})
    failing: dict[str, Counter[str]] = field(default_factory=lambda: {"old": Counter(), "new": Counter()})


@dataclass
class Slow:
    """Everything of a report, worked out one by one."""

    benefits: dict[str, Sums]
    groups: dict[tuple[str, str], Sums]
    rows: dict[tuple[str, str], tuple[str | None, ...]]
    everybody: Sums


def slowly(case: Case, shared: Callable[[str], bool]) -> Slow:
    """``shared`` tells of which benefits only the amount differs."""
    versions = case.versions
    ids = [one.now.id for one in case.found.pairs]
    judges = {"old": Judge(versions.old.book), "new": Judge(versions.new.book)}
    found = Slow({id_: Sums() for id_ in ids}, {}, {}, Sums())
    vocabulary = versions.reading.vocabulary
    for chunk in open_table(case.table, vocabulary).chunks():
        for row, name in enumerate(chunk.batch.ids):
            facts = chunk.batch.values(row, vocabulary)
            old = answers(judges["old"], versions.old, facts, versions.on, ids)
            new = answers(judges["new"], versions.new, facts, versions.on_new, ids)
            groups = [
                found.groups.setdefault((fact, group_of(judges["old"], fact, facts, case)), Sums())
                for fact in versions.old.groups
            ]
            kinds: list[str] = []
            granted: list[str] = []
            for id_ in ids:
                before, after = Side(old.get(id_, [])), Side(new.get(id_, []))
                one = found.benefits[id_]
                kinds.append(kind(before, after, False, shared(id_)))
                granted.append(kind(before, after, True, shared(id_)))
                one.certain[kinds[-1]] += 1
                one.granted[granted[-1]] += 1
                one.same_wait += kinds[-1] == "说不准" and bool(before.waits) and before.waits == after.waits
                one.verdicts[before.verdict, after.verdict] += 1
                for sums in (one, found.everybody, *groups):
                    sums.money.add(before, after, shared(id_))
                for side, results in (("old", before.results), ("new", after.results)):
                    for result in results:
                        if result.verdict is Verdict.INCOMPLETE and len(result.missing) == 1:
                            one.short[side][result.missing[0]] += 1
                        if result.verdict is Verdict.INELIGIBLE:
                            one.failing[side][result.unmet[0].name] += 1
                if (kinds[-1], granted[-1]) != ("不变", "不变"):
                    waits = ("、".join(sorted(side.waits)) or None for side in (before, after))
                    found.rows[name, id_] = (before.verdict, after.verdict, kinds[-1], granted[-1], *waits)
            for sums in (found.everybody, *groups):
                sums.certain[outcome(kinds)] += 1
                sums.granted[outcome(granted)] += 1
    return found


def answers(
    judge: Judge, catalogue: Catalogue, facts: Any, on: Any, ids: Sequence[str]
) -> dict[str, list[Result]]:
    """The answers of one version by benefit, of the facts that it knows."""
    known = {name: value for name, value in facts.items() if name in catalogue.vocabulary}
    found: dict[str, list[Result]] = {}
    for one in judge.judge(known, on, [id_ for id_ in ids if id_ in catalogue.benefits], trace=False):
        found.setdefault(one.benefit.id, []).append(one)
    return found


def group_of(judge: Judge, fact: str, facts: Any, case: Case) -> str:
    value = facts.get(fact)
    if value is None and fact in case.versions.old.book.rules:
        value = judge.value_of(fact, facts, case.versions.on)
    return value if isinstance(value, str) else "未知"
