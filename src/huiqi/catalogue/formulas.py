"""Formulas of catalogue files into typed trees: reading, naming, checking, and the lint of their 字样."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from huiqi.catalogue.shape import AnyCondition, Condition, ConditionGroup, GroupKind, Let, Text
from huiqi.catalogue.source import error_at
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.boundary import wording_problems
from huiqi.language.check import Scope, check
from huiqi.language.diagnostics import Diagnostic
from huiqi.language.parse import FormulaError, parse
from huiqi.language.syntax import Node, Span
from huiqi.language.types import Type
from huiqi.language.vocabulary import Vocabulary


@dataclass
class Workshop:
    """Turns the formulas of one benefit or rule into typed trees; mistakes gather in ``problems``.

    ``lets`` are the named intermediate values (设) that may be used; each is read when it is first used, in
    the scope of whoever uses it, so one of a document may lean on the subject of the benefit.
    """

    vocabulary: Vocabulary
    parameters: Mapping[str, Type]
    lets: Sequence[Let] = ()
    subject: str | None = None
    cite: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    used_lets: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._scope = Scope(
            self.vocabulary,
            _LazyLets(self),
            self.parameters,
            (self.subject,) if self.subject else (),
            self.problems,
        )

    def formula(self, text: Text, expected: Type = t.ANY, cite: str = "") -> Node:
        """The typed tree of a formula; after a mistake, a node that agrees with everything."""
        try:
            tree = parse(text.text, text.place, cite or self.cite)
        except FormulaError as error:
            self.problems.append(error_at(error.span, error.message, error.hint))
            return s.Literal(value=0, span=text.at)
        return check(tree, self._scope, expected)

    def typed(self, node: Node, expected: Type = t.ANY) -> Node:
        """Check a tree that was put together from typed parts."""
        return check(node, self._scope, expected)

    def report(self, at: Span, message: str, hint: str = "") -> None:
        """Note a mistake at a place."""
        self.problems.append(error_at(at, message, hint))

    def condition(self, shape: AnyCondition) -> s.Named:
        """A condition or a group of conditions as a named tree."""
        if isinstance(shape, ConditionGroup):
            body = shape.body
            cite = body.cite.text if body.cite else self.cite
            inner = replace_cite(self, cite)
            parts = tuple(inner.condition(part) for part in body.conditions)
            self._same_twice(parts)
            return s.Named(
                name=body.name.text, body=join(shape.kind, parts), span=body.name.at, cite=cite, type=t.BOOL
            )
        return self._test(shape)

    def _test(self, shape: Condition) -> s.Named:
        cite = shape.cite.text if shape.cite else self.cite
        body = self.formula(shape.formula, t.BOOL, cite)
        self.lint(shape.wording, body, shape.otherwise_defined is not None)
        return s.Named(
            name=shape.name.text,
            body=body,
            wording="；".join(wording.text for wording in shape.wording),
            span=shape.name.at,
            cite=cite,
            type=t.BOOL,
        )

    def conditions(self, shapes: Sequence[AnyCondition]) -> tuple[s.Named, ...]:
        """A list of conditions; the same condition twice is a mistake (L14.3)."""
        parts = tuple(self.condition(shape) for shape in shapes)
        self._same_twice(parts)
        return parts

    def lint(self, wordings: Iterable[Text], body: Node, own_rule: bool = False) -> None:
        """Compare a tree with its 字样; ``own_rule`` when the document defines its boundary words itself."""
        for wording in wordings:
            for _, message, hint in wording_problems(wording.text, body, own_rule):
                self.report(wording.at, message, hint)

    def _same_twice(self, parts: tuple[s.Named, ...]) -> None:
        for place, part in enumerate(parts):
            twin = next((other for other in parts[:place] if other.body == part.body), None)
            if twin is not None and not isinstance(part.body, s.Literal):
                self.report(
                    part.span, f"条件“{part.name}”与“{twin.name}”完全相同", "去掉一个，或改成想写的条件"
                )


def replace_cite(workshop: Workshop, cite: str) -> Workshop:
    """The same workshop for parts that rest on another clause."""
    return workshop if cite == workshop.cite else replace(workshop, cite=cite)


def join(kind: GroupKind, parts: tuple[Node, ...]) -> Node:
    """Conditions joined by 全部满足, 任一满足 or 都不满足."""
    if kind is GroupKind.ALL:
        return s.All(parts=parts, origin=kind.value, type=t.BOOL)
    span = parts[0].span
    either = s.Any(parts=parts, origin=kind.value, type=t.BOOL, span=span)
    return either if kind is GroupKind.ANY else s.Not(body=either, origin=kind.value, type=t.BOOL, span=span)


class _LazyLets(Mapping[str, Node]):
    """设 by name, each checked on first use; a circle is reported once."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._shapes = {let.name.text: let for let in workshop.lets}
        self._done: dict[str, Node] = {}
        self._open: list[str] = []

    def __getitem__(self, name: str) -> Node:
        if name not in self._done:
            let = self._shapes[name]
            if name in self._open:
                chain = " → ".join([*self._open[self._open.index(name) :], name])
                self._workshop.report(let.name.at, f"设“{name}”用到了自己：{chain}", "中间量不能循环")
                return s.Literal(value=0, span=let.name.at)
            self._open.append(name)
            self._done[name] = self._workshop.formula(let.formula, cite=let.cite.text if let.cite else "")
            self._open.pop()
            self._workshop.used_lets.add(name)
        return self._done[name]

    def __contains__(self, name: object) -> bool:  # without reading it, as Mapping would
        return name in self._shapes

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)
