"""A Word file as text."""

from __future__ import annotations

from huiqi.library.sources.assembly import Assembly, Content
from huiqi.library.sources.word.body import Body
from huiqi.library.sources.word.package import open_package


def read_word(data: bytes) -> Content:
    """The text of a Word file (.docx).

    A paragraph is a line, and so is what stands after a manual line break. Numbers that Word makes by itself
    stand before their paragraph, with a blank where it puts a tab; bullets are left out. A row of a table is
    a line with tabs between cells, but a row with a single filled cell, or with a table inside, only frames
    text: its paragraphs are lines of their own. Text boxes follow the paragraph they hang on. A footnote or
    endnote stands at the end of its paragraph as ［注：…］, and its mark is left out.

    Tracked changes count as accepted. Hidden text, comments, heads and feet of pages are left out. Pages
    begin where the file says so (page breaks, sections), not where Word happened to break one. Pictures,
    charts, embedded objects and formulas are reported.

    Raises ``SourceError`` when it is no Word file, broken, encrypted, or too large when unpacked.
    """
    lines = Body(open_package(data)).lines()
    assembly = Assembly()
    paged = any(line.page for line in lines)
    for index, line in enumerate(lines):
        if line.page or (paged and index == 0):
            assembly.page()
        assembly.line(line.text, line.missing)
    return assembly.content(paragraphs=True)
