"""What grounding comes to: deviations, and how much was held against the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiqi.language.diagnostics import Diagnostic


class Checked(StrEnum):
    """What grounding counts. An inherited citation counts wherever it is used."""

    CITATION = "依据"
    FIGURE = "数"
    DAY = "日期"
    BODY = "单位"
    BOUNDARY = "界限词"
    WORDS = "字样"
    TOLD = "摘要里的数和日期"
    OUTSIDE = "库外依据"
    UNSEEN = "依据在库外的数、日期、字样"
    EXPLAINED = "已说明"


@dataclass(frozen=True, slots=True)
class Grounding:
    """The deviations that nobody explained, and how much was checked.

    ``outside`` are the documents that are cited and not in the library, with how often.
    """

    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[Checked, int]
    outside: Mapping[str, int]
