"""What is tried next with a complaint: mostly something that may happen now, sometimes something wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from harness.handling import AFTERWARDS
from harness.reference import HANDLERS, OPTIONS, YES_NO, Complaint
from huiqi.procedures import Event
from huiqi.procedures.log import Value

FIRST_DAY, LAST_DAY = date(2024, 11, 11), date(2026, 12, 31)

Facts = dict[str, Value]

AT_ANY_TIME = "督办 1 报告上一级 1 告知办理节点 2 移交打击报复 1 引导民事纠纷 1"
"""What may be done while the case stands anywhere."""

LIKELY: dict[str, str] = {
    "线索": "收到 5 窗口收到 5",
    "审查中": "受理 7 下达补正通知 4 提请不予受理 5 录入平台 2",
    "补正中": "补正 6 视为放弃 3 录入平台 1",
    "已放弃": "录入平台 1",
    "不予受理待批": "批准不予受理 8 不批准不予受理 3",
    "不予受理待送达": "送达不予受理 8 引导或移交 2",
    "不予受理已送达": "申请复核 7 未申请复核办结 5 引导或移交 1",
    "复核受理中": "复核维持 3 复核改为受理 7 引导或移交 1",
    "不予受理终结": "引导或移交 3",
    "已受理": "转办 12 指定承办 3",
    "待接收": "确认接收 9 反馈意见 3",
    "调查处理中": "调查 1 听取陈述申辩 1 委托检验鉴定 4 检验鉴定有结果 3 专家意见 1 联合办案 1 移交线索 1 延长 6 再延长 5 "
    "申请省里延期 4 逐级同意延期 6 不批准省里延期 1 省里延期 7 六个月报告 3 六个月延期 2 六个月不延期 1 提请中止 6 "
    "提请终止 5 作出处理决定 6 其他提请结案 5 责令调查处理 1 建议处理责任人 1 引导另行查明 1",
    "中止待批": "批准中止 8 不批准中止 2 委托检验鉴定 1 检验鉴定有结果 1 六个月报告 1 六个月延期 1",
    "已中止": "中止原因消除 8 中止后提请终止 3 检验鉴定有结果 2 移交线索 1 六个月报告 2 六个月延期 1 六个月不延期 1",
    "待恢复": "恢复办理 8 中止后提请终止 2 检验鉴定有结果 1 移交线索 1 六个月报告 1",
    "终止待批": "逐级同意终止 9 批准终止 6 不批准终止 2 检验鉴定有结果 1 六个月报告 1 六个月延期 1",
    "中止后终止待批": "逐级同意终止 9 批准终止 6 不批准中止后终止 4 检验鉴定有结果 1 六个月报告 1",
    "已终止": "责令调查处理 5 引导或移交 2 移交线索 1",
    "已决定": "决定后提请结案 9 作出处理决定 1 责令调查处理 1 出具处分建议书 2 提请纪检监察机关 2 专家意见 1 移交线索 1 "
    "引导另行查明 1 六个月报告 1 六个月延期 1",
    "决定结案待批": "逐级同意结案 10 批准结案 8 不批准决定结案 2 六个月报告 1 六个月延期 1",
    "其他结案待批": "逐级同意结案 10 批准结案 8 不批准其他结案 2 检验鉴定有结果 1 六个月报告 1",
    "已结案": "书面告知结果 4 回访 4 提出异议 3 反馈复核结果 3 列入跟踪台账 3 跟踪核查 2 销账 2 责令调查处理 3 "
    "出具处分建议书 1 提请纪检监察机关 1 移交线索 1 引导不满意的 2",
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
STATED: dict[str, tuple[str, ...]] = {
    "收到": ("线索来源",),
    "窗口收到": ("线索来源",),
    "下达补正通知": ("补正情形", "补正期至"),
    "视为放弃": ("有正当理由=否",),
    "受理": ("受理情形",),
    "提请不予受理": ("不予受理情形",),
    "复核改为受理": ("受理情形",),
    "指定承办": ("特别情形=跨部门跨区域|不宜行使管辖权|管辖有争议或不明|其他应当指定",),
    "转办": ("投诉对象", "对象层级", "特别情形", "承办层级"),
    "调查": ("调查方式", "调查人员两名以上=是", "出示证件并记录=是"),
    "听取陈述申辩": ("调查人员两名以上=是", "出示证件并记录=是", "笔录签注"),
    "委托检验鉴定": ("委托事项",),
    "移交线索": ("移交原因",),
    "延长": ("延长情形=情况特殊",),
    "再延长": ("延长情形=案情重大",),
    "申请省里延期": ("延长情形=案情特别重大",),
    "省里延期": ("延长日数",),
    "六个月延期": ("延期月数",),
    "提请中止": ("中止情形",),
    "提请终止": ("终止情形",),
    "中止后提请终止": ("终止情形",),
    "决定后提请结案": ("结案情形=作出处理决定",),
    "其他提请结案": ("结案情形=调解和解|不存在违法行为|其他结案情形",),
    "批准结案": ("附条件或附期限",),
    "回访": ("满意",),
    "列入跟踪台账": ("附条件或附期限=是",),
    "跟踪核查": ("附条件或附期限=是",),
    "销账": ("附条件或附期限=是", "跟踪事项办理完毕=是"),
    "责令调查处理": ("责令情形",),
    "建议处理责任人": ("责令情形", "拒不改正=是"),
    "出具处分建议书": ("不予处分=是",),
    "提请纪检监察机关": ("不予处分=是", "拒绝处分=是"),
    "移交打击报复": ("打击报复移交给",),
    "引导不满意的": ("满意=否",),
}
NAMES = tuple(HANDLERS) + AFTERWARDS
ACTORS = tuple(sorted({actor for actors, _ in HANDLERS.values() for actor in actors}))
SORTED_ACTORS = {name: tuple(sorted(actors)) for name, (actors, _) in HANDLERS.items()}
LISTED = {name: tuple(sorted(options)) for name, options in OPTIONS.items()}

WEAK = 0.12
"""How often something that was said before is not said again."""


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


def _right(rng: Random, case: Complaint, name: str, today: date) -> Event:
    actor = rng.choice(SORTED_ACTORS[name])
    matter = CHAINED.get(name)
    if matter in case.agreed and rng.random() < 0.8:
        actor = case.turn(matter)
    return Event(name, today, actor, _facts(rng, name, today), PAPERS.get(name, ()))


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


WRONG: tuple[Callable[[Random, Event], Event], ...] = (
    _without,
    _without,
    _otherwise,
    _otherwise,
    _nonsense,
    _other_actor,
    _no_papers,
    _before,
)


def _day(event: Event) -> date:
    return date.fromordinal(event.when.toordinal())


def next_event(rng: Random, case: Complaint, today: date) -> Event:
    """Choose what is tried: nine times in ten something the case is ready for."""
    chance = rng.random()
    if chance < 0.08:
        name = rng.choice(NAMES)
    elif chance < 0.18:
        name = rng.choice(ASIDE)
    else:
        name = rng.choice(CHOICES[case.state])
    if name in AFTERWARDS:
        return Event(name, today, rng.choice(ACTORS))
    event = _right(rng, case, name, today)
    return rng.choice(WRONG)(rng, event) if rng.random() < 0.06 else event


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
    """Choose when a case begins; often near the long holidays and the end of what is announced."""
    if rng.random() < 0.1:
        return date(2026, 11, 20) + timedelta(rng.randint(0, 41))
    return FIRST_DAY + timedelta(rng.randint(0, (LAST_DAY - FIRST_DAY).days))
