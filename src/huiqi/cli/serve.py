"""``huiqi serve``: the portal on an embedded database."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from huiqi.catalogue.load import CatalogueError
from huiqi.cli.inputs import Port, catalogue_root, fail, fail_all
from huiqi.cli.library import library_option
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.clocks import CalendarError
from huiqi.procedures import ProcedureError


@click.command(
    cls=WordedCommand,
    help=say(
        "启动门户：自带数据库，装好就能用，并显示网址。",
        "Start the portal on an embedded database, ready to use, and print its address.",
    ),
    short_help=say("启动门户", "start the portal"),
)
@option(
    "--host",
    default="127.0.0.1",
    metavar=say("地址", "ADDRESS"),
    zh="监听的地址（缺省 127.0.0.1，只有本机能看）",
    en="address to listen on (default 127.0.0.1: this machine only)",
)
@option(
    "--port",
    default=8000,
    type=Port(),
    metavar=say("端口", "PORT"),
    zh="监听的端口（缺省 8000；0 是任选一个）",
    en="port to listen on (default 8000; 0 picks a free one)",
)
@option(
    "--data",
    "data_dir",
    default=Path("var"),
    type=click.Path(path_type=Path),
    metavar=say("文件夹", "FOLDER"),
    zh="数据库放在哪个文件夹（缺省 var）",
    en="folder for the database (default var)",
)
@library_option
@click.pass_obj
def serve(root: Path | None, host: str, port: int, data_dir: Path, folder: Path | None) -> None:
    """Run until interrupted."""
    from huiqi.portal.serve import run  # Django is loaded only where it is needed

    try:
        socket.getaddrinfo(host, port)
    except (OSError, UnicodeError):
        fail(say(f"没有 {host} 这个地址", f"no such address: {host}"))
    try:
        run(catalogue_root(root).resolve(), host, port, data_dir, folder)
    except (CatalogueError, ProcedureError) as error:
        fail_all(error.diagnostics)
    except CalendarError as error:
        fail(error)
    except OSError as error:
        fail(say(f"启动不了：{error.strerror or error}", f"cannot start: {error.strerror or error}"))
