"""``huiqi match --engine spark``: the same match on Spark, from Parquet into a folder."""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from typing import Any as Anything

import click

from huiqi.cli.inputs import fail
from huiqi.cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from huiqi.catalogue.load import Catalogue
    from huiqi.matching.run import Report, Request

_HERE = "local[*]"
_MASTER = re.compile(r"local(\[(\d+|\*)(, *\d+)?\])?|spark://[^/\s]+:\d+(,[^/\s]+:\d+)*|k8s://\S+|yarn")
_NO_TABLES = ("postgresql", "postgres", "duckdb")


def refuse_on_spark(table: str, out: str, master: str | None, asked: Mapping[str, Anything]) -> None:
    """Exit code 2 for what a run on Spark cannot do, before anything is started; ``asked`` by option."""
    instead = {
        "--plan": say(
            "最好的组合要在一台机器上算：去掉 --engine spark",
            "plans are worked out on one machine: leave out --engine spark",
        ),
        "--changed": say(
            "在 Spark 上每次全算：去掉 --changed，或去掉 --engine spark",
            "a run on Spark judges everything: leave out --changed, or --engine spark",
        ),
        "--rows": say(
            "在 Spark 上每批多少由它自己定：去掉 --rows",
            "Spark itself says how many at once: leave out --rows",
        ),
        "--items": say(
            "在 Spark 上没有附表：把它并进主表，一个集合一列（结构的列表），或去掉 --engine spark",
            "no side tables on Spark: put the items into a column of the table (a list of structs),"
            " or leave out --engine spark",
        ),
    }
    for name, why in instead.items():
        if asked[name]:
            fail(say(f"{name} 不能与 --engine spark 一起用。{why}", f"no {name} with --engine spark: {why}"))
    if master is not None and _MASTER.fullmatch(master) is None:
        fail(
            say(
                f"“{master}”不是 Spark 的地址：本机写 local[*] 或 local[4]，集群写 spark://主机:7077",
                f"{master!r} is no address of Spark: write local[*] or local[4], or spark://host:7077",
            )
        )
    _refuse_table(table)
    _refuse_out(out)


def _refuse_table(table: str) -> None:
    from huiqi.tables.places import PARQUET_MARK

    scheme = table.partition("://")[0] if "://" in table else ""
    if scheme in _NO_TABLES or table == "-":
        _fail_no_parquet(f"{scheme}://" if scheme else say("标准输入", "standard input"))
    if scheme or (has_magic(table) and not Path(table).exists()):
        return  # what is there only Spark can tell
    try:
        if not Path(table).is_dir():
            with Path(table).open("rb") as stream:
                if stream.read(len(PARQUET_MARK)) != PARQUET_MARK:
                    _fail_no_parquet(table)
    except FileNotFoundError:
        fail(say(f"{table}: 没有这个文件", f"{table}: no such file"))
    except OSError as problem:
        fail(f"{table}: {problem.strerror}")


def _fail_no_parquet(table: str) -> NoReturn:
    fail(
        say(
            f"{table}: 在 Spark 上，表要是 Parquet 文件，或者 Parquet 的文件夹",
            f"{table}: on Spark a table is a Parquet file, or a folder of them",
        )
    )


def _refuse_out(out: str) -> None:
    from huiqi.matching.output import SUFFIXES

    if "://" in out:
        return
    path = Path(out)
    if path.suffix.lower() in SUFFIXES:
        fail(
            say(
                f"{out}: Spark 的结果是一个文件夹，请写文件夹的名字，不带 {path.suffix}",
                f"{out}: Spark writes a folder; name one, without {path.suffix}",
            )
        )
    try:
        if path.exists() and any(path.iterdir()):
            fail(
                say(
                    f"{out}: 里面已经有东西，换一个文件夹，或先删掉",
                    f"{out}: something is in there; name another folder, or remove it first",
                )
            )
    except OSError as problem:
        fail(f"{out}: {problem.strerror}")


def match_on_spark(
    table: str,
    out: str,
    master: str | None,
    catalogue: Catalogue,
    request: Request,
    id_column: str | None,
    ignore: Sequence[str],
) -> Report:
    """The match on Spark, or exit code 2; the session ends with the process."""
    from huiqi.matching.output import OutputError
    from huiqi.matching.spark import read_table, run_on_spark
    from huiqi.matching.spark_session import SparkFailedError, SparkMissingError, open_session
    from huiqi.tables import TableError

    if "://" not in out:
        try:
            Path(out).mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            fail(f"{out}: {problem.strerror}")
    handle, name = tempfile.mkstemp(prefix="huiqi-spark-", suffix=".log")
    os.close(handle)
    log, kept = Path(name), False
    logging.basicConfig(filename=log, encoding="utf-8")  # what its Python side complains of, too
    try:
        session = open_session(master or _HERE, log=log)
        if sys.stderr.isatty():
            _tell_where(session.sparkContext.uiWebUrl, log)
        source = read_table(session, _address(table, pattern=True))
        report = run_on_spark(source, catalogue, request, _address(out), id_column=id_column, ignore=ignore)
    except (SparkMissingError, OutputError) as problem:
        fail(problem)
    except TableError as problem:
        fail(f"{table}: {problem}")
    except SparkFailedError as problem:
        kept = True
        more = say(f"（Spark 的记录在 {log}）", f" (what Spark says is in {log})")
        fail(f"{table}: {problem}{more}")
    finally:
        if not kept:
            with suppress(OSError):  # some systems keep a file while somebody writes to it
                log.unlink()
    _check_results(out, report)
    rejects = f"{out}/rejects" if report.rejects else None
    return replace(report, out=out, rejects=rejects)


def _tell_where(page: str | None, log: Path) -> None:
    """For who waits at a terminal."""
    seen = say(f"；进度看 {page}", f"; its progress is on {page}") if page else ""
    click.echo(say(f"Spark 已启动，记录在 {log}{seen}", f"Spark runs, its log is {log}{seen}"), err=True)


def _address(path: str, *, pattern: bool = False) -> str:
    """A path of this machine as Spark takes it: a cluster may have another place where paths lead."""
    if "://" in path:
        return path
    here = Path(path).absolute()
    text = here.as_posix()
    if pattern and here.exists():  # what is there is no pattern, whatever its name
        text = re.sub(r"([\[\]{}*?\\])", r"\\\1", text)
    return f"file:///{text.removeprefix('/')}"


def _check_results(out: str, report: Report) -> None:
    """On a cluster each machine writes what it has judged: to the same folder, or it is lost here."""
    from pyarrow import parquet

    if "://" in out:
        return
    found = sum(parquet.read_metadata(one).num_rows for one in (Path(out) / "results").glob("*.parquet"))
    if found != report.answers:
        fail(
            say(
                f"{out}: 结果该有 {report.answers} 条，这里只有 {found} 条："
                "集群的每台机器都要能写这同一个文件夹",
                f"{out}: of {report.answers} results {found} are here:"
                " every machine of the cluster must write to this same folder",
            )
        )
