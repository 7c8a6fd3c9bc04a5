"""Which document of a library a number or a title names: 文号 first, then the title as people shorten it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from huiqi.library.blanks import squeeze
from huiqi.library.structure.titles import bare, forwarded

_NUMBERED = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,14})[〔\[(（【](?P<year>\d{4})[〕\])）】]第?(?P<number>\d{1,5})号"
)
_DATED = re.compile(
    r"(?P<before>[\u4e00-\u9fff]*?)(?P<kind>公告|令|通告)?(?:(?P<year>\d{4})年)?第(?P<number>\d{1,5})号(?P<after>公告|令|通告)?"
)
_ISSUED = re.compile(r"^[^《》]*?(?=关于|印发)")
_LAST_BRACKET = re.compile(r"[(（](?:试行|暂行|修订|[\d—－-]+年?)[)）]$")
_FOLD = str.maketrans("０１２３４５６７８９", "0123456789")


class Titled(Protocol):
    """What a document is known by: a `Document`, or an entry of a list of documents."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def cover_title(self) -> str:
        """The title of the notice that forwards it; empty without one."""

    @property
    def number(self) -> str | None:
        """文号, ``None`` when it has none."""

    @property
    def issuers(self) -> Sequence[str]:
        """Who issued it."""


D = TypeVar("D", bound=Titled)


@dataclass(frozen=True, slots=True)
class _Number:
    """A document number taken apart: 青政〔2024〕5号, or 公告 of 2024 第4号 by some office."""

    word: str
    year: int
    number: int
    issuer: str = ""


def document_of(title: str, number: str | None, documents: Iterable[D]) -> D | None:
    """The one document with this number or title; ``None`` when there is none, or several fit."""
    found = documents_of(title, number, documents)
    return found[0] if len(found) == 1 else None


def documents_of(title: str, number: str | None, documents: Iterable[D]) -> tuple[D, ...]:
    """Every document that a number, or else a title, names; of several ways to fit only the closest counts.

    A title may leave out the issuer, 关于印发…的通知 around it, 《》, and at last a bracket such as （试行）.
    """
    documents = tuple(documents)
    wanted = _number(number or "") or (_number(title) if number is None else None)
    if wanted:
        found = tuple(each for each in documents if _has_number(each, wanted))
        if found:
            return found
        # what has another number is another document, whatever its title
        documents = tuple(each for each in documents if each.number is None)
    for form in _FORMS:
        names = form(title) - {""}
        found = tuple(each for each in documents if names & (form(each.title) | form(each.cover_title)))
        if found:
            return found
    return ()


def _number(text: str) -> _Number | None:
    squeezed = squeeze(text).translate(_FOLD)
    match = _NUMBERED.search(squeezed)
    if match:
        return _Number(match["word"], int(match["year"]), int(match["number"]))
    match = _DATED.search(squeezed)
    if match is None or not (match["kind"] or match["after"] or match["year"]):
        return None
    kind = match["kind"] or match["after"] or "公告"
    return _Number(kind, int(match["year"] or 0), int(match["number"]), match["before"])


def _has_number(document: Titled, wanted: _Number) -> bool:
    own = _number(document.number or "")
    if own is None or (own.word, own.year, own.number) != (wanted.word, wanted.year, wanted.number):
        return False
    issuers = "".join(map(squeeze, document.issuers)) + own.issuer
    return not wanted.issuer or not issuers or wanted.issuer in issuers or issuers in wanted.issuer


def _as_printed(title: str) -> set[str]:
    return {bare(title)}


def _without_frame(title: str) -> set[str]:
    """The title without the issuer before it, and what it says that it forwards."""
    names = {squeeze(title), _ISSUED.sub("", squeeze(title), count=1)}
    names |= {inner for inner in map(forwarded, tuple(names)) if inner}
    names |= {_ISSUED.sub("", name, count=1) for name in names} | {
        name.removeprefix("关于") for name in names
    }
    return {bare(name) for name in names}


def _without_bracket(title: str) -> set[str]:
    names = {_LAST_BRACKET.sub("", name.strip("《》")) for name in (squeeze(title), forwarded(title) or "")}
    return {name for each in names for name in _without_frame(each)} - {""}


_FORMS: tuple[Callable[[str], set[str]], ...] = (_as_printed, _without_frame, _without_bracket)
