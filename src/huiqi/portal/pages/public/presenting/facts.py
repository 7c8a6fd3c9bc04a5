"""Stated facts in words, personal ones masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiqi.catalogue.fact_values import Facts
from huiqi.entitlements.reasons import MASK
from huiqi.evaluate.unmet import answer_words
from huiqi.language.vocabulary import FactDeclaration
from huiqi.portal.pages.public.presenting.results import MissingFact, missing_facts
from huiqi.portal.policies import selectors
from huiqi.portal.screening.steps import declared


@dataclass(frozen=True, slots=True)
class FactLine:
    """A stated fact in words; a collection has a line for each item instead of a value."""

    key: str
    declaration: FactDeclaration
    value: str
    items: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def fact_lines(facts: Facts, stated: Iterable[str], *, mask: bool) -> list[FactLine]:
    """Stated facts in words, in the order given; with ``mask`` personal ones are not shown."""
    vocabulary = selectors.catalogue().vocabulary
    found = []
    for name in stated:
        declaration = vocabulary.get(name)
        if declaration is None:
            continue
        value = facts.values.get(name)
        if isinstance(value, tuple) and declaration.fields:
            found.append(FactLine(name, declaration, "", _item_lines(declaration, value, mask)))
        else:
            found.append(FactLine(name, declaration, _value_words(declaration, value, facts, name, mask)))
    return found


def _item_lines(
    declaration: FactDeclaration, items: Iterable[Mapping[str, Any]], mask: bool
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    label = declaration.label_field
    found = []
    for index, item in enumerate(items):
        title = str(item.get(label) or f"第{index + 1}项")
        if mask and label and declaration.fields[label].sensitive:
            title = f"第{index + 1}项"
        found.append(
            (
                title,
                tuple(
                    (name, MASK if mask and field.sensitive else answer_words(item[name], field.type))
                    for name, field in declaration.fields.items()
                    if name in item and name != label
                ),
            )
        )
    return tuple(found)


def _value_words(declaration: FactDeclaration, value: Any, facts: Facts, name: str, mask: bool) -> str:
    if value is None:
        return facts.unknown.get(name, "不知道")
    return MASK if mask and declaration.sensitive else answer_words(value, declaration.type)


def passed_lines(keys: Iterable[str]) -> list[MissingFact]:
    """The facts that the visitor let pass, as far as the catalogue still has them."""
    vocabulary = selectors.catalogue().vocabulary
    return list(missing_facts(key for key in keys if declared(vocabulary, key) is not None))
