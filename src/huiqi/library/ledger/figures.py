"""Numbers with a unit in official text, exact: ``4万家以上``, ``1500亿元``, ``3—5家``, ``至少一家``.

What a number is for is not decided here; ``huiqi.library.ledger.purposes`` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from huiqi.library.structure.numerals import read_number

_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
}
_UNITS = (
    *("个百分点", "百分点", "%", "％", "元", "美元", "折", "倍"),
    *("个工作日", "工作日", "个小时", "小时", "分钟", "天", "日", "个月", "年"),
    *(
        "家",
        "个",
        "项",
        "场",
        "人",
        "名",
        "户",
        "人次",
        "架次",
        "次",
        "期",
        "批",
        "件",
        "张",
        "笔",
        "篇",
        "条",
    ),
    *("台", "套", "辆", "只", "支", "座", "处", "所", "门", "种", "类"),
    *("亩", "平方米", "平方公里", "公里", "吨", "千瓦", "千瓦时"),
)
TIMES = frozenset({"工作日", "小时", "分钟", "天", "日", "月", "年"})
"""Units of time, which are figures only where work is to be kept within them."""

_SCALE = "|".join(_SCALES)
_UNIT = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
_BEFORE = (
    r"(?P<before>不得?(?:低于|少于|小于|超过|高于|多于|大于)|至少|达到|突破|超过|控制在"
    r"|高于|低于|大于|小于|超|约|近|≥|≤)?约?"
)
_AFTER = r"(?P<after>及?以上|及?以下|以内|左右|上下)?"
_NUMBER = r"\d+(?:\.\d+)?"
_NOT_PART = r"(?<![\d.A-Za-z第〔])"
_RANGE = re.compile(
    rf"{_BEFORE}{_NOT_PART}(?P<low>{_NUMBER})(?P<lowscale>{_SCALE})?(?:元|%|％|家|个)?"
    rf"[—\-－–~～至](?P<high>{_NUMBER})(?P<scale>{_SCALE})?(?P<unit>{_UNIT})(?![A-Za-z]){_AFTER}"
)
_SINGLE = re.compile(
    rf"{_BEFORE}{_NOT_PART}(?P<low>{_NUMBER})(?P<scale>{_SCALE})?余?(?P<unit>{_UNIT})(?![A-Za-z]){_AFTER}"
)
_CHINESE_DIGITS = "一二两三四五六七八九十"
_CHINESE = re.compile(
    rf"(?P<before>至少|不得?(?:低于|少于|超过|高于))(?P<between>[^，。；\n\d{_CHINESE_DIGITS}]{{0,6}})"
    rf"(?P<low>[{_CHINESE_DIGITS}]+)(?P<unit>个|家|项|场|名|人|处|所|件)(?!月){_AFTER}"
    rf"(?:(?P<noun>[^，。；\n]{{0,8}}?)和(?P<second>[{_CHINESE_DIGITS}]+)(?P<unit2>个|家|项|场|名|处|所))?"
)
_ROUND = re.compile(
    rf"{_BEFORE}(?<![\d几上数余{_CHINESE_DIGITS}百千万亿])(?P<low>百|千)(?P<scale>亿)?(?P<unit>家|个|项|场|元){_AFTER}"
)
_ROUND_VALUES = {"百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit; ``low`` and ``high`` differ for a range.

    ``before`` and ``after`` are its bounds in words: 超过, 以上.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str
    before: str = ""
    after: str = ""


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text without blanks, in its order, those in titles 《》 left out."""
    masked = re.sub(r"《[^《》]*》", lambda title: "〇" * len(title.group()), text)
    found: list[Figure] = []
    for figure in (*_ranges(masked), *_singles(masked), *_chinese(masked)):
        if all(figure.end <= other.start or figure.start >= other.end for other in found):
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def _ranges(text: str) -> Iterator[Figure]:
    for match in _RANGE.finditer(text):
        scale = Fraction(_SCALES.get(match["scale"] or "", 1))
        low_scale = Fraction(_SCALES[match["lowscale"]]) if match["lowscale"] else scale
        low, high = Fraction(match["low"]) * low_scale, Fraction(match["high"]) * scale
        yield _figure(match, low, high)


def _singles(text: str) -> Iterator[Figure]:
    for match in _SINGLE.finditer(text):
        value = Fraction(match["low"]) * _SCALES.get(match["scale"] or "", 1)
        yield _figure(match, value, value)


def _figure(match: re.Match[str], low: Fraction, high: Fraction) -> Figure:
    unit = _unit(match["unit"])
    return Figure(match.start(), match.end(), low, high, unit, match["before"] or "", match["after"] or "")


def _chinese(text: str) -> Iterator[Figure]:
    for match in _CHINESE.finditer(text):
        value = Fraction(read_number(match["low"]) or 0)
        end = match.end("after") if match["after"] else match.end("unit")
        yield Figure(match.start(), end, value, value, match["unit"], match["before"], match["after"] or "")
        if match["second"]:
            value = Fraction(read_number(match["second"]) or 0)
            yield Figure(match.start("second"), match.end(), value, value, match["unit2"], match["before"])
    for match in _ROUND.finditer(text):
        value = Fraction(_ROUND_VALUES[match["low"]] * (10**8 if match["scale"] else 1))
        yield _figure(match, value, value)


def _unit(printed: str) -> str:
    if printed in ("个工作日", "个小时", "个月", "个百分点"):
        return printed[1:]
    return "%" if printed == "％" else printed
