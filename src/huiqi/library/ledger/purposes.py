"""Which figures are targets: numbers that offices set themselves to reach, or to keep within.

Most numbers of official text are none: what a benefit pays, who may have it, how long something takes, how
many are ranked. Each figure is given what it is for and the words that show it, so that one can argue with
the choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from huiqi.library.ledger.breaks import PART, SEGMENT, SENTENCE, beginning, ending
from huiqi.library.ledger.figures import TIMES, Figure, figures_in


class Purpose(StrEnum):
    """用途: what a figure is for."""

    TARGET = "目标"
    BENEFIT = "待遇"  # what is paid, or not to be paid
    CONDITION = "条件"  # who or what something applies to
    RULE = "规则"  # a limit or standard that others are to keep
    RANK = "名次"
    TIME = "时间"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with what it is for, and the words of the text that say so."""

    figure: Figure
    purpose: Purpose
    because: str


_CONDITIONS_ABOVE = re.compile(r"条件|标准|范围|对象|材料|资格")
_RANKED = re.compile(r"(?:前|排名|位列|居.{0,8}前)$")
_RANKS = re.compile(r"^(?:强|位|名)")
_OF_A_NOUN = re.compile(r"^(?:（含）)?的(?!比例)")
_OWN_MONEY = ("总规模", "安排", "拿出")
_PAYS = re.compile(
    r"给予|奖励|奖补|补助|补贴(?!审批)|贴息|补偿(?!资金)|免征|免收|免缴|减征|减按|减半|返还|退还|退税|抵减|扣减"
    r"|税收优惠|资金支持|支持资金|奖金|每(?:户|家|人|个|套|辆|项|台)|最高|上限|折通行"
)
_GIVES_OUT = re.compile(r"对.*(?:发放|安排)")
_LIMITS_OTHERS = re.compile(
    r"首付|额度|期限|利率|税率|征收率|预征率|保证金|出让|缴纳|缴存|授信(?!总)|收入(?!总)|销售额|应纳税|出资(?!额)"
    r"|投资额|实收资本|注册|容积|层高|户型|楼|套内|投影|地块|合同|公示|票面|名额|推荐不|单个|单只|单笔|单户|单项|每项|每家"
    r"|提取|折扣|门面|年限|时限要求|损失|容亏|返投|配置比例|配建"
)
_REACHED = re.compile(
    r"(?:达到|达|提高[到至]|提升[到至]|增加[到至]|增至|扩大[到至]|降[到至]|降低[到至]|压缩[到至]|压减|压缩|减少|下降"
    r"|增长|增加|新增|突破|超过|高于|控制在|保持在|稳定在|不低于|不少于|不得低于|不得少于|不得超过|至少|力争|率|分别"
    r"|低于全国平均水平|高于全国平均水平)(?:全部|均|为|约|也|将)?$"
)
_DONE = re.compile(
    r"培育|打造|建设|创建|新建|建成|建立|设立|布局|开展|举办|召开|组织|举行|发放|发行|安排|储备|公布|认定|发布|推出"
    r"|签订|新签|开工|投产|完成|新增|引进|引育|选聘|选派|遴选|选树|推动|推进|支持|发展|晋升|晋位|改造|转型|预支|抓好"
    r"|参加|参与|形成|开拓|培训|吸纳|帮扶|打通|整合|争取|力争|实现|整治|配备|设置|建档|投放"
)
_SPENT = re.compile(
    r"发放|发行|安排|设立|完成|新签|签订|新增|增加|增长|投放|筹措|争取|达到|突破|超过|规模|投资"
)
_WHOLE_THINGS = ("个", "家", "项", "场")
_AMOUNTS = ("元", "%")
_FREQUENCIES = ("次", "期", "折", "条", "倍")


