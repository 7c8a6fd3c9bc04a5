"""A part of a web page as lines of text, as a browser would set them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TypeAlias

import lxml.html

from huiqi.library.model import LossKind
from huiqi.library.sources.assembly import Line, row_line
from huiqi.library.sources.labels import label

Element: TypeAlias = lxml.html.HtmlElement

BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    }
)  # fmt: skip
"""Elements before and after which a line ends."""

_BLANKS = re.compile("[ \t\n\r\f]+")
_EMBEDDED = {
    "iframe": "嵌入的另一个网页",
    "object": "嵌入的对象",
    "embed": "嵌入的对象",
    "video": "视频",
    "audio": "音频",
    "canvas": "脚本画的图",
}
_ICON = 40
"""Pixels up to which a picture is an icon or a spacer."""
_PIXELS = re.compile(r"^\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")
_STYLE_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)px", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
    "cjk-decimal": "ideographDigital",
}


@dataclass(slots=True)
class Rendered:
    """Lines of text, and how many of them end only because a line break says so."""

    lines: list[Line] = field(default_factory=list)
    broken: int = 0


def rendered(element: Element) -> Rendered:
    """The text of an element, a line for every block and for every part between line breaks.

    Blanks are collapsed as browsers do; a line break of the file between two Chinese characters is nothing.
    The items of numbered lists begin with their number, those of other lists with nothing.
    """
    renderer = _Renderer()
    renderer.block(element)
    return renderer.result


class _Renderer:
    """Gathers the lines of one element."""

    def __init__(self) -> None:
        self.result = Rendered()
        self._line = Line()
        self._label = ""
        self._preformatted = 0

    def block(self, element: Element) -> None:
        self._end()
        if element.tag == "table":
            self._table(element)
        elif element.tag == "tr":
            self._row(element)
        elif element.tag == "ol":
            self._numbered(element)
        elif element.tag == "pre":
            self._preformatted += 1
            self._inside(element)
            self._preformatted -= 1
        else:
            self._inside(element)
        self._end()

    def _inside(self, element: Element) -> None:
        self._words(element.text)
        for child in element.iterchildren():
            self._child(child)
            self._words(child.tail)

    def _child(self, child: Element) -> None:
        if child.tag in BLOCKS:
            self.block(child)
        elif child.tag == "br":
            self._end(at_break=True)
        elif child.tag == "img":
            self._picture(child)
        elif child.tag == "svg":
            self._line.lose(LossKind.PICTURE, "图片没有读出")
        elif child.tag in _EMBEDDED:
            self._line.lose(LossKind.UNREADABLE, f"{_EMBEDDED[child.tag]}不在这个文件里，没有读出")
        else:
            self._inside(child)

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if not self._preformatted:
            self._line.add(text)
            return
        first, *more = text.split("\n")
        self._line.add(first)
        for each in more:
            self._end(at_break=True)
            self._line.add(each)

    def _end(self, *, at_break: bool = False) -> None:
        """End the line; an empty one is kept only between two line breaks."""
        line, self._line = self._line, Line()
        _collapse(line, keep=bool(self._preformatted))
        if line.is_empty and not at_break:
            return
        if self._label and not line.is_empty:
            line.put_before(self._label)
            self._label = ""
        self.result.lines.append(line)
        self.result.broken += at_break

    def _numbered(self, element: Element) -> None:
        items = [child for child in element.iterchildren() if child.tag == "li"]
        backwards = element.get("reversed") is not None
        count = _whole(element.get("start"), len(items) if backwards else 1)
        self._words(element.text)
        for child in element.iterchildren():
            if child.tag == "li":
                count = _whole(child.get("value"), count)
                self._end()
                self._label = _number(count, element)
                count += -1 if backwards else 1
            self._child(child)
            self._words(child.tail)
        self._label = ""

    def _table(self, table: Element) -> None:
        for child in table.iterchildren():
            if child.tag == "tr":
                self._row(child)
            elif child.tag in ("thead", "tbody", "tfoot"):
                self._table(child)
            else:
                self._child(child)
                self._end()

    def _row(self, row: Element) -> None:
        """A row as one line, unless it only frames text: then every line in it stands by itself."""
        elements = [child for child in row.iterchildren() if child.tag in ("td", "th")]
        cells = [rendered(cell) for cell in elements]
        filled = [cell for cell in cells if not all(line.is_empty for line in cell.lines)]
        if len(filled) == 1 or any(
            next(cell.iterdescendants("table"), None) is not None for cell in elements
        ):
            for cell in filled:
                self.result.lines.extend(cell.lines)
                self.result.broken += cell.broken
        elif filled:
            self.result.lines.append(row_line([cell.lines for cell in cells]))

    def _picture(self, image: Element) -> None:
        sizes = {"width": _pixels(image.get("width")), "height": _pixels(image.get("height"))}
        sizes |= {side.lower(): float(size) for side, size in _STYLE_SIZE.findall(image.get("style", ""))}
        known = [size for size in sizes.values() if size is not None]
        if known and min(known) <= _ICON:
            return
        words = " ".join((image.get("alt") or image.get("title") or "").split())
        self._line.lose(LossKind.PICTURE, f"图片“{words}”没有读出" if words else "图片没有读出")


def _collapse(line: Line, *, keep: bool) -> None:
    """Collapse the blanks of a finished line; what is missing in it keeps its place."""
    if keep:
        line.text = line.text.rstrip(" \t\r\f")
        return
    text = _BLANKS.sub(_one_blank, line.text).strip(" ")
    for index, each in enumerate(line.missing):
        before = _BLANKS.sub(_one_blank, line.text[: each.at]).lstrip(" ")
        line.missing[index] = type(each)(min(len(before), len(text)), each.kind, each.what)
    line.text = text


def _one_blank(match: re.Match[str]) -> str:
    """A blank, or nothing where a file only breaks its own lines between two wide characters (CSS Text 3)."""
    text = match.string
    inside = match.start() > 0 and match.end() < len(text)
    if "\n" in match[0] and inside and _is_wide(text[match.start() - 1]) and _is_wide(text[match.end()]):
        return ""
    return " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _number(count: int, element: Element) -> str:
    """The label of an item, as browsers write it; empty when the list hides its numbers."""
    said = _LIST_STYLE.search(element.get("style", ""))
    style = said[1].lower() if said else ""
    if style in ("none", "disc", "circle", "square"):
        return ""
    form = _LIST_STYLES.get(style) or _LIST_TYPES.get(element.get("type", ""), "decimal")
    shown = label(count, form) or str(count)
    return f"{shown}、" if form in ("chineseCountingThousand", "ideographDigital") else f"{shown}. "


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def _pixels(text: str | None) -> float | None:
    found = _PIXELS.match(text or "")
    return float(found[1]) if found else None
