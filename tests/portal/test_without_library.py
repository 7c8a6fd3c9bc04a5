"""The portal needs no library: without one, or with one that cannot be used, the pages say so and go on."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.portal.texts import GROWTH, put_library
from tests.portal.visitor import Visitor, heading

PAGES = ("/", "/benefits/growth-2023/upgrade/", "/documents/growth-2023/", "/enterprises/machine-maker/")


def nothing_like_it(path: Path) -> None:
    path.write_text("这不是政策库", encoding="utf-8")


def another_kind(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE anything (a)")
    database.close()


def another_version(path: Path) -> None:
    put_library(path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()


def cut_short(path: Path) -> None:
    put_library(path)
    path.write_bytes(path.read_bytes()[:6000])


def without_bodies(path: Path) -> None:
    """Opens well, and fails when a document is read."""
    put_library(path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE document_body SET json = '{}'")
    database.close()


BROKEN = [nothing_like_it, another_kind, another_version, cut_short, without_bodies]


def test_pages_of_the_library_say_how_to_fill_it(visitor: Visitor) -> None:
    for path, status in (
        ("/documents/", 200),
        ("/search/", 200),
        (f"/library/{GROWTH}/", 404),
        (f"/library/{GROWTH}/main__para_1/", 404),
        (f"/library/{GROWTH}.xml", 404),
        ("/library/losses/", 404),
    ):
        assert "huiqi ingest 文件" in visitor.get(path, status), path


def test_citations_are_the_words_they_are(visitor: Visitor) -> None:
    for path in PAGES:
        page = visitor.get(path)
        assert "/library/" not in page, path
    assert "（九、（三））" in visitor.get("/benefits/growth-2023/upgrade/")


def test_the_catalogue_is_listed_and_searched_all_the_same(visitor: Visitor) -> None:
    page = visitor.get("/documents/")
    assert "共有 2 件：有效 2 件" in page
    assert "原文不在库里" not in page
    assert "出口企业贷款贴息" in visitor.get("/search/", q="贴息")


@pytest.mark.parametrize("spoil", BROKEN)
def test_a_library_that_cannot_be_used_is_said_to_be_so(
    visitor: Visitor, settings: Any, tmp_path: Path, spoil: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LIBRARY_FILE = tmp_path / "library.sqlite3"
    spoil(settings.LIBRARY_FILE)
    page = visitor.get(f"/library/{GROWTH}/", 503)
    assert heading(page) == "看不了原文"
    assert "政策库现在不能用" in page
    assert str(tmp_path) not in page, "where it lies is for its keeper"
    assert any(str(tmp_path) in record.getMessage() for record in caplog.records) or spoil is without_bodies
    for path in PAGES:
        visitor.get(path)
    assert "共有" in visitor.get("/documents/")
    assert "贷款贴息" in visitor.get("/search/", q="贷款贴息")
    for path in ("/library/losses/", f"/library/{GROWTH}.json", f"/library/{GROWTH}/main__para_1/"):
        if spoil is not without_bodies:
            visitor.get(path, 503)


def test_a_library_that_comes_later_is_shown_without_a_restart(
    visitor: Visitor, settings: Any, tmp_path: Path, filled: Path
) -> None:
    settings.LIBRARY_FILE = tmp_path / "library.sqlite3"
    visitor.get(f"/library/{GROWTH}/", 404)
    shutil.copy(filled, settings.LIBRARY_FILE)
    assert "设备投资300万元以上" in visitor.get(f"/library/{GROWTH}/")
    nothing_like_it(settings.LIBRARY_FILE)
    visitor.get(f"/library/{GROWTH}/", 503)
    settings.LIBRARY_FILE.unlink()
    visitor.get(f"/library/{GROWTH}/", 404)


def test_what_is_read_in_again_is_shown_at_once(visitor: Visitor, settings: Any, tmp_path: Path) -> None:
    """As ``huiqi ingest`` does while the portal runs, and while somebody else has the library open."""
    from dataclasses import replace

    from huiqi.library.store import Library
    from tests.portal.texts import reading

    settings.LIBRARY_FILE = put_library(tmp_path / "library.sqlite3")
    assert "云岭省小店管理办法" in visitor.get("/documents/")
    with Library.open(settings.LIBRARY_FILE) as other, Library.open(settings.LIBRARY_FILE) as library:
        other.documents()
        before = reading()
        library.put(replace(before, documents=before.documents[:1]))
        assert "云岭省小店管理办法" not in visitor.get("/documents/")
        assert "示例市支持企业成长若干措施" in visitor.get("/documents/")
