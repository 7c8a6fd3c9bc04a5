"""A PDF page by page: its printed lines, and what a page shows that is no text."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
from pypdfium2 import raw

from huiqi.library.model import LossKind
from huiqi.library.sources.assembly import Assembly, Content
from huiqi.library.sources.errors import SourceError
from huiqi.library.sources.pdf.characters import bring_out, characters
from huiqi.library.sources.pdf.drawings import Drawings, drawings
from huiqi.library.sources.pdf.geometry import Turn
from huiqi.library.sources.pdf.lines import PrintedLine, printed_lines
from huiqi.library.sources.pdf.order import reading_order

_MOST_PAGES = 5000
_MOST_CHARACTERS = 20_000_000
_WHOLE_PAGE = 0.8
"""Share of the page from which a picture is the page itself: a scan, perhaps with recognised text over it."""

_ONE_AT_A_TIME = threading.Lock()  # PDFium must not be used by two threads at once

_PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: "PDF 加了打开密码；请用阅读器打开，去掉密码另存后再读",
    raw.FPDF_ERR_SECURITY: "PDF 用了不认识的加密方式；请用原来的软件打开，去掉加密另存后再读",
}
_BROKEN = "PDF 坏了或不完整，打不开；请重新下载或另存"
_GARBLED = "PDF 的字体没有说明字符是什么字，读出来是乱码；请先做文字识别（OCR），再读识别出的文字"


def read_pdf(data: bytes) -> Content:
    """The text of a PDF.

    Pages and lines follow each other as they are read; heads, feet and page numbers are lines like others.
    ``page_starts`` has one offset a page of the file. Pictures, pages without text and ruled tables, whose
    text comes out cell by cell, are reported with the number of the page in the file, which need not be the
    printed one. A PDF that only restricts printing or copying is read.

    The text is in NFC, and a shape is called by its usual character (长, not the radical ⻓): what a font
    calls its shapes is no spelling. Blanks that only come from justifying Chinese lines are left out.

    Raises ``SourceError`` for a PDF that is encrypted, broken, or has no text.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise SourceError(_PROBLEMS.get(error.err_code, _BROKEN)) from None
        with document:
            return _Reading(document).content()


class _Reading:
    """One PDF while it is read."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._assembly = Assembly()
        self._characters = 0
        self._unknown = 0

    def content(self) -> Content:
        pages = len(self._document)
        if not pages:
            raise SourceError(_BROKEN)
        if pages > _MOST_PAGES:
            raise SourceError(f"PDF 有 {pages} 页，最多读 {_MOST_PAGES} 页；请拆成几个文件")
        broken = 0
        for number in range(1, pages + 1):
            self._assembly.page()
            try:
                self._page(number)
            except pdfium.PdfiumError:
                broken += 1
                self._assembly.lose(
                    LossKind.UNREADABLE, f"PDF 第 {number} 页坏了，没有读出", self._assembly.here
                )
        if broken == pages:
            raise SourceError(_BROKEN)
        if self._unknown * 2 > self._characters:
            raise SourceError(_GARBLED)
        return self._assembly.content(paragraphs=False)

    def _page(self, number: int) -> None:
        page = self._document[number - 1]
        try:
            turn = Turn.of(page)
            objects = list(page.get_objects())
            drawn = drawings(objects, turn)
            bring_out(objects)
            found = list(characters(page.get_textpage(), turn))
        finally:
            page.close()
        unknown = sum(1 for character in found if not character.known)
        self._characters += len(found)
        self._unknown += unknown
        if self._characters > _MOST_CHARACTERS:
            raise SourceError(f"PDF 的字数超过 {_MOST_CHARACTERS // 10_000} 万，不像公文；请拆成几个文件")
        lines = reading_order(list(printed_lines(found, drawn.uprights)))
        start = self._assembly.here
        places = []
        for line in lines:
            places.append(self._assembly.here)
            self._assembly.line(line.text)
        if unknown:
            what = f"PDF 第 {number} 页有 {unknown} 处字形没有说明是什么字，读出的可能不对"
            self._assembly.lose(LossKind.UNREADABLE, what, start)
        self._report(number, turn.area, drawn, lines, places)

    def _report(
        self, number: int, size: float, drawn: Drawings, lines: list[PrintedLine], places: list[int]
    ) -> None:
        """Say what a page shows and its text does not; ``places`` are the offsets of its lines."""
        if not lines:
            if drawn.stand_for_text:
                what = f"PDF 第 {number} 页没有文字，多半是扫描的图片；请先做文字识别（OCR）"
                self._assembly.lose(LossKind.UNREADABLE, what, self._assembly.here)
            return
        for picture in drawn.pictures:
            share = min(picture.area / size, 1.0)
            what = f"PDF 第 {number} 页有图片，约占版面的 {share:.0%}，图里的文字没有读出"
            if share >= _WHOLE_PAGE:
                what = f"PDF 第 {number} 页整页是图片，上面的文字可能是机器识别的，要对照原件"
            self._assembly.lose(LossKind.PICTURE, what, _first_below(picture.top, lines, places))
        for table in drawn.tables:
            inside = [
                place for line, place in zip(lines, places, strict=True) if table.box.holds(line.box.middle)
            ]
            if inside:
                what = (
                    f"PDF 第 {number} 页有表格（{table.rows} 行 {table.columns} 列），文字已散，行列要看原件"
                )
                self._assembly.lose(LossKind.SCATTERED, what, inside[0])


def _first_below(top: float, lines: list[PrintedLine], places: list[int]) -> int:
    """The offset of the first line that stands lower than a height; of the last line when none does."""
    placed = zip(lines, places, strict=True)
    return next((place for line, place in placed if line.box.middle[1] < top), places[-1])
