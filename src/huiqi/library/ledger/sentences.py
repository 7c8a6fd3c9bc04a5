"""Duties that sentences say: ``各地要…``, ``甲部门会同乙部门…``, ``由…主管部门认定``, ``市甲局：负责…``.

A public body that is the subject of a sentence and is told what to do has a duty. What it may do (可以), what
it is only encouraged to do (鼓励各地…), and a body that something is merely asked of (向…申请) or agreed by
(经…同意) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiqi.library.ledger.entries import Charge, Responsible
from huiqi.library.ledger.names import BARE, Names, has_end

_KIND_ENDS = re.compile(
    r"(?:人民政府|政府|党委|部门|机关|法院|检察院|办事处|管委会|工作专班|领导小组|联席会议|指挥部"
    r"|(?:经办|受理|调查处理|举报|登记|执法|监管|监督管理|公共服务)机构|(?:责任|成员|牵头|主管|监管|有关|相关|各)单位"
    r"|各[省市县][^，。；、]{2,14}[厅局委]|各地区各部门|各级各部门|各地区?|各省|各市|各县区?|各区|试点城市|试点地市)(?:[（(][^（）()]{1,12}[）)])?"
)
"""How a public body ends that is named by its kind; banks, firms and associations are none."""

_NO_NAME = re.compile(
    r"[，。；：！？“”《》\n向将把被由为从是]|经(?![办济营贸])|对(?!外)|供(?![销电水气热])|应(?!急)"
    r"|鼓励|支持|引导|推动|配合|建议|提请|允许|提交|报送|通过|依托|根据|按照|以下"
)
_NO_START = re.compile(
    r"(?:坚持|鼓励|(?:其他)?需要|允许|协调|安排|逐步|加大|定期|召开|供|支持|引导|推动|推进|督促|指导|加强|按|依托|通过|根据|结合|配合|协助|报|提请|联合|组织|强化|完善|建立|健全"
    r"|发挥|充分|涉及|移送|移交|在|从|以|于|是|并|或|可|要|未|不|无|有下列|除|属于|违反|提供|委托|选择|纳入|承担|会同|与|及"
    r"|和|上述|凡|如|若|当(?!地)|因|实行|实施|落实|统筹|提升|优化|规范|促进|全面|积极|加快|深化|开展|形成|推广|减少|保护|维护"
    r"|明确|设立|制定|畅通|借助|破解|扩大|做好|探索|建设|打造|持续|进一步|严格|政府)"
)
_OPENING = re.compile(r"(?:原则上|同时|其中|此外|另外|试点期间|实施期内|必要时|最终)?")
_JOIN = re.compile(r"、|以及|或者|和|及其?|与")
_ADVERB = (
    r"(?:还|均|都|也|同时|分别|共同|具体|统一|及时|积极|定期|适时|原则上|一般|至少|依法依规|依法|依规|依职责|依职权|切实|主动"
    r"|直接|全面|重点|加快|协同|自行|认真|充分|深入|高度|坚决|先|再|每年)*"
)
_MODAL = (
    r"(?:应当|应(?=[\u4e00-\u9fff])|(?<![主重首概])要(?![素求点领])|须|必须|需要?(?!求)|将|不得"
    r"|负责|牵头|会同|配合|协助)"
)
_BY_SHARE = r"(?:按照?(?:各自)?职责(?:分工)?|结合(?:各自)?职责|依(?:各自)?职责)"
_VERB = (
    r"(?:组织|开展|建立|制定|统筹|指导|协调|加强|做好|推进|推动|审核|受理|办理|核实|发布|公布|汇总|提供|实行|实施|督促|确定"
    r"|调查|审查|认定|公告|推荐|收齐|给出|启动|汇报|查询|接收|承担|支付|上报|发放|拨付|通报|出具|指定|决定|取消|检查|落实"
    r"|完成|选择|建设|设立|明确|进行|引导|核发|处理|了解|构建|优化|完善|强化|调整|规定|抽查|同步送达|给予|责令|建议|提请|配齐|管理)"
)
_TOLD = re.compile(rf"[，,]?{_ADVERB}(?:{_MODAL}|{_BY_SHARE}|{_VERB})")
_MAY = re.compile(rf"[，,]?{_ADVERB}(?:可(?!持续)|有权|是否)")
_ROUNDABOUT = re.compile(
    r"[，,]?(?:在|对|按照|按|根据|依据|依照|结合|通过|与|就|从|自|接到|收到|于|利用|依托|针对|为|是)[^。；\n]{1,90}?"
    rf"(?:{_MODAL}|{_VERB})"
)
_WITH_OTHERS = re.compile(r"(?:和|及|、)[^，。；、]{2,12}?(?:应当|(?<![主重首概])要)")
_OF_SOMETHING = re.compile(r"[^，、；。\n]{1,14}的")
_ONLY_WHEN = re.compile(r"[^，。；\n]*(?:时|的)$")
_BY = re.compile(r"(?<![自理缘来经])由")
_LEADING = re.compile(rf"[，,]?(?:{_ADVERB}(?:应当|应|要|将|须))?{_ADVERB}(?P<verb>会同|牵头|配合|协助)")
_SHARING = re.compile(rf"[，,]?(?:{_ADVERB}(?:应当|应|要|将|须))?{_ADVERB}(?:按照?各自职责|按照?职责分工)")
_FARTHEST = 90  # no list of bodies before a verb is longer
_LOOK_AHEAD = 160  # what a body is told is said sooner than that


@dataclass(frozen=True, slots=True)
class SaidDuty:
    """A sentence that charges bodies: the characters that name them, and the bodies."""

    words: str
    bodies: tuple[Responsible, ...]


def duties_said(text: str, names: Names) -> tuple[SaidDuty, ...]:
    """The duties that sentences say, in their order; brackets of bodies are to be left out before."""
    found: list[SaidDuty] = []
    for sentence in re.split(r"[。；！？\n]", text):
        found += _with_colon(sentence, names)
        for start, passive in _starts(sentence):
            end = _subject_end(sentence, start, passive, names)
            if end:
                found.append(_said(sentence, start, end, names))
    return tuple(found)


def _starts(sentence: str) -> Iterator[tuple[int, bool]]:
    """Where a subject may begin: at the start of a part between commas, and after 由."""
    places: dict[int, bool] = {}
    for part in re.finditer(r"[^，：]+", sentence):
        opening = _OPENING.match(part.group())
        places[part.start() + (opening.end() if opening else 0)] = False
    for by in _BY.finditer(sentence):
        places[by.end() + sentence[by.end() :].startswith("其")] = True
    yield from sorted(places.items())


def _subject_end(sentence: str, start: int, passive: bool, names: Names) -> int:
    """Where the bodies end that are told to do something; 0 when nobody is."""
    if _NO_START.match(sentence, start) and not names.longest_at(sentence, start):
        return 0
    beside_others = 0
    for end in _ends(sentence, start, names):
        if not _is_list(sentence[start:end], names):
            continue
        rest = sentence[end : end + _LOOK_AHEAD]
        if _MAY.match(rest):
            return 0
        told = _TOLD.match(rest) or _ROUNDABOUT.match(rest)
        if told:
            return 0 if _is_aside(rest, told, passive) else end
        if _WITH_OTHERS.match(rest):  # 市场监管部门和认证机构要…: the others are no public bodies
            beside_others = end
    return beside_others


def _ends(sentence: str, start: int, names: Names) -> Iterator[int]:
    """Where, one after the other, a name that begins at ``start`` or a list of names may end."""
    ends = {match.end() for match in _KIND_ENDS.finditer(sentence, start, start + _FARTHEST)}
    at = start
    while length := names.longest_at(sentence, at):
        if sentence[at + length : at + length + 1] == "门":
            break  # 商务部门 is not 商务部
        ends.add(at + length)
        join = _JOIN.match(sentence, at + length)
        if not join:
            break
        at = join.end()
    yield from sorted(ends)


def _is_list(printed: str, names: Names) -> bool:
    bare = re.sub(r"[（(][^（）()]*[）)]", "", printed)
    named = names.split(printed)
    if all(each.known for each in named):
        return bool(named)
    if named and named[0].as_printed in BARE:
        return False
    whole = all(each.known or has_end(each.as_printed) for each in named)
    return whole and not _NO_NAME.search(bare)


def _is_aside(rest: str, told: re.Match[str], passive: bool) -> bool:
    """Whether the words only describe or set a condition: 由…公告的企业, 税务机关查询…时."""
    if passive:
        return bool(_OF_SOMETHING.match(rest)) and not re.match(r"按照?|根据", rest)
    plain = not re.search(_MODAL, told.group())
    part = re.split(r"[，；。\n]", rest, maxsplit=1)
    return plain and len(part) > 1 and bool(_ONLY_WHEN.fullmatch(part[0]))


def _said(sentence: str, start: int, end: int, names: Names) -> SaidDuty:
    printed, rest = sentence[start:end], sentence[end:]
    leading = _LEADING.match(rest)
    helpers: tuple[Responsible, ...] = ()
    charge = Charge.SHARES if _SHARING.match(rest) else Charge.RESPONSIBLE
    if leading:
        charge = Charge.LEADS if leading["verb"] in ("会同", "牵头") else Charge.ASSISTS
        if leading["verb"] == "会同":
            helpers = _helpers(rest[leading.end() :], names)
    return SaidDuty(printed, (*_charged(printed, charge, names), *helpers))


def _helpers(rest: str, names: Names) -> tuple[Responsible, ...]:
    for end in _ends(rest, 0, names):
        if not _JOIN.match(rest, end) and _is_list(rest[:end], names):
            return _charged(rest[:end], Charge.ASSISTS, names)
    return ()


def _charged(printed: str, charge: Charge, names: Names) -> tuple[Responsible, ...]:
    return tuple(Responsible(each.name, charge, each.as_printed, each.known) for each in names.split(printed))


def _with_colon(sentence: str, names: Names) -> Iterator[SaidDuty]:
    """``市甲局：负责…``, a line for each body."""
    head, colon, rest = sentence.partition("：")
    if colon and rest and len(head) <= _FARTHEST and not _NO_START.match(head):
        known = names.longest_at(head) == len(head) and bool(head)
        if known or (
            _KIND_ENDS.search(head) and has_end(head) and rest.startswith("负责") and _is_list(head, names)
        ):
            yield SaidDuty(head, _charged(head, Charge.RESPONSIBLE, names))
