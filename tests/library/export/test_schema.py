"""The committed JSON Schemas of the library: the same as the generated ones, and those of what is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from huiqi.library.export import reading_json
from huiqi.library.export.schema import SCHEMAS, schema_text, write_schemas
from huiqi.library.model import Reading
from tests.library.export.trees import readings

FOLDER = Path(__file__).parents[3] / "docs" / "json"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == schema_text(name), "run: python -m huiqi.library.export.schema docs/json"


def test_writing_makes_the_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "a" / "b")
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == set(SCHEMAS)


def accepts(schema: dict[str, Any], value: Any, whole: dict[str, Any]) -> bool:
    """Whether a value is as the schema says, for the few words that these schemas use."""
    if "$ref" in schema:
        return accepts(whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, whole)
    if "anyOf" in schema:
        return any(accepts(each, value, whole) for each in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    match schema["type"]:
        case "object":
            properties = schema["properties"]
            same = isinstance(value, dict) and set(value) == set(properties) == set(schema["required"])
            return same and all(accepts(properties[key], each, whole) for key, each in value.items())
        case "array" if "prefixItems" in schema:
            return isinstance(value, list) and len(value) == schema["minItems"] == schema["maxItems"]
        case "array":
            return isinstance(value, list) and all(accepts(schema["items"], each, whole) for each in value)
        case "null":
            return value is None
        case kind:
            return type(value) is {"string": str, "integer": int, "boolean": bool}[kind]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_what_is_written_is_as_the_schema_says(reading: Reading) -> None:
    schema = json.loads(schema_text("library-reading.schema.json"))
    found = reading_json(reading)
    assert accepts(schema, found, schema)
    assert not accepts(schema, {**found, "documents": [{}]}, schema)
