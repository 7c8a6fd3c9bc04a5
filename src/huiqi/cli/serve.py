"""``huiqi serve``: the portal on an embedded database."""

from __future__ import annotations

from pathlib import Path

import click

from huiqi.cli.inputs import catalogue_root, fail
from huiqi.cli.speech import WordedCommand, option, say


@click.command(
    cls=WordedCommand,
    help=say(
        "启动门户：自带数据库，装好就能用，并显示网址。",
        "Start the portal on an embedded database, ready to use, and print its address.",
    ),
    short_help=say("启动门户", "start the portal"),
)
@option("--host", default="127.0.0.1", show_default=True, zh="监听的地址", en="address to listen on")
@option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    zh="监听的端口（0 是任选一个）",
    en="port to listen on (0 picks a free one)",
)
@option(
    "--data",
    "data_dir",
    default=Path("var"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    zh="数据库放在哪个文件夹",
    en="folder for the database",
)
@click.pass_obj
def serve(root: Path | None, host: str, port: int, data_dir: Path) -> None:
    """Run until interrupted."""
    from huiqi.portal.serve import run  # Django is loaded only where it is needed

    try:
        run(catalogue_root(root).resolve(), host, port, data_dir)
    except OSError as error:
        fail(say(f"启动不了：{error.strerror or error}", f"cannot start: {error.strerror or error}"))
