"""Where cases are kept: SQLite for one machine, PostgreSQL where an address is given; both lose nothing.

SQLite: write-ahead log, ``synchronous=FULL`` (with NORMAL an acknowledged write can vanish when the power
fails), and a transaction that will write says so when it begins (IMMEDIATE), so that two queue instead of
failing half-way.

SQLite from 3.7.0 to 3.51.2 can corrupt a database when one connection resets the write-ahead log at the very
moment another writes (mended in 3.51.3, and in 3.50.7). On such a version the log is never reset by a commit
(``wal_autocheckpoint=0``): ``keep_log_short`` does it, while it holds the lock that every writer needs.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connection

MENDED = (3, 51, 3)
MENDED_EARLIER = (3, 50, 7)
LONG_LOG = 4 * 1024 * 1024
"""Bytes of write-ahead log that are too many; SQLite's own limit of 1000 pages is about as much."""


class StorageError(ValueError):
    """The database address cannot be used; the message is Chinese, for the person who set it."""


def database(address: str, folder: Path) -> dict[str, Any]:
    """Django's settings of the database at an address, or of the file in ``folder`` when there is no address.

    Raises StorageError for an address that is not one of PostgreSQL.
    """
    if not address:
        return _sqlite(folder / "portal.sqlite3")
    try:
        found = dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise StorageError(f"HUIQI_DATABASE 不是数据库地址（{type(error).__name__}）：{_EXAMPLE}") from None
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise StorageError(f"HUIQI_DATABASE 只能是 PostgreSQL 的地址：{_EXAMPLE}")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StorageError("用 PostgreSQL 要另装驱动：pip install 'huiqi[postgresql]'") from None
    return found


_EXAMPLE = "写成 postgresql://用户@主机/库名；不写就用本机的 SQLite"


def resets_safely(version: tuple[int, ...]) -> bool:
    """Tell whether this version of SQLite may reset the write-ahead log while others write."""
    return version >= MENDED or MENDED_EARLIER <= version < (3, 51, 0)


def _sqlite(path: Path) -> dict[str, Any]:
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"]
    if not resets_safely(sqlite3.sqlite_version_info):
        pragmas.append("wal_autocheckpoint=0")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": " ".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def keep_log_short() -> None:
    """Write a long log back into the database file, with every writer kept out meanwhile. Never waits long.

    Does nothing on other databases, on a version of SQLite that does it well by itself, or when somebody
    writes just now; then the next call will.
    """
    if connection.vendor != "sqlite" or resets_safely(sqlite3.sqlite_version_info):
        return
    path = Path(str(connection.settings_dict["NAME"]))
    log = path.with_name(path.name + "-wal")
    try:
        if log.stat().st_size >= LONG_LOG:
            write_back(path)
    except OSError:  # no file, no log
        return


def write_back(path: Path, wait: float = 0.2) -> bool:
    """Move what the write-ahead log has into the file; tell whether it could lock within ``wait`` s."""
    gate = sqlite3.connect(path, timeout=wait, isolation_level=None)
    mover = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        gate.execute("BEGIN IMMEDIATE")
        mover.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        gate.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        mover.close()
        gate.close()
    return True
