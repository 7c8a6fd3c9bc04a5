"""``huiqi check``: what is wrong with the catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huiqi.catalogue.cases import read_cases
from huiqi.catalogue.knowledge import read_knowledge
from huiqi.catalogue.load import Catalogue, read_catalogue
from huiqi.cli.inputs import calendar_folder, catalogue_with, print_mistakes, read_enterprise
from huiqi.cli.library import documents_of, library_file, library_option, open_library
from huiqi.cli.procedure import mistakes_in_procedures
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.clocks import CalendarError, load_calendar
from huiqi.grounding import Explained, ground, ground_procedures, read_explained
from huiqi.language.diagnostics import Diagnostic, Severity
from huiqi.library.knowledge import Knowledge


@click.command(
    cls=WordedCommand,
    help=say(
        "检查规则库和办事程序：每处错误和提醒给出文件、行、列、错在哪里、怎样才对。没有话说就是没有错。"
        "有政策库的，还核对每个依据、数、日期和单位是不是真在原文里。"
        "有错误，退出码 1；只有提醒或没有，0。写上路径就只看它下面的文件。",
        "Check the catalogue, procedures too: every error and warning with file, line, column, what is wrong"
        " and what would be right; silent when all is well. With a library, every citation, figure, date and"
        " department is held against the text. Exit code 1 when there is an error, 0 otherwise. A path limits"
        " what is shown.",
    ),
    short_help=say("检查规则库", "check the catalogue"),
)
@click.argument("path", type=click.Path(path_type=Path), required=False, metavar=say("[路径]", "[PATH]"))
@library_option
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def check(root: Path | None, path: Path | None, folder: Path | None, as_json: bool) -> None:
    """Print what is wrong."""
    found = _everything(catalogue_with(root, path), folder)
    shown = [one for one in found if path is None or Path(one.file).resolve().is_relative_to(path.resolve())]
    print_mistakes(shown, as_json)
    sys.exit(1 if any(one.severity is Severity.ERROR for one in shown) else 0)


def _everything(root: Path, folder: Path | None) -> list[Diagnostic]:
    """What is wrong with the rules, and once they can be read, with all that rests on them."""
    catalogue, found = read_catalogue(root)
    knowledge, in_knowledge = read_knowledge(root)
    explained = read_explained(root)
    elsewhere = [*explained.diagnostics, *_in_the_calendar(root), *mistakes_in_procedures(root)]
    told = [*found, *in_knowledge, *elsewhere]
    if catalogue is None or any(one.severity is Severity.ERROR for one in told):
        return told
    _, in_cases = read_cases(catalogue)
    in_facts = (one for path in catalogue.enterprises for one in read_enterprise(path, catalogue)[1])
    return [*told, *in_cases, *in_facts, *_in_the_text(catalogue, knowledge, explained, folder)]


def _in_the_calendar(root: Path) -> list[Diagnostic]:
    """The first mistake in the working days; nothing for a catalogue that has none."""
    folder = calendar_folder(root)
    try:
        if folder.is_dir():
            load_calendar(folder)
    except CalendarError as wrong:
        return [Diagnostic(Severity.ERROR, str(wrong.path), wrong.line, wrong.column, wrong.message)]
    return []


def _in_the_text(
    catalogue: Catalogue, knowledge: Knowledge, explained: Explained, folder: Path | None
) -> tuple[Diagnostic, ...]:
    """What the rules say and the clauses they cite do not; nothing when there is no library to look in."""
    if folder is None and not library_file(None).exists():
        return ()
    with open_library(folder) as library:
        documents = documents_of(library)
    in_rules = ground(catalogue, documents, explained, knowledge.bodies).diagnostics
    return (*in_rules, *ground_procedures(catalogue.root, documents))
