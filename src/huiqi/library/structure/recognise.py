"""Lines that show by their form what they are: numbers, dates, addressees, signatures, remarks.

Nothing here looks at more than the line itself and the few that it may wrap to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiqi.library.blanks import squeeze
from huiqi.library.structure.dates import DATE
from huiqi.library.structure.lines import Line

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|(?:[\u4e00-\u9fff\s]{0,60}(?:公告|令|通告))?\s*(?:19|20)\d{2}\s*年\s*第\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff\s]{0,40}(?:令|公告|通告)\s*[（(]?\s*第\s*(?:\d{1,5}|[一二三四五六七八九十百〇]{1,7})\s*号"
)
"""A document number (文号) wherever it stands."""

_NUMBER_ALONE = re.compile(r"第(?:\d{1,5}|[一二三四五六七八九十百〇]{1,7})号")
_PASSED = "通过|批准|公布|发布|颁布|修订|修正|施行"
_PROMULGATED = re.compile(rf"[（(].{{0,60}}?{DATE.pattern}|{DATE.pattern}.{{0,120}}?(?:{_PASSED})[）)]?$")
_OPENS_WITH_A_BRACKET = ("（", "(")
_CLOSES_WITH_A_BRACKET = ("）", ")")
_LONGEST_PROMULGATION = 8, 500  # lines, characters

_DATE_LINE = re.compile(rf"[（(]?{DATE.pattern}[)）]?")
_MASTHEAD = re.compile(r"[\u4e00-\u9fff]{3,40}文件")
_BODY_NAME = re.compile(
    r"[\u4e00-\u9fff（）()、]{2,60}(?:部|局|厅|委|会|院|府|办|室|司|署|社|处|行|中心|公司|集团|所|站|台|队|团|科|大学)"
)
_WIDEST_NAME = 24
_OPENS_A_CLAUSE = re.compile(r"[（(]?[一二三四五六七八九十\d]+[、.)）]")

_REMARK = re.compile(
    r"[（(].{0,40}(?:公开|删减|发布|联系|电话|有效期|印发|转载).{0,60}[)）]"
    r"|(?:信息)?公开(?:方式|形式|属性|类型|选项)[:：].{1,12}|(?:主动|依申请|不予)公开"
    r"|.{0,40}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日印发"
)
_COPIES = re.compile(r"抄\s*送\s*[:：]")
_LONGEST_COPIES = 8  # lines of bodies that a copy goes to

_ADDRESSED = re.compile(
    r"^(?:各|国务院|国家|省|市|县|区|全|有关|机关|局|驻|中央"
    r"|[\u4e00-\u9fff]{2,12}(?:省|市|区|县|局|厅|委|部|院|公司|集团))"
)
_LONGEST_ADDRESS = 10  # lines
_OPENS_A_PREAMBLE = re.compile("为|根据|按照|依据|经|现|近年来|结合|深入|本|《")


def is_number(text: str) -> bool:
    """Whether a line is nothing but a document number."""
    plain = squeeze(text).strip("（）()")
    return bool(NUMBER.fullmatch(plain) or _NUMBER_ALONE.fullmatch(plain))


def is_promulgation(text: str) -> bool:
    """Whether a line under a title says when and by whom it was passed, in brackets or without."""
    return _PROMULGATED.match(squeeze(text)) is not None


def number_end(lines: Sequence[Line], at: int, last: int) -> int | None:
    """The line after a document number or a note of promulgation that begins at a line, which may wrap."""
    most, longest = _LONGEST_PROMULGATION
    joined = ""
    for end in range(at + 1, min(at + most, last) + 1):
        joined += squeeze(lines[end - 1].text)
        if "。" in joined or len(joined) > longest:
            return None
        if is_number(joined):
            return end
        bracketed = joined.startswith(_OPENS_WITH_A_BRACKET)
        if is_promulgation(joined) and (not bracketed or joined.endswith(_CLOSES_WITH_A_BRACKET)):
            return end
        if end - at >= 3 and not (bracketed and is_promulgation(joined)):
            return None
    return None


def is_date(text: str) -> bool:
    """Whether a line is nothing but a day."""
    return _DATE_LINE.fullmatch(squeeze(text)) is not None


def is_masthead(text: str) -> bool:
    """Whether a line is the red head of a printed document: 某某市人民政府文件."""
    return _MASTHEAD.fullmatch(squeeze(text)) is not None


def signs(line: Line) -> bool:
    """Whether a line is the name of a body that signs, or of several."""
    parts = line.text.split()
    if all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]  # letters set apart: 教 育 部
    return (
        all(_BODY_NAME.fullmatch(part) for part in parts)
        and (line.width <= _WIDEST_NAME or len(parts) > 1)
        and not _OPENS_A_CLAUSE.match(line.text)
    )


def is_remark(text: str) -> bool:
    """Whether a line is a remark on a document: 此件公开发布, 公开方式：主动公开, 某日印发."""
    return _REMARK.fullmatch(text.strip()) is not None


def remark_end(lines: Sequence[Line], at: int, last: int) -> int | None:
    """The line after a remark that begins at a line: one that may wrap, copies (抄送), who printed it."""
    text = lines[at].text.strip()
    if is_remark(text):
        return at + 1
    if _COPIES.match(text):
        for end in range(at + 1, min(at + _LONGEST_COPIES, last) + 1):
            if lines[end - 1].text.rstrip().endswith("。"):
                return end
        return at + 1
    wraps = text.startswith(_OPENS_WITH_A_BRACKET) or signs(lines[at])
    if wraps and at + 1 < last and is_remark(text + lines[at + 1].text.strip()):
        return at + 2
    return None


def addressee_end(lines: Sequence[Line], at: int) -> int | None:
    """The line after the addressees (主送机关) that begin at a line: names up to a colon, no sentence."""
    first = squeeze(lines[at].text) if at < len(lines) else ""
    if not _ADDRESSED.match(first) or _OPENS_A_PREAMBLE.match(first):
        return None
    for last in range(at, min(at + _LONGEST_ADDRESS, len(lines))):
        text = lines[last].text.strip()
        if "。" in text or _OPENS_A_CLAUSE.match(text):
            return None
        if text.endswith(("：", ":")):
            return last + 1
        if "：" in text or ":" in text or is_number(text) or is_date(text):
            return None
    return None
