"""Periods on the command line: days and pauses as people write them, and due dates explained day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import fail
from huiqi.cli.speech import option, say
from huiqi.clocks import BEIJING, CountedDay, Due, Pause, as_ics


def pause_option(kind: str) -> Callable[[Anything], Anything]:
    """The option for times that do not count, called ``kind`` in Chinese."""
    return option(
        "--pause",
        "pauses",
        multiple=True,
        metavar=say("起..止", "A..B"),
        zh=f"{kind}的一段，如 2025-03-04..2025-03-14；没有恢复的写 2025-03-04..",
        en="a time that does not count, such as 2025-03-04..2025-03-14; 2025-03-04.. while it goes on",
    )


def ics_option(command: Anything) -> Anything:
    """The option to write the due date for calendars."""
    return option(
        "--ics",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=say("文件", "FILE"),
        zh="存成日历能导入的文件",
        en="write a file for calendars",
    )(command)


def moment(text: str) -> date | datetime:
    """A day, or a moment; one without a time zone is Beijing time."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        fail(
            say(
                f"“{text}”不是日期：写成 2025-09-29，要时刻的写成 2025-09-29T10:30",
                f"{text!r} is not a date: write 2025-09-29, or with a time 2025-09-29T10:30",
            )
        )
    return when if when.tzinfo else when.replace(tzinfo=BEIJING)


def pause(text: str) -> Pause:
    """A pause written A..B, or A.. while it goes on."""
    start, dots, end = text.partition("..")
    if not dots or not start.strip():
        fail(
            say(
                f"“{text}”不是一段日子：写成 2025-03-04..2025-03-14，没有恢复的写 2025-03-04..",
                f"{text!r} is not a span: write 2025-03-04..2025-03-14, or 2025-03-04.. while it goes on",
            )
        )
    return Pause(moment(start), moment(end) if end.strip() else None)


def tell(found: Due) -> None:
    """A due date for people: the sentence, then the days, those on end with one reason in one line."""
    click.echo(found.words)
    for first, last in _spans(found.days):
        until = "" if first.day == last.day else f" 至 {last.day}"
        numbers = "" if first.number is None else _numbers(first, last)
        click.echo(f"  {first.day}{until}\t{numbers}\t{first.why}")


def _numbers(first: CountedDay, last: CountedDay) -> str:
    return f"第 {first.number}" + ("" if first.number == last.number else f" 至 {last.number}")


def _spans(days: tuple[CountedDay, ...]) -> list[tuple[CountedDay, CountedDay]]:
    """Days on end with one reason, as first and last."""
    spans: list[tuple[CountedDay, CountedDay]] = []
    for each in days:
        if spans and (spans[-1][1].why, spans[-1][1].counted) == (each.why, each.counted):
            spans[-1] = (spans[-1][0], each)
        else:
            spans.append((each, each))
    return spans


def save_ics(found: Due, title: str, path: Path) -> None:
    """Write a due date into a file for calendars, or end with exit code 2."""
    try:
        path.write_bytes(as_ics(found, title))
    except OSError as error:
        fail(say(f"{path}：写不了（{error.strerror}）", f"{path}: cannot be written ({error.strerror})"))
