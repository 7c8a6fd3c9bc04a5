"""Names of the XML of Word, and the few ways in which its elements are asked."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PLACES = {
    "w": _WORD,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def name(short: str) -> str:
    """The full name of ``w:p`` and the like."""
    prefix, local = short.split(":")
    return f"{{{_PLACES[prefix]}}}{local}"


_VALUE = name("w:val")


def value(element: Element | None, path: str = "") -> str | None:
    """The ``w:val`` of an element, or of one below it by a path of children such as ``w:pPr/w:pStyle``."""
    found = below(element, path) if path else element
    return None if found is None else found.get(_VALUE)


def below(element: Element | None, path: str) -> Element | None:
    """The first element at a path of children."""
    for step in path.split("/"):
        if element is None:
            return None
        element = element.find(name(step))
    return element


def number(text: str | None) -> int | None:
    """A whole number as XML has it; ``None`` when there is none, or something else stands there."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def is_on(element: Element | None, path: str) -> bool:
    """Whether a property that is on or off is on: it is there, and does not say otherwise."""
    found = below(element, path)
    return found is not None and found.get(_VALUE, "true") not in ("0", "false", "off", "none")
