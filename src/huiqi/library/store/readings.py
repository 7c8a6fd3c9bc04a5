"""Readings as rows: a source with its documents, put whole and read back whole."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from huiqi.library.model import Clause, LineKind, Loss, Reading, Remark, Source, Span
from huiqi.library.store import plain
from huiqi.library.store.documents import delete_document, insert_document, load_document
from huiqi.library.store.errors import LibraryError
from huiqi.library.store.index import count_passages
from huiqi.library.store.listing import Kept, Put


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a reading holds beside text, documents, losses and remarks."""

    source: Source  # without its text
    between: tuple[Clause, ...]
    left_out: tuple[tuple[LineKind, Span], ...]


def put(connection: sqlite3.Connection, reading: Reading, *, take_over: bool) -> Put:
    """Write a reading in place of what its source had; a transaction is the caller's."""
    _check_ids(reading)
    name = reading.source.name
    before = documents_of(connection, name)
    elsewhere = _elsewhere(connection, reading)
    kept = () if take_over else elsewhere
    left = {one.document for one in kept}
    for identifier in (*before, *(one.document for one in elsewhere if take_over)):
        delete_document(connection, identifier)
    serial = _write_source(connection, reading)
    documents = [document for document in reading.documents if document.id not in left]
    for position, document in enumerate(documents):
        insert_document(connection, replace(document, source=name), serial, position)
    _write_notes(connection, "loss", serial, [one for one in reading.losses if one.document not in left])
    _write_notes(connection, "remark", serial, [one for one in reading.remarks if one.document not in left])
    count_passages(connection)
    now = tuple(document.id for document in documents)
    moved = {one.document for one in elsewhere} - left
    return Put(
        source=name,
        added=tuple(one for one in now if one not in before and one not in moved),
        replaced=tuple(one for one in now if one in before),
        moved=tuple(one for one in elsewhere if one.document in moved),
        kept=kept,
        gone=tuple(one for one in before if one not in now),
    )


def remove(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Take a source out with its documents, and give their ids; a transaction is the caller's."""
    gone = documents_of(connection, name)
    for identifier in gone:
        delete_document(connection, identifier)
    if not connection.execute("DELETE FROM source WHERE name = ?", (name,)).rowcount:
        names = [one for (one,) in connection.execute("SELECT name FROM source ORDER BY id")]
        raise LibraryError(
            f"库里没有来源“{name}”；{'现有：' + '、'.join(names) if names else '现在一个来源也没有'}"
        )
    count_passages(connection)
    return gone


def documents_of(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """The ids of the documents that stand under a source."""
    rows = connection.execute(
        "SELECT document.id FROM document JOIN source ON source.id = document.source"
        " WHERE source.name = ? ORDER BY position",
        (name,),
    )
    return tuple(identifier for (identifier,) in rows)


def reading_of(connection: sqlite3.Connection, name: str) -> Reading | None:
    """What a source was read into, with those of its documents that stand under it."""
    row = connection.execute(
        "SELECT id, text, rest FROM source JOIN source_body ON source = id WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return None
    serial, text, rest = row
    parts = plain.load(_Rest, rest)
    bodies = connection.execute(
        "SELECT json FROM document JOIN document_body ON document = serial"
        " WHERE source = ? ORDER BY position",
        (serial,),
    )
    return Reading(
        source=replace(parts.source, text=text),
        documents=tuple(load_document(body) for (body,) in bodies),
        between=parts.between,
        left_out=parts.left_out,
        losses=tuple(plain.load(Loss, one) for one in _notes(connection, "loss", serial)),
        remarks=tuple(plain.load(Remark, one) for one in _notes(connection, "remark", serial)),
    )


def _check_ids(reading: Reading) -> None:
    twice = [one for one, times in Counter(each.id for each in reading.documents).items() if times > 1]
    if twice:
        titles = "、".join(f"《{each.title}》" for each in reading.documents if each.id == twice[0])
        raise LibraryError(f"来源“{reading.source.name}”里有几件文件同用标识“{twice[0]}”：{titles}；没有写入")


def _elsewhere(connection: sqlite3.Connection, reading: Reading) -> tuple[Kept, ...]:
    """The documents of the reading that stand under another source."""
    found = []
    for document in reading.documents:
        row = connection.execute(
            "SELECT title, source.name FROM document JOIN source ON source.id = document.source"
            " WHERE document.id = ? AND source.name <> ?",
            (document.id, reading.source.name),
        ).fetchone()
        if row:
            found.append(Kept(document.id, *row))
    return tuple(found)


def _write_source(connection: sqlite3.Connection, reading: Reading) -> int:
    """Write the source anew under the number that it has, so that sources keep their order."""
    source = reading.source
    connection.execute(
        "INSERT INTO source (name, medium, encoding, digest, characters) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET medium = excluded.medium, encoding = excluded.encoding,"
        " digest = excluded.digest, characters = excluded.characters",
        (source.name, source.medium, source.encoding, source.digest, len(source.text)),
    )
    (serial,) = connection.execute("SELECT id FROM source WHERE name = ?", (source.name,)).fetchone()
    rest = _Rest(replace(source, text=""), reading.between, reading.left_out)
    connection.execute(
        "INSERT OR REPLACE INTO source_body VALUES (?, ?, ?)", (serial, source.text, plain.dump(rest))
    )
    return int(serial)


def _write_notes(
    connection: sqlite3.Connection, table: str, serial: int, notes: Sequence[Loss | Remark]
) -> None:
    connection.execute(f"DELETE FROM {table} WHERE source = ?", (serial,))  # noqa: S608
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608
        ((serial, position, one.document, plain.dump(one)) for position, one in enumerate(notes)),
    )


def _notes(connection: sqlite3.Connection, table: str, serial: int) -> list[str]:
    rows = connection.execute(
        f"SELECT json FROM {table} WHERE source = ? ORDER BY position",  # noqa: S608
        (serial,),
    )
    return [one for (one,) in rows]
