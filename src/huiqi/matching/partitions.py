"""A part of a table that is spread over many machines: its rows in, their answers out, both as Arrow.

What runs here is what runs for a table on one machine: the same reading, the same matcher, the same words and
sums. So the answers are the same, wherever the rows are.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

import numpy as np
import polars as pl
import polars.selectors as cs
import pyarrow as pa

from huiqi.catalogue.load import Catalogue
from huiqi.columns.matcher import Matcher
from huiqi.matching.results import SCHEMA, Wording
from huiqi.matching.run import Request
from huiqi.matching.sums import NUMBERS, counted, total
from huiqi.tables import Chunk, TableError
from huiqi.tables.convert import convert
from huiqi.tables.heading import Heading, read_heading, spelt
from huiqi.tables.reading import Reading, ids_of
from huiqi.tables.rejects import harmless
from huiqi.tables.seen import Seen
from huiqi.tables.source import Piece, pieces_of

FILE, PLACE = "#file", "#place"
"""Beside the columns of the table: the file that a row stands in (an address), and its place there from 0."""

ROWS = 50_000
"""How many rows are judged together: enough to be quick, few enough for little memory."""

KINDS = ("结果", "拒收", "合计", "行数")
"""What a row of answers is: a result, a reject, the sums of a part, or how many rows were read."""

PLACES = pl.Schema({"编号": pl.String(), "文件": pl.String(), "行": pl.Int64()})
REJECTS = pl.Schema(
    {
        "文件": pl.String(),
        "行": pl.Int64(),
        "编号": pl.String(),
        "列": pl.String(),
        "值": pl.String(),
        "原因": pl.String(),
        "改法": pl.String(),
    }
)
"""A wrong cell of a row that was not taken; ``行`` counts the rows of its file from 1."""

COUNTED = ("read", "taken", "rejects", "answers", "singly")

_FILE_BITS = 40  # a place in a chunk of several files: the number of the file above, the row below


@dataclass(frozen=True)
class Question:
    """What is asked of every part. ``repeated`` are the rows (file and row from 1) whose id stood before."""

    catalogue: Catalogue
    request: Request
    id_column: str | None = None
    ignore: tuple[str, ...] = ()
    repeated: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def heading(self, schema: Mapping[str, pl.DataType]) -> Heading:
        """What the columns are; raises ``TableError`` for a wrong one, and where no column names the rows."""
        columns = [one for one in schema if one not in (FILE, PLACE)]
        catalogue, ignored = self.catalogue, {spelt(one) for one in self.ignore}
        found = read_heading(
            columns, schema, catalogue.vocabulary, catalogue.known_region, self.id_column, ignored
        )
        if found.id_column is None:
            raise TableError(
                "分散的表没有行号，要有一列作编号：编号、统一社会信用代码或企业名称，或者用 --id 指明一列"
            )
        return found

    def packed(self) -> bytes:
        """The question to be sent to another process that runs the same version."""
        return zlib.compress(pickle.dumps(self))

    @property
    def schema(self) -> pl.Schema:
        """The columns of answers: ``类`` is one of ``KINDS`` and says which of the others is filled."""
        groups = dict.fromkeys(self.request.by, pl.Int16())
        sums = {"benefit": pl.Int32(), **groups, **dict.fromkeys(NUMBERS, pl.Decimal(38, 0))}
        counts = dict.fromkeys(COUNTED, pl.Int64())
        parts = [pl.Struct(pl.Schema(part)) for part in (SCHEMA, REJECTS, sums, counts)]
        structs = dict(zip(KINDS, parts, strict=True))
        return pl.Schema({"类": pl.String(), **structs})


def answers(packed: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The answers of one part of the table (``Question.schema``); the rows have ``FILE`` and ``PLACE``."""
    for frame in _worker(packed).answers(_frames(batches)):
        yield from _arrow(frame)


