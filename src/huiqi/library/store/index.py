"""The words of passages, written to the full-text index and taken out of it again.

The index keeps no text: passages stand in a table of their own, and their words are made again from it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from huiqi.library.model import Document
from huiqi.library.store.passages import passages_of
from huiqi.library.store.tokens import is_pair, words

_COUNTED = (
    "INSERT INTO character VALUES (?, ?)"
    " ON CONFLICT (word) DO UPDATE SET passages = passages + excluded.passages"
)


def insert_passages(connection: sqlite3.Connection, serial: int, document: Document) -> None:
    """Write the passages of a document."""
    title = words(document_name(document.title, document.number))
    counts: Counter[str] = Counter()
    for passage in passages_of(document):
        path, text = words(passage.path), words(passage.text)
        identifier = connection.execute(
            "INSERT INTO passage (document, path, text, size) VALUES (?, ?, ?, ?)",
            (serial, passage.path, passage.text, len(text)),
        ).lastrowid
        connection.executemany(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
            ((identifier, part.start, part.end, part.clause, part.cite) for part in passage.parts),
        )
        connection.execute(
            "INSERT INTO word (rowid, title, path, text) VALUES (?, ?, ?, ?)",
            (identifier, *map(" ".join, (title, path, text))),
        )
        counts.update(_characters(title, path, text))
    connection.executemany(_COUNTED, counts.items())


def delete_passages(connection: sqlite3.Connection, serial: int) -> None:
    """Take the words of a document's passages out of the index; the passages go with the document."""
    name = connection.execute("SELECT title, number FROM document WHERE serial = ?", (serial,)).fetchone()
    title = words(document_name(*name))
    counts: Counter[str] = Counter()
    rows = connection.execute("SELECT id, path, text FROM passage WHERE document = ?", (serial,)).fetchall()
    for identifier, *both in rows:
        path, text = map(words, both)
        connection.execute(
            "INSERT INTO word (word, rowid, title, path, text) VALUES ('delete', ?, ?, ?, ?)",
            (identifier, *map(" ".join, (title, path, text))),
        )
        counts.update(_characters(title, path, text))
    connection.executemany(_COUNTED, ((word, -times) for word, times in counts.items()))
    connection.execute("DELETE FROM character WHERE passages = 0")


def document_name(title: str, number: str | None) -> str:
    """The name of a document under which all its passages are found."""
    return f"{title} {number or ''}".strip()


def count_passages(connection: sqlite3.Connection) -> None:
    """Note how many passages there are and how many words they have, which ranking asks for every time."""
    connection.execute(
        "UPDATE total SET (passages, size) = (SELECT count(*), coalesce(sum(size), 0) FROM passage)"
    )


def _characters(*fields: list[str]) -> set[str]:
    return {word for field in fields for word in field if not is_pair(word)}
