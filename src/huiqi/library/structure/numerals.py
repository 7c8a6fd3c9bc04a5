"""Numbers as Chinese official texts write them: 十三, 二十一, 一百零五, ３, ③."""

from __future__ import annotations

import unicodedata

from huiqi.library.blanks import squeeze

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = "零一二三四五六七八九"

CHINESE = "〇零一二两三四五六七八九十百千"


def read_number(text: str) -> int | None:
    """The number that a text writes, or ``None``; blanks inside are passed over."""
    text = squeeze(text)
    if not text:
        return None
    if all(character in CHINESE for character in text):
        return _chinese(text)
    circled = unicodedata.normalize("NFKC", text)
    return int(circled) if circled.isdecimal() and len(circled) < 10 else None


def _chinese(text: str) -> int | None:
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or (1 if not total else 0)) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def write_number(number: int) -> str:
    """A number from 0 to 99999999 in Chinese: 13 is 十三, 105 is 一百零五."""
    if number < 10:
        return _WRITTEN[number]
    if number < 20:
        return "十" + (_WRITTEN[number - 10] if number > 10 else "")
    words, gap = "", False
    if number >= 10_000:
        words = write_number(number // 10_000) + "万"
        number %= 10_000
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            words += ("零" if gap and words else "") + _WRITTEN[digit] + unit
            gap = False
        else:
            gap = bool(words)
    return words
