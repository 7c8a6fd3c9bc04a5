"""The citizen identity number (公民身份号码, GB 11643-1999).

Eighteen characters: region of first registration (1-6), birth date (7-14), serial (15-17), check character
(18). The number is personal data: no message, ``str()`` or ``repr()`` of this module gives it away.
"""

from dataclasses import dataclass, field
from datetime import date

from huiqi.codes.errors import CodeError

LENGTH = 18
PROVINCES = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)
"""First two digits in use: the provinces of GB/T 2260, and 83 on residence permits of Taiwan residents."""

_CHECK_CHARACTERS = "10X98765432"
_WEIGHTS = tuple(pow(2, LENGTH - 1 - place, 11) for place in range(LENGTH - 1))
_OLD_LENGTH = 15
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that passed every check of the standard; printing it shows only ``masked``."""

    number: str = field(repr=False)
    region: str = field(repr=False)
    birth: date = field(repr=False)

    def __str__(self) -> str:
        """Return the masked form, so that a log line or a page cannot show the number by accident."""
        return self.masked

    @property
    def masked(self) -> str:
        """Province and the last two characters: they tell two applicants apart and find neither."""
        return f"{self.number[:2]}{'*' * (LENGTH - 4)}{self.number[-2:]}"


def parse(text: str, *, on: date | None = None) -> IdentityNumber:
    """Return the parts of an identity number.

    With ``on`` the holder must have been born by that day. Raises CodeError, in Chinese, naming the position
    that is wrong; the message never carries more than the one character it is about. Every single wrong
    character and every swap of two neighbours is caught (ISO 7064, MOD 11-2).
    """
    _require_shape(text)
    if text[:2] not in PROVINCES:
        raise CodeError("第1至2位不是省级行政区划代码", 1)
    birth = _birth(text[6:14])
    right = check_character(text[:17])
    if text[17] != right:
        raise CodeError(
            f"第18位校验码应为“{right}”，现为“{text[17]}”；如果末位没有抄错，就是前面某一位抄错了", 18
        )
    if on is not None and birth > on:
        raise CodeError(f"第7至14位的出生日期晚于{on.isoformat()}", 7)
    return IdentityNumber(text, text[:6], birth)


def check_character(body: str) -> str:
    """Return the 18th character for the first seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2).

    Raises CodeError when ``body`` is not seventeen digits.
    """
    if len(body) != len(_WEIGHTS) or not (body.isascii() and body.isdigit()):
        raise CodeError(f"计算校验码需要前17位数字，现有{len(body)}位")
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def _require_shape(text: str) -> None:
    if len(text) == _OLD_LENGTH and text.isascii() and text.isdigit():
        raise CodeError("这是15位的第一代身份证号，已经停用，请填写18位公民身份号码")
    if len(text) != LENGTH:
        raise CodeError(f"公民身份号码应为18位，现有{len(text)}位")
    for position, character in enumerate(text[:-1], start=1):
        if not (character.isascii() and character.isdigit()):
            raise CodeError(f"第{position}位“{character}”不对：前17位只能是数字", position)
    if text[-1] not in _CHECK_CHARACTERS:
        raise CodeError(f"第18位“{text[-1]}”不对：应是数字或大写“X”", LENGTH)


def _birth(digits: str) -> date:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year < 1:
        raise CodeError("第7至10位的出生年份不存在", 7)
    if not 1 <= month <= _MONTHS_IN_YEAR:
        raise CodeError("第11至12位的出生月份应在01至12之间", 11)
    try:
        return date(year, month, day)
    except ValueError:
        # "from None": the cause would print the birth date in a traceback.
        raise CodeError("第13至14位的出生日不存在：那个月没有这一天", 13) from None
