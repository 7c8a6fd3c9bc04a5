"""What the library visibly lacks, told document by document."""

from __future__ import annotations

from collections import Counter
from typing import Any

from huiqi.library.model import Loss, LossKind
from huiqi.portal.library.shelf import Shelf


def lost(now: Shelf) -> dict[str, Any]:
    """The losses of each document in the order of the library, those that belong to none, and their kinds."""
    by_document: dict[str, list[Loss]] = {}
    for loss in now.losses:
        by_document.setdefault(loss.document, []).append(loss)
    of_documents = [(info, by_document[info.id]) for info in now.infos.values() if info.id in by_document]
    between = [loss for loss in now.losses if loss.document not in now.infos]
    counts: Counter[LossKind] = Counter(loss.kind for loss in now.losses)
    return {
        "of_documents": of_documents,
        "between": between,
        "counts": counts.most_common(),
        "total": len(now.losses),
        "complete": len(now.infos) - len(of_documents),
    }
