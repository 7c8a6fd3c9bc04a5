"""Places where the print looks wrong. Nothing is corrected: each gets a remark that shows what is printed.

Only what can be seen without understanding the text; a slip that needs that is for people to note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiqi.library.model import Clause, ClauseKind, Document, Remark

_HAN = "\u4e00-\u9fff"
_HALF_WIDTH = re.compile(rf"[{_HAN}”）)》][,;:] ?(?=[{_HAN}“（《]|$)")
_FULL_WIDTH = re.compile("[，；：]")
_QUOTES = re.compile(rf"“[^“”]{{1,20}}\"|\"[^“”\"]{{1,20}}”|[{_HAN}]\"[{_HAN}]")
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_HALF_WIDTH, "中文里用了半角标点"),
    (re.compile(r"\d．\d"), "小数点是全角的"),
    (_QUOTES, "引号前后不成对"),
    (re.compile(r"[０-９]+"), "数字是全角的"),
    (re.compile(rf"(?<=[{_HAN}]{{2}})[{_HAN}] [{_HAN}](?=[{_HAN}])"), "字中间多了空格"),
)
_BLANK_IS_RIGHT = re.compile(r"[部局委会厅院府署行室办省市区县公告条章节款项法]\s|\s[为第本根按]|《[^》]*$")
_BEFORE_A_BLANK = 12  # characters in which a name may end that is printed with a blank behind it
_PAIRS = (("《", "》", "书名号"), ("“", "”", "引号"), ("（(", "）)", "括号"))
_ITEM_BRACKET = re.compile(r"(?:^|(?<=[。；：]))\s*\d{1,2}[)）]")
_AROUND = 3  # characters shown on each side
_AROUND_A_PAIR = 8


def slips_of(document: Document) -> Iterator[Remark]:
    """Every suspicious place of a document, in order."""
    clauses = [each for each in document.walk() if each.text]
    read = [each for each in clauses if each.kind.is_text or each.kind is ClauseKind.ADDRESSEE]
    patterns = _PATTERNS
    habit = _first_of_a_habit(read)
    if habit is not None:
        patterns = _PATTERNS[1:]
        yield _remark(document, *habit, "全文多用半角标点，不再逐处列出")
    for clause in read:
        for pattern, note in patterns:
            for match in pattern.finditer(clause.text):
                lead = clause.text[max(0, match.start() - _BEFORE_A_BLANK) : match.end()]
                if " " not in match.group().strip() or not _BLANK_IS_RIGHT.search(lead):
                    yield _remark(document, clause, match.start(), match.end(), note)
    for clause in clauses:
        if clause.kind.is_text and not clause.children:
            yield from _unpaired(document, clause)


def _first_of_a_habit(clauses: Sequence[Clause]) -> tuple[Clause, int, int] | None:
    """The first half-width mark of a document that has more of these than of the right ones."""
    half = sum(len(_HALF_WIDTH.findall(each.text)) for each in clauses)
    full = sum(len(_FULL_WIDTH.findall(each.text)) for each in clauses)
    if half <= full:
        return None
    found = ((each, _HALF_WIDTH.search(each.text)) for each in clauses)
    return next((each, match.start(), match.end()) for each, match in found if match)


def _unpaired(document: Document, clause: Clause) -> Iterator[Remark]:
    """Brackets and quotation marks that open and do not close, or the other way round."""
    text = _ITEM_BRACKET.sub("", clause.text)
    for openers, closers, name in _PAIRS:
        opened = sum(text.count(each) for each in openers)
        closed = sum(text.count(each) for each in closers)
        if opened == closed or (name == "引号" and _QUOTES.search(text)):
            continue
        mark = closers if closed > opened else openers
        at = next(at for at, character in enumerate(clause.text) if character in mark)
        note = f"{name}不成对：{opened}个开、{closed}个合"
        yield _remark(document, clause, at, at + 1, note, _AROUND_A_PAIR)


def _remark(
    document: Document, clause: Clause, start: int, end: int, note: str, around: int = _AROUND
) -> Remark:
    words = clause.text[max(0, start - around) : end + around]
    return Remark(document.id, clause.id, words, note, "程序", _offset(clause, start))


def _offset(clause: Clause, at: int) -> int | None:
    """Where character ``at`` of a clause's own text stands in the source."""
    for span in clause.spans:
        length = span.end - span.start
        if at < length:
            return span.start + at
        at -= length
    return clause.spans[-1].end if clause.spans else None
