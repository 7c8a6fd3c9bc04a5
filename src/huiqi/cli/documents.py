"""``huiqi documents``: what is in the library, and one document as text, JSON or Akoma Ntoso."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import Day, fail, print_json
from huiqi.cli.library import document_called, library_option, open_library
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.answer import today
from huiqi.library.export import as_akn, document_json, unwritable
from huiqi.library.model import Clause
from huiqi.library.store import DocumentInfo, DocumentState, Library


@click.command(
    cls=WordedCommand,
    help=say(
        "列出政策库里的文件：文号、机关、日期、级别、时效。写上标识、文号或标题，就看一件的条款；"
        "--json 给全部内容，--akn 给 Akoma Ntoso XML。",
        "List the documents of the library with number, issuers, dates, level and state. With an id, number"
        " or title, the clauses of one; --json gives everything, --akn Akoma Ntoso XML.",
    ),
    short_help=say("政策库里的文件", "the documents of the library"),
)
@click.argument("name", required=False, metavar=say("[文件]", "[DOCUMENT]"))
@option(
    "--on",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="时效按哪一天（缺省今天）",
    en="the day of the state (default today)",
)
@option("--akn", is_flag=True, zh="给出 Akoma Ntoso XML", en="give Akoma Ntoso XML")
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
def documents(name: str | None, on: date | None, akn: bool, folder: Path | None, as_json: bool) -> None:
    """List all, or show one."""
    with open_library(folder) as library:
        day = on or today()
        if name is None:
            if akn:
                fail(say("--akn 要说是哪一件文件", "--akn needs a document"))
            _list(library, day, as_json)
            return
        document = library.document(document_called(library, name).id)
        assert document is not None
        if akn:
            for loss in unwritable(document):
                click.echo(loss.what, err=True)
            click.echo(as_akn(document).decode("utf-8"), nl=False)
        elif as_json:
            losses = [each for each in library.losses() if each.document == document.id]
            remarks = [each for each in library.remarks() if each.document == document.id]
            print_json(document_json(document, losses=losses, remarks=remarks))
        else:
            for division in document.clauses:
                _show(division, 0)


def _list(library: Library, day: date, as_json: bool) -> None:
    infos = library.documents()
    states = library.states(day)
    if as_json:
        print_json([_as_json(info, states[info.id], day) for info in infos])
        return
    for info in infos:
        state = states[info.id]
        number = info.number or "无文号"
        issued = info.issued.isoformat() if info.issued else "未载明日期"
        click.echo(f"{info.level.value}\t{number}\t{issued}\t{state.state}\t{info.clauses}条\t{info.title}")


def _as_json(info: DocumentInfo, state: DocumentState, day: date) -> dict[str, Anything]:
    def iso(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "id": info.id,
        "title": info.title,
        "number": info.number,
        "issuers": list(info.issuers),
        "issued": iso(info.issued),
        "effective": iso(info.effective.day) if info.effective else None,
        "expires": iso(info.expires.day) if info.expires else None,
        "level": info.level.value,
        "region": info.region or None,
        "clauses": info.clauses,
        "within": info.within or None,
        "section": info.section or None,
        "source": info.source,
        "state": {"on": day.isoformat(), "state": state.state.value, "words": state.words},
    }


def _show(clause: Clause, depth: int) -> None:
    indent = "  " * depth
    if clause.text:
        address = f"［{clause.cite}］" if clause.kind.is_text else ""
        click.echo(f"{indent}{address}{clause.text.strip()}")
    else:
        click.echo(f"{indent}── {clause.cite} ──")
    for child in clause.children:
        _show(child, depth + 1)
