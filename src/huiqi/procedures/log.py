"""The log of a case: dated events, never changed, only added to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from huiqi.clocks.period import Moment, day_of, moment, said

Value = bool | str | date | int
"""What a fact of a case can be: 是否, an option, a day, a number."""


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody did: the event, when it happened, as whom, what was stated and what handed over."""

    name: str
    when: Moment
    actor: str
    facts: Mapping[str, Value] = field(default_factory=dict, hash=False)
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log.

    An event of a person has no ``clock``. An entry with a clock was written when that clock ran out at
    ``when``: with the event that fired by itself, or without one for what is proposed or only marked.
    """

    event: str
    when: Moment
    actor: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict, hash=False)
    materials: tuple[str, ...] = ()
    clock: str = ""

    @property
    def words(self) -> str:
        """The entry in a few words."""
        if not self.clock:
            return f"{said(self.when)} {self.actor}：{self.event}"
        happened = self.event or "届满"
        return f"{said(self.when)} 期限「{self.clock}」届满：{happened}"


Log = tuple[Entry, ...]


def earlier(one: Moment, other: Moment) -> bool:
    """Tell whether one certainly comes before the other; a plain day is not before a moment on that day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return moment(one) < moment(other)
    return day_of(one) < day_of(other)


def written(value: Value) -> str:
    """A value as it is written in a definition."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)
