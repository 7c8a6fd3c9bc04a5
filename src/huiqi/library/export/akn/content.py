"""The words of a document as Akoma Ntoso: preface, preamble, body, conclusions, and the clauses in them.

The order of the text is never changed. What stands where Akoma Ntoso has no place for it, such as a signature
in the middle, stays there as a generic container with a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from huiqi.library.export.akn.elements import Element, add, clause_attributes, unmarked_lengths
from huiqi.library.export.akn.names import Names
from huiqi.library.model import Clause, ClauseKind

_PREFACE = frozenset({ClauseKind.TITLE, ClauseKind.NUMBER, ClauseKind.ADDRESSEE, ClauseKind.REMARK})
_CONCLUSIONS = frozenset({ClauseKind.SIGNATURE, ClauseKind.ATTACHMENT_LIST, ClauseKind.REMARK})
_TRAILING = _CONCLUSIONS | {ClauseKind.FRAGMENT}

HIERARCHY = {
    ClauseKind.PART: "part",
    ClauseKind.CHAPTER: "chapter",
    ClauseKind.SECTION: "section",
    ClauseKind.ARTICLE: "article",
    ClauseKind.ITEM: "paragraph",
    ClauseKind.SUBITEM: "subparagraph",
    ClauseKind.POINT: "point",
    ClauseKind.SUBPOINT: "indent",
    ClauseKind.PARAGRAPH: "alinea",  # in an article: paragraph
}
"""Clauses for which Akoma Ntoso has an element."""

GENERIC = {
    ClauseKind.DETAIL: "detail",
    ClauseKind.STEP: "step",
    ClauseKind.HEADING: "heading",
    ClauseKind.CLOSING: "closing",
    ClauseKind.FRAGMENT: "fragment",
    ClauseKind.PREAMBLE: "preamble",
    ClauseKind.TITLE: "title",
    ClauseKind.NUMBER: "number",
    ClauseKind.ADDRESSEE: "addressee",
    ClauseKind.ATTACHMENT_LIST: "attachmentList",
    ClauseKind.SIGNATURE: "signature",
    ClauseKind.REMARK: "remark",
    ClauseKind.COVER: "cover",
    ClauseKind.MAIN: "main",
    ClauseKind.ATTACHMENT: "attachment",
}
"""The name of the generic element (hcontainer, or inline in a preface) of all others."""

_INLINE = {
    ClauseKind.TITLE: "docTitle",
    ClauseKind.NUMBER: "docNumber",
    ClauseKind.SIGNATURE: "signature",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The children of a division, cut where Akoma Ntoso cuts."""

    preface: Sequence[Clause]
    preamble: Sequence[Clause]
    body: Sequence[Clause]
    conclusions: Sequence[Clause]


def parts_of(children: Sequence[Clause]) -> Parts:
    """Cut a division's children into the four parts, in their order."""
    start = _run(children, 0, _PREFACE)
    end = len(children)
    while end > start and children[end - 1].kind in _TRAILING:
        end -= 1
    stop = end
    end = _run(children, end, frozenset({ClauseKind.FRAGMENT}))
    opening = _run(children[:stop], start, frozenset({ClauseKind.PREAMBLE}))
    if opening == end:  # a notice of one sentence: that is its body
        opening = start
    return Parts(children[:start], children[start:opening], children[opening:end], children[end:])


def _run(children: Sequence[Clause], at: int, kinds: frozenset[ClauseKind]) -> int:
    while at < len(children) and children[at].kind in kinds:
        at += 1
    return at


def write_content(parent: Element, division: Clause, names: Names, own: str, *, is_root: bool) -> None:
    """Write a division into its document element; ``own`` are words of its own that still have to be said.

    The division that is the document itself has no element but the body to say what it is.
    """
    parts = parts_of(division.children)
    if own or parts.preface:
        preface = add(parent, "preface")
        if own:
            add(preface, "p", text=own)
        _blocks(preface, parts.preface, names)
    if parts.preamble:
        _blocks(add(parent, "preamble"), parts.preamble, names)
    about = {**clause_attributes(division, names), **unmarked_lengths(division)} if is_root else {}
    body = add(parent, "body" if etree.QName(parent).localname == "act" else "mainBody", about)
    for clause in parts.body:
        _hierarchy(body, clause, names, division.kind)
    if not parts.body:
        add(body, "hcontainer", {"name": "missing", "status": "unknown"})
    if parts.conclusions:
        _blocks(add(parent, "conclusions"), parts.conclusions, names)


def _hierarchy(parent: Element, clause: Clause, names: Names, within: ClauseKind) -> None:
    """A clause in the body."""
    attributes = clause_attributes(clause, names)
    if clause.kind is ClauseKind.FRAGMENT:
        attributes["status"] = "incomplete"
    if clause.kind is ClauseKind.PARAGRAPH and within is ClauseKind.ARTICLE:
        element = add(parent, "paragraph", attributes)
    elif clause.kind in HIERARCHY:
        element = add(parent, HIERARCHY[clause.kind], attributes)
    else:
        element = add(parent, "hcontainer", {"name": GENERIC[clause.kind], **attributes})
    body = write_number_and_heading(element, clause)
    if body:
        add(add(element, "intro" if clause.children else "content"), "p", text=body)
    end = _wrap_up(clause)
    for child in clause.children[:end]:
        _hierarchy(element, child, names, clause.kind)
    if clause.children[end:]:
        _blocks(add(element, "wrapUp"), clause.children[end:], names)


def write_number_and_heading(element: Element, clause: Clause) -> str:
    """Write the two where an element has places for them; give the words that are left."""
    after_number = clause.number_length
    after_heading = after_number + clause.heading_length
    if clause.number_length:
        add(element, "num", text=clause.text[:after_number])
    if clause.heading_length:
        add(element, "heading", text=clause.text[after_number:after_heading])
    return clause.text[after_heading:]


def _wrap_up(clause: Clause) -> int:
    """Where the words begin that close a list; past the end when none do.

    In an article they are the next 款 and are cited as such, so there they stay one.
    """
    end = len(clause.children)
    if clause.kind is ClauseKind.ARTICLE:
        return end
    start = end
    while (
        start
        and clause.children[start - 1].kind is ClauseKind.PARAGRAPH
        and not clause.children[start - 1].children
    ):
        start -= 1
    follows_list = start > 0 and clause.children[start - 1].kind.is_numbered
    return start if follows_list else end


def _blocks(parent: Element, clauses: Sequence[Clause], names: Names) -> None:
    for clause in clauses:
        write_block(parent, clause, names)


def write_block(parent: Element, clause: Clause, names: Names) -> None:
    """A clause outside the body: a paragraph, or a container of blocks when it has clauses below it."""
    attributes = clause_attributes(clause, names)
    if clause.kind is ClauseKind.FRAGMENT:
        attributes["status"] = "incomplete"
    if not clause.children:
        inline = _inline(clause)
        attributes.update(unmarked_lengths(clause))
        paragraph = add(parent, "p", attributes, "" if inline else clause.text)
        if inline:
            add(paragraph, *inline, clause.text)
        return
    container = add(parent, "blockContainer", attributes)
    body = write_number_and_heading(container, clause)
    if body:
        add(add(container, "intro"), "p", text=body)
    _blocks(container, clause.children, names)


def _inline(clause: Clause) -> tuple[str, dict[str, str | None]] | None:
    """The inline element that says what the words of a clause are."""
    if clause.kind in _INLINE:
        return _INLINE[clause.kind], {}
    if clause.kind in _PREFACE | _CONCLUSIONS:
        return "inline", {"name": GENERIC[clause.kind]}
    return None
