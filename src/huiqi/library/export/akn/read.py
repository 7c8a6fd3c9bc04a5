"""Reading back what ``as_akn`` wrote: the documents, exactly as they were."""

from __future__ import annotations

from datetime import date

from lxml import etree

from huiqi.library.export.akn.characters import restored
from huiqi.library.export.akn.elements import TEXT_HOLDERS, Element, qualified
from huiqi.library.export.akn.names import OWN
from huiqi.library.model import Clause, ClauseKind, Dated, Document, Level, Pages, Repeal, Span

_KIND = qualified("hq:kind")
_BODIES = ("{*}mainBody", "{*}body")
_PASSED_BY = frozenset({"meta", "attachments"})


def from_akn(data: bytes) -> tuple[Document, ...]:
    """The documents of a file that ``as_akn`` wrote, in its order.

    Equal to what was written, but that characters which XML cannot hold come back in clauses only. Other
    Akoma Ntoso files lack what the library needs; for them, as for what is no XML, a ``ValueError`` says so.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"不是完整的 XML：第{error.lineno}行，{error.msg}") from error
    found = tuple(root.iter(f"{{{OWN}}}document"))
    if not found and root.find("{*}documentCollection") is None:
        raise ValueError("不是本系统导出的 Akoma Ntoso 文件：里面没有本系统自己的元数据（hq:document）")
    try:
        return tuple(_document(facts) for facts in found)
    except (ValueError, IndexError, OverflowError) as error:
        raise ValueError(f"不是本系统原样导出的 Akoma Ntoso 文件，元数据被改动过：{error}") from error


def _document(facts: Element) -> Document:
    meta = next(facts.iterancestors("{*}meta"), None)
    element = None if meta is None else meta.getparent()
    if element is None:
        raise ValueError("hq:document 不在 meta 里")
    holder = element.getparent()  # the root, or the component of a collection
    component = None if holder is None else holder.get("eId")
    prefix = f"{component}__" if component else ""
    issued = facts.get("issued")
    return Document(
        id=facts.get("id", ""),
        title=facts.get("title", ""),
        number=facts.get("number"),
        issuers=tuple(issuer.get("name", "") for issuer in facts.iter(f"{{{OWN}}}issuer")),
        issued=date.fromisoformat(issued) if issued else None,
        level=Level(facts.get("level", "")),
        region=facts.get("region", ""),
        clauses=tuple(_divisions(element, prefix)),
        span=_span(facts.get("span", "0-0")),
        effective=_dated(facts.find(f"{{{OWN}}}effective")),
        expires=_dated(facts.find(f"{{{OWN}}}expires")),
        repeals=tuple(
            Repeal(
                each.get("title", ""), each.get("number", ""), each.get("clause", ""), each.get("extent", "")
            )
            for each in facts.iter(f"{{{OWN}}}repeal")
        ),
        addressees=facts.get("addressees", ""),
        cover_title=facts.get("cover-title", ""),
        within=facts.get("within", ""),
        section=facts.get("section", ""),
        source=facts.get("source", ""),
    )


def _divisions(element: Element, prefix: str) -> list[Clause]:
    body = next((child for name in _BODIES for child in element.iterchildren(name)), None)
    if body is None:
        raise ValueError("文件没有正文（body 或 mainBody）")
    if body.get(_KIND) is None:  # a document without any clause
        return []
    attachments = element.iterfind("{*}attachments/{*}attachment")
    return [_clause(element, body, prefix), *(_clause(each, each, prefix) for each in attachments)]


def _clause(element: Element, about: Element, prefix: str) -> Clause:
    """The clause whose words are in an element; ``about`` has what is said of it."""
    number, heading, text, children = _parts(element, about, prefix)
    return Clause(
        id=about.get("eId", "").removeprefix(prefix),
        kind=ClauseKind(about.get(_KIND, "")),
        cite=about.get(qualified("hq:cite"), ""),
        text=restored(number + heading + text, about.get(qualified("hq:replaced"), "")),
        spans=tuple(map(_span, about.get(qualified("hq:spans"), "").split())),
        number_length=int(about.get(qualified("hq:number-length"), len(number))),
        heading_length=int(about.get(qualified("hq:heading-length"), len(heading))),
        pages=_pages(about.get(qualified("hq:pages"))),
        children=tuple(children),
    )


def _parts(element: Element, about: Element, prefix: str) -> tuple[str, str, str, list[Clause]]:
    """Number, heading and other words of an element's own, and the clauses in it."""
    kind = etree.QName(element).localname
    if kind in TEXT_HOLDERS:
        words = "".join(element.itertext())
        return words * (kind == "num"), words * (kind == "heading"), words * (kind == "p"), []
    number = heading = text = ""
    children: list[Clause] = []
    for child in element.iterchildren("{*}*"):
        if etree.QName(child).localname in _PASSED_BY:
            continue
        if child is not about and child.get(_KIND) is not None:
            children.append(_clause(child, child, prefix))
            continue
        inner = _parts(child, about, prefix)
        number, heading, text = number + inner[0], heading + inner[1], text + inner[2]
        children += inner[3]
    return number, heading, text, children


def _span(words: str) -> Span:
    start, end = words.split("-")
    return Span(int(start), int(end))


def _pages(words: str | None) -> Pages | None:
    if not words:
        return None
    first, _, last = words.partition("-")
    return Pages(int(first), int(last or first))


def _dated(element: Element | None) -> Dated | None:
    if element is None:
        return None
    day = element.get("day")
    return Dated(
        date.fromisoformat(day) if day else None, element.get("clause", ""), element.get("words", "")
    )
