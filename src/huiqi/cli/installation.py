"""The installation that commands on accounts and cases work on: where its data is, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import catalogue_root, fail, fail_all
from huiqi.cli.speech import option, say


def data_option(command: Anything) -> Anything:
    """The option that says where the database is, as for ``huiqi serve``."""
    return option(
        "--data",
        "data_dir",
        default=Path("var"),
        type=click.Path(path_type=Path),
        metavar=say("文件夹", "FOLDER"),
        zh="数据库在哪个文件夹（缺省 var，与 huiqi serve 一样）",
        en="folder of the database (default var, as for huiqi serve)",
    )(command)


def open_installation(given: Path | None, data_dir: Path) -> Path:
    """Make the database ready and return the catalogue's folder; exit code 2 when something is wrong."""
    root = catalogue_root(given).resolve()

    from huiqi.portal.serve import open_store  # Django is loaded only where it is needed

    try:
        open_store(root, data_dir)
    except OSError as error:
        fail(say(f"打不开 {data_dir}：{error.strerror}", f"cannot open {data_dir}: {error.strerror}"))
    except ValueError as error:  # the address of the database
        fail(error)
    except Exception as error:
        from django.db import DatabaseError

        if not isinstance(error, DatabaseError):
            raise
        words = str(error).strip().splitlines()[0]
        fail(say(f"连不上数据库：{words}", f"the database cannot be used: {words}"))

    from huiqi.casework import book
    from huiqi.procedures import ProcedureError

    try:
        book.procedures()
    except ProcedureError as error:
        fail_all(error.diagnostics)
    return root
