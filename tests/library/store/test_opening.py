"""Opening a file that is a library, that is none, or that may not be written."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from huiqi.library.search import search
from huiqi.library.store import Library, LibraryError
from huiqi.library.store.schema import VERSION
from tests.library.store.making import LOANS, SHOPS, put, reading

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


def pragma(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def refused(path: Path, *, create: bool = False) -> str:
    with pytest.raises(LibraryError) as error:
        Library.open(path, create=create)
    return str(error.value)


def test_a_library_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "library.sqlite3"
    with Library.open(path) as library:
        assert library.documents() == ()
    with Library.open(path, create=False) as library:
        assert library.sources() == ()


def test_a_missing_library_is_not_made_when_it_should_be_there(path: Path) -> None:
    assert refused(path).startswith(f"没有政策库：{path}")
    assert not path.exists()


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    assert "是文件夹" in refused(tmp_path)
    assert "是文件夹" in refused(tmp_path, create=True)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert "不能建立文件夹" in refused(tmp_path / "a" / "library.sqlite3", create=True)


def some_text(path: Path) -> None:
    path.write_text("各县区人民政府：" * 200, encoding="utf-8")


def other_database(path: Path) -> None:
    pragma(path, "CREATE TABLE shop (name TEXT)")


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("make", [some_text, other_database])
def test_another_file_is_refused_and_left_as_it_is(
    path: Path, make: Callable[[Path], None], create: bool
) -> None:
    make(path)
    before = path.read_bytes()
    assert "不是政策库" in refused(path, create=create)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_library_only_when_one_may_be_made(path: Path) -> None:
    path.touch()
    assert "不是政策库" in refused(path)
    with Library.open(path) as library:
        put(library, SHOPS)
    with Library.open(path, create=False) as library:
        assert len(library.documents()) == 1


@pytest.mark.parametrize(("version", "advice"), [(VERSION + 1, "请更新本程序"), (VERSION - 1, "重新读入")])
def test_a_library_of_another_version_is_refused_with_both_versions(
    path: Path, version: int, advice: str
) -> None:
    Library.open(path).close()
    pragma(path, f"PRAGMA user_version = {version}")
    message = refused(path, create=True)
    assert f"第{version}版" in message
    assert f"第{VERSION}版" in message
    assert advice in message


def test_a_damaged_library_is_said_to_be_damaged(path: Path) -> None:
    with Library.open(path) as library:
        put(library, SHOPS, LOANS)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="已损坏"), Library.open(path, create=False) as library:
        library.documents()


def test_two_openings_at_once_make_one_library(path: Path) -> None:
    with Library.open(path) as one, Library.open(path) as other:
        put(one, SHOPS)
        assert [info.id for info in other.documents()] == [SHOPS.id]


def test_closing_twice_is_closing_once(path: Path) -> None:
    library = Library.open(path)
    library.close()
    library.close()


@contextmanager
def nothing_may_be_written(folder: Path) -> Iterator[None]:
    """A folder as on a medium that takes no writing; who may do anything becomes somebody who may not."""
    for each in (*folder.iterdir(), folder):
        each.chmod(0o555 if each.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def medium() -> Iterator[Path]:
    """A folder that anybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_library_on_a_medium_that_takes_no_writing_is_read_and_searched(medium: Path) -> None:
    path = medium / "library.sqlite3"
    with Library.open(path) as library:
        put(library, SHOPS)
    with nothing_may_be_written(medium):
        for create in (True, False):
            with Library.open(path, create=create) as library:
                assert library.document(SHOPS.id) == library.reading("来源.txt").documents[0]  # type: ignore[union-attr]
                assert search(library, "房租补贴").hits
                with pytest.raises(LibraryError, match="只能读"):
                    library.put(reading("另一来源.txt", LOANS))


def test_a_library_cannot_be_made_where_nothing_may_be_written(medium: Path) -> None:
    with nothing_may_be_written(medium):
        assert "请检查文件和文件夹的权限" in refused(medium / "library.sqlite3", create=True)
        assert "不能建立文件夹" in refused(medium / "a" / "library.sqlite3", create=True)


def test_a_library_left_open_cannot_be_read_where_nothing_can_be_written(medium: Path) -> None:
    """What was put last is still in the log, and would be missing without a word."""
    copied = medium / "copied"
    copied.mkdir()
    with Library.open(medium / "library.sqlite3") as library:
        put(library, SHOPS)
        for suffix in ("", "-wal"):
            shutil.copy(medium / f"library.sqlite3{suffix}", copied)
    with nothing_may_be_written(copied):
        assert "没有正常关闭" in refused(copied / "library.sqlite3")


def test_a_folder_that_may_not_be_looked_into_is_named(medium: Path) -> None:
    Library.open(medium / "library.sqlite3").close()
    medium.chmod(0o000)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        assert "权限" in refused(medium / "library.sqlite3")
    finally:
        if root:
            os.seteuid(0)
        medium.chmod(0o755)
