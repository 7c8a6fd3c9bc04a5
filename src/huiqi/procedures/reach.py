"""Where a case can get to, whatever the facts and days: states together with the clocks that run in them.

Guards are left out, so this finds every place that a case could reach and some that it cannot; what is wrong
in one of them is worth a look by the author in any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic
from huiqi.procedures.definition import Definition
from huiqi.procedures.shape import Expiry, ProcedureFile

Run = tuple[str, frozenset[int]]
"""A clock that has not been stopped, and the numbers of its pauses that go on."""
Place = tuple[str, frozenset[Run]]
"""A state, and the clocks in it."""


@dataclass(frozen=True)
class Reached:
    """Every place, and the events that can happen somewhere."""

    places: frozenset[Place]
    events: frozenset[str]


def reached(definition: Definition) -> Reached:
    """Follow every event from every place; 提请 and 自动 events are among the events."""
    begin: Place = (definition.first, frozenset())
    places, todo, events = {begin}, [begin], set[str]()
    while todo:
        state, runs = todo.pop()
        if definition.states[state].final:
            continue
        for event in definition.events.values():
            if state not in event.sources or not _possible(definition, event.name, runs):
                continue
            events.add(event.name)
            for after in _after(definition, runs, event.name):
                place = (event.target or state, after)
                if place not in places:
                    places.add(place)
                    todo.append(place)
    return Reached(frozenset(places), frozenset(events))


def _after(definition: Definition, runs: frozenset[Run], event: str) -> Iterator[frozenset[Run]]:
    """The clocks that run afterwards: an answer for each value of the facts that decide which start."""
    after: set[Run] = set()
    for name, paused in runs:
        clock = definition.clocks[name]
        if event in clock.stops or event in clock.starts:
            continue
        ended = {at for at, rule in enumerate(clock.pauses) if rule.until == event}
        begun = {at for at, rule in enumerate(clock.pauses) if rule.since == event}
        after.add((name, (paused | begun) - ended))
    starting = [clock for clock in definition.clocks.values() if event in clock.starts]
    deciding = sorted({clock.when.fact for clock in starting if clock.when})
    for values in product(*(_values(definition, fact) for fact in deciding)):
        case = dict(zip(deciding, values, strict=True))
        fresh: set[Run] = {
            (clock.name, frozenset[int]())
            for clock in starting
            if clock.when is None or case[clock.when.fact] in clock.when.values
        }
        yield frozenset(after | fresh)


def _values(definition: Definition, fact: str) -> tuple[str, ...]:
    return tuple(definition.facts[fact].options) or ("是", "否")


def going(runs: frozenset[Run]) -> frozenset[str]:
    """The clocks that run and are not paused."""
    return frozenset(name for name, paused in runs if not paused)


def _possible(definition: Definition, event: str, runs: frozenset[Run]) -> bool:
    """An event that a clock fires or proposes needs one that runs."""
    firing = {c.name for c in definition.clocks.values() if c.fires == event}
    return not firing or bool(firing & going(runs))


def find_gaps(definition: Definition, file: ProcedureFile) -> Iterator[Diagnostic]:
    """States that nobody leads to, that wait without a clock, and expiries that would find no way on."""
    found = reached(definition)
    at_state = {str(name): name.at for name in file.states}
    at_event = {str(name): name.at for name in file.events}
    reached_states = {state for state, _ in found.places}
    for name, state in definition.states.items():
        if name not in reached_states:
            yield error_at(at_state[name], f"状态「{name}」到不了", "没有一串事件从起点走到这里")
            continue
        waits = any(not going(runs) for place, runs in found.places if place == name)
        if not state.final and waits and not state.silent:
            hint = "给它一个期限；条文确实没有写的，写「静默: {因, 依据}」"
            yield error_at(at_state[name], f"状态「{name}」可能既没有期限在走，也没有声明静默", hint)
        ways = any(
            name in event.sources and event.target not in ("", name) for event in definition.events.values()
        )
        if not state.final and not ways:
            yield error_at(
                at_state[name], f"状态「{name}」出不去", "写一个从这里出发的事件，或写「终点: 是」"
            )
    for name in definition.events:
        if name not in found.events and set(definition.events[name].sources) & reached_states:
            yield error_at(
                at_event[name], f"事件「{name}」永远不会发生", "使它自动发生的期限不在那些状态里走"
            )
    yield from find_stuck(definition, file)


def find_stuck(definition: Definition, file: ProcedureFile, when: str = "") -> Iterator[Diagnostic]:
    """Clocks that can run out where the event they fire cannot happen."""
    found = reached(definition)
    at_clock = {str(name): name.at for name in file.clocks}
    for name, clock in definition.clocks.items():
        stuck = sorted(
            state
            for state, runs in found.places
            if name in going(runs)
            and clock.expiry is Expiry.AUTOMATIC
            and not definition.states[state].final
            and state not in definition.events[clock.fires].sources
        )
        if stuck:
            words = f"{when}期限「{name}」可能在「{stuck[0]}」届满，那里却不能「{clock.fires}」"
            yield error_at(
                at_clock[name], words, f"把「{stuck[0]}」写进「{clock.fires}」的「从」，或让期限先停"
            )
