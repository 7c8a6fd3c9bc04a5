"""Documents as rows: what is listed has columns of its own, the whole document is one text beside them."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import Any

from huiqi.library.export.as_json import document_from_json, document_json
from huiqi.library.model import Dated, Document, Level
from huiqi.library.store import index, plain
from huiqi.library.store.errors import LibraryError
from huiqi.library.store.listing import DocumentInfo
from huiqi.library.store.names import name_key

LISTED = """
    document.id, title, number, issuers, issued, level, region, effective, expires, cover_title, within,
    section, source.name, clauses, document.characters
    FROM document JOIN source ON source.id = document.source
"""
"""The columns that `info_of` reads, and where they come from."""


def info_of(row: tuple[Any, ...]) -> DocumentInfo:
    """The listing of a document from its row of ``LISTED``."""
    id_, title, number, issuers, issued, level, region, effective, expires, *rest = row
    cover_title, within, section, source, clauses, characters = rest
    return DocumentInfo(
        id=id_,
        title=title,
        number=number,
        issuers=tuple(json.loads(issuers)),
        issued=date.fromisoformat(issued) if issued else None,
        level=Level(level),
        region=region,
        effective=plain.load(Dated, effective) if effective else None,
        expires=plain.load(Dated, expires) if expires else None,
        cover_title=cover_title,
        within=within,
        section=section,
        source=source,
        clauses=clauses,
        characters=characters,
    )


def dump_document(document: Document) -> str:
    """A document as the text that is kept of it."""
    return json.dumps(document_json(document), ensure_ascii=False, separators=(",", ":"))


def load_document(text: str) -> Document:
    """The document that was kept. Raises LibraryError when it was kept in a form that is no longer read."""
    try:
        return document_from_json(json.loads(text))
    except ValueError as error:
        raise LibraryError(f"政策库里的文件是按旧形式保存的，请从官方文本重新读入（{error}）") from error


def insert_document(connection: sqlite3.Connection, document: Document, source: int, position: int) -> None:
    """Write a document with its passages and their words."""
    clauses = list(document.walk())
    row = {
        "id": document.id,
        "source": source,
        "position": position,
        "title": document.title,
        "number": document.number,
        "issuers": json.dumps(document.issuers, ensure_ascii=False),
        "issued": document.issued.isoformat() if document.issued else None,
        "level": document.level.value,
        "region": document.region,
        "effective": plain.dump(document.effective) if document.effective else None,
        "expires": plain.dump(document.expires) if document.expires else None,
        "cover_title": document.cover_title,
        "within": document.within,
        "section": document.section,
        "clauses": len(clauses),
        "characters": sum(len(clause.text) for clause in clauses),
        "title_key": name_key(document.title),
        "number_key": name_key(document.number or ""),
        "cover_key": name_key(document.cover_title),
    }
    statement = f"INSERT INTO document ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"  # noqa: S608
    serial = connection.execute(statement, row).lastrowid
    assert serial is not None
    connection.execute("INSERT INTO document_body VALUES (?, ?)", (serial, dump_document(document)))
    connection.executemany(
        "INSERT INTO repeal VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (serial, one.title, one.number, one.clause, one.extent, name_key(one.title), name_key(one.number))
            for one in document.repeals
        ),
    )
    index.insert_passages(connection, serial, document)


def delete_document(connection: sqlite3.Connection, identifier: str) -> None:
    """Take a document out, with its passages, their words, its roles, and what was noted of it."""
    (serial, source) = connection.execute(
        "SELECT serial, source FROM document WHERE id = ?", (identifier,)
    ).fetchone()
    index.delete_passages(connection, serial)
    connection.execute("DELETE FROM document WHERE serial = ?", (serial,))
    for table in ("loss", "remark"):
        connection.execute(
            f"DELETE FROM {table} WHERE source = ? AND document = ?",  # noqa: S608
            (source, identifier),
        )
