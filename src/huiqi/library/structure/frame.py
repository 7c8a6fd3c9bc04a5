"""What frames a division: title, number and addressees before its text, signature and remarks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiqi.library.model import ClauseKind
from huiqi.library.structure.attachments import list_end, opens_a_list
from huiqi.library.structure.divisions import Division
from huiqi.library.structure.lines import Line
from huiqi.library.structure.nodes import Node
from huiqi.library.structure.paragraphs import Paragraph, column
from huiqi.library.structure.recognise import (
    addressee_end,
    is_date,
    is_masthead,
    number_end,
    remark_end,
    signs,
)

_AFTER_SIGNATURE = 24  # lines of remarks and of a list of attachments that may follow a signature
_LONGEST_LIST = 25  # lines
_LONGEST_REMARK = 60
_SHORT = 0.7  # of the column: a name that fills the line is rather a sentence


@dataclass
class Framed:
    """A division taken apart: nodes before and after, and the lines of the body between."""

    front: list[Node] = field(default_factory=list)
    body: tuple[int, int] = (0, 0)
    back: list[Node] = field(default_factory=list)


def frame(lines: Sequence[Line], division: Division) -> Framed:
    """Title, number, addressees, then the body, then attachments list, signature and remarks."""
    front, start = _front(lines, division)
    back, end = _back(lines, start, division.last)
    return Framed(front, (start, end), back)


def node(kind: ClauseKind, lines: Sequence[Line], first: int, last: int) -> Node:
    """A node of whole lines."""
    own = tuple(lines[first:last])
    text = "".join(line.text for line in own)
    return Node(kind, 0, [(Paragraph(own, text, first), 0, len(text))])


def _front(lines: Sequence[Line], division: Division) -> tuple[list[Node], int]:
    """What stands before the body, and the line at which the body begins."""
    at, last, title = division.first, division.last, division.title
    front: list[Node] = []
    if division.label_last > at and (title is None or title.first >= division.label_last):
        front.append(node(ClauseKind.NUMBER, lines, at, division.label_last))
        at = division.label_last
    if title is not None and title.first > at and is_masthead(lines[at].text):
        front.append(node(ClauseKind.REMARK, lines, at, at + 1))
        at += 1
    if title is not None:
        if title.first > at:
            front.append(node(ClauseKind.NUMBER, lines, at, title.first))
        front.append(node(ClauseKind.TITLE, lines, title.first, title.last))
        at = title.last
    while at < last:
        after = number_end(lines, at, last)
        if after is None:
            break
        front.append(node(ClauseKind.NUMBER, lines, at, after))
        at = after
    if division.kind is not ClauseKind.ATTACHMENT:
        after = addressee_end(lines, at)
        if after is not None and after <= last:
            front.append(node(ClauseKind.ADDRESSEE, lines, at, after))
            at = after
    return front, at


def _back(lines: Sequence[Line], first: int, last: int) -> tuple[list[Node], int]:
    """What stands after the body, and the line at which the body ends."""
    back: list[Node] = []
    date = _signature_date(lines, first, last)
    if date is not None:
        start = date
        while start > first and signs(lines[start - 1]):
            start -= 1
        back.append(node(ClauseKind.SIGNATURE, lines, start, date + 1))
        back.extend(_trailing(lines, date + 1, last))
        end = start
    else:
        end = next((at for at in _last_lines(lines, first, last) if _all_remarks(lines, at, last)), last)
        back.extend(_trailing(lines, end, last))
    listed = _attachment_list(lines, first, end)
    if listed is not None:
        back.insert(0, node(ClauseKind.ATTACHMENT_LIST, lines, listed, end))
        end = listed
    if date is None:
        start = _undated_signature(lines, first, end)
        if start < end:
            back.insert(0, node(ClauseKind.SIGNATURE, lines, start, end))
            end = start
    return back, end


def _signature_date(lines: Sequence[Line], first: int, last: int) -> int | None:
    """The line of the date under which nothing but remarks and a list of attachments stands."""
    for at in range(last - 1, max(first - 1, last - 1 - _AFTER_SIGNATURE), -1):
        if is_date(lines[at].text) and _trailing_end(lines, at + 1, last) == last:
            return at
    return None


def _last_lines(lines: Sequence[Line], first: int, last: int) -> range:
    return range(max(first, last - _AFTER_SIGNATURE), last)


def _all_remarks(lines: Sequence[Line], at: int, last: int) -> bool:
    """Whether nothing but remarks stands from a line on, which without a signature must be plain ones."""
    while at < last:
        after = remark_end(lines, at, last)
        if after is None:
            return False
        at = after
    return True


def _trailing_end(lines: Sequence[Line], at: int, last: int) -> int:
    """The line after the remarks and the list of attachments that begin at a line."""
    while at < last:
        after = _trailing_one(lines, at, last)
        if after is None:
            return at
        at = after
    return at


def _trailing_one(lines: Sequence[Line], at: int, last: int) -> int | None:
    text = lines[at].text.strip()
    if opens_a_list(text):
        return list_end(lines, at, last)
    after = remark_end(lines, at, last)
    if after is not None:
        return after
    short = len(text) < _LONGEST_REMARK
    return at + 1 if short and (text.startswith("联系") or _in_brackets(text)) else None


def _in_brackets(text: str) -> bool:
    return text.startswith(("（", "(")) and text.endswith(("）", ")"))


def _trailing(lines: Sequence[Line], at: int, last: int) -> list[Node]:
    """Remarks and a list of attachments as nodes."""
    found: list[Node] = []
    while at < last:
        after = _trailing_one(lines, at, last) or at + 1
        kind = ClauseKind.ATTACHMENT_LIST if opens_a_list(lines[at].text.strip()) else ClauseKind.REMARK
        found.append(node(kind, lines, at, after))
        at = after
    return found


def _undated_signature(lines: Sequence[Line], first: int, end: int) -> int:
    """The first line of names of bodies alone at the very end: a signature that has lost its date."""
    start = end
    while start > first and signs(lines[start - 1]):
        if lines[start - 1].width >= column(lines, start - 1) * _SHORT:
            break
        start -= 1
    return start if start > first else end


def _attachment_list(lines: Sequence[Line], first: int, end: int) -> int | None:
    for at in range(end - 1, max(first, end - _LONGEST_LIST) - 1, -1):
        if opens_a_list(lines[at].text.strip()):
            return at if list_end(lines, at, end) >= end else None
    return None
