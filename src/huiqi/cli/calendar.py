"""``huiqi calendar``: taking in a year's holiday notice."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huiqi.cli.inputs import calendar_folder, fail
from huiqi.cli.installation import data_option, open_installation
from huiqi.cli.output import write_whole
from huiqi.cli.speech import WordedCommand, WordedGroup, option, say
from huiqi.clocks import CalendarError, WorkCalendar, load_calendar

if TYPE_CHECKING:
    from huiqi.casework.upkeep import Moved

_YEAR = re.compile(r"^年份:\s*['\"]?([0-9]{4})['\"]?\s*$", re.MULTILINE)


@click.group(
    cls=WordedGroup,
    help=say("放假安排：哪天上班，哪天休息。", "The working days, as each year's holiday notice sets them."),
    short_help=say("放假安排：收进一年的通知", "calendar: take in a year's notice"),
)
def calendar() -> None:
    """The working days."""


@calendar.command(
    cls=WordedCommand,
    help=say(
        "收进一年的放假安排：检查文件，放进规则库，重新计算没有办完的案件，列出变了的日子。"
        "文件照 calendars 里往年的样子写。有错就指出在哪一行，什么也不变。",
        "Take in a year's holiday notice: check the file, put it into the catalogue, work out every open case"
        " anew and list the due dates that moved. The file looks like those of earlier years. When it is"
        " wrong, the line is named and nothing changes.",
    ),
    short_help=say("收进一年的放假安排", "take in a year's notice"),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=say("文件", "FILE"))
@option(
    "--dry-run", is_flag=True, zh="只列出会变的日子，什么也不改", en="list what would move, change nothing"
)
@data_option
@click.pass_obj
def enter(root: Path | None, file: Path, dry_run: bool, data_dir: Path) -> None:
    """Check, copy, recompute, list."""
    content = _content(file)
    folder = calendar_folder(open_installation(root, data_dir))
    name = f"{_year(file, content)}.yaml"
    before, after = _calendars(folder, file, name, content)

    from huiqi.casework.upkeep import recompute, would_move

    notice = after.years[int(name[:4])].notices[-1].number
    try:
        moved = would_move(before, after)  # whatever cannot be worked out is found before anything changes
    except LookupError as error:
        fail(error.args[0])
    if not dry_run:
        write_whole(folder / name, content)
        moved = recompute(before, after, notice)
    _tell(moved)
    if dry_run:
        click.echo(say("这是试算，什么也没有改", "this was a trial; nothing was changed"))
        return
    click.echo(say(f"已收进 {folder / name}（{notice}）", f"taken in as {folder / name} ({notice})"))
    click.echo(
        say(
            "正在运行的门户：办案马上用新的安排，公众页面重新启动以后才用",
            "a portal that is running uses it for cases at once, on its public pages once it is restarted",
        )
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(say(f"{file}: 读不了（{error.strerror}）", f"{file}: cannot be read ({error.strerror})"))


def _year(file: Path, content: bytes) -> str:
    """The year that a file is for: as it says itself, or as its name does."""
    found = _YEAR.search(content.decode("utf-8", "replace"))
    year = found[1] if found else file.stem
    if not re.fullmatch(r"[0-9]{4}", year):
        fail(say(f"{file}:1: 错误: 没有写“年份”", f"{file}:1: error: the file does not say its year"))
    return year


def _calendars(folder: Path, file: Path, name: str, content: bytes) -> tuple[WorkCalendar, WorkCalendar]:
    """The calendar as it is and as it would be; exit code 2 with file and line when that is none."""
    with tempfile.TemporaryDirectory(prefix="huiqi-calendar-") as made:
        copy = Path(made)
        for each in folder.glob("*.yaml"):
            shutil.copy(each, copy)
        (copy / name).write_bytes(content)
        try:
            return load_calendar(folder), load_calendar(copy)
        except CalendarError as error:
            own = error.path == copy / name
            where = f"{file}:{error.line}" if own else f"{folder / error.path.name}:{error.line}"
            fail(say(f"{where}: 错误: {error.message}", f"{where}: error: {error.message}"))


def _tell(moved: list[Moved]) -> None:
    nothing = say("没有", "none")
    for one in moved:
        click.echo(f"{one.case}\t{one.clock}\t{one.was or nothing} → {one.now or nothing}")
    click.echo(say(f"变了的日子 {len(moved)} 个", f"due dates that move: {len(moved)}"))
