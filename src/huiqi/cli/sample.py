"""``huiqi sample``: drawing closed cases for a check, so that nobody can choose and all can check."""

from __future__ import annotations

from pathlib import Path

import click

from huiqi.cli.inputs import fail, print_json
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.report import asked_period, period_options, procedure_id
from huiqi.cli.speech import WordedCommand, option, say


@click.command(
    name="sample",
    cls=WordedCommand,
    help=say(
        "抽查一个程序在一个月或一年里办结的案件：每地每部门分别抽，各不少于规定的比例。种子由这一期的报告"
        "和第几次抽定下，谁也挑不了，谁都可以照着再抽一遍核对。再要还是这一次；另抽一次要写明理由。",
        "Draw from the cases of a procedure that were closed in a month or a year: each place and department"
        " by itself, never less than its share. The seed follows from the report on the period and the number"
        " of the draw, so nobody can choose it and anybody can check it. Asked again, the same draw is shown;"
        " another one takes --again and a reason.",
    ),
    short_help=say("抽查办结的案件", "draw closed cases for a check"),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@period_options
@option("--again", is_flag=True, zh="另抽一次，编下一个号", en="draw another sample, with the next number")
@option("--reason", metavar=say("理由", "TEXT"), zh="为什么另抽一次", en="why another one is drawn")
@data_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def sample_command(
    root: Path | None,
    name: str,
    month: str | None,
    year: str | None,
    again: bool,
    reason: str | None,
    data_dir: Path,
    as_json: bool,
) -> None:
    """Draw, or show what was drawn."""
    period = asked_period(month, year)
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
