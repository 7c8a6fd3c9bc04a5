"""An impact report as people read it: sections with a chart and the table beside it, in plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from huiqi.language.units import money_words
from huiqi.matching.impact.change import (
    GAINS,
    KINDS,
    LESS,
    LOSES,
    MIXED,
    MORE,
    ONLY_GAINS,
    ONLY_LOSES,
    OUTCOMES,
    SAME,
    UNDECIDED,
    UNSURE,
    UNTOUCHED,
)
from huiqi.matching.impact.chart import Bar, Look, Row, draw
from huiqi.matching.impact.report import (
    BenefitImpact,
    Budget,
    Change,
    Grouping,
    ImpactReport,
    Kinds,
    Near,
    Range,
)

_MOST = 12
"""How many rows a chart has; the table has all."""

_FOREMOST = 3
"""How many rows of what stands in the way are told of each benefit, besides those that changed."""

_GREEN, _PALE_GREEN, _ORANGE, _RED, _VIOLET, _GREY = (
    "#176338", "#86bd9b", "#e3a765", "#8f2424", "#57407e", "#5d6a74",
)  # fmt: skip
_LOOKS = {
    GAINS: Look(GAINS, _GREEN),
    MORE: Look(MORE, _PALE_GREEN),
    LESS: Look(LESS, _ORANGE),
    LOSES: Look(LOSES, _RED),
    UNSURE: Look(UNSURE, _GREY, hatched=True),
}
_OUTCOME_LOOKS = {
    ONLY_GAINS: Look(ONLY_GAINS, _GREEN),
    MIXED: Look(MIXED, _VIOLET),
    ONLY_LOSES: Look(ONLY_LOSES, _RED),
    UNDECIDED: Look(UNDECIDED, _GREY, hatched=True),
}
_CERTAIN = Look("确定要付", "#0d4a5b")
_IF_GRANTED = Look("若都获批", "#7fb3c1")
_PERHAPS = Look("补齐材料后最多", "#5d6a74", hatched=True)
_OLD, _NEW = Look("原来", "#9aa7b1"), Look("新的", "#0d4a5b")

_WHAT_KINDS_MEAN = (
    "每家企业在每个事项上比一次。“新得”是原来一定没有、后来一定有，“失去”反过来；"
    "“多得”“少得”是两版都有，没定的不管怎么定都多、都少；其余是“说不准”。"
)
_WHAT_BUDGETS_MEAN = (
    "低的一头是确定要付的（符合）；高的一头是把还要评审的（可能符合）和还缺材料的（待补充）都算上。"
    "差是两版最远能差多少：只改了金额的事项，没定的两版同样定；条件也改了的，两头都按最坏算，常比实际宽。"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its first ``words`` columns are words, the others numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; ``chart`` is an SVG element, or empty where a chart would say no more."""

    id: str
    title: str
    lead: tuple[str, ...]
    chart: str
    table: Table


@dataclass(frozen=True, slots=True)
class Telling:
    """The whole report: what was compared, what came out in a few figures, and the sections."""

    title: str
    about: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]


def telling(report: ImpactReport) -> Telling:
    """The report in words, charts and tables."""
    shown = [one for one in report.benefits if one.visible or one.status != "修改"]
    shown.sort(key=lambda one: -one.visible)
    money = [one for one in shown if one.money is not None]
    sections = [_people(report, shown)]
    if money:
        sections.append(_costs(report, money))
    sections += [_grouped(number, one) for number, one in enumerate(report.groupings)]
    sections += _near(shown)
    if any(step.old != step.new for one in shown for step in one.verdicts):
        sections.append(_verdicts(shown))
    return Telling(report.title, _about(report), _figures(report), tuple(sections), _notes(report))


# ---- words ----


def yuan_words(yuan: Decimal) -> str:
    """Money for people, exactly."""
    return money_words(int(yuan * 100))


