"""What each clause is for, by the words found in it: a first extractor, whose reasons a reviewer can check.

The classes are tried in this order, and the first whose words are found is taken: 定义, 事项, 目标, 责任
where a bracket or line names bodies, 程序, 责任 where a sentence does, 宣示. Without any: 未编码.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from huiqi.library.blanks import squeeze
from huiqi.library.ledger.assignments import without_assignments
from huiqi.library.ledger.entries import Duty, Ledger, Target
from huiqi.library.ledger.items import OWN_LINE
from huiqi.library.ledger.purposes import Purpose, judge
from huiqi.library.model import Clause, ClauseKind, Document
from huiqi.library.roles import Role

_DEFINES = re.compile(
    r"[^，。；]{0,12}(?:所称|所指)|是指|类型包括|适用本(?:办法|规定|条例|通知|细则|措施)|限制适用|均?包含本数|以本政策为准"
    r"|自[^，。；]{2,16}起(?:施行|执行|实施|生效)|有效期(?:为|是)?[一二三四五六七八九十\d]+(?:年|个月)|实施期限[^，。；]{1,12}|负责解释"
)
_GIVES = re.compile(
    r"(?:给予|予以)[^，。；]{0,30}?(?:奖励|奖补|补助|补贴|贴息|补偿|资金支持|财政支持|优惠|优待|减免)"
    r"|(?:免征|免收|免缴|减征|减按|减半|返还|退还)[^，。；]{0,12}|不再?增?收[^，。；]{0,12}(?:价款|费用)|退税优惠"
    r"|(?:享受|适用)[^，。；]{0,24}(?:政策|优惠|待遇|扣除)|(?:可|可以)[^，。；]{0,16}(?:提取|分期|延期|分批|缓缴|申请贷款)"
    r"|(?:允许|准许)[^，。；]{0,24}(?:提取|分期|延期|缓缴|登记|使用)|贷款额度[^，。；]{0,16}"
    r"|首付[^，。；]{0,10}比例[^，。；]{0,12}|不计入容积率|免予[^，。；]{0,10}|按[^，。；]{0,16}给予[^，。；]{0,10}"
)
_RUNS = re.compile(
    r"(?:提交|提出申请|受理|填写|留存|报送|备查|登录|勾选|签署|下载|送达|中止|终止|结案|预检|申请人|投诉举报人|移交|复核|补正)"
    r"[^，。；]{0,6}"
)
_ALSO_RUNS = re.compile(
    r"(?:办理|审核|核实|核查|审查|公示|备案|告知|查询|申报|移送|回访|认定|推荐|评价|举报|申请|材料|范围)[^，。；]{0,6}"
)
_DECLARES = re.compile(
    r"以习近平|坚持[^，。；]{0,10}|为(?:深入|全面)?(?:贯彻|落实|进一步)[^，。；]{0,8}|现印发给你们|严禁[^，。；]{0,8}"
    r"|(?:鼓励|支持|引导|推动|推进|加强|加大|加快|完善|健全|优化|强化|提升|深化|促进|培育|打造|构建|规范|落实|发挥|探索|开展|做好)"
    r"[^，。；]{0,8}"
)
_LONGEST_REASON = 20
_ALONE = 3  # 审核 or 评价 are said of much; where nothing else speaks for a course of events, so many do


def roles_of(document: Document, ledger: Ledger) -> dict[str, tuple[Role, str]]:
    """The class of every clause that says something, by clause id, with the words that it was told by."""
    holders = dict(_holders(document))
    duties: Mapping[str, Duty] = {duty.clause: duty for duty in ledger.duties}
    targets: dict[str, list[Target]] = {}
    for target in ledger.targets:
        targets.setdefault(target.clause, []).append(target)
    found: dict[str, tuple[Role, str]] = {}
    for division in document.clauses:
        for clause, parent in _with_parents(division, None):
            holder = holders.get(clause.id, clause.id)
            role = _class(clause, duties.get(holder), targets.get(holder, []))
            if role[0] is Role.NOT_YET and parent and squeeze(parent.text).endswith(("：", ":")):
                above = found.get(parent.id, role)
                role = (above[0], f"属于“{parent.cite}”所列") if above[0] is not Role.NOT_YET else role
            if clause.kind.is_text:
                found[clause.id] = role
    return found


def _with_parents(clause: Clause, parent: Clause | None) -> Iterator[tuple[Clause, Clause | None]]:
    """Every clause below, with the one whose list it stands in: its parent, or the paragraph before it."""
    introduces = clause if clause.text else parent
    for child in clause.children:
        yield child, introduces
        yield from _with_parents(child, introduces)
        if not child.kind.is_numbered:
            introduces = child


def role_of(clause: Clause, document: Document, ledger: Ledger) -> tuple[Role, str]:
    """The class of one clause, with the words that it was told by."""
    return roles_of(document, ledger).get(clause.id, (Role.NOT_YET, ""))


def _holders(document: Document) -> Iterator[tuple[str, str]]:
    """For every paragraph of a numbered clause the id of that clause, under which the ledger enters it."""
    for clause in document.walk():
        if clause.kind.is_numbered:
            for child in clause.children:
                if not child.kind.is_numbered:
                    yield child.id, clause.id


def _class(clause: Clause, duty: Duty | None, targets: list[Target]) -> tuple[Role, str]:
    text = squeeze(clause.text[clause.number_length :])
    if OWN_LINE.match(text):
        return Role.DUTY, _reason(text)
    if clause.kind is ClauseKind.PREAMBLE:
        return Role.DECLARATORY, "前言"
    said = without_assignments(text)
    defines = _DEFINES.search(said)
    if defines:
        return Role.DEFINITION, _reason(defines.group())
    paid = next((each for each in judge(said) if each.purpose is Purpose.BENEFIT), None)
    gives = _GIVES.search(said)
    if gives or paid:
        words = gives.group() if gives else said[paid.figure.start : paid.figure.end] if paid else ""
        return Role.BENEFIT, _reason(words)
    target = next((each for each in targets if each.words in text), None)
    if target:
        return Role.TARGET, _reason(f"{target.subject} {target.words}")
    named = [words for words in duty.words.split("；") if words and words in text] if duty else []
    if named and named[0] not in said:
        return Role.DUTY, _reason(named[0])
    runs = _distinct(_RUNS, said)
    also = _distinct(_ALSO_RUNS, said)
    announces = said.endswith(("：", ":")) and bool(runs or also)
    if announces or (runs and len(runs) + len(also) > 1) or (not named and len(also) >= _ALONE):
        return Role.PROCEDURE, _reason("、".join([*runs, *also][:2]))
    if named:
        return Role.DUTY, _reason(named[0])
    declares = _DECLARES.search(said)
    if declares:
        return Role.DECLARATORY, _reason(declares.group())
    return Role.NOT_YET, "没有可以归类的字样"


def _distinct(words: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match.group() for match in words.finditer(text)))


def _reason(words: str) -> str:
    return f"“{words}”" if len(words) <= _LONGEST_REASON else f"“{words[:_LONGEST_REASON]}…”"
