"""What commands read: the catalogue, a facts file, a day. Bad input ends the command with exit code 2."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any as Anything
from typing import NoReturn

import click

from huiqi.catalogue.fact_values import Facts, read_facts
from huiqi.catalogue.load import Catalogue, CatalogueError, load_catalogue
from huiqi.catalogue.source import read_file
from huiqi.cli.speech import option, say
from huiqi.clocks import CalendarError, WorkCalendar, load_calendar
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.procedures import Definition, ProcedureError, list_procedures

BAD_INPUT = 2
_HEAD = "catalogue.yaml"
_LAST_PORT = 65535


def fail(message: object) -> NoReturn:
    """End with one clear line on stderr and exit code 2."""
    click.echo(str(message), err=True)
    sys.exit(BAD_INPUT)


def fail_all(problems: Iterable[object]) -> NoReturn:
    """End with a clear line for each problem on stderr and exit code 2."""
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(BAD_INPUT)


def print_json(data: Anything) -> None:
    """Data for machines on stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_mistakes(found: Iterable[Diagnostic], as_json: bool) -> None:
    """What a check found on stdout: a line each, or as JSON."""
    if not as_json:
        for one in found:
            click.echo(str(one))
        return
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
            for one in found
        ]
    )


def catalogue_root(given: Path | None) -> Path:
    """The catalogue folder: as given, by HUIQI_CATALOGUE, above the current folder, or beside the package."""
    if given is None and os.environ.get("HUIQI_CATALOGUE"):
        given = Path(os.environ["HUIQI_CATALOGUE"])
    if given is not None:
        if not (given / _HEAD).is_file():
            fail(
                say(
                    f"{given}: 这里没有规则库（缺 {_HEAD}）",
                    f"{given}: no catalogue here ({_HEAD} is missing)",
                )
            )
        return given
    here = Path.cwd()
    beside = Path(__file__).resolve().parents[3]
    for folder in (here, *here.parents, beside):
        if (folder / "catalogue" / _HEAD).is_file():
            return _seen_from_here(folder / "catalogue")
    fail(
        say(
            "找不到规则库：用 --catalogue 指明 catalogue 文件夹，或设 HUIQI_CATALOGUE",
            "no catalogue found: name its folder with --catalogue or set HUIQI_CATALOGUE",
        )
    )


def _seen_from_here(folder: Path) -> Path:
    """A path as short as people write it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def catalogue_with(given: Path | None, path: Path | None) -> Path:
    """The catalogue folder that ``path`` is a part of, or that is a part of ``path``; else exit code 2."""
    if path is None:
        return catalogue_root(given)
    if not path.exists():
        fail(say(f"{path}: 没有这个路径", f"{path}: no such path"))
    around = (path.absolute(), *path.absolute().parents)
    found = next((folder for folder in around if (folder / _HEAD).is_file()), None)
    root = catalogue_root(given or (found and _seen_from_here(found)))
    one, other = root.resolve(), path.resolve()
    if not (one.is_relative_to(other) or other.is_relative_to(one)):
        fail(say(f"{path}: 不在规则库 {root} 里", f"{path}: no part of the catalogue {root}"))
    return root


def open_catalogue(given: Path | None) -> Catalogue:
    """The catalogue, or exit code 2 with its mistakes."""
    try:
        return load_catalogue(catalogue_root(given))
    except CatalogueError as error:
        fail_all(error.diagnostics)


def calendar_folder(root: Path) -> Path:
    """Where a catalogue keeps the working days."""
    return root / "calendars"


def open_calendar(given: Path | None) -> WorkCalendar:
    """The working days of the catalogue, or exit code 2 with what is wrong with them."""
    try:
        return load_calendar(calendar_folder(catalogue_root(given)))
    except CalendarError as error:
        fail(error)


def open_procedures(given: Path | None) -> tuple[Definition, ...]:
    """Every version of every procedure of the catalogue, or exit code 2 with their mistakes."""
    try:
        return list_procedures(catalogue_root(given))
    except ProcedureError as error:
        fail_all(error.diagnostics)


def find_procedure(given: Path | None, name: str, day: date) -> Definition:
    """The version of a procedure (its id or its name) in force on a day, or exit code 2 with the nearest."""
    known = open_procedures(given)
    fitting = [one for one in known if name in (one.id, one.name)]
    if not fitting:
        right = nearest(name, [word for one in known for word in (one.id, one.name)])
        ids = "、".join(dict.fromkeys(one.id for one in known))
        hint = (
            say(f"，是不是“{right}”", f"; did you mean {right!r}?")
            if right
            else say(f"，有：{ids}", f": {ids}")
        )
        fail(say(f"没有“{name}”这个程序{hint}", f"no such procedure: {name}{hint}"))
    found = next((one for one in fitting if one.in_force(day)), None)
    if found is None:
        since = min(one.since for one in fitting)
        fail(
            say(
                f"“{name}”在 {day} 没有施行，最早自 {since} 起",
                f"{name} is not in force on {day}, first {since}",
            )
        )
    return found


def open_facts(path: Path, catalogue: Catalogue) -> Facts:
    """The facts of an enterprise from a file, or exit code 2 with what is wrong with it."""
    facts, wrong = read_enterprise(path, catalogue)
    if wrong:
        fail_all(wrong)
    return facts


def read_enterprise(path: Path, catalogue: Catalogue) -> tuple[Facts, list[Diagnostic]]:
    """The facts of an enterprise from a file, and what is wrong with it, in the order of the lines."""
    source = read_file(path)
    if source.root is None:
        return Facts(), list(source.diagnostics)
    facts, wrong = read_facts(source.root, catalogue.vocabulary, catalogue.known_region)
    # the reader of the text and the reader of the values may stumble over the same place: say it once
    by_place = {(one.line, one.column): one for one in (*wrong, *source.diagnostics)}
    return facts, [by_place[place] for place in sorted(by_place)]


def fail_unknown_benefit(name: str, known: Iterable[str]) -> NoReturn:
    """End with exit code 2 because no benefit has this id, naming the nearest one."""
    right = nearest(name, known)
    hint = say(f"（是不是“{right}”？）", f" (did you mean {right}?)") if right else ""
    fail(say(f"没有标识为“{name}”的事项{hint}", f"no benefit with the id {name}{hint}"))


class Port(click.ParamType[int]):
    """A port to listen on, 0 to 65535."""

    name = "port"

    def convert(self, value: Anything, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The port, or a clear complaint."""
        text = str(value)
        if text.isascii() and text.isdecimal() and int(text) <= _LAST_PORT:
            return int(text)
        fail(
            say(
                f"“{value}”不是端口：端口是 0 到 {_LAST_PORT} 的整数",
                f"{value!r} is not a port: a port is a whole number from 0 to {_LAST_PORT}",
            )
        )


class Day(click.ParamType[date]):
    """A day written 2024-05-01."""

    name = "date"

    def convert(self, value: Anything, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a clear complaint."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            fail(
                say(
                    f"“{value}”不是日期：日期写成 2024-05-01",
                    f"{value!r} is not a date: write it as 2024-05-01",
                )
            )


day_option = option(
    "--on",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="问哪一天（缺省今天）",
    en="the day that is asked about (default today)",
)
"""The day on which commands judge benefits."""
