"""The booklet as one HTML file: no script, nothing fetched; for phones, desks and printers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any as Anything

from lxml import etree

from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import (
    Block,
    ClauseBlock,
    Contents,
    Cover,
    Fact,
    Facts,
    Heading,
    IndexBlock,
    Line,
    Paragraph,
    Point,
    Points,
    Run,
    Table,
)
from huiqi.booklet.characters import shown
from huiqi.booklet.model import Booklet

_STYLE = Path(__file__).parent / "booklet.css"
_CONTENTS = "contents"
_MAIN = "main"

Element = etree._Element


def as_html(booklet: Booklet) -> str:
    """The whole booklet as an HTML document."""
    blocks = arrange(booklet)
    page = _Page()
    for block in blocks:
        page.add(block)
    root = _tag(
        "html",
        _tag(
            "head",
            _tag("meta", charset="utf-8"),
            _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            _tag("title", shown(f"{booklet.title}（{booklet.on.isoformat()}）")),
            _tag("style", _STYLE.read_text(encoding="utf-8")),
        ),
        _tag(
            "body",
            _tag("a", "跳到正文", href=f"#{_MAIN}", class_="skip"),
            *page.covers,
            _tag("div", _contents(blocks), page.main, class_="frame"),
        ),
        lang="zh-CN",
    )
    return "<!DOCTYPE html>\n" + etree.tostring(root, encoding="unicode", method="html") + "\n"


def _tag(kind: str, /, *content: Element | str, class_: str = "", **attributes: str) -> Element:
    """An element with its content and those of its attributes that are not empty; writing escapes text."""
    element = etree.Element(kind, {key: value for key, value in attributes.items() if value})
    if class_:
        element.set("class", class_)
    for part in content:
        _append(element, part)
    return element


def _append(element: Element, part: Element | str) -> None:
    if not isinstance(part, str):
        element.append(part)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + part
    else:
        element.text = (element.text or "") + part


class _Page:
    """The page as it grows: headings open sections, and what follows goes into the one that is open."""

    def __init__(self) -> None:
        self.covers: list[Element] = []
        self.main = _tag("main", id=_MAIN)
        self._open: list[tuple[int, Element]] = [(0, self.main)]

    def add(self, block: Block) -> None:
        """Put a block at the end of the page."""
        if isinstance(block, Cover):
            self.covers.append(_cover(block))
        elif isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, IndexBlock):
            self._open[-1][1].append(_index(block, self._open[-1][0] + 2))
        elif not isinstance(block, Contents):
            drawn: Callable[[Anything], Iterable[Element]] = _DRAW[type(block)]
            self._open[-1][1].extend(drawn(block))

    def _heading(self, block: Heading) -> None:
        while self._open[-1][0] >= block.level:
            self._open.pop()
        whole = block.level == 2 and not block.minor
        name = {1: "part", 2: "minor-section" if block.minor else "document", 3: "section"}[block.level]
        section = _tag("article" if whole else "section", id=block.anchor, class_=name)
        title = _tag(f"h{block.level + 1}", shown(block.text), class_="minor" if block.minor else "")
        if block.aside:
            title = _tag("div", title, _tag("span", shown(block.aside), class_=block.look), class_="head")
        section.append(title)
        if whole:
            section.append(_tag("p", _tag("a", "回到目录", href=f"#{_CONTENTS}"), class_="back"))
        self._open[-1][1].append(section)
        self._open.append((block.level, section))


def _cover(block: Cover) -> Element:
    lines = [("place", block.place), ("title", block.title), ("day", block.day)]
    lines += [("", line) for line in block.lines] + [("issuer", block.issuer)]
    return _tag(
        "header",
        *(
            _tag("h1" if name == "title" else "p", shown(words), class_="" if name == "title" else name)
            for name, words in lines
            if words
        ),
        class_="cover",
    )


def _contents(blocks: Sequence[Block]) -> Element:
    top = _tag("ol")
    for block in blocks:
        if not isinstance(block, Heading) or not block.anchor or block.minor or block.level > 2:
            continue
        entry = _tag("li", _link(block.text, block.anchor))
        if block.level == 1:
            top.append(entry)
        elif len(top):
            inner = top[-1].find("ol")
            if inner is None:
                inner = _tag("ol")
                top[-1].append(inner)
            inner.append(entry)
    return _tag("nav", _tag("h2", "目录"), top, id=_CONTENTS, class_="contents", **{"aria-label": "目录"})


def _link(text: str, to: str, look: str = "") -> Element:
    return _tag("a", shown(text), href=f"#{to}", class_=look)


def _run(run: Run) -> Element | str:
    if run.look == "strong":
        words = _tag("strong", shown(run.text))
        return _tag("a", words, href=f"#{run.to}") if run.to else words
    if run.to:
        return _link(run.text, run.to, run.look)
    return _tag("span", shown(run.text), class_=run.look) if run.look else shown(run.text)


def _line(line: Line) -> list[Element | str]:
    return [_run(run) for run in line]


def _points(points: Iterable[Point], numbered: bool = False) -> Element:
    items = []
    for point in points:
        inner = [_points(point.points)] if point.points else []
        items.append(_tag("li", *_line(point.line), *inner))
    return _tag("ol" if numbered else "ul", *items)


def _paragraph(block: Paragraph) -> list[Element]:
    return [_tag("p", *_line(block.line), class_="" if block.look == "body" else block.look)]


def _facts(block: Facts) -> list[Element]:
    return [_tag("dl", *(_fact(row) for row in block.rows), class_="facts")]


def _fact(row: Fact) -> Element:
    if len(row.points) == 1:
        (point,) = row.points
        told = [_tag("p", *_line(point.line)), *([_points(point.points)] if point.points else [])]
    else:
        told = [_points(row.points, row.numbered)]
    return _tag("div", _tag("dt", shown(row.label)), _tag("dd", *told))


def _table(block: Table) -> list[Element]:
    head = _tag("tr", *(_tag("th", shown(name), scope="col") for name in block.header))
    rows = [_tag("tr", *(_tag("td", *_line(cell)) for cell in cells)) for cells in block.rows]
    table = _tag("table", _tag("caption", block.name), _tag("thead", head), _tag("tbody", *rows))
    return [_tag("div", table, class_="table")]


def _index(block: IndexBlock, level: int) -> Element:
    found = _tag("div", class_="index")
    for name, line in block.lines:
        if name:
            found.append(_tag(f"h{level}", shown(name)))
        found.append(_tag("ul", *(_tag("li", _run(run)) for run in line)))
    return found


def _clause(block: ClauseBlock) -> list[Element]:
    lead = [_tag("strong", shown(block.lead))] if block.lead else []
    text = [shown(block.text)] if block.text else []
    if block.look in ("right", "pieces"):
        words = [_tag("p", *_broken(block.lines), class_=block.look)]
    elif block.look in ("heading", "division"):
        indented = "division" if block.look == "division" else "indented"
        own = [shown(block.lead)] if block.lead else text
        words = [_tag("h5", *own, class_=indented)]
        words += [_tag("p", *text, class_="indented")] if block.lead and text else []
    else:
        name = "indented" if block.look == "text" else block.look
        words = [_tag("p", *lead, *text, class_=name)]
    address = [_link(block.address, block.anchor, "address")] if block.address else []
    notes = [_tag("p", *_line(note), class_="remark") for note in block.notes]
    return [_tag("div", *address, *words, *notes, id=block.anchor, class_="clause")]


def _broken(lines: Iterable[str]) -> list[Element | str]:
    """Lines one below the other."""
    found: list[Element | str] = []
    for line in lines:
        found += [*([_tag("br")] if found else []), shown(line)]
    return found


_DRAW: dict[type[Anything], Callable[[Anything], Iterable[Element]]] = {
    Paragraph: _paragraph,
    Facts: _facts,
    Points: lambda block: [_points(block.points)],
    Table: _table,
    ClauseBlock: _clause,
}
