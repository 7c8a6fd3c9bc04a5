"""What a PDF page draws besides text: pictures, and the ruled lines of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from huiqi.library.sources.pdf.geometry import Box, Turn

_SIZEABLE = 0.05
"""Share of the page from which a picture is reported: seals, logos and square codes are smaller."""
_TOUCH = 2.0
"""Points within which rules meet, or strips of one picture join."""
_SHORTEST_RULE = 8.0
"""Points; a shorter line is a part of a drawing or of a letter."""
_OUTLINES = 20
"""Shapes from which they may be text drawn as outlines; a page that is empty has a rule or two at most."""
_MOST_PICTURES = 300
_MOST_RULES = 1500
"""Rules on a page up to which tables are looked for; more are a map or a plan."""
_MOST_SEGMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """Ruled lines that make cells."""

    box: Box
    rows: int
    columns: int
    uprights: tuple[Box, ...]


@dataclass(slots=True)
class Drawings:
    """What was found on a page, in page coordinates as shown."""

    pictures: list[Box]
    tables: list[Table]
    stand_for_text: bool  # whether so much is drawn that a page without text is not an empty one

    @property
    def uprights(self) -> list[Box]:
        """The rules that part the columns of the tables."""
        return [rule for table in self.tables for rule in table.uprights]


def drawings(objects: Iterable[pdfium.PdfObject], turn: Turn) -> Drawings:
    """The sizeable pictures and the ruled tables among the objects of a page."""
    pictures: list[Box] = []
    rules: list[Box] = []
    shapes, filled = 0, False
    for each in objects:
        shapes += each.type == raw.FPDF_PAGEOBJ_PATH
        filled = filled or each.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
        if each.type == raw.FPDF_PAGEOBJ_IMAGE and len(pictures) < _MOST_PICTURES:
            pictures.append(turn.shown(_placed(each, Box(*each.get_bounds()))))
        elif each.type == raw.FPDF_PAGEOBJ_PATH and len(rules) <= _MOST_RULES:
            rules.extend(turn.shown(rule) for rule in _rules(each))
    sizeable = [box for box in _joined(pictures) if box.area >= _SIZEABLE * turn.area]
    tables = list(_tables(rules)) if len(rules) <= _MOST_RULES else []
    return Drawings(sizeable, tables, filled or shapes >= _OUTLINES)


def _placed(drawing: pdfium.PdfObject, box: Box) -> Box:
    """Where a box stands on the page, when it is given inside nested forms."""
    form = drawing.container
    while form is not None:
        box = Box(*form.get_matrix().on_rect(*box))
        form = form.container
    return box


def _rules(path: pdfium.PdfObject) -> Iterator[Box]:
    """The level and upright lines of a path, as boxes without height or without width."""
    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_SEGMENTS or not _is_painted(path):
        return
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(path, last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(path, point, start)
            last = start


def _is_painted(path: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(fill.value or stroke.value)


def _rule(path: pdfium.PdfObject, one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(wide, high) >= _SHORTEST_RULE and min(wide, high) <= _TOUCH / 4:
        box = Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        yield _placed(path, box)


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that touch, such as the strips that some writers cut a picture into, as one."""
    joined: list[Box] = []
    for box in boxes:
        apart = []
        for other in joined:
            if _touch(box, other):
                box = box.around(other)
            else:
                apart.append(other)
        joined = [*apart, box]
    return joined


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.bottom <= other.top + _TOUCH
        and other.bottom <= one.top + _TOUCH
    )


def _tables(rules: list[Box]) -> Iterator[Table]:
    """Rules that hang together and make at least two cells, from the top of the page down."""
    found = []
    for group in _groups(rules):
        uprights = [rule for rule in group if rule.width <= rule.height]
        rows = _places(rule.bottom for rule in group if rule.width > rule.height) - 1
        columns = _places(rule.left for rule in uprights) - 1
        if rows >= 1 and columns >= 1 and rows * columns >= 2:
            found.append(Table(Box.around_all(group), rows, columns, tuple(uprights)))
    yield from sorted(found, key=lambda table: -table.box.top)


def _groups(rules: list[Box]) -> Iterator[list[Box]]:
    """Rules that touch, directly or through others."""
    left = set(range(len(rules)))
    while left:
        waiting = [left.pop()]
        group = []
        while waiting:
            rule = rules[waiting.pop()]
            group.append(rule)
            touching = {index for index in left if _touch(rule, rules[index])}
            left -= touching
            waiting.extend(touching)
        yield group


def _places(positions: Iterator[float]) -> int:
    """How many different positions there are; both edges of a thin filled bar are one."""
    count, last = 0, float("-inf")
    for position in sorted(positions):
        if position - last > _TOUCH:
            count += 1
        last = position
    return count
