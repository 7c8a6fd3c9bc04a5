"""Every slip in tests/language/bad, with what is said about it.

A file is a list of blocks: a formula, then its diagnostics, each on a line of its own after an arrow:
``→ LINE:COLUMN: message（hint）``. ``# L4.1`` before blocks names the statements of docs/language.md that
they back; a block that starts with ``在 项目:`` is read inside an item of that collection.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import mistakes

FILES = sorted((Path(__file__).parent / "bad").glob("*.txt"))
ARROW = "→ "


@dataclass(frozen=True)
class Slip:
    formula: str
    inside: tuple[str, ...]
    expected: tuple[str, ...]


def slips(path: Path) -> Iterator[Slip]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("# ")]
        written = "\n".join(line for line in lines if not line.startswith(ARROW))
        inside = re.match(r"在 (\w+): ", written)
        yield Slip(
            written[inside.end() :] if inside else written,
            (inside[1],) if inside else (),
            tuple(line.removeprefix(ARROW) for line in lines if line.startswith(ARROW)),
        )


@pytest.mark.parametrize(
    "slip", [slip for path in FILES for slip in slips(path)], ids=lambda slip: slip.formula
)
def test_says_what_is_wrong_where_and_what_is_right(slip: Slip) -> None:
    assert slip.expected
    assert tuple(mistakes(slip.formula, inside=slip.inside)) == slip.expected


def test_nothing_of_the_machine_reaches_the_reader() -> None:
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(ARROW):
                assert not re.search(r"[A-Za-z]{3,}", line), line
