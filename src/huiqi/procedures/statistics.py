"""统计: what reports and samples count in the logs of one procedure, as its definition says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """Which events bring the answer, and which values of which fact are a good one."""

    events: tuple[str, ...]
    fact: str
    values: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """Which events put a case on the ledger and which write it off; ``duty`` is to put it there, if any."""

    listed: tuple[str, ...]
    written_off: tuple[str, ...]
    duty: str
    cite: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The least share of every stratum that is drawn, in percent."""

    percent: int
    cite: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Events that count as received, accepted, closed, ended otherwise and opened again.

    A case is open from its acceptance or reopening until it is closed or ended.
    """

    received: tuple[str, ...]
    accepted: tuple[str, ...]
    closed: tuple[str, ...]
    ended: tuple[str, ...]
    reopened: tuple[str, ...]
    answer: Answer | None
    tracked: Tracked | None
    sample: Sample | None
    notes: tuple[str, ...]
    cite: str

    def lines(self) -> Iterator[str]:
        """The same in words, for reading a definition through."""
        yield f"\n统计（{self.cite}）"
        for word, events in (
            ("收到", self.received),
            ("受理", self.accepted),
            ("办结", self.closed),
            ("了结", self.ended),
            ("重办", self.reopened),
        ):
            if events:
                yield f"  {word}：{'、'.join(events)}"
        if self.answer:
            good = "、".join(self.answer.values)
            yield f"  满意：{'、'.join(self.answer.events)}时{self.answer.fact}是{good}（{self.answer.cite}）"
        if self.tracked:
            listed, off = "、".join(self.tracked.listed), "、".join(self.tracked.written_off)
            yield f"  跟踪：自{listed}至{off}（{self.tracked.cite}）"
        if self.sample:
            yield f"  抽查：每地每部门不少于百分之 {self.sample.percent}（{self.sample.cite}）"
        yield from (f"  注：{note}" for note in self.notes)
