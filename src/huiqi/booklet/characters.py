"""Which characters can be shown: what a font file has, what the fonts that come along have, what nobody has.

The fonts are read for that themselves (the ``cmap`` table of OpenType), so that no list can go out of date.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TEXT_FONTS = (("Huiqi Song", "HuiqiSong-Regular.otf"), ("Huiqi Rare", "HuiqiRare-Regular.otf"))
HEADING_FONT = ("Huiqi Hei", "HuiqiHei-Bold.otf")
STAND_IN = "〓"  # GB/T 2312's own sign for a character that is not there

_FORMAT_4, _FORMAT_12 = 4, 12
_UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))  # (platform, encoding), the widest first


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has, and the places where it was to be shown."""

    character: str
    where: tuple[str, ...]

    @property
    def code_point(self) -> str:
        """U+2B5AF."""
        return f"U+{ord(self.character):04X}"

    def __str__(self) -> str:
        more = f"等{len(self.where)}处" if len(self.where) > 1 else ""
        return f"没有字体能显示 {self.code_point}，印作“{stand_in(self.character)}”：{self.where[0]}{more}"


def stand_in(character: str) -> str:
    """What is shown for a character that no font has."""
    return f"{STAND_IN}（U+{ord(character):04X}）"


def clean(text: str) -> str:
    """The text as it can be shown: NFC, other blanks as a blank, without signs that only steer a screen."""
    return "".join(_kept(character) for character in unicodedata.normalize("NFC", text))


def shown(text: str) -> str:
    """The text as a file shows it that leaves the fonts to the reader's machine."""
    cleaned = clean(text)
    return cleaned.translate({ord(one): stand_in(one) for one in unshowable(cleaned)})


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\v\f\x85" or category in ("Zl", "Zp"):
        return " "
    if category == "Zs":
        return character if character == "　" else " "
    if (
        category in ("Cc", "Cf")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    ):
        return ""
    return character


def unshowable(text: str) -> frozenset[str]:
    """The characters of a text that no font may be asked for: halves of pairs, private ones, and none at all.

    A private character means something else in every font.
    """
    return frozenset(one for one in text if unicodedata.category(one) in ("Cs", "Co") or _is_none(ord(one)))


def _is_none(point: int) -> bool:
    """Whether Unicode keeps a code point free for ever."""
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


@cache
def at_hand() -> frozenset[str]:
    """The characters that the fonts for text have; headings have the same, some in another face."""
    return frozenset().union(*(characters_of(FONTS / file) for _, file in TEXT_FONTS), " ")


def characters_of(path: Path, face: int = 0) -> frozenset[str]:
    """The characters that a font file has; of a collection, those of one face.

    Raises ``ValueError`` for a file that is no OpenType or TrueType font, or has no Unicode table.
    """
    content = path.read_bytes()
    try:
        return frozenset(map(chr, _code_points(content, face)))
    except (struct.error, IndexError) as error:
        raise ValueError(f"{path} 不是完整的字体文件") from error


def _code_points(content: bytes, face: int) -> Iterator[int]:
    start = 0
    if content[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", content, 12 + 4 * face)
    (count,) = struct.unpack_from(">H", content, start + 4)
    records = (struct.unpack_from(">4sIII", content, start + 12 + 16 * at) for at in range(count))
    table = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if table is None:
        raise ValueError("字体里没有 cmap 表")
    (count,) = struct.unpack_from(">H", content, table + 2)
    found = {}
    for at in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", content, table + 4 + 8 * at)
        found[platform, encoding] = table + offset
    for key in _UNICODE_TABLES:
        if key in found:
            yield from _mapped(content, found[key])
            return
    raise ValueError("字体里没有 Unicode 的 cmap 表")


def _mapped(content: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", content, at)
    if kind == _FORMAT_12:
        (count,) = struct.unpack_from(">I", content, at + 12)
        for group in range(count):
            first, last, glyph = struct.unpack_from(">III", content, at + 16 + 12 * group)
            yield from range(first if glyph else first + 1, last + 1)
    elif kind == _FORMAT_4:
        yield from _mapped_in_segments(content, at)
    else:
        raise ValueError(f"字体的 cmap 表是不认识的格式 {kind}")


def _mapped_in_segments(content: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", content, at + 6)
    segments = doubled // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", content, at + 14 + shift)
        for shift in (0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2)
    )
    for segment in range(segments):
        for code in range(firsts[segment], min(lasts[segment], 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                place = at + 16 + 3 * doubled + 2 * segment
                (glyph,) = struct.unpack_from(
                    ">H", content, place + offsets[segment] + 2 * (code - firsts[segment])
                )
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                yield code


def families_for(wanted: Iterable[str], faces: Iterable[tuple[str, Path, int]]) -> dict[str, frozenset[str]]:
    """Which families show which of the wanted characters; ``faces`` (family, file, face) are tried in order.

    A file that cannot be read as a font is passed over: it is not ours.
    """
    left = set(wanted)
    found: dict[str, frozenset[str]] = {}
    for family, path, face in faces:
        if not left:
            break
        if family in found:
            continue
        try:
            has = characters_of(path, face) & left
        except (OSError, ValueError):
            continue
        if has:
            found[family] = frozenset(has)
            left -= has
    return found