def budget_words(budget: Budget, each: str = "家次") -> str:
    """What is certain, and the most; ``each`` is what is counted, 家次 where it is of several benefits."""
    if budget.unbounded:
        return f"{yuan_words(budget.low)}以上（{budget.unbounded} {each}没有上限）"
    if budget.low == budget.high:
        return yuan_words(budget.low)
    return f"{yuan_words(budget.low)} 至 {yuan_words(budget.high)}"


def difference_words(range_: Range) -> str:
    """A difference with its sign."""
    if range_.exact and range_.low is not None:
        return _signed(range_.low)
    if range_.low is None and range_.high is None:
        return "两头都没有界"
    if range_.low is None:
        assert range_.high is not None
        return f"最多 {_signed(range_.high)}，少多少没有界"
    return f"{_signed(range_.low)} 至 {'没有上限' if range_.high is None else _signed(range_.high)}"


def _signed(yuan: Decimal) -> str:
    if not yuan:
        return "不变"
    return f"{'增' if yuan > 0 else '减'}{yuan_words(abs(yuan))}"


def _brief(yuan: Decimal) -> str:
    """Money for a chart: three digits are enough."""
    for unit, size in (("亿元", 10**8), ("万元", 10**4)):
        if yuan >= size:
            value = yuan / size
            short = f"{value:.3g}" if value < 1000 else f"{value:.0f}"
            return f"{'' if Decimal(short) == value else '约'}{short}{unit}"
    return f"{yuan:.0f}元"


def _counted(kinds: Kinds, name: str) -> str:
    certain, granted = kinds.certain[name], kinds.granted[name]
    return str(certain) if certain == granted else f"{certain}（若获批 {granted}）"


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


# ---- the head ----


def _about(report: ImpactReport) -> tuple[tuple[str, str], ...]:
    same_day = report.on == report.on_new
    days = (("问哪一天", report.on.isoformat()),)
    if not same_day:
        days = (("问哪一天", f"原来 {report.on.isoformat()}，新的 {report.on_new.isoformat()}"),)
    read = f"{report.table}，读了 {report.rows} 行，比了 {report.taken} 家"
    if report.rejected:
        read += f"，{report.rejected} 行读不了，没有算"
    return (("原来", report.old), ("新的", report.new), *days, ("企业", read))


def _figures(report: ImpactReport) -> tuple[tuple[str, str], ...]:
    people = [(f"{name}的企业", f"{_counted(report.outcomes, name)} 家") for name in OUTCOMES]
    money = report.money
    return (
        *people,
        ("原来的预算", budget_words(money.old)),
        ("新的预算", budget_words(money.new)),
        ("预算的差", difference_words(money.difference)),
        ("若都获批，预算的差", difference_words(money.granted)),
    )


# ---- sections ----


def _people(report: ImpactReport, shown: Sequence[BenefitImpact]) -> Section:
    lead = [_WHAT_KINDS_MEAN]
    unseen = len(report.benefits) - len(shown)
    if unseen:
        lead.append(f"另有 {unseen} 个事项的规则改了，但表里没有一家的结论或金额看得出变化。")
    waiting = sum(one.same_wait for one in shown)
    if waiting:
        lead.append(
            f"说不准的里面，有 {waiting} 家次两版等的是同样的事实：补齐了才知道有没有得失，不能当作得或失。"
        )
    if report.reworded:
        lead.append(f"只改了文字、算法没变的有 {len(report.reworded)} 项，没有列出。")
    kinds = [kind for kind in KINDS if kind != SAME]
    table = Table(
        "各事项得失的企业数",
        ("事项", "改动", *kinds, "其中等同样的事实", SAME),
        tuple(
            (
                one.name,
                one.status,
                *(_counted(one.kinds, kind) for kind in kinds),
                str(one.same_wait),
                _counted(one.kinds, SAME),
            )
            for one in shown
        ),
        words=2,
    )
    looks = [_LOOKS[kind] for kind in kinds]
    rows = [Row(one.name, _kind_bars(one.kinds, kinds, _LOOKS)) for one in shown[:_MOST]]
    return _section("people", "谁得、谁失", lead, looks, rows, table)


