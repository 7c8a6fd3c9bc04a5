"""The fact vocabulary (事实): every fact that rules may lean on, declared once with its type and 口径."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiqi.language.syntax import NOWHERE, Span
from huiqi.language.types import Type
from huiqi.language.units import Number


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """One fact: its type, the question that asks for it, and where its value comes from.

    ``effort`` is how much trouble an answer costs, from 1 (known by heart) to 5 (a certificate must be
    fetched). ``code`` names the code table that a text must satisfy (统一社会信用代码, 公民身份号码,
    行政区划代码). ``minimum`` and ``maximum`` bound a number in base units; they also bound it while it is
    unknown.
    """

    name: str
    type: Type
    question: str = ""
    definition: str = ""
    period: str = ""
    source: str = ""
    note: str = ""
    code: str = ""
    effort: int = 2
    sensitive: bool = False
    changeable: bool = True
    minimum: Number | None = None
    maximum: Number | None = None
    fields: Mapping[str, FactDeclaration] = field(default_factory=dict)
    label_field: str = ""
    span: Span = NOWHERE


Vocabulary = Mapping[str, FactDeclaration]


def declaration_of(vocabulary: Vocabulary, key: str) -> FactDeclaration:
    """The declaration behind a fact key, ``事实`` or ``集合.字段``; ``KeyError`` when there is none."""
    collection, dot, name = key.partition(".")
    return vocabulary[collection].fields[name] if dot else vocabulary[collection]
