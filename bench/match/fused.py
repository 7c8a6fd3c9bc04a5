"""The practical limit: one loop over NumPy columns with a mask of nulls each, compiled for these rules alone.

The source of the loop is printed from the rules as somebody would write it by hand: each shared part is
reckoned once, a number goes with whether it is known, a truth value with whether it is certainly true and
whether it is certainly false.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any as Anything

import numpy as np
import numpy.typing as npt

from bench.match.answers import Answers, Sums
from bench.match.rows import Table
from bench.match.subset import COLUMNS, RULES, Rule
from bench.match.terms import Term

THREADS = os.cpu_count() or 1
_ARITHMETIC = {"add": "+", "subtract": "-", "multiply": "*", "floor_divide": "//"}
_COMPARED = {"less": "<", "at_most": "<=", "same": "=="}
_TRUTHS = {"among", "by", "and", "or", "not", "sure", "possible", "true_or_unknown", *_COMPARED}
BLOCK = 1024
_BOOLEANS = {column.name for column in COLUMNS if column.kind == "是否"}
Pair = tuple[str, str]


class _Lines:
    """The body of the loop, one name for each part."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.lines: list[str] = []
        self._made: dict[object, Pair] = {}
        self._names: dict[str, str] = {}
        self._kept: list[Term] = []

    def let(self, value: str) -> str:
        """A name for an expression: itself where it is one already."""
        if value in ("True", "False") or value.isidentifier() or value.lstrip("-").isdigit():
            return value
        if value not in self._names:
            self._names[value] = f"{self._prefix}{len(self._names)}"
            self.lines.append(f"{self._names[value]} = {value}")
        return self._names[value]

    def of(self, term: Term) -> Pair:
        """For a number its value and whether it is known; for a truth value surely true and surely false."""
        if id(term) not in self._made:
            self._kept.append(term)  # so that no other term gets its identity
            self._made[id(term)] = self._make(term)
        return self._made[id(term)]

    def _both(self, *parts: str) -> str:
        kept = sorted({part for part in parts if part != "True"})
        return self.let(" & ".join(kept)) if kept else "True"

    def not_(self, part: str) -> str:
        if part in ("True", "False"):
            return "False" if part == "True" else "True"
        return self.let(f"not {part}")

    def _make(self, term: Term) -> Pair:
        operation, value = term.operation, term.value
        if operation == "constant":
            return str(value), "True"
        if operation == "fact":
            place = next(place for place, column in enumerate(COLUMNS) if column.name == value)
            read, known = self.let(f"c_{place}[i]"), self.let(f"m_{place}[i]")
            if value not in _BOOLEANS:
                return read, known
            return self._both(read, known), self._both(self.not_(read), known)
        parts = [self.of(part) for part in term.parts]
        (first, known), *rest = parts
        if operation in _ARITHMETIC:
            second, also = rest[0]
            return self.let(f"{first} {_ARITHMETIC[operation]} {second}"), self._both(known, also)
        if operation in ("smaller", "larger"):
            second, also = rest[0]
            return self.let(f"{'min' if operation == 'smaller' else 'max'}({first}, {second})"), self._both(
                known, also
            )
        if operation in _COMPARED:
            second, also = rest[0]
            held, known = self.let(f"{first} {_COMPARED[operation]} {second}"), self._both(known, also)
            return self._both(held, known), self._both(self.not_(held), known)
        if operation in ("among", "by"):
            held = self.let(
                f"{first} <= {value}"
                if operation == "by"
                else " | ".join(f"({first} == {code})" for code in value)
            )
            return self._both(held, known), self._both(self.not_(held), known)
        if operation == "choose":
            (then, sure), (other, also) = rest
            return self.let(f"{then} if {first} else {other}"), self._both(sure, also)
        if operation == "otherwise" and not _is_truth(term):
            second, also = rest[0]
            return self.let(f"{first} if {known} else {second}"), also if also == "True" else self.let(
                f"{known} | {also}"
            )
        if operation == "month":
            return self.let(f"month_of({first})"), known
        return self._truth(operation, parts)

    def _truth(self, operation: str, parts: Sequence[Pair]) -> Pair:
        (true, false), *rest = parts
        if operation == "not":
            return false, true
        if operation == "and":
            return self._both(true, rest[0][0]), self.let(f"{false} | {rest[0][1]}")
        if operation == "or":
            return self.let(f"{true} | {rest[0][0]}"), self._both(false, rest[0][1])
        if operation == "otherwise":
            unknown = self.not_(self.let(f"{true} | {false}"))
            yes, no = (self._both(unknown, part) for part in rest[0])
            return self.let(f"{true} | {yes}"), self.let(f"{false} | {no}")
        if operation == "sure":
            return true, self.not_(true)
        if operation == "possible":
            return self.not_(false), false
        assert operation == "true_or_unknown", operation
        return true, "False"


def _is_truth(term: Term) -> bool:
    if term.operation == "otherwise":
        return _is_truth(term.parts[0])
    return term.operation in _TRUTHS or (term.operation == "fact" and term.value in _BOOLEANS)


