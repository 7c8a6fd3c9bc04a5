"""Judging one enterprise by every benefit: verdict, amount, what is missing, what fails, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

from huiqi.evaluate import values as v
from huiqi.evaluate.assume import Assumption, assume, assumptions, facts_behind
from huiqi.evaluate.compile import Compiler, identity
from huiqi.evaluate.environment import Environment, Evaluate, Explain, Trace
from huiqi.evaluate.result import AmountRange, Part, Reservation, Result, Unmet, Verdict, subject_of
from huiqi.evaluate.unmet import failures
from huiqi.evaluate.values import Answer, Uncertain, missing_of
from huiqi.language.benefit import Benefit, RuleBook
from huiqi.language.types import MONEY


@dataclass(frozen=True, slots=True)
class _Compiled:
    benefit: Benefit
    condition: Explain
    condition_value: Evaluate
    reservations: tuple[Reservation, ...]
    nothing: AmountRange | None
    amount: Explain | None
    amount_value: Evaluate | None
    parts: tuple[tuple[str, Evaluate], ...]
    given: tuple[Assumption, ...]


class Judge:
    """Answers for one rule book. Make it once and ask it often; it holds no state of any enterprise."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._compiler = Compiler(book.vocabulary, book.rules, book.parameters)
        often = Counter(identity(part) for one in book.benefits.values() for part in one.condition.children())
        self._compiler.share(part for (part, _), times in often.items() if times > 1)
        self._compiled = {benefit.id: self._compile(benefit) for benefit in book.benefits.values()}

    def with_benefits(self, benefits: Iterable[Benefit]) -> Judge:
        """A judge of these benefits alone, under the same rules and parameters; cheap to make."""
        other = copy(self)
        other._compiled = {benefit.id: self._compile(benefit) for benefit in benefits}
        return other

    def _compile(self, benefit: Benefit) -> _Compiled:
        c, amount = self._compiler, benefit.amount
        value, explain = c.condition(benefit.condition)
        given = assumptions(benefit.condition, c.evaluate) if amount else ()
        mattering = facts_behind(amount.total, c.leans_on) if amount else frozenset()
        return _Compiled(
            benefit,
            explain,
            value,
            tuple(_standing_reservations(benefit)),
            AmountRange(amount.kind, 0, 0, amount.total.type) if amount else None,
            c.explain(amount.total) if amount else None,
            c.evaluate(amount.total) if amount else None,
            tuple((name, c.evaluate(node)) for name, node in amount.parts) if amount else (),
            tuple(one for one in given if one.fact.key in mattering),
        )

    def _unconfirmed(self, name: str, on: date) -> Reservation:
        value = self.book.parameters[name].on(on)
        why = "没有见到官方原文" if value is not None else f"没有{on.isoformat()}的数值"
        return Reservation("参数待核", f"“{name}”{why}", value.cite if value is not None else "")

    def judge(
        self,
        facts: Mapping[str, Anything],
        on: date,
        benefits: Iterable[str] | None = None,
        *,
        trace: bool = True,
    ) -> list[Result]:
        """Every benefit (or those named) for one enterprise on one day, in the order of the rule book.

        A benefit over a collection gives one result per item. Without ``trace`` the results carry no ``why``.
        """
        env = Environment(facts, on)
        chosen = self._compiled.values() if benefits is None else [self._compiled[one] for one in benefits]
        return [result for one in chosen for result in self._judge(one, env, trace)]

    def value_of(self, name: str, facts: Mapping[str, Anything], on: date) -> Answer:
        """The value that a rule gives for a derived fact; raises ``KeyError`` for an unknown rule."""
        return self._compiler.derivation(name)(Environment(facts, on))

    def _judge(self, one: _Compiled, env: Environment, trace: bool) -> Iterator[Result]:
        subject = one.benefit.subject
        if subject is None:
            yield self._result(one, env, None, None, trace)
            return
        items = env.facts.get(subject)
        if items is None or isinstance(items, Uncertain):
            yield self._unlisted(one, env, subject)
            return
        label = self.book.vocabulary[subject].label_field
        for index, item in enumerate(items):
            shown = subject_of(item.get(label), index)
            yield self._result(one, env.about(subject, item), shown, index, trace)
        if not items:
            yield self._empty(one, env, subject)

    def _unlisted(self, one: _Compiled, env: Environment, subject: str) -> Result:
        """The collection has not been given: one answer for an item of which nothing is known."""
        result = self._result(one, env.about(subject, {}), None, None, trace=False)
        decided = (Verdict.INELIGIBLE, Verdict.UNCOMPUTABLE)
        if result.verdict in decided or result.but_for_dates in decided:
            return result
        if result.verdict is Verdict.OUT_OF_PERIOD:
            result.but_for_dates = Verdict.INCOMPLETE
        else:
            result.verdict = Verdict.INCOMPLETE
        outside = (key for key in result.missing if key != subject and not key.startswith(f"{subject}."))
        result.missing, result.missing_for_amount = (subject, *outside), ()
        return result

    def _empty(self, one: _Compiled, env: Environment, subject: str) -> Result:
        """The collection has been given and has nothing in it."""
        benefit = one.benefit
        nothing = Unmet(f"有{subject}", benefit.cite, f"没有{subject}", f"至少一项{subject}")
        ended = _not_in_force(benefit, env.on)
        rule = benefit.amount
        return Result(
            benefit=benefit,
            on=env.on,
            subject=None,
            verdict=Verdict.OUT_OF_PERIOD if ended else Verdict.INELIGIBLE,
            but_for_dates=Verdict.INELIGIBLE if ended else None,
            amount=AmountRange(rule.kind, 0, 0, rule.total.type) if rule else None,
            missing=(),
            missing_for_amount=(),
            reservations=(Reservation("不在期内", ended, benefit.period.cite),) if ended else (),
            unconfirmed=(),
            why=None,
            failing=lambda: (nothing,),
        )

    def _result(
        self, one: _Compiled, env: Environment, subject: str | None, index: int | None, trace: bool
    ) -> Result:
        benefit, on = one.benefit, env.on
        env.unconfirmed.clear()
        eligible = one.condition_value(env)
        why = Trace(benefit.condition, eligible, later=lambda: one.condition(env).parts) if trace else None
        reservations = (
            [*one.reservations, *_later_laws(benefit, on)] if benefit.later_laws else [*one.reservations]
        )
        if env.unconfirmed:
            reservations += [self._unconfirmed(name, on) for name in sorted(env.unconfirmed)]
        if eligible is False:
            verdict = Verdict.INELIGIBLE
        elif benefit.uncomputable is not None:
            verdict = Verdict.UNCOMPUTABLE
        elif missing_of(eligible):
            verdict = Verdict.INCOMPLETE
        elif reservations or eligible is not True:
            verdict = Verdict.LIKELY
            if not reservations:
                reservations.append(Reservation("没有定数", _NO_VALUE, benefit.cite))
        else:
            verdict = Verdict.ELIGIBLE
        but_for_dates = None
        ended = _not_in_force(benefit, on)
        if ended:
            but_for_dates, verdict = verdict, Verdict.OUT_OF_PERIOD
            reservations.insert(0, Reservation("不在期内", ended, benefit.period.cite))
        amount, amount_why, waiting = self._amount(one, env, eligible is False, trace)
        return Result(
            benefit=benefit,
            on=on,
            subject=subject,
            verdict=verdict,
            but_for_dates=but_for_dates,
            amount=amount,
            missing=tuple(sorted(eligible.missing)) if isinstance(eligible, Uncertain) else (),
            missing_for_amount=tuple(sorted(waiting - missing_of(eligible))) if waiting else (),
            reservations=tuple(reservations),
            unconfirmed=tuple(sorted(env.unconfirmed)) if env.unconfirmed else (),
            why=why,
            amount_why=amount_why,
            item_index=index,
            failing=(lambda: failures(one.condition(env))) if eligible is False else None,
        )

    def _amount(
        self, one: _Compiled, env: Environment, ineligible: bool, trace: bool
    ) -> tuple[AmountRange | None, Trace | None, frozenset[str]]:
        rule = one.benefit.amount
        if rule is None or one.amount_value is None or one.amount is None:
            return None, None, _NOTHING_MISSING
        kind = rule.total.type
        if ineligible:
            return one.nothing, None, _NOTHING_MISSING
        if one.given:
            env = assume(env, one.given, self._compiler.leans_on)
        value, told = one.amount_value(env), one.amount
        amount_why = Trace(rule.total, value, later=lambda: told(env).children) if trace else None
        step = 1 if kind.dimension == MONEY.dimension else None
        parts = tuple(Part(name, *_bounds(part(env), step)) for name, part in one.parts) if one.parts else ()
        low, high = _bounds(value, step)
        return AmountRange(rule.kind, low, high, kind, parts), amount_why, missing_of(value)


