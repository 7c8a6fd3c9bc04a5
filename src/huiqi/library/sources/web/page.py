"""A web page as a tree, without what is never seen as text."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from huiqi.library.sources.decoding import Decoded, decode
from huiqi.library.sources.errors import SourceError

_CHARSET = re.compile(
    rb"<meta\s[^>]*charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\s[^>]*encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_LOOKED_AT = 4096
"""Bytes in which a page may name its encoding; browsers look at 1024, real pages are later."""

_UNSEEN = frozenset(
    {
        "aside", "button", "datalist", "dialog", "footer", "head", "input", "menu", "nav", "noscript",
        "option", "rp", "rt", "script", "select", "style", "template", "textarea",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def page_of(data: bytes) -> tuple[lxml.html.HtmlElement, Decoded]:
    """The tree of a page and how it was decoded. Nothing is fetched, and no entity of its own is replaced.

    Raises ``SourceError`` when it cannot be decoded, holds nothing, or is nested beyond all measure.
    """
    named = _CHARSET.search(data[:_LOOKED_AT])
    declared = (named[1] or named[2]).decode("ascii", "replace") if named else ""
    decoded = decode(data, declared)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(decoded.text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise SourceError("网页里什么也没有；请在浏览器里打开，复制正文存成 .txt 再读") from None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise SourceError("网页嵌套得太深或一段太长，读不完整；请在浏览器里打开，复制正文存成 .txt 再读")
    return tree, decoded


def prune(tree: lxml.html.HtmlElement) -> None:
    """Take out what is no text of the page: programs, styles, menus, forms, hidden parts, heads and feet."""
    for element in list(tree.iterdescendants()):
        if _is_unseen(element) and element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    # The head of an article holds its title, the head of a site its menu.
    return element.tag == "header" and not any(True for _ in element.iterancestors("article", "main"))
