"""The compiled path: columns and sums over whole tables by a small virtual machine.

The program of a rule book becomes code for a loop that Numba compiled once (``loop``): a changed rule is new
code, and nothing is compiled again. It gives what the embedded engine gives, value for value. It is an
optional extra, and every answer can be had without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any as Anything

import numpy as np
import numpy.typing as npt
import polars as pl

from huiqi.columns.frames import Frames
from huiqi.columns.machine.code import Assembled
from huiqi.columns.machine.steps import Translation
from huiqi.columns.machine.tables import BLOCK, begins_of, blocks, sources_of
from huiqi.columns.machine.words import Op, turned
from huiqi.columns.program import WHOLE, Program

Groups = npt.NDArray[np.int32]
WHOLE_WORDS = 512  # rows: eight words of truth values, which the loop goes through at once
_WIDTHS = {64: Op.LOAD_64, 32: Op.LOAD_32, 16: Op.LOAD_16}


class MachineMissingError(RuntimeError):
    """What the compiled path needs is not installed; says what to install."""


def is_installed() -> bool:
    """Whether the compiled path can run here."""
    return find_spec("numba") is not None


def require() -> None:
    """Raise ``MachineMissingError`` unless the compiled path can run here."""
    if not is_installed():
        raise MachineMissingError(
            '编译路径要用 Numba：pip install "huiqi[compiled]"。不装也能得到同样的结果，只是慢些'
        )


@dataclass(frozen=True, slots=True)
class Running:
    """Code for one translation, ready for any table."""

    translation: Translation
    code: Assembled
    block: int = BLOCK

    def over(
        self,
        frames: Frames,
        outputs: Sequence[npt.NDArray[Anything]],
        slots: int = 0,
        by: Groups | None = None,
        groups: int = 1,
        threads: int | None = None,
    ) -> npt.NDArray[np.int64]:
        """Run over every block; gives what was counted and added, a row for each group.

        Each of the ``threads`` (as many as Polars has) has blocks of its own, so that nothing depends on
        which is faster.
        """
        from huiqi.columns.machine.loop import run

        translation, spaces = self.translation, self.translation.spaces
        rows = {space: frames.rows(space) for space in spaces}
        edges = blocks(rows, len(frames.batch), self.block)
        begins = begins_of(rows, spaces, edges)
        number = begins.shape[1] - 1
        most = np.diff(begins, axis=1).max(axis=1, initial=1)
        code, more, numbers, truths = self.code.placed(-(-most // WHOLE_WORDS) * WHOLE_WORDS)
        given = sources_of(frames, list(translation.sources))
        for at in np.flatnonzero(code[:, 0] == Op.LOAD_64):
            code[at, 0] = _WIDTHS[given.widths[code[at, 3]]]
        places = [getattr(frames, which)(space) for which, space in translation.places]
        grouped = [
            None if by is None else np.ascontiguousarray(by[rows[space]], np.int32) for space in spaces
        ]
        addresses = (
            np.array([each.ctypes.data for each in places] or [0], np.int64),
            np.array([0 if each is None else each.ctypes.data for each in grouped], np.int64),
            np.array([each.ctypes.data for each in outputs] or [0], np.int64),
        )
        chosen_from = np.array(translation.chosen_from, np.int64)
        workers = max(1, min(threads or pl.thread_pool_size(), number))

        def work(worker: int) -> npt.NDArray[np.int64]:
            sums = np.zeros((groups, max(slots, 1)), np.int64)
            arrays = np.zeros(numbers + 64, np.int64), np.zeros(truths + 64, np.uint64)
            columns = given.maps, given.starts, given.columns
            first, last = (number * edge // workers for edge in (worker, worker + 1))
            run(code, more, *arrays, *columns, *addresses, begins, chosen_from, sums, first, last)
            return sums

        if workers == 1:
            return work(0)
        with ThreadPoolExecutor(workers) as pool:
            total: npt.NDArray[np.int64] = sum(pool.map(work, range(workers)))  # type: ignore[assignment]
        return total


@dataclass(frozen=True, slots=True)
class Stored:
    """Code that stores some columns of a program."""

    program: Program
    places: tuple[int, ...]
    running: Running

    @classmethod
    def of(cls, program: Program, places: tuple[int, ...], block: int = BLOCK) -> Stored:
        """The code for columns that are not constants."""
        translation = Translation(program)
        translation.make(places)
        code = translation.code
        for output, place in enumerate(places):
            step, read = program.steps[place], translation.read(place)
            space = translation.space(step.space)
            if step.kind == WHOLE:
                code.do(Op.STORE, space, (code.register(space, read), 0, 0, output))
            else:
                bits, turn = turned(code.solid(space, read))  # type: ignore[arg-type]
                code.do(Op.STORE_BITS, space, (bits, turn, 0, output))
        return cls(program, places, Running(translation, code.assembled(), block))

    def columns(self, frames: Frames, threads: int | None = None) -> dict[int, npt.NDArray[Anything]]:
        """Each column, with a value for each row of its space."""
        found: dict[int, npt.NDArray[Anything]] = {}
        for place in self.places:
            step = self.program.steps[place]
            of = np.int64 if step.kind == WHOLE else np.bool_
            found[place] = np.zeros(frames.length(step.space), of)
        self.running.over(frames, list(found.values()), threads=threads)
        return found


class MachineEngine:
    """Runs a program over batches, giving wanted outputs group by group, as ``PolarsEngine`` does.

    A ``block`` has so many enterprises. Raises ``MachineMissingError``.
    """

    def __init__(self, program: Program, groups: Iterable[Iterable[int]], block: int = BLOCK) -> None:
        require()
        self.program, self._block = program, block
        self.groups = [tuple(dict.fromkeys(group)) for group in groups]
        self._stored: dict[tuple[int, ...], Stored] = {}

    def run(self, frames: Frames) -> Iterator[dict[int, pl.Series]]:
        """For each group of outputs, its columns; those that are the same everywhere are left out."""
        for group in self.groups:
            yield {place: pl.Series(column) for place, column in self.columns(frames, group).items()}

    def columns(
        self, frames: Frames, places: Iterable[int], threads: int | None = None
    ) -> dict[int, npt.NDArray[Anything]]:
        """These columns of the program, each with a value for each row of its space."""
        steps = self.program.steps
        asked = tuple(sorted({place for place in places if steps[place].operation != "constant"}))
        if not asked:
            return {}
        if asked not in self._stored:
            self._stored[asked] = Stored.of(self.program, asked, self._block)
        return self._stored[asked].columns(frames, threads)
