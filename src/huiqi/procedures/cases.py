"""Trying a definition: sequences of dated events with the states and due dates worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from huiqi.catalogue.shape import Shape, Text, read_shape
from huiqi.catalogue.shape.base import Facts, Many
from huiqi.catalogue.source import ScalarNode, error_at
from huiqi.clocks import BEIJING, Due, WorkCalendar
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.procedures.definition import Definition
from huiqi.procedures.kernel import Refused, apply
from huiqi.procedures.load import ProcedureError
from huiqi.procedures.log import Event, Log, Value
from huiqi.procedures.overviews import Overviews, compare_overviews
from huiqi.procedures.routing import route
from huiqi.procedures.standing import Standing, standing

FILE = "procedure-cases.yaml"


def _moment(node: object) -> date | datetime:
    """A day, or a day and a time in Beijing."""
    if isinstance(node, date):
        return node
    value = node.value if isinstance(node, ScalarNode) else None
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=BEIJING)
    except ValueError:
        raise PydanticCustomError("not_date", "") from None


When = Annotated[date | datetime, BeforeValidator(_moment)]


class Happening(Shape):
    """事: one dated event. Without 主体 the first who may."""

    label: ClassVar[str] = "事"

    day: When = Field(alias="日", description="哪一天；按分钟计的写到几点几分，如 2025-03-03 09:30")
    event: Text = Field(alias="事件", description="事件的名字")
    actor: Text | None = Field(None, alias="主体", description="谁；不写就是第一个可以做的")
    facts: Facts | None = Field(None, alias="事实", description="随事件写明的事实")
    materials: Many[Text] = Field((), alias="材料", description="随事件交的材料")


class Story(Shape):
    """例: events, a day on which to look, and what is then expected."""

    label: ClassVar[str] = "例"

    name: Text = Field(alias="名", description="这个例子试的是什么")
    cite: Text = Field(alias="依据", description="试的是哪一条")
    after: Text | None = Field(None, alias="接", description="接在前面哪个例的事后面")
    choices: dict[Text, Text] = Field(default_factory=dict, alias="取", description="存疑: 取哪种理解")
    events: Many[Happening] = Field((), alias="事", description="依次发生的事")
    on: When = Field(alias="看", description="在哪一天看；可以写到几点几分")
    state: Text | None = Field(None, alias="状态", description="应在的状态")
    clocks: dict[Text, Text] = Field(
        default_factory=dict, alias="到期", description="期限: 日期、已停、没有等"
    )
    duties: dict[Text, Text] = Field(
        default_factory=dict, alias="职责", description="职责: 日期、做没做、没有"
    )
    refused: Text | None = Field(None, alias="拒绝", description="最后一事被拒绝，理由里有这几个字")

    def problems(self) -> Iterator[Diagnostic]:
        """A story that expects nothing."""
        if not (self.state or self.clocks or self.duties or self.refused):
            yield error_at(self.at, "这个例没有写要得到什么", "写状态、到期、职责、拒绝中的至少一个")


class Routed(Shape):
    """分办例: these cells of a table have this answer."""

    label: ClassVar[str] = "分办例"

    table: Text = Field(alias="表", description="分办表的名字")
    when: dict[Text, Many[Text]] = Field(alias="当", description="列: 值；不写的列是全部值")
    gives: Text = Field(alias="得", description="应归谁")
    cite: Text = Field(alias="依据", description="哪一条")


class CasesFile(Overviews):
    """procedure-cases.yaml as a whole."""

    label: ClassVar[str] = "最外层"

    stories: tuple[Story, ...] = Field(alias="例", min_length=1, description="一串事和应得的结果")
    routed: tuple[Routed, ...] = Field((), alias="分办例", description="分办表的每一格")


class EventsFile(Shape):
    """A file of events to simulate."""

    label: ClassVar[str] = "最外层"

    events: Many[Happening] = Field(alias="事", min_length=1, description="依次发生的事")
    on: When | None = Field(None, alias="看", description="在哪一天看；不写就是最后一事那天")


@dataclass(frozen=True, slots=True)
class CasesRun:
    """How many stories and cells of tables were tried, and what did not come out as expected."""

    stories: int
    cells: int
    failures: tuple[Diagnostic, ...]


def run_cases(definition: Definition, path: Path, calendar: WorkCalendar) -> CasesRun:
    """Try every story of a cases file. Raises ProcedureError when the file itself is wrong."""
    read = read_shape(path, CasesFile)
    if read.shape is None or read.diagnostics:
        raise ProcedureError(read.diagnostics)
    failures: list[Diagnostic] = []
    told: dict[str, tuple[Happening, ...]] = {}
    for story in read.shape.stories:
        before: tuple[Happening, ...] = ()
        if story.after:
            if story.after.text not in told:
                raise ProcedureError((error_at(story.after.at, f"前面没有名为「{story.after}」的例"),))
            before = told[story.after.text]
        told[story.name.text] = (*before, *story.events)
        failures += _try(definition, story, told[story.name.text], calendar)
    cells, wrong = _routed(definition, read.shape.routed)
    return CasesRun(
        len(read.shape.stories), cells, (*failures, *wrong, *compare_overviews(definition, read.shape))
    )


def happen(definition: Definition, log: Log, happening: Happening, calendar: WorkCalendar) -> tuple[Log, str]:
    """Apply one written event: the new log, or the old one and why it was refused."""
    outcome = apply(definition, log, as_event(definition, happening), calendar)
    return (log, outcome.reason) if isinstance(outcome, Refused) else (outcome.log, "")


def as_event(definition: Definition, happening: Happening) -> Event:
    """A written event as the kernel takes it. Raises ProcedureError for a fact that is no single value."""
    kind = definition.events.get(happening.event.text)
    actor = str(happening.actor or (next(iter(kind.actors)) if kind else ""))
    facts: dict[str, Value] = {}
    for name, node in (happening.facts or {}).items():
        if not isinstance(node, ScalarNode) or not isinstance(node.value, (bool, int, date, str)):
            at = happening.facts.key_at(name) if happening.facts else happening.at
            raise ProcedureError((error_at(at, f"「{name}」要写一个值：是否、选项、日期或整数"),))
        facts[name] = node.value
    return Event(happening.event.text, happening.day, actor, facts, tuple(map(str, happening.materials)))


def _try(
    definition: Definition, story: Story, events: tuple[Happening, ...], calendar: WorkCalendar
) -> Iterator[Diagnostic]:
    for question, answer in story.choices.items():
        try:
            definition = definition.choose(question.text, answer.text)
        except ValueError as error:
            raise ProcedureError((error_at(question.at, str(error)),)) from error
    log: Log = ()
    for at, happening in enumerate(events):
        log, reason = happen(definition, log, happening, calendar)
        expected = story.refused if at == len(events) - 1 else None
        if expected and expected.text not in reason:
            got = f"理由是：{reason}" if reason else "却办成了"
            yield error_at(expected.at, f"例「{story.name}」：应因「{expected}」被拒绝，{got}")
        elif reason and not expected:
            yield error_at(happening.at, f"例「{story.name}」：{happening.event}被拒绝：{reason}")
            return
    seen = standing(definition, log, story.on, calendar)
    if story.state and story.state.text != seen.state:
        yield error_at(story.state.at, f"例「{story.name}」：状态应是「{story.state}」，得「{seen.state}」")
    clocks: dict[str, tuple[str, ...]] = {each.name: (_ends(each.due), each.status) for each in seen.clocks}
    yield from _compare(story, "期限", story.clocks, _or_none(definition.clocks) | clocks)
    yield from _compare(story, "职责", story.duties, _or_none(definition.duties) | _duties(seen))


def _compare(
    story: Story, what: str, expected: Mapping[Text, Text], got: Mapping[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    for name, want in expected.items():
        have = got.get(name.text)
        if have is None:
            right = nearest(name.text, got)
            hint = f"是不是「{right}」" if right else ""
            yield error_at(name.at, f"例「{story.name}」：没有{what}「{name}」", hint)
        elif want.text not in have:
            yield error_at(want.at, f"例「{story.name}」：{what}「{name}」应是 {want}，得 {'、'.join(have)}")


def _or_none(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What never began is expected as 没有."""
    return dict.fromkeys(names, ("没有",))


