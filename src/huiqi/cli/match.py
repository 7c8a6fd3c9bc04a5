"""``huiqi match``: every benefit for every enterprise of a table, with sums, and what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any as Anything

import click

from huiqi.cli.inputs import day_option, fail, open_catalogue, print_json
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.cli.tables import table_options
from huiqi.evaluate.result import OPEN

if TYPE_CHECKING:
    import polars as pl

    from huiqi.catalogue.load import Catalogue
    from huiqi.matching.run import Report, Request
    from huiqi.matching.totals import Totals


@click.command(
    name="match",
    cls=WordedCommand,
    help=say(
        "把规则库的每个事项对表里的每家企业算一遍，逐行写出结论、金额、缺什么，并按事项、部门、地区合计。"
        "表一行一家企业，一列一个事实；读不了的行连同原因写在旁边的 rejects 文件里，不会悄悄丢掉。"
        "中途断了，再运行一次就接着算，结果一模一样。只想知道合计多少的，不写 --out，快得多。"
        "一台机器不够的，用 --engine spark。"
        "退出码：有符合、可能符合或待补充的 0，一项也没有 1，输入有错 2。",
        "Run every benefit of the catalogue over every enterprise of a table: verdict, amount and what"
        " is missing, row by row, with sums by benefit, department and region. Rows that cannot be read"
        " are listed with the reason in a file of rejects; none is dropped silently. A run that was broken"
        " off goes on where it was and gives the same files. For the sums alone leave out --out, which is"
        " much quicker. For more than one machine: --engine spark. Exit code 0 when something is or may be"
        " due, 1 when nothing is, 2 on bad input.",
    ),
    short_help=say("全部企业各能得什么，合计多少", "what every enterprise of a table is due, and the sums"),
)
@click.argument("table", metavar=say("表", "TABLE"))
@option(
    "--out",
    metavar=say("文件", "FILE"),
    zh="结果写到哪里（.parquet、.csv 或 .arrow；在 Spark 上是文件夹；不写就只合计）",
    en="where the results go (.parquet, .csv or .arrow; on Spark a folder; left out: only the sums)",
)
@day_option
@option(
    "--benefit",
    "benefits",
    multiple=True,
    metavar=say("标识", "ID"),
    zh="只算这个事项（可写几次）",
    en="only this benefit (may be given several times)",
)
@option("--all", "everything", is_flag=True, zh="连不符合的也逐行写出", en="write what is ruled out as well")
@option(
    "--by",
    multiple=True,
    metavar=say("事实", "FACT"),
    zh="按哪个选项事实分组合计（可写几次；缺省是规则库定的地区）",
    en="group the sums by this fact with options (several times; default: the catalogue's region)",
)
@option(
    "--plan",
    "plans",
    is_flag=True,
    zh="另给每家企业最好的合法组合（旁边的 .plans 和 .choices 文件）",
    en="also the best lawful combination of every enterprise (files .plans and .choices beside)",
)
@option(
    "--changed",
    is_flag=True,
    zh="只重算变了的企业和变了的政策，其余用上次的结果；算出来与全算一样",
    en="judge only enterprises and policies that have changed, and take the rest from the last results",
)
@table_options
@option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    metavar="local|spark",
    zh="在哪里算：local 是本进程（缺省），spark 是本机或集群上的 Spark，表要是 Parquet",
    en="what judges: this process (local, the default), or Spark on this machine or a cluster, from Parquet",
)
@option(
    "--master",
    metavar=say("地址", "ADDRESS"),
    zh="Spark 集群的地址，如 spark://主机:7077（缺省 local[*]：本机的全部核）",
    en="address of the Spark cluster, as spark://host:7077 (default local[*]: every core of this machine)",
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def match_command(
    root: Path | None,
    /,
    table: str,
    out: str | None,
    on: date | None,
    benefits: tuple[str, ...],
    everything: bool,
    by: tuple[str, ...],
    plans: bool,
    changed: bool,
    engine: str,
    master: str | None,
    as_json: bool,
    **how: Anything,
) -> None:
    """Match a table."""
    from huiqi.cli.match_spark import match_on_spark, refuse_on_spark
    from huiqi.cli.tables import known_benefits, known_groups
    from huiqi.entitlements.answer import today
    from huiqi.matching.run import Request

    if out is None:
        given = {"--all": everything, "--plan": plans, "--changed": changed, "--engine": engine == "spark"}
        _refuse_without_out([name for name, asked in given.items() if asked])
    elif engine == "spark":
        asked = {"--plan": plans, "--changed": changed, "--rows": how["rows"], "--items": how["items"]}
        refuse_on_spark(table, out, master, asked)
    if engine != "spark" and master is not None:
        fail(say("--master 要与 --engine spark 一起用", "--master goes with --engine spark only"))
    catalogue = open_catalogue(root)
    request = Request(
        on or today(), known_benefits(benefits, catalogue), everything, known_groups(by, catalogue), plans
    )
    report: Totals
    if out is None:
        report, told = _sum_up(table, catalogue, request, how)
    elif engine == "spark":
        report = match_on_spark(table, out, master, catalogue, request, how["id_column"], how["ignore"])
        told = _of_files(report, f"在 {out}/results；合计在旁边的 benefits、departments、groups 里")
    else:
        report = _match_here(table, Path(out), catalogue, request, changed, how)
        told = _of_files(report, f"在 {out}；合计在旁边的 .benefits、.departments、.groups 文件里")
    if as_json:
        print_json(_as_json(report, request, told))
    else:
        click.echo(_as_text(report, request, told))
    counts = report.sums.select(one.value for one in OPEN).sum().row(0)
    sys.exit(0 if sum(counts) else 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a match apart from its sums: for machines, after the first line, and in the end."""

    fields: Mapping[str, Anything]
    first: str
    last: str


