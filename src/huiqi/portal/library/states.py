"""Whether a document is in force on a day, by its text and by what the catalogue has of it."""

from __future__ import annotations

from datetime import date

from huiqi.language.benefit import Document as Policy
from huiqi.library.store import DocumentState, State


def state_of(read: DocumentState | None, policy: Policy | None, day: date) -> DocumentState:
    """The state of a document on a day.

    ``read`` is what the texts of the library say; where they say nothing certain, or where there is no text,
    the period that people wrote into the catalogue decides.
    """
    if read is not None and read.state is not State.UNSTATED:
        return read
    written = _by_period(policy, day) if policy is not None else None
    if written is not None:
        return written
    return read or DocumentState(State.UNSTATED, "未载明有效期")


def _by_period(policy: Policy, day: date) -> DocumentState | None:
    start, end = policy.period.start, policy.period.end
    if start is not None and day < start:
        return DocumentState(State.NOT_YET, f"{start}起施行")
    if end is None:
        return None
    state = State.ENDED if end < day else State.IN_FORCE
    return DocumentState(state, f"有效期至{end}")
