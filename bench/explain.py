"""All benefits for one enterprise: median and p99, with and without traces, as the catalogue grows.

Run it as ``python bench/explain.py [--rounds N]``. The demonstration enterprises take turns. Beside our times
stands a limit: making as many bare objects as the traces have, which no explanation of this shape in Python
can undercut.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.catalogue.source import read_file
from huiqi.evaluate.environment import Trace
from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Result
from huiqi.language.benefit import RuleBook
from huiqi.language.syntax import Fact

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2024, 6, 1)
GROWTH = (1, 4, 16)


@dataclass(slots=True)
class Bare:
    """The least object that could stand for a node of a trace."""

    node: object
    value: object
    parts: tuple[object, ...] = ()


def enterprises(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The facts of the demonstration enterprises."""
    found = []
    for path in catalogue.enterprises:
        root = read_file(path).root
        assert root is not None
        found.append(dict(read_facts(root, catalogue.vocabulary)[0].values))
    return found


def grown(book: RuleBook, times: int) -> RuleBook:
    """The same rule book with every benefit standing ``times`` times under other ids."""
    benefits = {
        f"{name}~{copy}" if copy else name: replace(benefit, id=f"{name}~{copy}" if copy else name)
        for copy in range(times)
        for name, benefit in book.benefits.items()
    }
    return replace(book, benefits=benefits)


def opened(results: Sequence[Result]) -> int:
    """Open every reason of an answer and count its nodes: shared ones once, derived facts left closed."""
    seen: set[int] = set()

    def visit(trace: Trace | None) -> None:
        if trace is not None and id(trace) not in seen:
            seen.add(id(trace))
            for part in trace.parts if isinstance(trace.node, Fact) else trace.children:
                visit(part)

    for result in results:
        visit(result.why)
        visit(result.amount_why)
    return len(seen)


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after one that does not count."""
    work()
    gc.collect()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def explained(judge: Judge, firm: dict[str, Any]) -> int:
    """An answer with every reason opened."""
    return opened(judge.judge(firm, DAY))


def make_bare(size: int) -> list[Bare]:
    """As many bare objects as a trace has nodes."""
    return [Bare(None, None, ()) for _ in range(size)]


def p99(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="rounds over all demonstration enterprises")
    rounds = parser.parse_args().rounds
    catalogue = load_catalogue(ROOT / "catalogue")
    firms = enterprises(catalogue)
    print(f"{len(catalogue.benefits)} benefits, {len(firms)} enterprises in turn, {rounds} rounds, day {DAY}")
    print("milliseconds: median / 99th percentile")
    columns = ("", "nodes", "reasons ready", "all opened", "no reasons", "limit")
    print("{:>6} {:>6} {:>17} {:>17} {:>17} {:>7}  ratio  growth".format(*columns))
    first = 0.0
    for times in GROWTH:
        judge = Judge(grown(catalogue.book, times))
        nodes = [opened(judge.judge(firm, DAY)) for firm in firms]
        gc.collect()
        gc.freeze()  # as a server does once the catalogue is loaded: what stays is not searched again
        some = max(2, rounds // times)
        ready, told, plain, bare = [], [], [], []
        for firm, size in zip(firms, nodes, strict=True):  # in turn, so that all meet the same machine
            ready += timed(partial(judge.judge, firm, DAY), some)
            told += timed(partial(explained, judge, firm), some)
            plain += timed(partial(judge.judge, firm, DAY, trace=False), some)
            bare += timed(partial(make_bare, size), some)
        limit = statistics.median(bare)
        per = statistics.median(ready) / len(judge.book.benefits)
        first = first or per
        print(
            f"{times:>5}× {int(statistics.median(nodes)):>6}"
            f" {both(ready):>17} {both(told):>17} {both(plain):>17}"
            f" {limit:>7.2f} {statistics.median(told) / limit:>5.1f}× {per / first:>6.2f}×"
        )
    print("ratio: all reasons opened over the limit; growth: time a benefit, beside the catalogue as it is")


def both(times: Sequence[float]) -> str:
    """Median and 99th percentile in one cell."""
    return f"{statistics.median(times):.2f} / {p99(times):.2f}"


if __name__ == "__main__":
    main()