def _refuse_without_out(asked: list[str]) -> None:
    if asked:
        name = asked[0]
        fail(say(f"{name} 要写明结果放哪里：加 --out", f"{name} needs a place for the results: add --out"))


def _sum_up(
    table: str, catalogue: Catalogue, request: Request, how: Mapping[str, Anything]
) -> tuple[Totals, _Told]:
    """The sums alone, or exit code 2."""
    from huiqi.cli.tables import open_enterprises, showing_progress
    from huiqi.columns.matcher import Matcher
    from huiqi.matching.totals import Summing
    from huiqi.tables import TableError

    source = open_enterprises(table, catalogue, **how)
    summing = Summing(Matcher(catalogue.book, request.on, request.benefits, request.by))
    try:
        with showing_progress(source.rows) as told:
            found = summing.table(source, told)
    except TableError as problem:
        fail(problem)
    wrong = [
        f"\n  第 {one.place} 行 {one.id} {one.column}：{one.reason}{f'（{one.hint}）' if one.hint else ''}"
        for one in found.rejects
    ]
    first = f"，{found.rejected} 行没有算，先列 {len(wrong)} 处：" + "".join(wrong) if wrong else ""
    fields = {"first_rejects": [asdict(one) for one in found.rejects]}
    return found, _Told(fields, first, "只算了合计；要逐家的结果和全部读不了的行，加 --out")


def _match_here(
    table: str,
    out: Path,
    catalogue: Catalogue,
    request: Request,
    changed: bool,
    how: Mapping[str, Anything],
) -> Report:
    """The match in this process, or exit code 2."""
    from huiqi.cli.tables import open_enterprises, showing_progress
    from huiqi.matching.output import OutputError
    from huiqi.matching.run import Run
    from huiqi.tables import TableError

    source = open_enterprises(table, catalogue, **how)
    try:
        run = Run(catalogue, source, out, request)
        with showing_progress(source.rows) as told:
            return run.go(changed=changed, told=told)
    except (OutputError, TableError) as problem:
        fail(problem)
    except OSError as problem:
        fail(f"{problem.filename or out}: {problem.strerror}")


def _of_files(report: Report, where: str) -> _Told:
    fields = {
        "reused": report.reused,
        "answers": report.answers,
        "out": str(report.out),
        "rejects": str(report.rejects) if report.rejects else None,
    }
    first = f"，{report.rejected} 行没有算，原因见 {report.rejects}" if report.rejects else ""
    first += f"；其中 {report.reused} 条结论与上次相同，直接沿用" if report.reused else ""
    return _Told(fields, first, f"结果 {report.answers} 条，{where}")


def _as_json(report: Totals, request: Request, told: _Told) -> dict[str, Anything]:
    return {
        "on": request.on.isoformat(),
        "rows": report.read,
        "taken": report.taken,
        "rejected": report.rejected,
        "singly": report.singly,
        **told.fields,
        "benefits": _rows(report.benefits),
        "departments": _rows(report.departments),
        "groups": _rows(report.groups) if report.matcher.by else [],
    }


def _rows(table: pl.DataFrame) -> list[dict[str, Anything]]:
    from decimal import Decimal

    from huiqi.entitlements.as_json import yuan

    return [
        {name: yuan(int(value * 100)) if isinstance(value, Decimal) else value for name, value in row.items()}
        for row in table.iter_rows(named=True)
    ]


def _as_text(report: Totals, request: Request, told: _Told) -> str:
    import polars as pl

    from huiqi.language.units import money_words

    table, words = report.benefits, [one.value for one in OPEN]
    some = table.filter(pl.sum_horizontal(words) > 0)
    judged = f"算了 {report.taken} 家 × {len(table)} 个事项"
    lines = [f"{request.on.isoformat()}，读了 {report.read} 行，{judged}{told.first}", ""]
    for row in some.iter_rows(named=True):
        low, high = row["金额最低"], row["金额最高"]
        money = ""
        if low or high or row["无上限"]:
            most = "上限不明" if high is None else f"最多 {money_words(int(high * 100))}"
            money = f"，确定 {money_words(int(low * 100))}，{most}"
        counts = "、".join(f"{word} {row[word]}" for word in words if row[word])
        lines.append(f"  {row['名称']}（{row['事项']}）：{counts}{money}")
    return "\n".join([*lines, "", told.last])
