"""Numbers as lists show them: the formats of Word (ISO/IEC 29500-1, 17.18.59), of which HTML has a few."""

from __future__ import annotations

from collections.abc import Callable

_PLAIN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LARGEST = 9999


def label(value: int, format_name: str) -> str | None:
    """A number in a format of Word; ``None`` when the format is not known here.

    A number that a format cannot show, such as 21 in a circle, comes in Arabic digits, as Word shows it.
    """
    formatter = _FORMATS.get(format_name)
    if formatter is None:
        return None
    return formatter(value) if 0 < value <= _LARGEST else str(value)


def _spelled(value: int, digits: str, units: str, one_ten: str) -> str:
    """A number in Chinese words; ``one_ten`` is what 10 to 19 begin with."""
    if 10 <= value < 20:
        return one_ten + (digits[value % 10] if value % 10 else "")
    words, zero = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words += (digits[0] if zero and words else "") + digits[digit] + units[place].strip()
        zero = not digit
    return words


def _positional(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _counting(zero: str) -> Callable[[int], str]:
    """Words up to 99, and then digit by digit: 九十九, 一○○."""
    by_digits = _positional(zero + _PLAIN[1:])
    return lambda value: _thousands(value) if value < 100 else by_digits(value)


def _thousands(value: int) -> str:
    return _spelled(value, _PLAIN, " 十百千", "十")


def _japanese(value: int) -> str:
    """十, 二十, 百: no 一 before a unit and no 零."""
    words = ""
    for place, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**place % 10
        if digit:
            words += ("" if digit == 1 and unit else _PLAIN[digit]) + unit
    return words


def _letters(first: str) -> Callable[[int], str]:
    """Letters of the alphabet, and after the last one aa, bb."""
    return lambda value: chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    words = ""
    for worth, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, value = divmod(value, worth)
        words += letters * count
    return words


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that stand in a row in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else str(value)


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if value <= len(characters) else str(value)


def _zero_padded(width: int) -> Callable[[int], str]:
    return lambda value: f"{value:0{width}}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": _zero_padded(2),
    "decimalZero3": _zero_padded(3),
    "decimalZero4": _zero_padded(4),
    "decimalZero5": _zero_padded(5),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "numberInDash": lambda value: f"- {value} -",
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "chineseCounting": _counting("○"),
    "taiwaneseCounting": _counting("○"),
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": _positional("〇" + _PLAIN[1:]),
    "japaneseDigitalTenThousand": _positional("〇" + _PLAIN[1:]),
    "taiwaneseDigital": _positional("○" + _PLAIN[1:]),
    "chineseLegalSimplified": lambda value: _spelled(value, _LEGAL, " 拾佰仟", "壹拾"),
    "ideographLegalTraditional": lambda value: _spelled(value, _LEGAL_TRADITIONAL, " 拾佰仟", "壹拾"),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _row("㈠", 10),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
}
