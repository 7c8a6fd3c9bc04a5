"""Spark gives what one machine gives, and what it cannot answer it says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

import huiqi
from huiqi.catalogue.load import Catalogue
from huiqi.matching import spark
from huiqi.matching.output import OutputError
from huiqi.matching.partitions import REJECTS, Question
from huiqi.matching.run import Request
from huiqi.matching.spark_session import SparkFailedError, SparkMissingError, open_session
from huiqi.tables import TableError, open_table
from tests.matching.conftest import ON, Matching

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Spark on this machine; ``HUIQI_SPARK=required``, as in CI, makes its lack a failure."""
    try:
        found = open_session("local[2]")
    except SparkMissingError as missing:
        if os.environ.get("HUIQI_SPARK") == "required":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    found.sparkContext.setLogLevel("ERROR")
    found.conf.set("spark.sql.shuffle.partitions", 2)
    yield found
    found.stop()


def spread(people: pl.DataFrame, folder: Path) -> tuple[Path, pl.DataFrame]:
    """A table in three files, with rows that cannot be read and ids that stand in two files."""
    rows = people.head(300).with_columns(营业收入=pl.col("营业收入").cast(pl.String))
    bad = pl.when(pl.int_range(pl.len()) % 61 == 7).then(pl.lit("一些")).otherwise("营业收入")
    rows = rows.with_columns(bad.alias("营业收入"), pl.lit("`").alias("_备.注"))
    rows = rows.rename({"资产总额": "资产总额（元）"})
    folder.mkdir()
    files = {"乙.parquet": rows[100:200], "a b+.parquet": rows[:100], "甲%.parquet": rows[195:300]}
    for name, part in files.items():
        part.write_parquet(folder / name)
    order = [
        pl.DataFrame({"文件": name, "行": range(1, len(files[name]) + 1)}, schema_overrides={"行": pl.Int64})
        for name in sorted(files)
    ]
    return folder, pl.concat(order).with_row_index("place", 1)


def test_a_table_of_several_files_is_answered_as_on_one_machine(
    session: SparkSession, matching: Matching, people: pl.DataFrame, shipped: Catalogue
) -> None:
    folder, order = spread(people, matching.folder / "表")
    request = matching.request()
    alone = matching.run(folder)
    out = matching.folder / "spark"
    report = spark.run_on_spark(session.read.parquet(str(folder)), shipped, request, str(out))

    keys = ["编号", "事项", "项次"]
    results = pl.read_parquet(out / "results" / "*.parquet")
    assert results.sort(keys).equals(pl.read_parquet(matching.folder / "out.parquet").sort(keys))
    assert results["项次"].drop_nulls().len(), "collections are among what is asked"
    assert report.sums.equals(alone.sums)
    counts = ("read", "taken", "rejected", "answers", "singly")
    assert [getattr(report, one) for one in counts] == [getattr(alone, one) for one in counts]

    rejects = pl.read_csv(out / "rejects" / "*.csv", schema=REJECTS)
    placed = rejects.with_columns(pl.col("文件").str.split("/").list.last()).join(order, on=["文件", "行"])
    told = [
        (one.place, one.id, one.column, one.value, one.reason, one.hint)
        for chunk in open_table(folder, shipped.vocabulary).chunks()
        for one in chunk.rejects
    ]
    found = placed.select("place", "编号", "列", "值", "原因", "改法").fill_null("").rows()
    assert sorted(found) == sorted(told)
    assert sum("编号重复" in one[4] for one in told) == 5

    benefits = pl.read_csv(out / "benefits" / "*.csv", infer_schema=False)
    here = pl.read_csv(matching.folder / "out.benefits.csv", infer_schema=False)
    assert benefits.fill_null("").sort("事项").equals(here.fill_null("").sort("事项"))
    with pytest.raises(OutputError, match="里面已经有结果"):
        spark.run_on_spark(session.read.parquet(str(folder)), shipped, request, str(out))


def test_what_cannot_be_answered_is_said_before_anything_is_read(
    session: SparkSession, matching: Matching, people: pl.DataFrame, shipped: Catalogue
) -> None:
    made = session.createDataFrame([("甲", "1")], "`编号` string, `营业收入` string")
    with pytest.raises(TableError, match="直接读自 Parquet 文件"):
        spark.match_on_spark(made, shipped, ON)
    with pytest.raises(TableError, match="词表里没有“营收”这个事实"):
        spark.match_on_spark(made.withColumnRenamed("营业收入", "营收"), shipped, ON)
    with pytest.raises(TableError, match="要有一列作编号"):
        spark.match_on_spark(made.drop("编号"), shipped, ON)
    with pytest.raises(KeyError, match="没有"):
        spark.match_on_spark(made, shipped, ON, benefits=["没有"])
    nobody = session.read.parquet(str(matching.table(people.clear())))
    sums = spark.sums_of(
        spark.match_on_spark(nobody, shipped, ON, by=["注册地"]), matching.run(people.clear()).matcher
    )
    assert sums.select(pl.exclude("benefit", "注册地").sum()).row(0) == (0,) * 10


def test_plans_are_not_promised(shipped: Catalogue) -> None:
    with pytest.raises(OutputError, match="在一台机器上算"):
        spark.run_on_spark(None, shipped, Request(ON, plans=True), "out")  # type: ignore[arg-type]


def test_pyspark_is_not_imported_until_it_is_asked_for_and_only_there() -> None:
    code = "import sys, huiqi.matching.spark, huiqi.cli.main; sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    source = Path(huiqi.__file__).parent
    naming = {path.stem for path in source.rglob("*.py") if "pyspark" in path.read_text(encoding="utf-8")}
    assert naming == {"spark", "spark_session"}


def test_a_machine_with_another_version_or_without_huiqi_says_so(
    matching: Matching, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = spark._function("answers", Question(matching.catalogue, matching.request()))
    with monkeypatch.context() as patched:
        patched.setattr(huiqi, "__version__", "0.0.9")
        with pytest.raises(RuntimeError, match=r"执行器装的是 huiqi 0\.0\.9"):
            list(run(iter([])))
    monkeypatch.setitem(sys.modules, "huiqi", None)
    with pytest.raises(RuntimeError, match=r"每台机器都要 pip install 'huiqi\[spark\]=="):
        list(run(iter([])))


def test_spark_that_breaks_off_is_an_error_of_its_own(
    session: SparkSession, matching: Matching, shipped: Catalogue
) -> None:
    broken = matching.table(pl.DataFrame({"编号": ["甲"] * 5000}))
    content = broken.read_bytes()
    source = spark.read_table(session, str(broken))
    broken.write_bytes(b"PAR1" + b"x" * (len(content) - 4))
    with pytest.raises(SparkFailedError, match=r"table\.parquet 读不了"):
        spark.run_on_spark(source, shipped, matching.request(), str(matching.folder / "out"))
    with pytest.raises(TableError, match="没有这个文件"):
        spark.read_table(session, str(matching.folder / "none.parquet"))
