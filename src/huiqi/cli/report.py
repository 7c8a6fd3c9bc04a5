"""``huiqi report``: the report of a procedure on a month or a year, made once and kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import fail, find_procedure, open_procedures, print_json
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.output import write_whole
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.answer import today
from huiqi.procedures.reports import ReportPeriod

_MONTH = re.compile(r"((?:19|2[0-9])[0-9]{2})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|2[0-9])[0-9]{2}")


def period_options(command: Anything) -> Anything:
    """The two options that say which period; one of them must be given."""
    month = option(
        "--month",
        metavar=say("月", "MONTH"),
        zh="哪一个月，写成 2026-03",
        en="which month, written 2026-03",
    )
    year = option("--year", metavar=say("年", "YEAR"), zh="哪一年，写成 2026", en="which year, written 2026")
    return month(year(command))


def asked_period(month: str | None, year: str | None) -> ReportPeriod:
    """The month or the year that was asked for, or exit code 2."""
    if (month is None) == (year is None):
        fail(say("--month、--year 写一个，也只写一个", "give one of --month and --year"))
    if month is not None:
        parts = _MONTH.fullmatch(month)
        if parts is None:
            fail(say(f"“{month}”不是月份：写成 2026-03", f"{month!r} is not a month: write it as 2026-03"))
        return ReportPeriod.month(int(parts[1]), int(parts[2]))
    if year is None or not _YEAR.fullmatch(year):
        fail(say(f"“{year}”不是年份：写成 2026", f"{year!r} is not a year: write it as 2026"))
    return ReportPeriod.year(int(year))


def procedure_id(root: Path | None, name: str) -> str:
    """The id of a procedure that was named by id or name, or exit code 2 with the nearest."""
    found = next((one for one in open_procedures(root) if name in (one.id, one.name)), None)
    return (found or find_procedure(root, name, today())).id


@click.command(
    name="report",
    cls=WordedCommand,
    help=say(
        "一个程序的月报或年报：收到、受理、办结多少件，几个率的分子分母，跟踪台账，逾期的，逐件的台账。"
        "第一次要的时候做，从此不变，再要还是这一份；以后才补记的，写在下一期里。没有完的月、年不做。",
        "The report of a procedure on a month or a year: what came in, was accepted and closed, the rates"
        " with both their numbers, what is tracked, what is late, every case. It is made when first asked for"
        " and stays as it is; what is written down later shows in the next one. The period must be over.",
    ),
    short_help=say("月报、年报", "report on a month or a year"),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@period_options
@data_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("文件", "FILE"),
    zh="存到哪个文件（缺省打印出来）",
    en="the file to write (default: print it)",
)
@click.pass_obj
def report_command(
    root: Path | None,
    name: str,
    month: str | None,
    year: str | None,
    data_dir: Path,
    as_json: bool,
    out: Path | None,
) -> None:
    """Make a report, or give out the one that was made."""
    period = asked_period(month, year)
    identifier = procedure_id(root, name)
    open_installation(root, data_dir)

    from huiqi.casework.reporting import make_report
    from huiqi.casework.services import Rejected
    from huiqi.clocks import CalendarError

    try:
        found = make_report(None, identifier, period)
    except CalendarError as error:
        fail(error)
    if isinstance(found, Rejected):
        fail(found.reason)
    data = {
        "procedure": found.procedure,
        "period": found.period,
        "made": found.made.isoformat(),
        "entries": found.entries,
        "digest": found.digest,
        **found.data,
    }
    if out is not None:
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n" if as_json else found.text
        write_whole(out, text.encode())
    elif as_json:
        print_json(data)
    else:
        click.echo(found.text, nl=False)
