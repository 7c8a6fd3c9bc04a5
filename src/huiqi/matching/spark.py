"""A match on Spark: tables larger than one machine.

Spark reads the files, hands each part of the table to a Python process beside the data and gathers what comes
back. What is judged there is judged by the same engine as on one machine (``partitions``), so the answers are
the same, and what Spark has to plan stays small however many benefits there are.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from huiqi import __version__
from huiqi.catalogue.load import Catalogue
from huiqi.columns.matcher import Matcher
from huiqi.matching.output import OutputError
from huiqi.matching.partitions import COUNTED, FILE, KINDS, PLACE, PLACES, Question
from huiqi.matching.run import Report, Request
from huiqi.matching.spark_session import told_in_one_line
from huiqi.matching.sums import no_sums, total
from huiqi.tables import TableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

_MOST_REPEATED = 1_000_000


# ---- matching ----


def match_on_spark(
    source: DataFrame,
    catalogue: Catalogue,
    on: date,
    *,
    benefits: Iterable[str] | None = None,
    everything: bool = False,
    by: Sequence[str] = (),
    id_column: str | None = None,
    ignore: Sequence[str] = (),
) -> DataFrame:
    """Every benefit for every enterprise of a table: results, rejects, sums and counts, in one go.

    ``source`` is what ``spark.read.parquet(…)`` gives, with the columns that ``huiqi match`` takes and one
    that names the rows. What comes back has ``类`` and a struct for each of ``KINDS``; ``results_of``,
    ``rejects_of`` and ``sums_of`` take it apart. It is worked out anew each time it is asked for: ``persist``
    it, or write it once, before taking apart more than one of them. Ids are compared at once, over the whole
    table: of rows with the same id the first is kept, in the order of files and rows.

    Raises ``TableError`` for a table that cannot be read as a whole, ``KeyError`` for an unknown benefit.
    """
    request = Request(on, None if benefits is None else tuple(benefits), everything, tuple(by))
    Matcher(catalogue.book, on, request.benefits, request.by)  # the unknown is said here, not on some machine
    question = Question(catalogue, request, id_column, tuple(ignore))
    heading = question.heading(_polars_schema(source))
    assert heading.id_column is not None, "the question asks for one"
    placed = _placed(source, heading.wanted)
    question = replace(question, id_column=heading.id_column)
    ids = placed.select(_quoted(heading.id_column), _quoted(FILE), _quoted(PLACE))
    question = replace(question, repeated=_repeated(ids, question))
    return _mapped(placed, "answers", question, question.schema)


def results_of(answers: DataFrame) -> DataFrame:
    """The results, with the columns that ``huiqi match`` writes (``results.SCHEMA``), in no order."""
    return _of_kind(answers, "结果")


def rejects_of(answers: DataFrame) -> DataFrame:
    """Why rows were not taken (``partitions.REJECTS``), in no order."""
    return _of_kind(answers, "拒收")


def sums_of(answers: DataFrame, matcher: Matcher) -> pl.DataFrame:
    """The sums of the whole table by benefit and group, as ``sums.total`` gives them."""
    from pyspark.sql import functions as f

    keys = ["benefit", *matcher.by]
    parts = _of_kind(answers, "合计")
    numbers = [one for one in parts.columns if one not in keys]
    # added up where they are: what reaches this process is one row for each benefit and group
    summed = parts.groupBy(*map(_quoted, keys)).agg(*(f.sum(_quoted(one)).alias(one) for one in numbers))
    found = _collected(summed)
    nothing = no_sums(matcher)
    whole = found.select(pl.col(name).cast(kind) for name, kind in nothing.schema.items())
    return total([whole if len(whole) else nothing], matcher.by)


def read_table(session: SparkSession, table: str) -> DataFrame:
    """The Parquet at a path, pattern or address: a file, or files that are taken together.

    A column that only some files have is unknown in the others. Spark passes over files whose name starts
    with ``_`` or a dot. Raises ``TableError`` when there is nothing that can be read, ``SparkFailedError``
    when Spark breaks off.
    """
    from pyspark.errors import AnalysisException

    with told_in_one_line():
        try:
            return session.read.parquet(table, mergeSchema=True)
        except AnalysisException as problem:
            if problem.getCondition() == "PATH_NOT_FOUND":
                raise TableError("没有这个文件") from problem
            if problem.getCondition() == "UNABLE_TO_INFER_SCHEMA":
                raise TableError("没有能读的 Parquet 文件（名字以 _ 或 . 开头的，Spark 不读）") from problem
            raise


def run_on_spark(
    source: DataFrame,
    catalogue: Catalogue,
    request: Request,
    out: str,
    *,
    id_column: str | None = None,
    ignore: Sequence[str] = (),
) -> Report:
    """A whole match into the folder ``out`` (a path or an address that Spark can write to).

    ``results`` there is Parquet; ``rejects``, and the sums ``benefits``, ``departments`` and ``groups``, are
    CSV with a heading. Raises ``OutputError`` when the folder is there already, ``TableError`` as
    ``match_on_spark`` does, ``SparkFailedError`` when Spark breaks off.
    """
    if request.plans:
        raise OutputError("在 Spark 上还不能同时算最好的组合（--plan），请在一台机器上算")
    with told_in_one_line():
        return _run(source, catalogue, request, out, id_column, ignore)


def _run(
    source: DataFrame,
    catalogue: Catalogue,
    request: Request,
    out: str,
    id_column: str | None,
    ignore: Sequence[str],
) -> Report:
    from pyspark import StorageLevel
    from pyspark.errors import AnalysisException

    answers = match_on_spark(
        source,
        catalogue,
        request.on,
        benefits=request.benefits,
        everything=request.everything,
        by=request.by,
        id_column=id_column,
        ignore=ignore,
    ).persist(StorageLevel.DISK_ONLY)
    try:
        results_of(answers).write.parquet(f"{out}/results")
        rejects_of(answers).write.csv(f"{out}/rejects", header=True, escape='"')
        counts = _collected(_of_kind(answers, "行数")).sum()
        matcher = Matcher(catalogue.book, request.on, request.benefits, request.by)
        report = _report(counts, matcher, out, sums_of(answers, matcher))
    except AnalysisException as problem:
        if "PATH_ALREADY_EXISTS" in (problem.getCondition() or ""):
            raise OutputError(f"{out}: 里面已经有结果，换一个文件夹，或先删掉") from problem
        raise
    finally:
        answers.unpersist()
    _write_sums(source.sparkSession, report, out)
    return report


def _report(counts: pl.DataFrame, matcher: Matcher, out: str, sums: pl.DataFrame) -> Report:
    found = {name: counts[name][0] or 0 for name in COUNTED}
    return Report(
        matcher,
        found["read"],
        found["taken"],
        found["read"] - found["taken"],
        found["singly"],
        sums,
        answers=found["answers"],
        reused=0,
        resumed=0,
        out=out,
        rejects=f"{out}/rejects" if found["rejects"] else None,
    )


def _write_sums(session: SparkSession, report: Report, out: str) -> None:
    tables = {"benefits": report.benefits, "departments": report.departments}
    if report.matcher.by:
        tables["groups"] = report.groups
    for name, table in tables.items():
        arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
        session.createDataFrame(arrow).coalesce(1).write.csv(f"{out}/{name}", header=True, escape='"')


# ---- between Spark, Arrow and Polars ----


def _mapped(frame: DataFrame, name: str, question: Question, schema: pl.Schema) -> DataFrame:
    """What a function of ``partitions`` makes of each part of a frame."""
    with warnings.catch_warnings():
        # said of every function in Python; these are given Arrow and no pandas
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return frame.mapInArrow(_function(name, question), _spark_schema(schema))


def _function(
    name: str, question: Question
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function of ``partitions`` with its question, for Spark to send to its processes."""
    packed, version = question.packed(), __version__

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # sent by value: it must say what is wrong also where nothing is installed
        try:
            import huiqi
            from huiqi.matching import partitions
        except ModuleNotFoundError as missing:
            raise RuntimeError(
                f"执行器的 Python 里没有 {missing.name}：每台机器都要 pip install 'huiqi[spark]=={version}'"
            ) from missing
        if huiqi.__version__ != version:
            raise RuntimeError(f"执行器装的是 huiqi {huiqi.__version__}，这边是 {version}：版本要一样")
        yield from getattr(partitions, name)(packed, batches)

    return run


