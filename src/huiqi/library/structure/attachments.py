"""What a document says of its attachments: the list under 附件：, and the label that heads each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiqi.library.blanks import squeeze
from huiqi.library.structure.lines import Line
from huiqi.library.structure.numerals import read_number
from huiqi.library.structure.paragraphs import column, ends_sentence
from huiqi.library.structure.recognise import is_date, signs
from huiqi.library.structure.titles import TitleBlock, bare, title_block

_LABEL = re.compile(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[:：.、]\s*)?(.*)")
_OPENS_A_LIST = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]")
_ENTRY = re.compile(r"\d{1,2}\s*[.．、]|附\s*件\s*\d{1,2}\s*[:：]")
_NUMBER_OF_ENTRY = re.compile(
    r"附\s*件\s*(\d{1,2})\s*[:：]|(?:(?<=^)|(?<=[^\d.（(]))(\d{1,2})\s*[.．、](?=\D)"
)
_FILE_ENDING = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|et)$")
_NUMBER_IN_BRACKETS = re.compile(r"[（(]([^（()）]*号)[)）]$")
_LONGEST_TITLE = 50
_SAME_BEGINNING = 6  # characters in which the name in the list and the title agree
_LONGEST_LIST = 60  # lines
_MOST_TITLE_LINES = 3
_WHOLE_TITLE = ("表", "书", "单", "模板", "程序", "流程")
_TITLE_ENDS = (")", "）", *_WHOLE_TITLE)


@dataclass(frozen=True, slots=True)
class Named:
    """An attachment that a document announces, with its number in the list; empty for the only one."""

    number: str
    name: str

    @property
    def title(self) -> str:
        """The name as a title that can be compared, without the document number in brackets behind it."""
        return bare(_NUMBER_IN_BRACKETS.sub("", squeeze(self.name)))

    @property
    def document_number(self) -> str | None:
        """The document number in brackets behind the name."""
        match = _NUMBER_IN_BRACKETS.search(squeeze(self.name))
        return match.group(1) if match else None


@dataclass(frozen=True, slots=True)
class Label:
    """附件1 at the head of an attachment; ``title`` is what stands on the same line."""

    number: str
    title: str

    @property
    def cite(self) -> str:
        """The label in the form in which it is cited."""
        return f"附件{read_number(self.number) if self.number else ''}"


def opens_a_list(text: str) -> bool:
    """Whether a line begins the list of attachments."""
    return _OPENS_A_LIST.match(text.lstrip()) is not None


def list_end(lines: Sequence[Line], first: int, last: int) -> int:
    """The line after a list of attachments that begins at ``first``."""
    wide = column(lines, first)
    at = first + 1
    last = min(last, first + _LONGEST_LIST)
    if not _OPENS_A_LIST.sub("", lines[first].text.strip(), count=1) and at < last:
        at += 1
    while at < last:
        before, text = lines[at - 1].text, lines[at].text.strip()
        wraps = lines[at - 1].width > wide - 4 and not is_date(text) and not signs(lines[at])
        if not (_ENTRY.match(text) or wraps or _open_brackets(before) > 0) or ends_sentence(text):
            break
        at += 1
    return at


def _open_brackets(text: str) -> int:
    return sum(text.count(each) for each in "（(") - sum(text.count(each) for each in "）)")


def names_in_list(text: str) -> list[Named]:
    """The attachments of a list; ``text`` is the whole of it, its lines joined."""
    text = re.sub(r"^附\s*件\s*[:：]\s*", "", text.strip())
    starts = list(_NUMBER_OF_ENTRY.finditer(text))
    if not starts:
        return [Named("", _FILE_ENDING.sub("", text))] if text else []
    ends = [*(match.start() for match in starts[1:]), len(text)]
    found = []
    for match, end in zip(starts, ends, strict=True):
        name = _FILE_ENDING.sub("", text[match.end() : end].strip())
        if name:
            found.append(Named(match.group(1) or match.group(2), name))
    return found


def label_at(lines: Sequence[Line], at: int, names: Sequence[Named] = ()) -> Label | None:
    """The label that heads an attachment at a line; a list of attachments is none, nor is a sentence.

    A title on the same line is believed at the top of a page, or when ``names`` announced the attachment.
    """
    line = lines[at]
    match = _LABEL.fullmatch(line.text.strip())
    if match is None:
        return None
    number, rest = match.group(1) or "", match.group(2).strip()
    if rest and not (number and (line.page_start or _is_announced(number, rest, names))):
        return None
    if not number and opens_a_list(line.text) and at + 1 < len(lines) and _ENTRY.match(lines[at + 1].text):
        return None
    return None if len(rest) > _LONGEST_TITLE or ends_sentence(rest) else Label(number, rest)


def _is_announced(number: str, title: str, names: Sequence[Named]) -> bool:
    begins = bare(title)[:_SAME_BEGINNING]
    return any(
        read_number(each.number) == read_number(number) and each.title.startswith(begins) for each in names
    )


def title_below(lines: Sequence[Line], at: int) -> TitleBlock | None:
    """The title of an attachment whose label stands alone on the line above."""
    first = squeeze(lines[at].text) if at < len(lines) and not lines[at].page_start else ""
    block = TitleBlock(at, at + 1, first) if first.endswith(_WHOLE_TITLE) else title_block(lines, at)
    if block is not None:
        return block
    last, joined = at, ""
    while last < min(at + _MOST_TITLE_LINES, len(lines)):
        text = squeeze(lines[last].text)
        if lines[last].page_start or re.search(r"[。；：:，_]", text) or re.match(r"[一1][、.]", text):
            break
        joined += text
        last += 1
        if text.endswith(_TITLE_ENDS):
            break
    return TitleBlock(at, last, joined) if joined and len(joined) <= _LONGEST_TITLE + 10 else None
