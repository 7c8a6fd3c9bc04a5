"""Taking official text into the library: the one way in, for command, page and program alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huiqi.library.ingest import read
from huiqi.library.knowledge import Knowledge
from huiqi.library.ledger import ledger_of, roles_of
from huiqi.library.model import Reading
from huiqi.library.store import Library, Put


@dataclass(frozen=True, slots=True)
class Taken:
    """One source that was taken in: what it was read into, and what that changed in the library."""

    reading: Reading
    put: Put


def read_all(paths: Sequence[Path], knowledge: Knowledge) -> tuple[Reading, ...]:
    """Read files, all of them before anything is written.

    Raises ``SourceError`` for the first that cannot be read.
    """
    return tuple(read(path, knowledge) for path in paths)


def take_in(
    library: Library, readings: Sequence[Reading], knowledge: Knowledge, *, take_over: bool = False
) -> tuple[Taken, ...]:
    """Put what was read into the library with the roles of its clauses, each source whole or not at all.

    Raises ``LibraryError`` when the library cannot be written.
    """
    return tuple(Taken(each, _put(library, each, knowledge, take_over)) for each in readings)


def _put(library: Library, reading: Reading, knowledge: Knowledge, take_over: bool) -> Put:
    roles = {
        (document.id, clause): role.value
        for document in reading.documents
        for clause, (role, _) in roles_of(document, ledger_of(document, knowledge.bodies)).items()
    }
    return library.put(reading, roles=roles, take_over=take_over)
