"""A match: a table of enterprises in, every benefit for each of them out, chunk by chunk.

What is in memory is one chunk, whatever the length of the table. A run that is killed and started again goes
on after the last finished chunk and gives the same files, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any as Anything

import polars as pl

from huiqi import __version__
from huiqi.catalogue.load import Catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.matcher import Matcher
from huiqi.matching.changed import State, read_state, write_state
from huiqi.matching.fingerprint import benefit_fingerprint, enterprise_fingerprints
from huiqi.matching.output import beside, check_output, write_rejects, write_results
from huiqi.matching.parts import Part, WorkFolder, write_sheet
from huiqi.matching.plans import CHOICES, PLANS, Planning
from huiqi.matching.results import SCHEMA, Wording
from huiqi.matching.sums import counted, no_sums, total
from huiqi.matching.totals import Totals
from huiqi.tables import Chunk, Table, rejects_text


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: of which benefits (all, unless named), on which day, what to write, how to group.

    ``everything`` writes what fails a condition as well; ``plans`` works out the best lawful combination too.
    """

    on: date
    benefits: tuple[str, ...] | None = None
    everything: bool = False
    by: tuple[str, ...] = ()
    plans: bool = False


@dataclass(frozen=True)
class Report(Totals):
    """What a run came to: ``reused`` answers came from before, ``resumed`` chunks from a run broken off.

    ``out`` and ``rejects`` are addresses where the run was on Spark.
    """

    answers: int
    reused: int
    resumed: int
    out: Path | str
    rejects: Path | str | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """Of a batch: the results that are as they were, which enterprises have not changed, which rules have."""

    results: pl.DataFrame
    same: pl.Series
    renewed: frozenset[str]


