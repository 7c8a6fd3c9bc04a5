"""The syntax tree: every word of the rule language, in YAML or in a formula, lowers to these nodes.

The nodes are frozen. ``children`` and ``with_children`` let a fold walk or rebuild a tree without knowing
every kind; a fold that does know them dispatches on the class. Names are resolved by the checker: what leaves
it has no ``Name`` in it and carries a type on every node.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any as Anything
from typing import ClassVar, Self, TypeAlias

from huiqi.language.types import ANY, Type
from huiqi.language.units import Number

Value: TypeAlias = bool | Number | str | date


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a file a node was written; lines and columns count from 1."""

    file: str
    line: int
    column: int


NOWHERE = Span("", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes carry: place, type, the clause it rests on, and the YAML word it was written with."""

    span: Span = field(default=NOWHERE, compare=False)
    type: Type = field(default=ANY, compare=False)
    cite: str = field(default="", compare=False)
    origin: str = field(default="", compare=False)

    _parts: ClassVar[tuple[str, ...]] = ()

    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order they were written."""
        found: list[Node] = []
        for name in self._parts:
            part = getattr(self, name)
            if isinstance(part, tuple):
                found.extend(part)
            elif part is not None:
                found.append(part)
        return tuple(found)

    def with_children(self, new: tuple[Node, ...]) -> Self:
        """The same node over other children, given in the order of ``children``."""
        rest = list(new)
        changes: dict[str, Anything] = {}
        for name in self._parts:
            part = getattr(self, name)
            if isinstance(part, tuple):
                changes[name] = tuple(rest.pop(0) for _ in part)
            elif part is not None:
                changes[name] = rest.pop(0)
        return replace(self, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A value written in the rule; ``text`` is how it was written (``300万元``)."""

    value: Value
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A name that the checker has yet to resolve."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Node):
    """A fact of the enterprise, or a field of an item of ``collection``."""

    name: str
    collection: str = ""

    @property
    def key(self) -> str:
        """The name that people read and that facts files use: ``事实`` or ``集合.字段``."""
        return f"{self.collection}.{self.name}" if self.collection else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Node):
    """A number fixed by law for a span of dates (参数), looked up on the day that is asked about."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Node):
    """A named intermediate value (设)."""

    name: str
    body: Node
    _parts: ClassVar[tuple[str, ...]] = ("body",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstated(Node):
    """No rule says what fact ``name`` is here: it is unknown until it is given itself."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today(Node):
    """评价日: the day that is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Node):
    """A condition with a name of its own; ``wording`` keeps the few characters that carry its figure."""

    name: str
    body: Node
    wording: str = ""
    _parts: ClassVar[tuple[str, ...]] = ("body",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """非."""

    body: Node
    _parts: ClassVar[tuple[str, ...]] = ("body",)


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Node):
    """且, 全部满足: true when every part is."""

    parts: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("parts",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Any(Node):
    """或, 任一满足: true when some part is."""

    parts: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("parts",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """One of ``= != < <= > >=``."""

    op: str
    left: Node
    right: Node
    _parts: ClassVar[tuple[str, ...]] = ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Node):
    """属于: equal to one of the listed values."""

    item: Node
    options: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("item", "options")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    """One of ``+ - * /``, exact."""

    op: str
    left: Node
    right: Node
    _parts: ClassVar[tuple[str, ...]] = ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Negate(Node):
    """The number with the other sign."""

    body: Node
    _parts: ClassVar[tuple[str, ...]] = ("body",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme(Node):
    """取大 or 取小 of several numbers; 封顶 and 保底 lower to it."""

    greatest: bool
    parts: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("parts",)


@dataclass(frozen=True, slots=True, kw_only=True)
class If(Node):
    """如果 … 则 … 否则; 分档, 对照 and 情形 lower to it."""

    condition: Node
    then: Node
    otherwise: Node
    _parts: ClassVar[tuple[str, ...]] = ("condition", "then", "otherwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Node):
    """四舍五入 (half away from zero), 舍去 (towards it) or 进位 (away from it), to multiples of ``step``."""

    mode: str
    body: Node
    step: Node
    _parts: ClassVar[tuple[str, ...]] = ("body", "step")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFunction(Node):
    """年数, 月数, 天数 between two days; 推后, 提前 a day; 年度 of a day."""

    function: str
    arguments: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("arguments",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(Node):
    """合计, 计数, 任一, 全部, 最大, 最小 over the items of a collection, where ``where`` holds."""

    function: str
    collection: str
    body: Node | None = None
    where: Node | None = None
    _parts: ClassVar[tuple[str, ...]] = ("body", "where")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A function call as it was written; the checker turns it into one of the nodes above."""

    function: str
    arguments: tuple[Node, ...]
    _parts: ClassVar[tuple[str, ...]] = ("arguments",)


def walk(node: Node) -> list[Node]:
    """The node and all nodes below it, parents first."""
    found = [node]
    for child in node.children():
        found.extend(walk(child))
    return found


_KINDS = {kind.__name__: [f.name for f in fields(kind)] for kind in Node.__subclasses__()}


def node_kinds() -> dict[str, list[str]]:
    """Every kind of node with the names of its fields, for tests that must not miss one."""
    return dict(_KINDS)
