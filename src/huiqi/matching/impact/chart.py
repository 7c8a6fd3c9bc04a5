"""Bar charts as SVG, drawn here: no scripts, no style sheets, legible on a phone and on paper.

A chart is as wide as a phone and never wider; words stand above their bars, so nothing is cut off. A colour
never stands alone: every bar has its numbers in words, and what is open is hatched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 360
_NAME, _SMALL = 15, 13
_LINE, _BAR, _GAP = 20, 13, 16
_INK, _SOFT, _AXIS = "#17232d", "#4a5863", "#7d8a95"
_NARROW = 0.58
"""Width of a Latin character, in widths of a Chinese one."""
_UNBROKEN = re.compile(r"[!-~]+|.")
_FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',system-ui,sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """How a segment is filled: a colour, hatched or not; ``name`` stands in the legend."""

    name: str
    colour: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it says above it, its segments from left to right, and whether it goes on for ever."""

    words: str
    segments: tuple[tuple[float, Look], ...]
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Bars that belong together under one name."""

    name: str
    bars: tuple[Bar, ...]


def draw(id_: str, title: str, about: str, looks: Sequence[Look], rows: Sequence[Row]) -> str:
    """A chart as an SVG element to stand in a page, where ``id_`` is not used a second time.

    ``title`` names it and ``about`` says what it shows, for those who do not see it. All bars have one scale.
    """
    scale = max((sum(size for size, _ in bar.segments) for row in rows for bar in row.bars), default=0)
    parts, y = _legend(id_, looks)
    for row in rows:
        for line in wrapped(row.name, WIDTH, _NAME):
            parts.append(_text(0, y + _NAME, line, _NAME, bold=True))
            y += _LINE + 1
        for bar in row.bars:
            for line in wrapped(bar.words, WIDTH, _SMALL):
                parts.append(_text(0, y + _SMALL, line, _SMALL, colour=_SOFT))
                y += _LINE - 2
            parts.append(_bar(id_, bar, y + 1, scale, looks))
            y += _BAR + 6
        y += _GAP
    height = max(y - _GAP + 2, 1)
    used = [(place, look) for place, look in enumerate(looks) if look.hatched]
    hatches = "".join(_hatch(_hatch_id(id_, place), look.colour) for place, look in used)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="{id_}-title {id_}-about" '
        f'font-family="{_FONT}">'
        f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-about">{escape(about)}</desc>'
        f"<defs>{hatches}</defs>{''.join(parts)}</svg>"
    )


def _legend(id_: str, looks: Sequence[Look]) -> tuple[list[str], int]:
    parts, x, y = [], 0.0, 0
    for place, look in enumerate(looks):
        width = 18 + _wide(look.name) * _SMALL + 14
        if x and x + width > WIDTH + 14:
            x, y = 0.0, y + _LINE
        parts.append(_box(x, y + 3, 12, 12, _fill(id_, place, look), look.colour))
        parts.append(_text(x + 18, y + _SMALL + 1, look.name, _SMALL))
        x += width
    return parts, y + _LINE + 12 if looks else 0


def _bar(id_: str, bar: Bar, y: int, scale: float, looks: Sequence[Look]) -> str:
    room = WIDTH - 12  # for the point of a bar that goes on for ever
    parts, x = [], 0.0
    for size, look in bar.segments:
        width = size / scale * room if scale else 0.0
        if size > 0:
            width = max(width, 2.0)
            parts.append(_box(x, y, width, _BAR, _fill(id_, looks.index(look), look), look.colour))
            x += width
    if bar.endless:
        point = f"{x + 1:.1f},{y} {x + 10:.1f},{y + _BAR / 2:.1f} {x + 1:.1f},{y + _BAR}"
        parts.append(f'<polygon points="{point}" fill="{_AXIS}"/>')
    elif x == 0:
        parts.append(f'<path d="M0.5 {y}v{_BAR}" stroke="{_AXIS}" fill="none"/>')
    return "".join(parts)


def _box(x: float, y: float, width: float, height: float, fill: str, line: str) -> str:
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y}" width="{max(width - 1, 1):.1f}" height="{height}" '
        f'fill="{fill}" stroke="{line}"/>'
    )


def _text(x: float, y: float, words: str, size: int, *, bold: bool = False, colour: str = _INK) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{escape(words)}</text>'


def _fill(id_: str, place: int, look: Look) -> str:
    return f"url(#{_hatch_id(id_, place)})" if look.hatched else look.colour


def _hatch_id(id_: str, place: int) -> str:
    return f"{id_}-hatch{place}"


def _hatch(id_: str, colour: str) -> str:
    return (
        f'<pattern id="{id_}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/>'
        f'<rect width="1.6" height="5" fill="{colour}"/></pattern>'
    )


def _wide(words: str) -> float:
    return sum(_NARROW if character.isascii() else 1.0 for character in words)


def wrapped(words: str, width: int, size: int) -> list[str]:
    """A text in lines that fit; numbers and Latin words stay in one."""
    room = width / size
    lines, used = [""], 0.0
    for part in _UNBROKEN.findall(words):
        wide = _wide(part)
        if used and used + wide > room and part not in "、，。）」；：":
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += wide
    return lines
