"""Tables that only grow: the database itself refuses to change or remove a row, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "casework_entry",
    "casework_command",
    "casework_identityseen",
    "casework_document",
    "casework_moveddate",
)
_GUARDED = ("update", "delete")
_WORDS = "这张表只增不改"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION casework_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_WORDS}: %', TG_TABLE_NAME; END $$
"""


def protect(connection: BaseDatabaseWrapper) -> None:
    """Put the guards up where they are not yet."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in TABLES:
            for statement in _guards(table, connection.vendor):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down: to undo the migration, and to empty the tables between tests."""
    of_table = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in TABLES:
            for what in _GUARDED:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}" + of_table.format(table))


def _guards(table: str, vendor: str) -> Iterator[str]:
    does = "EXECUTE FUNCTION casework_only_grows()"
    if vendor != "postgresql":
        does = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    for what in _GUARDED:
        each = "FOR EACH ROW " if vendor == "postgresql" else ""
        yield f"CREATE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table} {each}{does}"
