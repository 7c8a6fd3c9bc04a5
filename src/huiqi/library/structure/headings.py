"""Headings: how much of what follows a number heads it, and lines that head a list without a number."""

from __future__ import annotations

import re

from huiqi.library.blanks import squeeze
from huiqi.library.structure.paragraphs import ends_sentence

_ALONE = 60  # the longest heading that is a paragraph of its own
_BEFORE = 34  # the longest heading that opens a paragraph
_BEFORE_WITH_COMMA = 26
_RULES = re.compile("应当|不得|可以|必须|按照|换算|应由|的，|为准|是指")  # words of a rule, not of a heading
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[.．、）)]|第.{1,4}[编章节条步]")
_LONGEST_SMALL = 12
_ANNOUNCES = ("包括", "情形", "材料")
_ENUMERATES = re.compile("[，、。；]|下列|以下|如下")


def heading_length(text: str, whole: bool) -> int:
    """How many characters of what follows a number are its heading; the full stop belongs to it.

    ``whole`` says that the text is all there is of the paragraph.
    """
    stop = next((at for at, character in enumerate(text) if character in "。；：！？"), -1)
    if stop < 0 or stop == len(text) - 1:
        longest = _ALONE if stop < 0 else _ALONE * 0.75
        alone = whole and len(text.strip()) <= longest and not text.endswith(("：", ":", "；"))
        return len(text) if alone else 0
    if text[stop] != "。":
        return 0
    first = text[: stop + 1]
    commas = first.count("，")
    longest = _BEFORE if commas == 0 else _BEFORE_WITH_COMMA
    short = len(first.strip()) <= longest and commas <= 1 and not _RULES.search(first)
    return len(first) if short and len(text) > len(first) * 1.5 else 0


def is_small_heading(text: str) -> bool:
    """Whether a line can head a list of its own without a number: 填表说明："""
    if len(text) > _LONGEST_SMALL * 3:
        return False
    stripped = squeeze(text)
    words = stripped.rstrip("：:")
    return (
        not _NUMBERED.match(stripped)
        and 2 <= len(words) <= _LONGEST_SMALL
        and not ends_sentence(words)
        and not words.endswith(_ANNOUNCES)
        and not _ENUMERATES.search(words)
        and (words != stripped or not any(mark in words for mark in "：:（）()“”0123456789_…"))
    )
