"""The grammar of citations: what a reader may write to name clauses, and what each part of it means.

``一、（二）2.，二、（三）2.`` is two citations; in ``一、（二）（三）`` and ``第十条第一款、第三款`` later
ones leave out what they share with the one before. Another document (``增值税法第九条``) is understood and
not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from huiqi.library.model import ClauseKind
from huiqi.library.structure.identify import label
from huiqi.library.structure.numerals import CHINESE, read_number, write_number


@dataclass(frozen=True, slots=True)
class Step:
    """One step down to a clause: the clause of this kind with this number.

    ``last`` is the end of a range, both included; equal to ``number`` for one clause. What has no number is
    stepped to by its kind alone (结尾), or by its ``name`` (填表说明).
    """

    kind: ClauseKind
    number: int = 0
    last: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause, or one range of clauses, that a text cites; ``text`` is its address in full.

    ``document`` names another document than the one at hand; its steps may then be unknown. ``unread`` are
    the characters that the grammar does not know; there are then no steps.
    """

    text: str
    steps: tuple[Step, ...] = ()
    document: str = ""
    unread: str = ""


_NUMBER = rf"(?:[{CHINESE}]+|\d+)"
_LIST = rf"{_NUMBER}(?:[、和及与至到—～~-]+{_NUMBER})*"
_UNITS: Mapping[str, ClauseKind] = {
    "编": ClauseKind.PART,
    "章": ClauseKind.CHAPTER,
    "节": ClauseKind.SECTION,
    "条": ClauseKind.ARTICLE,
    "款": ClauseKind.PARAGRAPH,
    "段": ClauseKind.PARAGRAPH,
    "自然段": ClauseKind.PARAGRAPH,
    "项": ClauseKind.SUBITEM,
    "目": ClauseKind.POINT,
    "步": ClauseKind.STEP,
}
_PLACES: Mapping[str, ClauseKind] = {
    "正文": ClauseKind.MAIN,
    "全文": ClauseKind.MAIN,
    "标题": ClauseKind.TITLE,
    "题目": ClauseKind.TITLE,
    "文号": ClauseKind.NUMBER,
    "主送": ClauseKind.ADDRESSEE,
    "前言": ClauseKind.PREAMBLE,
    "序言": ClauseKind.PREAMBLE,
    "引言": ClauseKind.PREAMBLE,
    "开头": ClauseKind.PREAMBLE,
    "结尾": ClauseKind.CLOSING,
    "结语": ClauseKind.CLOSING,
    "末段": ClauseKind.CLOSING,
    "尾段": ClauseKind.CLOSING,
    "最后一段": ClauseKind.CLOSING,
    "印发通知": ClauseKind.COVER,
    "通知": ClauseKind.COVER,
    "附件说明": ClauseKind.ATTACHMENT_LIST,
    "落款": ClauseKind.SIGNATURE,
    "印发日期": ClauseKind.SIGNATURE,
    "成文日期": ClauseKind.SIGNATURE,
    "发布日期": ClauseKind.SIGNATURE,
    "附注": ClauseKind.REMARK,
    "散落文字": ClauseKind.FRAGMENT,
}
_DETAILS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_TOKEN = re.compile(
    rf"""(?P<attachment>附件(?!说明)\s*(?P<attached>{_NUMBER})?[：:、.]?)
       | 第(?P<counted>{_LIST})(?P<unit>自然段|[编章节条款段项目步])
       | 第?[（(](?P<bracketed>{_NUMBER})[)）](?P<item>项)?
       | (?P<place>{"|".join(sorted(_PLACES, key=len, reverse=True))})
       | (?P<detail>[{_DETAILS}])
       | (?P<point>\d+)(?:[.．]|、(?=\d|$)|(?=$|[\s（(、，；至到—～~-]))
       | (?P<chinese>[{CHINESE}]+)(?:[、．.]|(?=$|[\s（(，；和及与至到—～~-]))
       | (?P<range>至|到|[—～~-]+)
       | (?P<separator>[、，,；;和及与]+)
       | (?P<blank>\s+)""",
    re.VERBOSE,
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,16}")
_THIS = re.compile(r"本(?:文件|公告|通知|通告|意见|办法|方案|措施|规定|细则|条例|政策|计划)(?=.)")
_FOLD = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")  # 填 表 说 明
_RANKS: Mapping[ClauseKind, int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            ClauseKind.PART,
            ClauseKind.CHAPTER,
            ClauseKind.SECTION,
            ClauseKind.ARTICLE,
            ClauseKind.STEP,
            ClauseKind.ITEM,
            ClauseKind.SUBITEM,
            ClauseKind.POINT,
            ClauseKind.SUBPOINT,
            ClauseKind.DETAIL,
        ),
        start=1,
    )
}
_HOLDERS = (
    *_RANKS,
    ClauseKind.PARAGRAPH,
    ClauseKind.HEADING,
    ClauseKind.ATTACHMENT,
    ClauseKind.COVER,
    ClauseKind.MAIN,
)