def _kind_bars(kinds: Kinds, names: Sequence[str], looks: dict[str, Look]) -> tuple[Bar, ...]:
    def bar(reading: str, counts: dict[str, int]) -> Bar:
        told = _listed(f"{name} {counts[name]}" for name in names if counts[name]) or "没有变化"
        return Bar(f"{reading}{told}", tuple((counts[name], looks[name]) for name in names))

    if kinds.certain == kinds.granted:
        return (bar("", kinds.certain),)
    return bar("确定：", kinds.certain), bar("若获批：", kinds.granted)


def _costs(report: ImpactReport, shown: Sequence[BenefitImpact]) -> Section:
    changes = [(one.name, one.money) for one in shown if one.money is not None]
    table = Table(
        "各事项的预算",
        ("事项", "原来", "新的", "差", "若都获批的差"),
        (
            *(_money_row(name, change) for name, change in changes),
            _money_row("全部改动的事项", report.money, "家次"),
        ),
    )
    rows = [Row(name, _budget_bars(change)) for name, change in changes[:_MOST]]
    return _section(
        "money", "要花多少钱", [_WHAT_BUDGETS_MEAN], [_CERTAIN, _IF_GRANTED, _PERHAPS], rows, table
    )


def _money_row(name: str, change: Change, each: str = "家") -> tuple[str, ...]:
    return (
        name,
        budget_words(change.old, each),
        budget_words(change.new, each),
        difference_words(change.difference),
        difference_words(change.granted),
    )


def _budget_bars(change: Change) -> tuple[Bar, ...]:
    def bar(name: str, budget: Budget) -> Bar:
        most = "没有上限" if budget.unbounded else f"最多 {_brief(budget.high)}"
        words = f"{name}：确定 {_brief(budget.low)}"
        if budget.granted != budget.low:
            words += f"，若都获批 {_brief(budget.granted)}"
        if budget.unbounded or budget.high != budget.granted:
            words += f"，{most}"
        granted, high = max(budget.granted, budget.low), max(budget.high, budget.granted)
        sizes = (budget.low, granted - budget.low, high - granted)
        looks = (_CERTAIN, _IF_GRANTED, _PERHAPS)
        segments = tuple((float(size), look) for size, look in zip(sizes, looks, strict=True))
        return Bar(words, segments, endless=budget.unbounded > 0)

    return bar("原来", change.old), bar("新的", change.new)


def _grouped(number: int, grouping: Grouping) -> Section:
    names = [name for name in OUTCOMES if name != UNTOUCHED]
    groups = grouping.groups
    table = Table(
        f"按{grouping.fact}：得失的企业数和预算",
        (grouping.fact, "企业数", *names, "原来的预算", "新的预算", "预算的差"),
        tuple(
            (
                one.name,
                str(one.enterprises),
                *(_counted(one.outcomes, name) for name in names),
                budget_words(one.money.old),
                budget_words(one.money.new),
                difference_words(one.money.difference),
            )
            for one in groups
        ),
    )
    touched = sorted(
        (one for one in groups if one.outcomes.certain[UNTOUCHED] != one.enterprises),
        key=lambda one: one.outcomes.certain[UNTOUCHED] - one.enterprises,
    )
    rows = [
        Row(f"{one.name}（{one.enterprises} 家）", _kind_bars(one.outcomes, names, _OUTCOME_LOOKS))
        for one in touched[:_MOST]
    ]
    lead = [
        "一家企业在所有改动的事项上合起来看。组是按旧版规则分的。"
        if number == 0
        else "同样一家只数一次，组按旧版规则分。"
    ]
    looks = [_OUTCOME_LOOKS[name] for name in names]
    return _section(f"group{number}", f"按{grouping.fact}", lead, looks, rows, table)


