"""Files as wholes: how they are opened and named, and every wrong one with what would be right."""

import errno
import hashlib
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.library.sources import SourceError, read_bytes, read_source
from huiqi.library.sources.formats import HEAD, Format
from tests.library.sources.making import outcome, paragraph, pdf, shown, word, zipped

TEXT = "青禾市人民政府\n关于支持企业发展的若干措施\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def problem(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(SourceError) as caught:
        read_bytes(data, name)
    assert caught.value.file == ""
    return caught.value.problem


def test_a_source_knows_its_name_its_digest_and_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "措施.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    source = read_source(path)
    assert (source.name, source.text, source.encoding) == ("措施.txt", TEXT, "GB18030")
    assert source.digest == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


def test_a_name_that_is_no_valid_utf_8_can_still_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb4\xeb\xcc\xeb.txt"))
    path.write_bytes(TEXT.encode())
    assert read_source(path).name == "????.txt"


def message(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert caught.value.file == str(path)
    assert str(caught.value) == f"{path}: {caught.value.problem}"
    return caught.value.problem


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "有.txt").write_text(TEXT, encoding="utf-8")
    assert "没有这个文件" in message(tmp_path / "没有.txt")
    assert "没有这个文件" in message(tmp_path / "有.txt" / "里面.txt")


def test_a_folder(tmp_path: Path) -> None:
    assert "是文件夹" in message(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert "不是普通文件" in message(tmp_path / "管道")


def test_a_path_that_cannot_be_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="路径不能用"):
        read_source(tmp_path / "a\0b")
    assert "路径不能用" in message(tmp_path / ("长" * 300))


def refuse(number: int) -> Any:
    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refused


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse(errno.EACCES))
    assert "没有读取这个文件的权限" in message(path)


def test_a_folder_that_may_not_be_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "stat", refuse(errno.EACCES))
    assert "没有进入它所在文件夹的权限" in message(tmp_path / "a.txt")


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse(errno.EIO))
    assert "文件读不了" in message(path)


@pytest.mark.parametrize(
    ("head", "megabytes", "limit"),
    [(TEXT.encode(), 500, 64), (b"<html>", 65, 64), (b"PK\x03\x04", 65, 64), (b"%PDF-1.7\n", 500, 200)],
)
def test_a_file_that_is_too_large_is_refused_by_its_size_alone(
    tmp_path: Path, head: bytes, megabytes: int, limit: int
) -> None:
    path = tmp_path / "a"
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(megabytes * 1024 * 1024)
    assert f"文件有 {megabytes} MB" in message(path)
    assert f"最多读 {limit} MB" in message(path)


def test_a_file_as_large_as_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Format.TEXT, "limit", len(TEXT.encode()))
    assert read_bytes(TEXT.encode(), "a.txt").text == TEXT
    assert "最多读" in problem((TEXT + "。").encode())


def test_a_file_that_grows_while_it_is_read_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 200, encoding="utf-8")
    monkeypatch.setattr(Format.TEXT, "limit", 2 * HEAD)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result([0] * 10))
    assert "最多读" in message(path)


def test_an_empty_file() -> None:
    assert "文件是空的（0 字节）" in problem(b"")


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u3000\t\u00a0\n", "\ufeff", "——\n＊"])
def test_a_file_without_words(blank: str) -> None:
    assert "没有文字" in problem(blank.encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG 图片.*OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG 图片"),
        (b"GIF89a" + bytes(50), "GIF 图片"),
        (b"II*\0" + bytes(50), "TIFF 图片"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00" + bytes(50), "BMP 图片"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP 图片"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "零字节"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC 图片"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "视频"),
        (b"Rar!\x1a\x07\x01\0", "RAR 压缩包"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z 压缩包"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip 压缩包"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "是程序"),
        (b"{\\rtf1\\ansi \\u-25104?}", "RTF.*另存为 .docx"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        ('<?xml version="1.0"?>\n<数据>'.encode(), "XML 数据（根元素 数据）"),
        (
            b'<?xml version="1.0"?>\n<akomaNtoso xmlns="x"><act/></akomaNtoso>',
            "XML 数据（根元素 akomaNtoso）",
        ),
        (b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n", "网页归档"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码的 Office 文件.*另存为 .docx"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word（.doc）或 WPS 文字（.wps）.*另存为 .docx"),
        (OLE + "Workbook".encode("utf-16-le"), "旧版 Excel"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "旧版 PowerPoint"),
        (OLE, "旧版 Office 或 WPS"),
        (zipped({"a.txt": "青禾"}), "zip 压缩包；请解压"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel 表格（.xlsx）"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "PowerPoint 演示（.pptx）"),
        (zipped({"OFD.xml": "", "Doc_0/Document.xml": ""}), "OFD.*PDF"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "OpenDocument"),
        (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "电子书"),
        (bytes(range(1, 256)) * 4, "看不出是什么编码的文字"),
        (b"\x01\x02\x03\x04abc" * 9, "控制字符"),
        (bytes(300), "零字节"),
        (b"%PDF-1.7\nnothing that makes a document", "PDF 坏了或不完整"),
        (b"PK\x03\x04nothing that makes an archive", "Word 文件坏了或不完整"),
    ],
)
def test_a_wrong_file_is_told_what_it_is_and_what_would_be_right(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words.replace("（", "[（(]").replace("）", "[）)]")):
        read_bytes(data, "a.txt")


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            OLE,
            b"<html>",
            b"<!DOCTYPE html><body>",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.html", "a", ".pdf"]),
)
def test_random_bytes_are_read_or_refused_and_nothing_else(head: bytes, data: bytes, name: str) -> None:
    assert outcome(head + data, name)


SOUND = [
    pdf(shown(70, 700, "青禾市") + shown(70, 670, "一、措施"), shown(70, 700, "第二页")),
    word(paragraph("青禾市") + paragraph("一、措施")),
    "<html><body><p>青禾市，临江区。<br>第二行<table><tr><td>甲<td>乙</table></body></html>".encode(),
    TEXT.encode("gb18030"),
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, 10_000),
)
def test_a_sound_file_that_was_damaged_is_read_or_refused_and_nothing_else(
    sound: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(sound)
    for at, value in changes:
        data[at % len(data)] = value
    del data[max(1, cut) :]
    assert outcome(bytes(data), "a")
