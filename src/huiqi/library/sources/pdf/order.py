"""Lines in the order in which they are read, where the order of the content is plainly another one."""

from __future__ import annotations

import heapq

from huiqi.library.sources.pdf.lines import PrintedLine

_MOST_LINES = 400
"""Lines on a page up to which their order is checked: more are a drawing, and checking is quadratic."""
_APART = 1.0
"""Line heights of white above a foot line, or below a head line, that part it from the text."""


def reading_order(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page as they are read.

    Writers of PDF put text down as it is read, so their order stands, column by column or row by row. Only
    what cannot be right is mended: a line comes after every line above it that reaches over it, and head and
    foot lines, which are often put down first or last of all, come first and last.
    """
    if not 1 < len(lines) <= _MOST_LINES:
        return lines
    heads, feet = _heads(lines), _feet(lines)
    after: list[list[int]] = [[] for _ in lines]
    waits = [0] * len(lines)
    for upper, above in enumerate(lines):
        for lower, below in enumerate(lines):
            if _is_above(above, below) and (_overlap(above, below) or upper in heads or lower in feet):
                after[upper].append(lower)
                waits[lower] += 1
    ready = [index for index, count in enumerate(waits) if not count]
    order = []
    while ready:
        index = heapq.heappop(ready)
        order.append(lines[index])
        for follower in after[index]:
            waits[follower] -= 1
            if not waits[follower]:
                heapq.heappush(ready, follower)
    return order


def _is_above(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether the middles of two lines are clear of each other; boxes of close lines overlap a little."""
    return (
        above.box.bottom + above.box.height / 4 >= below.box.top - below.box.height / 4
        and above.box.top > below.box.top
    )


def _overlap(one: PrintedLine, other: PrintedLine) -> bool:
    """Whether two lines stand over each other in part of their width."""
    return one.box.left < other.box.right and other.box.left < one.box.right


def _heads(lines: list[PrintedLine]) -> set[int]:
    """Lines at the very top with white below."""
    first = max(lines, key=lambda line: line.box.top).box
    row = {index for index, line in enumerate(lines) if line.box.top > first.middle[1]}
    rest = [line.box.top for index, line in enumerate(lines) if index not in row]
    return row if rest and first.bottom - max(rest) > _APART * first.height else set()


def _feet(lines: list[PrintedLine]) -> set[int]:
    """Lines at the very bottom with white above."""
    last = min(lines, key=lambda line: line.box.bottom).box
    row = {index for index, line in enumerate(lines) if line.box.bottom < last.middle[1]}
    rest = [line.box.bottom for index, line in enumerate(lines) if index not in row]
    return row if rest and min(rest) - last.top > _APART * last.height else set()
