"""The tree of reasons: what each condition asks, what was found, and by which clause.

An exclusion (都不满足) is turned round, so that a sign always says whether the enterprise passes: a tick with
the opposite of the exclusion, instead of a false condition under a negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from huiqi.evaluate.environment import Trace
from huiqi.evaluate.unmet import answer_words
from huiqi.evaluate.values import is_known
from huiqi.language import syntax as s
from huiqi.language.types import Kind
from huiqi.language.words import to_words


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


def reasons(trace: Trace | None) -> tuple[Reason, ...]:
    """The lines of a trace; the parts of the outermost “all of these” stand side by side."""
    return tuple(_lines(trace, True)) if trace is not None else ()


def _lines(trace: Trace, wanted: bool) -> Iterator[Reason]:
    node = trace.node
    if isinstance(node, s.Not):
        yield from _lines(trace.children[0], not wanted)
    elif isinstance(node, s.All if wanted else s.Any):
        for child in trace.children:
            yield from _lines(child, wanted)
    else:
        yield _line(trace, wanted)


def _line(trace: Trace, wanted: bool, name: str = "", cite: str = "") -> Reason:
    node = trace.node
    if isinstance(node, s.Named):
        return _line(trace.children[0], wanted, name or node.name, cite or node.cite)
    if isinstance(node, s.Not):
        return _line(trace.children[0], not wanted, name, cite)
    if isinstance(node, s.All | s.Any):
        alternatives = isinstance(node, s.Any) == wanted
        text = "满足其中一条就行" if alternatives else "每一条都要满足"
        children = tuple(_line(child, wanted) for child in trace.children)
        return Reason(text, name, _state(trace, wanted), "", cite, children)
    children = tuple(_line(child, True) for child in _worth_showing(trace))
    if node.type.kind is not Kind.BOOL:
        return Reason(to_words(node), name, "value", _found(trace), cite, children)
    return Reason(to_words(node, wanted), name, _state(trace, wanted), _compared(trace), cite, children)


def _state(trace: Trace, wanted: bool) -> str:
    if not is_known(trace.value):
        return "unknown"
    return "true" if trace.value is wanted else "false"


def _compared(trace: Trace) -> str:
    """What a condition found: the fact that it looks at."""
    node = trace.node
    if isinstance(node, s.Fact):
        return _found(trace)
    if isinstance(node, s.Compare | s.Member) and trace.children:
        return _found(trace.children[0])
    return ""


def _worth_showing(trace: Trace) -> tuple[Trace, ...]:
    """The parts that say more than the line: not what the rule itself writes, not a fact already named."""
    node = trace.node
    if isinstance(node, s.Compare | s.Member):
        first, *rest = trace.children
        return (*_worth_showing(first), *(part for part in rest if not isinstance(part.node, s.Literal)))
    return tuple(part for part in trace.children if not isinstance(part.node, s.Literal))


def _found(trace: Trace) -> str:
    return answer_words(trace.value, trace.node.type)
