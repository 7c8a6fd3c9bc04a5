"""``huiqi due``: when a period ends, with every day on the way explained."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import click

from huiqi.cli.inputs import fail, open_calendar, print_json
from huiqi.cli.periods import ics_option, moment, pause, pause_option, save_ics, tell
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.clocks import GENERAL, Extension, PeriodError, Unit, due
from huiqi.entitlements.answer import today

NO_DAY = 1
_LENGTH = re.compile(r"([0-9]{1,6})\s*(\D+)")
_SHORT = {
    "wd": Unit.WORKING_DAY,
    "d": Unit.DAY,
    "m": Unit.MONTH,
    "y": Unit.YEAR,
    "h": Unit.HOUR,
    "min": Unit.MINUTE,
}
"""Units for those who type no Chinese."""


@click.command(
    name="due",
    cls=WordedCommand,
    help=say(
        "算一个期限到哪天：工作日按国务院办公厅的放假通知，起算和最后一天按民法典，逐日说明算不算、为什么。"
        "长度写成 10工作日、30日、6个月、2年、90分钟。还没有放假通知的年份只是推定，会写明。"
        "算得出到期日退出码 0；中止没有结束，退出码 1。",
        "Work out when a period ends: working days by the official notices, start and last day by the Civil"
        " Code, and for every day whether it counts and why. Write LENGTH as 10wd (working days), 30d, 6m,"
        " 2y, 3h or 90min, or in Chinese. A year without a notice is provisional, and the answer says so."
        " Exit code 0 when there is a last day, 1 while a pause goes on.",
    ),
    short_help=say("算期限到哪天，逐日说明", "when a period ends, day by day"),
)
@click.argument("length", metavar=say("长度", "LENGTH"))
@option(
    "--from",
    "start",
    metavar=say("日期", "DATE"),
    zh="从哪一天的事起算，如收到申请那天；按分钟、小时的要写到几点几分：2025-09-29T10:30（缺省今天）",
    en="the day of what starts it, such as receipt; minutes and hours need a time: 2025-09-29T10:30"
    " (default today)",
)
@pause_option("中止")
@option(
    "--extend",
    "extensions",
    multiple=True,
    metavar=say("长度", "LENGTH"),
    zh="延长多少，如 30日",
    en="an extension, such as 30d",
)
@option("--no-roll", is_flag=True, zh="最后一天休息也不顺延", en="the last day stays on a day of rest")
@option("--at-close", is_flag=True, zh="最后一天到下班为止", en="the last day ends when business stops")
@ics_option
@option(
    "--title", default="期限", metavar=say("名称", "TITLE"), zh="日历里的名称", en="title in the calendar"
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def due_command(
    root: Path | None,
    length: str,
    start: str | None,
    pauses: tuple[str, ...],
    extensions: tuple[str, ...],
    no_roll: bool,
    at_close: bool,
    ics: Path | None,
    title: str,
    as_json: bool,
) -> None:
    """Answer one period."""
    calendar = open_calendar(root)
    number, unit = _length(length)
    rule = replace(GENERAL, rolls=not no_roll, ends_at_close=at_close)
    try:
        found = due(
            moment(start) if start else today(),
            number,
            unit,
            calendar=calendar,
            pauses=[pause(each) for each in pauses],
            extensions=[Extension(*_length(each)) for each in extensions],
            rule=rule,
        )
        if ics is not None:
            save_ics(found, title, ics)
    except PeriodError as error:
        fail(error)
    if as_json:
        print_json(found.as_data())
    else:
        tell(found)
    sys.exit(0 if found.day else NO_DAY)


def _length(text: str) -> tuple[int, Unit]:
    """A length as people write it: number and unit."""
    parts = _LENGTH.fullmatch(text.strip())
    if parts is None:
        fail(
            say(
                f"“{text}”不是期限：写成 10工作日、30日、6个月、2年、90分钟",
                f"{text!r} is not a length: write it as 10wd (working days), 30d, 6m, 2y, 3h or 90min",
            )
        )
    try:
        return int(parts[1]), _SHORT.get(parts[2].lower()) or Unit.named(parts[2])
    except PeriodError as error:
        fail(error)
