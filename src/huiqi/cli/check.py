"""``huiqi check``: what is wrong with the catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huiqi.catalogue.cases import read_cases
from huiqi.catalogue.load import read_catalogue
from huiqi.cli.inputs import catalogue_with, print_json, read_enterprise
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.language.diagnostics import Diagnostic, Severity


@click.command(
    cls=WordedCommand,
    help=say(
        "检查规则库：每处错误和提醒给出文件、行、列、错在哪里、怎样才对。没有话说就是没有错。"
        "有错误，退出码 1；只有提醒或没有，0。写上路径就只看它下面的文件。",
        "Check the catalogue: every error and warning with file, line, column, what is wrong and what would"
        " be right; silent when all is well. Exit code 1 when there is an error, 0 otherwise."
        " A path limits what is shown.",
    ),
    short_help=say("检查规则库", "check the catalogue"),
)
@click.argument("path", type=click.Path(path_type=Path), required=False, metavar=say("[路径]", "[PATH]"))
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def check(root: Path | None, path: Path | None, as_json: bool) -> None:
    """Print what is wrong."""
    found = _everything(catalogue_with(root, path))
    shown = [one for one in found if path is None or Path(one.file).resolve().is_relative_to(path.resolve())]
    if as_json:
        print_json(
            [
                {
                    "severity": "error" if one.severity is Severity.ERROR else "warning",
                    "file": one.file,
                    "line": one.line,
                    "column": one.column,
                    "message": one.message,
                    "hint": one.hint,
                }
                for one in shown
            ]
        )
    else:
        for one in shown:
            click.echo(str(one))
    sys.exit(1 if any(one.severity is Severity.ERROR for one in shown) else 0)


def _everything(root: Path) -> list[Diagnostic]:
    """What is wrong with the rules, and once they can be read, with their cases and the enterprises shown."""
    catalogue, found = read_catalogue(root)
    if catalogue is None or any(one.severity is Severity.ERROR for one in found):
        return list(found)
    _, in_cases = read_cases(catalogue)
    in_facts = (one for path in catalogue.enterprises for one in read_enterprise(path, catalogue)[1])
    return [*found, *in_cases, *in_facts]
