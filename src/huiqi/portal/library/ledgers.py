"""Who has to do what by when, and what is to be reached, as a program reads it in the texts."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from huiqi.library.ledger import Duty, Ledger, Target, ledger_of
from huiqi.library.model import Document
from huiqi.portal.library.knowledge import knowledge

_KEPT = 64  # documents


def charged(document: Document, clauses: Collection[str]) -> tuple[tuple[Duty, ...], tuple[Target, ...]]:
    """The duties and targets that stand in some clauses of a document, in its order."""
    ledger = _ledger(_Same(document))
    return (
        tuple(duty for duty in ledger.duties if duty.clause in clauses),
        tuple(target for target in ledger.targets if target.clause in clauses),
    )


class _Same:
    """A document as a key: the same object is the same text, and comparing two word by word is not needed."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=_KEPT)
def _ledger(same: _Same) -> Ledger:
    return ledger_of(same.document, knowledge().bodies)
