from pathlib import Path

import pytest

from huiqi.booklet import Manifest, Medium, publish
from tests.booklet.papers import booklet, paper


def test_an_edition_is_written_in_every_medium_with_its_manifest(tmp_path: Path) -> None:
    found = booklet(tmp_path / "catalogue", documents=[paper()])
    published = publish(found, tmp_path / "out" / "deep", system_fonts=False)
    assert [path.name for path in published.files] == [
        f"惠企政策汇编-2024-06-01.{ending}" for ending in ("html", "pdf", "docx", "json")
    ]
    assert sorted(path.name for path in (tmp_path / "out/deep").iterdir()) == sorted(
        path.name for path in published.files
    )
    starts = [path.read_bytes()[:9] for path in published.files]
    assert starts[:3] == [b"<!DOCTYPE", b"%PDF-1.7\n", b"PK\x03\x04\x14\x00\x00\x00\x08"]
    assert Manifest.from_json(published.files[-1].read_text(encoding="utf-8")) == found.manifest


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    published = publish(booklet(tmp_path / "catalogue"), tmp_path, [Medium.HTML, Medium.HTML])
    assert [path.suffix for path in published.files] == [".html", ".json"]


def test_a_title_makes_a_name_that_every_system_takes(tmp_path: Path) -> None:
    found = booklet(tmp_path / "catalogue", title='../惠企: "汇编"/*?')
    (file, _) = publish(found, tmp_path / "out", [Medium.HTML]).files
    assert file == tmp_path / "out" / "惠企汇编-2024-06-01.html"


def test_what_cannot_be_shown_is_reported(tmp_path: Path) -> None:
    found = booklet(tmp_path / "catalogue", issuer="甲\ue000")
    published = publish(found, tmp_path / "out", [Medium.PDF], system_fonts=False)
    assert [one.code_point for one in published.missing] == ["U+E000"]


def test_an_edition_of_the_same_name_is_replaced(tmp_path: Path) -> None:
    publish(booklet(tmp_path / "a", issuer="甲"), tmp_path / "out", [Medium.HTML])
    (file, _) = publish(booklet(tmp_path / "b", issuer="乙"), tmp_path / "out", [Medium.HTML]).files
    assert '<p class="issuer">乙</p>' in file.read_text(encoding="utf-8")


def test_nothing_is_half_written_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Path, content: bytes) -> int:
        if self.name.endswith("json.part"):
            raise OSError("disk full")
        return original(self, content)

    original = Path.write_bytes
    found = booklet(tmp_path / "catalogue")
    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises(OSError, match="disk full"):
        publish(found, tmp_path / "out", [Medium.HTML, Medium.WORD])
    assert list((tmp_path / "out").iterdir()) == []
