"""Days and stretches of days as official texts name them: 2025年1月1日, 2023年至2025年, 3月底前, 第一季度."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.grounding.figures import FOLD
from huiqi.library.structure.numerals import read_number

_C = "〇零○一二三四五六七八九十"
_DAY = re.compile(
    rf"""(?P<year>(?:19|20)\d\d|[{_C}]{{4}})年(?!第?\d+号)(?:度)?
           (?:(?P<month>\d{{1,2}}|[{_C}]{{1,2}})月(?:(?P<day>\d{{1,2}}|[{_C}]{{1,3}})日|(?P<end>底|末)|份|(?!\d))
             |第?(?P<quarter>[一二三四1-4])季度
             |(?P<half>上|下)半年)?
       | (?P<dotted>(?:19|20)\d\d[.-]\d{{1,2}}[.-]\d{{1,2}})
       | (?<![\d年])(?P<month2>\d{{1,2}})月(?:(?P<day2>\d{{1,2}})日|底|末|份)
       | (?<!年)第?(?P<quarter2>[一二三四1-4])季度
       | (?<!\d)(?P<from>(?:19|20)\d\d)(?=[—~～-]{{1,2}}(?:19|20)\d\d)
       | (?<=[—~～-])(?P<to>(?:19|20)\d\d)(?!\d)""",
    re.VERBOSE,
)
_RANGE = re.compile(r"[起始]?(?:至|到|—|-|~|～)+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days that a text names, both ends included; one day has the same ends."""

    first: date
    last: date
    start: int
    end: int
    text: str


def days_in(text: str, year: int | None = None) -> tuple[Stretch, ...]:
    """The days and stretches of a text without blanks, in its order; 甲至乙 is one stretch.

    ``year`` is that of days which name none and follow none (3月底前), usually the year of issue.
    """
    folded = text.translate(FOLD)
    found: list[Stretch] = []
    for stretch in _single(folded, year):
        before = found[-1] if found else None
        if (
            before
            and before.first <= stretch.last
            and _RANGE.fullmatch(folded[before.end : stretch.start].replace("年", ""))
        ):
            found[-1] = Stretch(
                before.first, stretch.last, before.start, stretch.end, folded[before.start : stretch.end]
            )
        else:
            found.append(stretch)
    return tuple(found)


def blanked(text: str, days: tuple[Stretch, ...]) -> str:
    """A text with its days made unreadable, so that no figure is read out of them; all places stay."""
    for stretch in days:
        text = text[: stretch.start] + "\0" * (stretch.end - stretch.start) + text[stretch.end :]
    return text


def _single(text: str, year: int | None) -> Iterator[Stretch]:
    for match in _DAY.finditer(text):
        group = match.groupdict()
        named = group["year"] or group["from"] or group["to"] or (group["dotted"] or "")[:4]
        if named:
            year = read_number(re.sub("○", "〇", named))
        if year is None or not 1900 <= year <= 2100:
            continue
        ends = _ends(group, year)
        if ends:
            yield Stretch(*ends, match.start(), match.end(), match[0])


def _ends(group: dict[str, str | None], year: int) -> tuple[date, date] | None:
    if group["dotted"]:
        parts = [int(part) for part in re.split(r"[.-]", group["dotted"])]
        return _day(*parts)
    quarter = read_number(group["quarter"] or group["quarter2"] or "")
    if quarter:
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if group["half"]:
        return (
            (date(year, 1, 1), date(year, 6, 30))
            if group["half"] == "上"
            else (date(year, 7, 1), date(year, 12, 31))
        )
    month = read_number(group["month"] or group["month2"] or "")
    day = read_number(group["day"] or group["day2"] or "")
    if month and day:
        return _day(year, month, day)
    if month:
        return (date(year, month, 1), _month_end(year, month)) if month <= 12 else None
    return date(year, 1, 1), date(year, 12, 31)


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
