"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030; strictly, and without wild guesses."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from huiqi.library.sources.errors import SourceError

_ADVICE = "请用记事本、WPS 等打开，看清文字无误后另存为 UTF-8 再读"

_LEAST_USUAL = 0.75
"""Share of characters beyond ASCII that must be usual ones for bytes to be taken for GB18030.

Of the lines of real official text, 99 in 100 have above 0.95; Big5, Shift JIS, Latin-1 or Cyrillic read as
GB18030 stay below 0.6. Korean (EUC-KR) does not, and would be taken for Chinese.
"""
_LOOKED_AT = 200_000
"""Characters from the start that are looked at to judge whether a text is Chinese."""
_GB_NAMES = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "csgb2312", "chinese"})
_UTF8_NAMES = frozenset(
    {"utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without byte order mark, and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of some bytes; newlines stay as they are.

    A byte order mark decides. Without one, valid UTF-8 is UTF-8, since other text is valid UTF-8 only by the
    rarest chance; what is not is GB18030 when it is valid as that and most of it is usual Chinese.
    ``declared`` is the encoding that a web page names for itself: it settles what the bytes leave open.

    Raises ``SourceError`` when the bytes are no text, or in an encoding that is not read.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise SourceError(f"文字是 UTF-32 编码；{_ADVICE}")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    marked = data.startswith(codecs.BOM_UTF8)
    if b"\0" in data:
        raise SourceError(_zeros(data))
    try:
        return Decoded(data.decode("utf-8-sig"), "UTF-8 BOM" if marked else "UTF-8")
    except UnicodeDecodeError as error:
        broken_utf8 = error
    if marked or _is_mostly_utf8(data):
        place = _place(data, broken_utf8.start, "utf-8")
        raise SourceError(f"{place}有不成字的字节，其余是 UTF-8；文件可能损坏了，请重新取得")
    name = declared.strip().lower()
    if name and name not in _GB_NAMES | _UTF8_NAMES:
        raise SourceError(f"网页自称编码是 {declared}，这里只读 UTF-8、UTF-16 和 GB18030；{_ADVICE}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise SourceError(_not_gb18030(data, error)) from None
    if name in _GB_NAMES or _usual_share(text) >= _LEAST_USUAL:
        return Decoded(text, "GB18030")
    raise SourceError(_unknown(data))


def _utf16(data: bytes) -> Decoded:
    little = data.startswith(codecs.BOM_UTF16_LE)
    try:
        text = data[2:].decode("utf-16-le" if little else "utf-16-be")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"开头标明是 UTF-16，第 {error.start + 3} 个字节起却不成字；文件可能不完整，请重新取得"
        ) from None
    if "\0" in text:
        raise SourceError(f"文件里有零字符，不是文字；{_ADVICE}")
    return Decoded(text, "UTF-16LE" if little else "UTF-16BE")


def _zeros(data: bytes) -> str:
    """What zero bytes mean: UTF-16 without its mark has them on every other place, other files anywhere."""
    head = data[:65536]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(data) % 2 == 0 and max(odd, even) > 8 * min(odd, even) and max(odd, even) * 20 > len(head):
        return f"像是没有 BOM 标记的 UTF-16 文字；{_ADVICE}"
    line = data.count(b"\n", 0, data.index(0)) + 1
    return f"第 {line} 行有零字节，不是文字；请提供 .txt、.docx、.pdf 或 .html"


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few broken places: then no other encoding is tried."""
    text = data[: 4 * _LOOKED_AT].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\u07ff") - broken
    return sound > 20 * broken


def _not_gb18030(data: bytes, error: UnicodeDecodeError) -> str:
    text = data.decode("gb18030", "replace")
    if _usual_share(text) >= _LEAST_USUAL and len(text) > 50 * text.count("\ufffd"):
        place = _place(data, error.start, "gb18030")
        return f"{place}有不成字的字节，其余是 GB18030；文件可能损坏了，请重新取得"
    return _unknown(data)


def _unknown(data: bytes) -> str:
    """What to say of bytes that are neither UTF-8 nor GB18030."""
    try:
        text = data.decode("big5")
    except UnicodeDecodeError:
        text = ""
    if sum(1 for character in text if "\u4e00" <= character <= "\u9fff") * 2 > len(text):
        return f"像是 Big5 编码，这里只读 UTF-8、UTF-16 和 GB18030；{_ADVICE}"
    return f"看不出是什么编码的文字：不是 UTF-8，当作 GB18030 也读不通，也可能不是文字；{_ADVICE}"


def _usual_share(text: str) -> float:
    """Share of the characters beyond ASCII that are punctuation or common characters (GB 2312, level one)."""
    wide = [character for character in text[:_LOOKED_AT] if character > "\x7f"]
    if not wide:
        return 0.0
    return sum(1 for character in wide if _is_usual(character)) / len(wide)


def _is_usual(character: str) -> bool:
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead <= 0xA3 or 0xB0 <= lead <= 0xD7


def _place(data: bytes, at: int, encoding: str) -> str:
    """Where a byte stands, as a line and a character in it, both from 1."""
    start = data.rfind(b"\n", 0, at) + 1
    line = data.count(b"\n", 0, at) + 1
    column = len(data[start:at].decode(encoding, "replace")) + 1
    return f"第 {line} 行第 {column} 个字处"
