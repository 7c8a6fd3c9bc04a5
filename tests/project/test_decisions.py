"""Decisions are numbered, dated, and say what was chosen and what was not."""

import re
from datetime import date
from pathlib import Path

import pytest

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"
NAME = re.compile(r"(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md")


def test_each_file_is_numbered_without_gap_or_repetition() -> None:
    names = sorted(path.name for path in DECISIONS.iterdir())
    numbers = [int(match.group(1)) if (match := NAME.fullmatch(name)) else name for name in names]
    assert numbers == list(range(1, len(names) + 1))


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("*.md")), ids=lambda path: path.stem)
def test_each_decision_is_titled_by_its_number_dated_and_has_its_three_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:4]}\. \S", text)
    dated = re.search(r"^Date: (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    assert dated
    assert date(2026, 11, 1) <= date.fromisoformat(dated.group(1))
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:3] == ["Context", "Decision", "Consequences"]
