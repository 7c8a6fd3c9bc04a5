"""The guide shows every procedure as it is now, drawn from its data."""

from pathlib import Path

import pytest

from huiqi.procedures import Definition, draw, list_procedures

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images" / "procedures"
GUIDE = ROOT / "docs" / "guide" / "procedures.md"
SHIPPED = list_procedures(ROOT / "catalogue")


def file_of(definition: Definition) -> Path:
    return PICTURES / f"{definition.id}-{definition.since}.svg"


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda each: f"{each.id}-{each.since}")
def test_the_picture_is_of_today(definition: Definition) -> None:
    command = f"huiqi procedure draw {definition.id} --on {definition.since} --out {file_of(definition).name}"
    assert file_of(definition).read_bytes() == draw(definition), f"draw it again: {command}"


def test_the_guide_shows_each_and_no_other() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for definition in SHIPPED:
        assert f"](../images/procedures/{file_of(definition).name})" in guide
        assert definition.purpose
        assert definition.purpose in guide
    assert {path.name for path in PICTURES.iterdir()} == {file_of(each).name for each in SHIPPED}
