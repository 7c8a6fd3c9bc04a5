"""docs/glossary.md pairs each Chinese word with one English one, and says where in the code it lives."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

COLUMNS = ["中文", "English", "meaning", "where in code"]


@pytest.fixture(scope="module")
def rows(root: Path) -> list[list[str]]:
    lines = (root / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if row != COLUMNS and not set("".join(row)) <= set("-: ")]


def test_there_are_rows_of_four_cells(rows: list[list[str]]) -> None:
    assert len(rows) > 50
    assert [row for row in rows if len(row) != len(COLUMNS) or "" in row[:3]] == []


@pytest.mark.parametrize("column", [0, 1])
def test_a_word_stands_once(rows: list[list[str]], column: int) -> None:
    words = [row[column] for row in rows]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_what_the_code_calls_it_exists(rows: list[list[str]], root: Path) -> None:
    def exists(name: str) -> bool:
        return bool(find_spec(name) if name.startswith("huiqi.") else list(root.glob(name)))

    named = [(row[0], name) for row in rows for name in re.findall(r"`([^`]+)`", row[3])]
    assert named
    assert [f"{word}: {name}" for word, name in named if not exists(name)] == []
