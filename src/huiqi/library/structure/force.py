"""When a document holds, as it says itself: first day, last day, and what it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from huiqi.library.blanks import squeeze
from huiqi.library.model import Clause, ClauseKind, Dated, Repeal
from huiqi.library.structure.dates import first_date
from huiqi.library.structure.metadata import normal_number
from huiqi.library.structure.numerals import read_number

_SELF = (
    r"(?<!基)(?:本|此|以上|上述|前述)(?:实施|若干|行动|工作|暂行|管理)?"
    r"(?:通知|公告|办法|措施|意见|方案|规定|细则|政策|计划|条例|指引|指南|制度|决定|通告|规则|规程|标准|清单|文件|法)"
    r"(?!规定的|所|中)"
)
_OF_ITSELF = re.compile(_SELF)
_FORCE = re.compile(
    rf"""(?P<self>{_SELF}[^。；]{{0,16}}?)?[自从]\s*
         (?P<when>(?:印发|发布|公布|颁布|下发)之日|[^。；，]{{4,14}}?日)\s*起\s*
         (?:正式)?(?:施行|执行|实施|生效|试行)
       | 于\s*(?P<on>[^。；，]{{4,14}}?日)\s*(?:起)?(?:施行|生效)""",
    re.VERBOSE,
)
_DAY = r"\d{4}\s*年(?:\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?"
_TERM = re.compile(
    rf"""(?:有效期限?|实施期限?|执行期限)\s*(?:暂定)?(?:为|至|到)?\s*自?\s*
         (?:(?P<first>\d{{4}}|{_DAY})\s*起?\s*[至到—－-]\s*)?(?P<last>{_DAY})
       | (?:施行|执行|实施)[，,]?\s*[至到]\s*(?P<until>{_DAY})\s*止
       | 有效期限?\s*(?:暂定)?(?:为|是)?\s*(?P<years>[一二两三四五六七八九十]{{1,3}}|\d{{1,2}})\s*年""",
    re.VERBOSE,
)
_LONGEST_TERM = 50  # years
_LONGEST_LEAD = 2  # characters before a term in a sentence that does not name the document again

_REPEALED = re.compile(r"同时废止|予以废止|即行废止|停止执行|自行废止|废止(?:[。；]|$)")
_UP_TO_REPEAL = re.compile(r".*(?:废止|停止执行)", re.DOTALL)
_NAMED = re.compile(
    r"""《(?P<title>(?:[^《》]|《[^《》]*》)+)》\s*
        (?:[（(](?P<number>[^（()）]*?号)[)）])?
        (?P<extent>附件(?:《[^《》]+》|[\d一二三四五、和]+)?
                  |第[一二三四五六七八九十百]+条|中(?:的|有关)?[^，。；《》]{2,30}?(?=自|相应|同时|停止|废止))?""",
    re.VERBOSE,
)


def force_of(clauses: Sequence[Clause], issued: date | None, promulgation: str) -> Dated | None:
    """The first day of force, with the clause that says so."""
    match = _FORCE.search(squeeze(promulgation))
    if match:
        day = first_date(match.group("when") or match.group("on") or "")
        return Dated(day, "", match.group()) if day else None
    for clause in reversed([each for each in clauses if each.kind.is_text]):
        for match in _FORCE.finditer(clause.text):
            if not match.group("self") and not _says_of_itself(clause):
                continue
            when = match.group("when") or match.group("on") or ""
            day = issued if "之日" in when else first_date(when)
            if day or "之日" in when:
                return Dated(day, clause.id, squeeze(match.group()))
    return None


def beginning_of(clauses: Sequence[Clause]) -> Dated | None:
    """The first day of a term that a document sets for itself: 实施期限为2023年至2025年."""
    for term in _terms(clauses):
        if term.first:
            return Dated(term.first, term.clause, term.words)
    return None


def end_of(clauses: Sequence[Clause], effective: Dated | None, issued: date | None) -> Dated | None:
    """The last day of force, when the document as a whole ends, with the clause that says so."""
    start = (effective.day if effective else None) or issued
    for term in _terms(clauses):
        day = term.last or (_years_after(start, term.years) if start and term.years else None)
        if day:
            return Dated(day, term.clause, term.words)
    return None


@dataclass(frozen=True, slots=True)
class _Term:
    """How long a document holds, as one of its clauses says: from and to a day, or for some years."""

    clause: str
    words: str
    first: date | None
    last: date | None
    years: int | None


def _terms(clauses: Sequence[Clause]) -> Iterator[_Term]:
    """Where a document says how long it holds as a whole, the last first."""
    for clause in reversed([each for each in clauses if each.kind.is_text]):
        for match in _TERM.finditer(clause.text):
            before = clause.text[: match.start()]
            lead = before[max(before.rfind("。"), before.rfind("；")) + 1 :]
            if _OF_ITSELF.search(lead) or (_says_of_itself(clause) and len(squeeze(lead)) <= _LONGEST_LEAD):
                first, last = match.group("first"), match.group("last") or match.group("until")
                yield _Term(
                    clause.id,
                    squeeze(match.group()),
                    _day_of(first, (1, 1)) if first else None,
                    _day_of(last, (12, 31)) if last else None,
                    read_number(match.group("years") or ""),
                )


def _day_of(text: str, otherwise: tuple[int, int]) -> date | None:
    """The day that a text names; when it names a year only, the month and day given."""
    day = first_date(text)
    year = int(squeeze(text)[:4])
    return day or (date(year, *otherwise) if date.min.year <= year <= date.max.year else None)


def _years_after(start: date, years: int) -> date | None:
    """The last day of a term of years that begins on a day."""
    if years > _LONGEST_TERM or start.year + years > date.max.year:
        return None
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(start.year + years, 2, 28)


def _says_of_itself(clause: Clause) -> bool:
    """Whether a clause speaks of the document: the closing, or an item that begins with 本办法."""
    return clause.kind is ClauseKind.CLOSING or _OF_ITSELF.match(clause.body.strip()) is not None


def repeals_of(clauses: Sequence[Clause]) -> tuple[Repeal, ...]:
    """What a document ends: the titles in sentences that say 同时废止."""
    found = []
    for clause in clauses:
        if not clause.kind.is_text or not _REPEALED.search(clause.text):
            continue
        for sentence in clause.text.split("。"):
            ended = _UP_TO_REPEAL.match(sentence)
            for match in _NAMED.finditer(ended.group()) if ended else ():
                number = normal_number(match.group("number")) if match.group("number") else ""
                extent = match.group("extent") or ""
                found.append(Repeal(squeeze(match.group("title")), number, clause.id, extent))
    return tuple(found)
