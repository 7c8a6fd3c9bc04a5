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
from huiqi.cli.speech import say

BAD_INPUT = 2
_HEAD = "catalogue.yaml"


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
            root = folder / "catalogue"
            return root.relative_to(here) if root.is_relative_to(here) else root
    fail(
        say(
            "找不到规则库：用 --catalogue 指明 catalogue 文件夹，或设 HUIQI_CATALOGUE",
            "no catalogue found: name its folder with --catalogue or set HUIQI_CATALOGUE",
        )
    )


def open_catalogue(given: Path | None) -> Catalogue:
    """The catalogue, or exit code 2 with its mistakes."""
    try:
        return load_catalogue(catalogue_root(given))
    except CatalogueError as error:
        fail_all(error.diagnostics)


def open_facts(path: Path, catalogue: Catalogue) -> Facts:
    """The facts of an enterprise from a file, or exit code 2 with what is wrong with it."""
    source = read_file(path)
    if source.root is None:
        fail_all(source.diagnostics)
    facts, wrong = read_facts(source.root, catalogue.vocabulary, catalogue.known_region)
    # the reader of the text and the reader of the values may stumble over the same place: say it once
    by_place = {(one.line, one.column): one for one in (*wrong, *source.diagnostics)}
    if by_place:
        fail_all(by_place[place] for place in sorted(by_place))
    return facts


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
