"""The tree of reasons: what each condition asks, what was found, and by which clause.

An exclusion (都不满足) is turned round, so that a sign always says whether the enterprise passes: a tick with
the opposite of the exclusion, instead of a false condition under a negation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from huiqi.evaluate.environment import Trace
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import is_known
from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.words import to_words

WHOLE_DEPTH = 12
"""As deep as anybody can follow; what lies deeper is left out even where everything is told."""
MASK = "＊＊＊（个人信息，已遮住）"
Hidden = Callable[[str], bool]
"""Says of the key of a fact whether it is personal, so that its value is not to be shown."""


def nothing_hidden(_: str) -> bool:
    """For the facts of somebody who does not exist."""
    return False


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of the tree.

    ``state`` is ``true``, ``false`` or ``unknown`` for a condition and ``value`` for a figure; ``found`` is
    what there is; ``children`` are what it was made from.
    """

    text: str
    name: str
    state: str
    found: str
    cite: str
    children: tuple[Reason, ...] = ()


def reasons(
    trace: Trace | None, hidden: Hidden = nothing_hidden, depth: int = WHOLE_DEPTH
) -> tuple[Reason, ...]:
    """The lines of a trace; the parts of the outermost “all of these” stand side by side.

    What was found is not shown where it comes from a fact that is ``hidden``. Lines deeper than ``depth`` are
    left out.
    """
    return tuple(_Telling(hidden, set()).lines(trace, True, depth)) if trace is not None else ()


def hidden_conditions(trace: Trace, hidden: Hidden) -> frozenset[str]:
    """The names of the conditions that look at a hidden fact."""
    named = (node for node in s.walk(trace.node) if isinstance(node, s.Named))
    return frozenset(node.name for node in named if _looks_at(node, hidden))


