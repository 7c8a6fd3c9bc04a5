"""Making the papers of a case: filled from its log, numbered without a gap, kept as they were given out."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from huiqi.casework import book
from huiqi.casework.models import Case, Document, Entry
from huiqi.casework.permissions import posts_of
from huiqi.casework.records import log_of
from huiqi.casework.services import Rejected, next_of
from huiqi.clocks.period import day_of
from huiqi.language.words import day_words
from huiqi.papers import PaperError, as_pdf, fill
from huiqi.procedures import Definition, fold
from huiqi.procedures.definition import PaperKind
from huiqi.procedures.log import Log, Value, written

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def makeable(case: Case, definition: Definition) -> list[tuple[Entry, PaperKind]]:
    """The papers that could be made now: for each event that has one and has none of that kind yet."""
    made = set(case.documents.values_list("entry_id", "kind"))
    return [
        (entry, kind)
        for entry in case.entries.order_by("seq")
        for kind in definition.papers.values()
        if entry.event in kind.events and (entry.pk, kind.name) not in made
    ]


@transaction.atomic(durable=True)
def make_paper(
    user: User, number: str, seq: int, kind: str, remark: str = "", *, now: datetime | None = None
) -> Document | Rejected:
    """Make a paper about one event of a case; once for each kind, the same again is the same paper.

    Who works on the procedure may. The name of a shielded person is not in it: that stands on the envelope.
    """
    now = now or timezone.now()
    case = Case.objects.select_for_update().filter(number=number).first()
    if case is None:
        return Rejected(f"没有案件 {number}")
    if not posts_of(user, case.procedure):
        return Rejected("在这个程序里没有岗位")
    definition = book.definition_of(case)
    paper, entry = definition.papers.get(kind), case.entries.filter(seq=seq).first()
    if paper is None or entry is None or entry.event not in paper.events:
        return Rejected(f"这一条记录没有「{kind}」这种文书")
    if before := Document.objects.filter(entry=entry, kind=kind).first():
        return before
    year = day_of(now).year
    shown = f"{paper.series}〔{year}〕{next_of(f'{paper.series}-{year}')}号"
    data = filled_with(case, definition, log_of(case, definition)[:seq], paper, shown, day_of(now), remark)
    try:
        word = fill(paper.template, data)
    except PaperError as error:
        transaction.set_rollback(True)  # the number stays free
        return Rejected(str(error))
    return Document.objects.create(
        case=case,
        entry=entry,
        kind=kind,
        number=shown,
        data=data,
        digest=hashlib.sha256(word).hexdigest(),
        word=word,
        pdf=as_pdf(word, f"{kind} {shown}", day_of(now)),
        made=now,
        by=user,
    )


def filled_with(
    case: Case, definition: Definition, log: Log, paper: PaperKind, number: str, day: date, remark: str
) -> dict[str, Any]:
    """The fields of a paper about the last event of a log, in the words of the office."""
    line, folded = log[-1], fold(definition, log)
    source = f"《{definition.title}》{definition.number}"
    office = next(iter(definition.events[line.event].actors))
    running = (
        (name, clock, run.due(clock, book.calendar()).day)
        for name, clock in definition.clocks.items()
        if (run := folded.running(name))
    )
    return {
        "字号": number,
        "案号": case.number,
        "标题": case.title,
        "收件人": paper.to,
        "单位": definition.actors[line.actor or office].who if not line.clock else "",
        "日期": day_words(day),
        "事件": line.event,
        "事件日": day_words(day_of(line.when)),
        "依据": f"{source}{paper.cite}",
        "事实": {name: _said(value) for name, value in line.facts.items()},
        "案件事实": {name: _said(value) for name, value in folded.facts.items()},
        "材料": list(line.materials),
        "各期限": [
            {"名称": name, "到期": day_words(last), "依据": f"{source}{clock.cite}"}
            for name, clock, last in running
            if last
        ],
        "说明": remark,
    }


def _said(value: Value) -> str:
    return day_words(value) if isinstance(value, date) else written(value)
