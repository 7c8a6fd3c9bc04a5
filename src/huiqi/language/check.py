"""The checker: resolves the names of a tree and proves its types and units, before anything runs.

A mistake becomes a diagnostic with the place and the nearest right word; the tree that comes back carries a
type on every node and no unresolved name. After a mistake the node has the type that agrees with everything,
so that one slip gives one message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.diagnostics import Diagnostic, Severity, nearest
from huiqi.language.types import Kind, Type
from huiqi.language.units import PURE, multiply_dimensions
from huiqi.language.vocabulary import Vocabulary

TODAY = "评价日"
AGGREGATES = ("合计", "计数", "任一", "全部", "最大", "最小")
ROUNDINGS = ("四舍五入", "舍去", "进位")
SPANS = {"年数": t.YEARS, "月数": t.MONTHS, "天数": t.DAYS}
SHIFTS = ("推后", "提前")
ENDS = ("年初", "年末")
MEASURES = frozenset(
    ["元", "美元", "月", "日", "工作日", "年度", "平方米", "米", "吨", "千瓦时", "分钟", "小时"]
)  # measured, not counted
FUNCTIONS = (*AGGREGATES, "取大", "取小", *ROUNDINGS, *SPANS, *SHIFTS, *ENDS, "年度")


@dataclass
class Scope:
    """What names mean at some place of a rule, and where its mistakes are collected."""

    vocabulary: Vocabulary
    definitions: Mapping[str, s.Node] = field(default_factory=dict)
    parameters: Mapping[str, Type] = field(default_factory=dict)
    collections: tuple[str, ...] = ()
    problems: list[Diagnostic] = field(default_factory=list)

    def report(self, node: s.Node, message: str, hint: str = "") -> None:
        """Note a mistake at the place of ``node``."""
        span = node.span
        self.problems.append(Diagnostic(Severity.ERROR, span.file, span.line, span.column, message, hint))

    def within(self, collection: str) -> Scope:
        """The scope inside an item of ``collection``; problems go to the same list."""
        return replace(self, collections=(*self.collections, collection))

    def names(self) -> set[str]:
        """Every name that can be used here, for suggestions."""
        inner = {name for c in self.collections for name in self.vocabulary[c].fields}
        return inner | set(self.definitions) | set(self.parameters) | set(self.vocabulary) | {TODAY}


def check(node: s.Node, scope: Scope, expected: Type = t.ANY) -> s.Node:
    """The tree with names resolved and types proved; mistakes are added to ``scope.problems``.

    ``expected`` is the type that the place demands; a bare word is read as an option where an option is
    expected.
    """
    typed = _RULES[type(node)](node, scope, expected)
    if _countable(expected) and _counted_body(typed):
        return replace(typed, type=expected)
    if not typed.type.agrees(expected):
        scope.report(
            node, f"这里要{expected.words()}，写的却是{typed.type.words()}", _clash_hint(expected, typed.type)
        )
        return replace(typed, type=t.ANY)
    return typed


def _suggest(word: str, candidates: Iterable[str]) -> str:
    found = nearest(word, sorted(candidates))
    return f"是不是“{found}”？" if found else ""


def _clash_hint(wanted: Type, got: Type) -> str:
    if wanted.kind is Kind.NUMBER and got.kind is Kind.NUMBER and got.dimension == PURE:
        return "数后面要写单位，如 300万元、5家"
    return ""


def _name(node: s.Name, scope: Scope, expected: Type) -> s.Node:
    keep = {"span": node.span, "cite": node.cite}
    for collection in reversed(scope.collections):
        declared = scope.vocabulary[collection].fields.get(node.name)
        if declared:
            return s.Fact(name=node.name, collection=collection, type=declared.type, **keep)  # type: ignore[arg-type]
    if node.name in scope.definitions:
        body = scope.definitions[node.name]
        return s.Definition(name=node.name, body=body, type=body.type, **keep)  # type: ignore[arg-type]
    if node.name in scope.parameters:
        return s.Parameter(name=node.name, type=scope.parameters[node.name], **keep)  # type: ignore[arg-type]
    if node.name in scope.vocabulary:
        return s.Fact(name=node.name, type=scope.vocabulary[node.name].type, **keep)  # type: ignore[arg-type]
    if node.name == TODAY:
        return s.Today(type=t.DATE, **keep)  # type: ignore[arg-type]
    if expected.kind is Kind.CHOICE:
        return _option(node, node.name, scope, expected)
    hint = _glued(node.name, scope.names()) or _suggest(node.name, scope.names())
    scope.report(node, f"没有声明过的名字“{node.name}”", hint)
    return replace(node, type=t.ANY)


def _glued(word: str, known: set[str]) -> str:
    """What to say of a word operator that was written without its spaces, and so became part of a name."""
    for operator in ("且", "或", "属于", "非"):
        left, found, right = word.partition(operator)
        if found and (left in known if operator != "非" else not left and right in known):
            return f"“{operator}”两边要空格"
    return ""


def _option(node: s.Node, word: str, scope: Scope, expected: Type) -> s.Node:
    if expected.options and word not in expected.options:
        scope.report(node, f"“{word}”不是这里的选项", _suggest(word, expected.options))
        return replace(node, type=t.ANY)
    return s.Literal(value=word, text=word, type=expected, span=node.span, cite=node.cite)


def _literal(node: s.Literal, scope: Scope, expected: Type) -> s.Node:
    if node.type.kind is Kind.TEXT and expected.kind is Kind.CHOICE:
        return _option(node, str(node.value), scope, expected)
    if node.type.kind is Kind.NUMBER and node.value == 0 and expected.kind is Kind.NUMBER:
        return replace(node, type=expected)  # 0 is 0 in every unit
    return node


def _named(node: s.Named, scope: Scope, _: Type) -> s.Node:
    return replace(node, body=check(node.body, scope, t.BOOL), type=t.BOOL)


def _not(node: s.Not, scope: Scope, _: Type) -> s.Node:
    return replace(node, body=check(node.body, scope, t.BOOL), type=t.BOOL)


def _connective(node: s.All | s.Any, scope: Scope, _: Type) -> s.Node:
    return replace(node, parts=tuple(check(part, scope, t.BOOL) for part in node.parts), type=t.BOOL)


def _is_bare(node: s.Node) -> bool:
    return isinstance(node, s.Name) or (isinstance(node, s.Literal) and node.type.kind is Kind.TEXT)


def _pair(left: s.Node, right: s.Node, scope: Scope) -> tuple[s.Node, s.Node]:
    """Both sides of a comparison; the side that says what it is goes first: a bare word may be an option."""
    undecided = _is_bare(left) and not _resolves(left, scope)
    if undecided or _is_count(left, scope) or isinstance(left, s.Literal):
        second = check(right, scope)
        return check(left, scope, _only(second.type)), second
    first = check(left, scope)
    return first, check(right, scope, _only(first.type))


def _is_count(node: s.Node, scope: Scope) -> bool:
    """计数 takes its unit from the other side, also where 设 has given it a name."""
    if isinstance(node, s.Name) and node.name in scope.definitions:
        return _counted_body(scope.definitions[node.name])
    return isinstance(node, s.Call) and node.function == "计数"


def _counted_body(node: s.Node) -> bool:
    while isinstance(node, s.Definition):
        node = node.body
    return isinstance(node, s.Aggregate) and node.function == "计数"


def _counted(left: s.Node, right: s.Node) -> bool:
    """Whether a plain count stands against a number of something: 设名 >= 5家."""
    return any(_counted_body(one) and _countable(other.type) for one, other in ((left, right), (right, left)))


def _countable(kind: Type) -> bool:
    """Whether a count can be a number of this: of things and persons, but not of money, time or area."""
    return kind.kind is Kind.NUMBER and (
        kind.dimension == PURE
        or (len(kind.dimension) == 1 and kind.dimension[0][1] == 1 and kind.dimension[0][0] not in MEASURES)
    )


def _resolves(node: s.Node, scope: Scope) -> bool:
    return isinstance(node, s.Name) and node.name in scope.names()


def _only(kind: Type) -> Type:
    """What the other side must agree with: options and numbers bind, the rest is compared afterwards."""
    return kind if kind.kind in (Kind.CHOICE, Kind.NUMBER) else t.ANY


def _compare(node: s.Compare, scope: Scope, _: Type) -> s.Node:
    left, right = _pair(node.left, node.right, scope)
    if Kind.COLLECTION in (left.type.kind, right.type.kind):
        scope.report(node, "集合不能直接比较", "用 计数、合计、任一、全部")
    elif not left.type.agrees(right.type) and not _counted(left, right):
        scope.report(node, f"{left.type.words()}不能与{right.type.words()}比较")
    elif node.op not in ("=", "!=") and left.type.kind not in (Kind.NUMBER, Kind.DATE, Kind.UNKNOWN):
        scope.report(node, f"{left.type.words()}不分大小，不能用“{node.op}”", "用 = 或 属于")
    return replace(node, left=left, right=right, type=t.BOOL)


def _member(node: s.Member, scope: Scope, _: Type) -> s.Node:
    item = check(node.item, scope)
    options = tuple(check(option, scope, item.type) for option in node.options)
    seen: list[s.Node] = []
    for option in options:
        if option in seen:
            scope.report(option, "同一个选项列了两次", "去掉一个")
        seen.append(option)
    return replace(node, item=item, options=options, type=t.BOOL)


def _arithmetic(node: s.Arithmetic, scope: Scope, expected: Type) -> s.Node:
    additive = node.op in "+-"
    left = check(node.left, scope, expected if additive and isinstance(node.left, s.Literal) else t.ANY)
    right = check(
        node.right, scope, _only(left.type) if additive and isinstance(node.right, s.Literal) else t.ANY
    )
    kinds = {left.type.kind, right.type.kind}
    result = t.ANY
    if not kinds <= {Kind.NUMBER, Kind.UNKNOWN}:
        scope.report(
            node, f"{left.type.words()}与{right.type.words()}不能做“{node.op}”", "只有数能做四则运算"
        )
    elif Kind.UNKNOWN not in kinds:
        if not additive:
            sign = 1 if node.op == "*" else -1
            result = t.number(multiply_dimensions(left.type.dimension, right.type.dimension, sign))
        elif left.type.dimension != right.type.dimension:
            scope.report(node, f"{left.type.words()}与{right.type.words()}不能相加减")
        else:
            result = left.type
    return replace(node, left=left, right=right, type=result)


def _negate(node: s.Negate, scope: Scope, _: Type) -> s.Node:
    body = _number(node.body, scope)
    return replace(node, body=body, type=body.type)


def _number(node: s.Node, scope: Scope, expected: Type = t.ANY) -> s.Node:
    typed = check(node, scope, expected)
    if typed.type.kind not in (Kind.NUMBER, Kind.UNKNOWN):
        scope.report(node, f"这里要数，写的却是{typed.type.words()}")
        return replace(typed, type=t.ANY)
    return typed


def _common(nodes: Iterable[s.Node], scope: Scope, expected: Type) -> tuple[tuple[s.Node, ...], Type]:
    """Nodes that must share one type, and that type."""
    shared, typed = expected, []
    for node in nodes:
        one = check(node, scope, shared)
        if shared.kind is Kind.UNKNOWN and not (isinstance(one, s.Literal) and one.value == 0):
            shared = one.type
        typed.append(one)
    if shared.kind is Kind.UNKNOWN and typed:
        shared = typed[0].type
    return tuple(typed), shared


def _extreme(node: s.Extreme, scope: Scope, expected: Type) -> s.Node:
    parts, shared = _common(node.parts, scope, expected)
    if shared.kind not in (Kind.NUMBER, Kind.DATE, Kind.UNKNOWN):
        scope.report(node, f"{shared.words()}不分大小，不能取大取小")
    return replace(node, parts=parts, type=shared)


def _if(node: s.If, scope: Scope, expected: Type) -> s.Node:
    condition = check(node.condition, scope, t.BOOL)
    (then, otherwise), shared = _common((node.then, node.otherwise), scope, expected)
    return replace(node, condition=condition, then=then, otherwise=otherwise, type=shared)


def _round(node: s.Round, scope: Scope, expected: Type) -> s.Node:
    body = _number(node.body, scope, expected)
    found = len(scope.problems)
    step = _number(node.step, scope, _only(body.type))
    if (not isinstance(step, s.Literal) or step.value == 0) and len(scope.problems) == found:
        scope.report(node.step, "取整到什么单位要直接写出来，且不为 0", "如 1元、1万元、1%")
    return replace(node, body=body, step=step, type=body.type)


def _date_function(node: s.DateFunction, scope: Scope, _: Type) -> s.Node:
    if node.function in SHIFTS:
        start = check(node.arguments[0], scope, t.DATE)
        length = _number(node.arguments[1], scope)
        if length.type.kind is Kind.NUMBER and length.type.dimension not in (
            t.MONTHS.dimension,
            t.DAYS.dimension,
        ):
            scope.report(
                node.arguments[1],
                f"{node.function}要时长，写的却是{length.type.words()}",
                "如 3年、6月、30日",
            )
        return replace(node, arguments=(start, length), type=t.DATE)
    arguments = tuple(check(argument, scope, t.DATE) for argument in node.arguments)
    kind = {"年度": t.YEAR, "年初": t.DATE, "年末": t.DATE, **SPANS}[node.function]
    return replace(node, arguments=arguments, type=kind)


def _call(node: s.Call, scope: Scope, expected: Type) -> s.Node:
    make = _CALLS.get(node.function)
    if make is None:
        scope.report(node, f"没有“{node.function}”这个函数", _suggest(node.function, FUNCTIONS))
        return replace(node, type=t.ANY)
    least, most, usage = _ARITY[node.function]
    if not least <= len(node.arguments) <= most:
        scope.report(node, f"“{node.function}”的参数个数不对", f"写法：{usage}")
        return replace(node, type=t.ANY)
    return make(node, scope, expected)


def _aggregate(node: s.Call, scope: Scope, expected: Type) -> s.Node:
    first, *rest = node.arguments
    keep = {"span": node.span, "cite": node.cite}
    declared = scope.vocabulary.get(first.name) if isinstance(first, s.Name) else None
    if declared is None or declared.type.kind is not Kind.COLLECTION:
        collections = [name for name, fact in scope.vocabulary.items() if fact.type.kind is Kind.COLLECTION]
        shown = first.name if isinstance(first, s.Name) else ""
        scope.report(first, f"“{node.function}”的第一项要是集合", _suggest(shown, collections))
        return replace(node, type=t.ANY)
    inner = scope.within(declared.name)
    if node.function in ("任一", "全部"):
        body = check(rest[0], inner, t.BOOL)
        return s.Aggregate(function=node.function, collection=declared.name, body=body, type=t.BOOL, **keep)  # type: ignore[arg-type]
    if node.function == "计数":
        where = check(rest[0], inner, t.BOOL) if rest else None
        kind = expected if _countable(expected) else t.PURE_NUMBER
        return s.Aggregate(function="计数", collection=declared.name, where=where, type=kind, **keep)  # type: ignore[arg-type]
    body = check(rest[0], inner, expected if node.function == "合计" else t.ANY)
    kind = body.type
    if body.type.kind not in (Kind.NUMBER, Kind.UNKNOWN) and not (
        node.function != "合计" and body.type.kind is Kind.DATE
    ):
        scope.report(rest[0], f"{node.function}要数，写的却是{body.type.words()}")
        kind = t.ANY
    where = check(rest[1], inner, t.BOOL) if len(rest) > 1 else None
    return s.Aggregate(
        function=node.function,
        collection=declared.name,
        body=body,
        where=where,
        type=kind,
        **keep,  # type: ignore[arg-type]
    )


def _extreme_call(node: s.Call, scope: Scope, expected: Type) -> s.Node:
    made = s.Extreme(greatest=node.function == "取大", parts=node.arguments, span=node.span, cite=node.cite)
    return _extreme(made, scope, expected)


def _round_call(node: s.Call, scope: Scope, expected: Type) -> s.Node:
    body, step = node.arguments
    return _round(
        s.Round(mode=node.function, body=body, step=step, span=node.span, cite=node.cite), scope, expected
    )


def _date_call(node: s.Call, scope: Scope, expected: Type) -> s.Node:
    made = s.DateFunction(function=node.function, arguments=node.arguments, span=node.span, cite=node.cite)
    return _date_function(made, scope, expected)


def _as_is(node: s.Node, scope: Scope, expected: Type) -> s.Node:
    """A node that the checker made itself is already typed."""
    return node


_CALLS: dict[str, Callable[[s.Call, Scope, Type], s.Node]] = {
    **dict.fromkeys(AGGREGATES, _aggregate),
    **dict.fromkeys(("取大", "取小"), _extreme_call),
    **dict.fromkeys(ROUNDINGS, _round_call),
    **dict.fromkeys((*SPANS, *SHIFTS, *ENDS, "年度"), _date_call),
}
_ARITY = {
    "合计": (2, 3, "合计(集合, 式) 或 合计(集合, 式, 条件)"),
    "计数": (1, 2, "计数(集合) 或 计数(集合, 条件)"),
    "任一": (2, 2, "任一(集合, 条件)"),
    "全部": (2, 2, "全部(集合, 条件)"),
    "最大": (2, 3, "最大(集合, 式) 或 最大(集合, 式, 条件)"),
    "最小": (2, 3, "最小(集合, 式) 或 最小(集合, 式, 条件)"),
    "取大": (2, 99, "取大(甲, 乙, …)"),
    "取小": (2, 99, "取小(甲, 乙, …)"),
    **{mode: (2, 2, f"{mode}(数, 1元)") for mode in ROUNDINGS},
    **{name: (2, 2, f"{name}(起, 止)") for name in SPANS},
    **{name: (2, 2, f"{name}(日期, 时长)") for name in SHIFTS},
    **{name: (1, 1, f"{name}(日期)") for name in (*ENDS, "年度")},
}
_RULES: dict[type[s.Node], Callable[..., s.Node]] = {
    s.Literal: _literal,
    s.Name: _name,
    s.Named: _named,
    s.Not: _not,
    s.All: _connective,
    s.Any: _connective,
    s.Compare: _compare,
    s.Member: _member,
    s.Arithmetic: _arithmetic,
    s.Negate: _negate,
    s.Extreme: _extreme,
    s.If: _if,
    s.Round: _round,
    s.DateFunction: _date_function,
    s.Call: _call,
    s.Fact: _as_is,
    s.Parameter: _as_is,
    s.Definition: _as_is,
    s.Today: _as_is,
    s.Unstated: _as_is,
    s.Aggregate: _as_is,
}
