"""How a case stands on a day: clocks and duties with their due dates, what may happen next and what not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from huiqi.clocks import Due, WorkCalendar
from huiqi.clocks.period import Moment, moment, said
from huiqi.procedures.definition import Definition
from huiqi.procedures.fold import Running, fold, is_late
from huiqi.procedures.kernel import acting, expire, lacking, obstacles
from huiqi.procedures.log import Log


class ClockStatus(StrEnum):
    """What a clock does."""

    RUNNING = "在走"
    PAUSED = "暂停"
    EXPIRED = "已届满"
    STOPPED = "已停"


class DutyStatus(StrEnum):
    """Whether a duty was done in time. Without a due date it can only be done or not yet."""

    OPEN = "待做"
    DONE = "已做"
    LATE = "迟做"
    OVERDUE = "逾期未做"


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """A clock of the case; ``due`` explains itself day by day."""

    name: str
    status: ClockStatus
    due: Due
    cite: str


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """A duty of the case; ``due`` is ``None`` when the text sets no time."""

    name: str
    who: tuple[str, ...]
    does: str
    status: DutyStatus
    start: Moment
    due: Due | None
    cite: str


@dataclass(frozen=True, slots=True)
class Possible:
    """An event that may happen, who may do it, and what must still be stated or handed over for it."""

    event: str
    who: Mapping[str, str]
    needs: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about a case on a day; ``log`` has in it what has run out by then."""

    state: str
    since: Moment | None
    final: bool
    silent: str
    log: Log
    clocks: tuple[ClockStanding, ...]
    duties: tuple[DutyStanding, ...]
    possible: tuple[Possible, ...]
    impossible: Mapping[str, str]

    def as_data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "state": self.state,
            "since": said(self.since) if self.since else None,
            "final": self.final,
            "silent": self.silent,
            "log": [entry.words for entry in self.log],
            "clocks": [
                {"name": each.name, "status": str(each.status), "cite": each.cite, **each.due.as_data()}
                for each in self.clocks
            ],
            "duties": [
                {
                    "name": each.name,
                    "who": list(each.who),
                    "does": each.does,
                    "status": str(each.status),
                    "cite": each.cite,
                    "start": said(each.start),
                    "due": each.due.day.isoformat() if each.due and each.due.day else None,
                }
                for each in self.duties
            ],
            "possible": [
                {"event": each.event, "who": dict(each.who), "needs": list(each.needs), "cite": each.cite}
                for each in self.possible
            ],
            "impossible": dict(self.impossible),
        }


def standing(definition: Definition, log: Log, now: Moment, calendar: WorkCalendar) -> Standing:
    """How a case stands at a moment, after everything that has run out by then. Pure."""
    log = expire(definition, log, now, calendar)
    case = fold(definition, log)
    state = definition.states[case.state]
    possible: list[Possible] = []
    impossible: dict[str, str] = {}
    for name, kind in definition.events.items():
        reasons = tuple(obstacles(definition, case, kind))
        if reasons:
            impossible[name] = "；".join(reasons)
        else:
            who = acting(definition, case, kind)
            possible.append(Possible(name, who, tuple(lacking(definition, case, kind)), kind.cite))
    clocks = []
    for name, clock in definition.clocks.items():
        if (run := case.clocks.get(name)) is not None:
            ends = run.due(clock, calendar)
            clocks.append(ClockStanding(name, _status(run, ends, now), ends, clock.cite))
    duties = []
    for owed in case.duties:
        duty = definition.duties[owed.duty]
        limit = owed.due(duty, calendar)
        status = _duty_status(owed.done, limit, now)
        duties.append(DutyStanding(duty.name, duty.who, duty.does, status, owed.start, limit, duty.cite))
    return Standing(
        state=case.state,
        since=case.since,
        final=state.final,
        silent=state.silent,
        log=log,
        clocks=tuple(clocks),
        duties=tuple(duties),
        possible=tuple(possible),
        impossible=impossible,
    )


def _status(run: Running, ends: Due, now: Moment) -> ClockStatus:
    if run.stopped is not None:
        return ClockStatus.STOPPED
    if ends.day is None:
        return ClockStatus.PAUSED
    over = ends.ends is not None and ends.ends <= moment(now)
    return ClockStatus.EXPIRED if over and ends.certain else ClockStatus.RUNNING


def _duty_status(done: Moment | None, limit: Due | None, now: Moment) -> DutyStatus:
    by = moment(done if done is not None else now)
    late = limit is not None and is_late(limit, by)
    if done is None:
        return DutyStatus.OVERDUE if late else DutyStatus.OPEN
    return DutyStatus.LATE if late else DutyStatus.DONE
