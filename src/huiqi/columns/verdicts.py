"""One benefit in columns: verdict, amount, what is missing, and the first condition that fails.

The counterpart of ``evaluate.judge``: what depends on the day and the rule alone is decided here, once; what
depends on the enterprise becomes columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from huiqi.columns.ends import End
from huiqi.columns.lower import Lowering
from huiqi.columns.program import ENTERPRISE
from huiqi.columns.scope import Scope
from huiqi.columns.values import Missing, Truth
from huiqi.evaluate.assume import facts_behind
from huiqi.evaluate.judge import is_ended, is_reserved
from huiqi.evaluate.result import Verdict
from huiqi.evaluate.unmet import is_conjunction
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit
from huiqi.language.types import MONEY, Type
from huiqi.language.units import unit_factor

VERDICTS = tuple(Verdict)
"""The six verdicts, by the number that stands for each in a column."""

_CODE = {verdict: place for place, verdict in enumerate(VERDICTS)}


def amount_unit(kind: Type) -> Fraction:
    """What one stands for in a column of amounts: 分 for money, a millionth of the unit for anything else."""
    if kind.dimension == MONEY.dimension:
        return Fraction(1)
    return Fraction(unit_factor(kind.unit)[1] if kind.unit else 1) / 1_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one benefit: in the space of its items, or, one row an enterprise, for itself.

    ``where`` is true where there is such an answer (an enterprise whose items are known has none for itself).
    ``verdict`` is a place in ``VERDICTS`` with the dates left aside. ``low`` and ``high`` are in
    ``amount_unit``, INFINITE for no bound. ``missing`` and ``missing_amount`` have a bit per key.
    """

    where: int
    verdict: int
    low: int | None
    high: int | None
    missing: int
    missing_amount: int
    unmet: int

    @property
    def places(self) -> tuple[int, ...]:
        """All columns."""
        found = (self.where, self.verdict, self.low, self.high, self.missing, self.missing_amount, self.unmet)
        return tuple(place for place in found if place is not None)


@dataclass(frozen=True, slots=True)
class JudgedBenefit:
    """A benefit and its columns.

    ``ended``: outside its dates on the day, so that the verdict is 不在期内 whatever the columns say.
    """

    benefit: Benefit
    ended: bool
    itself: Columns
    items: Columns | None

    @property
    def places(self) -> tuple[int, ...]:
        """All columns, of the enterprise and of its items."""
        return self.itself.places + (self.items.places if self.items else ())


class Judging:
    """Lowers benefits into the program of one lowering."""

    def __init__(self, lowering: Lowering) -> None:
        self.lowering, self.values, self.program = lowering, lowering.values, lowering.program

    def lower(self, benefit: Benefit, keys: dict[str, int], conditions: dict[str, int]) -> JudgedBenefit:
        """The columns of a benefit; facts and conditions that have no number yet are given one.

        Raises ``NotColumnarError`` when it says what columns cannot.
        """
        one = _One(self, benefit, keys, conditions)
        p, subject = self.program, benefit.subject
        if subject is None:
            itself, items = one.columns(self.lowering.enterprise, p.truth(True)), None
        else:
            unlisted = one.unlisted(self.lowering.enterprise.about(subject, known=False))
            if subject in self.lowering.given:
                given = p.load("given", subject, ENTERPRISE)
                some = p.any_item(p.truth(True), (subject,))
                itself = one.chosen(given, one.empty(p.not_(some)), unlisted)
                items = one.columns(self.lowering.enterprise.about(subject, known=True), p.truth(True))
            else:
                itself, items = unlisted, None
        return JudgedBenefit(
            benefit,
            is_ended(benefit, self.lowering.on),
            one.packed(itself),
            one.packed(items) if items else None,
        )


@dataclass(frozen=True, slots=True)
class _Loose:
    """The columns before what is missing is packed into bits."""

    where: int
    verdict: int
    low: int | None
    high: int | None
    missing: Missing
    missing_amount: Missing
    unmet: int