def _duties(seen: Standing) -> dict[str, tuple[str, ...]]:
    """The last instance of each duty."""
    return {each.name: (_day(each.due.day if each.due else None), each.status) for each in seen.duties}


def _ends(found: Due) -> str:
    """The day on which a clock runs out; for one in hours or minutes the moment."""
    if found.period.unit.of_time and found.ends:
        return found.ends.strftime("%Y-%m-%d %H:%M")
    return _day(found.day)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "未定"


def _routed(definition: Definition, expected: tuple[Routed, ...]) -> tuple[int, list[Diagnostic]]:
    """Compare every cell; each must be expected exactly once, so that none is left untried."""
    failures: list[Diagnostic] = []
    tried: dict[str, set[tuple[str, ...]]] = {name: set() for name in definition.tables}
    for one in expected:
        table = definition.tables.get(one.table.text)
        if table is None:
            failures.append(error_at(one.table.at, f"没有「{one.table}」这个分办表"))
            continue
        given = {str(column): tuple(map(str, values)) for column, values in one.when.items()}
        if unknown := set(given) - set(table.columns):
            failures.append(error_at(one.at, f"「{one.table}」没有这一列：{'、'.join(sorted(unknown))}"))
            continue
        for cell in product(*(given.get(c, tuple(definition.facts[c].options)) for c in table.columns)):
            shown = "、".join(cell)
            if cell in tried[table.name]:
                failures.append(error_at(one.at, f"{shown}：前面已经写过应归谁"))
                continue
            tried[table.name].add(cell)
            try:
                row = route(definition, table.name, dict(zip(table.columns, cell, strict=True)))
            except ValueError as error:
                failures.append(error_at(one.at, str(error)))
                continue
            if (row.gives, row.cite) != (one.gives.text, one.cite.text):
                words = f"{shown}：应归「{one.gives}」（{one.cite}），得「{row.gives}」（{row.cite}）"
                failures.append(error_at(one.gives.at, words))
    for name, table in definition.tables.items():
        every = set(product(*(tuple(definition.facts[c].options) for c in table.columns)))
        if left := sorted(every - tried[name]):
            words = f"分办表「{name}」有 {len(left)} 格没有例，如：{'、'.join(left[0])}"
            failures.append(Diagnostic(Severity.ERROR, str(definition.path), 1, 1, words))
    return sum(map(len, tried.values())), failures
