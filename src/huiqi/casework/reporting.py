"""Monthly and yearly reports and samples: made once from one snapshot of all cases, and kept as they were.

What a report counts and how cases are drawn is worked out by ``huiqi.procedures``; here is what it is read
from, and what of it is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Length
from django.utils import timezone

from huiqi.casework import book
from huiqi.casework.models import Case, Entry, Report, Sample
from huiqi.casework.permissions import may_report, may_sample
from huiqi.casework.records import as_line, moment_of
from huiqi.casework.services import Rejected
from huiqi.clocks.period import day_of
from huiqi.procedures import Definition
from huiqi.procedures.reports import Filed, ReportPeriod, counted, report
from huiqi.procedures.sampling import Draw, draw_sample, sampling_rule

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Kept = TypeVar("Kept", Report, Sample)


def make_report(
    user: User | None, procedure: str, period: ReportPeriod, *, now: datetime | None = None
) -> Report | Rejected:
    """The report on a period that is over: made at the first request, and the same ever after.

    ``user`` is ``None`` for who runs the installation itself.
    """
    now = now or timezone.now()
    if user is not None and not (allowed := may_report(user, procedure)):
        return Rejected(allowed.reason)
    name = period_name(period)
    definition = _counted(procedure, period)
    if isinstance(definition, Rejected):
        return definition
    if day_of(now) <= period.last:
        return Rejected(f"{name} 还没有完，{period.last} 过了才能做")
    kept = Report.objects.filter(procedure=procedure, period=name)
    if before := kept.first():
        return before
    snapshot = Snapshot.take(procedure)
    try:
        found = report(snapshot.filed(), period, book.calendar())
    except (LookupError, ValueError) as error:
        return Rejected(_words(error))
    told = _became_known(snapshot, _last_before(procedure, name))
    read_from = f"据 {len(snapshot.cases)} 件案件的 {snapshot.entries} 条记录，摘要 {snapshot.digest}"
    text = (_title(definition, name), found.as_text().rstrip(), *(one.words for one in told), read_from)
    row = Report(
        procedure=procedure,
        period=name,
        entries=snapshot.entries,
        digest=snapshot.digest,
        seen=snapshot.seen,
        data={**found.as_data(), "became_known": [one.as_data() for one in told]},
        text="\n".join(text) + "\n",
        made=now,
        by=user,
    )
    return _stored(row) or kept.get()


def draw(
    user: User | None,
    procedure: str,
    period: ReportPeriod,
    *,
    reason: str | None = None,
    now: datetime | None = None,
) -> Sample | Rejected:
    """The last sample of the cases closed in a period, drawn if there is none; with a reason, another one.

    The seed follows from the report on the period, which is stored first, and from which draw it is: when the
    list is made, nobody can choose it any more.
    """
    now = now or timezone.now()
    if user is not None and not (allowed := may_sample(user, procedure)):
        return Rejected(allowed.reason)
    definition = _counted(procedure, period)
    if isinstance(definition, Rejected):
        return definition
    try:
        percent = sampling_rule(definition).percent
    except ValueError as error:
        return Rejected(str(error))
    made = make_report(user, procedure, period, now=now)
    if isinstance(made, Rejected):
        return made
    last = made.samples.last()
    if reason is None and last:
        return last
    if reason is not None and not last:
        return Rejected(f"{made.period} 还没有抽过，谈不上再抽")
    if reason is not None and not reason.strip():
        return Rejected("再抽要写明理由，会一并留下")
    number = last.number + 1 if last else 1
    seed = hashlib.sha256(f"{made.digest}{number}".encode()).hexdigest()
    try:
        cases = Snapshot.take(procedure).filed()
        found = draw_sample(cases, period, seed, number, calendar=book.calendar())
    except (LookupError, ValueError) as error:
        return Rejected(_words(error))
    why = (reason or "").strip()
    row = Sample(
        report=made,
        number=number,
        reason=why,
        seed=seed,
        digest=found.digest,
        share=max((rule.percent for rule in found.rules), default=percent),
        drawn=list(found.drawn),
        data=found.as_data(),
        text="\n".join((_title(definition, made.period), *_lines(found, why))) + "\n",
        made=now,
        by=user,
    )
    stored = _stored(row)
    if stored is None and reason is not None:
        return Rejected("慢了一步：同时有人再抽了一次，请看过以后再办", late=True)
    return stored or made.samples.get(number=number)


def period_name(period: ReportPeriod) -> str:
    """A period as it is stored: 2026-03, 2026, or its days when it is neither a month nor a year."""
    if period == ReportPeriod.month(period.first.year, period.first.month):
        return f"{period.first:%Y-%m}"
    if period == ReportPeriod.year(period.first.year):
        return f"{period.first:%Y}"
    return f"{period.first}..{period.last}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All cases of a procedure with their logs as they were at one moment, in the order they were opened."""

    cases: tuple[tuple[Case, tuple[Entry, ...]], ...]

    @classmethod
    def take(cls, procedure: str) -> Snapshot:
        """What is in the database now."""
        logs: dict[int, list[Entry]] = {}
        with _one_moment():
            cases = list(Case.objects.filter(procedure=procedure).defer("statement").order_by("pk"))
            for entry in Entry.objects.filter(case__procedure=procedure).order_by("case", "seq"):
                logs.setdefault(entry.case_id, []).append(entry)
        return cls(tuple((case, tuple(logs.get(case.pk, ()))) for case in cases))

    @property
    def entries(self) -> int:
        """How many lines all logs have."""
        return sum(len(log) for _, log in self.cases)

    @property
    def seen(self) -> dict[str, int]:
        """How many lines the log of each case has, by its number."""
        return {case.number: len(log) for case, log in self.cases}

    @property
    def digest(self) -> str:
        """The SHA-256 of number, length and last line of every case: the same again only from the same."""
        ends = sorted((case.number, len(log), log[-1].pk if log else 0) for case, log in self.cases)
        return hashlib.sha256(json.dumps(ends, ensure_ascii=False).encode()).hexdigest()

    def filed(self) -> Iterator[Filed]:
        """The cases as reports want them. Raises LookupError for a case whose version is gone."""
        for case, entries in self.cases:
            definition = book.definition_of(case)
            log = tuple(as_line(entry, definition) for entry in entries)
            yield Filed(case.number, case.locality, case.department, definition, log)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read inside is as it was at one moment, whoever writes meanwhile; nothing can be written."""
    outermost = not connection.in_atomic_block  # it always is, but where a test is itself one transaction
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@dataclass(frozen=True, slots=True)
class BecameKnown:
    """What happened in the time of an earlier report and was written down only after that was made."""

    number: str
    event: str
    day: date
    recorded: date

    @property
    def words(self) -> str:
        """The same for people."""
        written = f"{self.recorded} 才记下，以前的报告里没有"
        return f"补记：{self.number}，{self.day} {self.event}，{written}"

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "number": self.number,
            "event": self.event,
            "day": self.day.isoformat(),
            "recorded": self.recorded.isoformat(),
        }


def _became_known(snapshot: Snapshot, earlier: Report | None) -> list[BecameKnown]:
    """What an earlier report could not know; what ran out by itself it knew without its being written."""
    if earlier is None:
        return []
    until = date.fromisoformat(earlier.data["last"])
    return [
        BecameKnown(case.number, entry.event, day, day_of(entry.recorded))
        for case, entries in snapshot.cases
        for entry in entries[earlier.seen.get(case.number, 0) :]
        if not entry.clock and (day := day_of(moment_of(entry.happened))) <= until
    ]


def _last_before(procedure: str, name: str) -> Report | None:
    """The last report on an earlier period of the same kind: their names are equally long."""
    alike = Report.objects.annotate(length=Length("period")).filter(length=len(name))
    return alike.filter(procedure=procedure, period__lt=name).order_by("period").last()


def _counted(procedure: str, period: ReportPeriod) -> Definition | Rejected:
    """The last version of a procedure that had begun when a period ended, which must say what is counted."""
    versions = [one for one in book.procedures() if one.id == procedure]
    if not versions:
        return Rejected(f"没有「{procedure}」这个程序")
    begun = [one for one in versions if one.since <= period.last]
    if not begun:
        return Rejected(f"「{versions[0].name}」自 {versions[0].since} 起施行，{period_name(period)} 还没有")
    found = max(begun, key=lambda one: one.since)
    try:
        counted(found)
    except ValueError as error:
        return Rejected(str(error))
    return found


def _stored(row: Kept) -> Kept | None:
    """The row once it is in the database; ``None`` when somebody else was faster."""
    try:
        with transaction.atomic(durable=True):
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _title(definition: Definition, name: str) -> str:
    return f"{definition.name} {name}（《{definition.title}》{definition.number}）"


def _lines(drawn: Draw, reason: str) -> Iterator[str]:
    """A draw for people."""
    closed = sum(len(each.closed) for each in drawn.strata)
    rules = "，".join(f"每地每部门不少于百分之 {rule.percent}（{rule.cite}）" for rule in drawn.rules)
    yield f"抽查第 {drawn.number} 次：办结 {closed} 件，抽 {len(drawn.drawn)} 件" + (rules and f"，{rules}")
    if reason:
        yield f"再抽的理由：{reason}"
    for each in drawn.strata:
        where = f"{each.locality or '没有写地方'}，{each.department or '没有写部门'}"
        yield f"{where}：办结 {len(each.closed)} 件，抽 {len(each.drawn)} 件"
        yield from (f"  {number}" for number in each.drawn)
    yield f"种子 {drawn.seed}"
    yield f"名单摘要 {drawn.digest}"


def _words(error: Exception) -> str:
    return str(error.args[0]) if error.args else str(error)
