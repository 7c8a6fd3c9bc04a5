"""What a definition says, written once more beside its stories: a slip in one place shows in the other.

Stories show that a definition does what the text says; they do not show who may do it besides, or what is
told to whom. An overview is read by people, line by line, against the text; here it is held against the
definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import Field

from huiqi.catalogue.shape import Shape, Text
from huiqi.catalogue.shape.base import Many
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic
from huiqi.procedures.definition import Clock, Condition, Definition, Guard

END = "终点"
"""What stands in an overview for a state in which nothing happens any more."""


class EventOverview(Shape):
    """各事: one event, said once more."""

    label: ClassVar[str] = "各事"

    by: Many[Text] = Field((), alias="由", description="谁可以做")
    to: Text | None = Field(None, alias="到", description="转到的状态")
    says: Many[Text] = Field((), alias="写明", description="随这件事要写明的事实；限定值的写 事实=值|值")
    knows: Many[Text] = Field((), alias="已知", description="以前写明的也算的事实")
    papers: Many[Text] = Field((), alias="材料", description="要有的材料")
    tells: Many[Text] = Field((), alias="告知", description="告知谁，依次")


class DutyOverview(Shape):
    """各职责: one duty, said once more."""

    label: ClassVar[str] = "各职责"

    length: Text | None = Field(None, alias="多久", description="长度；没有写期限的不写")
    who: Many[Text] = Field((), alias="谁", description="谁做")
    starts: Many[Text] = Field((), alias="自", description="从哪些事起")
    done: Many[Text] = Field((), alias="完成", description="哪些事算做了")
    when: Many[Text] = Field((), alias="当", description="事实，和它的值")


class ClockOverview(Shape):
    """各期限: one clock, said once more."""

    label: ClassVar[str] = "各期限"

    length: Text = Field(alias="多久", description="长度，如 3 个工作日")
    starts: Many[Text] = Field((), alias="自", description="从哪些事起")
    stops: Many[Text] = Field((), alias="止", description="哪些事使它结束")


class Overviews(Shape):
    """The overviews of a cases file; each may be left out, but one that is there is whole."""

    label: ClassVar[str] = "各表"

    states: dict[Text, Many[Text]] = Field(
        default_factory=dict, alias="各状态", description="每个状态: 在那里可以做的事；终点写 终点"
    )
    events: dict[Text, EventOverview] = Field(
        default_factory=dict, alias="各事", description="每件事由谁做、写明什么、告知谁"
    )
    duties: dict[Text, DutyOverview] = Field(
        default_factory=dict, alias="各职责", description="每项职责谁做、从哪些事起、哪些事算做了"
    )
    clocks: dict[Text, ClockOverview] = Field(
        default_factory=dict, alias="各期限", description="每个期限多久、从哪些事起、哪些事使它结束"
    )
    facts: dict[Text, Many[Text]] = Field(
        default_factory=dict, alias="各事实", description="每个选项类的事实: 取值"
    )


def compare_overviews(definition: Definition, file: Overviews) -> Iterator[Diagnostic]:
    """What may happen where, who does and says what, who is told, who owes: written once more, whole."""
    events, duties = definition.events.values(), definition.duties.values()
    states = {
        state.name: [END] if state.final else [each.name for each in events if state.name in each.sources]
        for state in definition.states.values()
    }
    happen_ = {
        each.name: [
            list(each.actors),
            [each.target],
            [_said(one) for one in each.guards if one.anew],
            [_said(one) for one in each.guards if not one.anew],
            [one.name for one in each.materials],
            [one.to for one in each.notices],
        ]
        for each in events
    }
    owed = {
        each.name: [
            [each.allowed if each.unit else ""],
            list(each.who),
            list(each.starts),
            list(each.done),
            _when(each.when),
        ]
        for each in duties
    }
    running = {
        each.name: [
            [each.allowed + ("" if each.rule.rolls else "，不顺延")],
            list(each.starts),
            list(each.stops),
        ]
        for each in definition.clocks.values()
    }
    facts = {each.name: list(each.options) for each in definition.facts.values() if each.options}
    yield from _overview("各状态", {name: [words] for name, words in file.states.items()}, _alone(states))
    said = {
        name: [one.by, _one(one.to), one.says, one.knows, one.papers, one.tells]
        for name, one in file.events.items()
    }
    yield from _overview("各事", said, happen_)
    owes = {
        name: [_one(one.length), one.who, one.starts, one.done, one.when] for name, one in file.duties.items()
    }
    yield from _overview("各职责", owes, owed)
    runs = {name: [(one.length,), one.starts, one.stops] for name, one in file.clocks.items()}
    yield from _overview("各期限", runs, running)
    yield from _overview("各事实", {name: [words] for name, words in file.facts.items()}, _alone(facts))


def _when(condition: Condition | None) -> list[str]:
    return [condition.fact, *condition.values] if condition else []


def _said(guard: Guard) -> str:
    return f"{guard.fact}={'|'.join(guard.values)}" if guard.values else guard.fact


def _length(clock: Clock) -> str:
    return clock.allowed if clock.rule.rolls else f"{clock.allowed}，不顺延"


def _one(word: Text | None) -> tuple[str, ...]:
    return (str(word or ""),)


def _alone(lists: Mapping[str, list[str]]) -> dict[str, list[list[str]]]:
    return {name: [words] for name, words in lists.items()}


def _overview(
    what: str, told: Mapping[Text, Sequence[Sequence[object]]], right: Mapping[str, list[list[str]]]
) -> Iterator[Diagnostic]:
    """Compare an overview, if there is one; nothing may be left out of it."""
    for name, lists in told.items():
        have = right.get(name.text)
        if have is None:
            yield error_at(name.at, f"「{what}」里没有「{name}」")
        elif [sorted(map(str, words)) for words in lists] != [sorted(words) for words in have]:
            shown = "；".join("、".join(words) or "没有" for words in have)
            yield error_at(name.at, f"「{what}」的「{name}」和定义对不上，定义里是：{shown}")
    if told and (left := [name for name in right if name not in {each.text for each in told}]):
        yield error_at(next(iter(told)).at, f"「{what}」没有写{'、'.join(left)}")