class _One:
    """One benefit; gathers the keys and names that its columns speak of by number."""

    def __init__(
        self, judging: Judging, benefit: Benefit, keys: dict[str, int], conditions: dict[str, int]
    ) -> None:
        self.benefit, self.lowering = benefit, judging.lowering
        self.values, self.program = judging.values, judging.program
        self.keys, self.conditions = keys, conditions

    def columns(self, scope: Scope, where: int) -> _Loose:
        """The answer for the enterprise, or for each item, that the scope looks at."""
        p, values, benefit = self.program, self.values, self.benefit
        eligible = self.lowering.truth(benefit.condition, scope)
        missing = values.waiting(eligible)
        low, high, waiting = self._amount(scope, eligible)
        unmet = self._first_failing(benefit.condition, scope, True)
        return _Loose(
            where,
            self._verdict(eligible, missing),
            low,
            high,
            missing,
            waiting,
            unmet if unmet is not None else p.whole(0),
        )

    def _verdict(self, eligible: Truth, missing: Missing) -> int:
        p = self.program

        def code(verdict: Verdict) -> int:
            return p.whole(_CODE[verdict])

        if self.benefit.uncomputable is not None:
            return p.select(eligible.false, code(Verdict.INELIGIBLE), code(Verdict.UNCOMPUTABLE))
        reserved = p.truth(is_reserved(self.benefit, self.lowering.on))
        unsure = p.or_(reserved, eligible.used, p.not_(eligible.true))
        found = p.select(unsure, code(Verdict.LIKELY), code(Verdict.ELIGIBLE))
        found = p.select(p.or_(*missing.values()), code(Verdict.INCOMPLETE), found)
        return p.select(eligible.false, code(Verdict.INELIGIBLE), found)

    def _amount(self, scope: Scope, eligible: Truth) -> tuple[int | None, int | None, Missing]:
        rule, p = self.benefit.amount, self.program
        if rule is None:
            return None, None, {}
        matters = facts_behind(rule.total, self.lowering.leans_on)
        supposing = self.lowering.supposing(self.benefit.condition, scope, True, p.truth(True), matters)
        value = self.lowering.range(rule.total, supposing)
        unit = amount_unit(rule.total.type)
        low, high = (self._in_units(end, unit) for end in (value.low, value.high))
        zero = p.whole(0)
        low, high = (p.select(eligible.false, zero, place) for place in (low, high))
        possible = p.not_(eligible.false)
        waiting = {}
        asked = self.values.waiting(eligible)
        for key, place in self.values.waiting(value).items():
            already = asked.get(key)
            waiting[key] = p.and_(possible, place, *(() if already is None else (p.not_(already),)))
        return low, high, waiting

    def _in_units(self, end: End, unit: Fraction) -> int:
        p = self.program
        rounded = self.values.ends.round_to("四舍五入", end, unit)
        return p.maximum(rounded.place, p.whole(0))

    # ---- the first condition that fails (evaluate.unmet) ----

    def _first_failing(self, node: s.Node, scope: Scope, wanted: bool) -> int | None:
        p = self.program
        value = self.lowering.truth(node, scope)
        fails = value.false if wanted else value.true
        if p.constant_of(fails) is False:
            return None
        found: int | None = None
        if isinstance(node, s.Not):
            found = self._first_failing(node.body, scope, not wanted)
        elif isinstance(node, s.Named):
            number = p.whole(self.conditions.setdefault(node.name, len(self.conditions) + 1))
            inner = (
                self._first_failing(node.body, scope, wanted) if is_conjunction(node.body, wanted) else None
            )
            found = number if inner is None else p.select(p.equal(inner, p.whole(0)), number, inner)
        elif isinstance(node, s.All | s.Any):
            parts = [self._first_failing(part, scope, wanted) for part in node.parts]
            for part in reversed([part for part in parts if part is not None]):
                found = part if found is None else p.select(p.equal(part, p.whole(0)), found, part)
        return None if found is None else p.select(fails, found, p.whole(0))

    # ---- benefits over a collection ----

    def unlisted(self, scope: Scope) -> _Loose:
        """The collection has not been given: an item of which nothing is known; the list is missing."""
        p, subject = self.program, self.benefit.subject
        assert subject is not None
        one = self.columns(scope, p.truth(True))
        verdicts = (Verdict.INELIGIBLE, Verdict.UNCOMPUTABLE)
        decided = p.or_(*(p.equal(one.verdict, p.whole(_CODE[verdict])) for verdict in verdicts))
        missing = {
            key: p.and_(decided, place) if key.startswith(f"{subject}.") else place
            for key, place in one.missing.items()
        }
        missing[subject] = p.or_(p.not_(decided), missing.get(subject, p.truth(False)))
        waiting = self.values.where(decided, one.missing_amount)
        verdict = p.select(decided, one.verdict, p.whole(_CODE[Verdict.INCOMPLETE]))
        return _Loose(one.where, verdict, one.low, one.high, missing, waiting, one.unmet)

    def empty(self, where: int) -> _Loose:
        """The collection has been given and has nothing in it."""
        p = self.program
        number = self.conditions.setdefault(f"有{self.benefit.subject}", len(self.conditions) + 1)
        nothing = None if self.benefit.amount is None else p.whole(0)
        verdict = p.whole(_CODE[Verdict.INELIGIBLE])
        return _Loose(where, verdict, nothing, nothing, {}, {}, p.whole(number))

    def chosen(self, condition: int, one: _Loose, other: _Loose) -> _Loose:
        """One answer where the condition is true, the other where it is not."""
        p, values = self.program, self.values

        def pick(a: int, b: int) -> int:
            return p.select(condition, a, b)

        not_ = p.not_(condition)
        return _Loose(
            p.choose(condition, one.where, other.where),
            pick(one.verdict, other.verdict),
            None if one.low is None or other.low is None else pick(one.low, other.low),
            None if one.high is None or other.high is None else pick(one.high, other.high),
            values.joined(values.where(condition, one.missing), values.where(not_, other.missing)),
            values.joined(
                values.where(condition, one.missing_amount), values.where(not_, other.missing_amount)
            ),
            pick(one.unmet, other.unmet),
        )

    def packed(self, loose: _Loose) -> Columns:
        """What is missing as bits, by the keys of this benefit."""
        return Columns(
            loose.where,
            loose.verdict,
            loose.low,
            loose.high,
            self._bits(loose.missing),
            self._bits(loose.missing_amount),
            loose.unmet,
        )

    def _bits(self, missing: Missing) -> int:
        p = self.program
        never = p.truth(False)
        kept = {key: place for key, place in missing.items() if p.constant_of(place) is not False}
        for key in sorted(kept):
            self.keys.setdefault(key, len(self.keys))
        if not kept:
            return p.whole(0)
        by_place = {self.keys[key]: place for key, place in kept.items()}
        return p.bits(*(by_place.get(i, never) for i in range(max(by_place) + 1)))
