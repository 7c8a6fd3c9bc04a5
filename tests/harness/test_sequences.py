"""Random sequences find what is wrong, and find nothing in what stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.counting import NATURAL, WORKING, Days, months_later
from harness.facts import OPTIONS
from harness.invariants import RULES
from harness.measures import AFTERWARDS
from harness.memory import Dues, remembered
from harness.reference import HANDLERS
from harness.sequences import CALENDARS, PROCEDURE, Machine, Tally, main, report, run
from huiqi.clocks import load_calendar
from huiqi.procedures import (
    Applied,
    Definition,
    Event,
    Refused,
    Standing,
    apply,
    expire,
    load_procedure,
    standing,
)

ENOUGH = 2_000
"""Sequences within which every planted bug is found."""


@pytest.fixture(scope="module")
def machine() -> Machine:
    return Machine(load_procedure(PROCEDURE), load_calendar(CALENDARS))


@pytest.fixture(scope="module")
def dues() -> Dues:
    return Dues()


@pytest.fixture(scope="module")
def tally(machine: Machine, dues: Dues) -> Tally:
    return run(machine, 3, 0, 1_000, dues=dues)


def test_kernel_and_reference_agree(tally: Tally) -> None:
    assert not tally.differences, str(tally.differences[0])
    assert tally.sequences == 1_000


def test_almost_everything_is_reached(tally: Tally, machine: Machine) -> None:
    people = set(machine.definition.events) - set(AFTERWARDS)
    never = {name for name in people if not tally.accepted[name]}
    assert not never
    assert len(tally.expired) == len(machine.definition.clocks)
    assert set(tally.states) == set(machine.definition.states)
    assert 0.5 < sum(tally.accepted.values()) / tally.steps < 0.9


def test_both_know_the_same_names(machine: Machine) -> None:
    assert {*HANDLERS, *AFTERWARDS} == set(machine.definition.events)
    options = {name: set(fact.options) for name, fact in machine.definition.facts.items() if fact.options}
    assert options == {name: set(values) for name, values in OPTIONS.items()}


def test_a_sequence_can_be_replayed(machine: Machine, dues: Dues) -> None:
    one, other = run(machine, 5, 0, 20, dues=dues), run(machine, 5, 0, 20)
    assert (one.steps, one.accepted, one.expired) == (other.steps, other.accepted, other.expired)
    assert run(machine, 6, 0, 20, dues=dues).accepted != one.accepted


def test_memory_answers_as_the_plain_functions(machine: Machine) -> None:
    events = (
        Event("收到", date(2025, 1, 24), "受理机构", {"线索来源": "其他渠道"}),
        Event("受理", date(2025, 2, 5), "受理机构", {"受理情形": "其他损害行为"}),
    )
    log = plain_log(machine, events)
    with remembered(Dues()):
        assert plain_log(machine, events) == log
        ours = standing(machine.definition, log, date(2025, 2, 6), machine.calendar)
    plain = standing(machine.definition, log, date(2025, 2, 6), machine.calendar)
    assert told(ours) == told(plain)


def told(stands: Standing) -> list[Any]:
    return [(each.name, each.status, each.due.day) for each in stands.clocks]


def plain_log(machine: Machine, events: tuple[Event, ...]) -> Any:
    log: Any = ()
    for event in events:
        done = apply(machine.definition, log, event, machine.calendar)
        assert isinstance(done, Applied)
        log = done.log
    return log


@pytest.mark.parametrize(
    ("start", "unit", "length", "pauses", "last"),
    [
        ((2025, 1, 24), WORKING, 3, (), (2025, 2, 5)),
        ((2025, 3, 3), WORKING, 3, (((2025, 3, 6), (2025, 3, 14)),), (2025, 3, 17)),
        ((2025, 3, 3), WORKING, 3, (((2025, 3, 4), (2025, 3, 4)),), (2025, 3, 6)),
        ((2025, 1, 2), NATURAL, 30, (), (2025, 2, 5)),
        ((2025, 1, 2), NATURAL, 60, (), (2025, 3, 3)),
        ((2025, 1, 2), NATURAL, 30, (((2025, 1, 10), (2025, 1, 20)),), (2025, 2, 11)),
    ],
)
def test_days_are_walked_as_by_hand(
    machine: Machine, start: Any, unit: str, length: int, pauses: Any, last: Any
) -> None:
    spans = tuple((date(*one).toordinal(), date(*two).toordinal()) for one, two in pauses)
    found = Days(machine.calendar).last(unit, date(*start).toordinal(), length, spans)
    assert found == date(*last).toordinal()


def test_months_end_with_the_month() -> None:
    assert months_later(date(2025, 8, 31).toordinal(), 6) == date(2026, 2, 28).toordinal()


def test_each_invariant_names_its_source() -> None:
    assert len(RULES) >= 15
    assert len({words for _, words, _ in RULES}) == len(RULES)


def clock(definition: Definition, name: str, **changes: Any) -> Definition:
    changed = replace(definition.clocks[name], **changes)
    return replace(definition, clocks={**definition.clocks, name: changed})


def rule(definition: Definition, name: str, **changes: Any) -> Definition:
    return clock(definition, name, rule=replace(definition.clocks[name].rule, **changes))


def chain(definition: Definition, name: str, **levels: tuple[str, ...]) -> Definition:
    one = definition.chains[name]
    changed = replace(one, levels={**one.levels, **levels})
    return replace(definition, chains={**definition.chains, name: changed})


def duty(definition: Definition, name: str, **changes: Any) -> Definition:
    changed = replace(definition.duties[name], **changes)
    return replace(definition, duties={**definition.duties, name: changed})


PLANTED: dict[str, Callable[[Definition], Definition]] = {
    "deemed accepted after four days": lambda d: clock(d, "受理", length=4),
    "mending counts": lambda d: clock(d, "受理", pauses=()),
    "experts count": lambda d: clock(d, "调查处理", pauses=d.clocks["调查处理"].pauses[:-1]),
    "the last day is not rolled": lambda d: rule(d, "调查处理", rolls=False),
    "no day is left": lambda d: rule(d, "受理", day_left_after_pause=False),
    "a level is skipped": lambda d: chain(d, "结案", 县级=("本级主管部门",)),
    "a duty is never done": lambda d: duty(d, "回访", done=()),
    "thirty working days": lambda d: clock(d, "调查处理", unit=d.clocks["受理"].unit),
    "a first extension is not needed": lambda d: clock(
        d, "调查处理", extensions=tuple(replace(each, after="") for each in d.clocks["调查处理"].extensions)
    ),
    "deemed acceptance only marked": lambda d: clock(
        d, "受理", expiry=d.clocks["调查处理"].expiry, fires=d.clocks["调查处理"].fires
    ),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_wrong_definition_is_found(machine: Machine, dues: Dues, bug: str) -> None:
    only_wrong(machine, replace(machine, definition=PLANTED[bug](machine.definition)), dues)


def only_wrong(machine: Machine, wrong: Machine, dues: Dues) -> None:
    """Something differs, and in a sequence in which nothing does without the bug."""
    found = run(wrong, 11, 0, ENOUGH, dues=dues).differences
    assert found
    assert not run(machine, 11, found[0].number, 1, dues=dues).differences


def nothing_runs_out_first(
    definition: Definition, log: Any, event: Event, calendar: Any
) -> Applied | Refused:
    """A kernel that lets an event happen before what ran out earlier."""
    done = apply(definition, log, event, calendar)
    if isinstance(done, Refused) or not any(each.clock for each in done.added):
        return done
    late = [each for each in done.added if not each.clock]
    return replace(done, log=(*log, *late), added=tuple(late))


def refuses_nothing_by_actor(
    definition: Definition, log: Any, event: Event, calendar: Any
) -> Applied | Refused:
    """A kernel that does not look who acts."""
    known = definition.events.get(event.name)
    if known is not None and event.actor != "期限届满":
        event = replace(event, actor=next(iter(known.actors)))
    return apply(definition, log, event, calendar)


def never_runs_out(definition: Definition, log: Any, now: Any, calendar: Any) -> Any:
    return log


def runs_out_on_the_last_day(definition: Definition, log: Any, now: Any, calendar: Any) -> Any:
    return expire(definition, log, date.fromordinal(now.toordinal() + 1), calendar)


@pytest.mark.parametrize(
    "broken",
    [
        {"apply": nothing_runs_out_first},
        {"apply": refuses_nothing_by_actor},
        {"expire": never_runs_out},
        {"expire": runs_out_on_the_last_day},
    ],
    ids=lambda each: next(iter(each.values())).__name__,
)
def test_a_wrong_kernel_is_found(machine: Machine, dues: Dues, broken: dict[str, Any]) -> None:
    only_wrong(machine, replace(machine, **broken), dues)


def test_a_difference_says_how_to_see_it_again(machine: Machine, dues: Dues) -> None:
    wrong = replace(machine, definition=clock(machine.definition, "受理", length=4))
    found = run(wrong, 11, 0, ENOUGH, dues=dues)
    told = str(found.differences[0])
    assert f"sequence {found.differences[0].number} step" in told
    again = run(wrong, 11, found.differences[0].number, 1)
    assert str(again.differences[0]) == told
    assert f"sequences {found.sequences}" in report(found, machine.definition, 1.0)


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "20", "--workers", "1"]) == 0
    assert "differences 0" in capsys.readouterr().out
