"""A definition and a case in words, for the command line and for reading through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huiqi.catalogue.shape import read_shape
from huiqi.clocks import Due, Pause, WorkCalendar
from huiqi.clocks.period import Moment, day_of
from huiqi.language.diagnostics import nearest
from huiqi.procedures.cases import EventsFile, happen
from huiqi.procedures.composite import composite_lines
from huiqi.procedures.definition import Definition
from huiqi.procedures.fold import Running
from huiqi.procedures.load import ProcedureError
from huiqi.procedures.log import Log
from huiqi.procedures.shape import Expiry
from huiqi.procedures.standing import Standing, standing


def clock(
    definition: Definition,
    name: str,
    start: Moment,
    pauses: Iterable[Pause] = (),
    *,
    calendar: WorkCalendar,
) -> Due:
    """When a clock of a procedure runs out if it starts then. Raises ValueError (Chinese), PeriodError too.

    A clock whose end a notice sets has no length to count from.
    """
    found = definition.clocks.get(name)
    if found is None:
        right = nearest(name, definition.clocks)
        hint = f"，是不是「{right}」" if right else f"，有：{'、'.join(definition.clocks)}"
        raise ValueError(f"没有「{name}」这个期限{hint}")
    if found.fact:
        raise ValueError(f"期限「{name}」到{found.fact}为止，没有固定的长度（{found.cite}）")
    return Running(start, pauses=tuple(enumerate(pauses))).due(found, calendar)


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of a file of events: what happened at each, and how the case stands in the end."""

    steps: tuple[tuple[str, str], ...]
    standing: Standing

    @property
    def refused(self) -> bool:
        """Tell whether some event was refused."""
        return any(reason for _, reason in self.steps)

    def as_data(self) -> Mapping[str, Any]:
        """Plain values for JSON; ``refused`` is null for what was done."""
        steps = [{"event": words, "refused": reason or None} for words, reason in self.steps]
        return {"events": steps, "standing": self.standing.as_data()}

    def as_text(self) -> str:
        """The same for people."""
        lines = [f"{words}：{'不可以：' + reason if reason else '已办'}" for words, reason in self.steps]
        return "\n".join([*lines, "", *_standing_lines(self.standing)]) + "\n"


def begins_on(path: Path) -> date:
    """The day of the first event of a file: a case runs by the version of that day. Raises ProcedureError."""
    read = read_shape(path, EventsFile)
    if read.shape is None or read.diagnostics:
        raise ProcedureError(read.diagnostics)
    return day_of(read.shape.events[0].day)


def simulate(definition: Definition, path: Path, calendar: WorkCalendar) -> Simulated:
    """Apply the events of a file one by one; a refused one changes nothing. Raises ProcedureError."""
    read = read_shape(path, EventsFile)
    if read.shape is None or read.diagnostics:
        raise ProcedureError(read.diagnostics)
    log: Log = ()
    steps = []
    for happening in read.shape.events:
        log, reason = happen(definition, log, happening, calendar)
        steps.append((f"{happening.day} {happening.event}", reason))
    on = read.shape.on or read.shape.events[-1].day
    return Simulated(tuple(steps), standing(definition, log, on, calendar))


def _standing_lines(seen: Standing) -> Iterator[str]:
    yield f"状态：{seen.state}" + (f"（没有期限：{seen.silent}）" if seen.silent else "")
    yield from (f"记录：{entry.words}" for entry in seen.log)
    for each in seen.clocks:
        yield f"期限「{each.name}」{each.status}：{each.due.words}（{each.cite}）"
    for duty in seen.duties:
        until = f"，至 {duty.due.day}" if duty.due and duty.due.day else "，没有写期限"
        yield f"职责「{duty.name}」{duty.status}：{'、'.join(duty.who)}{duty.does}{until}（{duty.cite}）"
    for one in seen.possible:
        needs = f"；还要：{'；'.join(one.needs)}" if one.needs else ""
        yield f"可以：{one.event}（{'、'.join(one.who)}，{one.cite}）{needs}"


