"""What commands over a table of enterprises share: how it is read, benefits and groups, the progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from typing import Any as Anything

import click

from huiqi.catalogue.load import Catalogue
from huiqi.cli.inputs import fail, fail_unknown_benefit
from huiqi.cli.speech import option, say
from huiqi.language.types import Kind

if TYPE_CHECKING:
    from huiqi.tables import Chunk, Table

Command = TypeVar("Command", bound=Callable[..., Anything])


id_option = option(
    "--id",
    "id_column",
    metavar=say("列", "COLUMN"),
    zh="哪一列是企业的编号（缺省依次找 编号、统一社会信用代码、企业名称）",
    en="the column that names the enterprises (default: a number, a code or a name)",
)
ignore_option = option(
    "--ignore",
    multiple=True,
    metavar=say("列", "COLUMN"),
    zh="不看这一列（可写几次；以 _ 开头的列本来就不看）",
    en="leave this column aside (may be given several times; so are those that start with _)",
)


def table_options(command: Command) -> Command:
    """The options that say how a table is to be read."""
    for add in (
        option(
            "--rows",
            type=click.IntRange(min=1),
            metavar=say("行数", "N"),
            zh="每批算多少家（缺省 50000）：少则省内存，多则快",
            en="how many enterprises at once (default 50000): fewer need less memory, more are faster",
        ),
        option(
            "--items",
            multiple=True,
            metavar=say("集合=文件", "COLLECTION=FILE"),
            zh="集合的附表，如 招用人员=staff.csv（可写几次）",
            en="a side table with the items of a collection (may be given several times)",
        ),
        ignore_option,
        id_option,
    ):
        command = add(command)
    return command


def open_enterprises(
    source: str,
    catalogue: Catalogue,
    id_column: str | None,
    ignore: Sequence[str],
    items: Sequence[str],
    rows: int | None,
) -> Table:
    """A table of enterprises, or exit code 2 with what is wrong with it."""
    from huiqi.tables import ROWS, TableError, open_table

    sides: dict[str, Path | str] = {}
    for one in items:
        name, found, path = one.partition("=")
        if not found or not path:
            fail(
                say(
                    f"--items 写成 集合=文件，如 招用人员=staff.csv；写的是“{one}”",
                    f"write --items as COLLECTION=FILE, not {one!r}",
                )
            )
        sides[name] = path
    try:
        return open_table(
            source,
            catalogue.vocabulary,
            known_region=catalogue.known_region,
            id_column=id_column,
            ignore=ignore,
            items=sides,
            rows=rows or ROWS,
        )
    except TableError as problem:
        fail(problem)


def known_benefits(asked: Sequence[str], catalogue: Catalogue) -> tuple[str, ...] | None:
    """The benefits asked for in the order of the rule book, all when none is, or exit code 2."""
    for one in asked:
        if one not in catalogue.benefits:
            fail_unknown_benefit(one, catalogue.benefits)
    return tuple(one for one in catalogue.benefits if one in asked) or None


def known_groups(asked: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The facts to group by, the catalogue's region when none is asked for, or exit code 2."""
    for one in asked:
        fact = catalogue.vocabulary.get(one)
        if fact is None or fact.type.kind is not Kind.CHOICE:
            options = [name for name, fact in catalogue.vocabulary.items() if fact.type.kind is Kind.CHOICE]
            fail(
                say(
                    f"不能按“{one}”分组：要选项类的事实，有 {'、'.join(options)}",
                    f"cannot group by {one}: take a fact with options, one of {', '.join(options)}",
                )
            )
    return tuple(asked) or catalogue.groups[:1]


@contextmanager
def showing_progress(rows: int | None) -> Iterator[Callable[[Chunk], object]]:
    """A bar on the terminal that grows with every chunk; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda chunk: None
        return
    label = say("已算", "done")
    if rows is None:
        yield lambda chunk: click.echo(f"\r{label} {chunk.first + chunk.rows - 1}", nl=False, err=True)
        click.echo(err=True)
        return
    with click.progressbar(length=rows, label=label, file=sys.stderr) as bar:
        yield lambda chunk: bar.update(chunk.rows)
