"""By when: what texts say of the time in which something has to be done.

``2024年9月底前``, ``到2027年``, ``2025年第一季度``, ``3月底前`` become the last day of the period named, with
how exactly it is named. A time counted from an event (``自收到之日起3个工作日内``) and 持续推进 stay words.
The period in which a rule holds or a benefit is given (``自…起施行``, ``…前减按…征收``) is no deadline.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.library.ledger.breaks import SEGMENT, beginning, ending
from huiqi.library.ledger.entries import Deadline, DeadlineKind, Precision
from huiqi.library.structure.numerals import CHINESE, read_number

_YEAR = r"(?P<year>20\d\d)年"
_BEFORE = r"(?:之?前|以前)"
_START = r"(?:^|(?<=[。；\n]))"
_DATED = tuple(
    map(
        re.compile,
        (
            rf"(?:{_YEAR})?(?P<month>1?\d)月(?P<day>[123]?\d)日{_BEFORE}",
            rf"(?:截止|截至)(?:日期|时间)?[为是]?(?:{_YEAR})?(?P<month>1?\d)月(?P<day>[123]?\d)日",
            rf"{_START}{_YEAR}(?P<month>1?\d)月(?P<day>[123]?\d)日(?=，由)",
            rf"(?:{_YEAR})?(?<!\d)(?P<month>1?\d)月份?(?:(?:底|末){_BEFORE}?|{_BEFORE})",
            rf"(?:{_YEAR})?(?:第(?P<quarter>[一二三四1-4])|(?P<nth>[一二三四]))季度(?:末|底)?{_BEFORE}?",
            rf"{_YEAR}(?P<half>[上下])半年{_BEFORE}?",
            rf"(?<![年日月\d])[到至]{_YEAR}(?:年?[底末])?(?!\d|度|[—\-－~～至到起])",
            rf"{_YEAR}年?[底末]{_BEFORE}?",
            rf"{_START}{_YEAR}(?=，)",
            rf"(?<![年\d])年[底末]{_BEFORE}",
        ),
    )
)
"""Forms of a date that something is done by, the most exact first."""

_NUMBER = rf"(?:\d+|[{CHINESE}]+)"
_COUNTED = re.compile(rf"(?<!近){_NUMBER}(?:个?工作日|日|天|个月|个?小时|分钟)以?内")
_FROM_EVENT = re.compile(r"(?:自|从|于|在)[^，。；：\n]*(?:起|后)$")
_OWN_LINE = re.compile(r"(?<![^。\n）)])完成(?:时限|时间|期限)[:：](?P<words>[^。\n]*)")
_TITLE = re.compile(r"《[^《》]*》")
_A_PERIOD = re.compile(
    r"^(?:起(?![草步诉])|以来|期间|至|到|—|－|-|度|经济|工作|是|全省|全市|同比|环比|余额|[^，。；\n]{0,6}的)"
)
_STARTING = ("自", "从", "对", "凡")
_BENEFIT = re.compile(r"减按|免征|减征|减半|补贴|补助|奖励|退税|享受|优惠|暂不|免收")
_CONDITION_AFTER = re.compile(r"[^，。；\n]{0,8}的[，、]")
_LONG_TERM = re.compile(r"持续|长期|常态|全年|每年|实时|及时")


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline and the characters of the text that say it."""

    start: int
    end: int
    deadline: Deadline


def deadlines_in(text: str, issued: date | None) -> tuple[Found, ...]:
    """The deadlines of a text without blanks, in its order; ``issued`` gives years that are left out."""
    masked = _TITLE.sub(lambda title: "〇" * len(title.group()), text)
    found = list(_own_lines(masked, issued))
    taken = [(each.start, each.end) for each in found]
    for each in (*_dated(masked, issued), *_relative(masked)):
        if all(each.end <= start or each.start >= end for start, end in taken):
            taken.append((each.start, each.end))
            found.append(each)
    return tuple(sorted(found, key=lambda one: one.start))


def _own_lines(text: str, issued: date | None) -> Iterator[Found]:
    for line in _OWN_LINE.finditer(text):
        words, at = line.group("words"), line.start("words")
        said = next(_dated(words, issued, alone=True), None) or next(_relative(words), None)
        if said:
            deadline = said.deadline
        else:
            kind = DeadlineKind.ONGOING if _LONG_TERM.search(words) else DeadlineKind.OTHER
            deadline = Deadline(words, kind)
        yield Found(line.start(), at + len(words), deadline)


def _dated(text: str, issued: date | None, alone: bool = False) -> Iterator[Found]:
    """Dates, the most exact forms first; ``alone`` where no words around can say otherwise."""
    for form in _DATED:
        for match in form.finditer(text):
            if not alone and _is_period(text, match):
                continue
            read = _last_day(match, text, issued)
            if read:
                day, precision, year_from = read
                words = match.group()
                deadline = Deadline(words, DeadlineKind.DATED, day, precision, year_from)
                yield Found(match.start(), match.end(), deadline)


def _is_period(text: str, match: re.Match[str]) -> bool:
    """Whether the words around make a date the time of something else: a rule, a condition."""
    before, after = text[: match.start()], text[match.end() :]
    if before.endswith(_STARTING) or _A_PERIOD.match(after):
        return True
    sentence = after[: ending(after, 0, "。\n")]
    return "day" in match.groupdict() and bool(_BENEFIT.search(sentence))


def _last_day(match: re.Match[str], text: str, issued: date | None) -> tuple[date, Precision, str] | None:
    parts = match.groupdict()
    month = int(parts.get("month") or 0)
    quarter = read_number(parts.get("quarter") or parts.get("nth") or "")
    precision = Precision.YEAR
    if parts.get("day"):
        precision = Precision.DAY
    elif month or parts.get("half"):
        precision = Precision.MONTH
    elif quarter:
        precision, month = Precision.QUARTER, quarter * 3
    if parts.get("half"):
        month = 6 if parts["half"] == "上" else 12
    month = month or 12
    if parts.get("year"):
        year, year_from = int(parts["year"]), ""
    else:
        year, year_from = _year_left_out(text[: match.start()], month, issued)
    if not year or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(parts.get("day") or last)
    return (date(year, month, day), precision, year_from) if day <= last else None


def _year_left_out(before: str, month: int, issued: date | None) -> tuple[int, str]:
    """The year of a month: the last that was named, else the first such month from the day of issue."""
    named = re.findall(r"(20\d\d)年", before)
    if named:
        return int(named[-1]), "上文"
    if issued is None:
        return 0, ""
    return issued.year + (month < issued.month), "印发日期"


def _relative(text: str) -> Iterator[Found]:
    for match in _COUNTED.finditer(text):
        if text[: match.start()].endswith("控制在"):
            continue  # a figure to be kept to, not a time for one act
        if _CONDITION_AFTER.match(text[match.end() :]):
            continue
        segment = text[beginning(text, match.start(), SEGMENT) : match.start()]
        event = _FROM_EVENT.search(segment)
        start = match.start() - (len(segment) - event.start() if event else 0)
        yield Found(start, match.end(), Deadline(text[start : match.end()], DeadlineKind.RELATIVE))
