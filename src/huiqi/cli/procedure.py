"""``huiqi procedure``: the procedures of the catalogue listed, shown, drawn, checked, tried."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import (
    Day,
    catalogue_root,
    fail,
    fail_all,
    find_procedure,
    open_calendar,
    open_procedures,
    print_json,
    print_mistakes,
)
from huiqi.cli.output import write_whole
from huiqi.cli.speech import WordedCommand, WordedGroup, option, say
from huiqi.entitlements.answer import today
from huiqi.language.diagnostics import Diagnostic, Severity
from huiqi.procedures import (
    Definition,
    ProcedureError,
    begins_on,
    draw,
    list_procedures,
    run_cases,
    show,
    simulate,
)
from huiqi.procedures import check as check_file
from huiqi.procedures.cases import FILE as CASES
from huiqi.procedures.load import FILE

WRONG = 1


@click.group(
    cls=WordedGroup,
    help=say(
        "办事程序：谁在几日内做什么，不做怎样。",
        "Procedures: who must do what by when, and what happens otherwise.",
    ),
    short_help=say("办事程序：列出、细看、画图、检查、试办", "procedures: list, show, draw, check, simulate"),
)
def procedure() -> None:
    """Procedures as data."""


def on_day(command: Anything) -> Anything:
    """The option that picks the version."""
    return option(
        "--on",
        type=Day(),
        metavar=say("日期", "DATE"),
        zh="哪一天施行的一版（缺省今天）",
        en="the version in force on this day (default today)",
    )(command)


@procedure.command(
    name="list",
    cls=WordedCommand,
    help=say("列出每个程序的每一版。", "List every version of every procedure."),
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def list_command(root: Path | None, as_json: bool) -> None:
    """Every version, a line each."""
    known = open_procedures(root)
    if as_json:
        print_json([_head(one) for one in known])
        return
    for one in known:
        until = f" 至 {one.until}" if one.until else " 起"
        click.echo(f"{one.id}\t{one.name}\t{one.since}{until}\t《{one.title}》{one.number}")


def _head(one: Definition) -> dict[str, Anything]:
    return {
        "id": one.id,
        "name": one.name,
        "document": {"title": one.title, "number": one.number or None},
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "cite": one.cite,
        "states": len(one.states),
        "clocks": list(one.clocks),
        "duties": list(one.duties),
        "open_questions": len(one.questions),
    }


@procedure.command(
    name="show",
    cls=WordedCommand,
    help=say(
        "一个程序的全部：主体、状态、能做的事、期限、职责、分办、条文没有说清的，都带依据。",
        "All of a procedure, with its clauses: who acts, states, events, clocks, duties, routing, open"
        " questions.",
    ),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@on_day
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def show_command(root: Path | None, name: str, on: date | None, as_json: bool) -> None:
    """One version in words."""
    found = find_procedure(root, name, on or today())
    if as_json:
        print_json(_plain(asdict(found)))
    else:
        click.echo(show(found), nl=False)


def _plain(value: Anything) -> Anything:
    """Values for JSON; where the file lies is nobody else's business."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if not isinstance(each, Path)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value if value is None else _scalar(value)


def _scalar(value: Anything) -> Anything:
    return value if isinstance(value, (bool, int, str)) else str(value)


@procedure.command(
    name="draw",
    cls=WordedCommand,
    help=say("把一个程序画成图（SVG）。", "Draw a procedure (SVG)."),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@on_day
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("文件", "FILE"),
    zh="存到哪个文件（缺省打印出来）",
    en="the file to write (default: print it)",
)
@click.pass_obj
def draw_command(root: Path | None, name: str, on: date | None, out: Path | None) -> None:
    """One version as a picture."""
    picture = draw(find_procedure(root, name, on or today()))
    if out is None:
        click.echo(picture.decode(), nl=False)
    else:
        write_whole(out, picture)


