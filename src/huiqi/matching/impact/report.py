"""The impact of a policy as data: what pages show and ``huiqi impact --json`` prints.

Money is in 元, exactly; ``null`` where nothing bounds it. Counts are of enterprises unless said otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal
from typing import Any as Anything

import polars as pl
from pydantic import BaseModel, ConfigDict, PlainSerializer

from huiqi.entitlements.as_json import number_json
from huiqi.entitlements.planning import counts_as_money
from huiqi.matching.impact.change import GRANTED, KINDS, OUTCOMES
from huiqi.matching.impact.run import Compared
from huiqi.matching.impact.sides import ORDER, Counts
from huiqi.matching.impact.tally import ENDLESS, ENDS, GAP, SAME_WAIT, VISIBLE
from huiqi.matching.impact.versions import Pair, Status
from huiqi.matching.sums import UNKNOWN

Yuan = Annotated[
    Decimal, PlainSerializer(lambda it: number_json(Fraction(it)), return_type=int | float, when_used="json")
]
Tally = Mapping[str, Anything]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Model):
    """From ``low`` to ``high``; a missing end has no bound."""

    low: Yuan | None
    high: Yuan | None

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high


class Budget(_Model):
    """What enterprises may be due.

    ``low`` is certain (符合), ``granted`` the same when everything that is 可能符合 is granted, ``high`` the
    most it can come to, with what is 待补充; besides there are ``unbounded`` enterprises that nothing bounds.
    """

    low: Yuan
    granted: Yuan
    high: Yuan
    unbounded: int


class Change(_Model):
    """Two budgets and what lies between them: new minus old, as far as they can lie apart.

    Where only the amount of a benefit differs, what is open is decided alike on both sides; otherwise the
    ranges are subtracted. ``granted`` is the difference when everything that is 可能符合 is granted.
    """

    old: Budget
    new: Budget
    difference: Range
    granted: Range


class Kinds(_Model):
    """How many enterprises there are of each kind of change: as it is certain, and in the reading 若获批."""

    certain: dict[str, int]
    granted: dict[str, int]


class Step(_Model):
    """So many enterprises went from one verdict to another; ``None`` where there is no such benefit."""

    old: str | None
    new: str | None
    count: int


class Near(_Model):
    """How many answers of a benefit have this against them, before and after; ``None``: no such benefit."""

    name: str
    old: int | None
    new: int | None


class BenefitImpact(_Model):
    """What becomes of one benefit. ``money`` is ``None`` when it is none on either side.

    ``same_wait`` are those among 说不准 for which both versions wait for the same facts, ``visible`` those
    whose answers can be told apart at all. ``one_short`` counts answers that are 待补充 for a single fact,
    ``failing`` those that are 不符合 by the first condition that fails.
    """

    id: str
    name: str
    document: str
    departments: tuple[str, ...]
    status: Status
    kinds: Kinds
    same_wait: int
    visible: int
    money: Change | None
    verdicts: tuple[Step, ...]
    one_short: tuple[Near, ...]
    failing: tuple[Near, ...]


class Group(_Model):
    """The enterprises with one option of a fact: how many gain and lose, and what it costs."""

    name: str
    enterprises: int
    outcomes: Kinds
    money: Change


class Grouping(_Model):
    """A fact that enterprises are grouped by, with its groups; none of them is empty."""

    fact: str
    groups: tuple[Group, ...]


class Named(_Model):
    """A benefit by its id and name."""

    id: str
    name: str


class ImpactReport(_Model):
    """The whole report. ``changed`` is whether anything can be told apart for anybody."""

    format: Literal[1] = 1
    title: str
    old: str
    new: str
    on: date
    on_new: date
    table: str
    rows: int
    taken: int
    rejected: int
    changed: bool
    outcomes: Kinds
    money: Change
    benefits: tuple[BenefitImpact, ...]
    groupings: tuple[Grouping, ...]
    reworded: tuple[Named, ...]


def as_report(found: Compared, *, title: str, old: str, new: str, table: str) -> ImpactReport:
    """The report of a comparison; the texts say what was compared and over which table."""
    tally, versions = found.tally, found.versions
    numbers = [name for name in tally.cube.columns if name not in ("pair", *tally.by)]
    by_pair = tally.cube.group_by("pair").agg(pl.col(numbers).sum())
    rows = {row["pair"]: row for row in by_pair.iter_rows(named=True)}
    nothing = dict.fromkeys(numbers, 0)
    total = _added(rows.values(), nothing)
    people = tally.people.sum().row(0, named=True) if len(tally.people) else Counter[str]()
    benefits = tuple(
        _benefit(number, pair, rows.get(number, nothing), found) for number, pair in enumerate(found.pairs)
    )
    return ImpactReport(
        title=title,
        old=old,
        new=new,
        on=versions.on,
        on_new=versions.on_new,
        table=table,
        rows=found.read,
        taken=found.taken,
        rejected=found.read - found.taken,
        changed=any(one.visible for one in benefits),
        outcomes=_kinds(people, OUTCOMES),
        money=_change(total),
        benefits=benefits,
        groupings=tuple(_grouping(name, found, numbers) for name in tally.by),
        reworded=tuple(Named(id=one.now.id, name=one.now.name) for one in versions.reworded),
    )


def _added(rows: Iterable[Tally], nothing: Tally) -> Tally:
    total = dict(nothing)
    for row in rows:
        for name in nothing:
            total[name] += row[name]
    return total


def _kinds(row: Tally, names: Sequence[str]) -> Kinds:
    return Kinds(
        certain={name: row[name] or 0 for name in names},
        granted={name: row[f"{GRANTED}{name}"] or 0 for name in names},
    )


def _change(row: Tally) -> Change:
    old, new = _budget(row, "原"), _budget(row, "新")
    low, high, granted_low, granted_high = (Decimal(int(row[name])) / 100 for name in GAP)
    no_low, no_high = (row[name] > 0 for name in ENDLESS)
    return Change(
        old=old,
        new=new,
        difference=Range(low=None if no_low else low, high=None if no_high else high),
        granted=Range(low=None if no_low else granted_low, high=None if no_high else granted_high),
    )


def _budget(row: Tally, side: str) -> Budget:
    low, granted, high, unbounded = (row[f"{side}{end}"] for end in ENDS)
    fen = [Decimal(int(end)) / 100 for end in (low, granted, high)]
    return Budget(low=fen[0], granted=fen[1], high=fen[2], unbounded=unbounded)


def _benefit(number: int, pair: Pair, row: Tally, found: Compared) -> BenefitImpact:
    tally, now = found.tally, pair.now
    money = any(one is not None and counts_as_money(one) for one in (pair.old, pair.new))
    steps = tally.verdicts.filter(pl.col("pair") == number)
    return BenefitImpact(
        id=now.id,
        name=now.name,
        document=now.document.title,
        departments=now.departments,
        status=pair.status,
        kinds=_kinds(row, KINDS),
        same_wait=row[SAME_WAIT],
        visible=row[VISIBLE],
        money=_change(row) if money else None,
        verdicts=tuple(
            Step(old=_verdict(old), new=_verdict(new), count=count)
            for _, old, new, count in steps.sort("old_verdict", "new_verdict").iter_rows()
        ),
        one_short=_near(number, pair, tally.short),
        failing=_near(number, pair, tally.failing),
    )


def _verdict(place: int | None) -> str | None:
    return None if place is None else ORDER[place].value


def _near(number: int, pair: Pair, counts: tuple[Counts, Counts]) -> tuple[Near, ...]:
    """Names with their counts on both sides, the most frequent first."""
    names = {name for side in counts for of, name in side if of == number}
    old, new = counts
    found = [
        Near(
            name=name,
            old=None if pair.old is None else old[number, name],
            new=None if pair.new is None else new[number, name],
        )
        for name in names
    ]
    return tuple(sorted(found, key=lambda one: (-max(one.old or 0, one.new or 0), one.name)))


def _grouping(fact: str, found: Compared, numbers: Sequence[str]) -> Grouping:
    tally = found.tally
    options = found.versions.old.vocabulary[fact].type.options
    money = tally.cube.group_by(fact).agg(pl.col(numbers).sum())
    budgets = {row[fact]: row for row in money.iter_rows(named=True)}
    people = tally.people.group_by(fact).agg(pl.exclude(*tally.by).sum()).sort(fact, nulls_last=True)
    return Grouping(
        fact=fact,
        groups=tuple(
            Group(
                name=UNKNOWN if row[fact] is None else options[row[fact]],
                enterprises=sum(row[one] for one in OUTCOMES),
                outcomes=_kinds(row, OUTCOMES),
                money=_change(budgets.get(row[fact], dict.fromkeys(numbers, 0))),
            )
            for row in people.iter_rows(named=True)
        ),
    )
