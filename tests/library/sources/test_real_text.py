"""Real official documents, put into every kind of file, come out without losing a character."""

import html
import io
from functools import cache
from pathlib import Path

import docx
import pytest

from huiqi.library.sources import read_bytes
from tests.library.sources.making import pdf, shown

COMPENDIUM = Path(__file__).parents[4] / "shared" / "compendium" / "compendium.txt"


@cache
def lines() -> tuple[str, ...]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so real text cannot be tried.")
    return tuple(COMPENDIUM.read_text(encoding="utf-8").split("\n"))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16LE")]
)
def test_as_text_it_is_the_same_in_every_encoding(encoding: str, found: str) -> None:
    source = read_bytes("\r\n".join(lines()).encode(encoding), "a.txt")
    assert (source.text, source.encoding) == ("\n".join(lines()), found)


def test_as_word_it_is_the_same_paragraph_by_paragraph() -> None:
    document = docx.Document()
    for line in lines():
        document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    source = read_bytes(saved.getvalue(), "a.docx")
    assert source.text == "\n".join(lines()) + "\n"
    assert source.losses == ()


def test_as_a_web_page_it_is_the_same_but_for_blanks() -> None:
    markup = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines())
    data = f"<html><head><meta charset=gb2312></head><body><div>{markup}</div></body></html>".encode(
        "gb18030"
    )
    source = read_bytes(data, "a.html")
    assert [squeezed(line) for line in source.text.splitlines()] == [
        squeezed(line) for line in lines() if line.strip()
    ]
    assert (source.paragraphs, source.losses) == (True, ())


def test_as_a_pdf_it_has_the_same_characters_line_by_line() -> None:
    printed = [line[at : at + 38].strip() for line in lines() for at in range(0, len(line), 38)]
    printed = [line for line in printed if line]
    pages = [
        "".join(shown(50, 800 - 18 * row, line, 13) for row, line in enumerate(printed[start : start + 42]))
        for start in range(0, len(printed), 42)
    ]
    source = read_bytes(pdf(*pages), "a.pdf")
    assert source.text.splitlines() == printed
    assert len(source.page_starts) == len(pages)
    assert source.losses == ()