_NOTHING_MISSING: frozenset[str] = frozenset()


def _bounds(value: v.Answer, step: int | None) -> tuple[Anything, Anything]:
    """The ends of a range, money rounded to the 分; no end where it is unbounded, never below nothing."""
    if step is not None and not isinstance(value, int):
        value = v.round_to("四舍五入", value, step)
    low, high = v.low_of(value), v.high_of(value)
    return max(low, 0), None if high == v.INFINITE else max(high, 0)


def _standing_reservations(benefit: Benefit) -> Iterator[Reservation]:
    """What keeps an answer from being certain whatever the day."""
    if benefit.period.start_unstated:
        yield Reservation("日期缺失", "文件没有载明开始施行的日期，施行前后无法判断", benefit.period.cite)
    for part in benefit.uncoded:
        yield Reservation(part.reason, part.note or part.wording, benefit.cite)
    if benefit.quota is not None:
        yield Reservation("名额", benefit.quota.words, benefit.quota.cite or benefit.cite)


def _later_laws(benefit: Benefit, on: date) -> Iterator[Reservation]:
    """What later law makes uncertain on a day."""
    for law in benefit.later_laws:
        if law.start <= on and not (law.effect == "停止" and law.confirmed):
            seen = "" if law.confirmed else "（未见官方原文）"
            yield Reservation(
                "后法", f"{law.document}自{law.start.isoformat()}起{_EFFECTS[law.effect]}{seen}{law.note}"
            )


def is_reserved(benefit: Benefit, on: date) -> bool:
    """Whether an answer on the day is never more than 可能符合, whoever asks."""
    return any(True for _ in _standing_reservations(benefit)) or any(True for _ in _later_laws(benefit, on))


def is_ended(benefit: Benefit, on: date) -> bool:
    """Whether the day lies outside the dates of the benefit (不在期内)."""
    return bool(_not_in_force(benefit, on))


_NO_VALUE = "条件里有一步没有确定的数（除以零、空的集合里取最大最小，或只知道范围的参数），定不了"
_EFFECTS = {"停止": "停止执行。", "修改": "修改了这一条。", "待核": "对这一条是否有影响尚待核实。"}


def _not_in_force(benefit: Benefit, on: date) -> str:
    """Why the benefit does not apply on the day, or nothing."""
    for law in benefit.later_laws:
        if law.effect == "停止" and law.confirmed and law.start <= on:
            return f"{law.document}自{law.start.isoformat()}起停止执行这一条。{law.note}"
    if benefit.period.contains(on):
        return ""
    if benefit.period.start is not None and on < benefit.period.start:
        return f"{benefit.period.start.isoformat()}才开始施行"
    return f"已于{benefit.period.end.isoformat() if benefit.period.end else ''}到期"
