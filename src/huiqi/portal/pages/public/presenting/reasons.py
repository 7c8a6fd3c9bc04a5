"""The tree of reasons: what each condition asks, what was found, and by which clause.

An exclusion (都不满足) is turned round, so that a sign always says whether the enterprise passes: a tick with
the opposite of the exclusion, instead of a false condition under a negation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiqi.evaluate.environment import Trace
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import is_known
from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.words import to_words

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


def reasons(trace: Trace | None, hidden: Hidden = nothing_hidden) -> tuple[Reason, ...]:
    """The lines of a trace; the parts of the outermost “all of these” stand side by side.

    What was found is not shown where it comes from a fact that is ``hidden``.
    """
    return tuple(_Telling(hidden).lines(trace, True)) if trace is not None else ()


def hidden_conditions(trace: Trace, hidden: Hidden) -> frozenset[str]:
    """The names of the conditions that look at a hidden fact."""
    found: set[str] = set()
    if isinstance(trace.node, s.Named) and _looks_at(trace.node, hidden):
        found.add(trace.node.name)
    for child in trace.children:
        found |= hidden_conditions(child, hidden)
    return frozenset(found)


def _looks_at(node: s.Node, hidden: Hidden) -> bool:
    return any(isinstance(part, s.Fact) and hidden(part.key) for part in s.walk(node))


@dataclass(frozen=True, slots=True)
class _Telling:
    hidden: Hidden

    def lines(self, trace: Trace, wanted: bool) -> Iterator[Reason]:
        node = trace.node
        if isinstance(node, s.Not):
            yield from self.lines(trace.children[0], not wanted)
        elif isinstance(node, s.All if wanted else s.Any):
            for child in trace.children:
                yield from self.lines(child, wanted)
        else:
            yield self.line(trace, wanted)

    def line(self, trace: Trace, wanted: bool, name: str = "", cite: str = "") -> Reason:
        node = trace.node
        if isinstance(node, s.Named):
            return self.line(trace.children[0], wanted, name or node.name, cite or node.cite)
        if isinstance(node, s.Not):
            return self.line(trace.children[0], not wanted, name, cite)
        if isinstance(node, s.All | s.Any):
            alternatives = isinstance(node, s.Any) == wanted
            text = "满足其中一条就行" if alternatives else "每一条都要满足"
            children = tuple(self.line(child, wanted) for child in trace.children)
            return Reason(text, name, _state(trace, wanted), "", cite, children)
        children = tuple(self.line(child, True) for child in _worth_showing(trace))
        if node.type.kind is not Kind.BOOL:
            return Reason(to_words(node), name, "value", self._found(trace), cite, children)
        return Reason(
            to_words(node, wanted), name, _state(trace, wanted), self._compared(trace), cite, children
        )

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
    return tuple(part for part in trace.children if not isinstance(part.node, s.Literal))
