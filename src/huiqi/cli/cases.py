"""``huiqi cases``: what has to be done with all cases from time to time."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huiqi.cli.inputs import fail
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.speech import WordedCommand, WordedGroup, say


@click.group(
    cls=WordedGroup,
    help=say("在办的案件。", "Cases that are being worked on."),
    short_help=say("案件：把到期的记下", "cases: write down what has run out"),
)
def cases() -> None:
    """All cases."""


@cases.command(
    cls=WordedCommand,
    help=say(
        "把到期的都记下：自行发生的让它发生，要提请的、只标记的记下。早晚执行、多执行几次，结果都一样；"
        "可以让系统每天执行一次。",
        "Write down whatever has run out: what happens by itself happens, what is proposed or marked is"
        " noted. Early or late, once or often, the outcome is the same; let the system run it daily.",
    ),
    short_help=say("把到期的记下", "write down what has run out"),
)
@data_option
@click.pass_obj
def fire(root: Path | None, data_dir: Path) -> None:
    """Every open case."""
    open_installation(root, data_dir)

    from huiqi.casework.services import fire_expired
    from huiqi.clocks import CalendarError

    try:
        found = fire_expired()
    except CalendarError as error:
        fail(error)
    for case in found.cases:
        click.echo(f"{case.number}\t{case.state}\t{case.title}")
    count = len(found.cases)
    for problem in found.problems:
        click.echo(problem, err=True)
    click.echo(say(f"有到期的 {count} 件，已记下", f"cases in which something had run out: {count}"))
    sys.exit(1 if found.problems else 0)
