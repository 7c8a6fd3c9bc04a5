"""Who handles what: decision tables as tables, and the answer for one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.portal.pages.public.presenting.procedures import case_words
from huiqi.procedures import Definition, route
from huiqi.procedures.definition import Row, Table

TABLE = "table"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a question: its name in the form, the options, and what was chosen."""

    field: str
    name: str
    asks: str
    options: tuple[str, ...]
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words, each with its column; ``hit`` when it answers the case that is asked about."""

    cells: tuple[tuple[str, str], ...]
    row: Row
    hit: bool


@dataclass(frozen=True, slots=True)
class Routing:
    """A decision table, with the answer once every question is answered."""

    number: int
    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    answer: Row | None

    @property
    def has_errors(self) -> bool:
        """Whether something that was sent could not be used."""
        return any(column.error for column in self.columns)


def routings(definition: Definition, given: Mapping[str, str]) -> list[Routing]:
    """Every table of a procedure; ``given`` is the form of the one that its ``table`` numbers."""
    return [
        _routing(definition, table, number, given if given.get(TABLE) == str(number) else {})
        for number, table in enumerate(definition.tables.values(), 1)
    ]


def _routing(definition: Definition, table: Table, number: int, given: Mapping[str, str]) -> Routing:
    columns = []
    for place, name in enumerate(table.columns, 1):
        fact = definition.facts[name]
        field = f"c{place}"
        chosen = given.get(field, "")
        error = ""
        if given and not chosen:
            error = "请选一项。"
        elif given and chosen not in fact.options:
            error = f"没有“{chosen[:20]}”这一项，请另选。"
            chosen = ""
        columns.append(Column(field, name, fact.asks, tuple(fact.options), chosen, error))
    answer = None
    if given and not any(column.error for column in columns):
        answer = route(definition, table.name, {column.name: column.chosen for column in columns})
    lines = tuple(
        Line(tuple((name, case_words(row.when, name)) for name in table.columns), row, row is answer)
        for row in table.rows
    )
    return Routing(number, table, tuple(columns), lines, answer)
