"""Names of clauses: ids in the manner of Akoma Ntoso, and addresses as the field cites them.

Both follow from numbers alone, so that they stay when the same text is read again or a neighbour changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiqi.library.model import Clause, ClauseKind, Pages
from huiqi.library.structure.nodes import Node
from huiqi.library.structure.numerals import write_number

_SHORT: Mapping[ClauseKind, str] = {
    ClauseKind.COVER: "cover",
    ClauseKind.MAIN: "main",
    ClauseKind.ATTACHMENT: "att",
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chp",
    ClauseKind.SECTION: "sec",
    ClauseKind.ARTICLE: "art",
    ClauseKind.STEP: "step",
    ClauseKind.ITEM: "para",
    ClauseKind.SUBITEM: "subpara",
    ClauseKind.POINT: "point",
    ClauseKind.SUBPOINT: "indent",
    ClauseKind.DETAIL: "detail",
    ClauseKind.TITLE: "title",
    ClauseKind.NUMBER: "num",
    ClauseKind.ADDRESSEE: "addressee",
    ClauseKind.PREAMBLE: "preamble",
    ClauseKind.HEADING: "heading",
    ClauseKind.PARAGRAPH: "p",
    ClauseKind.CLOSING: "closing",
    ClauseKind.ATTACHMENT_LIST: "attlist",
    ClauseKind.SIGNATURE: "sig",
    ClauseKind.REMARK: "remark",
    ClauseKind.FRAGMENT: "fragment",
}
_ONE_OF_A_KIND = frozenset(
    {
        ClauseKind.TITLE,
        ClauseKind.NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.PREAMBLE,
        ClauseKind.CLOSING,
        ClauseKind.ATTACHMENT_LIST,
        ClauseKind.SIGNATURE,
    }
)
_OUTSIDE_ADDRESSES = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
_DETAILS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def label(kind: ClauseKind, number: int, branch: int = 0) -> str:
    """The number of a clause in the form in which it is cited; ``branch`` is 1 for 第五条之一."""
    if branch:
        return f"{label(kind, number)}之{write_number(branch)}"
    match kind:
        case ClauseKind.PART:
            return f"第{write_number(number)}编"
        case ClauseKind.CHAPTER:
            return f"第{write_number(number)}章"
        case ClauseKind.SECTION:
            return f"第{write_number(number)}节"
        case ClauseKind.ARTICLE:
            return f"第{write_number(number)}条"
        case ClauseKind.STEP:
            return f"第{write_number(number)}步"
        case ClauseKind.ITEM:
            return f"{write_number(number)}、"
        case ClauseKind.SUBITEM:
            return f"（{write_number(number)}）"
        case ClauseKind.POINT:
            return f"{number}."
        case ClauseKind.SUBPOINT:
            return f"（{number}）"
        case ClauseKind.DETAIL:
            return _DETAILS[number - 1]
        case _:
            return ""


def named(
    kind: ClauseKind, stem: str, address: str, roots: Sequence[Node], pages: Sequence[Pages | None]
) -> Clause:
    """A division with everything below it named; ``stem`` is its id, its addresses begin with ``address``."""
    children = _children(roots, stem, address, pages, (ClauseKind.MAIN, address), starts_at=1)
    return Clause(
        stem,
        kind,
        address.strip() or ClauseKind.MAIN.value,
        "",
        (),
        pages=children[0].pages if children else None,
        children=children,
    )


def _children(
    nodes: Sequence[Node],
    parent_id: str,
    address: str,
    pages: Sequence[Pages | None],
    parent: tuple[ClauseKind, str],
    starts_at: int,
) -> tuple[Clause, ...]:
    # one paragraph of an article has the list, so that 第十条（一） says which it is
    listing = [node for node in nodes if any(child.kind.is_numbered for child in node.children)]
    plain = parent[0] is ClauseKind.ARTICLE and len(listing) == 1
    counts: dict[str, int] = {}
    order: dict[ClauseKind, int] = {}
    alone = {kind: sum(1 for node in nodes if node.kind is kind) == 1 for kind in _ONE_OF_A_KIND}
    found = []
    for node in nodes:
        order[node.kind] = order.get(node.kind, 0) + 1
        nth = order[node.kind] + (starts_at - 1 if node.kind is ClauseKind.PARAGRAPH else 0)
        short = _SHORT[node.kind]
        own = f"{short}_{node.number if node.kind.is_numbered else nth}" + (
            f".{node.branch}" if node.branch else ""
        )
        if node.kind in _ONE_OF_A_KIND and alone[node.kind]:
            own = short
        counts[own] = counts.get(own, 0) + 1
        identifier = f"{parent_id}__{own}" + (f"-{counts[own]}" if counts[own] > 1 else "")
        cite = _cite(node, nth, address, parent, alone.get(node.kind, False))
        transparent = node.kind in _OUTSIDE_ADDRESSES or (plain and node.kind is ClauseKind.PARAGRAPH)
        below = address if transparent else cite
        found.append(_clause(node, identifier, cite, below, pages))
    return tuple(found)


def _clause(node: Node, identifier: str, cite: str, below: str, pages: Sequence[Pages | None]) -> Clause:
    starts_at = 1 if node.kind in _OUTSIDE_ADDRESSES or _is_bare_article(node) else 2
    children = _children(node.children, identifier, below, pages, (node.kind, cite), starts_at)
    return Clause(
        identifier,
        node.kind,
        cite,
        node.text,
        node.spans,
        node.number_length,
        node.heading_length,
        pages[node.first_line],
        children,
    )


def _is_bare_article(node: Node) -> bool:
    return node.kind is ClauseKind.ARTICLE and len(node.text) == node.number_length


def _cite(node: Node, nth: int, address: str, parent: tuple[ClauseKind, str], alone: bool) -> str:
    if node.kind is ClauseKind.SECTION and parent[0] is ClauseKind.CHAPTER:
        return parent[1] + label(node.kind, node.number)
    if node.kind.is_numbered:
        return address + label(node.kind, node.number, node.branch)
    if node.kind is ClauseKind.HEADING:
        return address + node.text.strip(" ：:")
    if node.kind is ClauseKind.PARAGRAPH:
        unit = "段" if parent[0] is ClauseKind.MAIN else "款"
        return f"{address}第{write_number(nth)}{unit}"
    name = node.kind.value
    return address + (name if alone or node.kind not in _ONE_OF_A_KIND else f"{name}第{write_number(nth)}段")
