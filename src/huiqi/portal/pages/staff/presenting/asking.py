"""What an event asks for, as fields of a form; and what was typed into them, read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import uuid4

from django.core.exceptions import BadRequest
from django.http import QueryDict

from huiqi.casework.services import Act
from huiqi.clocks import BEIJING
from huiqi.clocks.period import Moment
from huiqi.procedures import Case, Definition
from huiqi.procedures.definition import Clock, Duty, EventType, Fact, Material
from huiqi.procedures.log import Value, written
from huiqi.procedures.shape import FactKind

MANY = 8
"""From so many options on, a list to pull down takes less room than radio buttons."""
_FACT = "fact:"
_KEY = re.compile(r"[0-9a-f-]{8,64}")
_NUMBER = re.compile(r"[0-9]{1,5}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Ask:
    """A fact as a field. ``options`` have the clause of each; ``hint`` says which answers let it happen."""

    id: str
    fact: Fact
    required: bool
    options: tuple[tuple[str, str], ...]
    hint: str
    cite: str
    typed: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the field."""
        return _FACT + self.fact.name

    @property
    def shape(self) -> str:
        """Which field it is: radio, select, date or number."""
        if self.fact.kind is FactKind.DATE:
            return "date"
        if self.fact.kind is FactKind.NUMBER:
            return "number"
        return "select" if len(self.options) >= MANY else "radio"