class Run:
    """One match. Raises ``OutputError`` for a bad ``out``, and for a bad table what the table raises."""

    def __init__(self, catalogue: Catalogue, table: Table, out: Path, request: Request) -> None:
        check_output(out)
        self.book, self.table, self.out, self.request = catalogue.book, table, out, request
        self.matcher = Matcher(catalogue.book, request.on, request.benefits, request.by)
        self.wording = Wording(self.matcher)
        self._fingerprints = {
            one.id: benefit_fingerprint(one, catalogue.book, request.on) for one in self.matcher.benefits
        }
        self._planning = Planning(self.matcher) if request.plans else None
        self._numbers = {one: number for number, one in enumerate(self._fingerprints)}
        self._partial = {frozenset(self._numbers): (self.matcher, self.wording)}

    @property
    def _question(self) -> dict[str, Anything]:
        """What must be the same for an answer to be taken over from an earlier run."""
        return {
            "on": self.request.on.isoformat(),
            "everything": self.request.everything,
            "by": list(self.request.by),
            "plans": self.request.plans,
            "columns": list(self.table.columns),
            "huiqi": __version__,
            "polars": pl.__version__,
        }

    def go(self, *, changed: bool = False, told: Callable[[Chunk], object] = lambda _: None) -> Report:
        """Run to the end; ``told`` hears of every chunk that is finished.

        With ``changed``, answers are taken from the results that stand at ``out`` where neither the
        enterprise nor the rules behind the benefit have changed since; what comes out is the same.
        """
        state = read_state(self.out, self._question) if changed else None
        folder = WorkFolder(self.out, {**self._question, "benefits": self._fingerprints})
        parts: list[Part] = []
        sums: list[pl.DataFrame] = []
        read = resumed = 0
        for chunk in self.table.chunks():
            part = folder.done(chunk.number, chunk.digest)
            if part is None:
                part = self._do(chunk, folder, state)
            else:
                resumed += 1
            parts.append(part)
            sums = [total([*sums, pl.read_ipc(part.path("sums.arrow"))], self.matcher.by)]
            read += chunk.rows
            told(chunk)
        report = self._report(parts, sums, read, resumed)
        folder.remove()
        return report

    def _do(self, chunk: Chunk, folder: WorkFolder, state: State | None) -> Part:
        batch = chunk.batch
        prints = enterprise_fingerprints(batch)
        kept = None if state is None else self._kept(batch, prints, state)
        results, groups, singly = self._judged(batch, kept)
        tables = {
            "results": results.select(*SCHEMA),
            "sums": counted(self.matcher, results, batch, groups),
            "state": pl.DataFrame([batch.ids.cast(pl.String).alias("编号"), prints]),
        }
        if self._planning is not None:
            tables["plans"], tables["choices"] = self._planning.plans(results, batch)
        counts = {
            "taken": len(batch),
            "rejected": chunk.rows - len(batch),
            "rejects": len(chunk.rejects),
            "results": len(results),
            "singly": singly,
            "reused": 0 if kept is None else len(kept.results),
        }
        return folder.write(chunk.number, chunk.digest, tables, rejects_text(chunk.rejects), counts)

    # ---- judging, all or only what has changed ----

    def _judged(self, batch: Batch, kept: _Kept | None) -> tuple[pl.DataFrame, pl.DataFrame, int]:
        """The results, the groups of the enterprises, and how many were judged one by one."""
        everything = self.request.everything
        if kept is None:
            outcome = self.matcher.judge(batch, everything=everything)
            return self.wording.results(outcome.long(), batch), outcome.groups, outcome.singly
        groups = self._some(frozenset())[0].judge(batch).groups
        found, singly = [kept.results], 0
        for wanted, benefits in ((~kept.same, frozenset(self._numbers)), (kept.same, kept.renewed)):
            some = batch.take(wanted)
            if len(some) == 0 or not benefits:
                continue
            matcher, wording = self._some(benefits)
            outcome = matcher.judge(some, everything=everything)
            table = wording.results(outcome.long(), some)
            rows = wanted.arg_true().cast(pl.UInt32).gather(table["row"])
            numbers = pl.Series([self._numbers[one.id] for one in matcher.benefits], dtype=pl.UInt16)
            benefit = numbers.gather(table["benefit"])
            found.append(table.with_columns(rows.alias("row"), benefit.alias("benefit")))
            singly += outcome.singly
        return pl.concat(found).sort("row", "benefit", "项次", maintain_order=True), groups, singly

    def _some(self, benefits: frozenset[str]) -> tuple[Matcher, Wording]:
        if benefits not in self._partial:
            named = [one.id for one in self.matcher.benefits if one.id in benefits]
            matcher = Matcher(self.book, self.request.on, named, self.request.by)
            self._partial[benefits] = matcher, Wording(matcher)
        return self._partial[benefits]

    def _kept(self, batch: Batch, prints: pl.Series, state: State) -> _Kept:
        """What need not be judged again."""
        ids = batch.ids.cast(pl.String).alias("编号")
        now = pl.DataFrame([ids, prints.alias("#now")]).with_row_index("row")
        both = now.join(state.enterprises(ids), on="编号", how="left", maintain_order="left")
        same = (both["#now"] == both["指纹"]).fill_null(False)
        prints_now = self._fingerprints.items()
        renewed = frozenset(one for one, found in prints_now if state.benefits.get(one) != found)
        numbers = pl.DataFrame(
            {"事项": list(self._numbers), "benefit": list(self._numbers.values())},
            schema={"事项": pl.String, "benefit": pl.UInt16},
        ).filter(~pl.col("事项").is_in(list(renewed)))
        wanted = both.filter(same).select(pl.col("row").cast(pl.UInt32), "编号", "部分")
        found = [pl.DataFrame(schema={"row": pl.UInt32, "benefit": pl.UInt16, **SCHEMA})]
        for (part,), rows in wanted.group_by("部分", maintain_order=True):
            assert isinstance(part, int)
            old = state.results(part).join(rows.drop("部分"), on="编号").join(numbers, on="事项")
            found.append(old.select("row", "benefit", *SCHEMA))
        return _Kept(pl.concat(found), same, renewed)

    # ---- the end ----

    def _report(self, parts: Sequence[Part], sums: list[pl.DataFrame], read: int, resumed: int) -> Report:
        write_results(self.out, parts)
        if self._planning is not None:
            for kind, schema in (("plans", PLANS), ("choices", CHOICES)):
                write_results(beside(self.out, kind, self.out.suffix), parts, kind, schema)
        rejects = write_rejects(self.out, parts)

        def count(name: str) -> int:
            return sum(part.marker[name] for part in parts)

        report = Report(
            self.matcher,
            read,
            count("taken"),
            count("rejected"),
            count("singly"),
            sums[0] if sums else no_sums(self.matcher),
            answers=count("results"),
            reused=count("reused"),
            resumed=resumed,
            out=self.out,
            rejects=rejects,
        )
        write_sheet(report.benefits, beside(self.out, "benefits"))
        write_sheet(report.departments, beside(self.out, "departments"))
        if self.matcher.by:
            write_sheet(report.groups, beside(self.out, "groups"))
        if self.out.suffix.lower() == ".parquet":
            write_state(self.out, self._question, self._fingerprints, parts)
        return report