def _looks_at(node: s.Node, hidden: Hidden) -> bool:
    return any(isinstance(part, s.Fact) and hidden(part.key) for part in s.walk(node))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells one tree; ``told`` are the intermediate values (设) that were explained already."""

    hidden: Hidden
    told: set[tuple[str, str]]

    def lines(self, trace: Trace, wanted: bool, depth: int) -> Iterator[Reason]:
        node = trace.node
        if isinstance(node, s.Not):
            yield from self.lines(trace.children[0], not wanted, depth)
        elif isinstance(node, s.All if wanted else s.Any):
            for child in trace.children:
                yield from self.lines(child, wanted, depth)
        else:
            yield self.line(trace, wanted, depth)

    def line(self, trace: Trace, wanted: bool, depth: int, name: str = "", cite: str = "") -> Reason:
        node = trace.node
        if isinstance(node, s.Named):
            return self.line(trace.children[0], wanted, depth, name or node.name, cite or node.cite)
        if isinstance(node, s.Not):
            return self.line(trace.children[0], not wanted, depth, name, cite)
        if isinstance(node, s.All | s.Any):
            alternatives = isinstance(node, s.Any) == wanted
            text = "满足其中一条就行" if alternatives else "每一条都要满足"
            children = tuple(self.line(child, wanted, depth - 1) for child in trace.children if depth)
            return Reason(text, name, _state(trace, wanted), "", cite, children)
        if isinstance(node, s.If):
            return self._case(trace, depth, name, cite)
        children = self._below(trace, depth)
        if node.type.kind is not Kind.BOOL:
            return Reason(to_words(node), name, "value", self._found(trace), cite, children)
        found = self._compared(trace)
        return Reason(to_words(node, wanted), name, _state(trace, wanted), found, cite, children)

    def _below(self, trace: Trace, depth: int) -> tuple[Reason, ...]:
        node = trace.node
        if not depth:
            return ()
        if isinstance(node, s.Definition):
            key = (node.name, self._found(trace))
            if key in self.told:
                return ()
            self.told.add(key)
        if isinstance(node, s.Aggregate):
            return tuple(self._items(trace, node, depth - 1))
        return tuple(self.line(child, True, depth - 1) for child in _worth_showing(trace))

    def _items(self, trace: Trace, node: s.Aggregate, depth: int) -> Iterator[Reason]:
        """The items of a collection, each with why it counts and what it comes to."""
        size = (node.where is not None) + (node.body is not None)
        for place in range(0, len(trace.children) if size else 0, size or 1):
            parts = trace.children[place : place + size]
            where = parts[0] if node.where is not None else None
            body = parts[-1] if node.body is not None else None
            number = place // size
            text = (trace.labels[number] if number < len(trace.labels) else "") or f"第{number + 1}项"
            counted = tuple(self.lines(where, True, depth)) if where is not None else ()
            if where is not None and where.value is False:
                yield Reason(f"{text}，不算", "", "false", "", "", counted)
            elif body is None:
                yield Reason(text, "", _state(where, True) if where is not None else "true", "", "", counted)
            elif body.node.type.kind is Kind.BOOL:
                told = (*counted, *self.lines(body, True, depth))
                yield Reason(text, "", _state(body, True), "", "", told)
            else:
                yield Reason(text, "", "value", self._found(body), "", (*counted, *self._below(body, depth)))

    def _case(self, trace: Trace, depth: int, name: str, cite: str) -> Reason:
        """A table or a class: only the case that applies is told, or those that may while it is open."""
        cases = [self._one_case(condition, value, depth - 1) for condition, value in _open_cases(trace)]
        if len(cases) == 1:
            return replace(cases[0], name=name, cite=cite or cases[0].cite)
        found = self._found(trace)
        return Reason("还定不了是哪一种情形", name, "value", found, cite, tuple(cases) if depth else ())

    def _one_case(self, condition: Trace | None, value: Trace, depth: int) -> Reason:
        below: tuple[Reason, ...] = ()
        if depth > 0 and not isinstance(value.node, s.Literal):
            below = (self.line(value, True, depth),)
        if condition is None:
            return Reason("不属于前面各种情形", "", "value", self._found(value), value.node.cite, below)
        if depth > 0:
            below = (*self.lines(condition, True, depth), *below)
        cite = condition.node.cite
        return Reason(f"情形：{to_words(condition.node)}", "", "value", self._found(value), cite, below)

    def _compared(self, trace: Trace) -> str:
        """What a condition found: the fact that it looks at."""
        node = trace.node
        if isinstance(node, s.Fact):
            return self._found(trace)
        if isinstance(node, s.Compare | s.Member) and trace.children:
            return self._found(trace.children[0])
        return ""

    def _found(self, trace: Trace) -> str:
        if is_known(trace.value) and _looks_at(trace.node, self.hidden):
            return MASK
        return answer_words(trace.value, trace.node.type)


def _open_cases(trace: Trace) -> Iterator[tuple[Trace | None, Trace]]:
    """The cases of a chain of 如果 that are not ruled out, each with its value; the last has no condition."""
    while isinstance(trace.node, s.If):
        met = trace.children[0]
        if met.value is True:
            yield met, trace.children[1]
            return
        if met.value is not False:
            yield met, trace.children[1]
        trace = trace.children[-1]
    yield None, trace


def _state(trace: Trace, wanted: bool) -> str:
    if not is_known(trace.value):
        return "unknown"
    return "true" if trace.value is wanted else "false"


def _worth_showing(trace: Trace) -> tuple[Trace, ...]:
    """The parts that say more than the line: not what the rule itself writes, not a fact already named."""
    node = trace.node
    if isinstance(node, s.Compare | s.Member):
        first, *rest = trace.children
        return (*_worth_showing(first), *(part for part in rest if not isinstance(part.node, s.Literal)))
    return tuple(part for part in _summands(trace) if not isinstance(part.node, s.Literal))


def _summands(trace: Trace) -> Iterator[Trace]:
    """The parts of a node; those of a sum of sums stand side by side."""
    for child in trace.children:
        if _is_sum(trace.node) and _is_sum(child.node):
            yield from _summands(child)
        else:
            yield child


def _is_sum(node: s.Node) -> bool:
    return isinstance(node, s.Arithmetic) and node.op == "+"
