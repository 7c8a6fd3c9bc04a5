"""The English README and its Chinese twin say the same in the same order."""

import re
from pathlib import Path

import pytest

README, TWIN = "README.md", "README.zh-CN.md"
FENCE = re.compile(r"^```")
HEADING = re.compile(r"^(#+) \S")
TARGET = re.compile(r"^([a-z]+):.*?## ", re.MULTILINE)


def outline(text: str) -> list[str]:
    """Headings by level, code blocks with their content, table rows and pictures, in their order."""
    parts: list[str] = []
    block: list[str] | None = None
    for line in text.splitlines():
        if block is not None:
            block.append(line)
            if FENCE.match(line):
                parts.append("\n".join(block))
                block = None
        elif FENCE.match(line):
            block = [line]
        elif heading := HEADING.match(line):
            parts.append(heading.group(1))
        elif line.startswith("|"):
            parts.append(f"row of {line.count('|')}")
        elif picture := re.match(r"!\[[^]]*]\(([^)]*)\)", line):
            parts.append(picture.group(1))
    assert block is None, "a code block is not closed"
    return parts


def test_outline_sees_headings_blocks_rows_and_pictures() -> None:
    text = "# A\n\ntext\n\n```console\n# not a heading\n```\n\n## B\n\n| a | b |\n![x](y.png)\n"
    assert outline(text) == ["#", "```console\n# not a heading\n```", "##", "row of 3", "y.png"]


def test_the_twins_have_the_same_sections_code_blocks_tables_and_pictures(root: Path) -> None:
    english = outline((root / README).read_text(encoding="utf-8"))
    assert english == outline((root / TWIN).read_text(encoding="utf-8"))
    assert english.count("##") >= 5


def test_the_twins_lead_to_each_other(root: Path) -> None:
    assert f"]({TWIN})" in (root / README).read_text(encoding="utf-8")
    assert f"]({README})" in (root / TWIN).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [README, TWIN, "CONTRIBUTING.md"])
def test_every_make_command_named_exists(root: Path, name: str) -> None:
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    named = set(
        re.findall(r"`?make ([a-z]+)`?$|`make ([a-z]+)", (root / name).read_text(encoding="utf-8"), re.M)
    )
    assert named
    assert {first or second for first, second in named} <= targets


def test_every_link_to_a_file_leads_somewhere(root: Path, texts: dict[Path, str]) -> None:
    broken = []
    for path, text in texts.items():
        if path.suffix != ".md":
            continue
        targets = re.findall(r"]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
        broken += [f"{path}: {each}" for each in targets if not (root / path.parent / each).exists()]
    assert broken == []
