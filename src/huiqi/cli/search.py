"""``huiqi search``: the clauses nearest to a question in everyday words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import Day, fail, print_json
from huiqi.cli.library import document_called, knowledge_of, library_option, open_library
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.answer import today
from huiqi.library.model import Level
from huiqi.library.roles import Role
from huiqi.library.search import Found, Hit, search
from huiqi.library.store import State

_LEVELS = [level.value for level in Level if level is not Level.UNKNOWN]
_ROLES = [role.value for role in Role]
_STATES = [state.value for state in State]


@click.command(
    name="search",
    cls=WordedCommand,
    help=say(
        "用大白话找条款，每条给出文件、地址、级别、时效和原文；没有确切的，给最相近的并说明。"
        "--queries 给一个每行一问的文件，逐行输出 JSON。有结果退出码 0，没有 1。",
        "Find clauses by a question in everyday words, each with document, address, level, state, passage."
        " Where nothing answers, the nearest clauses are given as such. --queries takes a file with a"
        " question a line and gives JSON lines. Exit code 0 when something was found, 1 when not.",
    ),
    short_help=say("用大白话找条款", "find clauses by a question"),
)
@click.argument("query", required=False, metavar=say("[问题]", "[QUERY]"))
@option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar=say("文件", "FILE"),
    zh='每行一问：一句话，或 {"query": …} 这样的 JSON',
    en='a question a line: plain, or JSON such as {"query": ...}',
)
@option(
    "--level",
    type=click.Choice(_LEVELS),
    metavar=say("级别", "LEVEL"),
    zh=f"只找这一级的文件：{'、'.join(_LEVELS)}",
    en="only documents of this level",
)
@option("--region", metavar=say("区划代码", "CODE"), zh="只找在这里适用的", en="only what applies there")
@option(
    "--on",
    type=Day(),
    metavar=say("日期", "DATE"),
    zh="时效按哪一天（缺省今天）",
    en="the day of the state (default today)",
)
@option(
    "--state",
    "states",
    type=click.Choice(_STATES),
    multiple=True,
    metavar=say("时效", "STATE"),
    zh=f"只找这种时效的：{'、'.join(_STATES)}",
    en="only in this state",
)
@option("--document", metavar=say("文件", "DOCUMENT"), zh="只在这件文件里找", en="only in this document")
@option("--department", metavar=say("部门", "BODY"), zh="只找这个部门的", en="only of this body")
@option(
    "--kind",
    type=click.Choice(_ROLES),
    metavar=say("类", "KIND"),
    zh=f"只找这一类条款：{'、'.join(_ROLES)}",
    en="only clauses of this kind",
)
@option(
    "--limit",
    type=click.IntRange(1, 100),
    default=10,
    metavar=say("条数", "COUNT"),
    zh="最多几条（缺省 10）",
    en="at most so many (default 10)",
)
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def search_command(
    root: Path | None,
    query: str | None,
    queries: Path | None,
    level: str | None,
    region: str | None,
    on: date | None,
    states: tuple[str, ...],
    document: str | None,
    department: str | None,
    kind: str | None,
    limit: int,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Answer one question, or each of a file."""
    if (query is None) == (queries is None):
        fail(say("写一个问题，或用 --queries 给一个文件", "give a question, or a file with --queries"))
    synonyms = knowledge_of(root).synonyms
    day = on or today()
    with open_library(folder) as library:
        within = document_called(library, document).id if document else None

        def ask(question: str) -> Found:
            return search(
                library,
                question,
                level=Level(level) if level else None,
                region=region,
                on=day,
                states=[State(each) for each in states],
                document=within,
                department=department,
                role=kind,
                limit=limit,
                synonyms=synonyms,
            )

        if queries is not None:
            for line in list(_questions(queries)):
                click.echo(json.dumps(_as_json(ask(line["query"]), line), ensure_ascii=False))
            return
        assert query is not None
        found = ask(query)
    if as_json:
        print_json(_as_json(found, {"query": query}))
    else:
        _tell(found)
    sys.exit(0 if found.hits else 1)


def _questions(path: Path) -> Iterator[dict[str, Anything]]:
    """The questions of a file, each with whatever else its line says."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "不是 UTF-8"
        fail(say(f"{path}：读不了（{reason}）", f"{path}: cannot be read ({reason})"))
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        given: Anything = line.strip()
        if given.startswith(("{", '"')):
            try:
                given = json.loads(given)
            except json.JSONDecodeError:
                fail(say(f"{path}:{number}：不是正确的 JSON", f"{path}:{number}: not proper JSON"))
        if isinstance(given, str):
            given = {"query": given}
        question = given.get("query", given.get("q")) if isinstance(given, dict) else None
        if not isinstance(question, str):
            fail(say(f'{path}:{number}：缺少 "query"', f'{path}:{number}: "query" is missing'))
        yield {**given, "query": question}


def _as_json(found: Found, line: dict[str, Anything]) -> dict[str, Anything]:
    return {
        **({"id": line["id"]} if "id" in line else {}),
        "query": found.question,
        "answered": found.answered,
        "label": found.label,
        "results": [_hit(hit) for hit in found.hits],
        "said_otherwise": {word: list(terms) for word, terms in found.said_otherwise if terms},
        "suggestions": list(found.suggestions),
        "notes": list(found.notes),
    }


def _hit(hit: Hit) -> dict[str, Anything]:
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "number": hit.document.number,
        "level": hit.document.level.value,
        "state": hit.state.state.value if hit.state else None,
        "state_words": hit.state.words if hit.state else None,
        "cite": hit.cite,
        "clause": hit.clause,
        "kind": hit.role or None,
        "text": hit.passage,
        "marks": [[mark.start, mark.end] for mark in hit.marks],
        "score": round(hit.score, 4),
    }


def _tell(found: Found) -> None:
    for note in found.notes:
        click.echo(note)
    click.echo(f"{found.label}（{len(found.hits)} 条）" if found.hits else found.label)
    for number, hit in enumerate(found.hits, 1):
        name = f"《{hit.document.title}》" + (hit.document.number or "")
        click.echo(f"\n{number}. {name} {hit.cite}")
        click.echo(f"   {hit.document.level.value}级；{hit.state}")
        click.echo(f"   {hit.passage.strip()}")
    if found.suggestions:
        click.echo(f"\n可以换个说法：{'、'.join(found.suggestions)}")
