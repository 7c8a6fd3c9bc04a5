"""The English README and its Chinese twin say the same in the same order, and show what really comes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.cli.command import run

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


def blocks(text: str, language: str) -> list[str]:
    """The code blocks in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def shown_answers(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command with an answer below it, as words of the command and lines of the answer."""
    answered = r"^```sh\n(?P<command>[^\n]+)\n```\n(?:(?!```).)*^```text\n(?P<answer>.*?)^```$"
    for match in re.finditer(answered, text, re.MULTILINE | re.DOTALL):
        yield match["command"].split(), match["answer"].splitlines()


def test_the_answers_shown_are_the_answers_that_come(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (root / README).read_text(encoding="utf-8")
    (tmp_path / "enterprise.yaml").write_text(blocks(text, "yaml")[0], encoding="utf-8")
    (tmp_path / "catalogue").symlink_to(root / "catalogue")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUIQI_CATALOGUE", raising=False)
    shown = list(shown_answers(text))
    assert len(shown) == len(blocks(text, "text")) > 0
    for (program, *arguments), lines in shown:
        assert program == ".venv/bin/huiqi"
        ran = run(*arguments)
        assert (ran.code, ran.err) == (0, "")
        said = iter(ran.out.splitlines())
        lost = [line for line in lines if line != "…" and line not in said]
        assert lost == []


def test_the_rule_shown_is_a_rule_of_the_catalogue(root: Path) -> None:
    (shown,) = yaml.safe_load(blocks((root / README).read_text(encoding="utf-8"), "yaml")[1])
    benefits = (
        one
        for path in (root / "catalogue").rglob("benefits.yaml")
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["事项"]
    )
    real = next(one for one in benefits if one["标识"] == shown["标识"])
    assert {key: real.get(key) for key in shown} == shown


def test_every_command_shown_is_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [
        line.split()
        for block in blocks((root / README).read_text("utf-8"), "sh")
        for line in block.splitlines()
    ]
    named = [words[1] for words in commands if words[0] == ".venv/bin/huiqi"]
    assert {"explain", "facts", "check", "test"} <= set(named)
    for name in named:
        assert run(name, "--help").code == 0
    monkeypatch.chdir(root)
    monkeypatch.delenv("HUIQI_CATALOGUE", raising=False)
    for words in commands:
        if words[1] == "facts":
            assert run(*words[1:]).code == 0


def test_every_path_of_the_layout_exists(root: Path) -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", (root / README).read_text(encoding="utf-8"), re.MULTILINE)
    paths = [path for row in rows for path in re.findall(r"`([^`]+)`", row)]
    packages = {
        f"src/huiqi/{one.name}/" for one in (root / "src/huiqi").iterdir() if (one / "__init__.py").exists()
    }
    assert packages <= set(paths)
    assert [path for path in paths if not (root / path).is_dir()] == []
