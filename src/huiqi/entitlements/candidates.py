"""From judged enterprises to candidates, and from 名额 to contests: what ``allocate.population`` needs.

A benefit is judged here without its 名额, so that a verdict of 符合 says that the enterprise takes part for
certain, and 可能符合 or 待补充 that it may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any as Anything

from huiqi.allocate.population import (
    Budget,
    Candidate,
    Contest,
    Entry,
    Exclusion,
    Measure,
    Range,
    Ranking,
    Standing,
    allot,
)
from huiqi.allocate.population.problem import INFINITE
from huiqi.evaluate import values as v
from huiqi.evaluate.assume import Assumption, assume, assumptions
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment, Evaluate
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import OPEN, Result, Verdict
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import Benefit, Places, RuleBook, Yardstick, rivalries
from huiqi.language.types import MONEY, Kind
from huiqi.language.units import PURE
from huiqi.language.vocabulary import FactDeclaration, Vocabulary

SCORED = frozenset(("专家评审", "裁量", "未给标准"))
"""Why a part of a clause is uncoded that no longer matters for those who have been given a score."""

_UNKNOWN = v.Uncertain(frozenset(), -v.INFINITE, v.INFINITE)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found for one enterprise and benefit, and the item of its collection if it is about items.

    The amount is in 分 and 0 where it is not money; no ``high``, no bound.
    """

    benefit: str
    item: int | None
    verdict: Verdict
    low: int
    high: int | None
    missing: tuple[str, ...] = ()


