"""What the model knows of a document, losslessly, in a namespace of our own: the ``proprietary`` metadata.

Much of it stands elsewhere too, in the words of Akoma Ntoso. There it is for others; here it is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiqi.library.export.akn.elements import Element, add, pages_words, span_words
from huiqi.library.model import Dated, Document, LineKind, Loss, Source, Span


def write_document_facts(meta: Element, document: Document, losses: Iterable[Loss], source: str) -> None:
    """Everything about a document but its clauses and the remarks on it."""
    proprietary = add(meta, "proprietary", {"source": source})
    facts = _own(
        proprietary,
        "document",
        {
            "id": document.id,
            "title": document.title,
            "number": document.number,
            "issued": document.issued.isoformat() if document.issued else None,
            "level": document.level.value,
            "region": document.region,
            "span": span_words(document.span),
            "addressees": document.addressees,
            "cover-title": document.cover_title,
            "within": document.within,
            "section": document.section,
            "source": document.source,
        },
    )
    for issuer in document.issuers:
        _own(facts, "issuer", {"name": issuer})
    for name, dated in (("effective", document.effective), ("expires", document.expires)):
        if dated is not None:
            _own(facts, name, _dated(dated))
    for repeal in document.repeals:
        _own(
            facts,
            "repeal",
            {
                "title": repeal.title,
                "number": repeal.number,
                "clause": repeal.clause,
                "extent": repeal.extent,
            },
        )
    for loss in losses:
        _loss(facts, loss)


def write_source_facts(
    meta: Element,
    source: Source | None,
    left_out: Iterable[tuple[LineKind, Span]],
    losses: Iterable[Loss],
    agent: str,
) -> None:
    """What is known of the source that a collection was read from, and what of it is not shown."""
    proprietary = add(meta, "proprietary", {"source": agent})
    if source is not None:
        facts = _own(
            proprietary,
            "source",
            {
                "name": source.name,
                "medium": source.medium,
                "encoding": source.encoding,
                "digest": source.digest,
                "paragraphs": "true" if source.paragraphs else "false",
                "page-starts": " ".join(map(str, source.page_starts)),
            },
        )
        for loss in source.losses:
            _loss(facts, loss)
    for kind, span in left_out:
        _own(proprietary, "left-out", {"kind": kind.value, "span": span_words(span)})
    for loss in losses:
        _loss(proprietary, loss)


def _dated(dated: Dated) -> dict[str, str | None]:
    return {
        "day": dated.day.isoformat() if dated.day else None,
        "clause": dated.clause,
        "words": dated.words,
    }


def _loss(parent: Element, loss: Loss) -> None:
    _own(
        parent,
        "loss",
        {
            "kind": loss.kind.value,
            "what": loss.what,
            "at": str(loss.at),
            "document": loss.document,
            "clause": loss.clause,
            "pages": pages_words(loss.pages),
        },
    )


def _own(parent: Element, name: str, values: Mapping[str, str | None]) -> Element:
    """An element of ours; an empty value is left out, and read back as empty."""
    return add(parent, f"hq:{name}", {key: value or None for key, value in values.items()})
