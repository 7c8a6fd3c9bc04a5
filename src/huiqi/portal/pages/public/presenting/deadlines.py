"""Until when: the form that asks for one time limit, and its answer day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.exceptions import BadRequest

from huiqi.clocks import BEIJING, CountedDay, DayKind, Due, Pause, PeriodError, Unit, WorkCalendar
from huiqi.clocks.calendar import weekday
from huiqi.clocks.period import Moment, day_of, moment
from huiqi.portal.pages.public.dates import read_day
from huiqi.portal.pages.public.presenting.procedures import Expires, Said, expires, extensions
from huiqi.portal.procedures import selectors
from huiqi.portal.procedures.limits import Limit, Reading, count, limits, readings
from huiqi.procedures import Definition, version_on

PAUSES = 3
FIELDS = ("clock", "start", *(f"{side}{n}" for n in range(1, PAUSES + 1) for side in ("from", "to")))
_NEEDS_TIME = "这个期限按小时或分钟算，请把几点几分也写上。"


@dataclass(slots=True)
class Asked:
    """A day of the form as it was typed, the time of day where that counts, and what is wrong with it."""

    name: str
    label: str
    day: str = ""
    time: str = ""
    error: str = ""
    when: Moment | None = None

    @property
    def shown(self) -> str:
        """What the field can show: a browser takes nothing but a day that there is."""
        try:
            return date.fromisoformat(self.day).isoformat()
        except ValueError:
            return ""

    @property
    def shown_time(self) -> str:
        """The same for the time of day."""
        try:
            return f"{time.fromisoformat(self.time):%H:%M}"
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row of which the same is to be said."""

    first: date
    last: date
    counted: bool
    why: str
    numbers: str

    @property
    def weekdays(self) -> str:
        """周一, or 周六 to 周日."""
        first = weekday(self.first)
        return first if self.first == self.last else f"{first}到{weekday(self.last)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A due date for a page. ``notes`` are what the visitor should know; ``other`` is another version."""

    due: Due
    weekday: str
    time: str
    left: str
    spans: tuple[Span, ...]
    guessed: str
    ending: str
    readings: tuple[Reading, ...]
    expires: Expires | None
    extensions: tuple[Said, ...]
    notes: tuple[str, ...]
    other: Definition | None


@dataclass(slots=True)
class Calculator:
    """The form: what may be chosen, what was typed, and the answer once nothing is wrong."""

    limits: tuple[Limit, ...]
    limit: Limit
    start: Asked
    pauses: tuple[tuple[Asked, Asked], ...]
    timed: bool
    error: str = ""
    general: str = ""
    answer: Answer | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def paused(self) -> bool:
        """Whether something is said of pauses, so that their fields are to be seen."""
        return any(one.day or one.error for pair in self.pauses for one in pair)

    @property
    def pause_rules(self) -> tuple[Said, ...]:
        """Which times do not count in the chosen limit, as the text has it."""
        rules = self.limit.clock.pauses if self.limit.clock else ()
        return tuple(Said(f"“{one.since}”到“{one.until}”之间", one.cite) for one in rules)

    @property
    def wrong(self) -> list[str]:
        """Everything that is wrong, in words."""
        fields = [self.start, *(one for pair in self.pauses for one in pair)]
        return [each for each in (self.error, *(one.error for one in fields), self.general) if each]


def calculator(
    definition: Definition, given: Mapping[str, str], today: date, calendar: WorkCalendar
) -> Calculator | None:
    """The form with its answer; ``None`` for a procedure in which no time can be counted."""
    known = limits(definition)
    if not known:
        return None
    wanted = given.get("clock", "")
    limit = known.get(wanted) or next(iter(known.values()))
    form = Calculator(
        limits=tuple(known.values()),
        limit=limit,
        start=_asked(given, "start", "从哪一天开始", today),
        pauses=tuple(
            (_asked(given, f"from{n}", f"第 {n} 段从哪天"), _asked(given, f"to{n}", f"第 {n} 段到哪天"))
            for n in range(1, PAUSES + 1)
        ),
        timed=any(one.unit.of_time for one in known.values()),
        query={name: given[name] for name in _names() if given.get(name)},
    )
    form.query = {**form.query, "clock": limit.key, "start": form.start.day}
    if wanted and wanted not in known:
        form.error = _no_such(definition, wanted)
    _read(form)
    if not form.wrong:
        _answer(definition, form, calendar)
    return form


def _no_such(definition: Definition, wanted: str) -> str:
    if wanted in definition.clocks:
        return f"“{wanted}”到通知写明的那一天为止，没有固定的长度，不用算。请另选一个。"
    return f"没有“{wanted[:20]}”这个期限，请另选一个。"


def _names() -> Iterable[str]:
    for name in FIELDS:
        yield name
        yield f"{name}-time"