@dataclass(slots=True)
class Paper:
    """A material as a box to tick; ``case`` says when it is asked for at all."""

    name: str
    cite: str
    later: bool
    case: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong, and the id of the field where."""

    words: str
    at: str


@dataclass(slots=True)
class EventForm:
    """The form of one event. ``ends``: the final state it leads to; ``owed``: the papers still missing."""

    id: str
    event: EventType
    actors: tuple[str, ...]
    seen: int
    today: date
    timed: bool
    asks: tuple[Ask, ...]
    papers: tuple[Paper, ...]
    owed: tuple[Paper, ...]
    ends: str
    key: str = field(default_factory=lambda: str(uuid4()))
    actor: str = ""
    day: str = ""
    time: str = ""
    day_error: str = ""
    papers_error: str = ""
    wrong: list[Wrong] = field(default_factory=list)

    def fill(self, typed: Typed, reasons: list[str]) -> None:
        """Put back what was typed, and say at each field what is wrong with it."""
        self.actor, self.day, self.time = typed.actor, typed.day, typed.time
        for ask in self.asks:
            ask.typed = typed.facts.get(ask.fact.name, "")
        for paper in (*self.papers, *self.owed):
            paper.ticked = paper.name in typed.papers
        if typed.day_error:
            self.day_error = typed.day_error
            self.wrong.append(Wrong(typed.day_error, f"{self.id}-day"))
        for ask in self.asks:
            if ask.fact.name in typed.errors:
                ask.error = typed.errors[ask.fact.name]
                self.wrong.append(Wrong(f"{ask.fact.asks}：{ask.error}", ask.id))
        asked = {ask.fact.name for ask in self.asks}
        for name, words in typed.errors.items():
            if name not in asked:
                self.wrong.append(Wrong(f"{name}：{words}", f"{self.id}-day"))
        for reason in reasons:
            self._refuse(reason)

    def _refuse(self, reason: str) -> None:
        for ask in self.asks:
            if f"「{ask.fact.name}」" in reason and not ask.error:
                ask.error = f"{reason}。"
                self.wrong.append(Wrong(ask.error, ask.id))
                return
        for paper in self.papers:
            if f"「{paper.name}」" in reason:
                self.papers_error += f"{reason}。"
                self.wrong.append(Wrong(f"{reason}。", f"{self.id}-papers"))
                return
        self.wrong.append(Wrong(f"{reason}。", f"{self.id}-day"))


@dataclass(slots=True)
class Typed:
    """What came with a form, as typed, and what is wrong with it before anybody is asked."""

    event: str
    actor: str
    key: str
    seen: int | None
    day: str
    time: str
    facts: Mapping[str, str]
    papers: tuple[str, ...]
    when: Moment | None = None
    values: dict[str, Value] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    day_error: str = ""

    @property
    def act(self) -> Act | None:
        """The act that is asked for; ``None`` while something is wrong."""
        if self.when is None or self.errors:
            return None
        return Act(self.event, self.when, self.actor, self.key, self.values, self.papers, self.seen)


def event_form(
    definition: Definition,
    case: Case,
    event: EventType,
    *,
    id: str,
    actors: tuple[str, ...],
    seen: int,
    today: date,
    owed: tuple[Paper, ...] = (),
) -> EventForm:
    """The form of an event in a case as it stands."""
    target = definition.states.get(event.target)
    own = [one.name for one in event.materials]
    return EventForm(
        id=id,
        event=event,
        actors=actors,
        actor=actors[0] if actors else "",
        seen=seen,
        today=today,
        day=today.isoformat(),
        timed=timed(definition),
        asks=tuple(_asks(definition, case, event, id)),
        papers=tuple(Paper(one.name, one.cite, one.later, _when(one)) for one in event.materials),
        owed=tuple(replace(one) for one in owed if one.name not in own),
        ends=target.name if target and target.final else "",
    )


def timed(definition: Definition) -> bool:
    """Tell whether something of it is counted in hours or minutes, so that the time of day matters."""
    clocks = any(one.unit.of_time for one in definition.clocks.values())
    return clocks or any(one.unit is not None and one.unit.of_time for one in definition.duties.values())


def missing_papers(definition: Definition, case: Case, events: Iterable[str]) -> tuple[Paper, ...]:
    """The papers that could come later, of the events that happened, and have not come yet.

    ``case`` says of a paper in which case it is needed, where nobody has said whether it is that case.
    """
    found: dict[str, Paper] = {}
    for name in events:
        for one in definition.events[name].materials:
            value = case.facts.get(one.fact) if one.fact else None
            if not one.later or one.name in case.materials:
                continue
            if one.fact and value is None:
                found.setdefault(one.name, Paper(one.name, one.cite, True, _when(one)))
            elif value is None or written(value) in one.values:
                found[one.name] = Paper(one.name, one.cite, True)
    return tuple(found.values())


def _when(material: Material) -> str:
    return f"{material.fact}是“{'”或“'.join(material.values)}”时" if material.fact else ""


def _asks(definition: Definition, case: Case, event: EventType, id: str) -> Iterator[Ask]:
    """The facts to be stated with an event: those it cannot do without first, then those that help."""
    seen: set[str] = set()
    for name, allowed, cite, required in _wanted(definition, case, event):
        if name in seen:
            continue
        seen.add(name)
        fact = definition.facts[name]
        known = case.facts.get(name)
        if fact.kind is FactKind.FLAG:
            options = tuple((word, "") for word in ("是", "否"))
            hint = f"要是“{'”或“'.join(allowed)}”才能办" if allowed else ""
        else:
            options = tuple((o, c) for o, c in fact.options.items() if not allowed or o in allowed)
            hint = "这件事只能是这样" if allowed and len(options) == 1 else ""
        yield Ask(
            f"{id}-fact{len(seen)}",
            fact,
            required,
            options,
            hint,
            cite,
            typed=written(known) if known is not None else "",
        )


def _wanted(
    definition: Definition, case: Case, event: EventType
) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    for guard in event.guards:
        known = case.facts.get(guard.fact)
        fits = known is not None and (not guard.values or written(known) in guard.values)
        if guard.anew or not fits:
            yield guard.fact, guard.values, guard.cite, True
    for clock in definition.clocks.values():
        if clock.fact and event.name in clock.starts:
            yield clock.fact, (), clock.cite, True
        for one in clock.extensions:
            if one.event == event.name and one.fact:
                yield one.fact, (), one.cite, True
    starting: list[Clock | Duty] = [*definition.clocks.values(), *definition.duties.values()]
    for each in starting:
        if each.when and event.name in each.starts and each.when.fact not in case.facts:
            yield each.when.fact, (), each.cite, True
    for chain in definition.chains.values():
        if chain.by and event.name in chain.asks and chain.by not in case.facts:
            yield chain.by, (), chain.cite, True
    for material in event.materials:
        if material.fact and material.fact not in case.facts:
            yield material.fact, (), definition.facts[material.fact].cite, not material.later


def plain(text: str) -> str:
    """What was typed without characters that nobody types, and without blanks around it."""
    return _CONTROL.sub("", text).strip()


def read(given: QueryDict, definition: Definition) -> Typed:
    """What came with a form; every fact of the definition is read, whether it was asked for or not."""
    key = given.get("key", "")
    seen = given.get("seen", "")
    if not _KEY.fullmatch(key) or not (seen == "" or _NUMBER.fullmatch(seen)):
        raise BadRequest("表单不完整，请回到案件页再办。")
    known = {one.name for event in definition.events.values() for one in event.materials}
    typed = Typed(
        event=given.get("event", ""),
        actor=given.get("actor", ""),
        key=key,
        seen=int(seen) if seen else None,
        day=plain(given.get("day", ""))[:20],
        time=plain(given.get("time", ""))[:10],
        facts={name: text for name in definition.facts if (text := plain(given.get(_FACT + name, ""))[:60])},
        papers=tuple(dict.fromkeys(name for name in given.getlist("paper") if name in known)),
    )
    _read_day(typed)
    if typed.when is not None and not typed.time and timed(definition):
        typed.when = None
        typed.day_error = "这个程序有按小时或分钟算的期限，请把几点几分也写上。"
    for name, text in typed.facts.items():
        value = _value(definition.facts[name].kind, text)
        if isinstance(value, BadRequest):
            typed.errors[name] = str(value)
        else:
            typed.values[name] = value
    return typed


def _read_day(typed: Typed) -> None:
    try:
        day = read_date(typed.day)
    except BadRequest as error:
        typed.day_error = str(error) if typed.day else "请写上是哪一天的事。"
        return
    if not typed.time:
        typed.when = day
        return
    try:
        at = time.fromisoformat(typed.time)
    except ValueError:
        typed.day_error = f"“{typed.time}”不是一个时刻，请写成 09:30 这样。"
        return
    typed.when = datetime.combine(day, at.replace(tzinfo=None), BEIJING)


def read_date(text: str) -> date:
    """A day written 2025-03-04. Raises BadRequest with a sentence."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"“{text[:20]}”不是一个日期，请写成 2025-03-04 这样。") from None
    if not 2000 <= day.year <= 2099:
        raise BadRequest(f"{day.year} 年不对，请核对。")
    return day


def _value(kind: FactKind, text: str) -> Value | BadRequest:
    if kind is FactKind.FLAG:
        return text == "是" if text in ("是", "否") else BadRequest("请选“是”或者“否”。")
    if kind is FactKind.NUMBER:
        return int(text) if _NUMBER.fullmatch(text) else BadRequest(f"“{text}”不是一个整数，请写成 30 这样。")
    if kind is FactKind.DATE:
        try:
            return read_date(text)
        except BadRequest as error:
            return error
    return text
