"""Documents as data for machines: what ``--json`` prints, and back again.

Every field is described in docs/json/library-document.schema.json and docs/json/library-reading.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any as Anything

from pydantic import ValidationError

from huiqi.library.export.shape import DocumentShape, ReadingShape
from huiqi.library.model import Document, Loss, Reading, Remark

Json = dict[str, Anything]

_WRONG = {"missing": "缺少", "extra_forbidden": "多余", "enum": "不是可选的值"}
_SHOWN = 3  # problems that an error names


def document_json(document: Document, *, losses: Iterable[Loss] = (), remarks: Iterable[Remark] = ()) -> Json:
    """A document with its clauses as a tree, and the losses and remarks that are given with it."""
    return DocumentShape.of(document, losses, remarks).model_dump(mode="json")


def reading_json(reading: Reading) -> Json:
    """What one source was read into: every document with its losses and remarks, and what belongs to none."""
    return ReadingShape.of(reading).model_dump(mode="json")


def document_from_json(data: Mapping[str, Anything]) -> Document:
    """The document that ``document_json`` was given. A ``ValueError`` says what is wrong with the data."""
    try:
        return DocumentShape.model_validate(data).document()
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        problems = [
            f"{'.'.join(map(str, problem['loc'])) or '整体'} {_WRONG.get(problem['type'], '类型不对')}"
            for problem in found[:_SHOWN]
        ]
        more = f"等{len(found)}处" if len(found) > _SHOWN else ""
        raise ValueError(f"不是文件的 JSON：{'；'.join(problems)}{more}") from error
