"""Searching the texts, narrowed by all that is known here of their documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from huiqi.library.model import Level
from huiqi.library.search import Found, search
from huiqi.library.search.searching import ANSWERED
from huiqi.library.store import DocumentInfo, Library, State
from huiqi.portal.library.knowledge import synonyms
from huiqi.portal.library.listing import state_of_text
from huiqi.portal.library.shelf import Shelf

_MOST = 100  # hits, as many as the search itself puts in order


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, and within what; what is empty does not narrow."""

    query: str
    level: Level | None = None
    state: State | None = None
    role: str = ""
    department: str = ""
    document: DocumentInfo | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return any((self.level, self.state, self.role, self.department, self.document))


def find(now: Shelf, asked: Asked, day: date, limit: int) -> Found:
    """The clauses nearest to a question. Raises ``LibraryError`` when the library cannot be read."""
    with now.open() as library:
        if asked.state is None:
            return _search(library, asked, day, limit)
        for enough in (3 * limit, _MOST):  # mostly the first is enough, and it costs less
            found = _search(library, asked, day, enough)
            hits = tuple(hit for hit in found.hits if state_of_text(hit.document, day).state is asked.state)
            if len(hits) >= limit or len(found.hits) < enough:
                break
    answered = (True if hits[0].coverage >= ANSWERED else None) if hits else False
    return replace(found, hits=hits[:limit], answered=answered)


def named(now: Shelf, asked: Asked) -> tuple[DocumentInfo, ...]:
    """The documents with that title or number, or with the words in it."""
    with now.open() as library:
        return library.find(asked.query)


def _search(library: Library, asked: Asked, day: date, limit: int) -> Found:
    """A document of which the text says nothing may be in any state: the catalogue may know more."""
    return search(
        library,
        asked.query,
        level=asked.level,
        on=day,
        states=(asked.state, State.UNSTATED) if asked.state else (),
        document=asked.document.id if asked.document else None,
        department=asked.department or None,
        role=asked.role or None,
        limit=limit,
        synonyms=synonyms(),
    )
