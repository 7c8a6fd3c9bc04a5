"""Monthly and yearly reports on the cases of a procedure: what came in, what was closed, what is late.

Pure: the logs come from a store, and what counts as what is said in the definition (统计). Nothing that
happened after the period is looked at, so a report comes out the same whenever it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from huiqi.clocks import WorkCalendar
from huiqi.clocks.period import Moment, day_of, moment
from huiqi.procedures.definition import Definition
from huiqi.procedures.fold import Case, fold, is_late
from huiqi.procedures.kernel import expire
from huiqi.procedures.log import Entry, Log, written
from huiqi.procedures.statistics import Statistics


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The days that are reported on, the last one included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"统计期的最后一日 {self.last} 早于第一日 {self.first}")

    @classmethod
    def month(cls, year: int, month: int) -> ReportPeriod:
        """A calendar month."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), following - timedelta(days=1))

    @classmethod
    def year(cls, year: int) -> ReportPeriod:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def end(self) -> datetime:
        """Its very last moment."""
        return moment(self.last + timedelta(days=1)) - timedelta(microseconds=1)

    def __contains__(self, when: Moment) -> bool:
        return self.first <= day_of(when) <= self.last

    @property
    def words(self) -> str:
        """The period for people."""
        return f"{self.first} 至 {self.last}"


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as a store hands it over; ``number`` is the store's own and unlike all others."""

    number: str
    locality: str
    department: str
    definition: Definition
    log: Log


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with both its numbers; ``says`` is what they are."""

    part: int
    whole: int
    says: str

    @property
    def value(self) -> Fraction | None:
        """The exact share; ``None`` of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def words(self) -> str:
        """Both numbers and the percentage to one place, a half rounded up."""
        if not self.whole:
            return f"{self.part}/{self.whole}（没有可以算的）"
        tenths = (self.part * 2000 + self.whole) // (2 * self.whole)
        return f"{self.part}/{self.whole}（{tenths // 10}.{tenths % 10}%）"

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"numerator": self.part, "denominator": self.whole, "words": self.words, "says": self.says}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger: a case and where it stands at the end of the period."""

    number: str
    locality: str
    department: str
    state: str


@dataclass(frozen=True, slots=True)
class OnLedger:
    """A case that is tracked; ``listed`` is ``None`` when it should be on the ledger and is not."""

    number: str
    listed: date | None
    written_off: date | None


@dataclass(frozen=True, slots=True)
class RanOut:
    """A clock that ran out in the period, or earlier and ``still`` is; ``outcome`` is what came of it."""

    number: str
    clock: str
    day: date
    outcome: str
    still: bool
    cite: str


@dataclass(frozen=True, slots=True)
class Late:
    """A duty that was done late in the period, or is overdue at its end (``done`` is ``None``)."""

    number: str
    duty: str
    who: tuple[str, ...]
    by: date
    done: date | None
    cite: str


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a period; cases are given by their numbers, in the order in which they came.

    ``handled`` are those open at its start and those accepted or reopened in it.
    """

    period: ReportPeriod
    received: tuple[str, ...]
    accepted: tuple[str, ...]
    closed: tuple[str, ...]
    ended: tuple[str, ...]
    reopened: tuple[str, ...]
    open_at_start: tuple[str, ...]
    open_at_end: tuple[str, ...]
    handled: tuple[str, ...]
    closing: Rate
    satisfaction: Rate
    answered: Rate
    tracked: tuple[OnLedger, ...]
    ran_out: tuple[RanOut, ...]
    late: tuple[Late, ...]
    ledger: tuple[Row, ...]
    notes: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            **{name: list(getattr(self, name)) for name, _ in _COUNTS},
            "closing": self.closing.as_data(),
            "satisfaction": self.satisfaction.as_data(),
            "answered": self.answered.as_data(),
            "tracked": [
                {"number": each.number, "listed": _iso(each.listed), "written_off": _iso(each.written_off)}
                for each in self.tracked
            ],
            "ran_out": [
                {
                    "number": each.number,
                    "clock": each.clock,
                    "day": each.day.isoformat(),
                    "outcome": each.outcome,
                    "still": each.still,
                    "cite": each.cite,
                }
                for each in self.ran_out
            ],
            "late": [
                {
                    "number": each.number,
                    "duty": each.duty,
                    "who": list(each.who),
                    "by": each.by.isoformat(),
                    "done": _iso(each.done),
                    "cite": each.cite,
                }
                for each in self.late
            ],
            "ledger": [
                {
                    "number": each.number,
                    "locality": each.locality,
                    "department": each.department,
                    "state": each.state,
                }
                for each in self.ledger
            ],
            "notes": list(self.notes),
        }

    def as_text(self) -> str:
        """The same for people."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield self.period.words
        yield "，".join(f"{word} {len(getattr(self, name))} 件" for name, word in _COUNTS)
        for name, rate in (
            ("结案率", self.closing),
            ("满意率", self.satisfaction),
            ("回访率", self.answered),
        ):
            yield f"{name} {rate.words}：{rate.says}"
        for each in self.tracked:
            listed = f"{each.listed} 列入" if each.listed else "应列入而没有列入"
            off = f"，{each.written_off} 销账" if each.written_off else ""
            yield f"跟踪台账：{each.number}，{listed}{off}"
        for one in self.ran_out:
            still = "，至今没有办" if one.still else ""
            yield f"期限届满：{one.number}，{one.clock}，{one.day}，{one.outcome}{still}（{one.cite}）"
        for duty in self.late:
            done = f"{duty.done} 才做" if duty.done else "还没有做"
            who = "、".join(duty.who)
            yield f"职责逾期：{duty.number}，{who}，{duty.duty}，应至 {duty.by}，{done}（{duty.cite}）"
        yield from (
            f"台账：{row.number}，{row.locality}，{row.department}，{row.state}" for row in self.ledger
        )
        yield from (f"注：{note}" for note in self.notes)


_COUNTS = (
    ("received", "收到"),
    ("open_at_start", "期初未结"),
    ("accepted", "受理"),
    ("reopened", "重办"),
    ("closed", "办结"),
    ("ended", "了结"),
    ("open_at_end", "期末未结"),
    ("handled", "应办"),
)
CLOSING = "本期办结的件数 ÷（期初未结和本期受理、重办的件数）"
SATISFACTION = "满意的件数 ÷ 本期问到的件数"
ANSWERED = "本期问到的件数 ÷（办结以后期初还没有问的、本期办结的和本期问到的件数）"


def report(cases: Iterable[Filed], period: ReportPeriod, calendar: WorkCalendar) -> Report:
    """What happened in a period. Raises ValueError for a case without 统计 or with another's number."""
    seen = [one for filed in unlike(cases) if (one := _Seen.of(filed, period, calendar)) is not None]
    answers = [one.satisfied for one in seen if one.satisfied is not None]
    closed, handled = _numbers(seen, "closed"), _numbers(seen, "handled")
    notes = dict.fromkeys(note for one in seen for note in one.statistics.notes)
    return Report(
        period=period,
        received=_numbers(seen, "received"),
        accepted=_numbers(seen, "accepted"),
        closed=closed,
        ended=_numbers(seen, "ended"),
        reopened=_numbers(seen, "reopened"),
        open_at_start=_numbers(seen, "open_at_start"),
        open_at_end=_numbers(seen, "open_at_end"),
        handled=handled,
        closing=Rate(len(closed), len(handled), CLOSING),
        satisfaction=Rate(sum(answers), len(answers), SATISFACTION),
        answered=Rate(len(answers), sum(one.to_ask for one in seen), ANSWERED),
        tracked=tuple(found for one in seen if (found := one.on_ledger()) is not None),
        ran_out=tuple(found for one in seen for found in one.ran_out(calendar)),
        late=tuple(found for one in seen for found in one.late(calendar)),
        ledger=tuple(
            Row(one.filed.number, one.filed.locality, one.filed.department, one.case.state)
            for one in seen
            if one.handled or one.received
        ),
        notes=tuple(notes),
    )


