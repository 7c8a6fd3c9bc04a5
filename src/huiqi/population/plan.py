"""How a population is drawn: every fact with its way of being drawn, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.vocabulary import FactDeclaration
from huiqi.population.values import Words

YES, HAVING, FIELD_MISSING, AT_THRESHOLD = 0.1, 0.1, 0.05, 0.0005
"""Shares when the catalogue does not say: 是, having items, unknown fields, values on a figure of a rule."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A group of facts that are unknown together: shares, and how fast they fall with size."""

    together: float
    single: float
    slope: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one fact, or one field, is drawn.

    ``parts`` has for each part of the recipe the formula written outside and those of the ``cases``, in
    order; where a case says nothing, what is written outside holds.
    """

    declaration: FactDeclaration
    key: str
    step: Fraction
    """What numbers are rounded to, in base units."""
    who: tuple[s.Node, ...] = ()
    cases: tuple[s.Node, ...] = ()
    parts: Mapping[str, tuple[s.Node | None, ...]] = field(default_factory=dict)
    tables: tuple[Mapping[str, float] | None, ...] = ()
    wording: str = ""
    most_items: int = 8
    each: bool = False
    derived: s.Node | None = None
    fields: tuple[Drawing, ...] = ()
    missing: str = ""
    missing_share: float = 0.0
    figures: tuple[float, ...] = ()
    """Thresholds of rules on this number or day."""

    @property
    def kind(self) -> Kind:
        """The sort of value."""
        return self.declaration.type.kind


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a population is drawn from."""

    day: date
    words: Words
    drawings: tuple[Drawing, ...]
    columns: tuple[Drawing, ...]
    """The same in the order of the vocabulary, which is the order of the columns."""
    missing: Mapping[str, Missing]
    parameters: Mapping[str, float]
    yes: float = YES
    having: float = HAVING
    at_threshold: float = AT_THRESHOLD
