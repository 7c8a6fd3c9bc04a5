"""Quantities of the rule language: units, dimensions and exact numbers.

A number is kept exactly, as an ``int`` or a ``Fraction``, in the base unit of its dimension. The base of
money is 分, so an amount of money in whole 分 is an ``int``; the base of durations in years is 月; every
other unit is its own base. A dimension maps base units to exponents, so ``6000元/人`` is money per person and
can be multiplied with a number of persons, but never added to money (docs/language.md, 四).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction
Dimension: TypeAlias = tuple[tuple[str, int], ...]

PURE: Dimension = ()

COUNTERS = (
    "人 名 家 户 项 个 件 次 台 套 辆 列 架次 张 份 条 种 类 所 处 位 笔 批 场 层 倍 班 席 单 幅 宗 孩"
    " 分钟 小时 吨 平方米 米 千瓦时 日 年度 美元"
)

# unit -> (dimension, how many base units one of it is)
UNITS: dict[str, tuple[Dimension, Number]] = {
    "元": ((("元", 1),), 100),
    "角": ((("元", 1),), 10),
    "分": ((("元", 1),), 1),
    "%": (PURE, Fraction(1, 100)),
    "‰": (PURE, Fraction(1, 1000)),
    "月": ((("月", 1),), 1),
    "个月": ((("月", 1),), 1),
    "年": ((("月", 1),), 12),
    "天": ((("日", 1),), 1),
    "工作日": ((("工作日", 1),), 1),
    "个工作日": ((("工作日", 1),), 1),
    "度": ((("千瓦时", 1),), 1),
    "公里": ((("米", 1),), 1000),
    "㎡": ((("平方米", 1),), 1),
    "亩": ((("平方米", 1),), Fraction(2000, 3)),
    "公斤": ((("吨", 1),), Fraction(1, 1000)),
    **{name: (((name, 1),), 1) for name in COUNTERS.split()},
}
PREFIXES: dict[str, int] = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100}

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_PREFIX = "|".join(sorted(PREFIXES, key=len, reverse=True))
UNIT_PATTERN = rf"(?:(?:{_PREFIX})?(?:{_UNIT})(?:/(?:{_UNIT}))*|(?:{_PREFIX}))"
_QUANTITY = re.compile(rf"\s*([+-]?\d+(?:\.\d+)?)\s*({UNIT_PATTERN})?\s*")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．／＋－", "0123456789%./+-")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in base units with its dimension; ``unit`` is the one it was written in, for showing it."""

    number: Number
    dimension: Dimension
    unit: str = ""


def exact(text: str) -> Number:
    """The decimal numeral ``text`` as an exact number: ``int`` where it is whole."""
    number = Fraction(text)
    return number.numerator if number.denominator == 1 else number


def whole(number: Number) -> Number:
    """The same number, as an ``int`` where it is whole."""
    return number.numerator if number.denominator == 1 else number


def unit_factor(unit: str) -> tuple[Dimension, Number]:
    """The dimension and the size in base units of a written unit such as ``万元`` or ``元/人``.

    Raises ``ValueError`` for a unit that the language does not know.
    """
    if not unit:
        return PURE, 1
    dimension, factor = PURE, Fraction(1)
    for place, part in enumerate(unit.split("/")):
        if part not in UNITS:
            prefix = next((p for p in sorted(PREFIXES, key=len, reverse=True) if part.startswith(p)), "")
            rest = part[len(prefix) :]
            if not prefix or (rest and rest not in UNITS):
                raise ValueError(f"不认识的单位“{part}”")
            factor *= PREFIXES[prefix]
            part = rest
        own, size = UNITS[part] if part else (PURE, 1)
        dimension = multiply_dimensions(dimension, own, 1 if place == 0 else -1)
        factor = factor * size if place == 0 else factor / size
    return dimension, whole(factor)


def parse_quantity(text: str) -> Quantity:
    """Read ``300万元``, ``30%``, ``6000元/人`` or a bare numeral; raises ``ValueError`` with the reason."""
    match = _QUANTITY.fullmatch(text.translate(_FULL_WIDTH))
    if not match:
        raise ValueError(f"“{text}”不是数，也不是数加单位（如 300万元、30%、5家）")
    unit = match[2] or ""
    dimension, factor = unit_factor(unit)
    return Quantity(whole(Fraction(match[1]) * factor), dimension, unit)


def multiply_dimensions(left: Dimension, right: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product (``sign`` 1) or of a quotient (``sign`` -1)."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def dimension_words(dimension: Dimension) -> str:
    """What a dimension is called in a message: 金额（元）, 时长（月）, 元/人 …"""
    if dimension == PURE:
        return "无单位的数或比例"
    above = "·".join(base if power == 1 else f"{base}^{power}" for base, power in dimension if power > 0)
    below = "".join(f"/{base}" * -power for base, power in dimension if power < 0)
    return f"{above or '1'}{below}"


def money_words(fen: Number) -> str:
    """Money for people: 亿元 or 万元 where that loses nothing, otherwise 元 to the 分."""
    fen = Fraction(fen)
    for unit, size in (("亿元", 10**10), ("万元", 10**6)):
        if abs(fen) >= size and 100 * fen % size == 0:
            return f"{numeral(fen / size)}{unit}"
    return f"{numeral(fen / 100)}元"


def numeral(number: Number) -> str:
    """A number as people write it: at most six decimals, no trailing zeros; a longer one is marked 约."""
    number = Fraction(number)
    if number.denominator == 1:
        return str(number.numerator)
    scaled = number * 10**6
    whole_part, decimals = divmod(abs(round(scaled)), 10**6)
    text = f"{'-' if round(scaled) < 0 else ''}{whole_part}.{decimals:06}".rstrip("0").rstrip(".")
    return text if scaled.denominator == 1 else f"约{text}"


def quantity_words(number: Number, dimension: Dimension, unit: str = "") -> str:
    """A quantity for people, in the unit that it is usually written in."""
    if dimension == (("元", 1),):
        return money_words(number)
    if unit:
        own, factor = unit_factor(unit)
        if own == dimension:
            return f"{numeral(Fraction(number) / factor)}{'个月' if unit == '月' else unit}"
    if dimension == PURE:
        number = Fraction(number)
        return numeral(number) if number.denominator == 1 else f"{numeral(number * 100)}%"
    if dimension == (("月", 1),):
        return (
            f"{numeral(Fraction(number) / 12)}年" if number and number % 12 == 0 else f"{numeral(number)}个月"
        )
    if ("元", 1) in dimension:
        rest = multiply_dimensions(dimension, (("元", 1),), -1)
        return f"{money_words(number)}{dimension_words(rest)[1:]}"
    return f"{numeral(number)}{dimension_words(dimension)}"
