"""The library that is there now: read once for each state of its file, and asked anew when the file changes.

The portal needs no library. When there is none, or one that cannot be used, pages say so and go on without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from huiqi.library.model import Document
from huiqi.library.store import DocumentInfo, DocumentState, Library, LibraryError
from huiqi.library.store.names import name_key

T = TypeVar("T")

logger = logging.getLogger(__name__)

Version = tuple[tuple[int, int, int], ...]
"""What changes when a library is written: inode, size and time of its file, and of the log beside it."""

_DAYS_KEPT = 16
_DOCUMENTS_KEPT = 64


class Shelf:
    """What a library file holds: the listing and the notes at once, the rest when it is asked for.

    Making one, and everything that is read later, raises ``LibraryError`` when the file cannot be used.
    """

    states: Callable[[date], Mapping[str, DocumentState]]
    """The state of every document on a day, by id."""

    document: Callable[[str], Document | None]
    """The document with an id, with its clauses."""

    roles: Callable[[str], Mapping[str, str]]
    """What the clauses of a document are for, by clause id, as far as the library was told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.open() as library, library.snapshot():
            self.infos: Mapping[str, DocumentInfo] = {info.id: info for info in library.documents()}
            self.losses = library.losses()
            self.remarks = library.remarks()
        self._names = _names(self.infos)
        self.states = lru_cache(_DAYS_KEPT)(lambda day: self._ask(lambda it: it.states(day)))
        self.document = lru_cache(_DOCUMENTS_KEPT)(lambda name: self._ask(lambda it: it.document(name)))
        self.roles = lru_cache(_DOCUMENTS_KEPT)(lambda name: self._ask(lambda it: it.roles(name)))

    def open(self) -> Library:
        """The library itself; it belongs to the thread that opens it, and has to be closed."""
        return Library.open(self.path, create=False)

    def named(self, name: str) -> DocumentInfo | None:
        """The one document with exactly this title or number; brackets, quotes and blanks do not count."""
        found = self._names.get(name_key(name))
        return self.infos[found] if found else None

    def _ask(self, question: Callable[[Library], T]) -> T:
        with self.open() as library:
            return question(library)


def _names(infos: Mapping[str, DocumentInfo]) -> dict[str, str]:
    """Documents by their names, without the names that several have."""
    found: dict[str, str] = {}
    for info in infos.values():
        for name in (info.title, info.cover_title, info.number or ""):
            if found.setdefault(name_key(name), info.id) != info.id:
                found[name_key(name)] = ""
    return found | {"": ""}


def shelf() -> Shelf | None:
    """The library as it is now; ``None`` when there is none, or none that can be used."""
    return _now()[0]


def trouble() -> str:
    """Why the library that is there cannot be used, for whoever can mend it; empty when all is well."""
    return _now()[1]


def said(error: LibraryError) -> str:
    """What is wrong, for a page. Where the file lies is for its keeper only, who finds it in the log."""
    path = Path(settings.LIBRARY_FILE)
    _log_once(_version(path), str(error))
    return str(error).replace(str(path), path.name).rstrip("。")


def _now() -> tuple[Shelf | None, str]:
    path = Path(settings.LIBRARY_FILE)
    version = _version(path)
    if not version:
        return None, ""
    try:
        return _read(path, version), ""
    except LibraryError as error:
        return None, said(error)


def _version(path: Path) -> Version:
    """The state of the file; empty when it is not there."""
    found = []
    for each in (path, Path(f"{path}-wal")):
        try:
            stat = each.stat()
        except OSError:
            continue
        if stat.st_size or each == path:  # an empty log is left behind by whoever only reads
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


@lru_cache(maxsize=2)
def _read(path: Path, version: Version) -> Shelf:
    return Shelf(path)


@lru_cache(maxsize=2)
def _log_once(version: Version, message: str) -> None:
    logger.warning("%s", message)