def _near(shown: Sequence[BenefitImpact]) -> list[Section]:
    short = _near_section(
        shown,
        lambda one: one.one_short,
        ("one-short", "只差一项事实", "只缺的事实"),
        "结论是“待补充”、只缺一项事实的有多少：补上这一项就有结论。一个事项按项目等逐项算的，一项算一条。",
    )
    failing = _near_section(
        shown,
        lambda one: one.failing,
        ("failing", "卡在哪一道门槛", "第一个不满足的条件"),
        "结论是“不符合”的，按第一个不满足的条件分。只看第一个：后面可能还有别的条件不满足，"
        "所以放宽这一条，能过的不一定有这么多。",
    )
    return [one for one in (short, failing) if one is not None]


def _near_section(
    shown: Sequence[BenefitImpact],
    of: Callable[[BenefitImpact], tuple[Near, ...]],
    words: tuple[str, str, str],
    lead: str,
) -> Section | None:
    found = [
        (benefit, one)
        for benefit in shown
        for place, one in enumerate(of(benefit))
        if place < _FOREMOST or one.old != one.new
    ]
    if not found:
        return None
    id_, title, column = words
    left_out = sum(len(of(benefit)) for benefit in shown) - len(found)
    if left_out:
        lead += f"每个事项只列最多的 {_FOREMOST} 行和变了的，没有列出的 {left_out} 行在 {id_}.csv 里。"
    table = Table(
        title,
        ("事项", column, "原来", "新的"),
        tuple(
            (
                benefit.name,
                one.name,
                *("没有这一项" if count is None else str(count) for count in (one.old, one.new)),
            )
            for benefit, one in found
        ),
        words=2,
    )
    most = sorted(found, key=lambda pair: -max(pair[1].old or 0, pair[1].new or 0))
    moved = [pair for pair in most if pair[1].old != pair[1].new] or most
    rows = [
        Row(
            f"{benefit.name}：{one.name}",
            tuple(
                Bar(f"{look.name} {'没有这一项' if count is None else count}", ((float(count or 0), look),))
                for look, count in ((_OLD, one.old), (_NEW, one.new))
            ),
        )
        for benefit, one in moved[:_MOST]
    ]
    return _section(id_, title, [lead], [_OLD, _NEW], rows, table)


def _verdicts(shown: Sequence[BenefitImpact]) -> Section:
    table = Table(
        "从哪个结论到哪个结论",
        ("事项", "原结论", "新结论", "企业数"),
        tuple(
            (one.name, step.old or "没有这一项", step.new or "没有这一项", str(step.count))
            for one in shown
            for step in one.verdicts
            if step.old != step.new
        ),
        words=3,
    )
    lead = ["只列结论变了的。一个事项按项目等逐项算的，取最好的一项。"]
    return Section("verdicts", "结论怎么变", tuple(lead), "", table)


def _section(
    id_: str, title: str, lead: Sequence[str], looks: Sequence[Look], rows: Sequence[Row], table: Table
) -> Section:
    about = f"条形图，数字与旁边的表“{table.caption}”相同。"
    if len(table.rows) > len(rows):
        about += f"只画变化最大的 {len(rows)} 行，其余见表。"
    chart = draw(f"impact-{id_}", title, about, looks, rows) if rows else ""
    return Section(id_, title, tuple(lead), chart, table)


def _notes(report: ImpactReport) -> tuple[str, ...]:
    return (
        "“若获批”是把“可能符合”（条件都满足，还要评审、排名或核实）都当作会批准；不带“若获批”的数不作这个假定。",
        "每个事项单独算，没有扣同享限制、二选一和累计封顶，所以预算是各项之和的上限，不是每家最后拿到的钱。",
        "预算只算给钱的事项（奖补、贴息、减税、减费、补偿）；贷款、指标、便利只看结论。",
        "按项目等逐项算的事项，没有列出各项的，当作一项。",
        "“不可计算”的事项文件没有给出标准，金额不计入预算。",
        f"数据是 {report.table} 里的 {report.taken} 家企业，不在表里的没有算。",
    )
