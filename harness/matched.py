"""Hold the results of ``huiqi match`` against what ``huiqi explain`` says of the same enterprises alone.

``python -m harness.matched TABLE RESULTS --on DATE [--count N] [--seed S]`` picks rows of a Parquet table
at random, writes each as a facts file, reads that, answers it alone, and compares every verdict, range and
missing fact. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.catalogue.source import read_source
from huiqi.entitlements.answer import Advisor
from huiqi.evaluate.result import Result, Verdict

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
COLUMNS = (
    "事项",
    "项次",
    "结论",
    "若在期内",
    "金额最低",
    "金额最高",
    "缺",
    "金额还缺",
    "未满足",
)


@cache
def answering() -> tuple[Catalogue, Advisor]:
    """The shipped catalogue and who answers by it; once a process."""
    catalogue = load_catalogue(CATALOGUE)
    return catalogue, Advisor(catalogue)


def as_facts_file(row: Mapping[str, Any]) -> str:
    """A row of the table as somebody would write it; what is null is left out."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items() if inner is not None}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value

    return yaml.safe_dump(
        plain({key: value for key, value in row.items() if key != "编号"}), allow_unicode=True
    )


def said(result: Result) -> tuple[Any, ...]:
    """One answer as the results have it."""
    amount = result.amount
    money: tuple[Decimal | None, ...] = (None, None)
    if amount is not None and amount.is_money:
        money = tuple(None if end is None else Decimal(int(end)) / 100 for end in (amount.low, amount.high))
    return (
        result.benefit.id,
        None if result.item_index is None else result.item_index + 1,
        result.verdict.value,
        None if result.but_for_dates is None else result.but_for_dates.value,
        *money,
        "、".join(sorted(result.missing)) or None,
        "、".join(sorted(result.missing_for_amount)) or None,
        result.unmet[0].name if result.unmet else None,
    )


def wrong(on: date, one: tuple[Mapping[str, Any], Sequence[tuple[Any, ...]]]) -> list[str]:
    """How the results of one enterprise differ from its answer alone."""
    row, found = one
    catalogue, advisor = answering()
    source = read_source(as_facts_file(row), str(row["编号"]))
    assert source.root is not None, source.diagnostics
    facts, problems = read_facts(source.root, catalogue.vocabulary, catalogue.known_region)
    assert not problems, problems
    results = advisor.results(facts.values, on, trace=False)
    wanted = {
        said(result)
        for result in results
        if (result.but_for_dates or result.verdict) is not Verdict.INELIGIBLE
    }
    ours = set(found)
    told = [f"{row['编号']}: 多出 {answer}" for answer in ours - wanted]
    return told + [f"{row['编号']}: 少了 {answer}" for answer in wanted - ours]


def main() -> int:
    """Compare, tell what differs, and say how many were compared."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    started = time.monotonic()
    ids = pl.scan_parquet(asked.table).select("编号").collect()["编号"]
    picked = random.Random(asked.seed).sample(ids.to_list(), min(asked.count, len(ids)))
    wanted = pl.LazyFrame({"编号": picked})
    rows = pl.scan_parquet(asked.table).join(wanted, on="编号", how="semi").collect()
    results = pl.scan_parquet(asked.results).join(wanted, on="编号", how="semi").collect()
    of: dict[str, list[tuple[Any, ...]]] = {name: [] for name in picked}
    for name, *answer in results.select("编号", *COLUMNS).iter_rows():
        of[name].append(tuple(answer))
    pairs = ((row, of[row["编号"]]) for row in rows.iter_rows(named=True))
    differing = 0
    with multiprocessing.get_context("spawn").Pool(asked.workers) as pool:
        for told in pool.imap_unordered(partial(wrong, asked.on), pairs, chunksize=50):
            differing += bool(told)
            for line in told[:3]:
                print(line)
    print(
        f"{len(rows)} enterprises, {len(results)} answers, {differing} enterprises with a difference;"
        f" {time.monotonic() - started:.0f} s"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
