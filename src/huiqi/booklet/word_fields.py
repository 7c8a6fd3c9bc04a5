"""Fields, bookmarks, links and rules of a Word document: what python-docx has no words for.

Elements are made as Office Open XML (ISO/IEC 29500) names them.
"""

from __future__ import annotations

from typing import Any as Anything

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(kind: str, /, **values: str) -> Anything:
    """An element such as ``w:bookmarkStart`` with attributes of the same namespace."""
    made: Anything = OxmlElement(f"w:{kind}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """A place that links and page references can name, at the end of what the paragraph has so far."""
    inner: Anything = paragraph._p
    inner.append(element("bookmarkStart", id=str(number), name=name))
    inner.append(element("bookmarkEnd", id=str(number)))


def add_link(paragraph: Paragraph, bookmark: str) -> Anything:
    """A link to a bookmark, still without words."""
    link = element("hyperlink", anchor=bookmark, history="1")
    inner: Anything = paragraph._p
    inner.append(link)
    return link


def add_words(paragraph: Paragraph, text: str, inside: Anything = None) -> Run:
    """Words at the end of a paragraph, or of a link in it."""
    run = paragraph.add_run(text)
    if inside is not None:
        inside.append(run._r)
    return run


def add_field(paragraph: Paragraph, code: str, result: str = "", inside: Anything = None) -> None:
    """A field that Word works out; ``result`` is shown until it does."""
    open_field(paragraph, code, inside)
    if result:
        add_words(paragraph, result, inside)
    close_field(paragraph, inside)


def open_field(paragraph: Paragraph, code: str, inside: Anything = None, *, stale: bool = False) -> None:
    """The beginning of a field up to its result; ``stale`` asks Word to work it out on opening."""
    begin = element("fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))
    _in_a_run(paragraph, begin, inside)
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    _in_a_run(paragraph, instruction, inside)
    _in_a_run(paragraph, element("fldChar", fldCharType="separate"), inside)


def close_field(paragraph: Paragraph, inside: Anything = None) -> None:
    """The end of a field."""
    _in_a_run(paragraph, element("fldChar", fldCharType="end"), inside)


def _in_a_run(paragraph: Paragraph, what: Anything, inside: Anything) -> None:
    run: Anything = add_words(paragraph, "", inside)._r
    run.append(what)


def thin_rules(colour: str = "B9C3CB") -> Anything:
    """Thin lines between the rows of a table and none between its columns."""
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(side, val="single", sz="4", space="0", color=colour))
    return borders


def keep_row_whole(row: Anything, *, header: bool = False) -> None:
    """Let a row of a table not break over pages; a header is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