def judged(results: Iterable[Result]) -> Iterator[Judged]:
    """What allotment needs to know of the answers for one enterprise."""
    for one in results:
        amount = one.amount if one.amount is not None and one.amount.is_money else None
        low = int(amount.low) if amount else 0
        high = None if amount and amount.high is None else int(amount.high or 0) if amount else 0
        yield Judged(one.benefit.id, one.item_index, one.verdict, low, high, one.missing)


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table tells besides facts, by the name of its column.

    ``scores`` for a benefit say how its candidates were rated, more being better unless its 次序 says
    otherwise; ``arrived`` on which day an application came.
    """

    scores: Mapping[str, str]
    arrived: str | None = None

    def declared(self, vocabulary: Vocabulary) -> Vocabulary:
        """The vocabulary with these columns as facts, where they are none already."""
        new = {name: FactDeclaration(name, t.PURE_NUMBER) for name in self.scores.values()}
        if self.arrived is not None:
            new[self.arrived] = FactDeclaration(self.arrived, t.DATE)
        return {**new, **vocabulary}


@dataclass(frozen=True, slots=True)
class Allotted:
    """One candidate's standing on the list of one benefit.

    ``worth`` is what it was ranked by, in words, empty where nothing is ranked; ``has_amount`` whether the
    benefit says how much money it gives.
    """

    enterprise: str
    item: str
    benefit: str
    worth: str
    has_amount: bool
    standing: Standing


class Gathering:
    """The lists of some benefits, and of those that theirs exclude, on one day. Add enterprises, then allot.

    With ``known_only`` those of whom facts are missing do not take part: what is said then holds among those
    of whom everything is known, and no longer for all. Raises ``KeyError`` for a benefit that there is not,
    ``ValueError`` for one without 名额.
    """

    def __init__(
        self,
        book: RuleBook,
        on: date,
        benefits: Iterable[str],
        columns: Columns,
        *,
        known_only: bool = False,
    ) -> None:
        self.asked = tuple(dict.fromkeys(benefits))
        for one in self.asked:
            if book.benefits[one].quota is None:
                raise ValueError(f"“{one}”没有写名额")
        rivals = [one for one in rivalries(book.benefits) if one.agreed]
        self.benefits = _with_rivals(self.asked, [one.benefits for one in rivals])
        """Every benefit that must be judged, by ``book``, in which they have no 名额."""
        self.vocabulary = columns.declared(book.vocabulary)
        self.book = replace(
            book,
            vocabulary=self.vocabulary,
            benefits={one: _plain(book.benefits[one], one in columns.scores) for one in self.benefits},
        )
        compiler = Compiler(self.vocabulary, book.rules, book.parameters)
        self._on, self._arrived = on, columns.arrived
        self._readers = {
            one: _Reader(book.benefits[one], self.book.benefits[one], on, compiler, columns, self.vocabulary)
            for one in self.benefits
        }
        self._needed = _needed([book.benefits[one] for one in self.benefits], compiler) | {
            *columns.scores.values(),
            columns.arrived,
        }
        self._exclusions = [
            Exclusion(
                frozenset(one.benefits), next(iter(one.first), ()), next(iter(one.refill), None), one.chosen
            )
            for one in rivals
            if set(one.benefits) <= set(self.benefits)
        ]
        self._candidates: dict[str, list[Candidate]] = {one: [] for one in self.benefits}
        self._known_only, self.set_aside = known_only, dict.fromkeys(self.benefits, 0)
        """For each benefit, how many did not take part because not everything was known of them."""
        self._labels: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._seen: set[str] = set()

    def idle(self) -> tuple[str, ...]:
        """The facts that none of these lists leans on, so that nobody need read them."""
        return tuple(sorted(self.vocabulary.keys() - self._needed))

    def judge(self) -> Judge:
        """Whoever judges single enterprises by these benefits."""
        return Judge(self.book)

    def add(self, enterprise: str, facts: Mapping[str, Anything], found: Iterable[Judged]) -> None:
        """Take in an enterprise with what was found for it; ``ValueError`` when it was taken in before."""
        if enterprise in self._seen:
            raise ValueError(f"编号“{enterprise}”出现了两次")
        self._seen.add(enterprise)
        env = Environment(facts, self._on)
        arrived = _range(facts.get(self._arrived, v.Uncertain(frozenset())) if self._arrived else _UNKNOWN)
        for one in found:
            if one.verdict in OPEN:
                candidate, label, worth = self._readers[one.benefit].read(enterprise, env, one)
                incomplete = one.verdict is Verdict.INCOMPLETE or any(e.missing for e in candidate.entries)
                if self._known_only and incomplete:
                    self.set_aside[one.benefit] += 1
                    continue
                self._candidates[one.benefit].append(replace(candidate, arrived=arrived))
                self._labels[one.benefit, candidate.key] = enterprise, label, worth

    def allot(self) -> list[Allotted]:
        """Everybody on the lists that were asked for, list after list, each in the order of the positions."""
        contests = [
            replace(reader.contest, candidates=self._candidates[id_]) for id_, reader in self._readers.items()
        ]
        standings = allot(contests, self._exclusions)
        found = []
        for benefit in self.asked:
            for one in standings[benefit]:
                enterprise, label, worth = self._labels[benefit, one.key]
                has_amount = self._readers[benefit].money
                found.append(Allotted(enterprise, label, benefit, worth, has_amount, one))
        return found


class _Reader:
    """How the candidates of one benefit are read; ``plain`` is the benefit as it is judged."""

    def __init__(
        self,
        benefit: Benefit,
        plain: Benefit,
        on: date,
        compiler: Compiler,
        columns: Columns,
        vocabulary: Vocabulary,
    ) -> None:
        quota, rule = benefit.quota, benefit.amount
        assert quota is not None
        self.money = rule is not None and rule.total.type.dimension == MONEY.dimension
        score = columns.scores.get(benefit.id)
        node = s.Fact(name=score, type=vocabulary[score].type) if score is not None else None
        places = [_scored(one, node) if node is not None else one for one in quota.places]
        self.contest = Contest(
            benefit.id,
            benefit.name,
            tuple(_ranking(one, scored=node is not None) for one in places),
            Budget(quota.budget, quota.shortfall) if quota.budget is not None else None,
            (),
        )
        self._benefit, self._vocabulary, self._leans_on = benefit, vocabulary, compiler.leans_on
        self._score = compiler.evaluate(node) if node is not None else None
        self._given: tuple[Assumption, ...] = assumptions(benefit.condition, compiler.evaluate)
        self._steps = [
            (
                [compiler.evaluate(one.body) if one.body is not None else None for one in step.by],
                [(compiler.evaluate(one), one.type.kind) for one in step.per],
            )
            for step in places
        ]
        self._reserved = tuple(_reservations(plain, on))

    def read(self, enterprise: str, env: Environment, one: Judged) -> tuple[Candidate, str, str]:
        """The candidate, what its item is called, and what it is ranked by in words."""
        subject, label, key = self._benefit.subject, "", enterprise
        unlisted = subject is not None and one.item is None
        if subject is not None:
            item: Mapping[str, Anything] = {}
            if one.item is not None:
                item = env.facts[subject][one.item]
                name = item.get(self._vocabulary[subject].label_field)
                label = name if isinstance(name, str) else f"第{one.item + 1}项"
                key = f"{enterprise}\0{one.item:09}"
            env = env.about(subject, item)
        env = assume(env, self._given, self._leans_on)  # positions are spoken of as if it were eligible
        entries = tuple(self._entry(worths, cells, env) for worths, cells in self._steps)
        waiting = self._waiting(env, one)
        high = INFINITE if one.high is None else one.high
        if not self.money:
            high = INFINITE if self.contest.budget is not None else 0
        candidate = Candidate(key, key, entries, Range(one.low, high), waiting, many=unlisted)
        worth = ""
        if entries:
            measure = self.contest.rankings[-1].measures[0]
            worth = measure.span(entries[-1].worth[0])
        return candidate, label, worth

    def _waiting(self, env: Environment, one: Judged) -> tuple[str, ...]:
        waiting: tuple[str, ...] = ()
        if one.verdict is Verdict.INCOMPLETE:
            waiting = (_lacking(one.missing), *self._reserved)
        elif one.verdict is Verdict.LIKELY:
            waiting = self._reserved or ("条件里有没有定数或待核实的地方",)
        if self._score is not None and not v.is_known(self._score(env)):
            waiting = (*waiting, "没有评出来的数")
        return waiting

    @staticmethod
    def _entry(worths: list[Evaluate | None], cells: list[tuple[Evaluate, Kind]], env: Environment) -> Entry:
        values = [_UNKNOWN if one is None else one(env) for one in worths]
        places = [one(env) for one, _ in cells]
        missing = frozenset().union(*map(v.missing_of, (*values, *places)))
        said = (_lacking(missing),) if missing else ()
        if not said and any(
            one is not None and not v.is_known(value) for one, value in zip(worths, values, strict=True)
        ):
            said = ("算不出定数",)
        return Entry(tuple(map(_range, values)), _cells(places, [kind for _, kind in cells]), said)


def _with_rivals(asked: tuple[str, ...], pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """These benefits and all whose lists bear on theirs, directly or through others."""
    known, found, pairs = set(asked), list(asked), list(pairs)
    for one in found:  # grows while it is walked
        for pair in pairs:
            for other in pair:
                if one in pair and other not in known:
                    known.add(other)
                    found.append(other)
    return tuple(found)


def _needed(benefits: Iterable[Benefit], compiler: Compiler) -> frozenset[str | None]:
    """The facts of enterprises that these benefits and their 名额 lean on, directly or through rules."""
    found: set[str | None] = set()
    for benefit in benefits:
        trees = [benefit.condition, *([benefit.amount.total] if benefit.amount else ())]
        for places in benefit.quota.places if benefit.quota else ():
            trees += [*(one.body for one in places.by if one.body is not None), *places.per]
        for node in (node for tree in trees for node in s.walk(tree)):
            if isinstance(node, s.Fact | s.Aggregate):
                name = node.collection or getattr(node, "name", "")
                found |= {name, *compiler.leans_on.get(name, ())}
        found.add(benefit.subject)
    return frozenset(found)


def _plain(benefit: Benefit, scored: bool) -> Benefit:
    """The benefit as it is judged here: its 名额 aside, and whether an amount can be computed."""
    uncoded = tuple(one for one in benefit.uncoded if not (scored and one.reason in SCORED))
    return replace(benefit, quota=None, uncomputable=None, uncoded=uncoded)


def _scored(places: Places, score: s.Node) -> Places:
    """The same places, given by a score instead of what cannot be computed."""
    first = places.by[0]
    return replace(places, by=(Yardstick(first.words, score, first.more_is_better), *places.by[1:]))


def _ranking(places: Places, scored: bool) -> Ranking:
    measures = (_measure(one, scored and not place) for place, one in enumerate(places.by))
    return Ranking(places.number, tuple(measures), places.ties, bool(places.per))


def _measure(one: Yardstick, scored: bool) -> Measure:
    kind = one.body.type if one.body is not None else t.PURE_NUMBER
    unit = "%" if kind.kind is Kind.NUMBER and kind.dimension == PURE else kind.unit
    return Measure(one.words, one.more_is_better, kind.dimension, unit, kind.kind is Kind.DATE, scored)


def _range(value: v.Answer) -> Range:
    """Between which numbers a value lies; a day is counted from 0001-01-01."""
    low, high = v.low_of(value), v.high_of(value)
    return Range(-INFINITE if low is None else _number(low), INFINITE if high is None else _number(high))


def _number(value: Anything) -> Anything:
    return value.toordinal() if isinstance(value, date) else value


def _cells(values: list[v.Answer], kinds: list[Kind]) -> frozenset[str] | None:
    """The cells that somebody may be in, or ``None`` for any."""
    choices = []
    for value, kind in zip(values, kinds, strict=True):
        if v.is_known(value):
            choices.append([_cell(value)])
        elif value.options is not None:
            choices.append(sorted(value.options))
        elif kind is Kind.BOOL:
            choices.append([_cell(True), _cell(False)])
        else:
            return None
    return frozenset("·".join(one) for one in product(*choices))


def _cell(value: Anything) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _lacking(missing: Iterable[str]) -> str:
    return f"缺{'、'.join(sorted(missing))}"


def _reservations(plain: Benefit, on: date) -> Iterator[str]:
    """What keeps everybody from being eligible for certain, the 名额 aside."""
    if plain.period.start_unstated:
        yield "起始日没有载明"
    yield from dict.fromkeys(f"还要看{one.reason}" for one in plain.uncoded)
    if any(law.start <= on and not (law.effect == "停止" and law.confirmed) for law in plain.later_laws):
        yield "后来的文件待核实"
