"""``huiqi coverage``: which clauses of the library are in the system as what, and which are not yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import open_catalogue, print_json
from huiqi.cli.library import documents_of, knowledge_of, library_option, open_library
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.coverage import Account, Classed, account
from huiqi.grounding import cited, procedures_resting, resting_on, run_by
from huiqi.library.roles import Role


@click.command(
    cls=WordedCommand,
    help=say(
        "政策库里的每一条归在哪一类：事项、程序、责任、目标、定义、宣示、未编码，"
        "谁说的（规则文件、程序、复核），还列出没有编码的。全部编完退出码 0，还有未编码的 1。",
        "The class of every clause of the library (benefit, procedure, duty, target, definition, declaratory,"
        " not yet), who says so (a rule file, the extractor, a reviewer), and what is not coded yet. Exit"
        " code 0 when nothing is left, 1 otherwise.",
    ),
    short_help=say("哪些条款已经编码，哪些没有", "which clauses are coded, and which are not"),
)
@click.argument("document", required=False, metavar=say("[文件]", "[DOCUMENT]"))
@option("--all", "everything", is_flag=True, zh="逐条列出，不只列未编码的", en="list every clause")
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def coverage(
    root: Path | None, document: str | None, everything: bool, folder: Path | None, as_json: bool
) -> None:
    """Account for every clause."""
    catalogue = open_catalogue(root)
    knowledge = knowledge_of(root)
    with open_library(folder) as library:
        documents = documents_of(library, document)
    citations = cited(catalogue, documents)
    resting = procedures_resting(catalogue.root, documents)
    accounts = [
        account(
            each,
            knowledge,
            {clause: "、".join(ids) for clause, ids in resting_on(each, citations).items()},
            run_by(each, resting),
        )
        for each in documents
    ]
    if as_json:
        print_json([_as_json(one) for one in accounts])
    else:
        for one in accounts:
            _tell(one, everything or document is not None, everything)
        _sum(accounts)
    sys.exit(1 if any(each.not_yet for each in accounts) else 0)


def _as_json(one: Account) -> dict[str, Anything]:
    return {
        "id": one.document.id,
        "title": one.document.title,
        "number": one.document.number,
        "clauses": len(one.clauses),
        "counts": {role.value: count for role, count in one.counts.items()},
        "classes": [_classed(each) for each in one.clauses],
        "not_yet": [each.clause.cite for each in one.not_yet],
    }


def _classed(one: Classed) -> dict[str, str]:
    return {
        "cite": one.clause.cite,
        "clause": one.clause.id,
        "class": one.role.value,
        "by": one.who.value,
        "why": one.why,
    }


def _tell(one: Account, listed: bool, everything: bool) -> None:
    counts = "，".join(f"{role.value} {count}" for role, count in one.counts.items() if count)
    click.echo(f"《{one.document.title}》{len(one.clauses)} 条：{counts}")
    for each in one.clauses if everything else one.not_yet if listed else ():
        said = "" if each.role is Role.NOT_YET and not each.why else f"（{each.who.value}：{each.why}）"
        words = each.clause.heading or each.clause.body[:16]
        click.echo(f"  {each.role.value}\t{each.clause.cite}\t{words}{said}")


def _sum(accounts: list[Account]) -> None:
    total = sum(len(each.clauses) for each in accounts)
    counts = {role: sum(each.counts[role] for each in accounts) for role in Role}
    classes = "，".join(f"{role.value} {count}" for role, count in counts.items())
    click.echo(f"合计 {len(accounts)} 件、{total} 条：{classes}")
