"""``huiqi booklet``: the library and its benefits as a compendium for enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from huiqi.booklet import Manifest, ManifestError, Medium, Selection, Texts, edition, publish
from huiqi.catalogue.load import Catalogue
from huiqi.cli.inputs import Day, fail, open_catalogue, print_json
from huiqi.cli.library import documents_of, library_file, library_option, open_library
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.answer import today
from huiqi.library.model import Document, Level, Loss, Remark

_LEVELS = [level.value for level in Level if level is not Level.UNKNOWN]


@click.command(
    cls=WordedCommand,
    help=say(
        "把政策库和事项印成一本给企业看的汇编：网页、PDF、Word，带目录、时效、条件、索引和与上一版的变化。"
        "没有政策库时只印事项。旁边的 .json 是本版的清单，下一版用 --since 接着它说明变了什么。",
        "Publish the library and its benefits as a compendium for enterprises: HTML, PDF and Word, with"
        " contents, date states, conditions, indexes, and what changed since the last edition. Without a"
        " library, the benefits alone. The .json beside them is this edition's manifest; the next takes it as"
        " --since.",
    ),
    short_help=say("印一本给企业看的汇编", "publish a compendium for enterprises"),
)
@option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("booklet"),
    metavar=say("文件夹", "FOLDER"),
    zh="放在哪个文件夹（缺省 booklet）",
    en="folder for the files (default booklet)",
)
@option(
    "--on", type=Day(), metavar=say("日期", "DATE"), zh="截至哪一天（缺省今天）", en="as of (default today)"
)
@option("--title", default="惠企政策汇编", metavar=say("书名", "TITLE"), zh="书名", en="title")
@option("--issuer", default="", metavar=say("单位", "BODY"), zh="编印单位", en="who publishes it")
@option(
    "--format",
    "media",
    type=click.Choice([medium.value for medium in Medium]),
    multiple=True,
    metavar=say("格式", "FORMAT"),
    zh="只要这种格式：html、pdf、docx（缺省三种都要）",
    en="only this format (default all three)",
)
@option(
    "--texts",
    type=click.Choice([texts.value for texts in Texts]),
    default=Texts.FULL.value,
    metavar=say("多少", "EXTENT"),
    zh=f"原文印多少：{'、'.join(texts.value for texts in Texts)}（缺省全文）",
    en="how much of the official text (default all)",
)
@option(
    "--level",
    "levels",
    type=click.Choice(_LEVELS),
    multiple=True,
    metavar=say("级别", "LEVEL"),
    zh=f"只收这一级：{'、'.join(_LEVELS)}",
    en="only this level",
)
@option(
    "--document", "names", multiple=True, metavar=say("文件", "DOCUMENT"), zh="只收这件", en="only this one"
)
@option(
    "--department",
    "departments",
    multiple=True,
    metavar=say("部门", "BODY"),
    zh="只收它的",
    en="only its own",
)
@option("--who", multiple=True, metavar=say("主体", "APPLICANT"), zh="只收给这种主体的", en="only for these")
@option("--in-force", is_flag=True, zh="只收当天有效的", en="only what holds on the day")
@option(
    "--since",
    "previous",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("清单", "MANIFEST"),
    zh="上一版的 .json 清单",
    en="the .json manifest of the last edition",
)
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def booklet(
    root: Path | None,
    out: Path,
    on: date | None,
    title: str,
    issuer: str,
    media: tuple[str, ...],
    texts: str,
    levels: tuple[str, ...],
    names: tuple[str, ...],
    departments: tuple[str, ...],
    who: tuple[str, ...],
    in_force: bool,
    previous: Path | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write an edition."""
    catalogue = open_catalogue(root)
    documents, losses, remarks = _library(folder)
    made = edition(
        catalogue,
        documents,
        on or today(),
        title=title,
        issuer=issuer,
        selection=Selection(
            frozenset(levels),
            frozenset(_identifier(name, catalogue, documents) for name in names),
            frozenset(departments),
            frozenset(who),
            in_force,
        ),
        texts=Texts(texts),
        previous=_manifest(previous),
        losses=losses,
        remarks=remarks,
    )
    entries = sum(len(part.documents) for part in made.parts)
    if not entries:
        fail(say("没有一件文件符合这些条件", "no document fits these conditions"))
    try:
        done = publish(made, out, [Medium(each) for each in media] or tuple(Medium))
    except OSError as error:
        reason = error.strerror or str(error)
        fail(say(f"{out}：写不了（{reason}）", f"{out}: cannot be written ({reason})"))
    if as_json:
        print_json(
            {
                "files": [str(path) for path in done.files],
                "documents": entries,
                "missing_characters": {each.code_point: list(each.where) for each in done.missing},
                "borrowed_fonts": list(done.borrowed),
            }
        )
        return
    click.echo(f"收 {entries} 件文件：")
    for path in done.files:
        click.echo(f"  {path}")
    for each in done.missing:
        click.echo(f"  没有字体能印 {each.code_point}（{'；'.join(each.where)}），印成〓", err=True)


def _library(folder: Path | None) -> tuple[list[Document], tuple[Loss, ...], tuple[Remark, ...]]:
    """What the library has; nothing when there is none and none was named."""
    if folder is None and not library_file(None).exists():
        click.echo(say("没有政策库，只印事项", "no library: the benefits alone"), err=True)
        return [], (), ()
    with open_library(folder) as library:
        return documents_of(library), library.losses(), library.remarks()


def _identifier(name: str, catalogue: Catalogue, documents: Sequence[Document]) -> str:
    """The id of a document of the library or of the rules, by id, number or title."""
    known: dict[str | None, str] = {}
    for rules in catalogue.documents:
        known |= {rules.title: rules.id, rules.number: rules.id, rules.id: rules.id}
    for text in documents:
        known |= {text.title: text.id, text.number: text.id, text.id: text.id}
    if name not in known:
        fail(say(f"没有叫“{name}”的文件", f"no document called {name}"))
    return known[name]


def _manifest(path: Path | None) -> Manifest | None:
    if path is None:
        return None
    try:
        return Manifest.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ManifestError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        fail(say(f"{path}：不是上一版的清单（{reason}）", f"{path}: no manifest of an edition ({reason})"))
