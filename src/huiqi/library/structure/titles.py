"""Titles: how a document is headed, what it forwards, and when two mentions of a name are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiqi.library.blanks import squeeze
from huiqi.library.model import LineKind
from huiqi.library.structure.lines import Line
from huiqi.library.structure.recognise import (
    addressee_end,
    is_date,
    is_number,
    is_promulgation,
    is_remark,
)

__all__ = [
    "TitleBlock",
    "bare",
    "follows_a_title",
    "forwarded",
    "promulgated_by",
    "same_name",
    "squeeze",
    "title_block",
]

_KINDS = (
    "通知|公告|通告|意见|办法|方案|措施|规定|条例|细则|决定|决议|批复|复函|函|通报|计划|清单|规划|纲要|指南|指引|规程|"
    "规则|规范|制度|政策|举措|事项|倡议书?|报告|令|公报|要点|名单|目录|标准|说明|章程|解读|答复|须知|协议|准则|预案|"
    "[一二三四五六七八九十]+条|法典?"
)
_ENDS = re.compile(rf"(?:{_KINDS})(?:[（(][^（()）]{{1,24}}[)）])?[》”]?$")
_BRACKET_ONLY = re.compile(r"[（(][^（()）]{1,24}[)）]$")
_NEVER_IN_A_TITLE = re.compile(r"[。；：:;!?！？>]")
_NEVER_FIRST = re.compile(r"^[（(]?(?:[一二三四五六七八九十]+[、）)]|\d+[.．、)）])")
_LONGEST = 8, 160  # lines, characters

_QUOTED = re.compile(
    r"(?:印发|发布|公布|转发|下发|颁布)\s*(?:关于)?\s*《((?:[^《》]|《[^《》]*》)+)》\s*的(?:通知|公告|决定|函)"
)
_UNQUOTED = re.compile(
    r"(?:印发|转发|下发|重新发布)\s*([^《》]+|[^《》]*《[^《》]*》[^《》]*)\s*的(?:通知|公告|决定|函)$"
)
_PROMULGATES = re.compile(r"(?:令|公告)$")
_PROMULGATED = re.compile(r"^《((?:[^《》]|《[^《》]*》)+)》[^。]{0,120}?(?:公布|发布|印发|施行)")


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """A title over lines ``first`` to ``last`` (excluded), joined without blanks."""

    first: int
    last: int
    text: str


def bare(text: str) -> str:
    """A title in the form in which two mentions of it can be compared: no blanks, quotation or book marks."""
    folded = squeeze(text).translate(str.maketrans("（）－—〈〉“”‘’", "()--<>\"\"''"))
    return re.sub(r"[《》<>\"'\-·,，、]", "", folded)


def same_name(one: str, other: str) -> bool:
    """Whether two bare names are the same but for a 试行 or the years at the end."""
    shorter, longer = sorted((one, other), key=len)
    rest = longer.removeprefix(shorter)
    return longer.startswith(shorter) and bool(re.fullmatch(r"\(?(?:试行|暂行|\d{4}\D?\d{0,4}年?)?\)?", rest))


def forwarded(title: str) -> str | None:
    """The instrument that a notice forwards: what 关于印发…的通知 names, when it names one."""
    title = squeeze(title)
    match = _QUOTED.search(title) or _UNQUOTED.search(title)
    return match.group(1) if match else None


def promulgated_by(title: str, text: str) -> str | None:
    """The instrument that an order (令) or an announcement puts in force: what its first words name."""
    match = _PROMULGATED.match(squeeze(text)) if _PROMULGATES.search(title) else None
    return match.group(1) if match else None


def title_block(lines: Sequence[Line], first: int) -> TitleBlock | None:
    """The title that begins at a line, if any: short lines, no sentence, the last naming a kind of text."""
    most, longest = _LONGEST
    joined = ""
    found: TitleBlock | None = None
    for at in range(first, min(first + most, len(lines))):
        line = lines[at]
        if line.kind is not LineKind.TEXT or len(line.text) > longest or (at > first and line.page_start):
            break
        text = squeeze(line.text)
        if _NEVER_IN_A_TITLE.search(text) or is_number(text) or is_date(text):
            break
        if at == first and (_NEVER_FIRST.match(text) or is_promulgation(text) or is_remark(text)):
            return None
        if found and (is_promulgation(text) or not _may_go_on(text)):
            break
        joined += text
        if len(joined) > longest:
            break
        if (_ENDS.search(joined) and _balanced(joined)) or (found and _BRACKET_ONLY.fullmatch(text)):
            found = TitleBlock(first, at + 1, joined)
    return found


def _may_go_on(text: str) -> bool:
    """Whether a title that could end may go on: a bracket, or the notice about what was named so far."""
    return bool(
        _BRACKET_ONLY.fullmatch(text) or re.fullmatch(r"(?:.{0,12}的)?(?:通知|公告|决定|意见|函)", text)
    )


def _balanced(text: str) -> bool:
    return text.count("《") == text.count("》") and text.count("“") == text.count("”")


def follows_a_title(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is what stands under a title: number, date, addressee, chapter, first words."""
    if at >= len(lines):
        return False
    text = squeeze(lines[at].text)
    return bool(
        is_number(text)
        or is_promulgation(text)
        or re.match(r"^第一[章编条]|^[一1][、.．]|^[（(]一[)）]", text)
        or addressee_end(lines, at) is not None
        or re.match(r"^(?:为|根据|按照|依据|经|现|近年来|第|结合|深入|全面|各)", text)
        or len(text) > 14
    )