def places(packed: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """For each row that has one its id, as answers name it, and where it stands (``PLACES``)."""
    question = _worker(packed).question
    for frame in _frames(batches):
        heading = question.heading(frame.schema)
        ids = ids_of(frame, convert(frame, heading.cells), heading)
        found = pl.DataFrame([ids.alias("编号"), _paths(frame).alias("文件"), frame[PLACE].alias("行") + 1])
        yield from _arrow(found.drop_nulls("编号"))


def _frames(batches: Iterable[pa.RecordBatch]) -> Iterator[pl.DataFrame]:
    for batch in batches:
        frame = pl.DataFrame(batch)
        # a moment is read as it stands in the file, not as the clock of some session shows it
        yield frame.with_columns(cs.datetime(time_zone="*").dt.convert_time_zone("UTC"))


def _arrow(frame: pl.DataFrame) -> Iterator[pa.RecordBatch]:
    yield from frame.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()


def _paths(frame: pl.DataFrame) -> pl.Series:
    """The files as people write them: an address says 表 as %E8%A1%A8."""
    names = frame[FILE].unique()
    said = pl.Series([unquote(one) for one in names], dtype=pl.String)
    return frame[FILE].replace_strict(names, said, return_dtype=pl.String)


@lru_cache(maxsize=2)
def _worker(packed: bytes) -> _Worker:
    """Made once in a process, however many parts it is given."""
    return _Worker(pickle.loads(zlib.decompress(packed)))  # noqa: S301 - packed by the session itself


class _Marked(Seen):
    """Which ids stood before, where that was found out over the whole table."""

    def __init__(self) -> None:
        super().__init__()
        self.again = np.zeros(0, dtype=bool)

    def repeated(self, ids: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        assert len(ids) == len(self.again), "marked before it is read"
        return self.again


class _Worker:
    """Answers parts of a table one after the other."""

    def __init__(self, question: Question) -> None:
        self.question = question
        request = question.request
        self.matcher = Matcher(question.catalogue.book, request.on, request.benefits, request.by)
        self.wording = Wording(self.matcher)

    def answers(self, frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The answers of a part; the sums and counts come last, once."""
        marked, by = _Marked(), self.matcher.by
        reading = Reading({}, self.question.catalogue.vocabulary, marked)
        sums: list[pl.DataFrame] = []
        counts = dict.fromkeys(COUNTED, 0)
        for piece in pieces_of(frames, ROWS):
            files = _paths(piece.frame)
            names = files.unique().sort()
            rows = piece.frame[PLACE] + 1
            marked.again = self._again(files, rows)
            numbers = files.replace_strict(names, range(len(names)), return_dtype=pl.UInt64)
            within = numbers * 2**_FILE_BITS + rows.cast(pl.UInt64)
            heading = self.question.heading(piece.frame.schema)
            table = piece.frame.select(heading.wanted)
            chunk = reading.chunk(Piece(1, piece.rows, table, within), 0, heading)
            results, singly, sum_of_chunk = self._judged(chunk)
            sums = [total([*sums, sum_of_chunk], by)]
            found = (piece.rows, len(chunk.batch), len(chunk.rejects), len(results), singly)
            for name, count in zip(COUNTED, found, strict=True):
                counts[name] += count
            yield self._filled("结果", results)
            if chunk.rejects:
                yield self._filled("拒收", _rejects(chunk, names))
        if counts["read"]:
            yield self._filled("合计", sums[0])
            yield self._filled("行数", pl.DataFrame([counts]))

    def _again(self, files: pl.Series, rows: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        found = np.zeros(len(rows), dtype=bool)
        for name in files.unique():
            again = self.question.repeated.get(name)
            if again:
                here = pl.Series(list(again), dtype=pl.Int64)
                found |= ((files == name) & rows.is_in(here.implode())).to_numpy()
        return found

    def _judged(self, chunk: Chunk) -> tuple[pl.DataFrame, int, pl.DataFrame]:
        outcome = self.matcher.judge(chunk.batch, everything=self.question.request.everything)
        results = self.wording.results(outcome.long(), chunk.batch)
        sums = counted(self.matcher, results, chunk.batch, outcome.groups)
        return results, outcome.singly, sums

    def _filled(self, kind: str, table: pl.DataFrame) -> pl.DataFrame:
        schema = self.question.schema
        of = schema[kind]
        assert isinstance(of, pl.Struct)
        one = pl.struct(pl.col(field.name).cast(field.dtype) for field in of.fields)
        filled = {"类": pl.lit(kind), kind: one}
        return table.select(filled.get(name, pl.lit(None, like)).alias(name) for name, like in schema.items())


def _rejects(chunk: Chunk, names: pl.Series) -> pl.DataFrame:
    """The rejects of a chunk, each at its place in its file."""
    found = [
        (
            names[one.place >> _FILE_BITS],
            one.place & ((1 << _FILE_BITS) - 1),
            *map(harmless, (one.id, one.column, one.value, one.reason, one.hint)),
        )
        for one in chunk.rejects
    ]
    return pl.DataFrame(found, schema=REJECTS, orient="row")
