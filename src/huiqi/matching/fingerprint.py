"""What an answer depends on, as fingerprints: when they are the same, so is the answer."""

from __future__ import annotations

import re
from datetime import date
from hashlib import blake2b

import polars as pl

from huiqi.columns.batch import ROW, Batch
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit, RuleBook, nodes_behind

_SPAN = re.compile(r"span=Span\(file='(?:[^'\\]|\\.)*', line=\d+, column=\d+\)")


def digest(text: str) -> str:
    """A short name for a text: the same text, the same name, on every machine."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def benefit_fingerprint(benefit: Benefit, book: RuleBook, on: date) -> str:
    """Everything that the answers of a benefit on a day depend on, apart from the enterprise."""
    facts, parameters = _leans_on(benefit, book)
    parts = [repr(benefit), on.isoformat()]
    parts += [repr(book.vocabulary[name]) for name in sorted(facts)]
    parts += [repr(book.rules[name]) for name in sorted(facts) if name in book.rules]
    parts += [repr(book.parameters[name].on(on)) for name in sorted(parameters)]
    if benefit.subject is not None:
        parts.append(repr(book.vocabulary[benefit.subject]))
    return digest(_SPAN.sub("", "\n".join(parts)))


def _leans_on(benefit: Benefit, book: RuleBook) -> tuple[set[str], set[str]]:
    """The facts, collections and parameters behind an answer, through derived facts too."""
    facts: set[str] = set()
    parameters: set[str] = set()
    for node in nodes_behind(benefit.trees, book.rules):
        if isinstance(node, s.Parameter):
            parameters.add(node.name)
        elif isinstance(node, s.Fact):
            facts.add(node.collection or node.name)
        elif isinstance(node, s.Aggregate):
            facts.add(node.collection)
    return facts, parameters


def enterprise_fingerprints(batch: Batch) -> pl.Series:
    """For each enterprise a number of 64 bits that changes with its facts; null where it is odd.

    It is compared only with numbers that the same version of Polars made of the same columns.
    """
    parts = [batch.facts.hash_rows(seed=1)] if batch.facts.width else []
    for number, name in enumerate(sorted(batch.items)):
        table = batch.items[name]
        hashes = table.drop(ROW).hash_rows(seed=number + 2) if table.width > 1 else pl.repeat(1, len(table))
        ordered = table.select(ROW, hashes.alias("#hash")).with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt64).over(ROW).alias("#place")
        )
        each = ordered.select(ROW, pl.struct("#hash", "#place").hash(seed=number).alias("#hash"))
        summed = each.group_by(ROW).agg(pl.col("#hash").sum())
        column = pl.zeros(len(batch), dtype=pl.UInt64, eager=True)
        parts.append(column.scatter(summed[ROW], summed["#hash"]))
    names = [f"{place}" for place in range(len(parts))]
    table = pl.DataFrame([part.alias(name) for part, name in zip(parts, names, strict=True)])
    found = table.hash_rows(seed=0) if parts else pl.repeat(0, len(batch), dtype=pl.UInt64, eager=True)
    for row in batch.odd:
        found[row] = None
    return found.alias("指纹")
