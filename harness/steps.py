"""What is tried next with a complaint: mostly something that may happen now, sometimes something wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import harness.handling  # the rest of the articles
from harness.facts import DATES, NUMBERS, OPTIONS, STATED, YES_NO
from harness.measures import AFTERWARDS
from harness.reference import HANDLERS, PROVINCE, Complaint
from huiqi.procedures import Event
from huiqi.procedures.log import Value

FIRST_DAY, LAST_DAY = date(2024, 11, 11), date(2026, 12, 31)

assert harness.handling.CLOSED

Facts = dict[str, Value]

AT_ANY_TIME = "督办 1 报告上一级 1 告知办理节点 2 移交打击报复 1 引导民事纠纷 1"
"""What may be done while the case stands anywhere."""

LIKELY: dict[str, str] = {
    "线索": "收到 5 窗口收到 5",
    "审查中": "受理 7 下达补正通知 4 提请不予受理 5 录入平台 2",
    "补正中": "补正 6 视为放弃 3 录入平台 1",
    "已放弃": "录入平台 3",
    "不予受理待批": "批准不予受理 8 不批准不予受理 3",
    "不予受理待送达": "送达不予受理 8 引导或移交 2",
    "不予受理已送达": "申请复核 7 未申请复核办结 5 引导或移交 1",
    "复核受理中": "复核维持 3 复核改为受理 7 引导或移交 1",
    "不予受理终结": "引导或移交 3 告知办理节点 3 录入平台 1",
    "已受理": "转办 12 指定承办 3",
    "待接收": "确认接收 9 反馈意见 3",
    "调查处理中": (
        "调查 1 听取陈述申辩 1 委托检验鉴定 4 检验鉴定有结果 3 专家意见 1 "
        "联合办案 1 移交线索 1 延长 6 再延长 5 申请省里延期 4 逐级同意延期 6 "
        "不批准省里延期 1 省里延期 7 六个月报告 3 六个月延期 2 六个月不延期 1 "
        "提请中止 6 提请终止 5 作出处理决定 6 其他提请结案 5 责令调查处理 1 "
        "建议处理责任人 1 引导另行查明 1"
    ),
    "中止待批": ("批准中止 8 不批准中止 2 委托检验鉴定 1 检验鉴定有结果 1 六个月报告 1 六个月延期 1"),
    "已中止": (
        "中止原因消除 8 中止后提请终止 3 检验鉴定有结果 2 移交线索 1 六个月报告 2 六个月延期 1 六个月不延期 1"
    ),
    "待恢复": "恢复办理 8 中止后提请终止 2 检验鉴定有结果 1 移交线索 1 六个月报告 1",
    "终止待批": ("逐级同意终止 9 批准终止 6 不批准终止 2 检验鉴定有结果 1 六个月报告 1 六个月延期 1"),
    "中止后终止待批": "逐级同意终止 9 批准终止 6 不批准中止后终止 4 检验鉴定有结果 1 六个月报告 1",
    "已终止": "责令调查处理 5 引导或移交 2 移交线索 1",
    "已决定": (
        "决定后提请结案 9 作出处理决定 1 责令调查处理 1 出具处分建议书 2 "
        "提请纪检监察机关 2 专家意见 1 移交线索 1 引导另行查明 1 六个月报告 1 "
        "六个月延期 1"
    ),
    "决定结案待批": "逐级同意结案 10 批准结案 8 不批准决定结案 2 六个月报告 1 六个月延期 1",
    "其他结案待批": "逐级同意结案 10 批准结案 8 不批准其他结案 2 检验鉴定有结果 1 六个月报告 1",
    "已结案": (
        "书面告知结果 4 回访 4 提出异议 3 反馈复核结果 3 列入跟踪台账 3 "
        "跟踪核查 2 销账 2 责令调查处理 3 出具处分建议书 1 提请纪检监察机关 1 "
        "移交线索 1 引导不满意的 2"
    ),
    "复核结果中": "复核结束 8 书面告知结果 2 回访 2 列入跟踪台账 1 跟踪核查 1 销账 1",
}


def _weighed(words: str) -> tuple[str, ...]:
    parts = words.split()
    return tuple(
        name for name, weight in zip(parts[::2], parts[1::2], strict=True) for _ in range(int(weight))
    )


CHOICES = {state: _weighed(words) for state, words in LIKELY.items()}
ASIDE = _weighed(AT_ANY_TIME)
CHAINED = {
    "逐级同意延期": "省里延期",
    "不批准省里延期": "省里延期",
    "省里延期": "省里延期",
    "逐级同意终止": "终止",
    "批准终止": "终止",
    "不批准终止": "终止",
    "不批准中止后终止": "终止",
    "逐级同意结案": "结案",
    "批准结案": "结案",
    "不批准决定结案": "结案",
    "不批准其他结案": "结案",
}
PAPERS: dict[str, tuple[str, ...]] = {
    "下达补正通知": ("补正通知书",),
    "送达不予受理": ("送达证明",),
    "听取陈述申辩": ("陈述申辩笔录",),
    "提请终止": ("书面撤回申请", "配合调查的书面通知"),
    "中止后提请终止": ("书面撤回申请", "配合调查的书面通知"),
    "出具处分建议书": ("处分建议书",),
}
NAMES = tuple(HANDLERS) + AFTERWARDS
ACTORS = tuple(sorted({actor for actors, _ in HANDLERS.values() for actor in actors}))
SORTED_ACTORS = {name: tuple(sorted(actors)) for name, (actors, _) in HANDLERS.items()}
FACTS = tuple(sorted({*OPTIONS, *YES_NO, *DATES, *NUMBERS}))
"""What may be said besides, and then must be refused."""
LISTED = {name: tuple(sorted(options)) for name, options in OPTIONS.items()}

BROUGHT = (
    "投诉举报书",
    "签名或盖章的笔录",
    "证明资料",
    "营业执照",
    "个人身份证明",
    "授权委托书",
    "受托人身份证明",
)
"""What comes with a complaint (art. 10)."""


def _any_value(rng: Random, name: str, today: date) -> Value:
    if name in LISTED:
        return rng.choice(LISTED[name])
    if name in YES_NO:
        return rng.random() < 0.5
    if name == "补正期至":
        return today + timedelta(rng.choice((0, 1, 2, 3, 5, 7, 10, 20)))
    return rng.choice((1, 2, 3, 6)) if name == "延期月数" else rng.choice((1, 7, 15, 30, 60))


def _facts(rng: Random, name: str, today: date) -> Facts:
    facts: Facts = {}
    for words in STATED.get(name, ()):
        fact, _, wanted = words.partition("=")
        if not wanted:
            facts[fact] = _any_value(rng, fact, today)
        elif fact in YES_NO:
            facts[fact] = wanted == "是"
        else:
            facts[fact] = rng.choice(wanted.split("|"))
    return facts


def _complaint(rng: Random, facts: Facts, today: date) -> tuple[str, ...]:
    """Article 10: how it is brought, by whom, and the papers, some of them forgotten."""
    for name in ("口头陈述", "委托代理", "名义"):
        if rng.random() < 0.7:
            facts[name] = rng.random() < 0.5 if name in YES_NO else rng.choice(LISTED[name])
    if rng.random() < 0.1:  # everything is said in advance: what must be said anew is then seen
        for name in FACTS:
            facts.setdefault(name, _any_value(rng, name, today))
    return tuple(each for each in BROUGHT if rng.random() < 0.6)


def _right(rng: Random, case: Complaint, name: str, today: date) -> Event:
    actor = rng.choice(SORTED_ACTORS[name])
    matter = CHAINED.get(name)
    if matter in case.agreed and rng.random() < 0.8:
        actor = case.turn(matter)
    facts = _facts(rng, name, today)
    papers = (
        _complaint(rng, facts, today) if case.state == "线索" and "收到" in name else PAPERS.get(name, ())
    )
    return Event(name, today, actor, facts, papers)


def _without(rng: Random, event: Event) -> Event:
    facts = dict(event.facts)
    if facts:
        facts.pop(rng.choice(sorted(facts)))
    return Event(event.name, event.when, event.actor, facts, event.materials)


def _otherwise(rng: Random, event: Event) -> Event:
    facts: Facts = {name: _any_value(rng, name, _day(event)) for name in event.facts}
    return Event(event.name, event.when, event.actor, facts, event.materials)


def _nonsense(rng: Random, event: Event) -> Event:
    facts = dict(event.facts)
    if facts:
        facts[rng.choice(sorted(facts))] = "不在其中"
    return Event(event.name, event.when, event.actor, facts, event.materials)


def _other_actor(rng: Random, event: Event) -> Event:
    return Event(event.name, event.when, rng.choice(ACTORS), event.facts, event.materials)


def _no_papers(rng: Random, event: Event) -> Event:
    return Event(event.name, event.when, event.actor, event.facts, event.materials[1:])


def _before(rng: Random, event: Event) -> Event:
    when = _day(event) - timedelta(rng.randint(1, 20))
    return Event(event.name, when, event.actor, event.facts, event.materials)


def _more(rng: Random, event: Event) -> Event:
    """Something more is said, which only another event may say."""
    name = rng.choice(FACTS)
    facts: Facts = {name: _any_value(rng, name, _day(event)), **event.facts}
    return Event(event.name, event.when, event.actor, facts, event.materials)


WRONG: tuple[Callable[[Random, Event], Event], ...] = (
    _without,
    _without,
    _otherwise,
    _otherwise,
    _nonsense,
    _other_actor,
    _no_papers,
    _before,
    _more,
    _more,
    _more,
)


def _day(event: Event) -> date:
    return date.fromordinal(event.when.toordinal())


def _longer(case: Complaint) -> str:
    """The next of the three extensions, which are rarely reached by chance."""
    for name in ("延长", "再延长"):
        if name not in case.extended:
            return name
    if "省里延期" in case.extended:
        return "六个月延期"
    if "省里延期" not in case.agreed:
        return "申请省里延期"
    return "省里延期" if case.turn("省里延期") == PROVINCE else "逐级同意延期"


def next_event(rng: Random, case: Complaint, today: date) -> Event:
    """Choose what is tried: nine times in ten something the case is ready for."""
    chance = rng.random()
    if chance < 0.08:
        name = rng.choice(NAMES)
    elif chance < 0.18:
        name = rng.choice(ASIDE)
    elif case.state == "调查处理中" and chance < 0.30:
        name = _longer(case)
    else:
        name = rng.choice(CHOICES[case.state])
    if name in AFTERWARDS:
        return Event(name, today, rng.choice(ACTORS))
    event = _right(rng, case, name, today)
    return rng.choice(WRONG)(rng, event) if rng.random() < 0.08 else event


def every_event(rng: Random, case: Complaint, today: date) -> Iterator[Event]:
    """Everything there is, once, said as it should be, by everybody who may."""
    for name in SORTED_ACTORS:
        right = _right(rng, case, name, today)
        for actor in SORTED_ACTORS[name]:
            yield replace(right, actor=actor)
        for left_out in right.facts:
            yield replace(
                right, facts={fact: value for fact, value in right.facts.items() if fact != left_out}
            )
        if right.materials:
            yield replace(right, materials=())
        yield replace(right, actor=rng.choice(ACTORS))
    for name in AFTERWARDS:
        yield Event(name, today, rng.choice(ACTORS))


def next_day(rng: Random, today: date) -> date:
    """Choose when: often the same day, sometimes much later, never past the last announced year."""
    chance = rng.random()
    if chance < 0.40:
        return today
    if chance < 0.72:
        days = rng.randint(1, 3)
    elif chance < 0.91:
        days = rng.randint(4, 12)
    else:
        days = rng.randint(20, 50) if chance < 0.98 else rng.randint(100, 220)
    return min(today + timedelta(days), LAST_DAY)


def first_day(rng: Random) -> date:
    """Choose when a case begins; often near the end of what is announced."""
    if rng.random() < 0.02:
        return FIRST_DAY + timedelta(rng.randint(-1, 1))
    if rng.random() < 0.1:
        return date(2026, 11, 20) + timedelta(rng.randint(0, 41))
    return FIRST_DAY + timedelta(rng.randint(0, (LAST_DAY - FIRST_DAY).days))
