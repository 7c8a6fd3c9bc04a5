"""A web page as text."""

from __future__ import annotations

from huiqi.library.sources.assembly import Assembly, Content
from huiqi.library.sources.web.main_text import Element, attachments_after, begins_with, main_text, title_of
from huiqi.library.sources.web.page import page_of, prune
from huiqi.library.sources.web.rendering import Rendered, rendered

_FEW_LINES = 10
_LONG = 20
"""Characters from which a line is long enough to be a printed one."""
_ENDS = frozenset("。；：！？…）)》”、.;:!?")


def read_web_page(data: bytes) -> Content:
    """The main text of a web page; its title and its attachments are sought outside of it too.

    Menus, heads and feet of the site, forms, programs and hidden parts are left out. A line is a paragraph
    unless the page breaks its lines in the middle of sentences, as text pasted from a printed page does. A
    row of a table is a line with tabs between cells, but a row with a single filled cell, or with a table
    inside, only frames text. Pictures larger than an icon, and things that are not in the file, are reported.

    The encoding is told by a byte order mark, or by the bytes, and only then by what the page says of itself:
    pages that were saved again often still name the old one. Nothing is fetched.

    Raises ``SourceError`` when it cannot be decoded or holds nothing.
    """
    page, decoded = page_of(data)
    title = title_of(page)
    prune(page)
    body = page.find("body")
    found = _text_of(body) if body is not None else Rendered()
    assembly = Assembly()
    text = "\n".join(line.text for line in found.lines)
    if title and not begins_with(text, title):
        assembly.line(title)
    for line in found.lines:
        assembly.line(line.text, line.missing)
    return assembly.content(decoded.encoding, paragraphs=not _is_printed(found))


def _text_of(body: Element) -> Rendered:
    main = main_text(body)
    found = rendered(main)
    for each in attachments_after(main):
        found.lines.extend(rendered(each).lines)
    return found


def _is_printed(found: Rendered) -> bool:
    """Whether lines are printed ones: ended by line breaks, and mostly not where a sentence ends."""
    texts = [line.text for line in found.lines]
    if found.broken < _FEW_LINES or found.broken * 2 < len(texts):
        return False
    long = [text for text in texts if len(text) >= _LONG]
    ended = sum(1 for text in long if text.rstrip()[-1:] in _ENDS)
    return ended * 2 < len(long)
