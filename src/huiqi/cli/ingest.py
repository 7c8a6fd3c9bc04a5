"""``huiqi ingest``: official text into the library."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any as Anything

import click

from huiqi.cli.inputs import fail, print_json
from huiqi.cli.library import knowledge_of, library_file, library_option
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.library.ingest import SourceError
from huiqi.library.intake import Taken, read_all, take_in
from huiqi.library.model import Document, Loss
from huiqi.library.store import Library, LibraryError


@click.command(
    cls=WordedCommand,
    help=say(
        "把官方原文（文本、PDF、Word、网页）读进政策库：分出文件和条款，报告缺了什么。"
        "同一个文件再读一次就替换，编号和地址不变；有一个文件读不了，一个也不写。",
        "Read official text (plain text, PDF, Word, HTML) into the library: documents and clauses are told"
        " apart, and what is lost is reported. Reading a file again replaces it and changes no address; when"
        " one file cannot be read, none is written.",
    ),
    short_help=say("把官方原文读进政策库", "read official text into the library"),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say("文件…", "FILE...")
)
@library_option
@option(
    "--take-over",
    is_flag=True,
    zh="别的来源里已有的文件，换成这一次的",
    en="take over documents that another source has already",
)
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def ingest(
    root: Path | None, files: tuple[Path, ...], folder: Path | None, take_over: bool, as_json: bool
) -> None:
    """Take the files in and say what was found and what was lost."""
    knowledge = knowledge_of(root)
    try:
        readings = read_all(files, knowledge)
        with Library.open(library_file(folder)) as library:
            taken = take_in(library, readings, knowledge, take_over=take_over)
    except (SourceError, LibraryError) as error:
        fail(error)
    if as_json:
        print_json([_as_json(each) for each in taken])
    else:
        for each in taken:
            _tell(each)
    sys.exit(0 if any(each.reading.documents for each in taken) else 1)


def _as_json(taken: Taken) -> dict[str, Anything]:
    reading = taken.reading
    return {
        "source": reading.source.name,
        "medium": reading.source.medium,
        "encoding": reading.source.encoding,
        "documents": [
            {
                "id": document.id,
                "title": document.title,
                "number": document.number,
                "issuers": list(document.issuers),
                "issued": document.issued.isoformat() if document.issued else None,
                "level": document.level.value,
                "within": document.within or None,
                "clauses": _clauses(document),
            }
            for document in reading.documents
        ],
        "lost": [_lost(taken, loss) for loss in reading.losses],
        "remarks": len(reading.remarks),
        "library": {
            "added": list(taken.put.added),
            "replaced": list(taken.put.replaced),
            "moved": [each.document for each in taken.put.moved],
            "kept": [each.document for each in taken.put.kept],
            "gone": list(taken.put.gone),
        },
    }


def _lost(taken: Taken, loss: Loss) -> dict[str, Anything]:
    return {
        "kind": loss.kind.value,
        "what": loss.what,
        "document": loss.document or None,
        "clause": loss.clause or None,
        "page": str(loss.pages) if loss.pages else None,
        "line": taken.reading.source.text.count("\n", 0, loss.at) + 1,
    }


def _clauses(document: Document) -> int:
    return sum(1 for clause in document.walk() if clause.text and clause.kind.is_text)


def _tell(taken: Taken) -> None:
    reading = taken.reading
    own = [document for document in reading.documents if not document.within]
    levels = Counter(document.level.value for document in own)
    inner = len(reading.documents) - len(own)
    counts = "、".join(f"{level}{count}件" for level, count in levels.items())
    clauses = sum(map(_clauses, reading.documents))
    embedded = f"，另有印在其中的 {inner} 件" if inner else ""
    click.echo(f"{reading.source.name}：{len(own)} 件文件（{counts}）{embedded}，{clauses} 条可以引用的文字")
    for document in reading.documents:
        number = f"，{document.number}" if document.number else ""
        mark = "  └ " if document.within else "  "
        click.echo(f"{mark}{document.title}{number}：{_clauses(document)} 条")
    if reading.losses:
        click.echo(f"缺失 {len(reading.losses)} 处：")
        for loss in reading.losses:
            place = _lost(taken, loss)
            page = f"，印刷{place['page']}" if place["page"] else ""
            click.echo(f"  【{loss.kind.value}】{loss.what}（第 {place['line']} 行{page}）")
    if reading.remarks:
        click.echo(f"可疑之处 {len(reading.remarks)} 处，原文照留，门户里逐条注明")
    click.echo(str(taken.put))
