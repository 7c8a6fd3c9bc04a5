"""Change one thing in a procedure at a time: the cases, and the random sequences, must notice.

``python -m harness.mutants [--procedure PATH]``. What nobody noticed must be listed with a reason in
``equivalents.yaml``; exit 1 when something is missing there, or when a listed one was noticed after all.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import Any

import yaml

from harness.changes import Mutant, mutants
from harness.meaningless import meaningless
from harness.memory import Dues, remembered
from harness.sequences import CALENDARS, PROCEDURE, ROOT, Machine, run
from huiqi.clocks import load_calendar
from huiqi.procedures import Definition, list_procedures, load_procedure, run_cases

EQUIVALENTS = Path(__file__).resolve().with_name("equivalents.yaml")
SEQUENCES, SEED, PROBED = 3_000, 7, 0.02
QUICK = 100
"""Sequences that are tried first; most mutants do not live so long."""
NOBODY, CASES, RANDOM = "nobody", "cases", "sequences"


@dataclass(frozen=True)
class Verdict:
    """Who noticed a mutant, and by what."""

    procedure: str
    words: str
    by: str
    what: str = ""
    reason: str = ""
    """Why nobody could notice it, when there is a rule that says so."""

    @property
    def name(self) -> str:
        """How it is listed."""
        return f"{self.procedure}: {self.words}"


@dataclass(frozen=True)
class Listed:
    """A survivor that need not be noticed; ``words`` may have the wildcards of the shell."""

    procedure: str
    words: str
    reason: str

    def fits(self, verdict: Verdict) -> bool:
        """Tell whether the verdict is on this one."""
        return verdict.procedure == self.procedure and fnmatchcase(verdict.words, self.words)


def cases_beside(definition: Definition) -> Path:
    """The cases of a procedure stand beside it."""
    return definition.path.with_name("procedure-cases.yaml")


def by_cases(mutant: Mutant, calendar: Any) -> str:
    """Run the cases; what fails, or breaks, is told."""
    try:
        failures = run_cases(mutant.definition, cases_beside(mutant.definition), calendar).failures
    except Exception as error:
        return f"broke: {type(error).__name__}"
    return str(failures[0])[:120] if failures else ""


def by_sequences(mutant: Mutant, calendar: Any, count: int, first: int = 0, dues: Dues | None = None) -> str:
    """Run random sequences against the reference until something differs."""
    machine = Machine(mutant.definition, calendar, probed=PROBED)
    try:
        found = run(machine, SEED, first, count - first, dues=dues).differences
    except Exception as error:
        return f"broke: {type(error).__name__}"
    return f"sequence {found[0].number}: {found[0].what}" if found else ""


_known: dict[Path, tuple[Definition, list[Mutant], Any, Dues]] = {}


def _prepared(path: Path) -> tuple[Definition, list[Mutant], Any, Dues]:
    if path not in _known:
        definition = load_procedure(path)
        _known[path] = definition, list(mutants(definition)), load_calendar(CALENDARS), Dues()
    return _known[path]


@cache
def _reasons(path: Path) -> Mapping[str, str]:
    return meaningless(load_procedure(path))


def try_one(path: Path, count: int, place: int) -> Verdict:
    """Try one mutant, by its place in the list."""
    definition, all_mutants, calendar, dues = _prepared(path)
    mutant = all_mutants[place]
    first = min(QUICK, count) if path.resolve() == PROCEDURE and not mutant.words.startswith("table") else 0
    noticed = by_sequences(mutant, calendar, first, dues=dues) if first else ""
    if noticed:
        return Verdict(definition.id, mutant.words, RANDOM, noticed)
    with remembered(dues):
        noticed = by_cases(mutant, calendar)
    reason = "" if noticed else _reasons(path).get(mutant.words, "")
    if mutant.words.startswith("table"):
        reason = "Every cell of the table is tried, and gives the same."
    if noticed or not first or reason:
        return Verdict(definition.id, mutant.words, CASES if noticed else NOBODY, noticed, reason)
    noticed = by_sequences(mutant, calendar, count, first, dues)
    return Verdict(definition.id, mutant.words, RANDOM if noticed else NOBODY, noticed)


def try_all(path: Path, count: int, workers: int, every: int = 1, match: str = "*") -> Iterator[Verdict]:
    """Try the mutants of a procedure, or each so-manieth of those whose words match."""
    words = [each.words for each in mutants(load_procedure(path))]
    places = [place for place, each in enumerate(words) if fnmatchcase(each, match)][::every]
    if workers <= 1:
        yield from (try_one(path, count, place) for place in places)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(_spread, path, count), places, repeat(None), chunksize=8)


def _spread(path: Path, count: int, place: int, _: None) -> Verdict:
    return try_one(path, count, place)


def listed(path: Path = EQUIVALENTS) -> list[Listed]:
    """Read what need not be noticed."""
    found = yaml.safe_load(path.read_text("utf-8")) or {}
    return [
        Listed(procedure, str(each["mutant"]), str(each["reason"]))
        for procedure, entries in found.items()
        for each in entries
    ]


def judged(verdicts: list[Verdict], equivalents: list[Listed]) -> list[str]:
    """Say what is wrong: survivors that nobody listed, listed ones that were noticed or are not there."""
    wrong: list[str] = []
    for each in verdicts:
        if each.by == NOBODY and each.reason:
            continue
        known = any(entry.fits(each) for entry in equivalents)
        if each.by == NOBODY and not known:
            wrong.append(f"survived: {each.name}")
        if each.by != NOBODY and known:
            wrong.append(f"listed, but noticed by {each.by} ({each.what}): {each.name}")
    tried = {each.procedure for each in verdicts}
    wrong.extend(
        f"listed, but there is no such mutant: {entry.procedure}: {entry.words}"
        for entry in equivalents
        if entry.procedure in tried and not any(entry.fits(each) for each in verdicts)
    )
    return wrong


def _unchanged(path: Path, count: int) -> str:
    """What is not noticed must not be noticed by chance: nothing differs where nothing is changed."""
    definition, _, calendar, dues = _prepared(path)
    mutant = Mutant("nothing", definition)
    noticed = by_cases(mutant, calendar)
    if not noticed and path.resolve() == PROCEDURE:
        noticed = by_sequences(mutant, calendar, count, dues=dues)
    return f"{definition.id}: noticed although nothing is changed: {noticed}" if noticed else ""


def _told(verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
    for each in verdicts:
        if each.by == NOBODY and not each.reason:
            print(f"  unnoticed: {each.name}", flush=True)
        yield each


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="harness.mutants", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--procedure", type=Path, help="one procedure instead of all")
    parser.add_argument("--count", type=int, default=SEQUENCES, help="sequences for each mutant at most")
    parser.add_argument("--match", default="*", help="only mutants whose words match, as clock*")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    if given.procedure is not None:
        paths = [load_procedure(given.procedure).path]
    else:
        paths = [each.path for each in list_procedures(ROOT / "catalogue")]
    verdicts: list[Verdict] = []
    for path in paths:
        began = time.perf_counter()
        unchanged = _unchanged(path, given.count)
        if unchanged:
            print(unchanged)
            return 1
        found = list(_told(try_all(path, given.count, given.workers, match=given.match)))
        counted = Counter(each.by for each in found)
        told = ", ".join(f"{by} {counted[by]}" for by in (CASES, RANDOM, NOBODY))
        told += (
            f", of these equivalent by rule {sum(bool(each.reason) for each in found if each.by == NOBODY)}"
        )
        print(
            f"{found[0].procedure}: {len(found)} mutants; {told}; {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        verdicts += found
    wrong = judged(verdicts, [each for each in listed() if fnmatchcase(each.words, given.match)])
    print("\n".join(wrong) or "every survivor is listed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
