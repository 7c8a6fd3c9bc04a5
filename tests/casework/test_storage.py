"""Which database, with which settings, and how SQLite's write-ahead log is kept short."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from huiqi.casework.storage import StorageError, database, resets_safely, write_back


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_versions_of_sqlite_that_may_reset_their_log(version: tuple[int, ...], safe: bool) -> None:
    assert resets_safely(version) is safe


@pytest.mark.django_db
def test_the_connection_loses_nothing() -> None:
    def setting(name: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(("PRAGMA " if connection.vendor == "sqlite" else "SHOW ") + name)
            return str(cursor.fetchone()[0])

    if connection.vendor == "sqlite":
        assert (setting("journal_mode"), setting("synchronous"), setting("foreign_keys")) == ("wal", "2", "1")
        guarded = setting("wal_autocheckpoint") == "0"
        assert guarded is not resets_safely(sqlite3.sqlite_version_info)
    else:
        names = ("fsync", "synchronous_commit", "full_page_writes")
        assert [setting(name) for name in names] == ["on"] * 3


def test_an_address_is_read_and_a_wrong_one_is_explained(tmp_path: Path) -> None:
    found = database("postgresql://office@db.example:5433/cases", tmp_path)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "cases")
    assert database("", tmp_path)["NAME"] == tmp_path / "portal.sqlite3"
    for wrong in ("mysql://office@db/cases", "sqlite:///cases", "cases", "postgresql//office"):
        with pytest.raises(StorageError, match="HUIQI_DATABASE") as error:
            database(wrong, tmp_path)
        assert "office" not in str(error.value)


def test_the_log_is_written_back_only_when_nobody_writes(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite3"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("CREATE TABLE t (x)")
    before = path.stat().st_size
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert write_back(path, wait=0.05) is False
    writer.execute("COMMIT")
    assert write_back(path) is True
    assert path.stat().st_size > before + 100_000
    writer.close()
