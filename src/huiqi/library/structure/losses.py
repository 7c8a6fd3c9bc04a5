"""What a document has visibly lost: attachments, tables, a title, the end of its text, numbers of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiqi.library.model import Clause, ClauseKind, Document, Loss, LossKind
from huiqi.library.structure.attachments import Named
from huiqi.library.structure.divisions import Draft
from huiqi.library.structure.nodes import Node
from huiqi.library.structure.paragraphs import ends_sentence
from huiqi.library.structure.titles import bare

_SEE = re.compile(r"见附件\s*(\d{0,2})")
_TABLE = re.compile(r"清单|表|目录|名单|一览")
_FORM = re.compile(r"(?:表|书|单|卡|台账)(?:[（(][^（()）]{1,12}[)）])?$")
_FILLING = re.compile(r"填\s*(?:报|表|写)\s*(?:说\s*明|须\s*知|要\s*求)")
_LABEL = re.compile(r"^\s*附\s*件\s*\d*\s*")
_SHORT_LINES = re.compile(r"(?:责任单位|完成时限|牵头单位|联系人|联系电话)")


def losses_of(document: Document, draft: Draft, embedded: Sequence[str]) -> Iterator[Loss]:
    """Everything that is visibly missing from a document; ``embedded`` are titles of those printed in it."""
    yield from _of_instrument(document, draft)
    attached = [each for each in document.clauses if each.kind is ClauseKind.ATTACHMENT]
    lists = (each for each in document.walk() if each.kind is ClauseKind.ATTACHMENT_LIST)
    place = next(lists, document.clauses[-1])
    for named in draft.announced:
        if any(_is_attachment(each, named) for each in attached):
            continue
        if any(named.title in bare(title) for title in [*embedded, document.title]):
            continue
        label = f"附件{named.number} " if named.number else "附件："
        yield _loss(document, LossKind.ATTACHMENT, f"{label}{named.name}，只有名称", place)
    if not draft.announced and not attached:
        for clause in document.walk():
            for match in _SEE.finditer(clause.text):
                yield _loss(document, LossKind.ATTACHMENT, f"文中说{match.group()}，没有附件", clause)
    for division in document.clauses:
        if division.kind is ClauseKind.MAIN and draft.instrument and not draft.has_instrument:
            yield from _of_words(document, division)
        else:
            yield from _of_division(document, division)


def _of_instrument(document: Document, draft: Draft) -> Iterator[Loss]:
    """The instrument that the notice forwards, or its title."""
    if any(division.lost_title for division in draft.divisions):
        main = next(each for each in document.clauses if each.kind is ClauseKind.MAIN)
        yield _loss(document, LossKind.TITLE, f"《{draft.instrument}》没有自己的标题行", main)
    if draft.instrument is None or draft.has_instrument:
        return
    has_body = any(clause.kind.is_numbered for clause in document.walk())
    if not has_body:
        yield _loss(document, LossKind.BODY, f"所印发的《{draft.instrument}》不在文中", document.clauses[-1])
    elif not draft.addressed:  # otherwise the numbered text is that of the notice itself
        yield _loss(document, LossKind.TITLE, f"《{draft.instrument}》没有自己的标题行", document.clauses[0])


def _is_attachment(division: Clause, named: Named) -> bool:
    if named.number and division.cite == f"附件{int(named.number)}":
        return True
    return len(named.title) > 4 and named.title in bare(_title_of(division))


def _title_of(division: Clause) -> str:
    titles = (each.text for each in division.children if each.kind is ClauseKind.TITLE)
    return _LABEL.sub("", next(titles, "")).strip()


def _of_division(document: Document, division: Clause) -> Iterator[Loss]:
    """The text under a title, and what of it is lost."""
    texts = [each for each in division.walk() if each.text]
    body = _body(division)
    title = _title_of(division)
    label = f"{division.cite} " if division.kind is ClauseKind.ATTACHMENT else ""
    if not body and division.kind is not ClauseKind.COVER and texts:
        kind = LossKind.TABLE if _TABLE.search(title) else LossKind.BODY
        yield _loss(document, kind, f"{label}{title}：只剩标题", texts[0])
    elif division.kind is ClauseKind.ATTACHMENT and _is_form_without_its_table(title, body):
        yield _loss(document, LossKind.TABLE, f"{label}{title}：只有封面和填写说明，没有表格", texts[0])
    yield from _of_words(document, division)


def _body(division: Clause) -> list[Clause]:
    return [
        each
        for each in division.walk()
        if each.text and (each.kind.is_text or each.kind is ClauseKind.FRAGMENT)
    ]


def _of_words(document: Document, division: Clause) -> Iterator[Loss]:
    """Tables in pieces, what was taken out, an end in the middle of a sentence."""
    for clause in division.walk():
        if clause.kind is ClauseKind.FRAGMENT:
            yield _loss(document, LossKind.SCATTERED, f"表格只剩零散的字（{len(clause.spans)}段）", clause)
        if clause.kind is ClauseKind.REMARK and "删减" in clause.text:
            yield _loss(document, LossKind.ABRIDGED, clause.text.strip("（）() "), clause)
    body = _body(division)
    if body and _is_cut(body[-1], division):
        yield _loss(document, LossKind.CUT, f"到“{body[-1].text[-8:]}”就断了", body[-1])


def _is_form_without_its_table(title: str, body: Sequence[Clause]) -> bool:
    """Whether a form has instructions how to fill it in, and nothing to be filled in."""
    instructions = [each for each in body if each.kind is ClauseKind.HEADING and _FILLING.match(each.text)]
    pieces = any(each.kind is ClauseKind.FRAGMENT for each in body)
    return bool(_FORM.search(title) and instructions and not pieces)


def _is_cut(last: Clause, division: Clause) -> bool:
    """Whether the words of a division stop in the middle of a sentence."""
    signed = any(each.kind is ClauseKind.SIGNATURE for each in division.children)
    if signed or last.kind is ClauseKind.FRAGMENT:
        return False
    words = (last.body or last.text).rstrip()
    whole_heading = last.number_length + last.heading_length >= len(last.text)
    return not (
        (whole_heading and "，" not in words)
        or ends_sentence(words)
        or words.endswith(("）", ")", "…"))
        or _SHORT_LINES.match(words)
    )


def skipped_numbers(document: Document, nodes: Sequence[Sequence[Node]]) -> Iterator[Loss]:
    """Gaps in the numbering; ``nodes`` are those that the children of each division were made of."""
    for division, roots in zip(document.clauses, nodes, strict=True):
        walked = (each for root in roots for each in root.walk())
        clauses = (each for child in division.children for each in child.walk())
        for node, clause in zip(walked, clauses, strict=True):
            if node.skipped > 0:
                words = f"{clause.cite}前面少{node.skipped}个编号"
                yield _loss(document, LossKind.NUMBER, words, clause)


def _loss(document: Document, kind: LossKind, what: str, clause: Clause) -> Loss:
    first = next((each for each in clause.walk() if each.spans), None)
    place = document.span.start
    if first is not None:
        place = first.spans[-1].end if kind is LossKind.CUT else first.spans[0].start
    return Loss(kind, what, place, document.id, clause.id, clause.pages)
