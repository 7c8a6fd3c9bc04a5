"""Making the elements of an export, and saying of each which clause it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from huiqi.library.export.akn.characters import legal, replaced_in
from huiqi.library.export.akn.names import AKN, OWN, Names
from huiqi.library.model import Clause, Pages, Span

Element = etree._Element  # lxml has no public name for it

NAMESPACES: Final[dict[str | None, str]] = {None: AKN, "hq": OWN}
TEXT_HOLDERS = frozenset({"num", "heading", "p"})
"""The elements that hold the words of a document. Nothing else does."""


def qualified(name: str) -> str:
    """A name as lxml wants it: ``hq:kind`` is ours, ``p`` is Akoma Ntoso's."""
    prefix, colon, local = name.rpartition(":")
    assert not colon or prefix == "hq"
    return f"{{{OWN if colon else AKN}}}{local}"


def add(
    parent: Element, name: str, attributes: Mapping[str, str | None] | None = None, text: str = ""
) -> Element:
    """Append an element. Attributes without a value are left out; what XML cannot hold is replaced."""
    element = etree.SubElement(parent, qualified(name))
    for key, value in (attributes or {}).items():
        if value is not None:
            element.set(qualified(key) if ":" in key else key, legal(value))
    if text:
        element.text = legal(text)
    return element


def clause_attributes(clause: Clause, names: Names) -> dict[str, str | None]:
    """What the element of a clause says about it."""
    return {
        "eId": names.of(clause.id),
        "hq:kind": clause.kind.value,
        "hq:cite": clause.cite or None,
        "hq:spans": " ".join(map(span_words, clause.spans)) or None,
        "hq:pages": pages_words(clause.pages),
        "hq:replaced": replaced_in(clause.text) or None,
    }


def unmarked_lengths(clause: Clause) -> dict[str, str | None]:
    """How much of a clause's text is number and heading, where the element has no place for them."""
    return {
        "hq:number-length": str(clause.number_length) if clause.number_length else None,
        "hq:heading-length": str(clause.heading_length) if clause.heading_length else None,
    }


def span_words(span: Span) -> str:
    """``start-end``, the end excluded."""
    return f"{span.start}-{span.end}"


def pages_words(pages: Pages | None) -> str | None:
    """``12``, or ``12-14`` when the page can only be bounded."""
    if pages is None:
        return None
    return str(pages.first) if pages.first == pages.last else f"{pages.first}-{pages.last}"


def indent(element: Element, depth: int = 0) -> None:
    """Put every element on a line of its own, but leave alone those that hold words."""
    if not len(element) or etree.QName(element).localname in TEXT_HOLDERS:
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