def source(rules: Sequence[Rule], everything: bool) -> str:
    """The loop as Python: sums into ``sums`` (a row for each rule), or every answer into three tables.

    It goes through the rows in blocks that stay in the nearest cache, and within a block rule by rule: first
    the conditions, in a loop without branches that the compiler turns into vector instructions, then the
    amounts of those who are not out.
    """
    body = []
    for place, rule in enumerate(rules):
        asked, reckoned = _Lines(f"a{place}_"), _Lines(f"b{place}_")
        true, false = asked.of(rule.condition)
        (low, _), (high, bounded) = reckoned.of(rule.low), reckoned.of(rule.high)
        asked.lines.append(f"alive[i] = {asked.not_(false)}")
        most = high if bounded == "True" else f"{high} if {bounded} else {-1 if everything else 0}"
        if everything:
            asked.lines.append(f"verdicts[{place}, begin + i] = 0 if {true} else (2 if {false} else 1)")
            tail = [
                *("if alive[i]:", *(f"    {line}" for line in reckoned.lines)),
                f"    lows[{place}, begin + i] = {low}",
                f"    highs[{place}, begin + i] = {most}",
                *("else:", f"    lows[{place}, begin + i] = 0", f"    highs[{place}, begin + i] = 0"),
            ]
            body += _loop(asked.lines) + _loop(tail)
            continue
        asked.lines += [f"yes += {true}", f"no += {false}"]
        unbounded = reckoned.not_(bounded)
        tail = ["if alive[i]:", *(f"    {line}" for line in reckoned.lines), f"    least += {low}"]
        tail += [f"    most += {most}"]
        tail += [] if bounded == "True" else [f"    unbounded += {unbounded}"]
        names = ("yes", "no", "least", "most", "unbounded")
        body += [f"{' = '.join(names)} = 0", *_loop(asked.lines)]
        if rule.low.operation == rule.high.operation == "constant":
            body += [f"least, most = (n - no) * {low}, (n - no) * {high}"]
        else:
            body += _loop(tail)
        body += [f"sums[{place}, {at}] += {name}" for at, name in enumerate(names)]
    given = ", ".join(f"c{place}, m{place}" for place in range(len(COLUMNS)))
    out = "verdicts, lows, highs" if everything else "sums"
    lines = [
        f"def loop(start, stop, alive, {out}, {given}):",
        f"    for begin in range(start, stop, {BLOCK}):",
        f"        n = min({BLOCK}, stop - begin)",
        *(
            f"        {each}_{place} = {each}{place}[begin:begin + n]"
            for place in range(len(COLUMNS))
            for each in "cm"
        ),
        *(f"        {line}" for line in body),
    ]
    return "\n".join(lines)


def _loop(lines: Sequence[str]) -> list[str]:
    return ["for i in range(n):", *(f"    {line}" for line in lines)]


def month_of(day: int) -> int:
    """The month of a day since 1970, counted from the year 0, in whole numbers (the civil calendar)."""
    days = day + 719_468
    era = days // 146_097
    within = days - era * 146_097
    years = (within - within // 1_460 + within // 36_524 - within // 146_096) // 365
    shifted = (5 * (within - (365 * years + years // 4 - years // 100)) + 2) // 153
    return 12 * (years + era * 400) + shifted + 2  # months of that calendar begin with March


class Fused:
    """The compiled loop for sums or for every answer, over all cores; ``compiling`` is how long that took."""

    def __init__(self, everything: bool, rules: Sequence[Rule] = RULES) -> None:
        from numba import njit

        self._everything, self._rules = everything, rules
        space: dict[str, Anything] = {"month_of": njit(inline="always")(month_of)}
        exec(compile(source(rules, everything), "<fused>", "exec"), space)
        self._loop = njit(nogil=True, error_model="numpy", boundscheck=False)(space["loop"])
        self.compiling = 0.0

    def compile(self, given: Table) -> None:
        """Compile for the types of a table."""
        start = time.perf_counter()
        self._call(given, 0, 0, self._outputs(0))
        self.compiling = time.perf_counter() - start

    def _outputs(self, rows: int) -> tuple[npt.NDArray[Anything], ...]:
        size = (len(self._rules), rows)
        if not self._everything:
            return (np.zeros((len(self._rules), 5), np.int64),)
        return np.empty(size, np.uint8), np.empty(size, np.int64), np.empty(size, np.int64)

    def _call(self, given: Table, start: int, stop: int, out: tuple[npt.NDArray[Anything], ...]) -> None:
        columns = [each[column.name] for column in COLUMNS for each in (given.values, given.known)]
        self._loop(start, stop, np.empty(BLOCK, np.bool_), *out, *columns)

    def _over(self, given: Table, outputs: Callable[[], tuple[npt.NDArray[Anything], ...]]) -> list[Anything]:
        edges = [len(given) * part // THREADS for part in range(THREADS + 1)]
        outs = [outputs() for _ in range(THREADS)]
        with ThreadPoolExecutor(THREADS) as pool:
            waiting = [
                pool.submit(self._call, given, start, stop, out)
                for start, stop, out in zip(edges[:-1], edges[1:], outs, strict=True)
            ]
            for each in waiting:
                each.result()
        return outs

    def sums(self, given: Table) -> Sums:
        """Counts and sums for each rule."""
        outs = self._over(given, lambda: self._outputs(0))
        total = sum(out[0] for out in outs)
        rows = len(given)
        return [(int(y), rows - int(y) - int(n), int(n), int(a), int(b), int(o)) for y, n, a, b, o in total]

    def every(self, given: Table) -> Answers:
        """Every verdict (0 yes, 1 something is missing, 2 no), low and high (-1: no bound)."""
        outputs = self._outputs(len(given))
        self._over(given, lambda: outputs)
        verdicts, lows, highs = outputs
        return verdicts, lows, highs
