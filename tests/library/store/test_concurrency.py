"""Many may read while one writes, and nobody sees half of anything."""

import threading
from pathlib import Path

import pytest

from huiqi.library.search import search
from huiqi.library.store import Library
from huiqi.library.store.connection import writing
from tests.library.store.making import LOANS, SHOPS, put, reading, titles


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite3"
    with Library.open(path) as library:
        put(library, SHOPS)
    return path


def test_a_reader_sees_what_was_there_while_another_writes(path: Path) -> None:
    with Library.open(path) as writer, Library.open(path, create=False) as reader:
        with writing(writer._connection):
            writer._connection.execute("DELETE FROM document")
            assert titles(reader.documents()) == [SHOPS.title]
            assert search(reader, "房租").hits
        assert reader.documents() == ()


def test_a_snapshot_stays_the_same_until_it_ends(path: Path) -> None:
    with Library.open(path) as writer, Library.open(path, create=False) as reader:
        with reader.snapshot():
            assert titles(reader.documents()) == [SHOPS.title]
            writer.put(reading("省.txt", LOANS))
            assert titles(reader.documents()) == [SHOPS.title]
        assert titles(reader.documents()) == [SHOPS.title, LOANS.title]


def test_readers_and_writers_in_many_threads_see_whole_readings_only(path: Path) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def write(name: str) -> None:
        with Library.open(path) as library:
            for _ in range(8):
                library.put(reading(name, LOANS, SHOPS), take_over=True)

    def look() -> None:
        with Library.open(path, create=False) as library:
            while not done.is_set():
                with library.snapshot():
                    seen = {info.id for info in library.documents()}
                    hits = {hit.document.id for hit in search(library, "房租贴息").hits}
                if seen not in ({SHOPS.id}, {SHOPS.id, LOANS.id}) or hits != seen:
                    wrong.append((seen, hits))

    def safely(work: threading.Thread) -> threading.Thread:
        work.start()
        return work

    errors: list[object] = []
    threading.excepthook, before = (lambda args: errors.append(args.exc_value)), threading.excepthook
    try:
        readers = [safely(threading.Thread(target=look)) for _ in range(3)]
        writers = [safely(threading.Thread(target=write, args=(f"{name}.txt",))) for name in "甲乙"]
        for thread in writers:
            thread.join()
        done.set()
        for thread in readers:
            thread.join()
    finally:
        done.set()
        threading.excepthook = before
    assert (wrong, errors) == ([], [])
