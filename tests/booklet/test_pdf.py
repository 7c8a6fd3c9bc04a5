import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from huiqi.booklet.characters import FONTS
from huiqi.booklet.pdf import as_pdf
from huiqi.library.model import Clause, ClauseKind
from tests.booklet.papers import booklet, clause, paper
from tests.support import benefit

RARE = "𬭎𫖯㛃䶮喆堃"


def text_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages)


def fonts_of(content: bytes) -> dict[str, bool]:
    """Every font that a text of the file is set in, and whether it is in the file."""
    found: dict[str, bool] = {}
    document = pdfium.PdfDocument(content)
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item)
            name = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, name, 200)
            found[name.value.decode().partition("+")[2]] = raw.FPDFFont_GetIsEmbedded(font) == 1
    document.close()
    return found


def said(words: str) -> tuple[Clause, ...]:
    return (clause("main__para_1", ClauseKind.ITEM, "一、", "一、", "联系人。", words),)


def test_the_pages_can_be_read_again(tmp_path: Path) -> None:
    found = booklet(tmp_path, benefit("依据: 一、（一）\n摘要: 给设备补助"), documents=[paper()])
    text = text_of(as_pdf(found, system_fonts=False).content)
    for words in ("惠企政策汇编", "2024年6月1日版", "a补助", "给设备补助", "10万元", "某局", "一、（一）"):
        assert words in text.replace(" ", "").replace("\r", ""), words


def test_rare_names_are_printed_in_fonts_that_come_along(tmp_path: Path) -> None:
    printed = as_pdf(booklet(tmp_path, documents=[paper(parts=said(RARE))]), system_fonts=False)
    assert printed.missing == ()
    assert RARE in text_of(printed.content)
    assert fonts_of(printed.content) == {
        "HuiqiSong-Regular": True,
        "HuiqiHei-Bold": True,
        "HuiqiRare-Regular": True,
    }


def test_what_no_font_has_is_marked_and_reported_with_its_place(tmp_path: Path) -> None:
    documents = [paper(parts=said("한𱍐\ue000"))]
    printed = as_pdf(booklet(tmp_path, documents=documents, issuer="乙한"), system_fonts=False)
    assert [(one.code_point, one.where) for one in printed.missing] == [
        ("U+D55C", ("封面", "某文件 一、", "版本说明")),
        ("U+E000", ("某文件 一、",)),
        ("U+31350", ("某文件 一、",)),
    ]
    assert str(printed.missing[0]) == "没有字体能显示 U+D55C，印作“〓（U+D55C）”：封面等3处"
    assert "〓（U+D55C）〓（U+31350）〓（U+E000）" in text_of(printed.content)


def test_fonts_of_the_system_are_borrowed_only_when_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faces() -> tuple[tuple[str, Path, int], ...]:
        return (("Huiqi Song", FONTS / "HuiqiSong-Regular.otf", 0),)

    monkeypatch.setattr("huiqi.booklet.pdf._system_faces", faces)
    monkeypatch.setattr("huiqi.booklet.pdf.at_hand", lambda: frozenset(map(chr, range(0x10000))) - {"堃"})
    assert as_pdf(booklet(tmp_path / "a")).borrowed == ()
    printed = as_pdf(booklet(tmp_path / "b", documents=[paper(parts=said("堃"))]))
    assert (printed.borrowed, printed.missing) == (("Huiqi Song",), ())


@pytest.mark.parametrize(
    "words",
    [
        '#let x = 1; #panic("x")',
        "*粗* _斜_ `码` $x^2$ <标> @引 // 注 /* 注 */ \\ [内] {码}",
        "\"引号\" '单' -- --- ...",
        "= 一级",
        "- 一\n- 二",
        "]]]}}})))",
    ],
)
def test_words_are_never_markup(tmp_path: Path, words: str) -> None:
    found = booklet(tmp_path, documents=[paper(parts=said(words))], title=words, issuer=words)
    content = as_pdf(found, system_fonts=False).content
    printed = "".join(text_of(content).split())
    assert "".join(words.split()) in printed
    document = pdfium.PdfDocument(content)
    assert document.get_metadata_value("Title") == " ".join(words.split("\n"))
    document.close()


def test_the_outline_has_parts_documents_and_benefits(tmp_path: Path) -> None:
    document = pdfium.PdfDocument(as_pdf(booklet(tmp_path, documents=[paper()]), system_fonts=False).content)
    outline = [(one.level, one.get_title()) for one in document.get_toc()]
    document.close()
    assert (0, "市级文件") in outline
    assert (1, "某文件") in outline
    assert (2, "a补助") in outline


def test_the_file_is_tagged_and_the_same_booklet_makes_the_same_bytes(tmp_path: Path) -> None:
    found = booklet(tmp_path, documents=[paper()])
    first = as_pdf(found, system_fonts=False).content
    assert as_pdf(found, system_fonts=False).content == first
    document = pdfium.PdfDocument(first)
    assert document.is_tagged()
    document.close()
