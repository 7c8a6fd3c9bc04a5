"""An answer as data for machines: the contract of ``huiqi explain --json``.

Money is given in 元, exactly; other amounts in the unit named beside them; ``null`` where nothing bounds
them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any as Anything

from huiqi.allocate import Chosen, LeftOut
from huiqi.entitlements.answer import Answer
from huiqi.entitlements.reasons import Reason, reasons
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.language.units import Number, dimension_words, unit_factor

Json = dict[str, Anything]


def answer_json(answer: Answer) -> Json:
    """The whole answer."""
    results = {result.key: result for result in answer.results}
    return {
        "on": answer.on.isoformat(),
        "benefits": [result_json(result) for result in answer.results],
        "plan": {
            "chosen": [_chosen(one, results) for one in answer.plan.chosen],
            "total": yuan(answer.plan.total_low),
            "total_high": yuan(answer.plan.total_high),
            "notes": answer.notes,
            "left_out": [_left_out(one, results) for one in answer.plan.left_out],
        },
    }


def result_json(result: Result) -> Json:
    """One benefit for one subject, judged with traces."""
    benefit = result.benefit
    dates_only = result.verdict is Verdict.OUT_OF_PERIOD
    amount = amount_json(result.amount)
    found: Json = {
        "id": benefit.id,
        "name": benefit.name,
        "document": {"title": benefit.document.title, "number": benefit.document.number},
        "cite": benefit.cite,
        "department": "、".join(benefit.departments),
        "form": benefit.form.value,
        "subject": result.subject,
        "verdict": result.verdict.value,
        "amount": _nothing(amount) if dates_only else amount,
        "missing": [*result.missing, *result.missing_for_amount],
        "unmet": [
            {"name": u.name, "cite": u.cite, "have": u.have, "need": u.need, "gap": u.gap}
            for u in result.unmet
        ],
        "reservations": [{"reason": r.reason, "words": r.words, "cite": r.cite} for r in result.reservations],
        "unconfirmed": list(result.unconfirmed),
        "period": {
            "from": _day(benefit.period.start),
            "to": _day(benefit.period.end),
            "cite": benefit.period.cite,
        },
    }
    if benefit.uncomputable is not None:
        found["not_computable"] = {
            "reason": benefit.uncomputable.reason,
            "words": benefit.uncomputable.note,
        }
    if result.but_for_dates is not None:
        found["but_for_dates"] = {"verdict": result.but_for_dates.value, "amount": amount}
    found["why"] = _tree(result)
    if result.amount_why is not None:
        found["amount_why"] = [reason_json(reason) for reason in reasons(result.amount_why)]
    return found


def amount_json(amount: AmountRange | None) -> Json | None:
    """An amount: what it is, its ends, its unit, and its parts."""
    if amount is None:
        return None
    unit = "元" if amount.is_money else (amount.type.unit or dimension_words(amount.type.dimension))
    found: Json = {
        "kind": amount.kind.value,
        "low": _in_unit(amount.low, amount),
        "high": _in_unit(amount.high, amount),
        "unit": unit,
    }
    if amount.parts:
        found["parts"] = [
            {"name": part.name, "low": _in_unit(part.low, amount), "high": _in_unit(part.high, amount)}
            for part in amount.parts
        ]
    return found


def _nothing(amount: Json | None) -> Json | None:
    """Outside its dates a benefit gives nothing; what it would give stands under but_for_dates."""
    if amount is None:
        return None
    return {"kind": amount["kind"], "low": 0, "high": 0, "unit": amount["unit"]}


def yuan(fen: Number) -> int | float:
    """分 as a number of 元: whole where it is whole, otherwise with its two decimals."""
    return number_json(Fraction(fen) / 100)


def number_json(number: Number) -> int | float:
    """A number as JSON writes it; the shortest decimals that say it, at most ten digits behind the point."""
    number = Fraction(number)
    if number.denominator == 1:
        return number.numerator
    return float(round(Decimal(number.numerator) / Decimal(number.denominator), 10))


def _in_unit(number: Number | None, amount: AmountRange) -> Anything:
    if number is None:
        return None
    if amount.is_money:
        return yuan(number)
    unit = amount.type.unit
    return number_json(Fraction(number) / (unit_factor(unit)[1] if unit else 1))


def reason_json(reason: Reason) -> Json:
    """A reason with its clause and what it was made from; the value is true, false, null (open), or words."""
    found: Json = {"text": reason.text, "value": _STATES.get(reason.state, reason.found), "cite": reason.cite}
    if reason.name:
        found["name"] = reason.name
    if reason.state in _STATES and reason.found:
        found["found"] = reason.found
    if reason.children:
        found["children"] = [reason_json(child) for child in reason.children]
    return found


_STATES = {"true": True, "false": False, "unknown": None}


def _tree(result: Result) -> Json:
    """Why: every condition side by side under the verdict."""
    benefit, trace = result.benefit, result.why
    if trace is not None:
        met = trace.value if isinstance(trace.value, bool) else None
        conditions = [reason_json(reason) for reason in reasons(trace)]
    elif result.unmet:  # the collection is empty, or no item of it could meet the conditions
        met = False
        conditions = [
            {"text": u.need, "value": False, "cite": u.cite, "name": u.name, "found": u.have}
            for u in result.unmet
        ]
    else:
        met = None
        text = f"每一项{benefit.subject}各算一次，还不知道有哪些"
        conditions = [{"text": text, "value": None, "cite": benefit.cite}]
    return {"text": "每一条都要满足", "value": met, "cite": benefit.cite, "children": conditions}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _chosen(one: Chosen, results: dict[str, Result]) -> Json:
    result = results[one.claim.key]
    found: Json = {
        "id": one.claim.benefit,
        "subject": result.subject,
        "name": one.claim.name,
        "verdict": result.verdict.value,
        "amount": yuan(one.low),
        "amount_high": yuan(one.high),
    }
    if one.because:
        found["because"] = one.because
    return found


def _left_out(one: LeftOut, results: dict[str, Result]) -> Json:
    return {
        "id": one.claim.benefit,
        "subject": results[one.claim.key].subject,
        "name": one.claim.name,
        "because": one.because,
        "rules": [{"cite": e.rule.cite, "words": e.rule.words} for e in one.exclusions],
        "price": None if one.price is None else yuan(one.price.low),
    }
