"""Where sentences and their parts begin and end in a text without blanks."""

from __future__ import annotations

SENTENCE = "。；\n"
SEGMENT = "，。；：\n"
PART = "、，。；：\n"


def beginning(text: str, at: int, marks: str) -> int:
    """Where what holds ``at`` begins: after the last of the marks before it."""
    return max(text.rfind(mark, 0, at) for mark in marks) + 1


def ending(text: str, at: int, marks: str) -> int:
    """Where what holds ``at`` ends: at the next of the marks."""
    ends = [end for mark in marks if (end := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))
