"""Huiqi itself, asked for what the peers are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from bench.match.answers import Answers, Sums
from bench.match.subset import DAY
from huiqi.catalogue.load import load_catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.machine import sums as machine
from huiqi.columns.matcher import Matcher
from huiqi.columns.outcome import Outcome
from huiqi.columns.verdicts import VERDICTS
from huiqi.evaluate.result import Verdict
from huiqi.language.benefit import RuleBook

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
_DUE = [VERDICTS.index(one) for one in (Verdict.ELIGIBLE, Verdict.LIKELY)]
_MISSING, _NOT = VERDICTS.index(Verdict.INCOMPLETE), VERDICTS.index(Verdict.INELIGIBLE)


def rule_book() -> RuleBook:
    """The rules of the real catalogue."""
    return load_catalogue(CATALOGUE).book


def ours(
    book: RuleBook,
    benefits: Sequence[str] | None,
    batch: Batch,
    *,
    matcher: Matcher | None = None,
    everything: bool = False,
) -> Outcome:
    """The answers for a batch; ``matcher`` is one made before for these rules and benefits."""
    matcher = matcher or Matcher(book, DAY, benefits)
    return matcher.judge(batch, everything=everything)


def sums(outcome: Outcome, rows: int, benefits: int) -> Sums:
    """Counts and sums for each benefit, from what is not 不符合."""
    live = pl.col("verdict") != _NOT
    found = (
        outcome.long()
        .filter(live)
        .group_by("benefit")
        .agg(
            pl.col("verdict").is_in(_DUE).sum().alias("due"),
            (pl.col("verdict") == _MISSING).sum().alias("missing"),
            pl.col("low").sum().alias("low"),
            pl.col("high").sum().alias("high"),
            pl.col("high").null_count().alias("unbounded"),
        )
    )
    by = {row[0]: tuple(map(int, row[1:])) for row in found.iter_rows()}
    told: Sums = []
    for place in range(benefits):
        due, missing, low, high, unbounded = by.get(place, (0, 0, 0, 0, 0))
        told.append((due, missing, rows - due - missing, low, high, unbounded))
    return told


def of_machine(found: machine.Sums, rows: int) -> Sums:
    """The same from the sums of the compiled path."""
    due, live = found.counts[:, 0, _DUE].sum(axis=1), [*_DUE, _MISSING]
    low, high = (end[:, 0, live].sum(axis=1) for end in (found.low, found.high))
    unbounded = found.unbounded[:, 0, live].sum(axis=1)
    missing = found.counts[:, 0, _MISSING]
    columns = (due, missing, rows - due - missing, low, high, unbounded)
    return [
        (int(a), int(b), int(c), int(d), int(e), int(f)) for a, b, c, d, e, f in zip(*columns, strict=True)
    ]


def answers(outcome: Outcome, rows: int, benefits: int) -> Answers:
    """Every answer as the peers give it; the outcome has everything."""
    table = outcome.long()
    assert len(table) == rows * benefits, "an answer for each enterprise and benefit"
    verdict = table["verdict"].to_numpy().reshape(rows, benefits).T
    low, high = (table[end].fill_null(-1).to_numpy().reshape(rows, benefits).T for end in ("low", "high"))
    told = np.select([np.isin(verdict, _DUE), verdict == _MISSING, verdict == _NOT], [0, 1, 2], 9)
    return told.astype(np.uint8), low, high
