"""benefits.yaml, rules.yaml and parameters.yaml from their shapes to what the folds work on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from huiqi.catalogue import shape as y
from huiqi.catalogue.amounts import lower_amount
from huiqi.catalogue.formulas import Workshop, join
from huiqi.catalogue.quotas import lower_quota
from huiqi.catalogue.source import error_at, warning_at
from huiqi.evaluate.bounds import COMMON
from huiqi.language import benefit as b
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.language.types import Kind, Type
from huiqi.language.units import parse_quantity, unit_factor
from huiqi.language.vocabulary import Vocabulary

WHO = "主体类型"  # the one fact that 主体 leans on
_CHINESE = "[\u3001-\u303f\u4e00-\u9fff\uff01-\uffef]"
_BROKEN_LINE = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")


def _text(text: y.Text | None, default: str = "") -> str:
    return text.text if text else default


def _prose(text: y.Text | None) -> str:
    """A remark as it reads: without the blank that YAML puts where a line broke between two characters."""
    return _BROKEN_LINE.sub("", _text(text))


class DocumentLowering:
    """Lowers one benefits.yaml; mistakes gather in ``problems``."""

    def __init__(
        self,
        shape: y.BenefitsFile,
        folder: str,
        vocabulary: Vocabulary,
        parameters: Mapping[str, Type],
        problems: list[Diagnostic],
    ) -> None:
        self.shape, self.vocabulary, self.parameters, self.problems = shape, vocabulary, parameters, problems
        head = shape.document
        self.document = b.Document(
            id=head.id.text,
            title=head.title.text,
            number=_text(head.number) or None,
            issuers=tuple(issuer.text for issuer in head.issuers),
            level=head.level.value,
            region=head.region.text,
            issued=head.issued,
            period=_period(shape.period, ""),
            note=_prose(shape.note),
            folder=folder,
        )
        self._used_lets: set[str] = set()

    def benefits(self) -> list[b.Benefit]:
        """The benefits of the document in order."""
        found = [self._benefit(one) for one in self.shape.benefits]
        for let in self.shape.lets:
            if let.name.text not in self._used_lets:
                self.problems.append(
                    warning_at(let.name.at, f"设“{let.name}”没有用到", "删掉，或看看是不是写错了名字")
                )
        return found

    def stacking(self) -> list[b.StackingRule]:
        """同享限制, 二选一 and 累计封顶 as rules over benefit ids."""
        everything = frozenset(one.id.text for one in self.shape.benefits)
        rules = [
            self._limit(place, limit, everything) for place, limit in enumerate(self.shape.limits, start=1)
        ]
        for one in self.shape.benefits:
            per = ("企业", "项目") if one.subject else ("企业",)
            if one.once:
                rules.append(
                    b.StackingRule(
                        id=f"{one.id}{b.ONCE}",
                        document=self.document.id,
                        per=("企业", "事项"),
                        benefits=frozenset((one.id.text,)),
                        at_most=1,
                        cite=one.cite.text,
                    )
                )
            if one.either_or:
                rules.append(
                    b.StackingRule(
                        id=f"{one.id}#either",
                        document=self.document.id,
                        per=per,
                        benefits=frozenset((one.id.text, *(other.text for other in one.either_or))),
                        at_most=1,
                        cite=one.cite.text,
                    )
                )
        return rules

    def caps_over(self, benefits: list[b.Benefit]) -> list[b.StackingRule]:
        """累计封顶 of each benefit as a stacking rule over that benefit alone."""
        return [
            b.StackingRule(
                id=f"{one.id}#cap{place}",
                document=self.document.id,
                per=cap.per,
                benefits=frozenset((one.id,)),
                total=cap.limit,
                cite=cap.cite,
            )
            for one in benefits
            if one.amount
            for place, cap in enumerate(one.amount.caps_over, start=1)
        ]

    def _benefit(self, one: y.Benefit) -> b.Benefit:
        subject = self._subject(one)
        shop = Workshop(
            self.vocabulary,
            self.parameters,
            (*self.shape.lets, *one.lets),
            subject,
            one.cite.text,
            self.problems,
            self._used_lets,
        )
        parts: list[s.Node] = []
        if one.who:
            parts.append(self._who(one, shop))
        parts += [replace(part, origin=COMMON) for part in shop.conditions(self.shape.common)]
        parts += shop.conditions(one.all_of)
        for shapes, kind in ((one.any_of, y.GroupKind.ANY), (one.none_of, y.GroupKind.NONE)):
            if shapes:
                parts.append(join(kind, shop.conditions(shapes)))
        if self.shape.none_of:
            parts.append(join(y.GroupKind.NONE, shop.conditions(self.shape.none_of)))
        amount = lower_amount(one.amount, shop) if one.amount else None
        given = amount.total.type if amount else t.ANY
        if b.Form(one.form.value).is_money and given.kind is Kind.NUMBER and not given.agrees(t.MONEY):
            shop.report(one.at, f"形式是{one.form}，金额却是{given.words()}", "看看单位是否写漏")
        quota = lower_quota(one, shop, {other.id.text: other.name.text for other in self.shape.benefits})
        for let in one.lets:
            if let.name.text not in shop.used_lets:
                self.problems.append(warning_at(let.name.at, f"设“{let.name}”没有用到"))
        return b.Benefit(
            id=one.id.text,
            name=one.name.text,
            summary=one.summary.text,
            document=self.document,
            cite=one.cite.text,
            departments=tuple(department.text for department in one.departments),
            subject=subject,
            who=tuple(who.text for who in one.who),
            form=b.Form(one.form.value),
            period=_period(one.period, one.cite.text) if one.period else self.document.period,
            condition=s.All(parts=tuple(parts), type=t.BOOL, span=one.at, cite=one.cite.text),
            amount=amount,
            uncomputable=_uncoded(one.not_computable) if one.not_computable else None,
            quota=quota,
            either=tuple(other.text for other in one.either_or),
            matching=one.matching,
            matter=_text(one.matter),
            taxes=tuple(tax.text for tax in one.taxes),
            category=_text(one.category),
            uncoded=tuple(_uncoded(part) for part in (*self.shape.uncoded, *one.uncoded)),
            later_laws=tuple(_later_law(law) for law in (*self.shape.later_laws, *one.later_laws)),
            handling=b.Handling(_text(one.handling.time), _prose(one.handling.way), _text(one.handling.cite))
            if one.handling
            else None,
            note=_prose(one.note),
            span=one.id.at,
        )

    def _subject(self, one: y.Benefit) -> str | None:
        if one.subject is None:
            return None
        declared = self.vocabulary.get(one.subject.text)
        if declared is None or declared.type.kind is not Kind.COLLECTION:
            collections = [
                name for name, fact in self.vocabulary.items() if fact.type.kind is Kind.COLLECTION
            ]
            right = nearest(one.subject.text, collections)
            hint = f"是不是“{right}”？" if right else "申请者是谁用“主体”写"
            self.problems.append(error_at(one.subject.at, f"“{one.subject}”不是集合事实", hint))
            return None
        return one.subject.text

    def _who(self, one: y.Benefit, shop: Workshop) -> s.Named:
        name = s.Name(name=WHO, span=one.who[0].at, cite=one.cite.text)
        options = tuple(s.Literal(value=who.text, text=who.text, type=t.TEXT, span=who.at) for who in one.who)
        body = shop.typed(
            s.Member(item=name, options=options, span=one.who[0].at, cite=one.cite.text), t.BOOL
        )
        return s.Named(
            name="主体", body=body, span=one.who[0].at, cite=one.cite.text, type=t.BOOL, origin="主体"
        )

    def _limit(self, place: int, limit: y.Limit, everything: frozenset[str]) -> b.StackingRule:
        return b.StackingRule(
            id=f"{self.document.id}#limit{place}",
            document=self.document.id,
            per=tuple(per.value for per in limit.per),
            benefits=frozenset(one.text for one in limit.benefits) or everything,
            at_most=self._count(limit.at_most),
            highest_only=limit.highest,
            total=self._fen(limit.total),
            upper_funds=limit.upper_level is not None,
            cite=limit.cite.text,
        )

    def _count(self, text: y.Text | None) -> int | None:
        if text is None:
            return None
        try:
            number = parse_quantity(text.text).number
        except ValueError:
            number = 0
        if isinstance(number, int) and number > 0:
            return number
        self.problems.append(error_at(text.at, f"“{text}”要是一个个数", "如 1项"))
        return None

    def _fen(self, text: y.Text | None) -> int | None:
        if text is None:
            return None
        try:
            quantity = parse_quantity(text.text)
        except ValueError:
            quantity = parse_quantity("0")
        if quantity.dimension == t.MONEY.dimension and isinstance(quantity.number, int):
            return quantity.number
        self.problems.append(error_at(text.at, f"“{text}”要是一笔钱", "如 50万元"))
        return None


def _period(shape: y.Period, cite: str) -> b.Period:
    return b.Period(shape.start, shape.end, _text(shape.cite, cite), start_unstated=shape.start is None)


def _uncoded(shape: y.Uncoded | y.NotComputable) -> b.Uncoded:
    return b.Uncoded("；".join(word.text for word in shape.wording), shape.reason.value, _prose(shape.note))


def _later_law(shape: y.LaterLaw) -> b.LaterLaw:
    return b.LaterLaw(shape.start, shape.title.text, shape.effect.value, shape.confirmed, _prose(shape.note))


def lower_rule(
    name: y.Text,
    shape: y.Rule,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Type],
    problems: list[Diagnostic],
) -> b.DerivedRule | None:
    """A derived fact: its cases from top to bottom as 如果 (L12.2)."""
    declared = vocabulary.get(name.text)
    if declared is None:
        right = nearest(name.text, vocabulary)
        hint = f"是不是“{right}”？" if right else "先在 facts/ 里声明它"
        problems.append(error_at(name.at, f"推定规则“{name}”没有在词表里声明", hint))
        return None
    shop = Workshop(vocabulary, parameters, shape.lets, None, shape.cite.text, problems)
    node: s.Node = s.Unstated(name=name.text, type=declared.type, span=name.at, cite=shape.cite.text)
    for case in reversed(shape.cases):
        cite = _text(case.cite, shape.cite.text)
        if case.otherwise is not None:
            node = shop.formula(case.otherwise, declared.type, cite)
            continue
        if case.when is None or case.gives is None:
            continue
        condition = shop.formula(case.when, t.BOOL, cite)
        shop.lint(case.wording, condition)
        node = s.If(
            condition=condition,
            then=shop.formula(case.gives, declared.type, cite),
            otherwise=node,
            origin="情形",
            type=declared.type,
            span=case.at,
            cite=cite,
        )
    return b.DerivedRule(name.text, node, shape.cite.text, _prose(shape.note), name.at)


def lower_parameter(name: y.Text, shape: y.Parameter, problems: list[Diagnostic]) -> b.ParameterRule | None:
    """A dated parameter; every value must have the declared unit."""
    try:
        dimension, _ = unit_factor(shape.unit.text)
    except ValueError as problem:
        problems.append(error_at(shape.unit.at, str(problem)))
        return None
    values = []
    for value in shape.values:
        ends = []
        written = (value.value, value.high) if value.high else (value.value,)
        for text in written:
            try:
                quantity = parse_quantity(text.text)
            except ValueError as problem:
                problems.append(error_at(text.at, str(problem)))
                continue
            if quantity.dimension != dimension:
                problems.append(
                    error_at(text.at, f"“{text}”的单位不是“{shape.unit}”", "值要与参数的单位一致")
                )
            ends.append(quantity.number)
        if value.high and len(ends) == len(written) and ends[0] > ends[1]:
            problems.append(error_at(value.high.at, "“高”比“值”小", "低的一头写在“值”，高的写在“高”"))
        if len(ends) == len(written):
            values.append(
                b.ParameterValue(
                    value.start or date.min, value.end, ends[0], ends[-1], value.cite.text, value.confirmed,
                    _prose(value.note),
                )
            )  # fmt: skip
    return b.ParameterRule(name.text, t.number(dimension, shape.unit.text), tuple(values))
