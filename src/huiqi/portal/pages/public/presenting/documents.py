"""The list of documents, narrowed and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from huiqi.library.store import State
from huiqi.library.store.names import name_key
from huiqi.portal.library.listing import Listed
from huiqi.portal.policies import selectors

LEVELS = ("国家", "省", "市", "县区")
ORDERS: Mapping[str, str] = {"new": "新的在前", "old": "旧的在前", "kept": "按收录的次序"}
HAVING: Mapping[str, str] = {"yes": "有算好的事项", "no": "没有算好的事项"}
_NATION = "000000"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; what is empty does not narrow."""

    query: str = ""
    level: str = ""
    region: str = ""
    state: State | None = None
    year: int = 0
    having: str = ""
    order: str = "new"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return replace(self, order="new") != Wanted()


def narrowed(rows: Iterable[Listed], wanted: Wanted) -> list[Listed]:
    """The documents that are wanted, in order.

    One that is printed in another stands under it. It keeps the other in the list, and goes with it when the
    other itself is wanted.
    """
    found = []
    for row in rows:
        if _fits(row, wanted):
            found.append(row)
        elif inner := tuple(each for each in row.inner if _fits(each, wanted)):
            found.append(replace(row, inner=inner))
    return _ordered(found, wanted.order)


def _fits(row: Listed, wanted: Wanted) -> bool:
    return (
        _says(row, wanted.query)
        and wanted.level in ("", row.level)
        and wanted.region in ("", row.region)
        and wanted.state in (None, row.state.state)
        and wanted.year in (0, row.issued.year if row.issued else -1)
        and wanted.having in ("", "yes" if row.benefits else "no")
    )


def _says(row: Listed, query: str) -> bool:
    said = name_key(
        "\n".join((row.title, row.text.cover_title if row.text else "", row.number, *row.issuers))
    )
    return all(name_key(word) in said for word in query.split())


def _ordered(rows: list[Listed], order: str) -> list[Listed]:
    dated = [row for row in rows if row.issued]
    undated = [row for row in rows if not row.issued]
    if order == "new":
        return [*sorted(dated, key=_day, reverse=True), *undated]
    return [*sorted(dated, key=_day), *undated] if order == "old" else rows


def _day(row: Listed) -> date:
    return row.issued or date.min


def count(rows: Iterable[Listed]) -> list[tuple[State, int]]:
    """How many documents are in which state, those printed in others too."""
    found = Counter(each.state.state for row in rows for each in (row, *row.inner))
    return [(state, found[state]) for state in State if found[state]]


def years_of(rows: Iterable[Listed]) -> list[int]:
    """The years in which documents were issued, the latest first."""
    return sorted(
        {each.issued.year for row in rows for each in (row, *row.inner) if each.issued}, reverse=True
    )


def regions_of(rows: Iterable[Listed], day: date) -> list[tuple[str, str]]:
    """The regions that documents are for: code and name, the widest first."""
    codes = sorted({each.region for row in rows for each in (row, *row.inner) if each.region})
    return [(code, region_name(code, day)) for code in codes]


def region_name(code: str, day: date) -> str:
    """What a region is called on a day, or its code when the catalogue has no name for it."""
    if code == _NATION:
        return "全国"
    regions = selectors.catalogue().regions
    found = regions.find(code, day) if regions else None
    return found.name if found else code