def unlike(cases: Iterable[Filed]) -> Iterator[Filed]:
    """The cases as they come; raises ValueError for a number that comes twice."""
    numbers: set[str] = set()
    for filed in cases:
        if filed.number in numbers:
            raise ValueError(f"案号「{filed.number}」有两件")
        numbers.add(filed.number)
        yield filed


def counted(definition: Definition) -> Statistics:
    """What is counted in the cases of a procedure. Raises ValueError when it does not say."""
    if definition.statistics is None:
        raise ValueError(f"「{definition.name}」没有写「统计」，不知道什么算受理、办结")
    return definition.statistics


def log_within(filed: Filed, period: ReportPeriod, calendar: WorkCalendar) -> Log:
    """The log to the end of a period, with all that ran out by then and nothing that came later."""
    log = tuple(entry for entry in filed.log if day_of(entry.when) <= period.last)
    return expire(filed.definition, log, period.end, calendar)


@dataclass
class _Seen:
    """One case in a period: its log up to the end of it, and what of that counts."""

    filed: Filed
    period: ReportPeriod
    statistics: Statistics
    log: Log
    case: Case
    open_at_start: bool = False
    open_at_end: bool = False
    waiting_at_start: bool = False
    satisfied: bool | None = None

    @classmethod
    def of(cls, filed: Filed, period: ReportPeriod, calendar: WorkCalendar) -> _Seen | None:
        """The case in the period; ``None`` when it began only later."""
        statistics = counted(filed.definition)
        log = log_within(filed, period, calendar)
        if not log:
            return None
        one = cls(filed, period, statistics, log, fold(filed.definition, log))
        one._follow()
        return one

    def _follow(self) -> None:
        """Walk the log once: whether the case is open, and whether it waits for an answer."""
        counts, waiting = self.statistics, False
        for entry in self.log:
            if day_of(entry.when) >= self.period.first:
                break
            self.open_at_start = _open_after(counts, entry, was=self.open_at_start)
            waiting = _waits_after(counts, entry, was=waiting)
        self.waiting_at_start = waiting
        for entry in self.log:
            self.open_at_end = _open_after(counts, entry, was=self.open_at_end)
            if counts.answer and entry.event in counts.answer.events and entry.when in self.period:
                said = entry.facts.get(counts.answer.fact)
                self.satisfied = said is not None and written(said) in counts.answer.values

    def _happened(self, events: tuple[str, ...]) -> bool:
        return any(entry.event in events and entry.when in self.period for entry in self.log)

    @property
    def received(self) -> bool:
        return self._happened(self.statistics.received)

    @property
    def accepted(self) -> bool:
        return self._happened(self.statistics.accepted)

    @property
    def closed(self) -> bool:
        return self._happened(self.statistics.closed)

    @property
    def ended(self) -> bool:
        return self._happened(self.statistics.ended)

    @property
    def reopened(self) -> bool:
        return self._happened(self.statistics.reopened)

    @property
    def handled(self) -> bool:
        return self.open_at_start or self.accepted or self.reopened

    @property
    def to_ask(self) -> bool:
        return self.waiting_at_start or self.closed or self.satisfied is not None

    def on_ledger(self) -> OnLedger | None:
        """The case on the ledger of tracked ones: still there, written off in the period, or missing."""
        rule = self.statistics.tracked
        if rule is None:
            return None
        listed = written_off = None
        for entry in self.log:
            if entry.event in rule.listed:
                listed, written_off = day_of(entry.when), None
            elif entry.event in rule.written_off:
                written_off = day_of(entry.when)
        owed = any(one.duty == rule.duty and one.done is None for one in self.case.duties)
        if written_off and written_off not in self.period:
            return None
        if listed or written_off or owed:
            return OnLedger(self.filed.number, listed, written_off)
        return None

    def ran_out(self, calendar: WorkCalendar) -> Iterator[RanOut]:
        """Clocks that ran out in the period, or that have run out and not been mended since."""
        for entry in self.log:
            if not entry.clock:
                continue
            clock = self.filed.definition.clocks[entry.clock]
            run = self.case.running(clock.name)
            latest = run is not None and bool(run.expired) and run.expired[-1] == entry.when
            ends = run.due(clock, calendar).ends if run and latest else None
            still = ends is not None and ends <= self.period.end
            if still or entry.when in self.period:
                outcome = entry.event or clock.says or f"可以{clock.fires}"
                day = day_of(entry.when)
                yield RanOut(self.filed.number, clock.name, day, outcome, still, clock.expiry_cite)

    def late(self, calendar: WorkCalendar) -> Iterator[Late]:
        """Duties that were done late in the period, and those that are overdue at its end."""
        for owed in self.case.duties:
            duty = self.filed.definition.duties[owed.duty]
            limit = owed.due(duty, calendar)
            if limit is None or (owed.done is not None and owed.done not in self.period):
                continue
            by = moment(owed.done) if owed.done is not None else self.period.end
            if limit.day and is_late(limit, by):
                done = day_of(owed.done) if owed.done is not None else None
                yield Late(self.filed.number, duty.name, duty.who, limit.day, done, duty.cite)


def _open_after(counts: Statistics, entry: Entry, *, was: bool) -> bool:
    if entry.event in counts.accepted or entry.event in counts.reopened:
        return True
    return was and entry.event not in counts.closed and entry.event not in counts.ended


def _waits_after(counts: Statistics, entry: Entry, *, was: bool) -> bool:
    """Whether a closed case still has to be asked."""
    if entry.event in counts.closed:
        return True
    over = entry.event in counts.reopened or bool(counts.answer and entry.event in counts.answer.events)
    return was and not over


def _numbers(seen: list[_Seen], what: str) -> tuple[str, ...]:
    return tuple(one.filed.number for one in seen if getattr(one, what))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
