"""The tasks that are timed, each made ready in a process of its own."""

from __future__ import annotations

import importlib.util
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any as Anything
from typing import TypeVar

import numpy as np

from bench.match.answers import Answers, Sums, added, differences, summed
from bench.match.rows import BLOCK, Table, batch_of, blocks_of, table
from bench.match.subset import BENEFITS, DAY
from huiqi.columns.batch import Batch
from huiqi.language.benefit import RuleBook

T = TypeVar("T")
ZEN_ROWS = 2_000
GROUP = "(dependency group bench)"


@dataclass(slots=True)
class Work:
    """Something to time: ``run`` gives the seconds of one round.

    ``prepared`` are the seconds that came before once for all, ``sums`` what the last round found, ``pairs``
    how many answers there are; ``complete`` gives the sums of the same enterprises without unknowns.
    """

    run: Callable[[], float]
    prepared: float = 0.0
    sums: list[object] = field(default_factory=list)
    pairs: int = 0
    peak_before: float = 0.0
    complete: Callable[[], Sums] | None = None


def make(task: str, rows: int, times: int) -> Work:
    """Make a task ready; raises ``ImportError`` where what it needs is not installed."""
    name, _, how = task.partition("-")
    if name in ("ours", "compiled"):
        return _ours(rows, how, compiled=name == "compiled")
    if name == "machine":
        return _machine(rows)
    if name == "catalogue":
        return _catalogue(rows, times, how)
    if name == "zen":
        return _zen(rows, how)
    given = table(rows, complete=name == "openfisca")
    if name == "memory":
        return _memory(given)
    if name == "fused":
        return _fused(given, how, rows)
    if name == "polars":
        return _polars(given, how)
    assert name == "openfisca", task
    return _openfisca(given)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    given = work()
    return time.perf_counter() - start, given


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _kept(work: Work, asked: Callable[[], Sums]) -> Work:
    """The work with a round that keeps its sums."""

    def run() -> float:
        seconds, found = _timed(asked)
        work.sums = [list(one) for one in found]
        return seconds

    work.run, work.peak_before = run, _peak()
    return work


def _never() -> float:
    raise AssertionError("no round was given")


def _memory(given: Table) -> Work:
    from bench.match.limit import bandwidth

    return Work(lambda: given.bytes / bandwidth())


def _fused(given: Table, how: str, rows: int) -> Work:
    from bench.match.fused import Fused

    fused = Fused(everything=how == "every")
    fused.compile(given)
    if how == "sums":
        work = Work(_never, fused.compiling)
        work.complete = lambda: added(fused.sums(block) for block in blocks_of(rows, complete=True))
        return _kept(work, lambda: fused.sums(given))
    return Work(lambda: _timed(lambda: fused.every(given))[0], fused.compiling, peak_before=_peak())


def _polars(given: Table, how: str) -> Work:
    from bench.match import by_polars

    frame = given.frame()
    del given
    engine: by_polars.Engine = "streaming" if how.startswith("streaming") else "in-memory"
    if how == "every":
        return Work(lambda: _timed(lambda: by_polars.every(frame, engine))[0], peak_before=_peak())
    return _kept(Work(_never), lambda: by_polars.sums(frame, engine))


def _openfisca(given: Table) -> Work:
    from bench.match.by_openfisca import OpenFisca

    prepared, system = _timed(OpenFisca)
    return _kept(Work(_never, prepared), lambda: system.sums(given))


def _zen(rows: int, how: str) -> Work:
    from bench.match.by_zen import Zen

    prepared, zen = _timed(Zen)
    some = min(rows, ZEN_ROWS)
    records = zen.records(table(some, complete=True), some)
    asked = zen.decision if how == "decision" else zen.expressions
    return Work(lambda: _timed(lambda: asked(records))[0] * rows / some, prepared, peak_before=_peak())


def _ours(rows: int, how: str, *, compiled: bool) -> Work:
    from bench.match import ours
    from huiqi.columns.matcher import Matcher

    book = ours.rule_book()
    made, matcher = _timed(lambda: Matcher(book, DAY, BENEFITS, compiled=compiled))
    first = batch_of(next(blocks_of(1)), 0, book)
    compiling, _ = _timed(lambda: ours.ours(book, BENEFITS, first, matcher=matcher))

    def asked(batch: Batch) -> tuple[float, Sums]:
        judging = partial(ours.ours, book, BENEFITS, batch, matcher=matcher, everything=how == "every")
        seconds, outcome = _timed(judging)
        summing, told = _timed(partial(ours.sums, outcome, len(batch), len(BENEFITS)))
        return seconds + (summing if how == "sums" else 0.0), told

    return _in_blocks(rows, book, made + compiling, asked)