def _placed(source: DataFrame, wanted: Sequence[str]) -> DataFrame:
    """The columns that are wanted, and where each row stands."""
    from pyspark.errors import AnalysisException

    try:
        where = source.metadataColumn("_metadata")
        return source.select(
            *map(_quoted, wanted),
            where.getField("file_path").alias(FILE),
            where.getField("row_index").alias(PLACE),
        )
    except AnalysisException as problem:
        raise TableError("在 Spark 上，表要直接读自 Parquet 文件：spark.read.parquet(…)") from problem


def _repeated(ids: DataFrame, question: Question) -> dict[str, frozenset[int]]:
    """The rows whose id stood in an earlier row, by file; ids are spelt as results spell them."""
    from pyspark.sql import functions as f

    spelt = _mapped(ids, "places", question, PLACES)
    where = f.struct("文件", "行")
    twice = spelt.groupBy("编号").agg(f.count("*").alias("n"), f.min(where).alias("first"))
    twice = twice.filter("n > 1").select("编号", "first", "n")
    count = twice.agg(f.sum(f.col("n") - 1)).first()
    repeated = count[0] if count is not None else None
    if not repeated:
        return {}
    if repeated > _MOST_REPEATED:
        raise TableError(f"有 {repeated} 行的编号前面已经有了，多半选错了编号列，或者先去掉重复的行")
    rows = spelt.join(twice, "编号").filter(where != f.col("first")).select("文件", "行")
    found = _collected(rows).group_by("文件").agg("行")
    return {file: frozenset(places) for file, places in found.iter_rows()}


def _of_kind(answers: DataFrame, kind: str) -> DataFrame:
    assert kind in KINDS
    return answers.filter(answers["类"] == kind).select(f"`{kind}`.*")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _collected(frame: DataFrame) -> pl.DataFrame:
    return pl.DataFrame(frame.toArrow())


def _polars_schema(source: DataFrame) -> pl.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema

    # the zone matters to no column: a moment is read as it stands in the file
    return pl.DataFrame(to_arrow_schema(source.schema, timezone="UTC").empty_table()).schema


def _spark_schema(schema: pl.Schema) -> StructType:
    """A schema as Spark has it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    arrow = pl.DataFrame(schema=schema).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    return from_arrow_schema(arrow)
