"""Help in the language of the user: Chinese or English, by locale."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable
from typing import Any as Anything

import click


def in_chinese() -> bool:
    """Whether the locale (LC_ALL, LC_MESSAGES, LANG, or the system's) is Chinese."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value.lower().startswith("zh")
    return (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))


def say(chinese: str, english: str) -> str:
    """The one of two texts that the user reads."""
    return chinese if in_chinese() else english


class _Worded(click.Command):
    """A command whose headings speak the user's language too."""

    def __init__(self, *arguments: Anything, **settings: Anything) -> None:
        settings.setdefault("options_metavar", say("[选项]", "[OPTIONS]"))
        super().__init__(*arguments, **settings)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("用法：", "Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        records = [record for one in options if (record := one.get_help_record(ctx))]
        if records:
            with formatter.section(say("选项", "Options")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("显示这份说明", "Show this message and exit.")
        return option


class WordedCommand(_Worded):
    """A single command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but what is left over is named in the user's language."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise click.UsageError(say(f"多余的参数：{' '.join(left)}", f"too much: {' '.join(left)}"), ctx)
        return left


class WordedGroup(_Worded, click.Group):
    """The group of all commands."""

    def __init__(self, *arguments: Anything, **settings: Anything) -> None:
        settings.setdefault("subcommand_metavar", say("命令 [参数]", "COMMAND [ARGUMENTS]"))
        super().__init__(*arguments, **settings)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then what each command is for."""
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(60)))
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(rows)


def option(*names: str, zh: str, en: str, **settings: Anything) -> Callable[[Anything], Anything]:
    """A click option with help in both languages."""
    return click.option(*names, help=say(zh, en), **settings)
