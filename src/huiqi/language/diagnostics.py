"""What is wrong with a file of content, said to the person who writes it: where, what, and the right word.

Every reader of content (YAML, formulas, facts) reports its findings as diagnostics and never as a
traceback; the command line prints them one a line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_ALIKE = 0.5
"""Share of characters in common from which a word is worth suggesting; half lets 封项 find 封顶."""


class Severity(StrEnum):
    """How bad a finding is: an error makes the catalogue unusable, a warning does not."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, at a place in a file. `line` and `column` count characters from 1, as editors do."""

    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        words = f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"
        return f"{words}（{self.hint}）" if self.hint else words


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a misspelt word, or None when nothing is alike; of equals, the first given."""
    best, likeness = None, 0.0
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for candidate in candidates:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            continue
        ratio = matcher.ratio()
        if ratio >= _ALIKE and ratio > likeness:
            best, likeness = candidate, ratio
    return best
