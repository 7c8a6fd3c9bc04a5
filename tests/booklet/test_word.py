from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from huiqi.booklet import Texts
from huiqi.booklet.word import as_word
from huiqi.library.model import ClauseKind
from tests.booklet.papers import booklet, clause, paper
from tests.support import benefit


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def whole(root: Path, texts: Texts = Texts.FULL) -> Any:
    benefits = [benefit("依据: 一、（一）\n二选一: [xx-2023/b]", id="a"), benefit("依据: 二", id="b")]
    return opened(
        as_word(booklet(root, *benefits, documents=[paper()], texts=texts, issuer="青禾市服务中心"))
    )


def test_headings_are_headings(tmp_path: Path) -> None:
    found = [
        (one.style.name, one.text)
        for one in whole(tmp_path).paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert found == [
        ("Heading 1", "怎样用这本汇编"),
        ("Heading 1", "市级文件"),
        ("Heading 2", "某文件"),
        ("Heading 3", "a补助　10万元"),
        ("Heading 3", "b补助　10万元"),
        ("Heading 3", "原文"),
        ("Heading 1", "按给什么找"),
        ("Heading 1", "按主体找"),
        ("Heading 1", "按责任单位找"),
        ("Heading 1", "版本说明"),
    ]


@pytest.mark.parametrize("texts", list(Texts))
def test_every_link_finds_its_bookmark(tmp_path: Path, texts: Texts) -> None:
    body = whole(tmp_path, texts).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(name.isalnum() and len(name) <= 40 for name in names)
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= set(names)


def test_fields_are_opened_and_closed_and_the_contents_are_one(tmp_path: Path) -> None:
    body = whole(tmp_path).element.body
    marks = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") > 0
    codes = [one.text.split()[0] for one in body.iter(qn("w:instrText"))]
    assert codes.count("TOC") == 1
    assert codes.count("PAGEREF") == 7  # the parts, the document, the indexes, the imprint


def test_every_style_names_a_chinese_font(tmp_path: Path) -> None:
    document = whole(tmp_path)
    used = {one.style.name: one.style for one in document.paragraphs}
    for style in used.values():
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) in ("宋体", "黑体"), style.name


def test_pages_are_numbered_but_for_the_cover(tmp_path: Path) -> None:
    (section,) = whole(tmp_path).sections
    assert section.different_first_page_header_footer
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" not in section.first_page_footer._element.xml


def test_the_file_says_whose_it_is_and_of_which_day(tmp_path: Path) -> None:
    properties = whole(tmp_path).core_properties
    assert (properties.title, properties.author, str(properties.created)[:10]) == (
        "惠企政策汇编",
        "青禾市服务中心",
        "2024-06-01",
    )


@pytest.mark.parametrize("words", ["<w:p>&amp;", "甲\x00乙\x0b丙", "甲\ud800乙", "]]>", "\ue000"])
def test_any_words_make_a_file_that_opens(tmp_path: Path, words: str) -> None:
    written = words.replace("\ud800", "")  # which no file that was read can hold
    text = clause("main__p", ClauseKind.PARAGRAPH, "第一段", body=f"{written}。")
    found = booklet(tmp_path, documents=[paper("x", "甲办法", parts=(text,))], title=words, issuer=words)
    content = as_word(found)
    assert ZipFile(BytesIO(content)).testzip() is None
    assert opened(content).paragraphs
