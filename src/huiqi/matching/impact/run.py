"""Both versions over a table, chunk by chunk: what is in memory is one chunk and the sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from huiqi.columns.batch import Batch
from huiqi.matching.impact.change import SAME, apart, compared, outcomes
from huiqi.matching.impact.sides import ANSWER, Side, Sides
from huiqi.matching.impact.tally import Tally
from huiqi.matching.impact.versions import Pair, Versions, seen_by
from huiqi.matching.impact.who import WhoFile, Wording, is_alike
from huiqi.tables import Chunk, Table, rejects_heading, rejects_text

_TOGETHER = 24
"""How many benefits are compared at once: their answers for a chunk must fit in memory."""


@dataclass(frozen=True)
class Compared:
    """A finished comparison: its sums, how many rows were read and taken, and where the files are."""

    versions: Versions
    pairs: tuple[Pair, ...]
    tally: Tally
    read: int
    taken: int
    touched: int
    who: Path
    rejects: Path | None


class Comparison:
    """Compares two versions over a table and writes who is touched into ``out``, a folder that there is.

    ``pairs`` are the benefits that are judged under both. ``everything`` writes those too for whom nothing
    changes. Enterprises are grouped by the facts that the old catalogue names (分组), as its rules have them.
    """

    def __init__(
        self,
        versions: Versions,
        pairs: tuple[Pair, ...],
        table: Table,
        out: Path,
        *,
        everything: bool = False,
        csv: bool = False,
    ) -> None:
        self.versions, self.pairs, self.table, self.out = versions, pairs, table, out
        self.everything = everything
        self.by = versions.old.groups
        self.who = out / ("who.csv" if csv else "who.parquet")
        self._alike = [is_alike(one) for one in pairs]
        self._shared = [
            number for number, one in enumerate(pairs) if self._alike[number] and versions.same_decision(one)
        ]
        self._wording = Wording(pairs, self.by, versions.old.vocabulary)
        self._grouping = Side(versions.old.book, versions.on, {}, self.by)
        self._parts = [
            self._sides(range(start, min(start + _TOGETHER, len(pairs))))
            for start in range(0, len(pairs), _TOGETHER)
        ]

    def _sides(self, numbers: range) -> tuple[Side | None, Side | None]:
        v, pairs = self.versions, self.pairs
        old = {number: one for number in numbers if (one := pairs[number].old) is not None}
        new = {number: one for number in numbers if (one := pairs[number].new) is not None}
        return (
            Side(v.old.book, v.on, old, single=self._shared) if old else None,
            Side(v.new.book, v.on_new, new, single=self._shared) if new else None,
        )

    def go(self, told: Callable[[Chunk], object] = lambda _: None) -> Compared:
        """Run to the end; ``told`` hears of every chunk that is finished.

        Raises what the table raises, and ``VersionError`` when a column means different things.
        """
        tally = Tally(self.pairs, self.by)
        who = WhoFile(self.who, self._wording.schema)
        rejected = _Rejects(self.out / "rejects.csv")
        read = taken = 0
        try:
            for chunk in self.table.chunks():
                self.versions.check(chunk.batch)
                if len(chunk.batch):
                    self._do(chunk.batch, tally, who)
                rejected.add(rejects_text(chunk.rejects))
                read, taken = read + chunk.rows, taken + len(chunk.batch)
                told(chunk)
            who.finish()
            rejects = rejected.finish()
        finally:
            who.discard()
            rejected.discard()
        for other in {self.out / "who.csv", self.out / "who.parquet"} - {self.who}:
            other.unlink(missing_ok=True)
        return Compared(self.versions, self.pairs, tally, read, taken, who.rows, self.who, rejects)

    def _do(self, batch: Batch, tally: Tally, who: WhoFile) -> None:
        old_batch = seen_by(batch, self.versions.old.vocabulary)
        new_batch = seen_by(batch, self.versions.new.vocabulary)
        everybody = pl.DataFrame({"row": pl.int_range(len(batch), dtype=pl.UInt32, eager=True)})
        groups = everybody
        if self.by:
            groups = everybody.hstack(self._grouping.judge(old_batch).groups)
        kinds = [everybody.select("row", pl.lit(SAME).alias("kind"), pl.lit(SAME).alias("granted_kind"))]
        for old, new in self._parts:
            before = None if old is None else old.judge(old_batch)
            after = None if new is None else new.judge(new_batch)
            near = None if before is None or after is None else apart(before.items, after.items)
            rows = compared(_answers(before), _answers(after), self._alike, near)
            tally.add(rows, groups, (before, after))
            changed = rows.filter((pl.col("kind") != SAME) | (pl.col("granted_kind") != SAME))
            kinds.append(changed.select("row", "kind", "granted_kind"))
            who.add(self._wording.table(rows if self.everything else changed, batch, groups))
        tally.add_people(outcomes(pl.concat(kinds)), groups)


def _answers(side: Sides | None) -> pl.DataFrame:
    return pl.DataFrame(schema=ANSWER) if side is None else side.answers


class _Rejects:
    """The rows that were not taken, with the reasons; no file when there are none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(f".{path.name}.draft")
        self._any = False

    def add(self, text: str) -> None:
        if not text:
            return
        mode = "a" if self._any else "w"
        with self._draft.open(mode, encoding="utf-8", newline="") as file:
            file.write(text if self._any else rejects_heading() + text)
        self._any = True

    def finish(self) -> Path | None:
        if not self._any:
            self.path.unlink(missing_ok=True)
            return None
        self._draft.replace(self.path)
        return self.path

    def discard(self) -> None:
        self._draft.unlink(missing_ok=True)
