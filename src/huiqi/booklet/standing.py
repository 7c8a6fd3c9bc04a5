"""Whether a document is in force on a day, by its own dates and by what other documents repeal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiqi.booklet.model import Reference, Standing
from huiqi.booklet.telling import Linker
from huiqi.language.benefit import Document as Policy
from huiqi.language.words import day_words
from huiqi.library.model import Dated, Document, Repeal
from huiqi.library.store import State


@dataclass(frozen=True, slots=True)
class Repealed:
    """That a document of the library ends another, or a part of it."""

    by: Document
    repeal: Repeal

    @property
    def since(self) -> date | None:
        """From when; ``None`` when the repealing document gives no day."""
        effective = self.by.effective.day if self.by.effective else None
        return effective or self.by.issued

    @property
    def name(self) -> str:
        """The repealing document for people."""
        return f"《{self.by.title}》" + (f"（{self.by.number}）" if self.by.number else "")


def standing(
    policy: Policy | None, text: Document | None, repeals: Iterable[Repealed], on: date, link: Linker
) -> Standing:
    """The state of a document on a day.

    ``policy`` is what people wrote of it in the rules and comes first; ``text`` is what was read from the
    official text. One of the two may be missing. Both ends of a period belong to it. A document that another
    one repeals has ended from the day on which the other begins; when that day is unknown, it is 未载明.
    """
    repeals = tuple(repeals)
    whole = [one for one in repeals if not one.repeal.extent and one.since is not None and one.since <= on]
    remarks = [_remark(one, on) for one in repeals if one not in whole]
    start, start_at = _start(policy, text)
    end, end_at = _end(policy, text)
    read = text.expires.day if text is not None and text.expires is not None else None
    if end is not None and read is not None and read != end:
        remarks.append(f"程序从原文读出的终止日是{day_words(read)}，与规则里写的不同")
    issued = (policy.issued if policy is not None else None) or (text.issued if text is not None else None)
    begins = f"{day_words(start)}起施行" if start else "没有写施行日"
    ends = f"{day_words(end)}{'止' if end >= on else '已到期'}" if end else "没有写终止日"
    if (start or issued or on) > on:
        state, words = State.NOT_YET, begins if start else f"{day_words(issued)}印发"
    elif end is not None and end < on:
        state, words = State.ENDED, f"{begins}，{ends}"
    elif whole:
        state, words = State.ENDED, f"自{day_words(whole[0].since)}起被{whole[0].name}废止"
    elif end is not None and not any(not one.repeal.extent and one.since is None for one in repeals):
        state, words = State.IN_FORCE, f"{begins}，{ends}"
    else:
        state, words = State.UNSTATED, f"{begins}，{ends}" if start or end else "没有写施行日和终止日"
    return Standing(state, words, _linked([start_at, end_at], link), tuple(remarks))


def _remark(one: Repealed, on: date) -> str:
    what = f"其中的一部分：{one.repeal.extent}" if one.repeal.extent else "全文"
    if one.since is None:
        return f"{one.name}载明废止{what}，从哪天起没有写"
    return f"{'' if one.since <= on else '将'}自{day_words(one.since)}起由{one.name}废止{what}"


def _start(policy: Policy | None, text: Document | None) -> tuple[date | None, str]:
    if policy is not None and policy.period.start is not None:
        return policy.period.start, policy.period.cite
    if text is not None and text.effective is not None and text.effective.day is not None:
        return text.effective.day, _cite(text, text.effective)
    return None, ""


def _end(policy: Policy | None, text: Document | None) -> tuple[date | None, str]:
    if policy is not None and policy.period.end is not None:
        return policy.period.end, policy.period.cite
    if text is not None and text.expires is not None and text.expires.day is not None:
        return text.expires.day, _cite(text, text.expires)
    return None, ""


def _cite(text: Document, dated: Dated) -> str:
    clause = text.clause(dated.clause) if dated.clause else None
    return clause.cite if clause is not None else ""


def _linked(cites: Iterable[str], link: Linker) -> tuple[Reference, ...]:
    return tuple(reference for cite in dict.fromkeys(cites) if cite for reference in link(cite))
