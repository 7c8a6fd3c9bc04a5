"""The physical lines of a source: which are text, which are page marks and junk, where pages begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from huiqi.library.blanks import squeeze
from huiqi.library.model import LineKind, Source, Span

_PAGE_MARK = re.compile(r"[-—–－·]*第?([0-9０-９]{1,4})页?(?:[/／,，]?共?[0-9]{1,4}页?)?[-—–－·]*")
_LONGEST_PAGE_MARK = 24
_LINES_OF_A_PAGE = 8  # with fewer lines of text between them, bare numbers are rather cells of a table
_PAGES_LOST_AT_ONCE = 60
_FEWEST_BARE_MARKS = 2  # a bare number that is the only one in a source is no page number
_SENTENCE_END = "。；：！？;:!?”）)》…"
_LINK = re.compile(r"https?://\S+")
_JUNK = re.compile(
    r"javascript:\S*|(?:file:///\S*|[\w.\-]+/\S*)\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|wps|html?)", re.IGNORECASE
)
_BLANKS = " \t　\xa0\u2002\u2003\r\v\x1c\x1d\x1e\x85\u2028\u2029\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it; ``text`` is what the source has from ``start`` to ``end``.

    ``indent`` counts the blanks before it, a full-width one as two. ``page_start``: a page begins with it.
    ``width`` is how wide it is in print, in Chinese characters.
    """

    start: int
    end: int
    text: str
    kind: LineKind
    indent: int = 0
    page_start: bool = False
    mark: int | None = None  # the page number that a page mark shows
    width: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", width(self.text))

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return Span(self.start, self.end)


def width(text: str) -> float:
    """How wide a text is in print, in Chinese characters; Latin letters and digits are half as wide."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "—…“”‘’" else 0.5 for character in text)


def lines_of(source: Source) -> list[Line]:
    """Every line that is not blank, in order, with its kind and with where pages begin."""
    raw = list(_raw(source.text))
    spaced = not source.paragraphs and _pages_by_a_blank(source.text, raw)
    marks = {} if source.paragraphs else _page_marks([text for _, _, text in raw], spaced)
    starts = iter(source.page_starts)
    next_start = next(starts, None)
    found: list[Line] = []
    page_start = True
    last_text = ""
    for at, (start, indent, text) in enumerate(raw):
        while next_start is not None and next_start <= start:
            page_start = True
            next_start = next(starts, None)
        end = start + len(text)
        if at in marks:
            found.append(Line(start, end, text, LineKind.PAGE_MARK, indent, False, marks[at]))
            page_start = not source.page_starts  # where the medium knows its pages, a mark need not close one
            continue
        if spaced and indent in (1, 2):
            page_start = True
        kind = LineKind.JUNK if _is_junk(text, last_text) else LineKind.TEXT
        found.append(Line(start, end, text, kind, indent, page_start))
        page_start = False
        last_text = text if kind is LineKind.TEXT else last_text
    return found


def _raw(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, indent and words of every line that is not blank."""
    at = 0
    for line in re.split(r"[\n\f]", text):
        words = line.strip(_BLANKS)
        if words:
            lead = len(line) - len(line.lstrip(_BLANKS))
            indent = sum(2 if blank == "　" else 1 for blank in line[:lead])
            yield at + lead, indent, words
        at += len(line) + 1


def _page_marks(texts: Sequence[str], shows_pages: bool) -> dict[int, int]:
    """Which lines are page numbers: they rise, and lie a page apart, or follow one another on empty pages.

    ``shows_pages``: the text has other marks of pages, so that even a single number may be one.
    """
    marks: dict[int, int] = {}
    bare = 0
    last: int | None = None
    since = _LINES_OF_A_PAGE
    for at, text in enumerate(texts):
        match = _PAGE_MARK.fullmatch(squeeze(text)) if len(text) <= _LONGEST_PAGE_MARK else None
        if match is None:
            since += 1
            continue
        number = int(match.group(1))
        decorated = not text.isdigit()
        far = since >= _LINES_OF_A_PAGE or (since == 0 and last is not None and number == last + 1 > 9)
        rises = last is None or last < number <= last + _PAGES_LOST_AT_ONCE
        if decorated or (far and rises):
            marks[at] = number
            bare += not decorated
            last, since = number, 0
        else:
            since += 1
    if bare < _FEWEST_BARE_MARKS and not shows_pages:
        return {at: number for at, number in marks.items() if not texts[at].isdigit()}
    return marks


def _pages_by_a_blank(text: str, raw: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a single leading blank marks the first line of a page: some lines have it, most have none."""
    with_blank = sum(1 for start, indent, _ in raw if indent in (1, 2) and text[start - 1] == " ")
    without = sum(1 for _, indent, _ in raw if indent == 0)
    return with_blank > 0 and without > 0.75 * len(raw)


def _is_junk(text: str, before: str) -> bool:
    """Whether a screen left a line behind: a script link, the path of a file, an address nobody announced."""
    if _JUNK.fullmatch(text):
        return True
    if not _LINK.fullmatch(text):
        return False
    announced = before.rstrip("（(").endswith(("：", ":", "址", "网站", "见", "登录"))
    return not announced and (not before or before[-1] in _SENTENCE_END)
