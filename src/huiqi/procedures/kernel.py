"""Acting on a case: whatever has run out fires first, then the event happens or is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiqi.clocks import WorkCalendar
from huiqi.clocks.period import Moment, PeriodError, day_of, moment, said
from huiqi.language.diagnostics import nearest
from huiqi.procedures.definition import Chain, Clock, Definition, Duty, EventType, Notice
from huiqi.procedures.fold import Case, ends_of, fold, whole
from huiqi.procedures.log import Entry, Event, Log, Value, earlier, written
from huiqi.procedures.shape import Expiry, FactKind


@dataclass(frozen=True, slots=True)
class Applied:
    """The event happened. ``log`` is the whole new log, ``added`` its new entries: expiries, then the event.

    ``notices`` are to be sent now; ``missing`` are papers that may still be handed in; ``case`` is what
    the new log amounts to.
    """

    log: Log
    added: tuple[Entry, ...]
    notices: tuple[Notice, ...]
    missing: tuple[str, ...]
    case: Case


@dataclass(frozen=True, slots=True)
class Refused:
    """The event did not happen and nothing changed; ``reason`` is for the person who tried."""

    reason: str


def expire(definition: Definition, log: Log, now: Moment, calendar: WorkCalendar) -> Log:
    """The log with everything in it that has run out by ``now``, in the order in which it ran out.

    A clock whose due date a coming holiday notice could still move does not fire. Called early or late, often
    or once, the log becomes the same. Nothing fires before the last entry, whatever a changed calendar says.
    """
    return whole(log, _run_out(definition, fold(definition, log), now, calendar)[0])


def _run_out(
    definition: Definition, case: Case, now: Moment, calendar: WorkCalendar
) -> tuple[tuple[Entry, ...], Case]:
    """What has run out since a case was last looked at, and the case after it."""
    found: tuple[Entry, ...] = ()
    while (entry := _next_expiry(definition, case, now, calendar)) is not None:
        found = whole(found, [entry])
        case = fold(definition, [entry], case)
    return found, case


def _next_expiry(definition: Definition, case: Case, now: Moment, calendar: WorkCalendar) -> Entry | None:
    if definition.states[case.state].final:
        return None
    out: list[tuple[datetime, str]] = []
    for name, clock in definition.clocks.items():
        run = case.running(name)
        ends = ends_of(run.due(clock, calendar)) if run else None
        if run is None or ends is None or ends > moment(now):
            continue
        if clock.expiry is Expiry.AUTOMATIC and case.state not in definition.events[clock.fires].sources:
            continue  # fires as soon as the case is back where it can
        if run.expired and moment(run.expired[-1]) >= ends:
            continue  # written down already, and not extended since
        out.append((ends if case.last is None else max(ends, moment(case.last)), name))
    if not out:
        return None
    when, name = min(out, key=lambda each: each[0])  # of equals the one declared first
    clock = definition.clocks[name]
    fires = clock.fires if clock.expiry is Expiry.AUTOMATIC else ""
    actor = next(iter(definition.events[fires].actors)) if fires else ""
    return Entry(event=fires, when=when, actor=actor, clock=name)


def apply(
    definition: Definition, log: Log, event: Event, calendar: WorkCalendar, case: Case | None = None
) -> Applied | Refused:
    """Let an event happen after everything that ran out before it, or say why it cannot.

    Pure: the log given is never changed. A refusal adds nothing, not even what ran out; ``expire`` does that.
    Who has folded the log already gives the ``case``, which saves doing it again.
    """
    kind = definition.events.get(event.name)
    if kind is None:
        right = nearest(event.name, definition.events)
        return Refused(f"没有「{event.name}」这个事件" + (f"，是不是「{right}」" if right else ""))
    if not log and not definition.in_force(day_of(event.when)):
        until = f"至 {definition.until}" if definition.until else "起"
        return Refused(
            f"{day_of(event.when)} 不适用这一版，它自 {definition.since} {until}施行（{definition.cite}）"
        )
    last = log[-1].when if log else None
    if last is not None and earlier(event.when, last):
        return Refused(f"{said(event.when)} 早于案件最后一条记录（{said(last)}），记录只能往后加")
    try:
        case = case or fold(definition, log)
        ran_out, case = _run_out(definition, case, event.when, calendar)
        reasons = [
            *_stated_wrongly(definition, case, kind, event),
            *obstacles(definition, case, kind, event.actor),
        ]
        reasons = reasons or [*lacking(definition, case, kind, event)]
        if reasons:
            return Refused("；".join(reasons))
        entry = Entry(event.name, event.when, event.actor, dict(event.facts), event.materials)
        added = whole(ran_out, [entry])
        changed = fold(definition, [entry], case)
        for name, clock in definition.clocks.items():
            if run := changed.running(name):
                run.due(clock, calendar)
        for owed in changed.duties[len(case.duties) :]:
            owed.due(definition.duties[owed.duty], calendar)
    except PeriodError as error:
        return Refused(str(error))
    missing = tuple(_papers(kind, changed, later=True))
    return Applied(whole(log, added), added, kind.notices, missing, changed)


def obstacles(definition: Definition, case: Case, kind: EventType, actor: str | None = None) -> Iterator[str]:
    """Why an event cannot happen now, whatever is stated with it; for ``actor`` when one is given."""
    over = definition.states[case.state].final
    if over and not _still_owed(definition, case, kind):
        yield f"案件已到「{case.state}」，不再变动"
        return
    firing = [clock for clock in definition.clocks.values() if clock.fires == kind.name]
    automatic = [clock.name for clock in firing if clock.expiry is Expiry.AUTOMATIC]
    if automatic:
        yield f"「{kind.name}」只在期限「{automatic[0]}」届满时自行发生"
        return
    who_may = acting(definition, case, kind)
    if not who_may:
        yield f"「{kind.name}」轮到的一级不能做"
    elif actor is not None and actor not in who_may:
        who = "、".join(f"{name}（{cite}）" for name, cite in who_may.items())
        yield f"「{kind.name}」不由「{actor}」做，由{who}"
    if case.state not in kind.sources and not over:
        yield f"案件在「{case.state}」，「{kind.name}」要在{'、'.join(kind.sources)}（{kind.cite}）"
        return
    yield from _not_the_turn(definition, case, kind)
    for clock in firing:
        run = case.running(clock.name)
        if run is None or not run.expired:
            yield f"期限「{clock.name}」还没有届满（{clock.expiry_cite}）"
    for clock in definition.clocks.values():
        for extension in clock.extensions:
            if extension.event != kind.name:
                continue
            run = case.running(clock.name)
            if run is None:
                yield f"期限「{clock.name}」没有在走，不能延长"
            elif extension.after and extension.after not in (cause for cause, _ in run.extensions):
                yield f"先要有「{extension.after}」，才能「{kind.name}」（{extension.cite}）"
            elif 0 < extension.times <= sum(cause == kind.name for cause, _ in run.extensions):
                yield f"「{kind.name}」最多 {extension.times} 次，已经用完（{extension.cite}）"


def _still_owed(definition: Definition, case: Case, kind: EventType) -> bool:
    """Tell whether an event does what is still owed and moves nothing: that can be done to the end."""
    owed = (definition.duties[each.duty] for each in case.duties if each.done is None)
    return not kind.target and any(kind.name in duty.done for duty in owed)


def acting(definition: Definition, case: Case, kind: EventType) -> Mapping[str, str]:
    """Who may do this now, with the clause: of the levels of an approval only the one whose turn it is."""
    for chain in definition.chains.values():
        if chain.name in case.agreed and (kind.name == chain.agrees or kind.name in chain.returns):
            turn = next_level(chain, case)
            if turn or kind.name in chain.returns:
                turns = {turn} if turn else set(definition.events[chain.grants].actors)
                return {who: cite for who, cite in kind.actors.items() if who in turns}
    return kind.actors


def next_level(chain: Chain, case: Case) -> str:
    """The level whose turn it is; empty when all have agreed and it is up to the one who approves."""
    value = case.facts.get(chain.by) if chain.by else None
    levels = chain.levels.get(written(value) if value is not None else "", ())
    agreed = case.agreed[chain.name]
    return levels[len(agreed)] if len(agreed) < len(levels) else ""


def _not_the_turn(definition: Definition, case: Case, kind: EventType) -> Iterator[str]:
    for chain in definition.chains.values():
        if kind.name not in (chain.agrees, chain.grants, *chain.returns):
            continue
        if chain.name not in case.agreed:
            yield f"还没有{'或'.join(chain.asks)}（{chain.cite}）"
            continue
        turn = next_level(chain, case)
        if kind.name == chain.grants and turn:
            yield f"先要{turn}「{chain.agrees}」（{chain.cite}）"
        elif kind.name == chain.agrees and not turn:
            yield f"各级都已同意，等{'、'.join(definition.events[chain.grants].actors)}「{chain.grants}」"


def lacking(definition: Definition, case: Case, kind: EventType, event: Event | None = None) -> Iterator[str]:
    """What must still be stated or handed over before an event can happen."""
    given = event.facts if event else {}
    known = {**case.facts, **given}
    for guard in kind.guards:
        value = (given if guard.anew else known).get(guard.fact)
        if value is None:
            wanted = f"（{'、'.join(guard.values)}）" if guard.values else ""
            yield f"要写明「{guard.fact}」{wanted}，依据{guard.cite}"
        elif guard.values and written(value) not in guard.values:
            yield f"「{guard.fact}」要是{'或'.join(guard.values)}，现为{written(value)}（{guard.cite}）"
    yield from _undecided(definition, kind, known)
    for clock in definition.clocks.values():
        if clock.fact and kind.name in clock.starts:
            until = given.get(clock.fact)
            if until is None:
                yield f"要写明「{clock.fact}」，依据{clock.cite}"
            elif event and isinstance(until, date) and until < day_of(event.when):
                yield f"「{clock.fact}」{until} 早于 {day_of(event.when)}"
        for extension in clock.extensions:
            if extension.event == kind.name and extension.fact and extension.fact not in given:
                yield f"要写明「{extension.fact}」，依据{extension.cite}"
    stated = Case(case.state, facts=known, materials=frozenset(event.materials) if event else frozenset())
    for paper in _papers(kind, stated, later=False):
        yield f"缺{paper}"


def _undecided(definition: Definition, kind: EventType, known: Mapping[str, Value]) -> Iterator[str]:
    asked = {guard.fact for guard in kind.guards}
    deciding = _deciding(definition, kind)
    deciding |= {paper.fact: paper.cite for paper in kind.materials if paper.fact and not paper.later}
    for fact, cite in deciding.items():
        if fact not in known and fact not in asked:
            yield f"要写明「{fact}」，依据{cite}"


def _deciding(definition: Definition, kind: EventType) -> dict[str, str]:
    """Facts that decide whether a clock starts, whether a duty arises, who has to agree; with the clause."""
    starting: list[Clock | Duty] = [*definition.clocks.values(), *definition.duties.values()]
    deciding = {each.when.fact: each.cite for each in starting if each.when and kind.name in each.starts}
    return deciding | {c.by: c.cite for c in definition.chains.values() if c.by and kind.name in c.asks}


def _papers(kind: EventType, case: Case, *, later: bool) -> Iterator[str]:
    """The papers of an event that are not there, of those that may (``later``) or may not come afterwards."""
    for material in kind.materials:
        value = case.facts.get(material.fact) if material.fact else None
        if material.later is not later or material.name in case.materials:
            continue
        if material.fact and value is None:
            if later:  # nobody said whether it is needed
                case_ = f"{material.fact}是{'或'.join(material.values)}"
                yield f"「{material.name}」（{material.cite}），如果{case_}"
        elif value is None or written(value) in material.values:
            yield f"「{material.name}」（{material.cite}）"


def _stated_wrongly(definition: Definition, case: Case, kind: EventType, event: Event) -> Iterator[str]:
    """What is no fact, no value of it, or not for this event to say."""
    asked = stated_with(definition, case, kind)
    for name, value in event.facts.items():
        fact = definition.facts.get(name)
        if fact is None:
            right = nearest(name, definition.facts)
            yield f"没有「{name}」这个事实" + (f"，是不是「{right}」" if right else "")
        elif not _fits(fact.kind, value) or (fact.options and value not in fact.options):
            wanted = "、".join(fact.options) if fact.options else fact.kind
            yield f"「{name}」要写{wanted}，现为{written(value)}"
        elif name not in asked:
            yield f"「{kind.name}」不写「{name}」"


def stated_with(definition: Definition, case: Case, kind: EventType) -> frozenset[str]:
    """The facts that may be stated with an event: those that it, its papers, or what it starts ask for.

    What decides over clocks, duties and approvals is stated once, by the first event that needs it.
    """
    clocks = definition.clocks.values()
    asked = {guard.fact for guard in kind.guards} | {paper.fact for paper in kind.materials}
    asked |= {clock.fact for clock in clocks if kind.name in clock.starts}
    asked |= {each.fact for clock in clocks for each in clock.extensions if each.event == kind.name}
    asked |= _deciding(definition, kind).keys() - case.facts.keys()
    return frozenset(asked - {""})


def _fits(kind: FactKind, value: Value) -> bool:
    if kind is FactKind.FLAG:
        return isinstance(value, bool)
    if kind is FactKind.DATE:
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind is FactKind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return isinstance(value, str)
