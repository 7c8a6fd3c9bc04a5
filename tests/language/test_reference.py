"""Every statement of docs/language.md is backed by a test, and no test backs one that does not stand there.

A test says what it backs by ``@reference("L5.2")``; the text files in ``bad`` and ``bad_rules`` by a line
``# L5.2 …``.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
REFERENCE = (TESTS.parent / "docs" / "language.md").read_text(encoding="utf-8")
STATEMENTS = re.findall(r"^- `(L\d+\.\d+)` ", REFERENCE, re.MULTILINE)
HEADED = re.compile(r"^# ((?:L\d+\.\d+ ?)+)", re.MULTILINE)


def backed_by_functions(path: Path) -> Iterator[tuple[str, str]]:
    """The statements that the test functions of a file name, each with the function."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "reference":
                assert node.name.startswith("test_"), f"{path}: {node.name} is no test"
                for argument in decorator.args:
                    assert isinstance(argument, ast.Constant)
                    yield str(argument.value), node.name


def backed() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in TESTS.rglob("test_*.py"):
        for number, name in backed_by_functions(path):
            found[number].append(f"{path.relative_to(TESTS)}::{name}")
    for folder in (TESTS / "language" / "bad", TESTS / "catalogue" / "bad_rules"):
        for path in folder.glob("*.txt"):
            for numbers in HEADED.findall(path.read_text(encoding="utf-8")):
                for number in numbers.split():
                    found[number].append(str(path.relative_to(TESTS)))
    return found


def test_statements_are_numbered_once_each() -> None:
    assert STATEMENTS
    assert sorted(set(STATEMENTS)) == sorted(STATEMENTS)


def test_every_number_in_the_reference_is_a_statement_or_names_one() -> None:
    """A statement that is not written as one would be asked for by nobody."""
    mentioned = set(re.findall(r"L\d+\.\d+", REFERENCE))
    assert mentioned <= set(STATEMENTS)


def test_every_statement_is_backed_by_a_test() -> None:
    assert sorted(set(STATEMENTS) - set(backed())) == []


def test_no_test_backs_what_is_not_stated() -> None:
    unknown = {number: where for number, where in backed().items() if number not in STATEMENTS}
    assert unknown == {}
