"""The booklet as a Word document that an office can go on editing: real headings, fields and links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any as Anything

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Emu, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import (
    Block,
    ClauseBlock,
    Contents,
    Cover,
    Fact,
    Facts,
    Heading,
    IndexBlock,
    Line,
    Paragraph,
    Point,
    Points,
    Run,
    Table,
    anchors_of,
)
from huiqi.booklet.characters import shown
from huiqi.booklet.model import Booklet
from huiqi.booklet.word_fields import (
    add_bookmark,
    add_field,
    add_link,
    add_words,
    close_field,
    keep_row_whole,
    open_field,
    thin_rules,
)
from huiqi.booklet.word_styles import COLOURS, TEXT_WIDTH, set_styles


def as_word(booklet: Booklet) -> bytes:
    """The whole booklet as the content of a .docx file."""
    blocks = arrange(booklet)
    document = docx.Document()
    set_styles(document)
    properties = document.core_properties
    properties.title, properties.author = shown(booklet.title), shown(booklet.issuer)
    properties.language, properties.comments = "zh-CN", ""
    properties.created = properties.modified = datetime(
        booklet.on.year, booklet.on.month, booklet.on.day, tzinfo=UTC
    )
    writer = _Writer(document, blocks)
    writer.frame(booklet)
    for block in blocks:
        writer.add(block)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


class _Writer:
    """Writes blocks to the end of a document. Bookmarks get short names, which Word asks for."""

    def __init__(self, document: WordDocument, blocks: tuple[Block, ...]) -> None:
        self._document = document
        self._blocks = blocks
        # asked for by name, python-docx searches all styles each time, which takes most of the time
        self._styles = {style.name: style.style_id for style in document.styles}
        self._names = {anchor: f"p{number}" for number, anchor in enumerate(anchors_of(blocks), 1)}
        self._draw: dict[type[Anything], Callable[[Anything], None]] = {
            Cover: self._cover,
            Contents: self._contents,
            Heading: self._heading,
            Paragraph: self._paragraph,
            Facts: self._facts,
            Points: lambda block: self._list(block.points, 0),
            Table: self._table,
            IndexBlock: self._index,
            ClauseBlock: self._clause,
        }

    def frame(self, booklet: Booklet) -> None:
        """Running heads and page numbers; the cover has none."""
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        head.style = self._document.styles["Header"]
        head.add_run(f"{shown(booklet.title)}\t\t")
        add_field(head, "STYLEREF 2")
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_field(foot, "PAGE", "1")

    def add(self, block: Block) -> None:
        """Write a block at the end."""
        self._draw[type(block)](block)

    # ---- pieces ----

    def _new(self, style: str) -> WordParagraph:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]
        return paragraph

    def _said(self, paragraph: WordParagraph, text: str, style: str) -> None:
        """Words of a character style at the end of a paragraph."""
        paragraph.add_run(text)._r.style = self._styles[style]

    def _cover(self, block: Cover) -> None:
        for style, words in (("Place", block.place), ("Title", block.title), ("Subtitle", block.day)):
            if words:
                self._new(style).add_run(shown(words))
        for line in block.lines:
            self._new("Cover line").add_run(shown(line))
        if block.issuer:
            self._new("Issuer").add_run(shown(block.issuer))

    def _contents(self, block: Contents) -> None:
        self._new("Contents heading").add_run(block.title)
        headings = (one for one in self._blocks if isinstance(one, Heading) and one.anchor)
        listed = [one for one in headings if one.level <= 2 and not one.minor]
        paragraph: WordParagraph | None = None
        for heading in listed:
            first, paragraph = paragraph is None, self._new(f"toc {heading.level}")
            if first:
                open_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u', stale=True)
            name = self._names[heading.anchor]
            link = add_link(paragraph, name)
            add_words(paragraph, f"{shown(heading.text)}\t", link)
            add_field(paragraph, f"PAGEREF {name} \\h", inside=link)
        if paragraph is not None:
            close_field(paragraph)

    def _heading(self, block: Heading) -> None:
        level = 3 if block.minor else block.level
        paragraph = self._new(f"Heading {level}")
        self._bookmarked(paragraph, block.anchor)
        paragraph.add_run(shown(block.text))
        if block.aside and level == 3:
            run = paragraph.add_run(f"　{shown(block.aside)}")
            run.font.color.rgb = COLOURS.get(block.look)

    def _bookmarked(self, paragraph: WordParagraph, anchor: str) -> None:
        if anchor in self._names:
            name = self._names[anchor]
            add_bookmark(paragraph, int(name[1:]), name)

    def _paragraph(self, block: Paragraph) -> None:
        styles = {"body": "Body Text", "lead": "Lead", "note": "Note", "warning": "Warning"}
        self._line(self._new(styles[block.look]), block.line)

    def _line(self, paragraph: WordParagraph, line: Line) -> None:
        for run in line:
            self._run(paragraph, run)

    def _run(self, paragraph: WordParagraph, run: Run) -> None:
        link = add_link(paragraph, self._names[run.to]) if run.to in self._names else None
        written = add_words(paragraph, shown(run.text), link)
        if link is not None:
            written.font.color.rgb = COLOURS["figure"]
        if run.look in ("strong", "figure", "good", "bad", "open"):
            written._r.style = self._styles["Strong"]
        if run.look in COLOURS:
            written.font.color.rgb = COLOURS[run.look]
        if run.look == "soft":
            written.font.size = Pt(9)

    def _facts(self, block: Facts) -> None:
        for row in block.rows:
            self._fact(row)

    def _fact(self, row: Fact) -> None:
        for number, point in enumerate(row.points, 1):
            paragraph = self._new("Fact")
            if number == 1:
                self._said(paragraph, shown(row.label), "Label")
            paragraph.add_run("\t")
            if len(row.points) > 1:
                paragraph.add_run(f"{number}. " if row.numbered else "· ")
            self._line(paragraph, point.line)
            for inner in point.points:
                self._inner(inner)

    def _inner(self, point: Point) -> None:
        paragraph = self._new("Fact point")
        paragraph.add_run("· ")
        self._line(paragraph, point.line)
        for inner in point.points:
            self._inner(inner)

    def _list(self, points: Iterable[Point], depth: int) -> None:
        for point in points:
            self._line(self._new("List Bullet 2" if depth else "List Bullet"), point.line)
            self._list(point.points, depth + 1)

    def _table(self, block: Table) -> None:
        self._new("Caption").add_run(block.name)
        table = self._document.add_table(rows=0, cols=len(block.header))
        table.autofit = False
        properties: Anything = table._tbl.tblPr
        properties.append(thin_rules())
        widths = [Emu(int(TEXT_WIDTH * width / sum(block.widths))) for width in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        header: tuple[Line, ...] = tuple((Run(name, look="strong"),) for name in block.header)
        for number, cells in enumerate((header, *block.rows)):
            row = table.add_row()
            keep_row_whole(row, header=number == 0)
            for cell, line, width in zip(row.cells, cells, widths, strict=True):
                self._cell(cell, line, width)
        self._new("After table")

    def _cell(self, cell: _Cell, line: Line, width: Emu) -> None:
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._styles["Table text"]
        self._line(paragraph, line)

    def _index(self, block: IndexBlock) -> None:
        for name, line in block.lines:
            if name:
                self._new("Index heading").add_run(shown(name))
            paragraph = self._new("Index text")
            for number, run in enumerate(line):
                if number:
                    paragraph.add_run("；")
                self._run(paragraph, run)

    def _clause(self, block: ClauseBlock) -> None:
        styles = {
            "title": "Text title",
            "centred": "Text centred",
            "division": "Text division",
            "heading": "Text heading",
            "flush": "Text flush",
            "right": "Text right",
            "pieces": "Text flush",
            "part": "Text part",
        }
        paragraph = self._new(styles.get(block.look, "Text"))
        self._bookmarked(paragraph, block.anchor)
        if block.look in ("right", "pieces"):
            for number, line in enumerate(block.lines):
                if number:
                    paragraph.add_run().add_break(WD_BREAK.LINE)
                paragraph.add_run(shown(line))
        elif block.look == "heading" and block.lead and block.text:
            paragraph.add_run(shown(block.lead))
            self._new("Text").add_run(shown(block.text))
        else:
            if block.lead:
                self._said(paragraph, shown(block.lead), "Strong")
            paragraph.add_run(shown(block.text))
        if block.address:
            self._run(paragraph, Run(f"　〔{block.address}〕", look="soft"))
        for note in block.notes:
            self._line(self._new("Remark"), note)
