"""A procedure in the order in which people ask: who, step by step, with what, until when, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from huiqi.portal.pages.public.dates import EARLIEST
from huiqi.portal.procedures import selectors
from huiqi.procedures import Definition
from huiqi.procedures.composite import Merged, merged_materials, saving_words, savings
from huiqi.procedures.definition import Actor, Chain, Clock, Condition, Duty, EventType, Fact, Material
from huiqi.procedures.reach import going, reached
from huiqi.procedures.shape import Expiry, FactKind

_LIMITS = 4  # named in the list before the rest is counted
_ACTORS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Words and the clause that they rest on."""

    words: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Expires:
    """What happens when a clock runs out: how, in words, and with which clause."""

    by_itself: bool
    words: str
    cite: str


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done: by whom and with what; ``perhaps`` are materials of some cases only."""

    event: EventType
    who: tuple[str, ...]
    needs: tuple[Said, ...]
    materials: tuple[str, ...]
    perhaps: tuple[str, ...]
    notices: tuple[Said, ...]
    chain: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A state: what leads on, what can be done meanwhile, and the clocks that run in it."""

    name: str
    cite: str
    final: bool
    silent: str
    moves: tuple[Move, ...]
    meanwhile: tuple[Move, ...]
    clocks: tuple[tuple[Clock, Expires], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A material: in which cases, with which events, and whether it may come later."""

    material: Material
    case: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The materials that some actors see to; ``handed_in`` when they bring them to somebody else."""

    who: tuple[str, ...]
    papers: tuple[Paper, ...]
    handed_in: bool


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A clock as a row of the table."""

    clock: Clock
    case: str
    pauses: tuple[Said, ...]
    extensions: tuple[Said, ...]
    expires: Expires


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A way of approval in one case: who asks for what, and who agrees one after the other."""

    case: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a procedure, and a day on which it is in force."""

    definition: Definition
    day: date
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure as the list shows it."""

    definition: Definition
    in_force: bool
    actors: str
    limits: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything of a procedure that does not depend on who looks.

    ``joined`` and ``savings`` are the one set of materials and what it saves, where matters are joined;
    ``linked`` are the ids of procedures that have a page.
    """

    actors: tuple[Actor, ...]
    shielded: tuple[Actor, ...]
    steps: tuple[Step, ...]
    anytime: tuple[Move, ...]
    papers: tuple[Papers, ...]
    limits: tuple[TimeLimit, ...]
    duties: tuple[tuple[Duty, str], ...]
    chains: tuple[tuple[Chain, tuple[ChainLine, ...]], ...]
    choices: tuple[Fact, ...]
    joined: tuple[Merged, ...]
    savings: tuple[str, ...]
    linked: frozenset[str]


def rows(day: date) -> list[Row]:
    """The list of procedures on a day."""
    return [_row(definition, day) for definition in selectors.listed(day)]


def _row(definition: Definition, day: date) -> Row:
    actors = [actor.name for actor in people(definition)]
    named = [f"{clock.name} {clock.allowed}" for clock in definition.clocks.values() if not clock.fact]
    named = named or [f"{duty.name} {duty.allowed}" for duty in definition.duties.values() if duty.unit]
    return Row(
        definition,
        definition.in_force(day),
        _first(actors, _ACTORS, "方"),
        _first(named, _LIMITS, "项"),
    )


def _first(words: list[str], most: int, counter: str) -> str:
    shown = "、".join(words[:most])
    return f"{shown}等 {len(words)} {counter}" if len(words) > most else shown


def versions(definition: Definition) -> list[Version]:
    """All versions of the same procedure, the newest first."""
    found = reversed(selectors.versions(definition.id))
    return [Version(one, max(one.since, EARLIEST), one.since == definition.since) for one in found]


def people(definition: Definition) -> list[Actor]:
    """Those who act or are told, without the running out of time where it is written as an actor."""
    fired = _fired(definition)
    acts: dict[str, set[str]] = {}
    for event in definition.events.values():
        for actor in event.actors:
            acts.setdefault(actor, set()).add(event.name)
    return [one for one in definition.actors.values() if not acts.get(one.name) or acts[one.name] - fired]


def _fired(definition: Definition) -> set[str]:
    """The events that happen by themselves."""
    return {one.fires for one in definition.clocks.values() if one.expiry is Expiry.AUTOMATIC}


def told(definition: Definition) -> Told:
    """A version in words, worked out once."""
    return _told(definition.path)


@lru_cache(maxsize=256)
def _told(path: Path) -> Told:
    definition = selectors.written_in(path)
    acting = people(definition)
    always = _anytime(definition)
    composite = definition.composite
    return Told(
        actors=tuple(acting),
        shielded=tuple(one for one in acting if one.seen_by),
        steps=tuple(_steps(definition, always)),
        anytime=tuple(_moves(definition, always)),
        papers=tuple(_papers(definition)),
        limits=tuple(_limit(definition, clock) for clock in definition.clocks.values()),
        duties=tuple((duty, _case(duty.when)) for duty in definition.duties.values()),
        chains=tuple(
            (chain, tuple(_chain_lines(definition, chain.name))) for chain in definition.chains.values()
        ),
        choices=tuple(fact for fact in definition.facts.values() if fact.options),
        joined=merged_materials(composite) if composite else (),
        savings=tuple(map(saving_words, savings(composite))) if composite else (),
        linked=frozenset(one.id for one in selectors.procedures()),
    )


def _anytime(definition: Definition) -> list[EventType]:
    """The events that may happen wherever a case stands: they are told once."""
    between = {
        name for name, state in definition.states.items() if not state.final and name != definition.first
    }
    return [
        event
        for event in definition.events.values()
        if not event.target and len(between) > 2 and between <= set(event.sources)
    ]


def _steps(definition: Definition, always: list[EventType]) -> Iterator[Step]:
    found = reached(definition)
    for name, state in definition.states.items():
        running = {clock for place, runs in found.places if place == name for clock in going(runs)}
        here = [e for e in definition.events.values() if name in e.sources and e not in always]
        leads = [event for event in here if event.target not in ("", name)]
        yield Step(
            name=name,
            cite=state.cite,
            final=state.final,
            silent=state.silent,
            moves=tuple(_moves(definition, leads)),
            meanwhile=tuple(_moves(definition, (event for event in here if event not in leads))),
            clocks=()
            if state.final
            else tuple(
                (clock, expires(definition, clock))
                for clock in definition.clocks.values()
                if clock.name in running
            ),
        )


def _moves(definition: Definition, events: Iterable[EventType]) -> Iterator[Move]:
    """What people do; what happens by itself is told with the clock."""
    names = {actor.name for actor in people(definition)}
    granting = {chain.grants for chain in definition.chains.values()}
    for event in events:
        who = tuple(actor for actor in event.actors if actor in names)
        if who:
            yield Move(
                event=event,
                who=who,
                needs=tuple(_needs(definition, event)),
                materials=tuple(one.name for one in event.materials if not one.fact),
                perhaps=tuple(dict.fromkeys(one.name for one in event.materials if one.fact)),
                notices=tuple(
                    Said(f"{'书面' if one.written else ''}告诉{one.to}：{one.about}", one.cite)
                    for one in event.notices
                ),
                chain=event.name in granting,
            )


def _needs(definition: Definition, event: EventType) -> Iterator[Said]:
    for guard in event.guards:
        fact = definition.facts[guard.fact]
        if not guard.values:
            words = f"写明{fact.asks}"
        elif fact.kind is FactKind.FLAG:
            words = f"{fact.asks}——要“{'”或“'.join(guard.values)}”"
        else:
            words = f"{fact.asks}——只限“{'”“'.join(guard.values)}”"
        yield Said(words, guard.cite)


def _paper_case(material: Material) -> str:
    return f"{material.fact}是“{'”“'.join(material.values)}”时" if material.fact else ""


def _case(condition: Condition | None) -> str:
    return f"只在{condition.fact}是“{'”“'.join(condition.values)}”时" if condition else ""


def expires(definition: Definition, clock: Clock) -> Expires:
    """What happens when a clock runs out."""
    if clock.expiry is Expiry.MARKED:
        return Expires(False, f"记下“{clock.says}”，办理不停", clock.expiry_cite)
    event = definition.events[clock.fires]
    leads = f"，转到“{event.target}”" if event.target else ""
    if clock.expiry is Expiry.AUTOMATIC:
        return Expires(True, f"不用谁来办，自动“{clock.fires}”{leads}", clock.expiry_cite)
    who = "、".join(event.actors)
    return Expires(False, f"可以“{clock.fires}”{leads}，由{who}决定，不会自动发生", clock.expiry_cite)


def _papers(definition: Definition) -> Iterator[Papers]:
    """The same paper that comes with several events is told once."""
    seen: dict[Material, list[EventType]] = {}
    for event in definition.events.values():
        for material in event.materials:
            seen.setdefault(material, []).append(event)
    groups: dict[tuple[str, ...], list[Paper]] = {}
    for material, events in seen.items():
        who = tuple(dict.fromkeys(actor for event in events for actor in event.actors))
        who = (material.by,) if material.by else who
        paper = Paper(material, _paper_case(material), tuple(event.name for event in events))
        groups.setdefault(who, []).append(paper)
    for names, papers in groups.items():
        yield Papers(names, tuple(papers), any(paper.material.by for paper in papers))


def _limit(definition: Definition, clock: Clock) -> TimeLimit:
    return TimeLimit(
        clock=clock,
        case=_case(clock.when),
        pauses=tuple(Said(f"“{one.since}”到“{one.until}”之间", one.cite) for one in clock.pauses),
        extensions=tuple(extensions(definition, clock)),
        expires=expires(definition, clock),
    )


def extensions(definition: Definition, clock: Clock) -> Iterator[Said]:
    """Who may add how much to a clock."""
    for one in clock.extensions:
        who = "、".join(definition.events[one.event].actors)
        much = clock.unit.amount(one.length) if one.length else f"多少由“{one.fact}”写明"
        times = f"，最多 {one.times} 次" if one.times > 1 else ""
        after = f"，先要有过“{one.after}”" if one.after else ""
        yield Said(f"{who}可以“{one.event}”：{much}{times}{after}", one.cite)


def _chain_lines(definition: Definition, name: str) -> Iterator[ChainLine]:
    chain = definition.chains[name]
    asking = "、".join(dict.fromkeys(who for event in chain.asks for who in definition.events[event].actors))
    last = "、".join(definition.events[chain.grants].actors)
    for value, levels in chain.levels.items():
        case = f"{chain.by}是“{value}”" if value else ""
        path = (
            f"{asking}（{'、'.join(chain.asks)}）",
            *(f"{level}（{chain.agrees}）" for level in levels),
            f"{last}（{chain.grants}）",
        )
        yield ChainLine(case, path)


def case_words(when: Mapping[str, tuple[str, ...]], column: str) -> str:
    """What a row of a decision table wants in a column."""
    return "、".join(when[column]) if column in when else "不限"
