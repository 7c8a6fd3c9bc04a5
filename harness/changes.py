"""One small change to a definition at a time: every number, unit, actor, target, effect and row once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from huiqi.clocks import Unit
from huiqi.procedures import Definition
from huiqi.procedures.definition import Chain, Clock, Duty, EventType, ExtensionRule, Guard, Row, Table
from huiqi.procedures.shape import Expiry

Part = Any
Changed = Iterator[tuple[str, Part]]

OTHER_UNIT = {
    Unit.WORKING_DAY: Unit.DAY,
    Unit.DAY: Unit.WORKING_DAY,
    Unit.MONTH: Unit.DAY,
    Unit.YEAR: Unit.MONTH,
    Unit.HOUR: Unit.WORKING_DAY,
    Unit.MINUTE: Unit.HOUR,
}


@dataclass(frozen=True)
class Mutant:
    """A definition with one thing changed, and which."""

    words: str
    definition: Definition


def mutants(definition: Definition) -> Iterator[Mutant]:
    """Give every changed definition, always in the same order."""
    kinds: tuple[tuple[str, str, Callable[[Definition, Any], Changed]], ...] = (
        ("event", "events", _event),
        ("clock", "clocks", _clock),
        ("duty", "duties", _duty),
        ("chain", "chains", _chain),
        ("table", "tables", _table),
        ("state", "states", _state),
        ("fact", "facts", _fact),
        ("parameter", "parameters", _parameter),
    )
    for kind, field, changes in kinds:
        parts: Mapping[str, Any] = getattr(definition, field)
        for name, part in parts.items():
            for words, changed in changes(definition, part):
                mutated: Any = {field: {**parts, name: changed}}
                yield Mutant(f"{kind} {name}: {words}", replace(definition, **mutated))
    yield Mutant("in force: a day later", replace(definition, since=definition.since + timedelta(1)))
    yield Mutant("in force: a day earlier", replace(definition, since=definition.since - timedelta(1)))


def _without(part: Part, field: str, each: Callable[[Any], str] = str) -> Changed:
    """Drop each of a list once."""
    items: Sequence[Any] = getattr(part, field)
    for place, item in enumerate(items):
        left: Any = {field: (*items[:place], *items[place + 1 :])}
        yield f"{field} without {each(item)}", replace(part, **left)


def _inside(part: Part, field: str, changes: Callable[[Any], Changed], each: Callable[[Any], str]) -> Changed:
    """Change each of a list once."""
    items: Sequence[Any] = getattr(part, field)
    for place, item in enumerate(items):
        for words, changed in changes(item):
            put: Any = {field: (*items[:place], changed, *items[place + 1 :])}
            yield f"{field} {each(item)} {words}", replace(part, **put)


def _flipped(part: Part, *fields: str) -> Changed:
    for field in fields:
        other: Any = {field: not getattr(part, field)}
        yield f"{field} {other[field]}", replace(part, **other)


def _number(part: Part, field: str) -> Changed:
    number: int = getattr(part, field)
    for other in (number - 1, number + 1) if number > 0 else ():
        put: Any = {field: other}
        yield f"{field} {number} to {other}", replace(part, **put)


def _after(names: Mapping[str, Any], taken: Sequence[str], place: str) -> str:
    """The name that follows in the list and is not taken yet, empty when all are."""
    all_names = list(names)
    start = all_names.index(place) if place in all_names else -1
    turned = (*all_names[start + 1 :], *all_names[: start + 1])
    return next((each for each in turned if each not in taken), "")


def _event(definition: Definition, event: EventType) -> Changed:
    yield from _actors(definition, event)
    yield from _without(event, "sources")
    added = _after(definition.states, event.sources, event.sources[-1] if event.sources else "")
    if added and event.sources:
        yield f"sources with {added}", replace(event, sources=(*event.sources, added))
    other = _after(definition.states, (event.target,), event.target)
    yield f"target {event.target or 'none'} to {other}", replace(event, target=other)
    if event.target:
        yield "target dropped", replace(event, target="")
    yield from _without(event, "guards", lambda each: str(each.fact))
    yield from _inside(event, "guards", lambda each: _guard(definition, each), lambda each: str(each.fact))
    yield from _without(event, "materials", lambda each: str(each.name))
    yield from _inside(event, "materials", lambda each: _flipped(each, "later"), lambda each: str(each.name))
    yield from _inside(event, "materials", lambda each: _without(each, "values"), lambda each: str(each.name))
    yield from _without(event, "notices", lambda each: f"{each.to} {each.about}")


def _actors(definition: Definition, event: EventType) -> Changed:
    for actor, cite in event.actors.items():
        rest = {name: why for name, why in event.actors.items() if name != actor}
        if rest:
            yield f"actors without {actor}", replace(event, actors=rest)
        other = _after(definition.actors, list(event.actors), actor)
        if other:
            yield f"actor {actor} to {other}", replace(event, actors={**rest, other: cite})


def _guard(definition: Definition, guard: Guard) -> Changed:
    yield from _flipped(guard, "anew")
    if len(guard.values) > 1:
        yield from _without(guard, "values")
    fact = definition.facts.get(guard.fact)
    options = list(fact.options) if fact is not None else []
    if guard.values and options:
        added = next((each for each in options if each not in guard.values), "")
        if added:
            yield f"values with {added}", replace(guard, values=(*guard.values, added))
    if guard.values in (("是",), ("否",)):
        other = "否" if guard.values == ("是",) else "是"
        yield f"values {other}", replace(guard, values=(other,))


def _clock(definition: Definition, clock: Clock) -> Changed:
    if not clock.fact:
        yield from _number(clock, "length")
        yield f"unit {OTHER_UNIT[clock.unit]}", replace(clock, unit=OTHER_UNIT[clock.unit])
    if clock.when is not None:
        yield "when dropped", replace(clock, when=None)
    for words, rule in _flipped(clock.rule, "rolls", "day_left_after_pause"):
        yield f"rule {words}", replace(clock, rule=rule)
    yield from _listed(definition, clock, "starts")
    yield from _listed(definition, clock, "stops")
    yield from _without(clock, "pauses", lambda each: f"{each.since} to {each.until}")
    yield from _without(clock, "extensions", lambda each: str(each.event))
    yield from _inside(clock, "extensions", _extension, lambda each: str(each.event))
    for mode in Expiry:
        if mode is not clock.expiry and (mode is not Expiry.AUTOMATIC or clock.fires):
            yield f"expiry {mode}", replace(clock, expiry=mode)
    if clock.fires:
        other = _after(definition.events, (clock.fires,), clock.fires)
        yield f"fires {other}", replace(clock, fires=other)


def _listed(definition: Definition, part: Clock | Duty, field: str) -> Changed:
    """Drop each event of a list, and add one that is not in it."""
    names: Sequence[str] = getattr(part, field)
    if len(names) > 1 or field != "starts":
        yield from _without(part, field)
    added = _after(definition.events, names, names[-1] if names else "")
    if added:
        put: Any = {field: (*names, added)}
        yield f"{field} with {added}", replace(part, **put)


def _extension(rule: ExtensionRule) -> Changed:
    yield from _number(rule, "length")
    yield from _number(rule, "times")
    if rule.after:
        yield "after dropped", replace(rule, after="")


def _duty(definition: Definition, duty: Duty) -> Changed:
    if duty.unit is not None:
        yield from _number(duty, "length")
        yield f"unit {OTHER_UNIT[duty.unit]}", replace(duty, unit=OTHER_UNIT[duty.unit])
    if duty.when is not None:
        yield "when dropped", replace(duty, when=None)
        for words, when in _without(duty.when, "values"):
            yield f"when {words}", replace(duty, when=when)
    yield from _listed(definition, duty, "starts")
    yield from _listed(definition, duty, "done")
    other = _after(definition.actors, duty.who, duty.who[-1] if duty.who else "")
    yield f"who {other}", replace(duty, who=(*duty.who[:-1], other))


def _chain(definition: Definition, chain: Chain) -> Changed:
    yield from _without(chain, "asks")
    yield from _without(chain, "returns")
    for key, levels in chain.levels.items():
        for place, level in enumerate(levels):
            left = (*levels[:place], *levels[place + 1 :])
            yield f"levels {key} without {level}", replace(chain, levels={**chain.levels, key: left})
        if len(levels) > 1:
            yield f"levels {key} turned round", replace(chain, levels={**chain.levels, key: levels[::-1]})


def _table(definition: Definition, table: Table) -> Changed:
    yield from _without(table, "rows", lambda row: _row_named(table, row))
    yield from _inside(table, "rows", lambda row: _row(table, row), lambda row: _row_named(table, row))
    for place in range(len(table.rows) - 1):
        rows = list(table.rows)
        rows[place : place + 2] = rows[place + 1], rows[place]
        yield f"rows {place + 1} and {place + 2} turned round", replace(table, rows=tuple(rows))


def _row_named(table: Table, row: Row) -> str:
    return f"{table.rows.index(row) + 1}"


def _row(table: Table, row: Row) -> Changed:
    other = next((each.gives for each in table.rows if each.gives != row.gives), "")
    yield f"gives {other}", replace(row, gives=other)
    for column, values in row.when.items():
        for value in values if len(values) > 1 else ():
            left = tuple(each for each in values if each != value)
            yield f"{column} without {value}", replace(row, when={**row.when, column: left})
        rest = {name: each for name, each in row.when.items() if name != column}
        yield f"{column} dropped", replace(row, when=rest)


def _state(definition: Definition, state: Part) -> Changed:
    yield from _flipped(state, "final")


def _fact(definition: Definition, fact: Part) -> Changed:
    for option in fact.options if len(fact.options) > 1 else ():
        left = {name: cite for name, cite in fact.options.items() if name != option}
        yield f"options without {option}", replace(fact, options=left)


def _parameter(definition: Definition, parameter: Part) -> Changed:
    yield from _number(parameter, "length")
