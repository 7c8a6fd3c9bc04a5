"""Tables that only grow: the database itself refuses to change or remove a row, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "casework_entry",
    "casework_command",
    "casework_identityseen",
    "casework_document",
    "casework_moveddate",
    "casework_report",
    "casework_sample",
)
"""All of them. A migration names those that are there when it runs, and never this list."""
_GUARDED = ("update", "delete")
_WORDS = "这张表只增不改"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION casework_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_WORDS}: %', TG_TABLE_NAME; END $$
"""


def protect(connection: BaseDatabaseWrapper, tables: Iterable[str] = TABLES) -> None:
    """Put the guards up where they are not yet."""
    tables = tuple(tables)
    lift(connection, tables)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in tables:
            for statement in _guards(table, connection.vendor):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, tables: Iterable[str] = TABLES) -> None:
    """Take the guards down: to undo the migration, and to empty the tables between tests."""
    of_table = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in tables:
            for what in _GUARDED:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}" + of_table.format(table))


def _guards(table: str, vendor: str) -> Iterator[str]:
    does = "EXECUTE FUNCTION casework_only_grows()"
    if vendor != "postgresql":
        does = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    for what in _GUARDED:
        each = "FOR EACH ROW " if vendor == "postgresql" else ""
        yield f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table} {each}{does}"
