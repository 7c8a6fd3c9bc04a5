"""What no file of the project may hold, and where files stand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from huiqi.codes import identity

LIMIT = 500
LONGER = {
    "requirements*.txt": "written by make lock",
    "catalogue/**/benefits.yaml": "as long as the document it stands for",
    "catalogue/**/cases.yaml": "as long as the rules it tries",
    "catalogue/population.yaml": "as long as the vocabulary whose facts it makes up",
    "catalogue/**/procedure*.yaml": "as long as the rules it stands for, and what tries them",
    "tests/columns/planted.txt": "a list of mistakes, one after the other",
    "tests/library/compendium.yaml": "as long as the compendium that it was read from",
}
"""Files that may be longer than the limit, each with its reason."""

COMPENDIUM = "../shared/compendium/compendium.txt"
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home|Users|private|opt)/[\w.]")
OUTSIDE = re.compile(r"(?<![\w-])shared/[\w.]")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|files\.pyth", re.IGNORECASE
)
MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z])")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")


def found(texts: dict[Path, str], pattern: re.Pattern[str]) -> Iterator[tuple[Path, int, str]]:
    """Every match with its file and 1-based line."""
    for path, text in texts.items():
        for match in pattern.finditer(text):
            yield path, text.count("\n", 0, match.start()) + 1, match.group()


def long_files(texts: dict[Path, str]) -> set[Path]:
    return {path for path, text in texts.items() if text.count("\n") > LIMIT}


def test_a_file_is_short_enough_to_be_read_or_says_why_not(root: Path, texts: dict[Path, str]) -> None:
    excused = {path.relative_to(root) for pattern in LONGER for path in root.glob(pattern)}
    assert long_files(texts) - excused == set()


def test_every_excuse_is_still_needed(root: Path, texts: dict[Path, str]) -> None:
    long = long_files(texts)
    unneeded = [each for each in LONGER if not {path.relative_to(root) for path in root.glob(each)} & long]
    assert unneeded == []


def test_no_path_of_one_machine_is_written_down(texts: dict[Path, str]) -> None:
    assert [f"{path}:{line} {text}" for path, line, text in found(texts, MACHINE_PATH)] == []


def test_nothing_outside_the_checkout_is_named_but_the_compendium_by_the_tests(
    texts: dict[Path, str],
) -> None:
    without = {
        path: text.replace(COMPENDIUM, "") if path.parts[0] == "tests" else text
        for path, text in texts.items()
    }
    assert [f"{path}:{line} {text}" for path, line, text in found(without, OUTSIDE)] == []


def test_no_package_registry_is_named(texts: dict[Path, str]) -> None:
    assert [f"{path}:{line} {text}" for path, line, text in found(texts, REGISTRY)] == []


def test_no_mobile_number_stands_anywhere(texts: dict[Path, str]) -> None:
    assert [f"{path}:{line}" for path, line, _ in found(texts, MOBILE)] == []


def test_no_identity_number_that_could_be_somebodys_stands_anywhere(texts: dict[Path, str]) -> None:
    def valid(number: str) -> bool:
        try:
            identity.parse(number.upper())
        except ValueError:
            return False
        return True

    assert [f"{path}:{line}" for path, line, number in found(texts, IDENTITY) if valid(number)] == []


def test_the_searches_find_what_they_are_for() -> None:
    """Assembled here, so that this file passes its own tests."""
    number = "41010119900101001"
    sample = " ".join(
        [
            "x",
            "/".join(["", "tmp", "a"]),
            "/".join(["..", "shared", "DESIGN.md"]),
            ".".join(["pypi", "org"]),
            "138" + "0" * 8,
            number + identity.check_character(number),
        ]
    )
    texts = {Path("sample"): sample}
    for pattern in (MACHINE_PATH, OUTSIDE, REGISTRY, MOBILE, IDENTITY):
        assert len(list(found(texts, pattern))) == 1, pattern


def test_every_file_is_normal_text_with_a_last_line_end(texts: dict[Path, str]) -> None:
    wrong = [
        path.as_posix() for path, text in texts.items() if "\r" in text or (text and not text.endswith("\n"))
    ]
    assert wrong == []


def test_tests_mirror_the_source(root: Path) -> None:
    source = {path.stem for path in (root / "src" / "huiqi").iterdir() if not path.name.startswith("_")}
    tests = {
        path.name for path in (root / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")
    }
    assert tests - source == {"harness", "project"}
    untested = [
        name
        for name in sorted(source)
        if not (root / "tests" / f"test_{name}.py").exists()
        and not list((root / "tests" / name).rglob("test_*.py"))
    ]
    assert untested == []


def test_the_code_knows_no_place(root: Path, texts: dict[Path, str]) -> None:
    """Another district replaces catalogue/ and has its own system: the source names no place."""
    listed = yaml.safe_load((root / "catalogue" / "codes" / "regions.yaml").read_text(encoding="utf-8"))
    names = [entry["名称"] for entry in listed["地区"]]
    stems = {name.rstrip("省市区县") for name in names} - {"郊"}
    assert "开封" in stems
    place = re.compile("|".join(sorted(stems | {"(?i:kaifeng|henan)", "(?<!\\d)41\\d{4}(?!\\d)"})))
    source = {path: text for path, text in texts.items() if path.parts[0] == "src" and path.suffix == ".py"}
    assert [f"{path}:{line} {text}" for path, line, text in found(source, place)] == []


@pytest.mark.parametrize("folder", ["catalogue"])
def test_content_holds_no_code(tracked: tuple[Path, ...], folder: str) -> None:
    suffixes = {path.suffix for path in tracked if path.parts[0] == folder}
    assert suffixes <= {".docx", ".json", ".md", ".yaml"}
