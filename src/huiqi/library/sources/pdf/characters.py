"""The characters of a PDF page with their places, made clean: what a font calls them is no spelling.

A PDF draws shapes and only hints at characters. The same shape may be called 长 or the radical ⻓, a hyphen
at a line end may be called a soft hyphen or nothing, what is not seen may have a code. What is drawn is kept.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from huiqi.library.sources.pdf.geometry import Box, Turn

_RADICALS = (
    "⺄乙⺌小⺍小⺗心⺜日⺝月⺟母⺠民⺧牛⺩王⺫目⺬示⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
"""Radicals that fonts give for the whole character, each before it (Unicode, EquivalentUnifiedIdeograph)."""
_WHOLE = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
_KANGXI = range(0x2F00, 0x2FD6)
_WHOLE |= {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}

_DEPTH = 0.12
"""Share of the size of Chinese type that is below the base line."""
_NO_WIDTH = 0.01
"""Points below which the PDF library takes a text for empty."""
_SOFT_HYPHEN = 0xAD
_UNKNOWN = "\ufffd"


class Place(NamedTuple):
    """Where a shape stands, in points.

    Text may run in any direction: ``direction`` is that in which it runs, in degrees against the clock.
    ``start`` and ``end`` are places in that direction, ``base`` is the place of its base line across it, and
    ``size`` is the size of the type. ``box`` is as high as the type, not as the shape.
    """

    box: Box
    direction: float
    start: float
    end: float
    base: float
    size: float


class Character(NamedTuple):
    """What one shape on the page stands for, usually one character.

    ``parted`` is what the PDF library sees before it without anything being drawn there: nothing, a blank, or
    a line break. ``known`` is false when the font does not say which character it is, or says nonsense.
    """

    text: str
    place: Place
    parted: str
    known: bool


def characters(text_page: pdfium.PdfTextPage, turn: Turn) -> Iterator[Character]:
    """The visible characters of a page in the order of its content."""
    handle = text_page.raw
    places = _Places(handle, turn)
    parted = ""
    last: Place | None = None
    for index, code in _codes(handle, text_page.count_chars()):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            parted = "\n" if code in (0x0A, 0x0D) else parted or " "
            continue
        place = places.of(index)
        known = raw.FPDFText_HasUnicodeMapError(handle, index) != 1
        # The library takes a hyphen at a line end for a mere break of the word; printed it is all the same.
        hyphen = raw.FPDFText_IsHyphen(handle, index) == 1
        # One shape may stand for several characters, which then share its place: a ligature, a hidden helper.
        drawn = place.end > place.start and place != last
        last = place
        text = "-" if hyphen else _clean(code, drawn, known)
        if text:
            yield Character(text, place, parted, known and text != _UNKNOWN)
            parted = "\n" if hyphen else ""


def _codes(handle: Any, count: int) -> Iterator[tuple[int, int]]:
    """The code points of a page with their indices; two surrogates are one code point."""
    index = 0
    while index < count:
        code = int(raw.FPDFText_GetUnicode(handle, index))
        low = int(raw.FPDFText_GetUnicode(handle, index + 1)) if 0xD800 <= code <= 0xDBFF else 0
        if 0xDC00 <= low <= 0xDFFF:
            yield index, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            index += 2
        else:
            yield index, code
            index += 1


class _Places:
    """Asks the PDF library for the places of the characters of a page."""

    def __init__(self, handle: Any, turn: Turn) -> None:
        self._handle = handle
        self._turn = turn
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def of(self, index: int) -> Place:
        """The place of a character."""
        handle, box, matrix = self._handle, self._box, self._matrix
        if not (
            raw.FPDFText_GetLooseCharBox(handle, index, box)
            and raw.FPDFText_GetMatrix(handle, index, matrix)
            and raw.FPDFText_GetCharOrigin(handle, index, self._x, self._y)
        ):
            raise pdfium.PdfiumError("a character without a place")
        x, y = self._x.value, self._y.value
        size = float(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)
        # The box of a shape may be as thin as a dash; that of its line is as high as the type.
        foot, head = -_DEPTH * size, (1 - _DEPTH) * size
        own = Box(box.left, box.bottom, box.right, box.top)
        if matrix.b == 0 and matrix.a > 0:
            whole = Box(own.left, min(own.bottom, y + foot), own.right, max(own.top, y + head))
            return Place(self._turn.shown(whole), -self._turn.degrees % 360, x, own.right, y, size)
        angle = math.atan2(matrix.b, matrix.a)
        along, across = math.cos(angle), math.sin(angle)
        left, right = sorted((x - foot * across, x - head * across))
        bottom, top = sorted((y + foot * along, y + head * along))
        return Place(
            box=self._turn.shown(own.around(Box(left, bottom, right, top))),
            direction=(math.degrees(angle) - self._turn.degrees) % 360,
            start=x * along + y * across,
            end=max(east * along + north * across for east, north in own.corners),
            base=y * along - x * across,
            size=size,
        )


def bring_out(objects: Iterable[pdfium.PdfObject]) -> None:
    """Let the PDF library see text whose shapes it lacks.

    A PDF may use a Chinese font of the machine it was made on. Where there is none, a text of one character
    has no width, and the library passes over it as empty. With an outline it has some.
    """
    for text in objects:
        if text.type == raw.FPDF_PAGEOBJ_TEXT:
            left, _, right, _ = text.get_bounds()
            if right - left < _NO_WIDTH:
                raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_STROKE)
                raw.FPDFPageObj_SetStrokeWidth(text, 1.0)
                text.transform(pdfium.PdfMatrix())  # measures it anew


def _clean(code: int, drawn: bool, known: bool) -> str:
    """What a shape stands for, empty when it is nothing that is seen."""
    if code in _WHOLE:
        return _WHOLE[code]
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code in (0, 0xFFFE, 0xFFFF):
        return _UNKNOWN
    character = chr(code)
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\n\v\f\r":
        return "\u3000" if character == "\u3000" else " "
    if code == _SOFT_HYPHEN:
        return "-" if drawn else ""
    if category == "Cf":
        return ""
    if category == "Cc":
        return "" if known and not drawn else _UNKNOWN
    return character
