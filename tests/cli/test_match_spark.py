"""``huiqi match --engine spark`` says what a match in this process says; what it cannot do is refused."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from huiqi.cli import match_spark
from huiqi.matching import spark_session
from tests.cli.command import run
from tests.support import Library

DAY = ("--on", "2024-06-01")
SPARK = (*DAY, "--engine", "spark")
ROWS: list[dict[str, Any]] = [
    {"投资额（万元）": "500", "从业人数": 12, "企业规模": "小型", "项目": [{"名称": "一线", "设备额": 100}]},
    {"投资额（万元）": "299.999999", "高新企业": False, "项目": []},
    {"从业人数": 3, "企业规模": "微型"},
    {"投资额（万元）": "很多", "从业人数": 3, "企业规模": "微型"},
]


@pytest.fixture(scope="module")
def sparks() -> Iterator[None]:
    """The session that the first command opens; ``HUIQI_SPARK=required`` makes its lack a failure."""
    try:
        spark_session._need_java()
        spark_session._need_pyspark()
    except spark_session.SparkMissingError as missing:
        if os.environ.get("HUIQI_SPARK") == "required":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    yield
    spark_session.open_session().stop()


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what Spark says is kept."""
    folder = tmp_path / "logs"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def table(library: Library) -> Path:
    """Two files, one of them with a column more, and a name that could be a pattern."""
    people = pl.DataFrame(ROWS).with_columns(
        pl.Series("编号", list("甲乙丙丁")), pl.lit("？").alias("备注（一）")
    )
    folder = Path("表[1]")
    folder.mkdir()
    people[:2].write_parquet(folder / "a.parquet")
    people[2:].write_parquet(folder / "b.parquet")
    return folder


def test_a_run_on_spark_says_what_a_run_in_this_process_says(
    sparks: None, table: Path, logs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ("match", table, *DAY, "--ignore", " 备注（一） ", "--by", "企业规模", "--all", "--json")
    here = run(*asked, "--out", "r.parquet")
    there = run(*asked, "--out", "deep/r", "--engine", "spark", "--master", "local[2]")
    assert capfd.readouterr() == ("", "")
    assert (here.code, here.err, there.code, there.err) == (0, "", 0, "")
    told = there.json
    assert told == {**here.json, "out": "deep/r", "rejects": "deep/r/rejects"}
    assert (told["rows"], told["taken"], told["rejected"]) == (4, 3, 1)

    keys = ["编号", "事项", "项次"]
    results = pl.read_parquet("deep/r/results/*.parquet").sort(keys)
    assert results.equals(pl.read_parquet("r.parquet").sort(keys))
    for kind in ("benefits", "departments", "groups"):
        alike = pl.read_csv(f"deep/r/{kind}/*.csv", infer_schema=False).fill_null("")
        assert alike.equals(pl.read_csv(f"r.{kind}.csv", infer_schema=False).fill_null(""))
    assert pl.read_csv("deep/r/rejects/*.csv")["值"].to_list() == ["很多"]
    assert list(logs.iterdir()) == []


def test_for_people_it_says_what_it_comes_to_and_the_exit_code_is_that_of_match(
    sparks: None, library: Library
) -> None:
    pl.DataFrame({"编号": ["甲"], "投资额": [1]}).write_parquet("t.parquet")
    done = run("match", "t.parquet", "--out", "r", *SPARK, "--benefit", "xx-2023/equipment")
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("2024-06-01，读了 1 行，算了 1 家 × 1 个事项\n")
    assert done.out.endswith("结果 0 条，在 r/results；合计在旁边的 benefits、departments、groups 里\n")


def test_what_spark_cannot_read_is_one_clear_line(sparks: None, table: Path, logs: Path) -> None:
    Path("none").mkdir()
    (line,) = run("match", "none", "--out", "r", *SPARK).complaints
    assert line.startswith("none: 没有能读的 Parquet 文件")
    (line,) = run("match", "*.parquet", "--out", "r", *SPARK).complaints
    assert line == "*.parquet: 没有这个文件"
    (line,) = run("match", table, "--out", "r", *SPARK).complaints
    assert line.startswith(f"{table}: 词表里没有“备注（一）”这个事实")
    assert list(logs.iterdir()) == []
    pl.DataFrame({"编号": [1]}).write_parquet(table / "c.parquet")
    (line,) = run("match", table, "--out", "r", *SPARK).complaints
    (log,) = logs.iterdir()
    assert line == f"{table}: 各个文件里，同名的列类型不一样（Spark 的记录在 {log}）"


def test_results_that_did_not_all_arrive_are_told_of(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path("r/results")
    folder.mkdir(parents=True)
    pl.DataFrame({"编号": ["甲", "乙"]}).write_parquet(folder / "a.parquet")
    report: Any = SimpleNamespace(answers=2)
    match_spark._check_results("r", report)
    report.answers = 3
    with pytest.raises(SystemExit, match="2"):
        match_spark._check_results("r", report)
    assert "该有 3 条，这里只有 2 条" in capsys.readouterr().err


def test_without_java_one_line_says_what_to_install(
    table: Path, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", "nowhere")
    (line,) = run("match", table, "--out", "r", *SPARK).complaints
    assert "没有找到 Java" in line
    assert list(logs.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("t.parquet", "--out", "r", "--plan"), "--plan 不能与 --engine spark 一起用"),
        (("t.parquet", "--out", "r", "--changed"), "--changed 不能"),
        (("t.parquet", "--out", "r", "--rows", "10"), "--rows 不能"),
        (("t.parquet", "--out", "r", "--items", "项目=p.csv"), "--items 不能"),
        (("t.parquet", "--out", "r", "--master", "主机:7077"), "spark://主机:7077"),
        (("t.parquet", "--out", "r", "--master", ""), "local[*]"),
        (("t.parquet", "--out", "r.parquet"), "是一个文件夹"),
        (("t.parquet", "--out", "full"), "full: 里面已经有东西"),
        (("t.parquet", "--out", "t.csv"), "t.csv: Spark 的结果是一个文件夹"),
        (("t.parquet", "--out", "full/file"), "full/file: "),
        (("t.parquet", "--out", "full/file/r"), "full/file/r: "),
        (("none.parquet", "--out", "r"), "none.parquet: 没有这个文件"),
        (("t.csv", "--out", "r"), "t.csv: 在 Spark 上，表要是 Parquet"),
        (("-", "--out", "r"), "标准输入: 在 Spark 上"),
        (("postgresql://u:secret@h/d?table=t", "--out", "r"), "postgresql://: 在 Spark 上"),
        (("t.parquet", "--out", "r", "--benefit", "xx-2023/equipmen"), "是不是“xx-2023/equipment”"),
    ],
)
def test_what_cannot_be_is_refused_before_spark_starts(
    library: Library, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr(spark_session, "open_session", None)
    pl.DataFrame({"编号": ["甲"]}).write_parquet("t.parquet")
    Path("t.csv").write_text("编号\n甲\n", encoding="utf-8")
    Path("full").mkdir()
    Path("full/file").touch()
    (line,) = run("match", *arguments, *SPARK).complaints
    assert words in line
    assert "secret" not in line


def test_a_cluster_is_named_with_spark_only(library: Library) -> None:
    (line,) = run("match", "t.parquet", "--out", "r.parquet", "--master", "local[*]").complaints
    assert line == "--master 要与 --engine spark 一起用"
