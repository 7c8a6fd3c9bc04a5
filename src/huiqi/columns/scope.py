"""Where a node is lowered: the space of its columns, the items that are looked at, what is supposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from huiqi.columns.program import Program, Space
from huiqi.columns.values import Value, Values

Supposed = Mapping[str, tuple[tuple[int, Value], ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """The counterpart of ``evaluate.environment.Environment`` in columns.

    ``items`` names the space in which the item of a collection stands that is being looked at, or nothing
    where nothing is known of it. ``supposed`` has, by fact, where something else is supposed of it and what;
    the latest last. ``around`` is where a benefit or rule itself is looked at, when this is inside a
    collection.
    """

    space: Space
    items: Mapping[str, Space | None] = field(default_factory=dict)
    supposed: Supposed = field(default_factory=dict)
    around: Scope | None = None

    @property
    def home(self) -> Scope:
        """Where 设 are worked out."""
        return self.around or self

    def about(self, subject: str, *, known: bool) -> Scope:
        """The same enterprise, judged for the items of a collection, or for one of which nothing is known."""
        space = (*self.space, subject) if known else self.space
        return Scope(space, {**self.items, subject: space if known else None})

    def within(self, collection: str, values: Values, *, known: bool = True) -> Scope:
        """The same question, looking at the items of a collection, or at one of which nothing is known."""
        space = (*self.space, collection) if known else self.space
        supposed = {
            key: tuple(self._deeper(where, value, space, values) for where, value in ones)
            for key, ones in self.supposed.items()
            if key.partition(".")[0] != collection or "." not in key
        }
        items = {**self.items, collection: space if known else None}
        return Scope(space, items, supposed, self.around or self)

    def _deeper(self, where: int, value: Value, space: Space, values: Values) -> tuple[int, Value]:
        program: Program = values.program
        return program.spread(where, space), values.spread(value, space)

    def suppose(self, key: str, where: int, value: Value) -> Scope:
        """The same question with another value of a fact where ``where`` is true."""
        ones = (*self.supposed.get(key, ()), (where, value))
        return replace(self, supposed={**self.supposed, key: ones})
