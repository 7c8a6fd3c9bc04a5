"""Sums of answers by the compiled path: formed while a block of enterprises is in the cache."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.columns.frames import Frames
from huiqi.columns.machine.engine import Groups, MachineEngine, Running
from huiqi.columns.machine.sums import Sums, SumsPlan
from huiqi.columns.machine.tables import BLOCK
from huiqi.columns.matcher import Matcher
from huiqi.columns.outcome import LONG


class Machine:
    """Runs the benefits of a matcher over tables that give the same facts (``Matcher.given_by``).

    With ``one_short`` its sums also count those who wait for a single fact; a ``block`` has so many
    enterprises. Raises ``MachineMissingError``.
    """

    def __init__(
        self, matcher: Matcher, given: frozenset[str], *, one_short: bool = False, block: int = BLOCK
    ) -> None:
        self.matcher, self.compiled = matcher, matcher.compiled(given)
        self.engine = MachineEngine(self.compiled.program, (), block)
        self._one_short, self._block = one_short, block

    @cached_property
    def _plan(self) -> tuple[SumsPlan, Running]:
        plan = SumsPlan(self.compiled, len(self.matcher.benefits), one_short=self._one_short)
        return plan, Running(plan.translation, plan.translation.code.assembled(), self._block)

    def sums(
        self, batch: Batch, by: Groups | None = None, groups: int = 1, threads: int | None = None
    ) -> Sums:
        """What the answers of a batch come to, in each of so many ``groups``; ``by`` says who is in which.

        Equals the sums over ``Matcher.judge``; enterprises and benefits that columns cannot hold are
        asked one by one in the same way. Raises ``ValueError`` where ``by`` does not fit.
        """
        if by is not None and (len(by) != len(batch) or not ((by >= 0) & (by < groups)).all()):
            raise ValueError(f"by has a group from 0 to {groups - 1} for each of {len(batch)} enterprises")
        plan, running = self._plan
        frames = Frames(batch)
        slots = running.over(frames, [], plan.slots, by, groups, threads)
        found = plan.read(slots)
        doubtful = [place for place, slot in plan.doubtful.items() if slots[:, slot].any()]
        doubts = {place: pl.Series(column) for place, column in self.engine.columns(frames, doubtful).items()}
        nobody = pl.repeat(False, len(batch), eager=True)
        single = self.matcher.singly(
            batch, self.compiled, {place: doubts.get(place, nobody) for place in plan.doubtful}
        )
        if single:
            alone = self.matcher.with_singles(pl.DataFrame(schema=LONG), batch, single, everything=True)
            found.add_answers(alone, by)
            found.singly = len(single)
        return found
