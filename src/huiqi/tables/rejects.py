"""Rows of a table that were not taken: each wrong cell with its place and reason, and all of them as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

HIDDEN = "（不显示）"
"""Stands for a value that is personal data."""

HEADING = ("行", "编号", "列", "值", "原因", "改法")
_SHOWN = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reject:
    """One reason why a row was not taken; a row with several wrong cells has one for each.

    ``place`` counts the rows of the table from 1, the heading left out; 0 stands for an item of a side table
    that belongs to no row. ``value`` is shortened, and hidden where the fact is personal data.
    """

    place: int
    id: str
    column: str
    value: str
    reason: str
    hint: str = ""


def shorten(value: object) -> str:
    """A value as a list of rejects shows it: in one line, at most 40 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def rejects_heading() -> str:
    """The heading of a list of rejects as CSV, with the mark in front by which Excel knows UTF-8."""
    return "\ufeff" + _lines([HEADING])


def rejects_text(rejects: Iterable[Reject]) -> str:
    """Rejects as lines of CSV without a heading: the lists of the chunks of a table can be joined.

    A text that a spreadsheet would run as a formula is made ``harmless``.
    """
    return _lines(
        (str(one.place), *map(harmless, (one.id, one.column, one.value, one.reason, one.hint)))
        for one in rejects
    )


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet runs: what looks like a formula, and is no number, gets an apostrophe."""
    if not text.startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