def parse(text: str) -> tuple[Citation, ...]:
    """The citations that a text writes, in its order; none for an empty text."""
    found: list[Citation] = []
    for segment in filter(str.strip, _segments(text)):
        inside = _inside(segment, found[-1] if found else None)
        found += inside if inside is not None else [_outside(segment)]
    return tuple(found)


def _segments(text: str) -> Iterator[str]:
    """The parts between commas and semicolons; those inside brackets or 《》 separate nothing."""
    depth, start = 0, 0
    for at, character in enumerate(text):
        depth += (character in "（(《〔") - (character in "）)》〕")
        if depth == 0 and character in "，,；;":
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _inside(segment: str, before: Citation | None) -> list[Citation] | None:
    """The citations of a segment, or ``None`` when it is not all numbers and places."""
    reading = _Reading(before.steps if before and not before.document else ())
    text = _THIS.sub("", _SPACED.sub("", segment.strip().translate(_FOLD)))
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None and reading.steps and reading.steps[-1].kind is ClauseKind.ATTACHMENT:
            name = _NAME.match(text, at)
            if name is None:
                return None
            reading.add(Step(ClauseKind.HEADING, name=name[0]))
            at = name.end()
            continue
        if match is None or not reading.take(match):
            return None
        at = match.end()
    return reading.finish()


class _Reading:
    """Steps being gathered into citations, from left to right."""

    def __init__(self, shared: tuple[Step, ...]) -> None:
        self._shared = shared  # what the first citation may leave out
        self.steps: list[Step] = []
        self._found: list[Citation] = []
        self._separated = True
        self._range = False

    def take(self, match: re.Match[str]) -> bool:
        """Add one token; whether it makes sense where it stands."""
        group = match.groupdict()
        if group["blank"]:
            return True
        if group["separator"]:
            self._separated = True
            return bool(self.steps)
        if group["range"]:
            self._range = True
            return bool(self.steps)
        if group["attachment"]:
            return self._step(ClauseKind.ATTACHMENT, read_number(group["attached"] or "") or 0)
        if group["place"]:
            self.add(Step(_PLACES[group["place"]]))
            return True
        if group["counted"]:
            return self._counted(group["counted"], _UNITS[group["unit"]])
        if group["bracketed"]:
            arabic = group["bracketed"].isdecimal() and not group["item"]
            kind = ClauseKind.SUBPOINT if arabic else ClauseKind.SUBITEM
            return self._step(kind, read_number(group["bracketed"]))
        if group["detail"]:
            return self._step(ClauseKind.DETAIL, _DETAILS.index(group["detail"]) + 1)
        if group["point"]:
            return self._step(ClauseKind.POINT, read_number(group["point"]))
        return self._step(ClauseKind.ITEM, read_number(group["chinese"]))

    def _counted(self, listed: str, kind: ClauseKind) -> bool:
        """第一款, and 第一、二款 or 第三至五条, which count several."""
        parts = re.split(r"([、和及与至到—～~-]+)", listed)
        for number, joint in zip(parts[::2], ["", *parts[1::2]], strict=True):
            if joint:
                several = joint in ("、", "和", "及", "与")
                self._separated, self._range = several, not several
            if not self._step(kind, read_number(number)):
                return False
        return True

    def _step(self, kind: ClauseKind, number: int | None) -> bool:
        if number is None or (not number and kind is not ClauseKind.ATTACHMENT):
            return False
        if not self._range:
            self.add(Step(kind, number, number))
            return True
        self._range = False
        if not self.steps or number < self.steps[-1].number:
            return False
        if self.steps[-1].kind is not kind and not _may_mean(kind, self.steps[-1].kind):
            return False
        self.steps[-1] = replace(self.steps[-1], last=number)
        return True

    def add(self, step: Step) -> None:
        """Add a step below those that it can stand under; what it cannot stand under ends before it."""
        kept = _above(self.steps, step)
        if self.steps and (self._separated or len(kept) < len(self.steps)):
            self._found.append(Citation(address(self.steps), tuple(self.steps)))
            self.steps = kept
        elif not self.steps and self._shared:
            self.steps = _above(list(self._shared), step)
        self.steps.append(step)
        self._separated = False

    def finish(self) -> list[Citation] | None:
        """The citations; ``None`` when the text ends in the middle of one, or holds none."""
        if not self.steps or self._range:
            return None
        return [*self._found, Citation(address(self.steps), tuple(self.steps))]


