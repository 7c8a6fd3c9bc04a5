"""``huiqi facts``: the vocabulary of facts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huiqi.cli.inputs import open_catalogue, print_json
from huiqi.cli.speech import WordedCommand, option, say
from huiqi.entitlements.vocabulary import fact_json, fact_text, used_by
from huiqi.language.diagnostics import nearest
from huiqi.language.vocabulary import Vocabulary, declaration_of


@click.command(
    cls=WordedCommand,
    help=say(
        "列出事实词表；写上名字（字段写成 集合.字段）就看它的类型、口径、怎么问、哪些事项用到它。",
        "List the vocabulary of facts; with a name (a field as COLLECTION.FIELD), its type, definition,"
        " question and the benefits that use it.",
    ),
    short_help=say("事实词表", "the vocabulary of facts"),
)
@click.argument("name", required=False, metavar=say("[名字]", "[NAME]"))
@option("--json", "as_json", is_flag=True, zh="给机器看的 JSON", en="JSON for machines")
@click.pass_obj
def facts(root: Path | None, name: str | None, as_json: bool) -> None:
    """Show all facts, or one."""
    catalogue = open_catalogue(root)
    vocabulary = catalogue.vocabulary
    if name is None:
        if as_json:
            print_json([fact_json(fact) for fact in vocabulary.values()])
        else:
            for fact in vocabulary.values():
                click.echo(f"{fact.name}\t{fact_json(fact)['type']}\t{fact.question}")
        return
    try:
        fact = declaration_of(vocabulary, name)
    except KeyError:
        right = _meant(name, vocabulary)
        hint = say(f"（是不是“{right}”？）", f" (did you mean {right}?)") if right else ""
        click.echo(say(f"词表里没有“{name}”{hint}", f"no fact called {name}{hint}"), err=True)
        sys.exit(1)
    users = used_by(catalogue.book, name)
    if as_json:
        print_json({**fact_json(fact), "benefits": [benefit.id for benefit in users]})
    else:
        click.echo(fact_text(fact, users))


def _meant(name: str, vocabulary: Vocabulary) -> str | None:
    """The nearest name: of a field, when its own name was given without that of its collection."""
    fields = [f"{fact.name}.{field}" for fact in vocabulary.values() for field in fact.fields]
    exactly = next((field for field in fields if field.partition(".")[2] == name), None)
    return exactly or nearest(name, [*vocabulary, *fields])
