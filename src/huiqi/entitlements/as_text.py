"""An answer as text for people in a terminal: what is due first, then what is open, then the plan."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.entitlements.answer import Answer
from huiqi.entitlements.reasons import Reason, reasons
from huiqi.evaluate.result import OPEN, Result, Verdict
from huiqi.language.units import money_words

_SIGNS = {"true": "✓", "false": "✗", "unknown": "？", "value": "="}


def answer_text(answer: Answer, *, everything: bool = False, tell: bool = False) -> str:
    """The answer by verdict; ``everything`` lists what is ruled out too, ``tell`` adds the reasons."""
    lines = [f"评价日 {answer.on.isoformat()}", ""]
    for verdict in Verdict:
        results = answer.by_verdict(verdict)
        if not results:
            continue
        lines.append(f"【{verdict.value}】{len(results)} 项")
        if verdict in OPEN or everything:
            for result in results:
                lines += _result(result, tell=tell)
        lines.append("")
    if not everything:
        lines += [
            "（不符合、不在期内、不可计算的没有列出，加 --all 看全部；加 --benefit 标识 看一项的理由）",
            "",
        ]
    lines += _plan(answer)
    lines += _next(answer)
    return "\n".join(lines).rstrip()


def _result(result: Result, *, tell: bool) -> Iterator[str]:
    benefit = result.benefit
    subject = f"（{result.subject}）" if result.subject else ""
    amount = (
        f"  {result.amount.words()}" if result.amount and result.verdict is not Verdict.INELIGIBLE else ""
    )
    yield f"  {benefit.name}{subject}{amount}"
    departments = "、".join(benefit.departments) or "未写责任单位"
    yield f"    依据 {benefit.document.title} {benefit.cite}；{departments}；{benefit.id}"
    if result.but_for_dates is not None:
        yield f"    若在期内：{result.but_for_dates.value}"
    for part in result.amount.parts if result.amount else ():
        high = (
            ""
            if part.high == part.low
            else f" 至 {money_words(part.high)}"
            if part.high is not None
            else " 以上"
        )
        yield f"    其中{part.name} {money_words(part.low)}{high}"
    for unmet in result.unmet:
        gap = f"，{unmet.gap}" if unmet.gap else ""
        yield f"    没过：{unmet.name}（{unmet.cite}）现有 {unmet.have}；要求 {unmet.need}{gap}"
    if result.missing:
        yield f"    还要知道：{'、'.join(result.missing)}"
    if result.missing_for_amount:
        yield f"    金额还取决于：{'、'.join(result.missing_for_amount)}"
    if benefit.uncomputable is not None:
        yield f"    {benefit.uncomputable.reason}：{benefit.uncomputable.note}"
    for reservation in result.reservations:
        yield f"    注意：{reservation.reason}：{reservation.words}"
    said = " ".join(reservation.words for reservation in result.reservations)
    for name in result.unconfirmed:
        if name not in said:
            yield f"    未见官方原文：{name}"
    if result.claimable and benefit.note:
        yield f"    说明：{' '.join(benefit.note.split())}"
    if tell:
        for reason in (*reasons(result.why), *reasons(result.amount_why)):
            yield from _reason(reason, 3)


def _reason(reason: Reason, depth: int) -> Iterator[str]:
    name = f"{reason.name}：" if reason.name else ""
    found = f" → {reason.found}" if reason.found else ""
    cite = f"（{reason.cite}）" if reason.name and reason.cite else ""
    yield f"{'  ' * depth}{_SIGNS[reason.state]} {name}{reason.text}{found}{cite}"
    for child in reason.children:
        yield from _reason(child, depth + 1)


def _plan(answer: Answer) -> Iterator[str]:
    plan = answer.plan
    paid = [one for one in plan.chosen if one.high]
    if paid:
        more = plan.total_high - plan.total_low
        maybe = f"，另外最多可能还有{money_words(more)}" if more else ""
        yield f"【最好的合法组合】能确定的 {money_words(plan.total_low)}{maybe}"
        for one in paid:
            mark = "（可能符合）" if answer.result(one.claim.key).verdict is Verdict.LIKELY else ""
            upto = "" if one.high == one.low else f" 至 {money_words(one.high)}"
            yield f"  {one.claim.name}{mark}  {money_words(one.low)}{upto}"
            if one.because:
                yield f"    {one.because}"
    if paid or answer.undecided:
        for note in answer.notes:
            yield f"  注意：{note}"
    if plan.left_out:
        yield "【没有选的】"
        for left in plan.left_out:
            yield f"  {left.claim.name}"
            yield f"    {left.because}"
    if paid or plan.left_out:
        yield ""


def _next(answer: Answer) -> Iterator[str]:
    questions = answer.questions()[:5]
    if questions:
        yield "【接下来最值得回答的】"
        for question in questions:
            decides = len(question.decides)
            yield f"  {question.key}：{question.declaration.question}（关系到 {decides} 项）"
