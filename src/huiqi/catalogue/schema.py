"""JSON Schemas of the catalogue's YAML files, so that editors complete keys and words and mark slips.

They are generated from the shapes and committed under docs/schema/; run
`python -m huiqi.catalogue.schema docs/schema` after changing a shape. How to use them: docs/editor.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import JsonSchemaValue

from huiqi.catalogue.shape import (
    BenefitsFile,
    CasesFile,
    CatalogueFile,
    FactsFile,
    ParametersFile,
    RulesFile,
    Shape,
)
from huiqi.catalogue.shape.library import BodiesFile, RemarksFile, ReviewsFile, SynonymsFile

SCHEMAS: Mapping[str, type[Shape]] = {
    "benefits.schema.json": BenefitsFile,
    "bodies.schema.json": BodiesFile,
    "cases.schema.json": CasesFile,
    "catalogue.schema.json": CatalogueFile,
    "facts.schema.json": FactsFile,
    "parameters.schema.json": ParametersFile,
    "remarks.schema.json": RemarksFile,
    "reviews.schema.json": ReviewsFile,
    "rules.schema.json": RulesFile,
    "synonyms.schema.json": SynonymsFile,
}
"""File name of each schema, and the shape it describes."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that the YAML language server of the common editors reads."""

_WIDTH = 140


def schema_of(name: str) -> JsonSchemaValue:
    """The JSON Schema (draft 7) called `name`, one of SCHEMAS, described in Chinese."""
    written = _tidy(SCHEMAS[name].model_json_schema(by_alias=True, mode="validation"))
    return {"$schema": _DIALECT, **written, "title": name.replace(".schema.json", ".yaml")}


def schema_text(name: str) -> str:
    """The schema called `name` as it is committed: UTF-8 JSON, a newline at the end."""
    return _laid_out(schema_of(name), "") + "\n"


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder, which is created when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (folder / name).write_text(schema_text(name), encoding="utf-8")


def _laid_out(node: Any, indentation: str) -> str:
    """JSON with what fits on one line, so that a changed key is a changed line."""
    short = json.dumps(node, ensure_ascii=False)
    if len(indentation) + len(short) <= _WIDTH or not isinstance(node, (dict, list)):
        return short
    inner = indentation + "  "
    if isinstance(node, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(node[key], inner)}" for key in node]
        return "{\n" + ",\n".join(inner + part for part in parts) + "\n" + indentation + "}"
    return "[\n" + ",\n".join(inner + _laid_out(item, inner) for item in node) + "\n" + indentation + "]"


def _tidy(node: Any) -> Any:
    """Leave out what is of no use in an editor, and null where only the Python side means it.

    An optional key is left out, never written as null; the few keys that may be null say so themselves.
    """
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {key: _tidy(value) for key, value in node.items()}
    if "properties" in tidy:
        for name, written in tidy["properties"].items():
            tidy["properties"][name] = _tidy_property(written)
    return tidy


def _tidy_property(written: JsonSchemaValue) -> JsonSchemaValue:
    kept = {key: value for key, value in written.items() if key != "title"}
    if kept.get("default") in (None, [], {}):
        kept.pop("default", None)
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = {**choices[0], **kept}
    elif choices:
        kept["anyOf"] = choices
    return kept


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
