"""Paragraphs out of printed lines: a printed line is cut anywhere, a paragraph is what the author wrote.

Extracted text has lost its indents. What is left to see: the line before ends early, or it ends a sentence
and this line is two characters narrower than the column, as the first line of a Chinese paragraph is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiqi.library.model import Span
from huiqi.library.structure.lines import Line

_ENDS = "。；：！？;:!?…"
_CLOSERS = "”’）)》〉"
_EARLY = 3.0  # a line this much narrower than the column ends its paragraph
_INDENT = 1.5  # a first line is two characters narrower, punctuation may take back half of one
_FIRST = 2  # characters by which a first line is indented
_AROUND = 20
_NARROWEST = 12.0  # no column of text is narrower; what is are the cells of a table
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[.．、]|第.{1,4}[编章节步]")
_HEADING_LINE = re.compile(rf"(?:{_NUMBERED.pattern})[\u4e00-\u9fff“”]{{2,16}}")
_FIRST_NUMBER = re.compile(r"[（(]\s*一\s*[)）]|1\s*[.．、]|第.{1,4}[章节条]")
_STOPS = re.compile("[。；：，]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; ``text`` joins them without anything between."""

    lines: tuple[Line, ...]
    text: str
    first: int  # index of its first line in the source

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where characters ``start`` to ``end`` of the text stand in the source."""
        found = []
        at = 0
        for line in self.lines:
            length = line.end - line.start
            low, high = max(start, at), min(end, at + length)
            if low < high:
                found.append(Span(line.start + low - at, line.start + high - at))
            at += length
        return tuple(found)

    def line_at(self, place: int) -> int:
        """Index in the source of the line that character ``place`` of the text stands on."""
        at = 0
        for offset, line in enumerate(self.lines):
            at += line.end - line.start
            if place < at:
                return self.first + offset
        return self.first

    def line_breaks(self) -> set[int]:
        """Where in the text a new line begins."""
        found, at = set(), 0
        for line in self.lines:
            found.add(at)
            at += line.end - line.start
        return found


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does."""
    stripped = text.rstrip(_CLOSERS)
    return bool(stripped) and stripped[-1] in _ENDS


def column(lines: Sequence[Line], at: int) -> float:
    """How wide the column is around a line: what four fifths of the lines about it do not exceed."""
    near = sorted(line.width for line in lines[max(0, at - _AROUND) : at + _AROUND + 1])
    return max(near[int(len(near) * 0.8)], _NARROWEST) if near else _NARROWEST


def margin(lines: Sequence[Line], at: int) -> int:
    """How far all lines around a line are indented: what is more than that is an indent."""
    return min(line.indent for line in lines[max(0, at - _AROUND) : at + _AROUND + 1])


def starts_paragraph(lines: Sequence[Line], at: int, begun: int) -> bool:
    """Whether printed line ``at`` begins a paragraph; the one before it began at line ``begun``."""
    before, line = lines[at - 1], lines[at]
    if line.indent - margin(lines, at) >= _FIRST:
        return True  # the text has kept its indents
    wide = column(lines, at)
    first = begun == at - 1  # a first line is indented, so that it is narrower without having ended early
    reached = before.width + (_FIRST if first else 0)
    if reached <= wide - _EARLY and not (_in_brackets(before.text) and reached > wide / 2):
        return True
    if _in_brackets(before.text):
        return False
    if _FIRST_NUMBER.match(line.text) and _is_numbered_heading(before.text):
        return True
    follows = lines[at + 1] if at + 1 < len(lines) else None
    goes_on = follows is not None and not (follows.width < wide - _EARLY * 2 and ends_sentence(line.text))
    narrow = line.width <= wide - _INDENT
    if _HEADING_LINE.fullmatch(line.text) and line.width <= wide - _EARLY * 2:
        return True
    if not ends_sentence(before.text):
        heads = first and _is_numbered_heading(before.text)
        return bool(heads and narrow and follows and wide - _EARLY - 1 < line.width < follows.width)
    if reached <= wide - _INDENT:
        return True
    return narrow and (goes_on or not ends_sentence(line.text))


def _is_numbered_heading(text: str) -> bool:
    """Whether a line is a number and words without a stop."""
    return bool(_NUMBERED.match(text)) and not _STOPS.search(text)


def _in_brackets(text: str) -> bool:
    """Whether a line ends inside brackets that it opened."""
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))


def paragraphs_of(lines: Sequence[Line], first: int, last: int, whole_lines: bool) -> list[Paragraph]:
    """The paragraphs of lines ``first`` to ``last`` (excluded); ``whole_lines`` where every line is one.

    Only these lines are looked at, so that paragraphs stay when what stands around them changes.
    """
    own = lines[first:last]
    found: list[Paragraph] = []
    start = 0
    for at in range(1, len(own) + 1):
        if at == len(own) or whole_lines or starts_paragraph(own, at, start):
            together = tuple(own[start:at])
            found.append(Paragraph(together, "".join(line.text for line in together), first + start))
            start = at
    return found
