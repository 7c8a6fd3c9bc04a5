"""Laws of the kernel, tried on the complaint rules with sequences nobody would write."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.clocks import Due
from huiqi.procedures import Applied, Event, Log, apply, expire, fold, load_procedure, standing
from huiqi.procedures.kernel import acting
from huiqi.procedures.log import Value
from huiqi.procedures.reach import going, reached
from huiqi.procedures.shape import Expiry, FactKind
from tests.procedures.examples import CALENDAR, COMPLAINTS

RULES = load_procedure(COMPLAINTS)
PLACES = reached(RULES)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, int, bool]:
    """An event, the days since the one before, and whether by somebody who may."""
    return (
        draw(st.sampled_from(sorted(RULES.events))),
        draw(st.sampled_from([0, 0, 1, 1, 2, 3, 5, 12, 40])),
        draw(st.integers(0, 9)) > 0,
    )


@st.composite
def walks(draw: st.DrawFn) -> tuple[date, list[tuple[str, int, bool]], int]:
    start = draw(st.dates(date(2024, 11, 11), date(2026, 11, 20)))
    return start, draw(st.lists(steps(), max_size=25)), draw(st.integers(0, 2**32))


def event_for(log: Log, name: str, day: date, may: bool, seed: int) -> Event:
    """An event with everything stated that it needs, right most of the time."""
    kind = RULES.events[name]
    facts: dict[str, Value] = {}
    for guard in kind.guards:
        fact = RULES.facts[guard.fact]
        values = guard.values or tuple(fact.options) or ("是", "否")
        value = values[seed % len(values)]
        facts[guard.fact] = value == "是" if fact.kind is FactKind.FLAG else value
    for clock in RULES.clocks.values():
        if clock.fact and name in clock.starts:
            facts[clock.fact] = day + timedelta(days=seed % 20)
        for extension in clock.extensions:
            if extension.fact and extension.event == name:
                facts[extension.fact] = 1 + seed % 40
    papers = tuple(each.name for each in kind.materials)
    actors = tuple(acting(RULES, fold(RULES, log), kind)) or tuple(kind.actors)
    return Event(name, day, actors[seed % len(actors)] if may else "路人", facts, papers)


def followed(walk: tuple[date, list[tuple[str, int, bool]], int]) -> tuple[Log, date]:
    """The log after a walk, two thirds of whose steps are turned to something possible."""
    day, moves, seed = walk
    log: Log = ()
    for name, wait, may in moves:
        day += timedelta(days=wait)
        seed = (seed * 1103515245 + 12345) % 2**32
        if seed % 3:
            can = [one.event for one in standing(RULES, log, day, CALENDAR).possible]
            name = can[seed // 3 % len(can)] if can else name
        before = log
        outcome = apply(RULES, log, event_for(log, name, day, may, seed // 7), CALENDAR)
        if isinstance(outcome, Applied):
            log = outcome.log
            assert log[: len(before)] == before
            assert log[len(before) :] == outcome.added
        else:
            assert outcome.reason
            assert log is before
    return log, day


@settings(max_examples=150)
@given(walks(), st.integers(0, 60))
def test_folding_a_prefix_and_then_the_rest_is_folding_all(
    walk: tuple[date, list[tuple[str, int, bool]], int], cut: int
) -> None:
    log, _ = followed(walk)
    cut = min(cut, len(log))
    assert fold(RULES, log[cut:], fold(RULES, log[:cut])) == fold(RULES, log)


@settings(max_examples=150)
@given(walks())
def test_no_sequence_leaves_the_places_that_the_check_of_the_definition_knows(
    walk: tuple[date, list[tuple[str, int, bool]], int],
) -> None:
    log, _ = followed(walk)
    for end in range(len(log) + 1):
        case = fold(RULES, log[:end])
        runs = frozenset(
            (name, frozenset(number for number, pause in run.pauses if pause.end is None))
            for name, run in case.clocks.items()
            if run.stopped is None
        )
        assert (case.state, runs) in PLACES.places
        state = RULES.states[case.state]
        assert state.final or state.silent or going(runs)


@settings(max_examples=150)
@given(walks(), st.lists(st.integers(0, 400), max_size=4))
def test_what_runs_out_is_the_same_whether_looked_at_early_late_or_often(
    walk: tuple[date, list[tuple[str, int, bool]], int], looks: list[int]
) -> None:
    log, day = followed(walk)
    end = day + timedelta(days=400)
    once = expire(RULES, log, end, CALENDAR)
    often = log
    for look in sorted(looks):
        often = expire(RULES, often, day + timedelta(days=look), CALENDAR)
    assert expire(RULES, often, end, CALENDAR) == once
    assert expire(RULES, once, end, CALENDAR) == once


@settings(max_examples=100)
@given(walks())
def test_looking_before_every_event_changes_nothing(
    walk: tuple[date, list[tuple[str, int, bool]], int],
) -> None:
    log, _ = followed(walk)
    looked: Log = ()
    for entry in log:
        looked = expire(RULES, looked, entry.when, CALENDAR)
        if entry.clock:
            continue
        event = Event(entry.event, entry.when, entry.actor, entry.facts, entry.materials)
        outcome = apply(RULES, looked, event, CALENDAR)
        assert isinstance(outcome, Applied)
        looked = outcome.log
    assert looked == log[: len(looked)]
    assert all(entry.clock for entry in log[len(looked) :])


@settings(max_examples=100)
@given(walks())
def test_nothing_that_protects_the_complainant_is_left_hanging(
    walk: tuple[date, list[tuple[str, int, bool]], int],
) -> None:
    """Written from the rules: after looking, no automatic clock is past its certain due date."""
    log, day = followed(walk)
    seen = standing(RULES, log, day, CALENDAR)
    for each in seen.clocks:
        if RULES.clocks[each.name].expiry is Expiry.AUTOMATIC:
            assert each.status != "已届满", (each.name, seen.state, ended(each.due))


@settings(max_examples=100)
@given(walks())
def test_nothing_is_granted_before_every_level_has_agreed(
    walk: tuple[date, list[tuple[str, int, bool]], int],
) -> None:
    """Written from art. 27 and 21: since it was last asked for, each level agreed once, lowest first."""
    log, _ = followed(walk)
    for end, entry in enumerate(log):
        for chain in RULES.chains.values():
            if entry.event != chain.grants:
                continue
            asked = max(at for at in range(end) if log[at].event in chain.asks)
            agreed = [each.actor for each in log[asked:end] if each.event == chain.agrees]
            level = str(fold(RULES, log[:asked]).facts[chain.by])
            assert agreed == list(chain.levels[level])


def ended(due: Due) -> str:
    return due.words
