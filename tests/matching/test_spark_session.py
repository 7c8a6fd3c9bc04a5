"""What Spark needs, and what it complains of, is said in one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from huiqi.matching import spark_session
from huiqi.matching.spark_session import SparkMissingError, _in_short, _names_in_utf8, open_session


def test_without_pyspark_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_session, "_need_java", lambda: None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SparkMissingError, match=r"没有装 pyspark.*pip install 'huiqi\[spark\]'"):
        open_session()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('openjdk version "11.0.2" 2019-01-15', "现在的是 Java 11。"),
        ('java version "1.8.0_321"', "现在的是 Java 8。"),
        (None, "没有找到 Java。"),
    ],
)
def test_without_a_java_that_is_new_enough_one_line_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, told: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if said is not None:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    with pytest.raises(SparkMissingError, match=told) as caught:
        open_session()
    assert "Java 17 或更新的" in str(caught.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "SparkException: [FAILED_READ_FILE.NO_HINT] Failed reading file file:///%E5%8C%BA.parquet.  SQL",
            "/区.parquet 读不了，不是 Parquet 文件，或者已经损坏",
        ),
        (
            "Traceback (most recent call last):\n  File, line 1\nRuntimeError: 版本要一样\n",
            "Spark 没有算完：版本要一样",
        ),
        (
            "Aborted, most recent failure: Lost task 0 (host driver): IOException: No\n\nDriver:",
            "Spark 没有算完：IOException: No",
        ),
        (
            "java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.\nat here",
            "Spark 停了：多半连不上集群，或集群停了这次运行",
        ),
        ("org.apache.spark.SparkException: nothing left\nat here", "Spark 没有算完：nothing left"),
    ],
)
def test_a_long_complaint_of_spark_is_told_in_one_line(said: str, told: str) -> None:
    assert _in_short(said) == told
    missing = _in_short("Traceback (most recent call last):\nModuleNotFoundError: No module named 'a'")
    assert missing.startswith("执行器的 Python 里没有 a：每台机器都要 pip install 'huiqi[spark]==")


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are Unicode there")
@pytest.mark.parametrize("named", ["C", "C.UTF-8", "zz_ZZ.UTF-8", None])
def test_java_starts_where_names_of_files_can_be_chinese(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_CTYPE", "C")
    if named is not None:
        monkeypatch.setenv("LC_ALL", named)
    with _names_in_utf8():
        assert os.environ["LC_ALL"] == "C.UTF-8"
    assert os.environ.get("LC_ALL") == named
