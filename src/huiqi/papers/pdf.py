"""A filled Word paper as PDF: its paragraphs and tables, set by Typst with the fonts that come along.

What an office puts into its templates is text, alignment, bold, size and tables; that is kept. Pictures and
frames are not: a paper that has them is printed from Word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

from huiqi.booklet.characters import FONTS, HEADING_FONT, TEXT_FONTS
from huiqi.clocks import BEIJING

_LAYOUT = Path(__file__).parent / "paper.typ"
_SIDES = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
}
_NORMAL_SIZE = 14.0
"""Points; 四号, what papers of offices are written in."""


def as_pdf(word: bytes, title: str, day: date) -> bytes:
    """The pages of a Word paper. ``day`` is the date of the paper: the same paper makes the same bytes."""
    document = Document(BytesIO(word))
    families = [name for name, _ in TEXT_FONTS]
    data = {
        "title": title,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "fonts": {"text": families, "headings": [HEADING_FONT[0], *families]},
        "blocks": [_block(each) for each in document.iter_inner_content()],
    }
    made: bytes = typst.compile(
        _LAYOUT,
        font_paths=[FONTS],
        ignore_system_fonts=False,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=BEIJING),
        format="pdf",
    )
    return made


def _block(each: Paragraph | Table) -> dict[str, Any]:
    if isinstance(each, Table):
        rows = [[cell.text for cell in row.cells] for row in each.rows]
        return {"kind": "table", "rows": rows}
    return {
        "kind": "paragraph",
        "side": _SIDES.get(each.alignment, "left") if each.alignment is not None else "left",
        "indent": bool(each.paragraph_format.first_line_indent),
        "runs": list(_runs(each)),
    }


def _runs(paragraph: Paragraph) -> Iterator[dict[str, Any]]:
    style = paragraph.style.font if paragraph.style is not None else None
    for run in paragraph.runs:
        size = run.font.size or (style.size if style else None)
        bold = run.bold if run.bold is not None else bool(style and style.bold)
        yield {"text": run.text, "bold": bold, "size": size.pt if size else _NORMAL_SIZE}
