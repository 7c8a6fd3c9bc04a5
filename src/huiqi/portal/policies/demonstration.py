"""The demonstration enterprises of the catalogue: firms that do not exist, to look at before answering."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from huiqi.catalogue.fact_values import Facts, read_facts
from huiqi.catalogue.load import CatalogueError
from huiqi.catalogue.source import read_file
from huiqi.evaluate.unmet import answer_words
from huiqi.language.types import Kind
from huiqi.portal.policies.selectors import catalogue

_SKETCHED = 4  # facts in the one-line sketch
_DAY_TO_ASK = re.compile(r"^# 适合问的日期[:：]\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass(frozen=True)
class Enterprise:
    """A demonstration enterprise; its slug is the name of its file, ``day`` the one worth asking about."""

    slug: str
    name: str
    facts: Facts
    sketch: str
    day: date | None = None


@cache
def enterprises() -> tuple[Enterprise, ...]:
    """All of them, by file name. Raises ``CatalogueError`` when one cannot be read."""
    return tuple(_read(path) for path in catalogue().enterprises)


def enterprise(slug: str) -> Enterprise | None:
    """The one with a slug."""
    return next((one for one in enterprises() if one.slug == slug), None)


def _read(path: Any) -> Enterprise:
    known = catalogue()
    source = read_file(path)
    if source.root is None:
        raise CatalogueError(source.diagnostics)
    facts, problems = read_facts(source.root, known.vocabulary, known.known_region)
    if problems:
        raise CatalogueError(problems)
    name_fact, name = next(
        ((key, value) for key, value in facts.values.items() if known.vocabulary[key].type.kind is Kind.TEXT),
        ("", path.stem),
    )
    asked = _DAY_TO_ASK.search(path.read_text(encoding="utf-8"))
    day = date.fromisoformat(asked[1]) if asked else None
    return Enterprise(path.stem, str(name), facts, _sketch(facts, name_fact), day)


def _sketch(facts: Facts, without: str) -> str:
    """Its kinds and the names in its collections, in one line: what tells firms apart at a glance."""
    vocabulary = catalogue().vocabulary
    words = []
    for key, value in facts.values.items():
        declaration = vocabulary[key]
        if key == without or declaration.sensitive or declaration.code:
            continue
        if declaration.type.kind is Kind.CHOICE and declaration.effort <= 2:
            words.append(answer_words(value, declaration.type))
    labels = [
        str(item[declaration.label_field])
        for key, items in facts.values.items()
        if (declaration := vocabulary[key]).fields
        and isinstance(items, tuple)
        and (label := declaration.fields.get(declaration.label_field))
        and label.type.kind is Kind.CHOICE
        for item in items
        if declaration.label_field in item
    ]
    return "，".join([*words[:_SKETCHED], *labels[:2]])
