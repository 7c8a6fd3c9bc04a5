"""Which part of a web page is its main text, and what its title is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import lxml.html

from huiqi.library.blanks import squeeze
from huiqi.library.sources.web.rendering import BLOCKS

Element: TypeAlias = lxml.html.HtmlElement

_MOST = 0.9
"""Share of the sentences of a page that its main text holds. The rest is in sidebars and feet."""
_SENTENCE = re.compile("[，。；！？]")
_NO_CONTAINER = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre", "a", "caption"}
)
_FRONT = 400
"""Characters at the start of the main text in which its title is looked for."""


def main_text(body: Element) -> Element:
    """The smallest part of a page that holds nearly all its sentences, and more than one line.

    Sentences are told by their punctuation, which menus, trails and feet have hardly any of, and links do not
    count. A page without sentences is measured by all words outside links.
    """
    weights = _weights(body, _SENTENCE)
    if not weights[body]:
        weights = _weights(body, re.compile(""))
    enough = _MOST * weights[body]
    current = body
    while enough:
        holders = (child for child in current.iterchildren() if weights[child] >= enough)
        inner = next(holders, None)
        if inner is None or inner.tag in _NO_CONTAINER or not _has_lines(inner):
            break
        current = inner
    return current


def attachments_after(main: Element) -> Iterator[Element]:
    """Lists of attachments that a page puts behind its main text, where a document has them inside."""
    for element in (main, *main.iterancestors()):
        for sibling in element.itersiblings():
            if squeeze(sibling.text_content()).startswith("附件"):
                yield sibling


def _weights(body: Element, counted: re.Pattern[str]) -> dict[Element, int]:
    """For every element, how many characters are in those of its pieces of text that count."""
    weights: dict[Element, int] = {}
    for element in reversed(list(body.iter())):
        # Backwards, so that all that is inside an element has been weighed before it.
        pieces = [element.text or "", *(child.tail or "" for child in element.iterchildren())]
        own = sum(len(squeeze(piece)) for piece in pieces if counted.search(piece))
        inside = sum(weights[child] for child in element.iterchildren())
        weights[element] = 0 if element.tag == "a" else own + inside
    return weights


def _has_lines(element: Element) -> bool:
    """Whether there is more than one line in it: one paragraph, however long, is not the whole text."""
    lines = (inside for inside in element.iterdescendants() if inside.tag == "br" or _is_line(inside))
    return next(lines, None) is not None and next(lines, None) is not None


def _is_line(element: Element) -> bool:
    """Whether it is a block with words and no other block inside."""
    if element.tag not in BLOCKS or not element.text_content().strip():
        return False
    return not any(inside.tag in BLOCKS for inside in element.iterdescendants())


def title_of(page: Element) -> str:
    """The title that a page names itself, empty when it names none.

    Government sites put it into ``ArticleTitle``; else it is the first heading that the window title begins
    with, as the name of the site comes after it.
    """
    for meta in page.iter("meta"):
        if meta.get("name", "").lower() == "articletitle" and meta.get("content", "").strip():
            return " ".join(meta.get("content", "").split())
    window = squeeze(page.findtext(".//title") or "")
    for heading in page.iter("h1"):
        words = " ".join(heading.text_content().split())
        if words and (not window or window.startswith(squeeze(words))):
            return words
    return ""


def begins_with(text: str, title: str) -> bool:
    """Whether a title stands near the start of a text, however it is broken into lines."""
    return squeeze(title) in squeeze(text[: 2 * _FRONT])[:_FRONT]
