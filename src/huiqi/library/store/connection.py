"""Opening the file of a library: making it, recognising it, reading it where nothing may be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from huiqi.library.store.errors import LibraryError
from huiqi.library.store.schema import APPLICATION_ID, INDEX, TABLES, VERSION

_WAIT = 30.0
"""Seconds to wait for another writer."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the library in a file, which is made when it is missing and ``create`` says so.

    A file, folder or medium that may not be written is opened for reading. Raises LibraryError when the file
    is missing, is no library, or is one of another version.
    """
    try:
        there, folder = path.exists(), path.is_dir()
    except OSError as error:
        raise LibraryError(f"看不到政策库 {path}：{error.strerror}；请检查文件夹的权限") from error
    if folder:
        raise LibraryError(f"{path} 是文件夹，不是政策库文件；请写到文件为止，如 {path / 'library.sqlite3'}")
    if not there:
        if not create:
            raise LibraryError(f"没有政策库：{path}。请检查路径，或先读入官方文本来建立它")
        _make_folder(path.parent)
    try:
        return _open(path, create=create)
    except sqlite3.Error as error:
        raise translated(error, path) from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that writes: all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def translated(error: sqlite3.Error, path: Path) -> LibraryError:
    """What an error of SQLite means for whoever uses the library."""
    words = str(error)
    if "not a database" in words:
        return LibraryError(f"{path} 不是政策库：它不是 SQLite 文件")
    if "malformed" in words:
        return LibraryError(f"政策库 {path} 已损坏（{words}）。请删去它，再从官方文本重新读入")
    if "locked" in words:
        return LibraryError(f"政策库 {path} 正由另一个程序写入，等了{_WAIT:.0f}秒仍未结束；请稍后再试")
    if "readonly" in words:
        return LibraryError(f"政策库 {path} 只能读，不能写；请检查文件和文件夹的权限")
    if "unable to open" in words:
        return LibraryError(f"打不开政策库 {path}；请检查文件和文件夹的权限")
    if "fts5" in words:
        return LibraryError("这个 Python 所带的 SQLite 没有全文检索（FTS5）；请换用带有它的 Python")
    if "full" in words:
        return LibraryError(f"写政策库 {path} 时磁盘已满；原有内容没有变化")
    return LibraryError(f"政策库 {path} 不能使用：{words}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"不能建立文件夹 {folder}：{error.strerror}") from error


def _open(path: Path, *, create: bool) -> sqlite3.Connection:
    connection = _plain_connection(path, "rwc" if create else "rw")
    try:
        if connection is None or not _may_use(connection):
            if connection is not None:
                connection.close()
            connection = _read_only(path)
        if create and _is_empty(connection):
            _fill(connection)
        _recognise(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _plain_connection(path: Path, mode: str) -> sqlite3.Connection | None:
    """A connection, or ``None`` when the file may not be opened in that mode."""
    try:
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None
        )
    except sqlite3.OperationalError:
        return None


def _may_use(connection: sqlite3.Connection) -> bool:
    """Whether the file can be read as it was opened; its log may need a folder that can be written."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        return False
    return True


def _read_only(path: Path) -> sqlite3.Connection:
    """A connection for reading, to a file on a medium that takes no log beside it."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise LibraryError(
            f"政策库 {path} 上次没有正常关闭，而现在的位置不能写；请先在可以写的地方打开一次，再复制过来"
        )
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, timeout=_WAIT, isolation_level=None
    )


def _is_empty(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return not tables and not _pragma(connection, "application_id")


def _fill(connection: sqlite3.Connection) -> None:
    """Make the tables of a new library, once, however many open it at the same time."""
    connection.execute("PRAGMA journal_mode = WAL")
    with writing(connection):
        if not _is_empty(connection):
            return
        for statement in (TABLES + INDEX).split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise LibraryError(f"{path} 不是政策库：它是别的 SQLite 文件，或是空的")
    version = _pragma(connection, "user_version")
    if version != VERSION:
        newer = "请更新本程序" if version > VERSION else "请删去它，再从官方文本重新读入"
        raise LibraryError(f"政策库 {path} 是第{version}版，本程序用第{VERSION}版；{newer}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
