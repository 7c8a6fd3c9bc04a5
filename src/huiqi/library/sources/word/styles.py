"""Paragraph styles of Word: only what makes numbers and pages."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.library.sources.word.names import Element, below, is_on, name, number, value


class Styles:
    """The styles of a document, each with what it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default: str | None = None
        for style in root.iterchildren(name("w:style")) if root is not None else ():
            identifier = style.get(name("w:styleId"), "")
            self._by_id.setdefault(identifier, style)
            if style.get(name("w:type")) == "paragraph" and style.get(name("w:default")) in (
                "1",
                "true",
                "on",
            ):
                self._default = identifier

    def chain(self, identifier: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those it is based on; the default paragraph style when none is named."""
        seen = set()
        current = identifier if identifier in self._by_id else self._default
        while current is not None and current in self._by_id and current not in seen:
            seen.add(current)
            yield current, self._by_id[current]
            current = value(self._by_id[current], "w:basedOn")

    def numbering(self, identifier: str | None) -> tuple[int, int | None, str] | None:
        """The list that a style puts its paragraphs into: its number, the level if named, and the style."""
        for each, style in self.chain(identifier):
            listed = number(value(style, "w:pPr/w:numPr/w:numId"))
            if listed is not None:
                return listed, number(value(style, "w:pPr/w:numPr/w:ilvl")), each
        return None

    def begins_page(self, identifier: str | None) -> bool:
        """Whether paragraphs of a style begin a page."""
        for _, style in self.chain(identifier):
            if below(style, "w:pPr/w:pageBreakBefore") is not None:
                return is_on(style, "w:pPr/w:pageBreakBefore")
        return False
