"""Published impact reports for the staff's pages: the list, and one with its charts as safe markup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from huiqi.matching.impact.shelf import find, published
from huiqi.matching.impact.told import Section, Telling, difference_words, telling


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the list."""

    name: str
    title: str
    day: str
    enterprises: int
    benefits: int
    cost: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the heading of its column."""

    column: str
    words: str
    number: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its chart and the rows of its table."""

    section: Section
    chart: SafeString
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as its page shows it."""

    told: Telling
    parts: tuple[Part, ...]


def rows(data_dir: Path) -> list[Row]:
    """The published reports, the one put there last first."""
    return [
        Row(
            one.name,
            one.report.title,
            one.report.on_new.isoformat(),
            one.report.taken,
            len(one.report.benefits),
            difference_words(one.report.money.difference),
        )
        for one in published(data_dir)
    ]


def shown(data_dir: Path, name: str) -> Shown | None:
    """One of them, or ``None`` when there is no such report."""
    found = find(data_dir, name)
    if found is None:
        return None
    told = telling(found.report)
    return Shown(told, tuple(map(_part, told.sections)))


def _part(section: Section) -> Part:
    table = section.table
    numbers = [place >= table.words for place in range(len(table.head))]
    # the chart is drawn by this program, and every text in it is escaped there
    chart = mark_safe(section.chart)  # noqa: S308
    lines = tuple(
        tuple(Cell(*cell) for cell in zip(table.head, line, numbers, strict=True)) for line in table.rows
    )
    return Part(section, chart, lines, tuple(zip(table.head, numbers, strict=True)))
