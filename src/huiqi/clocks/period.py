"""What is asked: from when, how long, in which unit, with which extensions and pauses, by which rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from huiqi.clocks.rules import GENERAL, CountingRule

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The time of all offices. A fixed offset, right since summer time ended in 1991; needs no zone files."""

Moment = date | datetime
"""A day, or a moment with its time zone."""

MONTHS_A_YEAR = 12
LONGEST = 40_000
"""Days that one count may span, pauses included: a little over a hundred years. More is a slip of the pen."""
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years in which a period may start, stop or resume. Others are slips too."""


class PeriodError(ValueError):
    """A period that cannot be counted; the message is Chinese, for the person who asked."""


class Unit(StrEnum):
    """What a length is counted in; the value is the word of the texts.

    ``DAY`` is the calendar day (日, 天). ``HOUR`` and ``MINUTE`` are of office time unless the rule says
    otherwise.
    """

    WORKING_DAY = "工作日"
    DAY = "日"
    MONTH = "月"
    YEAR = "年"
    HOUR = "小时"
    MINUTE = "分钟"

    @classmethod
    def named(cls, word: str) -> "Unit":
        """Read a unit as people write it, with 个 or 天 too; raise PeriodError for another word."""
        plain = word.strip().removeprefix("个")
        found = {**{each.value: each for each in cls}, "天": cls.DAY, "自然日": cls.DAY}.get(plain)
        if found is None:
            raise PeriodError(f"不认识的期限单位“{word}”，可用：{'、'.join(cls)}")
        return found

    @property
    def of_time(self) -> bool:
        """Tell hours and minutes, which start and end at a moment, from units that are whole days."""
        return self in (Unit.HOUR, Unit.MINUTE)

    def amount(self, number: int) -> str:
        """Say a length: 10 个工作日, 30 日, 6 个月."""
        counter = " 个" if self in (Unit.WORKING_DAY, Unit.MONTH) else " "
        return f"{number}{counter}{self.value}"


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count, from what stopped the clock to what started it again.

    In days, the day it stops on still counts and the day it resumes on does not (as art. 201 para. 1 has it
    for starts), so stopping and resuming on one day changes nothing. In hours and minutes, from moment to
    moment.
    ``end`` is ``None`` while the pause goes on. ``cause`` is shown (补正, 鉴定).
    """

    start: Moment
    end: Moment | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Time added to the length. The due date is worked out again from the start, never from a rolled date."""

    length: int
    unit: Unit
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One question, kept with its answer so that it can be asked again of a changed calendar.

    Raises PeriodError: negative length, a year that cannot be meant, a moment without time zone, a day where
    hours or minutes need a moment, a pause that ends before it begins, an extension in a unit that cannot be
    added.
    """

    start: Moment
    length: int
    unit: Unit
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    rule: CountingRule = GENERAL

    def __post_init__(self) -> None:
        for number, unit in self.parts:
            if number < 0:
                raise PeriodError(f"期限不能是负数，现为 {unit.amount(number)}")
            if family(unit) != family(self.unit):
                raise PeriodError(f"期限按{self.unit}计，延长不能按{unit}计")
        _check(self.start, self.unit, "起点")
        for pause in self.pauses:
            _check(pause.start, self.unit, "中止")
            if pause.end is None:
                continue
            _check(pause.end, self.unit, "恢复")
            backwards = (
                moment(pause.end) < moment(pause.start)
                if self.unit.of_time
                else day_of(pause.end) < day_of(pause.start)
            )
            if backwards:
                raise PeriodError(f"恢复（{said(pause.end)}）早于中止（{said(pause.start)}）")

    @property
    def parts(self) -> tuple[tuple[int, Unit], ...]:
        """The length and every extension, as number and unit."""
        return ((self.length, self.unit), *((each.length, each.unit) for each in self.extensions))

    def total(self, *units: Unit) -> int:
        """Add up the parts in these units, years and hours not converted."""
        return sum(number for number, unit in self.parts if unit in units)


def family(unit: Unit) -> str:
    """Name what can be added to what: working days, calendar time, clock time."""
    if unit is Unit.WORKING_DAY:
        return "working"
    return "clock" if unit.of_time else "calendar"


def day_of(when: Moment) -> date:
    """Return the day of a moment in Beijing time."""
    return when.astimezone(BEIJING).date() if isinstance(when, datetime) else when


def moment(when: Moment) -> datetime:
    """Return a moment in Beijing time; a plain day is taken at its first minute."""
    if isinstance(when, datetime):
        return when.astimezone(BEIJING)
    return datetime(when.year, when.month, when.day, tzinfo=BEIJING)


def said(when: Moment) -> str:
    """Write a day or a moment for people."""
    return f"{moment(when):%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def merge(spans: Iterable[tuple[Moment, Moment | None, str]]) -> list[tuple[Moment, Moment | None, str]]:
    """Join spans that overlap or touch, in order; ``None`` is open. Their causes are joined too.

    All ends must be of one kind, days or moments.
    """
    merged: list[tuple[Moment, Moment | None, str]] = []
    for start, end, cause in sorted(spans, key=lambda span: span[0]):
        if not merged or ((last := merged[-1])[1] is not None and last[1] < start):
            merged.append((start, end, cause))
            continue
        first, until, causes = merged[-1]
        later = None if until is None or end is None else max(until, end)
        both = dict.fromkeys(each for each in (*causes.split("、"), cause) if each)
        merged[-1] = (first, later, "、".join(both))
    return merged


def _check(when: Moment, unit: Unit, what: str) -> None:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise PeriodError(f"{what}的年份 {when.year} 不在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间，请核对")
    if isinstance(when, datetime):
        if when.utcoffset() is None:
            raise PeriodError(f"{what}的时刻 {when} 没有时区，应带上，如 +08:00")
    elif unit.of_time:
        raise PeriodError(f"按{unit}计的期限，{what}要写到几点几分，现只有日期 {when}")
