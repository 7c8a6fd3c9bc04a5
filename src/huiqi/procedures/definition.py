"""A procedure as the kernel works on it: plain, checked, unchangeable, its names resolved.

Every part carries ``cite``, the clause it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from huiqi.clocks import CountingRule, Unit
from huiqi.procedures.composite import Composite
from huiqi.procedures.shape import Expiry, FactKind
from huiqi.procedures.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who may act or is told; ``who`` says who that is.

    ``seen_by``: the only actors who may see who this is in a case, empty when nothing is said about it;
    ``shield_cite`` is where it is said.
    """

    name: str
    who: str
    seen_by: tuple[str, ...]
    shield_cite: str
    cite: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the case; ``options`` are the allowed values with the clause of each."""

    name: str
    kind: FactKind
    asks: str
    options: Mapping[str, str]
    cite: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand; ``silent`` says why it has no clock, empty when it has one."""

    name: str
    final: bool
    silent: str
    cite: str


@dataclass(frozen=True, slots=True)
class Guard:
    """A fact that must have one of ``values``, or any when there are none; ``anew``: with this event."""

    fact: str
    values: tuple[str, ...]
    anew: bool
    cite: str


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that comes with an event, if ``fact`` is one of ``values``; without it nothing happens.

    ``by`` is the actor who hands it in, empty when whoever does the event has it. ``later``: its lack is
    noted and does not refuse the event.
    """

    name: str
    fact: str
    values: tuple[str, ...]
    later: bool
    by: str
    cite: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told what after an event."""

    to: str
    about: str
    written: bool
    cite: str


@dataclass(frozen=True, slots=True)
class EventType:
    """What somebody can do. ``actors`` maps who may to the clause; ``target`` is empty when nothing moves."""

    name: str
    actors: Mapping[str, str]
    sources: tuple[str, ...]
    target: str
    guards: tuple[Guard, ...]
    materials: tuple[Material, ...]
    notices: tuple[Notice, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact that must have one of ``values``."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A length that the text leaves to another rule; ``length`` is 0 while it is not known."""

    name: str
    asks: str
    length: int
    unit: Unit
    source: str
    cite: str


@dataclass(frozen=True, slots=True)
class PauseRule:
    """The time from one event to another does not count."""

    since: str
    until: str
    cite: str


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """An event adds ``length``, or the number that ``fact`` states; at most ``times`` times, or 0 for any.

    ``after`` is the extension that must come before, empty when none must.
    """

    event: str
    length: int
    fact: str
    times: int
    after: str
    cite: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time whose end changes the case or is written down.

    ``fact`` names the date up to which it runs, when the text leaves the date to a notice; its length is then
    counted in days from the start. ``when`` says in which cases it starts at all.
    """

    name: str
    length: int
    unit: Unit
    fact: str
    when: Condition | None
    rule: CountingRule
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    pauses: tuple[PauseRule, ...]
    extensions: tuple[ExtensionRule, ...]
    expiry: Expiry
    fires: str
    says: str
    expiry_cite: str
    cite: str

    @property
    def allowed(self) -> str:
        """Its length in words."""
        return f"到「{self.fact}」写明的日期" if self.fact else self.unit.amount(self.length)


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline that does not change the state; ``unit`` is ``None`` when the text sets no time.

    ``when`` says in which cases it arises at all; ``set_by`` names the rule that the text leaves the time to.
    """

    name: str
    who: tuple[str, ...]
    does: str
    length: int
    unit: Unit | None
    set_by: str
    when: Condition | None
    starts: tuple[str, ...]
    done: tuple[str, ...]
    cite: str

    @property
    def allowed(self) -> str:
        """Its length in words."""
        if self.unit:
            return self.unit.amount(self.length)
        return f"{self.set_by}，还没有填" if self.set_by else "没有写期限"


@dataclass(frozen=True, slots=True)
class Chain:
    """Approval by levels: after one of ``asks`` each level ``agrees`` in turn, then ``grants`` may happen.

    ``by`` is the fact that decides the levels; empty, under the key ``""``, when they are always the same.
    """

    name: str
    asks: tuple[str, ...]
    agrees: str
    grants: str
    returns: tuple[str, ...]
    by: str
    levels: Mapping[str, tuple[str, ...]]
    cite: str


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that may be made after one of ``events``, numbered in ``series``, from a Word ``template``."""

    name: str
    events: tuple[str, ...]
    to: str
    series: str
    template: Path
    cite: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a decision table: columns with the values that fit."""

    when: Mapping[str, tuple[str, ...]]
    gives: str
    cite: str


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; the first row that fits counts."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Change:
    """What another answer to an open question changes in a clock; ``None`` leaves it as it is."""

    clock: str
    unit: Unit | None = None
    rolls: bool | None = None
    day_left: bool | None = None
    also_stops: tuple[str, ...] = ()
    also_pauses: tuple[PauseRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What the text leaves open: the answer taken, why, and what the others would change."""

    name: str
    asks: str
    default: str
    why: str
    others: Mapping[str, tuple[Change, ...]]
    cite: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of a procedure. ``choices`` are the open questions that are answered otherwise.

    ``composite`` says which matters it joins, if it joins any; ``statistics`` what its reports count.
    """

    path: Path
    id: str
    name: str
    purpose: str
    title: str
    number: str
    since: date
    until: date | None
    cite: str
    notes: tuple[str, ...]
    actors: Mapping[str, Actor]
    facts: Mapping[str, Fact]
    states: Mapping[str, State]
    first: str
    events: Mapping[str, EventType]
    clocks: Mapping[str, Clock]
    duties: Mapping[str, Duty]
    parameters: Mapping[str, Parameter]
    chains: Mapping[str, Chain]
    papers: Mapping[str, PaperKind]
    tables: Mapping[str, Table]
    composite: Composite | None
    statistics: Statistics | None
    questions: Mapping[str, Question]
    choices: Mapping[str, str]

    def in_force(self, day: date) -> bool:
        """Tell whether cases that begin on a day run by this version."""
        return self.since <= day and (self.until is None or day <= self.until)

    def choose(self, question: str, answer: str) -> Definition:
        """The same procedure with an open question answered otherwise; ValueError for unknown words."""
        asked = self.questions.get(question)
        if asked is None:
            raise ValueError(f"没有「{question}」这一处存疑，有：{'、'.join(self.questions)}")
        if answer == asked.default:
            return self
        if answer not in asked.others:
            known = "、".join((asked.default, *asked.others))
            raise ValueError(f"「{question}」没有「{answer}」这种理解，有：{known}")
        clocks = dict(self.clocks)
        for change in asked.others[answer]:
            clocks[change.clock] = _changed(clocks[change.clock], change, asked)
        return replace(self, clocks=clocks, choices={**self.choices, question: answer})


def _changed(clock: Clock, change: Change, asked: Question) -> Clock:
    rule = clock.rule
    if change.rolls is not None:
        rule = replace(rule, rolls=change.rolls, basis={**rule.basis, "rolls": asked.cite})
    if change.day_left is not None:
        basis = {**rule.basis, "day_left_after_pause": asked.cite}
        rule = replace(rule, day_left_after_pause=change.day_left, basis=basis)
    return replace(
        clock,
        unit=change.unit or clock.unit,
        rule=rule,
        stops=tuple(dict.fromkeys((*clock.stops, *change.also_stops))),
        pauses=(*clock.pauses, *change.also_pauses),
    )
