"""The committed JSON Schemas: the same as the generated ones, Chinese, and pointing at nothing missing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huiqi.catalogue.schema import SCHEMAS, schema_of, schema_text, write_schemas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "schema"


def parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from parts(item)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == schema_text(name), "run: python -m huiqi.catalogue.schema docs/schema"


def test_nothing_else_is_committed_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(SCHEMAS)


def test_writing_makes_the_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "a" / "b")
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described_in_chinese_and_none_is_of_our_own(name: str) -> None:
    schema = schema_of(name)
    properties = [found for part in parts(schema) for found in part.get("properties", {}).items()]
    assert properties
    for key, written in properties:
        assert re.fullmatch(r"[\u4e00-\u9fff]+", key)
        assert re.search(r"[\u4e00-\u9fff]", written["description"])
        assert "title" not in written
    assert "\\u0000" not in json.dumps(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_references_lead_somewhere(name: str) -> None:
    schema = schema_of(name)
    for part in parts(schema):
        if "$ref" in part:
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]


def test_words_are_offered() -> None:
    document = schema_of("benefits.schema.json")["$defs"]["Document"]["properties"]
    assert document["级别"]["enum"] == ["国家", "省", "市", "县区"]


def test_only_keys_that_may_be_null_may_be_null() -> None:
    document = schema_of("benefits.schema.json")["$defs"]["Document"]["properties"]
    nullable = [name for name, written in document.items() if "null" in json.dumps(written)]
    assert nullable == ["文号", "印发"]


def test_a_condition_is_a_test_or_a_group() -> None:
    definitions = schema_of("benefits.schema.json")["$defs"]
    items = definitions["Benefit"]["properties"]["全部满足"]["items"]
    assert {choice["$ref"] for choice in items["oneOf"]} == {"#/$defs/Condition", "#/$defs/ConditionGroup"}
    assert definitions["ConditionGroup"]["maxProperties"] == 1


def test_the_guide_names_every_schema() -> None:
    guide = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
    assert set(re.findall(r"docs/schema/([a-z]+\.schema\.json)", guide)) == set(SCHEMAS)