def show(definition: Definition) -> str:
    """A definition in words: actors, states, events, clocks, duties, tables, open questions, with clauses."""
    return "\n".join(_lines(definition)) + "\n"


def _lines(definition: Definition) -> Iterator[str]:
    until = f"至 {definition.until}" if definition.until else "起"
    yield f"{definition.name}（{definition.id}）"
    if definition.purpose:
        yield definition.purpose
    source = f"《{definition.title}》{definition.number}"
    yield f"依据{source}，{definition.since} {until}施行（{definition.cite}）"
    yield from (f"注：{note}" for note in definition.notes)
    yield "\n主体"
    for actor in definition.actors.values():
        seen_by = f"；身份只给{'、'.join(actor.seen_by)}看（{actor.shield_cite}）" if actor.seen_by else ""
        yield f"  {actor.name}：{actor.who}（{actor.cite}）{seen_by}"
    yield "\n状态和可以做的事"
    for state in definition.states.values():
        notes = "，终点" if state.final else f"，没有期限：{state.silent}" if state.silent else ""
        yield f"  {state.name}（{state.cite}）{notes}"
        for event in definition.events.values():
            if state.name in event.sources:
                to = f" → {event.target}" if event.target else ""
                yield f"    {event.name}{to}：{'、'.join(event.actors)}（{event.cite}）"
    yield "\n期限"
    for clock_ in definition.clocks.values():
        after = clock_.says if clock_.expiry is Expiry.MARKED else clock_.fires
        case = f"，{clock_.when.fact}是{'、'.join(clock_.when.values)}时" if clock_.when else ""
        yield f"  {clock_.name}：{clock_.allowed}，自{'、'.join(clock_.starts)}{case}（{clock_.cite}）"
        yield f"    止于{'、'.join(clock_.stops)}；届满{clock_.expiry}：{after}（{clock_.expiry_cite}）"
        for pause in clock_.pauses:
            yield f"    不计入：{pause.since}至{pause.until}（{pause.cite}）"
        for extension in clock_.extensions:
            who = "、".join(definition.events[extension.event].actors)
            much = clock_.unit.amount(extension.length) if extension.length else f"按「{extension.fact}」"
            often = f"最多 {extension.times} 次" if extension.times else "次数不限"
            yield f"    {extension.event}：{much}，{who}，{often}（{extension.cite}）"
    yield "\n职责"
    for duty in definition.duties.values():
        case = f"，{duty.when.fact}是{'、'.join(duty.when.values)}时" if duty.when else ""
        who, starts = "、".join(duty.who), "、".join(duty.starts)
        yield f"  {duty.name}：{who}，{duty.allowed}，自{starts}{case}（{duty.cite}）"
    for chain in definition.chains.values():
        yield f"\n逐级审批「{chain.name}」（{chain.cite}）"
        for value, levels in chain.levels.items():
            case = f"{chain.by}是{value}：" if value else ""
            last = "、".join(definition.events[chain.grants].actors)
            yield f"  {case}{'、'.join(chain.asks)} → {' → '.join((*levels, last))}「{chain.grants}」"
    for parameter in definition.parameters.values():
        value = parameter.unit.amount(parameter.length) if parameter.length else "还没有填"
        yield f"\n参数「{parameter.name}」：{parameter.asks}，{value}{parameter.source}（{parameter.cite}）"
    for table in definition.tables.values():
        yield f"\n{table.name}（从上到下，先中先得）"
        for row in table.rows:
            when = "；".join(f"{column}是{'、'.join(values)}" for column, values in row.when.items())
            yield f"  {when or '其他'}：{row.gives}（{row.cite}）"
    if definition.composite:
        yield from composite_lines(definition.composite)
    if definition.statistics:
        yield from definition.statistics.lines()
    yield "\n条文没有说清的"
    for question in definition.questions.values():
        taken = definition.choices.get(question.name, question.default)
        others = f"；另解：{'、'.join(question.others)}" if question.others else ""
        yield f"  {question.name}：{question.asks}？取{taken}，因{question.why}（{question.cite}）{others}"
