"""The numbers of clauses as printed: 第一章, 第七条, 一、, （一）, 1., （1）, ①, 第一步."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import IntEnum

from huiqi.library.model import ClauseKind
from huiqi.library.structure.numerals import CHINESE, read_number
from huiqi.library.structure.paragraphs import Paragraph

_LARGEST = 200  # no list of clauses goes further
_LARGEST_ARTICLE = 2000  # but codes do
_BLANKS_BEFORE = 12  # that may stand between a sentence and the number after it


class Strength(IntEnum):
    """How much the place of a marker speaks for it."""

    INSIDE = 1  # after a sentence within a line
    LINE = 2  # at the start of a printed line, after a sentence
    PARAGRAPH = 3  # at the start of a paragraph


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that looks like the number of a clause, at ``start`` to ``end`` of a paragraph's text."""

    kind: ClauseKind
    number: int
    start: int
    end: int
    strength: Strength
    branch: int = 0  # 第五条之一 is the first branch of article 5
    announced: bool = False  # a colon stands before it
    after_heading: bool = False  # only a blank stands before it, as after a heading that ends without a mark
    unended: bool = False  # it begins a line, but nothing before it ended


_FEW_BLANKS = r"\s{0,3}"
_C = rf"(?:[{CHINESE}]{_FEW_BLANKS}){{1,9}}"
_D = rf"\d{{1,4}}{_FEW_BLANKS}"
_B = _FEW_BLANKS
_PATTERNS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (ClauseKind.PART, re.compile(rf"第{_B}({_C}|{_D})编")),
    (ClauseKind.CHAPTER, re.compile(rf"第{_B}({_C}|{_D})章")),
    (ClauseKind.SECTION, re.compile(rf"第{_B}({_C}|{_D})节")),
    (
        ClauseKind.ARTICLE,
        re.compile(
            rf"第{_B}({_C}|{_D})条(?![款项件例规约令文])(?:之([一二三四五六七八九十]{{1,2}})(?![一二三四五六七八九十分者间]))?"
        ),
    ),
    (ClauseKind.STEP, re.compile(rf"第{_B}({_C})步")),
    (ClauseKind.SUBITEM, re.compile(rf"[（(]{_B}({_C})[)）]")),
    (ClauseKind.SUBPOINT, re.compile(rf"[（(]{_B}([0-9０-９]{{1,2}}){_B}[)）]")),
    (ClauseKind.ITEM, re.compile(rf"({_C})[、．]")),
    (
        ClauseKind.POINT,
        re.compile(rf"([0-9０-９]{{1,3}}){_B}(?:[.．](?![0-9０-９])|[.．](?=20\d\d\s*年)|、)"),
    ),
    (ClauseKind.DETAIL, re.compile(r"([①-⑳])")),
)
_FIRST_CHARACTER = re.compile(rf"[第（(0-9０-９①-⑳{CHINESE}]")
_WITHOUT_AN_END = (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.STEP)
_AFTER_A_HEADING = (ClauseKind.POINT, ClauseKind.SUBITEM, ClauseKind.ITEM)
_ENDS = "。；：;:！？"
_CLOSES = "”）)"


def markers_of(paragraph: Paragraph) -> Iterator[Marker]:
    """Everything in a paragraph that stands where a clause can begin and looks like its number."""
    text = paragraph.text
    breaks = paragraph.line_breaks()
    match = _FIRST_CHARACTER.search(text)
    while match is not None:
        at = match.start()
        place = _place(text, at, breaks)
        found = _marker_at(text, at, place) if place is not None else None
        if found is not None:
            yield found
        match = _FIRST_CHARACTER.search(text, found.end if found is not None else at + 1)


def first_marker(paragraph: Paragraph) -> Marker | None:
    """The number that a paragraph begins with."""
    marker = next(markers_of(paragraph), None)
    return marker if marker is not None and marker.start == 0 else None


@dataclass(frozen=True, slots=True)
class _Place:
    strength: Strength
    announced: bool = False
    after_heading: bool = False
    unended: bool = False


def _place(text: str, at: int, breaks: Container[int]) -> _Place | None:
    """What speaks for a clause to begin at a character, or ``None`` when nothing does."""
    before = text[max(0, at - _BLANKS_BEFORE) : at].rstrip()
    if not before:
        return _Place(Strength.PARAGRAPH) if at <= _BLANKS_BEFORE else None
    begins_line = at in breaks
    strength = Strength.LINE if begins_line else Strength.INSIDE
    if before[-1] in _ENDS:
        return _Place(strength, announced=before[-1] in "：:")
    if before[-1] in _CLOSES and (begins_line or before[-2:-1] in ("。", "；")):
        return _Place(strength)
    if begins_line:
        return _Place(strength, unended=True)
    if text[at - 1].isspace() and "\u4e00" <= before[-1] <= "\u9fff":
        return _Place(strength, after_heading=True)
    return None


def _marker_at(text: str, at: int, place: _Place) -> Marker | None:
    for kind, pattern in _PATTERNS:
        match = pattern.match(text, at)
        if match is None:
            continue
        number = read_number(match.group(1))
        if not number or number > (_LARGEST_ARTICLE if kind is ClauseKind.ARTICLE else _LARGEST):
            return None
        if place.after_heading and kind not in _AFTER_A_HEADING:
            return None
        if place.unended and kind not in _WITHOUT_AN_END:
            return None
        branch = (read_number(match.group(2) or "") or 0) if kind is ClauseKind.ARTICLE else 0
        return Marker(
            kind=kind,
            number=number,
            start=match.start(),
            end=match.end(),
            strength=place.strength,
            branch=branch,
            announced=place.announced,
            after_heading=place.after_heading,
            unended=place.unended,
        )
    return None
