"""Catalogues in tests/catalogue/bad_rules, each with a mistake that shows when whole files are understood.

A case is one text file. Its first lines say what is wrong (``# L7.3 …`` names the statement of
docs/language.md that it backs), then what is to be reported, one diagnostic a line after an arrow; then the
files of the catalogue, each after ``==== name.yaml``. Vocabulary and head of the catalogue are those of
tests/support.py unless they are given.
"""

import re
from pathlib import Path

import pytest

from huiqi.catalogue.load import CatalogueError, load_catalogue
from tests.support import Library, document, reference

CASES = sorted((Path(__file__).parent / "bad_rules").glob("*.txt"))
ARROW = "→ "


def expected(path: Path) -> list[str]:
    head = path.read_text(encoding="utf-8").partition("\n==== ")[0]
    return [line.removeprefix(ARROW) for line in head.splitlines() if line.startswith(ARROW)]


def library(path: Path, root: Path) -> Library:
    made = Library.of(root, text=document())
    for part in path.read_text(encoding="utf-8").split("\n==== ")[1:]:
        name, _, text = part.partition("\n")
        made.put(name, text)
    return made


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_says_what_is_wrong_where_and_what_is_right(path: Path, tmp_path: Path) -> None:
    found = library(path, tmp_path).problems(warnings=True)
    of_the_vocabulary = re.compile(r"facts/all\.yaml:\d+:\d+: 提醒: ")
    assert [one for one in found if not of_the_vocabulary.match(one)] == expected(path)
    assert expected(path)


@reference("L14.1")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_names_file_line_and_column_and_speaks_chinese(path: Path) -> None:
    for line in expected(path):
        found = re.fullmatch(r"\S+\.yaml:[1-9]\d*:[1-9]\d*: (?:错误|提醒): (.+)", line)
        assert found, line
        assert not re.search(r"[A-Za-z]{4,}", re.sub(r"“[^”]*”|\S+/\S+", "", found[1])), line


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_only_errors_make_a_catalogue_unusable(path: Path, tmp_path: Path) -> None:
    made = library(path, tmp_path)
    if any(": 错误: " in line for line in expected(path)):
        with pytest.raises(CatalogueError):
            load_catalogue(made.root)
    else:
        load_catalogue(made.root)
