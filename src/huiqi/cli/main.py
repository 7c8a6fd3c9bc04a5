"""The group of commands."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from huiqi import __version__
from huiqi.cli.speech import WordedGroup, option, say

_COMMANDS = {
    "allot": "allot",
    "booklet": "booklet",
    "calendar": "calendar",
    "cases": "cases",
    "check": "check",
    "clock": "clock_command",
    "coverage": "coverage",
    "documents": "documents",
    "due": "due_command",
    "explain": "explain",
    "facts": "facts",
    "impact": "impact",
    "ingest": "ingest",
    "ledger": "ledger",
    "match": "match_command",
    "procedure": "procedure",
    "report": "report_command",
    "sample": "sample_command",
    "search": "search_command",
    "serve": "serve",
    "staff": "staff",
    "test": "test",
}
"""Every command, which is the name of its module too, and what it is called there."""


class _Commands(WordedGroup):
    """The commands, each read in only when asked for: a book needs much that a question does not."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"huiqi.cli.{cmd_name}"), _COMMANDS[cmd_name])
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=_Commands,
    help=say(
        "惠企：一家企业按政策能得什么、多少、依据哪一条、还缺什么。",
        "Huiqi: what an enterprise is due under official policy, how much, by which clause, and what is"
        " missing.",
    ),
)
@option(
    "--catalogue",
    type=click.Path(path_type=Path),
    metavar=say("文件夹", "FOLDER"),
    zh="规则库文件夹（缺省：当前目录上下的 catalogue）",
    en="folder of the catalogue (default: the one found around the current folder)",
)
@click.version_option(__version__, message="huiqi %(version)s", help=say("显示版本", "Show the version."))
@click.pass_context
def huiqi(ctx: click.Context, catalogue: Path | None) -> None:
    """Keep where the catalogue is for the command."""
    ctx.obj = catalogue


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never shows a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Chinese also where the terminal's locale is C
            reconfigure(encoding="utf-8", errors="replace")
    try:
        _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # a reader that has seen enough (``| head``) is no fault; what is left in the buffer goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _run(arguments: list[str]) -> None:
    try:
        with huiqi.make_context("huiqi", arguments) as ctx:
            huiqi.invoke(ctx)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        click.echo(_words(error), err=True)
        sys.exit(2)


def _words(error: click.ClickException) -> str:
    """What is wrong with the command as typed, and where to look."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    look = f"{ctx.command_path if ctx else 'huiqi'} --help"
    match error:
        case click.MissingParameter(param=click.Parameter() as missing):
            name = missing.human_readable_name
            return say(f"缺少 {name}；看 {look}", f"missing {name}; see {look}")
        case click.NoSuchOption():
            return say(
                f"没有 {error.option_name} 这个选项；看 {look}",
                f"no such option {error.option_name}; see {look}",
            )
        case click.exceptions.NoSuchCommand():
            name = error.command_name
            return say(f"没有 {name} 这个命令；看 {look}", f"no such command {name}; see {look}")
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=words)) as wrong):
            right = "、".join(map(str, words))
            return say(
                f"{wrong.opts[0]} 的值不对，可以是：{right}；看 {look}",
                f"{wrong.opts[0]} takes one of: {right}; see {look}",
            )
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=low, max=high)) as wrong):
            return say(
                f"{wrong.opts[0]} 是 {low} 到 {high} 的整数；看 {look}",
                f"{wrong.opts[0]} takes a whole number from {low} to {high}; see {look}",
            )
        case click.BadOptionUsage():
            name = error.option_name
            return say(f"选项 {name} 写得不对；看 {look}", f"option {name} is used wrongly; see {look}")
    return f"{error.format_message()}{say('；看 ', '; see ')}{look}"
