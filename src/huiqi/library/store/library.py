"""The library: sources and documents in one file, put whole and read clause by clause."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from huiqi.library.model import Clause, Document, Loss, Reading, Remark
from huiqi.library.store import plain, readings
from huiqi.library.store.connection import connect, translated, writing
from huiqi.library.store.documents import LISTED, info_of, load_document
from huiqi.library.store.errors import LibraryError
from huiqi.library.store.listing import DocumentInfo, Put, SourceInfo
from huiqi.library.store.names import name_key
from huiqi.library.store.states import DocumentState, Ending, start_of, state_on

DEFAULT_PATH = Path("var/library/library.sqlite3")
"""Where the library stands unless told otherwise, from the root of the project."""

_LEAST_PART = 2  # characters of a name from which it is looked for inside titles


class Library:
    """An open library.

    It belongs to the thread that opened it; opening is cheap, so each thread opens its own. Every method
    raises LibraryError when the file cannot be used. Others may read while one writes; a reader sees the
    library as it was before, or after, never between.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path | str = DEFAULT_PATH, *, create: bool = True) -> Self:
        """Open the library in a file, made with its folder when missing unless ``create`` is false.

        ``:memory:`` is a library that lasts until it is closed.
        """
        path = Path(path)
        return cls(path, connect(path, create=create))

    def close(self) -> None:
        """Close it; closing twice is one closing."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing ----

    def put(
        self,
        reading: Reading,
        *,
        roles: Mapping[tuple[str, str], str] = MappingProxyType({}),
        take_over: bool = False,
    ) -> Put:
        """Put what a source was read into, all of it or nothing, with the roles of its clauses (`set_roles`).

        The same source put before is replaced, roles forgotten; ids are those of the reading. A document that
        stands under another source already is left there and reported, or moved here when ``take_over`` says
        so. Raises LibraryError when two documents of the reading have one id.
        """
        with self._writing():
            done = readings.put(self._connection, reading, take_over=take_over)
            kept = {one.document for one in done.kept}
            self._set_roles({place: role for place, role in roles.items() if place[0] not in kept})
            return done

    def remove(self, source: str) -> tuple[str, ...]:
        """Take a source and its documents out, and give their ids.

        Raises LibraryError when it is not there.
        """
        with self._writing():
            return readings.remove(self._connection, source)

    def set_roles(self, roles: Mapping[tuple[str, str], str]) -> None:
        """Set what clauses are for (benefit, procedure, duty …), by document id and clause id.

        For the documents that are named this is all there is: roles set before are forgotten. Raises
        LibraryError for a document that is not in the library; then nothing is set.
        """
        with self._writing():
            self._set_roles(roles)

    # ---- reading ----

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Every document, source by source in the order of the text."""
        return tuple(map(info_of, self.select(f"SELECT {LISTED} ORDER BY document.source, position")))

    def info(self, identifier: str) -> DocumentInfo | None:
        """The listing of one document."""
        row = self._one(f"SELECT {LISTED} WHERE document.id = ?", identifier)
        return info_of(row) if row else None

    def document(self, identifier: str) -> Document | None:
        """A document with its clauses."""
        row = self._one(
            "SELECT json FROM document JOIN document_body ON document = serial WHERE id = ?", identifier
        )
        return load_document(row[0]) if row else None

    def clause(self, document: str, clause: str) -> Clause | None:
        """A clause of a document, with those below it."""
        found = self.document(document)
        return found.clause(clause) if found else None

    def find(self, name: str) -> tuple[DocumentInfo, ...]:
        """The documents with a title, number or id; when none has exactly it, those whose names contain it.

        Brackets, quotes, blanks and points do not count. The shortest title comes first, which is the
        nearest.
        """
        key = name_key(name)
        if not key:
            return ()
        found = self.select(
            f"SELECT {LISTED} WHERE ? IN (title_key, number_key, cover_key) OR document.id = ?"
            " ORDER BY document.source, position",
            key,
            name.strip(),
        )
        if not found and len(key) >= _LEAST_PART:
            found = self.select(
                f"SELECT {LISTED} WHERE instr(title_key, ?1) OR instr(cover_key, ?1) OR instr(number_key, ?1)"
                " ORDER BY length(title_key), document.source, position",
                key,
            )
        return tuple(map(info_of, found))

    def sources(self) -> tuple[SourceInfo, ...]:
        """Every source, in the order in which they first came."""
        rows = self.select(
            "SELECT name, medium, encoding, digest, characters,"
            " (SELECT count(*) FROM document WHERE document.source = source.id) FROM source ORDER BY id"
        )
        return tuple(SourceInfo(*row) for row in rows)

    def source_text(self, name: str) -> str | None:
        """The text of a source, character for character as it was read."""
        row = self._one("SELECT text FROM source JOIN source_body ON source = id WHERE name = ?", name)
        return str(row[0]) if row else None

    def reading(self, name: str) -> Reading | None:
        """What a source was read into, with those of its documents that stand under it."""
        with self.snapshot():
            return readings.reading_of(self._connection, name)

    def losses(self, source: str | None = None) -> tuple[Loss, ...]:
        """What is visibly missing, in one source or in all, in the order of the text."""
        return tuple(plain.load(Loss, one) for one in self._notes("loss", source))

    def remarks(self, source: str | None = None) -> tuple[Remark, ...]:
        """What is noted on places of the text, in one source or in all."""
        return tuple(plain.load(Remark, one) for one in self._notes("remark", source))

    def roles(self, document: str) -> dict[str, str]:
        """The roles of a document's clauses by clause id; empty until `set_roles` was told of them."""
        rows = self.select(
            "SELECT clause, role FROM role JOIN document ON serial = document WHERE id = ?", document
        )
        return dict(rows)

    def states(self, day: date, only: Collection[str] | None = None) -> dict[str, DocumentState]:
        """The state of every document on a day, or of ``only`` some, by id."""
        with self.snapshot():
            infos = self.documents() if only is None else tuple(filter(None, map(self.info, sorted(only))))
            endings = self._endings()
        return {info.id: state_on(info, day, endings.get(info.id, ())) for info in infos}

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the library as it is now, however many questions are asked of it meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        with self._understood():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.rollback()

    def select(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a question in SQL gets: for the search, which knows the tables of `schema`."""
        with self._understood():
            return self._connection.execute(statement, values).fetchall()

    # ---- inside ----

    def _set_roles(self, roles: Mapping[tuple[str, str], str]) -> None:
        serials: dict[str, int] = {}
        for identifier in dict.fromkeys(document for document, _ in roles):
            row = self._one("SELECT serial FROM document WHERE id = ?", identifier)
            if row is None:
                raise LibraryError(f"库里没有文件“{identifier}”，它的条款不能归类")
            (serials[identifier],) = row
            self._connection.execute("DELETE FROM role WHERE document = ?", row)
        self._connection.executemany(
            "INSERT INTO role VALUES (?, ?, ?)",
            ((serials[document], clause, str(role)) for (document, clause), role in roles.items()),
        )

    def _endings(self) -> dict[str, list[Ending]]:
        """Which documents of the library end which, by the id of the one that is ended."""
        rows = self.select(
            "SELECT ended.id, ending.id, extent"
            " FROM repeal JOIN document AS ending ON ending.serial = document"
            " JOIN document AS ended ON ended.serial <> ending.serial AND ("
            " repeal.number_key <> '' AND repeal.number_key = ended.number_key OR"
            " repeal.title_key <> '' AND repeal.title_key IN (ended.title_key, ended.cover_key))"
        )
        found: dict[str, list[Ending]] = {}
        for ended, ending, extent in rows:
            by = self.info(ending)
            assert by is not None
            found.setdefault(ended, []).append(Ending(by.id, by.title, start_of(by), extent))
        return found

    def _notes(self, table: str, source: str | None) -> list[str]:
        rows = self.select(
            f"SELECT json FROM {table} JOIN source ON source.id = source"  # noqa: S608
            " WHERE ?1 IS NULL OR name = ?1 ORDER BY source, position",
            source,
        )
        return [one for (one,) in rows]

    def _one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        rows = self.select(statement, *values)
        return rows[0] if rows else None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._understood(), writing(self._connection):
            yield

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, self.path) from error
        except UnicodeEncodeError as error:
            raise LibraryError(
                f"有不成对的代理字符（U+{ord(error.object[error.start]):04X}），不能保存"
            ) from error
