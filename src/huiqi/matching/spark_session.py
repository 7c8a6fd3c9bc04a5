"""A session of Spark, what it needs on a machine, and its complaints in one line.

PySpark is imported only here and in ``spark``, and only when it is used.
"""

from __future__ import annotations

import locale
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any as Anything
from urllib.parse import unquote

from huiqi import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""


class SparkMissingError(RuntimeError):
    """Spark cannot run here; the text says what to install."""


class SparkFailedError(RuntimeError):
    """Spark broke off; the text says in one line why."""


def open_session(master: str = "local[*]", *, log: Path | None = None) -> SparkSession:
    """A Spark session on ``master``: ``local[*]`` (this machine), or the address of a cluster.

    With ``log``, what Spark tells of itself goes to this file and not to the terminal. Raises
    ``SparkMissingError`` when PySpark or Java is not installed, ``SparkFailedError`` when Spark does not
    start.
    """
    _need_java()
    session = _need_pyspark()
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # or whatever python3 is first on the path
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # no other machine has to reach it
    settings: dict[str, str | int | float | bool | None] = {
        "spark.master": master,
        "spark.app.name": "huiqi match",
        # Spark starts a process for every core it uses: each of them with one thread
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
    }
    with told_in_one_line(), _names_in_utf8():
        if log is not None:
            settings["spark.ui.showConsoleProgress"] = "false"
            _start_java(settings, log)
        return session.builder.config(map=settings).getOrCreate()


def _start_java(settings: Mapping[str, Anything], log: Path) -> None:
    """Start Java as a session would, but what it says goes to a file."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    if SparkContext._gateway is None:  # one serves all sessions of a process
        conf = SparkConf().setAll(list(settings.items()))
        with log.open("ab") as stream:
            gateway = launch_gateway(conf, {"stdout": stream, "stderr": stream})  # type: ignore[no-untyped-call]
        SparkContext(conf=conf, gateway=gateway)


@contextmanager
def _names_in_utf8() -> Iterator[None]:
    """Java takes the names of files in the encoding of its locale, and without one it finds no 表.parquet."""
    kept = os.environ.get("LC_ALL")
    if sys.platform == "win32" or _locale_is_utf8():
        yield
        return
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        del os.environ["LC_ALL"]
        if kept is not None:
            os.environ["LC_ALL"] = kept


def _locale_is_utf8() -> bool:
    """Whether a process that starts now has a locale, and one in UTF-8."""
    now = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return locale.nl_langinfo(locale.CODESET).upper() == "UTF-8"
    except locale.Error:  # named, but not installed
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, now)


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Around what is asked of Spark: whatever breaks there, in Java or in Python, is ``SparkFailedError``."""
    from py4j.protocol import Py4JError, Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        with warnings.catch_warnings():
            # nothing here goes through pandas
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            yield
    except Py4JJavaError as problem:
        raise SparkFailedError(_in_short(str(problem.java_exception))) from problem
    except PySparkException as problem:
        raise SparkFailedError(_in_short(str(problem))) from problem
    except Py4JError as problem:
        raise SparkFailedError("Java 进程断了，多半是内存不够") from problem


def _in_short(said: str) -> str:
    """The one line of a long complaint that tells what is wrong."""
    if unread := re.search(r"\[FAILED_READ_FILE.*reading file (?:file:/*(?=/))?(.+?)\. ", said):
        return f"{unquote(unread[1])} 读不了，不是 Parquet 文件，或者已经损坏"
    if "[CANNOT_MERGE_SCHEMAS]" in said:
        return "各个文件里，同名的列类型不一样"
    if re.search("(?i)stopped SparkContext|SparkContext (was )?(shut down|stopped)|context stopped", said):
        return "Spark 停了：多半连不上集群，或集群停了这次运行"
    _, traceback, python = said.rpartition("Traceback (most recent call last):\n")
    told = re.findall(r"^[\w.]+: (.+)$", python, re.MULTILINE) if traceback else []
    task = re.search(r"most recent failure: .*?\): (.+)", said)
    line = told[-1] if told else task[1] if task else said.strip().partition("\n")[0]
    if missing := re.search(r"No module named '(.+?)'", line):
        # Spark itself looks for PyArrow there, before anything of ours can complain
        return (
            f"执行器的 Python 里没有 {missing[1]}：每台机器都要 pip install 'huiqi[spark]=={__version__}'，"
            "装在别的 Python 里的，用 PYSPARK_PYTHON 指明"
        )
    return f"Spark 没有算完：{line.removeprefix('org.apache.spark.SparkException: ')}"


def _need_pyspark() -> type[SparkSession]:
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as missing:
        raise SparkMissingError(
            f"没有装 {missing.name}。在 Spark 上匹配要：pip install 'huiqi[spark]'，并装 Java {JAVA} 或更新的"
        ) from missing
    return SparkSession


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    said = ""
    if java is not None and Path(java).is_file():
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
        said = told.stderr + told.stdout
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if found is None or int(found[1]) < JAVA:
        has = f"现在的是 Java {found[1]}" if found else "没有找到 Java"
        raise SparkMissingError(
            f"{has}。在 Spark 上匹配要 Java {JAVA} 或更新的（如 apt install openjdk-{JAVA}-jre-headless），"
            "装好后让 java 在路径上，或设 JAVA_HOME"
        )
