"""JSON Schemas of the library's JSON, for programs that read it.

They are generated from the shapes and committed under docs/json/; run
`python -m huiqi.library.export.schema docs/json` after changing a shape.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiqi.library.export.shape import DocumentShape, ReadingShape, Shape

SCHEMAS: Mapping[str, type[Shape]] = {
    "library-document.schema.json": DocumentShape,
    "library-reading.schema.json": ReadingShape,
}
"""File name of each schema, and the shape it describes."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_WIDTH = 140


def schema_text(name: str) -> str:
    """The schema called ``name`` as it is committed: UTF-8 JSON, a newline at the end."""
    schema = {"$schema": _DIALECT, **SCHEMAS[name].model_json_schema()}
    return _laid_out(schema, "") + "\n"


def _laid_out(node: Any, indentation: str) -> str:
    """JSON with what fits on one line, so that a changed field is a changed line."""
    short = json.dumps(node, ensure_ascii=False)
    if len(indentation) + len(short) <= _WIDTH or not isinstance(node, dict):
        return short
    inner = indentation + "  "
    fields = (f"{inner}{json.dumps(key)}: {_laid_out(value, inner)}" for key, value in node.items())
    return "{\n" + ",\n".join(fields) + "\n" + indentation + "}"


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder, which is created when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (folder / name).write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
