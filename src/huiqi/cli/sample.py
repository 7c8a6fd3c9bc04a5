"""``huiqi sample``: closed cases drawn for a check, or a made-up population to try everything on.

Cases are drawn so that nobody can choose and all can check. A population (``--n``) is made of numbers only:
no enterprise or person in it exists.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import fail, fail_all, open_catalogue, print_json
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.report import asked_period, period_options, procedure_id
from huiqi.cli.speech import WordedCommand, option, say

LARGEST = 1_000_000_000


class _Number(click.ParamType[int]):
    """A whole number between two bounds, both included."""

    name = "number"

    def __init__(self, what: tuple[str, str], least: int, most: int) -> None:
        self.what, self.least, self.most = what, least, most

    def convert(self, value: Anything, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a clear complaint."""
        text = str(value)
        right = text.isascii() and text.isdecimal() and len(text) < 20
        if not right or not self.least <= int(text) <= self.most:
            fail(
                say(
                    f"“{value}”不是{self.what[0]}：写 {self.least} 到 {self.most} 的整数",
                    f"{value!r} is not {self.what[1]}: a whole number from {self.least} to {self.most}",
                )
            )
        return int(text)


@click.command(
    name="sample",
    cls=WordedCommand,
    help=say(
        "抽查一个程序在一个月或一年里办结的案件：每地每部门分别抽，各不少于规定的比例。种子由这一期的报告"
        "和第几次抽定下，谁也挑不了，谁都可以照着再抽一遍核对。再要还是这一次；另抽一次要写明理由。"
        "\n\n"
        "不写程序而写 --n，就编造一批企业、个体户和个人（都不存在），供 huiqi match 试用：同样的 --n 和"
        " --seed 得同样的表。",
        "Draw from the cases of a procedure that were closed in a month or a year: each place and department"
        " by itself, never less than its share. The seed follows from the report on the period and the number"
        " of the draw, so nobody can choose it and anybody can check it. Asked again, the same draw is shown;"
        " another one takes --again and a reason."
        "\n\n"
        "With --n instead of a procedure, make up a population of enterprises, households and persons (none"
        " of them real) to try huiqi match on: the same --n and --seed make the same table.",
    ),
    short_help=say("抽查办结的案件；编造一批主体", "draw closed cases; make up a population"),
)
@click.argument("name", metavar=say("[程序]", "[PROCEDURE]"), required=False)
@period_options
@option("--again", is_flag=True, zh="另抽一次，编下一个号", en="draw another sample, with the next number")
@option("--reason", metavar=say("理由", "TEXT"), zh="为什么另抽一次", en="why another one is drawn")
@data_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@option(
    "--n",
    "count",
    type=_Number(("户数", "a number of subjects"), 1, LARGEST),
    metavar=say("户数", "N"),
    zh="编造多少户",
    en="how many subjects to make up",
)
@option(
    "--seed",
    type=_Number(("种子", "a seed"), 0, 2**63 - 1),
    metavar=say("种子", "S"),
    zh="编造的种子（缺省 1）",
    en="the seed of what is made up (default 1)",
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=say("文件", "FILE"),
    zh="编造的存到哪个 .parquet 或 .csv 文件（缺省把 CSV 打印出来）",
    en="the .parquet or .csv file for what is made up (default: print CSV)",
)
@click.pass_obj
def sample_command(
    root: Path | None,
    name: str | None,
    month: str | None,
    year: str | None,
    again: bool,
    reason: str | None,
    data_dir: Path,
    as_json: bool,
    count: int | None,
    seed: int | None,
    out: Path | None,
) -> None:
    """Draw cases, show what was drawn, or make up a population."""
    if (name is None) == (count is None):
        fail(
            say(
                "程序和 --n 写一个，也只写一个：抽查案件写程序，编造主体写 --n",
                "give one of PROCEDURE (to draw its cases) and --n (to make up subjects)",
            )
        )
    if count is not None:
        if month or year or again or reason is not None or as_json:
            fail(
                say(
                    "--n 只能同 --seed、--out 一起写",
                    "--n goes only with --seed and --out",
                )
            )
        _population(root, count, 1 if seed is None else seed, out)
    else:
        assert name is not None
        if seed is not None or out is not None:
            fail(say("--seed、--out 要同 --n 一起写", "--seed and --out go with --n"))
        _cases(root, name, (month, year), again, reason, data_dir, as_json)


def _population(root: Path | None, count: int, seed: int, out: Path | None) -> None:
    from huiqi.catalogue.load import CatalogueError
    from huiqi.population.read import read_plan
    from huiqi.population.write import SUFFIXES, write_csv, write_file

    if out is not None and out.suffix.lower() not in SUFFIXES:
        fail(
            say(
                f"{out}：只会写 {'、'.join(SUFFIXES)} 文件",
                f"{out}: only {' and '.join(SUFFIXES)} files can be written",
            )
        )
    if out is not None and out.is_dir():
        fail(say(f"{out}：是文件夹，要写文件名", f"{out}: is a folder, name a file"))
    try:
        plan = read_plan(open_catalogue(root))
    except CatalogueError as error:
        fail_all(error.diagnostics)
    with click.progressbar(
        length=count, label=say("编造", "making up"), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        if out is None:
            write_csv(plan, seed, count, lambda text: click.echo(text, nl=False), bar.update)
            return
        try:
            write_file(plan, seed, count, out, bar.update)
        except OSError as error:
            reason = error.strerror or str(error)
            fail(say(f"{out}：写不了（{reason}）", f"{out}: cannot be written ({reason})"))


def _cases(
    root: Path | None,
    name: str,
    period_asked: tuple[str | None, str | None],
    again: bool,
    reason: str | None,
    data_dir: Path,
    as_json: bool,
) -> None:
    period = asked_period(*period_asked)
    if again != (reason is not None):
        fail(say("另抽一次要同时写 --again 和 --reason", "another draw takes both --again and --reason"))
    identifier = procedure_id(root, name)
    open_installation(root, data_dir)

    from huiqi.casework.reporting import draw
    from huiqi.casework.services import Rejected
    from huiqi.clocks import CalendarError

    try:
        found = draw(None, identifier, period, reason=reason)
    except CalendarError as error:
        fail(error)
    if isinstance(found, Rejected):
        fail(found.reason)
    if as_json:
        print_json(
            {
                "procedure": found.report.procedure,
                "period": found.report.period,
                "made": found.made.isoformat(),
                "reason": found.reason or None,
                "share": found.share,
                "drawn": found.drawn,
                **found.data,
            }
        )
    else:
        click.echo(found.text, nl=False)