def _machine(rows: int) -> Work:
    from bench.match import ours
    from huiqi.columns.machine.machine import Machine
    from huiqi.columns.matcher import Matcher

    book = ours.rule_book()
    first = batch_of(next(blocks_of(1)), 0, book)

    def ready() -> Machine:
        matcher = Matcher(book, DAY, BENEFITS)
        machine = Machine(matcher, matcher.given_by(first))
        machine.sums(first)
        return machine

    prepared, machine = _timed(ready)

    def asked(batch: Batch) -> tuple[float, Sums]:
        seconds, told = _timed(partial(machine.sums, batch))
        return seconds, ours.of_machine(told, len(batch))

    return _in_blocks(rows, book, prepared, asked)


def _in_blocks(
    rows: int, book: RuleBook, prepared: float, asked: Callable[[Batch], tuple[float, Sums]]
) -> Work:
    """A work that goes through the table block by block; ``asked`` gives the seconds and sums of a block."""
    work = Work(_never, prepared, pairs=rows * len(BENEFITS), peak_before=_peak())

    def run() -> float:
        total, found = 0.0, []
        for place, block in enumerate(blocks_of(rows)):
            seconds, told = asked(batch_of(block, place * BLOCK, book))
            total += seconds
            found.append(told)
        work.sums = [list(one) for one in added(found)]
        return total

    work.run = run
    return work


def _catalogue(rows: int, times: int, how: str) -> Work:
    from bench.explain import grown
    from bench.match import ours
    from bench.match.population import blocks
    from huiqi.columns.machine.machine import Machine
    from huiqi.columns.matcher import Matcher

    book = grown(ours.rule_book(), times)

    def ready() -> Callable[[Batch], object]:
        matcher = Matcher(book, DAY, compiled=how != "polars")
        first = next(blocks(1))
        if how != "sums":
            matcher.judge(first)
            return matcher.judge
        machine = Machine(matcher, matcher.given_by(first))
        machine.sums(first)
        return machine.sums

    prepared, asked = _timed(ready)
    work = Work(_never, prepared, pairs=rows * len(book.benefits), peak_before=_peak())
    work.run = lambda: sum(_timed(partial(asked, batch))[0] for batch in blocks(rows))
    return work


def agree(rows: int) -> list[str]:
    """Where any peer disagrees with the compiled loop, value for value; also who could not be asked."""
    from bench.match.fused import Fused

    rows = min(rows, BLOCK)
    block, complete = next(blocks_of(rows)), next(blocks_of(rows, complete=True))
    fused = Fused(everything=True)
    fused.compile(block)
    return [*_with_unknowns(block, fused.every(block)), *_without(complete, fused.every(complete))]


def _told(name: str, theirs: Sequence[Anything], base: Sequence[Anything]) -> Iterator[str]:
    for place, benefit in enumerate(BENEFITS):
        pairs = [(one[place], other[place]) for one, other in zip(theirs, base, strict=True)]
        wrong = np.logical_or.reduce([one != other for one, other in pairs])
        if wrong.any():
            row = int(wrong.argmax())
            shown = ", ".join(f"{one[row]} / {other[row]}" for one, other in pairs)
            yield f"{name}, {benefit}: {int(wrong.sum())} rows, the first is {row}: {shown}"


def _with_unknowns(block: Table, base: Answers) -> Iterator[str]:
    from bench.match import by_polars, ours

    engines: tuple[by_polars.Engine, ...] = ("in-memory", "streaming")
    for engine in engines:
        yield from _told(
            f"Polars ({engine})", by_polars.answers(by_polars.every(block.frame(), engine)), base
        )
    book = ours.rule_book()
    outcome = ours.ours(book, BENEFITS, batch_of(block, 0, book), everything=True)
    yield from _told("ours", ours.answers(outcome, len(block), len(BENEFITS)), base)


def _without(block: Table, base: Answers) -> Iterator[str]:
    if importlib.util.find_spec("openfisca_core") is None:
        yield f"OpenFisca-core is not installed {GROUP}"
    else:
        from bench.match.by_openfisca import OpenFisca

        every = OpenFisca().every(block)
        due = np.stack([np.where(one, 0, 2) for one, _, _ in every]).astype(np.uint8)
        low, high = (np.stack([one[at] for one in every]) for at in (1, 2))
        yield from _told("OpenFisca-core", (due, low, high), base)
    if importlib.util.find_spec("zen") is None:
        yield f"zen-engine is not installed {GROUP}"
    else:
        from bench.match.by_zen import Zen

        zen, some = Zen(), min(ZEN_ROWS, len(block))
        records = zen.records(block, some)
        first = base[0][:, :some], base[1][:, :some], base[2][:, :some]
        for name, asked in (("expressions", zen.expressions), ("decision", zen.decision)):
            wrong = differences(BENEFITS, asked(records), summed(first))
            yield from (f"Zen {name}, {one}" for one in wrong)