@procedure.command(
    name="check",
    cls=WordedCommand,
    help=say(
        "检查程序的定义：每处错误给出文件、行、列、错在哪里、怎样才对；没有话说就是没有错。"
        "有错误，退出码 1。",
        "Check definitions: every mistake with file, line, column, what is wrong and what would be right;"
        " silent when all is well. Exit code 1 when there is a mistake.",
    ),
)
@click.argument("path", type=click.Path(path_type=Path), required=False, metavar=say("[路径]", "[PATH]"))
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def check_command(root: Path | None, path: Path | None, as_json: bool) -> None:
    """Print what is wrong with one file, with those below a folder, or with all."""
    folder = path or catalogue_root(root)
    files = [folder] if folder.is_file() else sorted(folder.rglob(FILE))
    if not files:
        fail(say(f"{folder}: 这里没有程序（{FILE}）", f"{folder}: no procedure here ({FILE})"))
    # versions that overlap, and procedures that name each other, show only when all are read
    found = mistakes_in_procedures(folder) if path is None else _mistakes(files)
    print_mistakes(found, as_json)
    sys.exit(WRONG if any(problem.severity is Severity.ERROR for problem in found) else 0)


def mistakes_in_procedures(root: Path) -> list[Diagnostic]:
    """What is wrong with each procedure of a catalogue by itself, or else with all of them together."""
    found = _mistakes(sorted(root.rglob(FILE)))
    if not found:
        try:
            list_procedures(root)
        except ProcedureError as wrong:
            return list(wrong.diagnostics)
    return found


def _mistakes(files: Iterable[Path]) -> list[Diagnostic]:
    return [problem for path in files for problem in check_file(path).diagnostics]


@procedure.command(
    name="simulate",
    cls=WordedCommand,
    help=say(
        "照文件里写的日期和事件试办一件，看每一步办不办得成、最后在哪一步、期限到哪天。"
        "有事办不成，退出码 1。",
        "Try a case: the dated events of a file one by one, what each comes to, and how the case stands"
        " in the end. Exit code 1 when an event is refused.",
    ),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=say("文件", "FILE"))
@option(
    "--on",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="哪一天施行的一版（缺省第一件事那天）",
    en="the version in force on this day (default: the day of the first event)",
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def simulate_command(root: Path | None, name: str, file: Path, on: date | None, as_json: bool) -> None:
    """One case from a file."""
    try:
        definition = find_procedure(root, name, on or begins_on(file))
        found = simulate(definition, file, open_calendar(root))
    except ProcedureError as error:
        fail_all(error.diagnostics)
    if as_json:
        print_json(found.as_data())
    else:
        click.echo(found.as_text(), nl=False)
    sys.exit(WRONG if found.refused else 0)


@procedure.command(
    name="test",
    cls=WordedCommand,
    help=say(
        f"运行程序旁边 {CASES} 里的例。有不符的，退出码 1。",
        f"Run the stories of {CASES} beside each procedure. Exit code 1 when one does not come out.",
    ),
)
@click.argument("name", required=False, metavar=say("[程序]", "[PROCEDURE]"))
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def test_command(root: Path | None, name: str | None, as_json: bool) -> None:
    """Every story of one procedure, or of all."""
    known = [one for one in open_procedures(root) if name in (None, one.id, one.name)]
    if not known:
        find_procedure(root, name or "", today())
    rows = [try_stories(one, root) for one in known]
    if as_json:
        print_json(rows)
    else:
        tell_stories(rows)
    sys.exit(WRONG if any(row["failures"] for row in rows) else 0)


def tell_stories(rows: Iterable[Mapping[str, Anything]]) -> None:
    """What came of the stories, for people: a line for each mismatch, then one for the version."""
    for row in rows:
        for failure in row["failures"]:
            click.echo(failure)
        click.echo(
            say(
                f"{row['id']} {row['since']}：{row['stories']} 个例，{row['cells']} 格分办，"
                f"{len(row['failures'])} 处不符",
                f"{row['id']} {row['since']}: {row['stories']} stories, {row['cells']} cells,"
                f" {len(row['failures'])} mismatches",
            )
        )


def try_stories(one: Definition, root: Path | None) -> dict[str, Anything]:
    """Run the stories of one version; a version without any is a mismatch."""
    path = one.path.parent / CASES
    row: dict[str, Anything] = {"id": one.id, "since": one.since.isoformat(), "stories": 0, "cells": 0}
    if not path.is_file():
        return {
            **row,
            "failures": [say(f"{one.path}: 旁边没有 {CASES}", f"{one.path}: no {CASES} beside it")],
        }
    try:
        ran = run_cases(one, path, open_calendar(root))
    except ProcedureError as error:
        fail_all(error.diagnostics)
    return {**row, "stories": ran.stories, "cells": ran.cells, "failures": list(map(str, ran.failures))}