def _asked(given: Mapping[str, str], name: str, label: str, default: date | None = None) -> Asked:
    typed = given.get(name)
    if typed is None:
        typed = default.isoformat() if default else ""
    return Asked(name, label, typed.strip()[:20], given.get(f"{name}-time", "").strip()[:10])


def _read(form: Calculator) -> None:
    """Read every field; what is wrong is said at the field."""
    timed = form.limit.unit.of_time
    if not form.start.day:
        form.start.error = "请写上从哪一天开始，比如 2024-06-01。"
    _read_one(form.start, timed)
    for begins, ends in form.pauses:
        _read_one(begins, timed)
        _read_one(ends, timed)
        if ends.day and not begins.day:
            begins.error = "写了到哪天，也要写从哪天。"
        if begins.when is None:
            continue
        if form.start.when is not None and _before(begins.when, form.start.when, timed):
            begins.error = "不能早于开始的那一天。"
        if ends.when is not None and _before(ends.when, begins.when, timed):
            ends.error = "不能早于这一段的开头。"


def _before(one: Moment, other: Moment, timed: bool) -> bool:
    return moment(one) < moment(other) if timed else day_of(one) < day_of(other)


def _read_one(asked: Asked, timed: bool) -> None:
    if not asked.day:
        return
    try:
        day = read_day(asked.day)
    except BadRequest as error:
        asked.error = str(error)
        return
    if not timed:
        asked.when = day
        return
    try:
        at = time.fromisoformat(asked.time)
    except ValueError:
        asked.error = f"“{asked.time}”不是一个时刻，请写成 09:30 这样。" if asked.time else _NEEDS_TIME
        return
    asked.when = datetime.combine(day, at.replace(tzinfo=None), BEIJING)


def _answer(definition: Definition, form: Calculator, calendar: WorkCalendar) -> None:
    start, limit = form.start.when, form.limit
    assert start is not None
    pauses = tuple(Pause(begins.when, ends.when) for begins, ends in form.pauses if begins.when is not None)
    try:
        due = count(definition, limit, start, pauses, calendar)
        others = tuple(readings(definition, limit, start, pauses, calendar))
    except PeriodError as error:
        form.general = f"{error}。"
        return
    mine = version_on(selectors.versions(definition.id), definition.id, day_of(start))
    form.answer = Answer(
        due=due,
        weekday=weekday(due.day) if due.day else "",
        time=f"{due.ends:%H:%M}" if due.ends and limit.unit.of_time else "",
        left=due.left_unit.amount(due.left) if due.left_unit and due.left is not None else "",
        spans=tuple(spans(due)),
        guessed=guessed(due),
        ending=ending(due),
        readings=others,
        expires=expires(definition, limit.clock) if limit.clock else None,
        extensions=tuple(extensions(definition, limit.clock)) if limit.clock else (),
        notes=tuple(_notes(form, due, pauses, begun=mine is not None)),
        other=mine if mine is not None and mine.since != definition.since else None,
    )


def _notes(form: Calculator, due: Due, pauses: tuple[Pause, ...], *, begun: bool) -> Iterable[str]:
    if not begun:
        yield "您写的开始那天，这个程序不在施行期里；结果只供对照。"
    if pauses and not form.pause_rules:
        yield "条文没有写这个期限里有哪段时间可以不算；上面是按您写的扣除的。"
    if due.day is not None and any(day_of(pause.start) > due.day for pause in pauses):
        yield "有一段不算的时间在到期以后才开始，对结果没有影响。"


def guessed(due: Due) -> str:
    """The years without a notice that a due date rests on, in words; empty when there are none."""
    if not due.provisional:
        return ""
    years = sorted({one.day.year for one in due.days if one.kind is DayKind.GUESSED})
    return "、".join(map(str, years))


def ending(due: Due) -> str:
    """The year of which the last days may still be changed, when only that is not sure."""
    if due.provisional or not due.unsettled or due.day is None:
        return ""
    return str(due.day.year)


def spans(due: Due) -> Iterable[Span]:
    """Days in a row that are alike, in one line."""
    run: list[CountedDay] = []
    for one in due.days:
        if run and (run[-1].counted, run[-1].why) != (one.counted, one.why):
            yield _span(run, due.period.unit)
            run = []
        run.append(one)
    if run:
        yield _span(run, due.period.unit)


def _span(run: list[CountedDay], unit: Unit) -> Span:
    first, last = run[0], run[-1]
    numbers = ""
    if first.counted and unit.of_time:
        numbers = f"累计 {last.number} 分钟"
    elif first.counted:
        numbers = f"第 {first.number} 日" if first is last else f"第 {first.number} 至 {last.number} 日"
    return Span(first.day, last.day, first.counted, first.why, numbers)
