"""Who handles a matter: the first row of a decision table that fits."""

from __future__ import annotations

from collections.abc import Mapping

from huiqi.language.diagnostics import nearest
from huiqi.procedures.definition import Definition, Row


def route(definition: Definition, table: str, facts: Mapping[str, str]) -> Row:
    """The first row that fits; there is one for every cell, the loader sees to that.

    Raises ValueError (Chinese) for an unknown table, a column left out, or a value that is no option.
    """
    found = definition.tables.get(table)
    if found is None:
        raise ValueError(f"没有「{table}」这个分办表，有：{'、'.join(definition.tables)}")
    for column in found.columns:
        value, options = facts.get(column), definition.facts[column].options
        if value is None:
            raise ValueError(f"要写明「{column}」：{'、'.join(options)}")
        if value not in options:
            right = nearest(value, options)
            raise ValueError(f"「{column}」没有「{value}」" + (f"，是不是「{right}」" if right else ""))
    return next(
        row for row in found.rows if all(facts[column] in values for column, values in row.when.items())
    )
