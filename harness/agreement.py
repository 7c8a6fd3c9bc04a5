"""Judge enterprises made at random by columns and one at a time: every answer must be the same, to the 分.

``python -m harness.agreement --count N [--seed S] [--on DATE]`` takes the whole catalogue. An enterprise that
differs is named by its number, with the benefit and the column; ``--replay NUMBER`` (and the same seed and
day) judges that one alone and shows its facts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import Any

from huiqi.catalogue.load import load_catalogue
from huiqi.columns.matcher import Matcher
from huiqi.evaluate.judge import Judge
from tests.columns.comparing import Difference, compare, judged, singly
from tests.columns.making import Maker, as_batch

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
PORTION = 500
"""Enterprises that are made and judged together."""
SHOWN = 3
"""Differences of one benefit and column that are told in full."""
EVERY, EXTREME = 5, 0.003
"""In each so-manieth portion, a number is the largest that a table holds about so often."""


@dataclass
class Found:
    """What came of some enterprises: how many, how many answers went one by one, and what differs."""

    enterprises: int = 0
    answers: int = 0
    singly: float = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Count some more."""
        self.enterprises += other.enterprises
        self.answers += other.answers
        self.singly += other.singly
        self.differences += other.differences

    def counted(self) -> Counter[tuple[str, str]]:
        """How many values differ, by benefit and column."""
        return Counter((one.benefit, one.column or "answers") for one in self.differences)


@cache
def _prepared(catalogue: Path, on: date) -> tuple[Matcher, Judge]:
    book = load_catalogue(catalogue).book
    return Matcher(book, on), Judge(book)


def make(catalogue: Path, on: date, seed: int, portion: int, size: int) -> list[Mapping[str, Any]]:
    """The enterprises of a portion; the same seed makes the same ones."""
    book = _prepared(catalogue, on)[0].book
    maker = Maker(book, seed * 1_000_003 + portion, extreme=0 if portion % EVERY else EXTREME)
    return [maker.enterprise() for _ in range(size)]


def try_portion(catalogue: Path, on: date, seed: int, portion: int, size: int = PORTION) -> Found:
    """Judge the enterprises of one portion in both ways."""
    matcher, judge = _prepared(catalogue, on)
    enterprises = make(catalogue, on, seed, portion, size)
    batch = as_batch(matcher.book, enterprises)
    differences = compare(matcher, batch, judged(matcher, enterprises, judge))
    first = portion * PORTION
    return Found(
        size,
        size * len(matcher.benefits),
        sum(singly(matcher, batch).values()) * size,
        [replace(one, row=first + one.row) for one in differences],
    )


def try_all(catalogue: Path, on: date, seed: int, count: int, workers: int) -> Iterator[Found]:
    """Judge so many enterprises, portion by portion."""
    sizes = [min(PORTION, count - first) for first in range(0, count, PORTION)]
    if workers <= 1:
        yield from (try_portion(catalogue, on, seed, *one) for one in enumerate(sizes))
        return
    # not forked: the engine has threads of its own
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(try_portion, catalogue, on), repeat(seed), range(len(sizes)), sizes)


def replay(catalogue: Path, on: date, seed: int, number: int) -> tuple[Mapping[str, Any], list[Difference]]:
    """The facts of one enterprise, and what differs when it is judged alone."""
    matcher, judge = _prepared(catalogue, on)
    portion, place = divmod(number, PORTION)
    one = make(catalogue, on, seed, portion, place + 1)[place]
    differences = compare(matcher, as_batch(matcher.book, [one]), judged(matcher, [one], judge))
    return one, [replace(each, row=number) for each in differences]


def _told(found: Iterator[Found], count: int) -> Found:
    total, shown, began = Found(), Counter[tuple[str, str]](), time.perf_counter()
    for one in found:
        total.add(one)
        for each in one.differences:
            shown[each.benefit, each.column] += 1
            if shown[each.benefit, each.column] <= SHOWN:
                print(f"  {each}", flush=True)
        if total.enterprises % 10_000 < PORTION:
            print(f"{total.enterprises} of {count}, {time.perf_counter() - began:.0f} s", flush=True)
    return total


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="harness.agreement", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=100_000, help="how many enterprises")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2024, 6, 1), help="the day, YYYY-MM-DD")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--replay", type=int, metavar="NUMBER", help="judge one enterprise alone, in words")
    given = parser.parse_args(arguments)
    if given.replay is not None:
        facts, differences = replay(given.catalogue, given.on, given.seed, given.replay)
        print("\n".join(f"{name}: {value}" for name, value in facts.items()))
        print("\n".join(map(str, differences)) or "no difference")
        return 1 if differences else 0
    total = _told(try_all(given.catalogue, given.on, given.seed, given.count, given.workers), given.count)
    for (benefit, column), times in total.counted().most_common():
        print(f"{times} times {benefit}: {column}")
    print(
        f"{given.on}: {total.enterprises} enterprises, {total.answers} answers, "
        f"{total.singly / max(total.answers, 1):.2%} of them one by one anyway; "
        f"{len(total.differences)} differences"
    )
    return 1 if total.differences else 0


if __name__ == "__main__":
    sys.exit(main())
