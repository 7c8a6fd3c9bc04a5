"""Filling templates, also those that an office has edited badly."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from huiqi.papers import PaperError, as_pdf, fill, wanted_by

DAY = date(2026, 3, 2)


def template(folder: Path, *lines: str) -> Path:
    """A Word file with these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "告知书.docx"
    document.save(str(path))
    return path


def lines_of(word: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(word)).paragraphs]


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_fields_are_filled_and_lists_repeated(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ 字号 }}", "{%p for 期限 in 各期限 %}", "{{ 期限.到期 }}", "{%p endfor %}")
    data = {"字号": "夜市字〔2026〕1号", "各期限": [{"到期": "三月三日"}, {"到期": "三月九日"}]}
    assert lines_of(fill(path, data)) == ["夜市字〔2026〕1号", "三月三日", "三月九日"]
    assert wanted_by(path) == {"字号", "各期限"}


def test_what_people_write_stays_text(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ 标题 }}")
    odd = "<w:p>甲 & 乙 {{ 字号 }} {% for %}"
    assert lines_of(fill(path, {"标题": odd})) == [odd]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{{ 字好 }}", "填不了的字段"),
        ("{{ 字号 ", "花括号"),
        ("{% if 字号 %}没有写完", "花括号"),
        ("{{ 字号.__class__.__mro__ }}", "填不了|花括号|不"),
    ],
    ids=["unknown", "open", "if", "sandbox"],
)
def test_a_template_edited_badly_says_what_is_wrong(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(PaperError, match=words):
        fill(template(tmp_path, line), {"字号": "一号"})


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "告知书.docx"
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04 cut off"):
        path.write_bytes(content)
        with pytest.raises(PaperError, match="不是能打开的 Word 文件"):
            fill(path, {})
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "not a document")
    with pytest.raises(PaperError, match="不是能打开的 Word 文件"):
        fill(path, {})
    with pytest.raises(PaperError, match="不是能打开的 Word 文件"):
        fill(tmp_path / "没有.docx", {})


def test_the_pdf_says_the_same_and_is_the_same_each_time(tmp_path: Path) -> None:
    document = Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("夜市摊位告知书").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "摊位", "东街三号"
    document.add_paragraph("请于三日内领取")
    made = BytesIO()
    document.save(made)
    pdf = as_pdf(made.getvalue(), "告知书", DAY)
    for words in ("夜市摊位告知书", "东街三号", "请于三日内领取"):
        assert words in text_of(pdf)
    assert as_pdf(made.getvalue(), "告知书", DAY) == pdf
