"""What a tree is evaluated against: one enterprise's facts on one day; and the trace that it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any as Anything
from typing import TypeAlias

from huiqi.evaluate.values import Answer
from huiqi.language import syntax as s

Item: TypeAlias = Mapping[str, Answer]


@dataclass(slots=True)
class Environment:
    """The facts of one enterprise on one day, and, inside a collection, the item that is looked at.

    ``derived`` and ``derivations`` keep what rules gave, ``defined`` what 设 gave, ``shared`` what conditions
    that many benefits ask gave, so that each is worked out once. ``unconfirmed`` gathers the parameters that
    were used without an official source or a value for the day. ``around`` is where a benefit or rule itself
    is looked at, when this is an item of a collection inside it.
    """

    facts: Mapping[str, Anything]
    on: date
    items: dict[str, Item] = field(default_factory=dict)
    derived: dict[str, tuple[Answer, frozenset[str]]] = field(default_factory=dict)
    unconfirmed: set[str] = field(default_factory=set)
    defined: dict[int, Anything] = field(default_factory=dict)
    derivations: dict[str, Trace] = field(default_factory=dict)
    shared: dict[int, Anything] = field(default_factory=dict)
    around: Environment | None = None

    def about(self, subject: str, item: Item) -> Environment:
        """The same enterprise, judged for one item of the subject's collection; 设 are worked out anew."""
        return Environment(
            self.facts,
            self.on,
            {**self.items, subject: item},
            self.derived,
            self.unconfirmed,
            derivations=self.derivations,
            shared=self.shared,
        )

    def within(self, collection: str, item: Item) -> Environment:
        """The same question, looking at one item of a collection; 设 go on leaning on what is around it."""
        return Environment(
            self.facts,
            self.on,
            {**self.items, collection: item},
            self.derived,
            self.unconfirmed,
            self.defined,
            self.derivations,
            self.shared,
            self.around or self,
        )

    def supposing(
        self, facts: Mapping[str, Anything], items: dict[str, Item], spoilt: Callable[[str], bool]
    ) -> Environment:
        """The same question with other values; of what rules gave, only what is not ``spoilt`` is kept."""
        derived = {name: value for name, value in self.derived.items() if not spoilt(name)}
        return Environment(facts, self.on, items, derived, self.unconfirmed, around=self.around)


@dataclass(slots=True)
class Trace:
    """A node, the value that it had, and the traces of what it was made from.

    Over a collection, ``labels`` are what its items are called (称呼), in order.
    """

    node: s.Node
    value: Answer
    parts: tuple[Trace, ...] = ()
    later: Callable[[], tuple[Trace, ...]] | None = None
    labels: tuple[str, ...] = ()

    @property
    def children(self) -> tuple[Trace, ...]:
        """The traces below; those that nobody has looked at yet are made now."""
        if self.later is not None:
            self.parts, self.later = self.later(), None
        return self.parts


Evaluate: TypeAlias = Callable[[Environment], Answer]
Explain: TypeAlias = Callable[[Environment], Trace]
