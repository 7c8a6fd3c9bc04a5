"""Dates as official texts write them: 2024年 7月 29日, 二〇二四年七月二十九日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from huiqi.library.structure.numerals import read_number

_CHINESE = "〇零○ＯO一二三四五六七八九"
DATE = re.compile(
    rf"(\d{{4}}|[{_CHINESE}]{{4}})\s*年\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*"
    rf"(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日"
)


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every possible day that a text names, with where it stands; an impossible one is passed over."""
    for match in DATE.finditer(text):
        year, month, day = (read_number(re.sub("[○ＯO]", "〇", part)) for part in match.groups())
        try:
            found = date(year or 0, month or 0, day or 0)
        except ValueError:
            continue
        yield found, match.start(), match.end()


def first_date(text: str) -> date | None:
    """The first day that a text names."""
    return next((day for day, _, _ in dates_in(text)), None)
