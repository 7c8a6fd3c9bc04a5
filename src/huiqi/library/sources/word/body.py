"""Paragraphs and tables of a Word file in order, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from huiqi.library.model import LossKind
from huiqi.library.sources.assembly import Line, Missing, row_line
from huiqi.library.sources.word.drawings import chosen_of
from huiqi.library.sources.word.names import Element, below, is_on, name, value
from huiqi.library.sources.word.numbering import Numbering
from huiqi.library.sources.word.package import Package
from huiqi.library.sources.word.paragraph import ParagraphText
from huiqi.library.sources.word.styles import Styles

_WRAPPERS = frozenset(
    name(each) for each in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")
)
_PROPERTIES = name("w:pPr")


class Body:
    """The text of a Word file while it is read, with lists counted from its start."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering, self._styles)
        self._notes = {"footnote": package.footnotes, "endnote": package.endnotes}
        self._open: ParagraphText | None = None  # a paragraph whose mark was deleted: it goes on in the next
        self._page = False  # whether the next line begins a page
        self._in_note = False
        self._page_after = _pages_after(package.body)

    def lines(self) -> list[Line]:
        """All lines of the text."""
        return self._blocks(self._package.body)

    def _blocks(self, parent: Element) -> list[Line]:
        lines: list[Line] = []
        for element in _blocks_of(parent):
            if element.tag == name("w:p"):
                lines.extend(self._paragraph(element))
                continue
            lines.extend(self._left_open())
            if element.tag == name("w:tbl"):
                lines.extend(self._table(element))
            else:
                what = "插入的另一份文件没有读出；请打开原件，把它的内容粘贴进来"
                lines.append(Line(missing=[Missing(0, LossKind.UNREADABLE, what)]))
        lines.extend(self._left_open())
        return lines

    def _paragraph(self, element: Element) -> Iterator[Line]:
        properties = element.find(_PROPERTIES)
        begins = self._begins_page(properties)
        gathered = self._open or ParagraphText(self._note, page=False)
        if begins or self._page:
            gathered.lines[0].page = True
            self._page = False
        gathered.gather(element)
        section = below(properties, "w:sectPr")
        if section is not None:
            gathered.page_follows = self._page_after.get(section, False)
        if _mark_is_gone(properties):
            self._open = gathered
            return
        self._open = None
        number = None if self._in_note else self._numbering.next_for(properties)
        for unknown in number.unknown if number else ():
            what = f"自动编号的格式 {unknown} 不认识，写成了阿拉伯数字"
            gathered.lines[0].missing.append(Missing(0, LossKind.NUMBER, what))
        yield from self._finished(gathered, number.text if number else "")

    def _finished(self, gathered: ParagraphText, label: str) -> Iterator[Line]:
        gathered.finish(label)
        only_a_page_break = (
            gathered.lines[0].page and not gathered.has_words and not gathered.lines[0].missing
        )
        if only_a_page_break and len(gathered.lines) == 1:
            self._page = True
        else:
            yield from gathered.lines
        self._page = self._page or gathered.page_follows
        for words in gathered.words:
            yield Line(words)
        for box in gathered.boxes:
            yield from self._blocks(box)

    def _left_open(self) -> Iterator[Line]:
        gathered, self._open = self._open, None
        if gathered is not None and (gathered.has_words or gathered.boxes or gathered.words):
            yield from self._finished(gathered, "")

    def _begins_page(self, properties: Element | None) -> bool:
        if below(properties, "w:pageBreakBefore") is not None:
            return is_on(properties, "w:pageBreakBefore")
        return self._styles.begins_page(value(properties, "w:pStyle"))

    def _table(self, table: Element) -> Iterator[Line]:
        for row in _found(table, "w:tr"):
            if below(row, "w:trPr/w:del") is None:
                yield from self._row(row)

    def _row(self, row: Element) -> Iterator[Line]:
        """A row as one line, unless it only frames text: then every paragraph in it is a line."""
        elements = list(_found(row, "w:tc"))
        cells = [self._blocks(cell) for cell in elements]
        filled = [cell for cell in cells if not all(line.is_empty for line in cell)]
        frames = any(True for cell in elements for _ in _found(cell, "w:tbl"))
        if frames or len(filled) == 1:
            for cell in filled:
                yield from cell
        elif filled:
            yield row_line(cells)

    def _note(self, kind: str, identifier: str) -> str:
        """A footnote or endnote as it is put at the end of its paragraph."""
        root = self._notes[kind]
        if root is None or self._in_note:
            return ""
        marked = (each for each in root.iterchildren() if each.get(name("w:id")) == identifier)
        note = next(marked, None)
        if note is None:
            return ""
        held, self._open, page, self._page = self._open, None, self._page, False
        self._in_note = True
        lines = self._blocks(note)
        self._in_note = False
        self._open, self._page = held, page
        text = " ".join(line.text.strip() for line in lines if line.text.strip())
        return f"［注：{text}］" if text else ""


def _blocks_of(parent: Element) -> Iterator[Element]:
    """Paragraphs, tables and inserted files, out of whatever wraps them."""
    for child in parent.iterchildren():
        if child.tag in (name("w:p"), name("w:tbl"), name("w:altChunk"), name("w:subDoc")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks_of(child)
        elif child.tag == name("mc:AlternateContent"):
            chosen = chosen_of(child)
            if chosen is not None:
                yield from _blocks_of(chosen)


def _found(parent: Element, kind: str) -> Iterator[Element]:
    """Rows of a table, cells of a row, or tables of a cell, out of whatever wraps them."""
    for child in parent.iterchildren():
        if child.tag == name(kind):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _found(child, kind)


def _mark_is_gone(properties: Element | None) -> bool:
    """Whether the end of a paragraph was deleted, moved away or hidden, so that the next one continues it."""
    taken = any(below(properties, f"w:rPr/{each}") is not None for each in ("w:del", "w:moveFrom"))
    return taken or is_on(properties, "w:rPr/w:vanish")


def _pages_after(body: Element) -> dict[Element, bool]:
    """For every section, whether the one after it begins a page: it is the next that says so."""
    held_by = (name("w:pPr"), name("w:body"))
    sections = [each for each in body.iter(name("w:sectPr")) if _parent_tag(each) in held_by]
    return {
        section: value(following, "w:type") not in ("continuous", "nextColumn")
        for section, following in pairwise(sections)
    }


def _parent_tag(element: Element) -> str | None:
    parent = element.getparent()
    return None if parent is None else str(parent.tag)
