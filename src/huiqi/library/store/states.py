"""时效: whether a document is in force on a day, as far as the texts of the library say.

A document rarely says until when it holds. Then the state is 未载明 and not 有效: what ended it may not be in
the library, and the reader has to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.library.store.listing import DocumentInfo


class State(StrEnum):
    """What is known of a document on a day."""

    IN_FORCE = "有效"
    ENDED = "已失效"
    NOT_YET = "未生效"
    UNSTATED = "未载明"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """The state of a document on a day, and in ``words`` what it rests on."""

    state: State
    words: str

    def __str__(self) -> str:
        return f"{self.state}：{self.words}" if self.words else str(self.state)


@dataclass(frozen=True, slots=True)
class Ending:
    """废止: that the document ``by`` ends another, or what ``extent`` says of it, ``since`` when if known."""

    by: str
    title: str
    since: date | None
    extent: str = ""


def start_of(info: DocumentInfo) -> date | None:
    """The day from which a document holds: the one it sets, or that of issue."""
    return info.effective.day if info.effective and info.effective.day else info.issued


def state_on(info: DocumentInfo, day: date, endings: Sequence[Ending] = ()) -> DocumentState:
    """The state on a day; ``endings`` are those that other documents of the library set.

    Both ends of a period belong to it. A document counts as ended from the day the one that ends it begins.
    """
    start = start_of(info)
    if start is not None and day < start:
        verb = "起施行" if info.effective and info.effective.day else "印发"
        return DocumentState(State.NOT_YET, f"{start}{verb}")
    if info.expires and info.expires.day and day > info.expires.day:
        return DocumentState(State.ENDED, f"有效期至{info.expires.day}")
    whole = [ending for ending in endings if not ending.extent]
    ended = next((each for each in whole if each.since is not None and each.since <= day), None)
    if ended is not None:
        return DocumentState(State.ENDED, f"自{ended.since}起被《{ended.title}》废止")
    notes = [f"《{each.title}》载明废止本文件，起始日不明" for each in whole if each.since is None]
    notes += [
        f"其中“{each.extent}”被《{each.title}》废止"
        for each in endings
        if each.extent and (each.since is None or each.since <= day)
    ]
    if info.expires and info.expires.day:
        state, basis = State.IN_FORCE, f"有效期至{info.expires.day}"
    elif info.expires:
        state, basis = State.UNSTATED, f"有效期“{info.expires.words}”，算不出止日"
    else:
        state, basis = State.UNSTATED, "未载明有效期"
    if any(each.since is None for each in whole):
        state = State.UNSTATED
    return DocumentState(state, "；".join((basis, *notes)))