def judge(text: str, above: Sequence[str] = ()) -> tuple[Judged, ...]:
    """What every figure of an item is for; ``above`` are the headings that it stands under."""
    listed = next((heading for heading in above if _CONDITIONS_ABOVE.search(heading)), "")
    judged: list[Judged] = []
    last: Figure | None = None
    for figure in figures_in(text):
        found = Judged(figure, Purpose.CONDITION, listed) if listed else _judge_one(text, figure, last)
        judged.append(found)
        last = figure if found.purpose is Purpose.TARGET else last
    return tuple(judged)


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure and the words around it.

    ``lead`` is what stands before it since the last comma, ``part`` since the last comma or 、, ``rest`` what
    follows up to the next comma. ``opening`` is ``lead`` where that begins the sentence, otherwise empty.
    """

    figure: Figure
    words: str
    lead: str
    part: str
    rest: str
    opening: str


def _place(text: str, figure: Figure) -> _Place:
    segment = beginning(text, figure.start, SEGMENT)
    sentence = beginning(text, figure.start, SENTENCE)
    return _Place(
        figure,
        text[figure.start : figure.end],
        text[segment : figure.start],
        text[beginning(text, figure.start, PART) : figure.start],
        text[figure.end : ending(text, figure.end, "，。；\n")],
        text[sentence : figure.start] if segment == sentence else "",
    )


def _judge_one(text: str, figure: Figure, last: Figure | None) -> Judged:
    place = _place(text, figure)
    for purpose, test in _TESTS:
        if because := test(place):
            return Judged(figure, purpose, because)
    in_segment = last is not None and last.start >= beginning(text, figure.start, SEGMENT)
    in_sentence = last is not None and last.start >= beginning(text, figure.start, SENTENCE)
    goes_on = (in_segment and not place.part.endswith(("的", "等"))) or (
        in_sentence and place.lead.startswith("其中")
    )
    if goes_on and figure.before != "超":
        return Judged(figure, Purpose.TARGET, "接上一个目标")
    return Judged(figure, Purpose.OTHER, "没有表示目标的字样")


def _time(place: _Place) -> str:
    kept_within = place.figure.before == "控制在" or place.lead.endswith("控制在")
    return place.figure.unit if place.figure.unit in TIMES and not kept_within else ""


def _rank(place: _Place) -> str:
    ranked = _RANKED.search(place.lead)
    if not ranked and place.figure.unit not in _AMOUNTS:
        ranked = _RANKS.match(place.rest)
    return ranked.group() if ranked else ""


def _condition(place: _Place) -> str:
    figure = place.figure
    if figure.before in ("大于", "小于", "低于", "≥", "≤"):
        return figure.before
    # 300万元以上的项目; a counted thing (10个的…) is rather described than required
    if (
        _OF_A_NOUN.match(place.rest)
        and figure.unit not in _WHOLE_THINGS
        and not place.lead.endswith(_OWN_MONEY)
    ):
        return f"{place.words}的"
    if place.opening.startswith(("对", "凡")) and "的" in place.rest:
        return place.opening[0]
    # 超800万件银牌项目20个: what the counted thing must have
    if (
        figure.before in ("超", "超过")
        and re.match(r"[\u4e00-\u9fff“]", place.rest)
        and figures_in(place.rest)
    ):
        return figure.before
    return ""


def _benefit(place: _Place) -> str:
    unit = place.figure.unit
    if unit in (*_WHOLE_THINGS, "件", "人次", "工作日"):
        return ""
    paid = _PAYS.search(place.lead) or _GIVES_OUT.match(place.lead)
    if not paid and unit in (*_AMOUNTS, "人", "倍", "折"):
        paid = _PAYS.search(place.rest)
    return paid.group() if paid else ""


def _rule(place: _Place) -> str:
    figure = place.figure
    limited = _LIMITS_OTHERS.search(place.lead) or _LIMITS_OTHERS.search(place.rest[:10])
    if limited and figure.unit in (*_AMOUNTS, "倍", "次", "平方米", "人"):
        return limited.group()
    return figure.before if figure.before in ("不超过", "不高于", "不大于") else ""


def _target(place: _Place) -> str:
    figure = place.figure
    described = place.lead.endswith(("的", "等")) or place.rest.endswith("基础上")
    if described or figure.unit in _FREQUENCIES:
        return ""
    if figure.before not in ("", "约", "近", "超"):
        return figure.before
    reached = _REACHED.search(place.part) or _REACHED.search(place.lead)
    done = reached or (_SPENT if figure.unit in _AMOUNTS else _DONE).search(place.lead)
    return done.group() if done else ""


_TESTS: tuple[tuple[Purpose, Callable[[_Place], str]], ...] = (
    (Purpose.TIME, _time),
    (Purpose.RANK, _rank),
    (Purpose.CONDITION, _condition),
    (Purpose.BENEFIT, _benefit),
    (Purpose.RULE, _rule),
    (Purpose.TARGET, _target),
)
"""What a figure may be for, in the order of trying; the first that names its words is taken."""
