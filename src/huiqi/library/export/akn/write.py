"""A document, or everything that was read from a source, as one Akoma Ntoso file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from lxml import etree

from huiqi.library.export.akn.content import write_block, write_content, write_number_and_heading
from huiqi.library.export.akn.elements import NAMESPACES, Element, add, clause_attributes, indent, qualified
from huiqi.library.export.akn.meta import Meta, write_collection_meta
from huiqi.library.export.akn.names import COLLECTION, Names, collection_iri, genre_of, work_iri
from huiqi.library.model import Clause, ClauseKind, Document, Loss, Reading, Remark, Span

_NOTHING = Clause("main", ClauseKind.MAIN, "", "", ())


def as_akn(
    what: Document | Sequence[Document] | Reading,
    *,
    losses: Sequence[Loss] = (),
    remarks: Sequence[Remark] = (),
    made: date | None = None,
) -> bytes:
    """Write Akoma Ntoso 1.0 XML (UTF-8) that is valid by the schema of OASIS.

    A `Document` becomes one document, a `Reading` or several documents a collection. ``losses`` and
    ``remarks`` are those of the documents; a reading has its own besides. ``made`` is the day of the export;
    without it the file does not depend on the day. Characters that XML cannot hold become U+FFFD;
    `unwritable` lists them.

    Raises `ExportError` when ids of clauses are not unique in their document or are no XML names.
    """
    root = etree.Element(qualified("akomaNtoso"), nsmap=NAMESPACES)
    if isinstance(what, Document):
        _document(root, what, "", losses, remarks, made)
    elif isinstance(what, Reading):
        _collection(root, what.documents, what, (*what.losses, *losses), (*what.remarks, *remarks), made)
    else:
        _collection(root, what, None, losses, remarks, made)
    indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _collection(
    root: Element,
    documents: Sequence[Document],
    reading: Reading | None,
    losses: Sequence[Loss],
    remarks: Sequence[Remark],
    made: date | None,
) -> None:
    source = reading.source if reading else None
    names = Names((), "")
    collection = add(root, "documentCollection", {"name": COLLECTION})
    inside = {document.id for document in documents}
    write_collection_meta(
        collection,
        names,
        collection_iri(source.name if source else COLLECTION),
        source,
        reading.left_out if reading else (),
        [loss for loss in losses if loss.document not in inside],
        [remark for remark in remarks if remark.document not in inside],
        made,
    )
    body = add(collection, "collectionBody")
    for part in _in_order(documents, reading.between if reading else ()):
        eid = names.fresh(f"cmp_{len(body) + 1}")
        component = add(body, "component", {"eId": eid})
        if isinstance(part, Document):
            _document(
                component,
                part,
                f"{eid}__",
                [loss for loss in losses if loss.document == part.id],
                [remark for remark in remarks if remark.document == part.id],
                made,
            )
        else:
            write_block(add(component, "interstitial"), part, Names(part.walk(), f"{eid}__"))
    if not len(body):
        add(add(body, "component", {"eId": names.fresh("cmp_1")}), "interstitial")


def _in_order(documents: Sequence[Document], between: Sequence[Clause]) -> list[Document | Clause]:
    """Documents and the words between them in the order of the source; documents alone as they are given."""
    if not between:
        return list(documents)

    def start(part: Document | Clause) -> Span:
        if isinstance(part, Document):
            return part.span
        return min((span for clause in part.walk() for span in clause.spans), default=Span(0, 0))

    return sorted(chain(between, documents), key=start)


def _document(
    parent: Element,
    document: Document,
    prefix: str,
    losses: Sequence[Loss],
    remarks: Sequence[Remark],
    made: date | None,
) -> None:
    main, *others = document.clauses or (_NOTHING,)
    names = Names(document.walk(), prefix, document.title or document.id)
    element = document_element(main)
    meta = Meta(document, names, work_iri(element, document), made)
    title = document.cover_title or document.title
    root = add(parent, element, {"name": genre_of(title)})
    titled = [(_component(other), _title(other, document)) for other in others]
    meta.write(root, titled, losses, remarks)
    write_content(root, main, names, main.text, is_root=bool(document.clauses))
    if not others:
        return
    attachments = add(root, "attachments")
    for other, (component, title) in zip(others, titled, strict=True):
        attachment = add(attachments, "attachment", clause_attributes(other, names))
        own = write_number_and_heading(attachment, other)
        inner = add(attachment, document_element(other), {"name": genre_of(title)})
        meta.write_component(inner, component, title)
        write_content(inner, other, names, own, is_root=False)


def document_element(division: Clause) -> str:
    """The kind of document that a division is.

    What is divided into articles (条) is an act. The text that an office issues otherwise is a statement, the
    official document of a body. A covering notice only passes another one on, an attachment goes with one.
    """
    if division.kind is not ClauseKind.COVER and any(
        clause.kind is ClauseKind.ARTICLE for clause in division.walk()
    ):
        return "act"
    return "statement" if division.kind is ClauseKind.MAIN else "doc"


def _component(division: Clause) -> str:
    """The name of a component in addresses. ``main`` is the document that carries the others."""
    return "instrument" if division.kind is ClauseKind.MAIN else division.id


def _title(division: Clause, document: Document) -> str:
    """What a component is called: the instrument as the document is, an attachment by its own title."""
    if division.kind is ClauseKind.MAIN:
        return document.title
    titles = [clause.text for clause in division.children if clause.kind is ClauseKind.TITLE]
    return "".join(titles) or division.heading or division.cite or division.text
