"""Figures as official texts write them: 300万元, 3 000 000元, 30％, 百分之三十, 三年, 半年, 前50名, 7折.

A figure keeps its exact value in base units and its place, so that the words beside it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from huiqi.language.units import PURE, UNIT_PATTERN, Dimension, Number, parse_quantity, unit_factor, whole
from huiqi.library.structure.numerals import read_number

FOLD = str.maketrans("０１２３４５６７８９％．，：（）［］＞＜／＋－", "0123456789%.,:()[]></+-")
"""Full-width characters to half-width ones, each to one, so that places stay."""

_MORE_UNITS = {  # units that texts use and formulas write otherwise
    "平米": "平方米",
    "平方": "平方米",
    "周岁": "年",
    "周年": "年",
    "岁": "年",
    "人次": "人",
    "个百分点": "%",
    "百分点": "%",
    "个点": "%",
    "千米": "公里",
    "强": "名",
}
_UNIT = f"(?:(?:{'|'.join(_MORE_UNITS)})|{UNIT_PATTERN})"
_CHINESE = "零〇一二三四五六七八九十百千两"
_SHARE = re.compile(rf"([{_CHINESE}]+)分之([{_CHINESE}]+)|(?<![\d.])(\d{{1,3}})/(\d{{1,4}})(?![\d.])")
_HUNDREDTHS = re.compile(rf"(百|千)分之([{_CHINESE}]+(?:点[{_CHINESE}]+)?|\d+(?:\.\d+)?)")
_RATIO = re.compile(r"(?<![\d.:])(\d{1,4}(?:\.\d+)?):(\d{1,4}(?:\.\d+)?)(?![\d.:])")
_TENTHS = re.compile(rf"(?<![\d.])(\d(?:\.\d)?|[{_CHINESE}]+)(折|成)(?![立为员果功本长交品型分熟就效])")
_HALF = re.compile("一年半|半年|[减各对折]半|一半|半数")
_ARABIC = re.compile(
    rf"(?<![A-Za-z0-9.])(?!(?:19|20)\d\d年)(\d{{1,3}}(?:,\d{{3}})++|\d++)(\.\d++)?(?![A-Za-z])(?:余|多)?({_UNIT})?"
)
_WORDS = re.compile(rf"(?<![\d.])([{_CHINESE}]+)(?:余|多)?({_UNIT})(?!性)")  # 一次性 is no figure
_JOINED = re.compile("[、,和或及至到—~～-]+第?")
_WITH_UNIT = re.compile(rf"[\d.,]+(?:余|多)?({_UNIT})")
_HALVES = {"半年": (Fraction(6), (("月", 1),)), "一年半": (Fraction(18), (("月", 1),))}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, from ``start`` to ``end``; ``dimension`` is ``None`` when it has no unit."""

    number: Number
    dimension: Dimension | None
    start: int
    end: int
    text: str


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text without blanks, in its order. Days are taken out first (`days.blanked`)."""
    folded = text.translate(FOLD)
    found: list[Figure] = []
    for reader in (_shares, _ratios, _tenths, _halves, _arabic, _words):
        found += [figure for figure in reader(folded) if not _overlaps(figure, found)]
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_shared_units(found, folded))


def _overlaps(figure: Figure, found: Sequence[Figure]) -> bool:
    return any(figure.start < other.end and other.start < figure.end for other in found)


def _figure(number: Number, dimension: Dimension | None, match: re.Match[str]) -> Figure:
    return Figure(whole(number), dimension, match.start(), match.end(), match[0])


def _shares(text: str) -> Iterator[Figure]:
    """百分之三十, 三分之一, 1/2."""
    for match in _HUNDREDTHS.finditer(text):
        size = 100 if match[1] == "百" else 1000
        value = _decimal(match[2])
        if value is not None:
            yield _figure(value / size, PURE, match)
    for match in _SHARE.finditer(text):
        below, above = read_number(match[1] or match[4]), read_number(match[2] or match[3])
        if below and above and below not in (100, 1000):
            yield _figure(Fraction(above, below), PURE, match)


def _decimal(text: str) -> Fraction | None:
    """三十, 二点五 or 2.5."""
    if text[0].isdecimal():
        return Fraction(text)
    above, _, below = text.partition("点")
    digits = "".join(str(read_number(character)) for character in below)
    value = read_number(above)
    return None if value is None else Fraction(f"{value}.{digits or 0}")


def _ratios(text: str) -> Iterator[Figure]:
    """1：0.5 as the share that either is of the other."""
    for match in _RATIO.finditer(text):
        left, right = Fraction(match[1]), Fraction(match[2])
        if left and right:
            yield _figure(right / left, PURE, match)


def _tenths(text: str) -> Iterator[Figure]:
    """7折 and 七成 are seven tenths."""
    for match in _TENTHS.finditer(text):
        value = _decimal(match[1])
        if value:
            yield _figure(value / 10, PURE, match)


def _halves(text: str) -> Iterator[Figure]:
    """半年 is six months; 减半, 各半 and 一半 are one half."""
    for match in _HALF.finditer(text):
        number, dimension = _HALVES.get(match[0], (Fraction(1, 2), PURE))
        yield _figure(number, dimension, match)


def _arabic(text: str) -> Iterator[Figure]:
    for match in _ARABIC.finditer(text):
        numeral = match[1].replace(",", "") + (match[2] or "")
        number, dimension = _quantity(numeral, match[3] or "")
        yield _figure(number, dimension, match)


def _words(text: str) -> Iterator[Figure]:
    """三年, 十个工作日, 五百万元."""
    for match in _WORDS.finditer(text):
        value = read_number(match[1])
        if value:
            number, dimension = _quantity(str(value), match[2])
            yield _figure(number, dimension, match)


def _quantity(numeral: str, unit: str) -> tuple[Number, Dimension | None]:
    unit = _MORE_UNITS.get(unit, unit)
    quantity = parse_quantity(numeral + unit)
    return quantity.number, quantity.dimension if _has_unit(unit) else None


def _has_unit(unit: str) -> bool:
    """Whether a unit says what is counted; 万 alone only says how many."""
    return bool(unit) and (unit in ("%", "‰") or unit_factor(unit)[0] != PURE)


def _with_shared_units(found: Sequence[Figure], text: str) -> Iterator[Figure]:
    """In 50、30、10万元 and 1—3家 the unit at the end is that of all."""
    shared: list[Figure] = []
    unit, begins = "", 0  # of the figure after
    for figure in reversed(found):
        bare = figure.dimension is None and figure.text[-1].isdecimal()
        if unit and bare and _JOINED.fullmatch(text[figure.end : begins]):
            number, dimension = _quantity(figure.text.replace(",", ""), unit)
            figure = replace(figure, number=number, dimension=dimension)
        else:
            written = _WITH_UNIT.fullmatch(figure.text)
            unit = written[1] if written and figure.dimension is not None else ""
        shared.append(figure)
        begins = figure.start
    yield from reversed(shared)
