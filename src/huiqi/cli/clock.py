"""``huiqi clock``: when a clock of a procedure runs out, with every day on the way explained."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from huiqi.cli.inputs import Day, fail, find_procedure, open_calendar, print_json
from huiqi.cli.periods import ics_option, moment, pause, pause_option, save_ics, tell
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.clocks import PeriodError
from huiqi.clocks.period import day_of
from huiqi.entitlements.answer import today
from huiqi.procedures import clock

NO_DAY = 1


@click.command(
    name="clock",
    cls=WordedCommand,
    help=say(
        "算一个办事程序的期限到哪天：长度、单位、顺不顺延照程序写的，逐日说明算不算、为什么。"
        "有几版的，按起算那天施行的一版，或 --on 那天的。算得出到期日退出码 0；中止没有结束，退出码 1。",
        "Work out when a clock of a procedure runs out: length, unit and counting as the procedure has them,"
        " every day explained. Of several versions the one in force on the start day counts, or on the day"
        " of --on. Exit code 0 when there is a last day, 1 while a pause goes on.",
    ),
    short_help=say("算一个程序的期限到哪天", "when a clock of a procedure runs out"),
)
@click.argument("name", metavar=say("程序", "PROCEDURE"))
@click.argument("which", metavar=say("期限", "CLOCK"))
@option(
    "--start",
    metavar=say("日期", "DATE"),
    zh="起算的事发生在哪天；按分钟的要写到几点几分：2025-09-29T10:30（缺省今天）",
    en="the day of what starts it; minutes need a time: 2025-09-29T10:30 (default today)",
)
@pause_option("不计入")
@option(
    "--on",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="按哪一天施行的一版（缺省起算那天）",
    en="the version in force on this day (default: the start day)",
)
@ics_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def clock_command(
    root: Path | None,
    name: str,
    which: str,
    start: str | None,
    pauses: tuple[str, ...],
    on: date | None,
    ics: Path | None,
    as_json: bool,
) -> None:
    """Answer one clock."""
    begin = moment(start) if start else today()
    spans = [pause(each) for each in pauses]
    definition = find_procedure(root, name, on or _day(begin))
    try:
        found = clock(definition, which, begin, spans, calendar=open_calendar(root))
        if ics is not None:
            save_ics(found, f"{definition.name}：{which}", ics)
    except (PeriodError, ValueError) as error:
        fail(error)
    if as_json:
        print_json(found.as_data())
    else:
        found_clock = definition.clocks[which]
        click.echo(f"{definition.name}「{which}」（{found_clock.cite}）")
        tell(found)
    sys.exit(0 if found.day else NO_DAY)


def _day(begin: date) -> date:
    try:
        return day_of(begin)
    except (OverflowError, ValueError) as error:
        fail(error)
