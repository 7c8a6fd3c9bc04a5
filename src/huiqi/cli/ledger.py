"""``huiqi ledger``: the duties and targets of the library, by body and date, and as Excel."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import Day, fail, print_json
from huiqi.cli.library import documents_of, knowledge_of, library_option, open_library
from huiqi.cli.output import write_whole
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.library.ledger import Duty, Ledger, Target, as_excel, ledger_of, select


@click.command(
    cls=WordedCommand,
    help=say(
        "从政策库的条款里列出责任和目标：谁牵头、谁配合、什么时候完成、达到多少，每项给出条款地址。"
        "可以按单位、按日期筛选，存成 Excel。一项也没有，退出码 1。",
        "List the duties and targets that the clauses of the library state: who leads, who assists, by when,"
        " how much, each with its clause. By body, by date, and as Excel. Exit code 1 when there is none.",
    ),
    short_help=say("责任和目标的台账", "the ledger of duties and targets"),
)
@option("--body", metavar=say("单位", "BODY"), zh="只看这个单位的（名称的一部分）", en="only of this body")
@option("--since", type=Day(), metavar=say("日期", "DATE"), zh="这一天起到期的", en="due from this day on")
@option("--until", type=Day(), metavar=say("日期", "DATE"), zh="这一天或以前到期的", en="due by this day")
@option("--document", metavar=say("文件", "DOCUMENT"), zh="只看这件文件", en="only this document")
@option(
    "--excel",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("文件", "FILE"),
    zh="存成 Excel 工作簿",
    en="write an Excel workbook",
)
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def ledger(
    root: Path | None,
    body: str | None,
    since: date | None,
    until: date | None,
    document: str | None,
    excel: Path | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List what is due from whom."""
    if since and until and since > until:
        fail(say(f"--since {since} 晚于 --until {until}", f"--since {since} is after --until {until}"))
    knowledge = knowledge_of(root)
    with open_library(folder) as library:
        documents = documents_of(library, document)
    ledgers = select(
        [ledger_of(each, knowledge.bodies) for each in documents], body=body, since=since, until=until
    )
    if excel is not None:
        write_whole(excel, as_excel(ledgers))
    if as_json:
        print_json([_as_json(each) for each in ledgers])
    else:
        _tell(ledgers, excel)
    sys.exit(0 if ledgers else 1)


def _as_json(one: Ledger) -> dict[str, Anything]:
    return {
        "document": one.document.id,
        "title": one.document.title,
        "duties": [_duty(each) for each in one.duties],
        "targets": [_target(each) for each in one.targets],
    }


def _duty(duty: Duty) -> dict[str, Anything]:
    return {
        "cite": duty.cite,
        "clause": duty.clause,
        "matter": duty.matter,
        "bodies": [
            {"name": each.name, "role": each.role.value, "as_printed": each.as_printed, "known": each.known}
            for each in duty.bodies
        ],
        "deadlines": [
            {"words": each.words, "kind": each.kind.value, "day": each.day.isoformat() if each.day else None}
            for each in duty.deadlines
        ],
    }


def _target(target: Target) -> dict[str, Anything]:
    return {
        "cite": target.cite,
        "clause": target.clause,
        "subject": target.subject,
        "comparator": target.comparator.value,
        "low": str(target.low),
        "high": str(target.high),
        "unit": target.unit,
        "words": target.words,
        "by": target.by.day.isoformat() if target.by and target.by.day else None,
    }


def _tell(ledgers: tuple[Ledger, ...], excel: Path | None) -> None:
    for one in ledgers:
        click.echo(f"《{one.document.title}》")
        for duty in one.duties:
            bodies = "；".join(f"{each.role.value} {each.name}" for each in duty.bodies)
            due = f"（{'；'.join(each.words for each in duty.deadlines)}）" if duty.deadlines else ""
            click.echo(f"  责任 {duty.cite} {duty.matter}{due}")
            if bodies:
                click.echo(f"       {bodies}")
        for target in one.targets:
            due = f"，{target.by.words}" if target.by else ""
            click.echo(f"  目标 {target.cite} {target.subject}：{target.words}{due}")
    duties = sum(len(one.duties) for one in ledgers)
    targets = sum(len(one.targets) for one in ledgers)
    click.echo(f"共 {len(ledgers)} 件文件，责任 {duties} 项，目标 {targets} 项")
    if excel is not None:
        click.echo(f"已存为 {excel}")
