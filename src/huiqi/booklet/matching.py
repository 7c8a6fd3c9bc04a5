"""Which document of the library a document of the rules is, and which documents of the library end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiqi.language.benefit import Document as Policy
from huiqi.library.citing import documents_of
from huiqi.library.model import Document, Level, Repeal, Span


def paired(policies: Iterable[Policy], documents: Sequence[Document]) -> dict[str, Document]:
    """The library's document for each document of the rules, by id; those without one are left out.

    Of several that fit equally well the first is taken; a document is given once.
    """
    found: dict[str, Document] = {}
    taken: set[str] = set()
    for policy in policies:
        fitting = documents_of(policy.title, policy.number, documents)
        match = next((one for one in fitting if one.id not in taken), None)
        if match is not None:
            found[policy.id] = match
            taken.add(match.id)
    return found


def as_document(policy: Policy) -> Document:
    """A document of the rules as the library would know it, without its text: to be found by its names."""
    return Document(
        policy.id,
        policy.title,
        policy.number,
        policy.issuers,
        policy.issued,
        Level.UNKNOWN,
        "",
        (),
        Span(0, 0),
    )


def repeals_of(wanted: Document, documents: Iterable[Document]) -> list[tuple[Document, Repeal]]:
    """What documents say that they end the wanted one, or a part of it, each with what it says."""
    return [
        (by, repeal)
        for by in documents
        for repeal in by.repeals
        if documents_of(repeal.title, repeal.number or None, (wanted,))
    ]
