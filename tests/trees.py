"""Random typed trees of the rule language over the vocabulary of tests/support.py, and random facts for them.

Trees are made of nodes, not of text: what the checker makes of their printed form must be the same tree again
(tests/language/test_round_trip.py), which proves both the printer and this generator.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from huiqi.evaluate.values import INFINITE, Uncertain
from huiqi.language import syntax as s
from huiqi.language import types as t
from huiqi.language.benefit import DerivedRule, ParameterRule, ParameterValue
from huiqi.language.types import Kind, Type
from huiqi.language.units import parse_quantity
from tests.support import TODAY, VOCABULARY

V = TypeVar("V")


class Choices:
    """Decisions read off some bytes, one a byte; when they run out, the first option is taken every time.

    Hypothesis draws bytes fast and shrinks them well, so the first option is always the simplest.
    """

    def __init__(self, data: bytes) -> None:
        self._left = iter(data)

    def pick(self, options: Sequence[V]) -> V:
        """One of the options."""
        return options[next(self._left, 0) % len(options)]

    def often(self, of_ten: int) -> bool:
        """Yes in so many cases of ten; no when the bytes have run out."""
        return next(self._left, 255) % 10 < of_ten

    def some(self, options: Sequence[V], most: int) -> list[V]:
        """At least one of the options, and at most so many, each once."""
        left = list(options)
        return [left.pop(left.index(self.pick(left))) for _ in range(self.pick(range(1, most + 1)))]


_BYTES = st.binary(min_size=64, max_size=400)

ITEMS = "项目"
SCALES = VOCABULARY["企业规模"].type
CATEGORIES = VOCABULARY[ITEMS].fields["类别"].type
PEOPLE = VOCABULARY["从业人数"].type
PARAMETER = "限额"
DERIVED = ("贷款额", "企业规模")  # the facts that follow from rules where these are given

FACTS_OF: dict[Type, tuple[str, ...]] = {
    t.BOOL: ("高新企业", "失信"),
    t.MONEY: ("投资额", "贷款额", "利润"),
    t.PURE_NUMBER: ("研发占比",),
    PEOPLE: ("从业人数",),
    t.MONTHS: ("经营时长",),
    t.DAYS: ("工期",),
    t.DATE: ("成立日期", "开工日期"),
    SCALES: ("企业规模", "去年规模"),
}
FIELDS_OF: dict[Type, tuple[str, ...]] = {
    t.BOOL: ("示范",),
    t.MONEY: ("设备额",),
    PEOPLE: ("人数",),
    t.DATE: ("完工日期",),
    CATEGORIES: ("类别",),
}
LITERALS: dict[Type, tuple[str, ...]] = {
    t.MONEY: ("0元", "1元", "2.5元", "300元", "1万元", "5万元", "300万元", "2亿元"),
    t.PURE_NUMBER: ("30%", "2.5%", "1", "2", "3", "100%"),
    PEOPLE: ("1人", "5人", "20人", "300人"),
    t.MONTHS: ("1年", "3年", "6月", "18月"),
    t.DAYS: ("1日", "30日", "365日"),
}
STEPS: dict[Type, tuple[str, ...]] = {
    t.MONEY: ("1元", "100元", "1万元"),
    t.PURE_NUMBER: ("1%", "0.5%", "1"),
    PEOPLE: ("1人", "10人"),
    t.MONTHS: ("1月", "1年"),
    t.DAYS: ("1日", "7日"),
}
DAYS = (date(2020, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 31), TODAY, date(2024, 6, 2))
ORDERED = (t.MONEY, t.PURE_NUMBER, PEOPLE, t.MONTHS, t.DAYS, t.DATE)


def quantity(text: str) -> s.Literal:
    """The literal that a written quantity is."""
    read = parse_quantity(text)
    return s.Literal(value=read.number, text=text, type=t.number(read.dimension, read.unit))


@dataclass(frozen=True)
class Growth:
    """How a tree may grow: with 设 and 参数, inside an item, and with operations that may have no value.

    An operation has no value when it divides by zero or takes the largest of nothing; ``partial`` allows it.
    """

    choices: Choices
    inside: bool = False
    partial: bool = True
    parameters: bool = False
    names: bool = True
    without: tuple[str, ...] = ()

    def one_of(self, *makers: Callable[[], s.Node]) -> s.Node:
        return self.choices.pick(makers)()

    def pick(self, options: Sequence[V]) -> V:
        return self.choices.pick(options)

    def often(self, of_ten: int) -> bool:
        return self.choices.often(of_ten)

    def within(self) -> "Growth":
        return replace(self, inside=True, names=False)

    # ---- leaves ----

    def fact(self, kind: Type) -> s.Node:
        names = [name for name in FACTS_OF.get(kind, ()) if name not in self.without]
        keys = [("", name) for name in names]
        if self.inside:
            keys += [(ITEMS, name) for name in FIELDS_OF.get(kind, ())] * 2
        if not keys:
            return self.leaf(kind)
        collection, name = self.pick(keys)
        return s.Fact(name=name, collection=collection, type=kind)

    def leaf(self, kind: Type) -> s.Node:
        if kind is t.DATE:
            day = self.pick(DAYS)
            literal = s.Literal(value=day, text=day.isoformat(), type=t.DATE)
            return self.one_of(lambda: literal, lambda: s.Today(type=t.DATE), lambda: self.fact(t.DATE))
        if kind is t.BOOL:
            return self.fact(t.BOOL)
        if kind.kind is Kind.CHOICE:
            return self.fact(kind)
        if kind is t.MONEY and self.parameters and self.often(3):
            return s.Parameter(name=PARAMETER, type=t.MONEY)
        return self.one_of(lambda: quantity(self.pick(LITERALS[kind])), lambda: self.fact(kind))

    # ---- trees ----

    def tree(self, kind: Type, depth: int) -> s.Node:
        """A tree of a type, at most ``depth`` nodes deep."""
        if depth <= 0 or not self.often(9):
            return self.leaf(kind)
        if self.names and self.often(1):
            body = self.tree(kind, depth - 1)
            return s.Definition(name=f"甲{id(body)}", body=body, type=kind)
        if kind is t.BOOL:
            return self.truth(depth - 1)
        if kind is t.DATE:
            return self.day(depth - 1)
        if kind.kind is Kind.CHOICE:
            return self.choice(kind, depth - 1)
        return self.number(kind, depth - 1)

    def truth(self, depth: int) -> s.Node:
        def compare() -> s.Node:
            kind = self.pick((*ORDERED, t.MONEY))
            op = self.pick(("=", "!=", "<", "<=", ">", ">="))
            return s.Compare(op=op, left=self.tree(kind, depth), right=self.tree(kind, depth), type=t.BOOL)

        def bound() -> s.Node:
            kind = self.pick(ORDERED[:-1])
            op = self.pick(("=", "!=", "<", "<=", ">", ">="))
            literal = quantity(self.pick(LITERALS[kind]))
            return s.Compare(op=op, left=self.fact(kind), right=literal, type=t.BOOL)

        def option() -> s.Node:
            kind = CATEGORIES if self.inside and self.often(5) else SCALES
            literal = self.option(kind)
            left = self.choice(kind, depth - 1)
            return s.Compare(op=self.pick(("=", "!=")), left=left, right=literal, type=t.BOOL)

        def member() -> s.Node:
            kind = CATEGORIES if self.inside and self.often(5) else SCALES
            words = self.choices.some(kind.options, 3)
            options = tuple(s.Literal(value=word, text=word, type=kind) for word in words)
            return s.Member(item=self.choice(kind, depth - 1), options=options, type=t.BOOL)

        def numeric_member() -> s.Node:
            texts = self.choices.some(LITERALS[PEOPLE], 3)
            options = tuple(quantity(text) for text in texts)
            return s.Member(item=self.tree(PEOPLE, depth), options=options, type=t.BOOL)

        def joined() -> s.Node:
            parts = tuple(self.tree(t.BOOL, depth) for _ in range(self.pick((2, 2, 3))))
            kind = self.pick((s.All, s.Any))
            made: s.Node = kind(parts=parts, type=t.BOOL)
            return made

        def every() -> s.Node:
            body = self.within().tree(t.BOOL, depth)
            return s.Aggregate(function=self.pick(("任一", "全部")), collection=ITEMS, body=body, type=t.BOOL)

        makers = [
            compare, bound, bound, option, member, numeric_member, joined, joined,
            lambda: s.Not(body=self.tree(t.BOOL, depth), type=t.BOOL),
            lambda: self.branch(t.BOOL, depth),
            lambda: s.Compare(
                op=self.pick(("=", "!=")), left=self.fact(t.BOOL), right=self.tree(t.BOOL, depth), type=t.BOOL
            ),
        ]  # fmt: skip
        return self.one_of(*makers, *(() if self.inside else (every, every)))

    def option(self, kind: Type) -> s.Literal:
        word = self.pick(kind.options)
        return s.Literal(value=word, text=word, type=kind)

    def choice(self, kind: Type, depth: int) -> s.Node:
        if depth <= 0 or not self.often(3):
            return self.fact(kind)
        other = self.fact(kind) if self.often(5) else self.option(kind)
        return s.If(
            condition=self.tree(t.BOOL, depth - 1),
            then=self.choice(kind, depth - 1),
            otherwise=other,
            type=kind,
        )

    def branch(self, kind: Type, depth: int) -> s.Node:
        return s.If(
            condition=self.tree(t.BOOL, depth),
            then=self.tree(kind, depth),
            otherwise=self.tree(kind, depth),
            type=kind,
        )

    def extreme(self, kind: Type, depth: int) -> s.Node:
        parts = tuple(self.tree(kind, depth) for _ in range(self.pick((2, 2, 3))))
        return s.Extreme(greatest=self.pick((True, False)), parts=parts, type=kind)

    def aggregate(self, function: str, kind: Type, depth: int) -> s.Node:
        inside = self.within()
        body = inside.tree(kind, depth) if function != "计数" else None
        where = inside.tree(t.BOOL, depth) if self.often(5) else None
        return s.Aggregate(function=function, collection=ITEMS, body=body, where=where, type=kind)

    def day(self, depth: int) -> s.Node:
        def shift() -> s.Node:
            kind = self.pick((t.MONTHS, t.DAYS))
            length = self.whole_length(kind)
            arguments = (self.tree(t.DATE, depth), length)
            return s.DateFunction(function=self.pick(("推后", "提前")), arguments=arguments, type=t.DATE)

        makers: list[Callable[[], s.Node]] = [
            shift,
            lambda: s.DateFunction(
                function=self.pick(("年初", "年末")), arguments=(self.tree(t.DATE, depth),), type=t.DATE
            ),
            lambda: self.extreme(t.DATE, depth),
            lambda: self.branch(t.DATE, depth),
        ]
        if self.partial and not self.inside:
            makers.append(lambda: self.aggregate(self.pick(("最大", "最小")), t.DATE, depth))
        return self.one_of(*makers)

    def whole_length(self, kind: Type) -> s.Node:
        """A length that is a whole number of months or days: no other can be added to a day."""
        return self.one_of(
            lambda: quantity(self.pick(LITERALS[kind])),
            lambda: self.fact(kind),
            lambda: self.span(kind, 0),
        )

    def span(self, kind: Type, depth: int) -> s.Node:
        function = "天数" if kind is t.DAYS else self.pick(("年数", "月数"))
        arguments = (self.tree(t.DATE, depth), self.tree(t.DATE, depth))
        return s.DateFunction(function=function, arguments=arguments, type=kind)

    def number(self, kind: Type, depth: int) -> s.Node:
        def sum_() -> s.Node:
            left, right = self.tree(kind, depth), self.tree(kind, depth)
            return s.Arithmetic(op=self.pick(("+", "-")), left=left, right=right, type=kind)

        def product() -> s.Node:
            left, right = self.tree(kind, depth), self.tree(t.PURE_NUMBER, depth)
            return s.Arithmetic(op="*", left=left, right=right, type=kind)

        def quotient() -> s.Node:
            divisor = quantity(self.pick(("1", "2", "3", "40%")))
            right = self.tree(t.PURE_NUMBER, depth) if self.partial else divisor
            return s.Arithmetic(op="/", left=self.tree(kind, depth), right=right, type=kind)

        def rounded() -> s.Node:
            mode = self.pick(("四舍五入", "舍去", "进位"))
            step = quantity(self.pick(STEPS[kind]))
            return s.Round(mode=mode, body=self.tree(kind, depth), step=step, type=kind)

        def ratio() -> s.Node:
            other = self.pick((t.MONEY, PEOPLE, t.MONTHS))
            left, right = self.tree(other, depth), self.tree(other, depth)
            return s.Arithmetic(op="/", left=left, right=right, type=t.PURE_NUMBER)

        makers: list[Callable[[], s.Node]] = [
            sum_,
            product,
            quotient,
            rounded,
            lambda: s.Negate(body=self.tree(kind, depth), type=kind),
            lambda: self.extreme(kind, depth),
            lambda: self.branch(kind, depth),
            lambda: self.branch(kind, depth),
        ]
        if kind in (t.MONTHS, t.DAYS):
            makers += [lambda: self.span(kind, depth)] * 3
        if kind is t.PURE_NUMBER and self.partial:
            makers += [ratio] * 2
        if not self.inside:
            makers += [lambda: self.aggregate("合计", kind, depth)] * 2
            makers += [lambda: self.aggregate("计数", kind, depth)] if kind is t.PURE_NUMBER else []
            if self.partial:
                makers += [lambda: self.aggregate(self.pick(("最大", "最小")), kind, depth)] * 2
        return self.one_of(*makers)


KINDS = (t.BOOL, t.MONEY, t.PURE_NUMBER, PEOPLE, t.MONTHS, t.DAYS, t.DATE, SCALES)


def trees(
    kinds: tuple[Type, ...] = KINDS,
    depth: int = 4,
    *,
    partial: bool = True,
    parameters: bool = False,
    names: bool = True,
    without: tuple[str, ...] = (),
) -> st.SearchStrategy[s.Node]:
    """A tree of one of the types."""

    def grow(data: bytes) -> s.Node:
        choices = Choices(data)
        growth = Growth(choices, False, partial, parameters, names, without)
        return growth.tree(choices.pick(kinds), depth)

    return _BYTES.map(grow)


# ---- facts ----

_MONEY = (0, 1, 100, 250, 30000, 10**6, 5 * 10**6, 3 * 10**8 - 1, 3 * 10**8, 3 * 10**8 + 1, 10**10)
_DATES = (*DAYS, date(2019, 1, 1), date(2024, 2, 28), date(2024, 5, 31), date(2026, 12, 31))
_VALUES: dict[str, Sequence[Any]] = {
    "投资额": _MONEY,
    "贷款额": _MONEY,
    "利润": (*_MONEY, -1, -(10**6)),
    "从业人数": (0, 1, 4, 5, 6, 20, 300),
    "研发占比": (0, Fraction(1, 40), Fraction(3, 10), Fraction(1, 3), 1),
    "经营时长": (0, 5, 6, 12, 35, 36, 37, 100),
    "工期": (0, 1, 29, 30, 31, 400),
    "成立日期": _DATES,
    "开工日期": _DATES,
    "企业规模": SCALES.options,
    "去年规模": SCALES.options,
    "高新企业": (False, True),
    "失信": (False, True),
}
_FIELDS: dict[str, Sequence[Any]] = {
    "设备额": _MONEY,
    "人数": (0, 1, 5, 20),
    "完工日期": _DATES,
    "类别": CATEGORIES.options,
    "示范": (False, True),
}


def _complete(choices: Choices, derived: bool) -> dict[str, Any]:
    known = {
        name: choices.pick(values) for name, values in _VALUES.items() if not (derived and name in DERIVED)
    }
    known[ITEMS] = tuple(
        {name: choices.pick(values) for name, values in _FIELDS.items()}
        for _ in range(choices.pick(range(4)))
    )
    return known


@dataclass(frozen=True)
class Hidden:
    """Facts of which some are unknown or only bounded (``keys``), beside all of them."""

    known: Mapping[str, Any]
    complete: Mapping[str, Any]
    keys: frozenset[str]

    def told(self, keys: frozenset[str]) -> "Hidden":
        """The same facts with the true values of ``keys`` filled in."""
        found = dict(self.known)
        for key in keys & self.keys:
            if "." not in key:
                found[key] = self.complete[key]
        fields = {key.partition(".")[2] for key in keys & self.keys if "." in key}
        if fields and ITEMS in found:
            found[ITEMS] = tuple(
                {**item, **{name: value for name, value in whole.items() if name in fields}}
                for item, whole in zip(found[ITEMS], self.complete[ITEMS], strict=True)
            )
        return Hidden(found, self.complete, self.keys - keys)


def _blurred(choices: Choices, key: str, value: Any) -> Uncertain | None:
    """What may be known of a value: nothing, or for numbers and days a range around it."""
    if isinstance(value, bool | str) or not choices.often(5):
        return None
    if isinstance(value, date):
        first, last = (value + sign * timedelta(days=choices.pick((0, 1, 30, 400))) for sign in (-1, 1))
        return Uncertain(frozenset((key,)), first, last) if first != last else None
    below, above = choices.pick((0, 1, 100)), choices.pick((0, 1, 100, INFINITE))
    low = value - below if key == "利润" else max(value - below, 0)
    return Uncertain(frozenset((key,)), low, value + above) if low != value + above else None


def _hide(choices: Choices, derived: bool) -> Hidden:
    complete = _complete(choices, derived)
    odds = choices.pick((5, 2, 8))
    keys = {name for name in (*complete, *(f"{ITEMS}.{name}" for name in _FIELDS)) if choices.often(odds)}
    if ITEMS in keys:
        keys = {key for key in keys if "." not in key}
    known: dict[str, Any] = {}
    for name, value in complete.items():
        if name not in keys:
            known[name] = value
        elif name != ITEMS and (blurred := _blurred(choices, name, value)) is not None:
            known[name] = blurred
    if ITEMS in known:
        fields = {key.partition(".")[2] for key in keys if "." in key}
        known[ITEMS] = tuple(
            {name: value for name, value in item.items() if name not in fields} for item in complete[ITEMS]
        )
    return Hidden(known, complete, frozenset(keys))


def hidden_facts(*, derived: bool = False) -> st.SearchStrategy[Hidden]:
    """Complete facts, and what is left when some are hidden; with ``derived``, one is left to a rule."""
    return _BYTES.map(lambda data: _hide(Choices(data), derived))


def parameter_rules() -> st.SearchStrategy[ParameterRule]:
    """A parameter in money, known exactly or as a range, or without a value on the day."""

    def make(low: int, more: int, start: date, confirmed: bool) -> ParameterRule:
        value = ParameterValue(start, None, low, low + more, "一", confirmed)
        return ParameterRule(PARAMETER, t.MONEY, (value,))

    return st.builds(
        make,
        st.sampled_from(_MONEY),
        st.sampled_from((0, 10**6)),
        st.sampled_from((date(2023, 1, 1), date(2025, 1, 1))),
        st.booleans(),
    )


def rules() -> st.SearchStrategy[dict[str, DerivedRule]]:
    """Rules for 贷款额 and 企业规模, of which the second may lean on the first."""
    money, scale = DERIVED

    def make(of_money: s.Node, of_scale: s.Node) -> dict[str, DerivedRule]:
        return {money: DerivedRule(money, of_money, "一"), scale: DerivedRule(scale, of_scale, "一")}

    return st.builds(
        make,
        trees((t.MONEY,), 3, partial=False, names=False, without=DERIVED),
        trees((SCALES,), 3, partial=False, names=False, without=(scale,)),
    )
