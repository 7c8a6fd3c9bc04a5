"""Targets made of the figures that are ones: of what, how much, from where, by when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiqi.library.ledger.breaks import SEGMENT, SENTENCE, beginning
from huiqi.library.ledger.deadlines import Found
from huiqi.library.ledger.entries import Comparator, Deadline, DeadlineKind, Precision, Target
from huiqi.library.ledger.figures import Figure
from huiqi.library.ledger.purposes import Judged, Purpose

_SUBJECT = 40  # characters; a subject is a few words, never the sentence
_COUNTED = frozenset(
    (
        *("家", "个", "项", "场", "人", "名", "户", "人次", "件", "批", "种", "类"),
        *("台", "套", "辆", "只", "支", "座", "处", "所", "亩", "吨", "公里"),
    )
)
_AT_LEAST = ("不低于", "不少于", "不小于", "不得低于", "不得少于", "不得小于", "至少", "≥")
_WITHIN = (
    *("不超过", "不高于", "不大于", "不多于", "控制在", "≤"),
    *("不得超过", "不得高于", "不得大于", "不得多于"),
)
_SHARED = (Comparator.GROWS, Comparator.FALLS)
"""What a list of figures shares: 增长10%、20%."""
_GROWS = re.compile(r"(?:增长|增加|新增|提高|提升)$")
_FALLS = re.compile(r"(?:下降|降低|压减|压缩|减少)$")
_LEVEL_WORDS = re.compile(
    r"(?:年均|同比|分别|均|全部)?"
    r"(?:达到|达|突破|超过|增长|增加|下降|降低|降|压减|压缩|减少|完成|实现|提高|提升|控制|不低于|不少于)?"
    r"[到至在]?$"
)
_TIMES_BEFORE = re.compile(
    r"^(?:力争)?(?:到)?(?:20\d\d年)?(?:年?[底末]|第?[一二三四]季度|\d{1,2}月[底末]?)?前?"
)
_OPENING = re.compile(r"^(?:.*(?:推动|逐步将|将)|(?:其中|力争|实现|完成|确保|争取|努力|即|并|年均|每年|年)+)")
_SINCE = re.compile(r"较(?:20\d\d年|年初|上年|去年)(?:[底末]|同期)?$")
_DONE_WITH = re.compile(r"(?:发放|发行|安排|设立|总规模)$")
_NOUN_AFTER = re.compile(r"的?(?P<noun>(?:(?!用于|免费)[^，。；、（(\n]){1,24})")
_BASE = re.compile(r"较(?P<base>20\d\d年(?:[底末])?|年初|上年(?:同期|末)?|去年(?:同期)?|同期)")
_ON_BASIS = re.compile(r"在(?P<base>[^，。；\n]{2,20})基础上")
_PER = re.compile(r"年均|每年|每季度|每月|年度")
_CONDITION = re.compile(
    r"(?:^|[，。；\n])(?P<said>除[^，。；\n]{2,20}外|在[^，。；\n]{2,24}(?:前提|情况|条件)下)"
)


def targets_of(
    address: tuple[str, str, str], text: str, judged: Sequence[Judged], deadlines: Sequence[Found]
) -> tuple[Target, ...]:
    """The targets of an item; ``address`` is document, clause and citation."""
    found: list[Target] = []
    last_segment = -1
    for each in judged:
        if each.purpose is not Purpose.TARGET:
            continue
        figure = each.figure
        start = beginning(text, figure.start, SEGMENT)
        inherited = found[-1] if found and start == last_segment else None
        found.append(_target(address, text, figure, deadlines, inherited))
        last_segment = start
    return tuple(found)


def _target(
    address: tuple[str, str, str],
    text: str,
    figure: Figure,
    deadlines: Sequence[Found],
    inherited: Target | None,
) -> Target:
    segment = beginning(text, figure.start, SEGMENT)
    sentence = beginning(text, figure.start, SENTENCE)
    lead = text[segment : figure.start]
    base = _BASE.search(lead) or _ON_BASIS.search(text, sentence, figure.start)
    per = _PER.search(lead)
    condition = _CONDITION.search(text, max(0, sentence - 1), figure.start)
    comparator = _comparator(figure, lead)
    if inherited and lead.endswith("、") and comparator is Comparator.REACHES:
        comparator = inherited.comparator if inherited.comparator in _SHARED else comparator
    same_base = inherited.base if inherited else ""
    return Target(
        *address,
        subject=_subject(text, figure, lead, inherited),
        comparator=comparator,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        words=text[figure.start : figure.end],
        by=_by(text, figure, sentence, deadlines),
        base=base["base"] if base else same_base or ("上年同期" if "同比" in lead else ""),
        per=per.group() if per else "",
        condition=condition["said"] if condition else "",
    )


def _comparator(figure: Figure, lead: str) -> Comparator:
    if figure.after.endswith("以上") or figure.before in _AT_LEAST or re.search(r"至少[^，、]{0,8}$", lead):
        return Comparator.AT_LEAST
    if figure.after in ("以内", "以下", "及以下") or figure.before in _WITHIN:
        return Comparator.WITHIN
    if figure.after in ("左右", "上下") or figure.before in ("约", "近"):
        return Comparator.ABOUT
    if figure.before in ("超过", "突破", "高于", "大于", "超"):
        return Comparator.EXCEEDS
    if _GROWS.search(lead):
        return Comparator.GROWS
    return Comparator.FALLS if _FALLS.search(lead) else Comparator.REACHES


def _subject(text: str, figure: Figure, lead: str, inherited: Target | None) -> str:
    """A few words for what it counts: the noun after it where it counts one, else what comes before."""
    noun = _NOUN_AFTER.match(text, figure.end)
    counts = figure.unit in _COUNTED or _DONE_WITH.search(lead)
    if noun and counts:
        return noun["noun"][:_SUBJECT]
    lead = _TIMES_BEFORE.sub("", lead)
    if "分别" in lead:
        part = lead[: lead.index("分别")]
    else:
        part = lead.rpartition("、")[2] if re.search(r"\d[^、]*、", lead) else lead
    part = _OPENING.sub("", part)
    part = _SINCE.sub("", _LEVEL_WORDS.sub("", _SINCE.sub("", part)))
    if part:
        return part[-_SUBJECT:]
    return inherited.subject if inherited else (noun["noun"][:_SUBJECT] if noun else "")


def _by(text: str, figure: Figure, sentence: int, deadlines: Sequence[Found]) -> Deadline | None:
    """The last deadline said before the figure in its sentence, an earlier 到…年, or the item's 完成时限."""
    dated = [each for each in deadlines if each.deadline.kind is DeadlineKind.DATED]
    own_lines = [each for each in dated if text.startswith("完成", each.start)]
    said = [each for each in dated if each not in own_lines and each.start < figure.start]
    near = [each for each in said if each.start >= sentence]
    if near:
        return near[-1].deadline
    paragraph = beginning(text, figure.start, "\n")
    over = [each for each in said if each.start >= paragraph and each.deadline.precision is Precision.YEAR]
    if over:
        return over[-1].deadline
    return own_lines[0].deadline if own_lines else None
