"""Printed lines out of the characters of a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from huiqi.library.sources.pdf.characters import Character
from huiqi.library.sources.pdf.geometry import Box

_RAISED = 0.6
"""Share of the size of type by which a figure is raised or lowered at most; lines are farther apart."""
_NEXT = 1.0
"""Ems ahead within which a character continues a line that the PDF library broke before it."""
_BLANK = 0.8
"""Ems between two characters, one of them Chinese, above which the gap is a blank and no mere spacing.

Justified lines are stretched by up to two thirds; the columns of a table stand at least one apart. Between
Latin letters the PDF library judges better.
"""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, and where it stands."""

    text: str
    box: Box


def printed_lines(characters: Iterable[Character], uprights: Sequence[Box] = ()) -> Iterator[PrintedLine]:
    """The lines of a page in the order of its content, without blanks at their ends.

    ``uprights`` are the upright rules of tables: characters on both sides of one are in different cells.
    """
    line: list[Character] = []
    for character in characters:
        if line and _breaks(line[-1], character):
            yield from _finished(line, uprights)
            line = []
        line.append(character)
    if line:
        yield from _finished(line, uprights)


def _breaks(last: Character, character: Character) -> bool:
    """Whether a character begins a new line.

    The PDF library takes a raised figure for a new line, and misses the break before an indented one.
    """
    before, after = last.place, character.place
    turned = (after.direction - before.direction + 180) % 360 - 180
    size = max(before.size, after.size)
    if abs(turned) > 10 or abs(after.base - before.base) > _RAISED * size:
        return True
    return character.parted == "\n" and not -0.5 * size < after.start - before.end < _NEXT * size


def _finished(line: list[Character], uprights: Sequence[Box]) -> Iterator[PrintedLine]:
    pieces = [line[0].text]
    for before, character in pairwise(line):
        if _is_blank_between(before, character) or (uprights and _is_crossed(before, character, uprights)):
            pieces.append(" ")
        pieces.append(character.text)
    text = unicodedata.normalize("NFC", "".join(pieces)).strip(" ")
    if text:
        yield PrintedLine(text, Box.around_all([character.place.box for character in line]))


def _is_blank_between(before: Character, after: Character) -> bool:
    if not after.parted or before.text.isspace() or after.text.isspace():
        return False
    gap, size = after.place.start - before.place.end, max(before.place.size, after.place.size)
    if _is_wide(before.text) or _is_wide(after.text):
        return gap > _BLANK * size
    return after.parted == " " or gap > 0.15 * size


def _is_crossed(before: Character, after: Character, uprights: Sequence[Box]) -> bool:
    """Whether an upright rule stands between two characters."""
    left, (right, height) = before.place.box.middle[0], after.place.box.middle
    return any(left < rule.left < right and rule.bottom < height < rule.top for rule in uprights)


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in "WF"
