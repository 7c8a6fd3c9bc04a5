"""The unified social credit code (统一社会信用代码, GB 32100-2015).

Eighteen characters: registering department (1), kind of body (2), region of the registering office (3-8),
organisation code with a check character of its own (9-17, GB 11714-1997), check character (18).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from huiqi.codes.errors import CodeError

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100; a character's value is its place. I, O, S, V and Z are left out."""

REGISTERED_AS: Mapping[str, str] = MappingProxyType(
    {"91": "企业", "92": "个体工商户", "93": "农民专业合作社"}
)
"""What the market regulator (department 9) registers under the first two characters."""

_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_REGION = range(2, 8)
_OLD_REGISTRATION_LENGTH = 15
_OLD_ORGANISATION_LENGTH = 9
_LOOKS_LIKE: Mapping[str, str] = MappingProxyType({"I": "1", "O": "0", "S": "5", "Z": "2"})


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that passed every check of the standard; ``str()`` gives its eighteen characters.

    ``region`` is where the body was *registered*, when the code was given: districts are merged and renamed,
    so it does not say where the body is now.
    """

    department: str
    category: str
    region: str
    organisation: str
    check: str

    def __str__(self) -> str:
        """Return the eighteen characters."""
        return f"{self.department}{self.category}{self.region}{self.organisation}{self.check}"

    @property
    def registered_as(self) -> str | None:
        """The kind of market body (企业, 个体工商户…), or ``None`` when another department registered it."""
        return REGISTERED_AS.get(self.department + self.category)


def parse(text: str) -> CreditCode:
    """Return the parts of a credit code.

    Raises CodeError, in Chinese, naming the position that is wrong and what would be right. A single wrong
    character is always caught: the weights of both check characters are invertible modulo 31 and 11.
    """
    _require_length(text)
    for index, character in enumerate(text):
        _require_character(index, character)
    _require_check_characters(text)
    return CreditCode(text[0], text[1], text[2:8], text[8:17], text[17])


def check_character(body: str) -> str:
    """Return the 18th character for the first seventeen (GB 32100-2015, weights 3^(i-1) modulo 31).

    Raises CodeError when ``body`` is not seventeen characters of the alphabet.
    """
    if len(body) != len(_WEIGHTS) or not set(body) <= set(ALPHABET):
        raise CodeError(f"计算校验码需要前17位，每位是数字或大写字母，现有{len(body)}位")
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the 9th character of an organisation code for its first eight (GB 11714-1997, modulo 11).

    Here a letter counts A=10 … Z=35 without gaps, unlike in GB 32100: M is 22, not 21. Raises CodeError when
    ``body`` is not eight digits or capital letters.
    """
    if len(body) != len(_ORGANISATION_WEIGHTS) or not (
        body.isascii() and body.isalnum() and body == body.upper()
    ):
        raise CodeError(f"计算组织机构代码校验码需要前8位，每位是数字或大写字母，现有{len(body)}位")
    values = (int(character, 36) for character in body)
    total = sum(weight * value for weight, value in zip(_ORGANISATION_WEIGHTS, values, strict=True))
    return "0123456789X"[-total % 11]


def _require_length(text: str) -> None:
    if len(text) == LENGTH:
        return
    if len(text) == _OLD_REGISTRATION_LENGTH and text.isascii() and text.isdigit():
        raise CodeError("这是15位的旧工商注册号，已改用18位统一社会信用代码，请照营业执照右上角填写18位代码")
    if len(text) == _OLD_ORGANISATION_LENGTH:
        raise CodeError("只有9位，像是旧组织机构代码；统一社会信用代码有18位，请照营业执照填写")
    raise CodeError(f"统一社会信用代码应为18位，现有{len(text)}位")


def _require_character(index: int, character: str) -> None:
    position = index + 1
    right = _LOOKS_LIKE.get(character.upper())
    hint = f"，是不是“{right}”" if right else ""
    if index in _REGION:
        if not (character.isascii() and character.isdigit()):
            raise CodeError(
                f"第{position}位“{character}”不对：第3至8位是行政区划，只能是数字{hint}", position
            )
    elif character not in ALPHABET:
        if character.upper() in ALPHABET:
            hint = f"，应为大写“{character.upper()}”"
        raise CodeError(
            f"第{position}位“{character}”不对：只用数字和大写字母，不用 I、O、S、V、Z{hint}", position
        )


def _require_check_characters(text: str) -> None:
    inner, outer = organisation_check_character(text[8:16]), check_character(text[:17])
    inner_fits, outer_fits = text[16] == inner, text[17] == outer
    if inner_fits and outer_fits:
        return
    wants_outer = f"第18位校验码应为“{outer}”，现为“{text[17]}”"
    wants_inner = f"第17位（组织机构代码的校验码）应为“{inner}”，现为“{text[16]}”"
    if inner_fits:
        raise CodeError(f"{wants_outer}；如果末位没有抄错，就是前面某一位抄错了", 18)
    if outer_fits:
        raise CodeError(f"{wants_inner}；第18位却与前17位相符，抄错的不止一位", 17)
    if check_character(text[:16] + inner) == text[17]:
        raise CodeError(wants_inner, 17)
    raise CodeError(f"两处校验码都不符，多半是第9至16位中有一位抄错；照现有各位算，{wants_inner}", 9)