def _above(steps: list[Step], step: Step) -> list[Step]:
    """The first of some steps that another can stand under."""
    kinds = [each.kind for each in steps]
    if step.kind is ClauseKind.PARAGRAPH:
        return steps[: kinds.index(step.kind)] if step.kind in kinds else list(steps)
    if step.kind not in _RANKS:
        # a place begins anew, unless it is one of an attachment or of the covering notice
        held = step.kind not in (ClauseKind.ATTACHMENT, ClauseKind.COVER, ClauseKind.MAIN)
        return steps[:1] if held and kinds[:1] in ([ClauseKind.ATTACHMENT], [ClauseKind.COVER]) else []
    ends = (at for at, kind in enumerate(kinds) if _RANKS.get(kind, 0) >= _RANKS[step.kind])
    kept = steps[: next(ends, len(steps))]
    # an item of the document is not under its preamble or its title
    return kept if kept and kept[-1].kind in _HOLDERS else []


def address(steps: Sequence[Step]) -> str:
    """Steps as the field writes them: ``二、（三）2.``, ``附件1 填表说明2.``, ``第八十三条至第八十八条``."""
    text, before = "", ClauseKind.MAIN
    for step in steps:
        if step.kind is ClauseKind.ATTACHMENT:
            text += f"附件{step.number or ''} "
        elif step.number:
            text += _label(step.kind, step.number, before)
        else:
            text += step.name or step.kind.value
        if step.last > step.number:
            text += f"至{_label(step.kind, step.last, before)}"
        before = step.kind
    return text.strip()


def _label(kind: ClauseKind, number: int, before: ClauseKind) -> str:
    if kind is ClauseKind.PARAGRAPH:
        return f"第{write_number(number)}{'款' if before in _RANKS else '段'}"
    return label(kind, number)


def _may_mean(written: ClauseKind, kind: ClauseKind) -> bool:
    """Whether the end of a range may be written as another kind than its beginning: 一至三、, （一）至三."""
    return written in (ClauseKind.ITEM, ClauseKind.POINT) and kind in _RANKS


# ---- other documents ----

_DOCUMENT = re.compile(
    r"""《[^》]+》(?:[（(][^（()）]*号[)）])?
      | [\u4e00-\u9fff]{1,14}[〔\[(（【]\d{4}[〕\])）】]第?\d{1,5}号
      | [\u4e00-\u9fff\s、]{0,60}?(?:公告|令|通告)\s*(?:\d{4}年)?第\d{1,5}号
      | [\u4e00-\u9fff\s、]{0,60}?\d{4}年第\d{1,5}号(?:[、和]第\d{1,5}号)*(?:公告|令|通告)?
      | [\u4e00-\u9fff（）()“”、\s]{1,60}?
        (?:法|条例|规定|办法|细则|通知|意见|公告|方案|措施|标准|决定|规则|目录|政策)
        (?=$|[第（(\s所附中的])
      | .{0,20}?\b(?:GB|DB\d{0,2}|JR|YD)(?:/T|/Z)?\s?[\d.]+(?:[—-]\d{4})?""",
    re.VERBOSE,
)
_REMARK = re.compile(r"^[（(][^（()）]*[)）]")


def _outside(segment: str) -> Citation:
    """A segment that begins with the name of another document, or that nobody can read."""
    text = segment.strip()
    match = _DOCUMENT.match(text.translate(_FOLD))
    if match is None:
        return Citation(text, unread=text)
    rest = _REMARK.sub("", text[match.end() :].strip()).strip()
    inside = _inside(rest, None) if rest else None
    steps = inside[0].steps if inside and len(inside) == 1 else ()
    return Citation(text, steps, document=text[: match.end()].strip())
