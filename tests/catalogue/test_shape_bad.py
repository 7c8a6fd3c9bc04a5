"""Every slip in tests/catalogue/bad, with what is said about it in the first lines of the file.

A line `# 应报 LINE:COLUMN: 错误: …（…）` is one expected diagnostic, whole; together they are all of them,
in the order of the file. The first part of a file's name is the kind of file it is read as.
"""

from pathlib import Path

import pytest

from huiqi.catalogue.shape import (
    BenefitsFile,
    CasesFile,
    CatalogueFile,
    FactsFile,
    ParametersFile,
    RulesFile,
    Shape,
    read_shape,
)

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
MARK = "# 应报 "
KINDS: dict[str, type[Shape]] = {
    "benefits": BenefitsFile,
    "cases": CasesFile,
    "catalogue": CatalogueFile,
    "facts": FactsFile,
    "parameters": ParametersFile,
    "rules": RulesFile,
}


def expected(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_says_what_is_wrong_where_and_what_is_right(path: Path) -> None:
    read = read_shape(path, KINDS[path.stem.split("-")[0]], "f")
    assert [str(one).removeprefix("f:") for one in read.diagnostics] == expected(path)
    assert read.diagnostics


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_speaks_chinese(path: Path) -> None:
    """Nothing of the libraries' English reaches the reader; keys and identifiers are in corner brackets."""
    english = ("value", "input", "field", "valid", "expected", "mapping", "found", "should", "type")
    for line in expected(path):
        assert not any(word in line.lower() for word in english)


def test_every_kind_of_file_has_bad_examples() -> None:
    assert {path.stem.split("-")[0] for path in BAD} == set(KINDS)
