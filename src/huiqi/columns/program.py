"""The program that a rule book becomes before it meets a table: small steps over whole columns.

Lowering (``lower``) says in these steps everything that the language means: what an unknown is, what a range
is, how rounding goes. A step itself knows no null, no unknown and no infinity; it works on truth values and
on whole numbers of 64 bits, and means the same in every engine. So an engine is a table of some twenty
one-line operations, and the meaning of the language is written down in one place for all of them.

Steps are kept once however often they are asked for, and those that the known ranges of their parts already
decide are never made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

INFINITE = 1 << 62
"""Stands for "no bound" at the end of a range; every number that is meant as one stays below it."""

Space = tuple[str, ...]
"""What a column has a row for: ``()`` each enterprise, ``("项目",)`` each 项目, ``("项目", "认定")`` each
pair of one enterprise."""

ENTERPRISE: Space = ()
BOOLEAN, WHOLE = "boolean", "whole"

Bounds = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One column: an operation over earlier ones. ``lowest`` and ``highest`` bound what can stand in it.

    Operations, with ``value`` in brackets: ``load`` [kind, key], ``constant`` [value]; of truth values
    ``and``, ``or`` (two or more), ``not``; comparisons ``equal``, ``less``; of numbers ``add``, ``subtract``,
    ``multiply``, ``floor_divide`` (by a positive number), ``minimum``, ``maximum`` (two or more); ``select``
    (condition, then, otherwise); ``bits`` (truth values to one number, the first is bit 0); between spaces
    ``spread`` (the same value for each item), ``align`` (the same items seen from a space further in) and
    ``any``, ``sum``, ``most``, ``least`` over the items of one, which are false, 0, -INFINITE and INFINITE
    where there is no item.
    """

    operation: str
    parts: tuple[int, ...]
    kind: str
    space: Space
    value: object = None
    lowest: int = 0
    highest: int = 1


@dataclass(slots=True)
class Program:
    """Steps in an order in which each stands after its parts. Columns are spoken of by their place here."""

    steps: list[Step] = field(default_factory=list)
    _places: dict[tuple[object, ...], int] = field(default_factory=dict)

    # ---- making steps ----

    def _make(
        self,
        operation: str,
        parts: tuple[int, ...],
        kind: str,
        space: Space,
        value: object = None,
        lowest: int = 0,
        highest: int = 1,
    ) -> int:
        key = (operation, parts, kind, space, value)  # the kind, because 1 equals True
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = len(self.steps)
            self.steps.append(Step(operation, parts, kind, space, value, lowest, highest))
        return found

    def load(self, kind: str, key: str, space: Space, lowest: int = 0, highest: int = 1) -> int:
        """A column that the table gives; what the kinds are is said in ``inputs``."""
        of = BOOLEAN if kind in ("true", "false", "given") else WHOLE
        return self._make("load", (), of, space, (kind, key), lowest, highest)

    def truth(self, value: bool) -> int:
        """The same truth value everywhere."""
        return self._make("constant", (), BOOLEAN, ENTERPRISE, value, int(value), int(value))

    def whole(self, value: int) -> int:
        """The same number everywhere."""
        return self._make("constant", (), WHOLE, ENTERPRISE, int(value), int(value), int(value))

    def constant_of(self, place: int) -> bool | int | None:
        """The value of a column that is the same everywhere, else nothing."""
        step = self.steps[place]
        return step.value if step.operation == "constant" else None  # type: ignore[return-value]

    def range_of(self, place: int) -> tuple[int, int]:
        """The least and the most that can stand in a column."""
        step = self.steps[place]
        return step.lowest, step.highest

    # ---- truth ----

    def not_(self, part: int) -> int:
        """The opposite."""
        step = self.steps[part]
        if step.operation == "constant":
            return self.truth(not step.value)
        if step.operation == "not":
            return step.parts[0]
        return self._make("not", (part,), BOOLEAN, step.space)

    def and_(self, *parts: int) -> int:
        """True where all are."""
        return self._connect("and", parts, deciding=False)

    def or_(self, *parts: int) -> int:
        """True where some are."""
        return self._connect("or", parts, deciding=True)

    def _connect(self, operation: str, parts: Iterable[int], deciding: bool) -> int:
        kept: dict[int, None] = {}
        for part in parts:
            step = self.steps[part]
            if step.operation == "constant":
                if step.value is deciding:
                    return part
                continue
            if step.operation == operation:
                kept.update(dict.fromkeys(step.parts))
            else:
                kept[part] = None
        if any(self.not_(part) in kept for part in kept if self.steps[part].operation == "not"):
            return self.truth(deciding)
        if not kept:
            return self.truth(not deciding)
        if len(kept) == 1:
            return next(iter(kept))
        ordered = tuple(sorted(kept))
        return self._make(operation, ordered, BOOLEAN, self._space_of(ordered))

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """``select`` for truth values."""
        if then == otherwise:
            return then
        return self.or_(self.and_(condition, then), self.and_(self.not_(condition), otherwise))

    # ---- comparison ----

    def equal(self, left: int, right: int) -> int:
        """Whether two numbers are the same."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if left == right or a == b == c == d:
            return self.truth(True)
        if b < c or d < a:
            return self.truth(False)
        left, right = min(left, right), max(left, right)
        return self._make("equal", (left, right), BOOLEAN, self._space_of((left, right)))

    def less(self, left: int, right: int) -> int:
        """Whether the left number is smaller."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if b < c:
            return self.truth(True)
        if left == right or a >= d:
            return self.truth(False)
        return self._make("less", (left, right), BOOLEAN, self._space_of((left, right)))

    def at_most(self, left: int, right: int) -> int:
        """Whether the left number is not larger."""
        return self.not_(self.less(right, left))

    # ---- numbers: the caller keeps them below 64 bits ----

    def _whole(self, operation: str, parts: tuple[int, ...], lowest: int, highest: int) -> int:
        if lowest == highest:
            return self.whole(lowest)
        return self._make(operation, parts, WHOLE, self._space_of(parts), None, lowest, highest)

    def add(self, left: int, right: int, bounds: Bounds = None) -> int:
        """The sum; where the caller knows more of what it can be than the parts say, within ``bounds``."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if (c, d) == (0, 0):
            return left
        if (a, b) == (0, 0):
            return right
        return self._whole("add", (min(left, right), max(left, right)), *_within(bounds, a + c, b + d))

    def subtract(self, left: int, right: int) -> int:
        """The difference."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if (c, d) == (0, 0):
            return left
        if left == right:
            return self.whole(0)
        return self._whole("subtract", (left, right), a - d, b - c)

    def multiply(self, left: int, right: int, bounds: Bounds = None) -> int:
        """The product; ``bounds`` as for ``add``."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if (c, d) == (1, 1):
            return left
        if (a, b) == (1, 1):
            return right
        corners = (a * c, a * d, b * c, b * d)
        lowest, highest = _within(bounds, min(corners), max(corners))
        return self._whole("multiply", (min(left, right), max(left, right)), lowest, highest)

    def floor_divide(self, left: int, right: int) -> int:
        """The quotient by a positive number, rounded down."""
        (a, b), (c, d) = self.range_of(left), self.range_of(right)
        if (c, d) == (1, 1):
            return left
        corners = [x // y for x in (a, b) for y in (max(c, 1), max(d, 1))]
        return self._whole("floor_divide", (left, right), min(corners), max(corners))

    def minimum(self, *parts: int) -> int:
        """The smallest."""
        return self._extreme("minimum", parts)

    def maximum(self, *parts: int) -> int:
        """The largest."""
        return self._extreme("maximum", parts)

    def _extreme(self, operation: str, parts: Iterable[int]) -> int:
        ordered = sorted(set(parts))
        smallest = operation == "minimum"
        pick: Callable[..., int] = min if smallest else max
        lowest = pick(self.range_of(part)[0] for part in ordered)
        highest = pick(self.range_of(part)[1] for part in ordered)
        # what another part beats wherever it stands can be left out
        beats = pick(ordered, key=lambda part: self.range_of(part)[1 if smallest else 0])
        kept = tuple(
            part
            for part in ordered
            if part == beats
            or (self.range_of(part)[0] < highest if smallest else self.range_of(part)[1] > lowest)
        )
        return kept[0] if len(kept) == 1 else self._whole(operation, kept, lowest, highest)

    def select(self, condition: int, then: int, otherwise: int, bounds: Bounds = None) -> int:
        """One number where the condition is true, the other where it is not; ``bounds`` as for ``add``."""
        decided = self.constant_of(condition)
        if decided is not None:
            return then if decided else otherwise
        if then == otherwise:
            return then
        if self.steps[condition].operation == "not":
            condition, then, otherwise = self.steps[condition].parts[0], otherwise, then
        (a, b), (c, d) = self.range_of(then), self.range_of(otherwise)
        parts = (condition, then, otherwise)
        lowest, highest = _within(bounds, min(a, c), max(b, d))
        return self._make("select", parts, WHOLE, self._space_of(parts), None, lowest, highest)

    def bits(self, *parts: int) -> int:
        """Truth values in one number, the first as bit 0; at most 62 of them."""
        constants = [self.constant_of(part) for part in parts]
        if None not in constants:
            return self.whole(sum(1 << bit for bit, one in enumerate(constants) if one))
        return self._make("bits", parts, WHOLE, self._space_of(parts), None, 0, (1 << len(parts)) - 1)

    # ---- between spaces ----

    def _space_of(self, parts: Iterable[int]) -> Space:
        """The space of a column made from these; constants fit everywhere."""
        spaces = {step.space for part in parts if (step := self.steps[part]).operation != "constant"}
        assert len(spaces) <= 1, f"columns of different spaces meet: {spaces}"
        return spaces.pop() if spaces else ENTERPRISE

    def spread(self, part: int, space: Space) -> int:
        """The column in a space of items: each has the value of what it belongs to, step by step down."""
        step = self.steps[part]
        if step.operation == "constant" or step.space == space:
            return part
        above = self.spread(part, space[:-1])
        return self._make("spread", (above,), step.kind, space, None, step.lowest, step.highest)

    def align(self, part: int, space: Space) -> int:
        """A column of the items of one collection, in a space whose innermost items they are."""
        step = self.steps[part]
        if step.operation == "constant" or step.space == space:
            return part
        return self._make("align", (part,), step.kind, space, None, step.lowest, step.highest)

    def any_item(self, part: int, within: Space) -> int:
        """Whether some item has it; ``within`` is the space of the items."""
        decided = self.constant_of(part)
        if decided is False:
            return part
        if decided is True:
            part = self.not_(self._never(within))
        return self._make("any", (part,), BOOLEAN, within[:-1], within)

    def sum_items(self, part: int, within: Space, most: int) -> int:
        """The sum over the items; ``most`` is the largest size that it may come to."""
        if self.constant_of(part) == 0:
            return part
        low, high = self.range_of(part)
        return self._make(
            "sum",
            (part,),
            WHOLE,
            within[:-1],
            within,
            -most if low < 0 else 0,
            most if high > 0 else 0,
        )

    def most_item(self, part: int, within: Space) -> int:
        """The largest of the items, or -INFINITE where there is none."""
        return self._make(
            "most", (part,), WHOLE, within[:-1], within, -INFINITE, max(self.range_of(part)[1], -INFINITE)
        )

    def least_item(self, part: int, within: Space) -> int:
        """The smallest of the items, or INFINITE where there is none."""
        return self._make("least", (part,), WHOLE, within[:-1], within, self.range_of(part)[0], INFINITE)

    def _never(self, space: Space) -> int:
        """A column of a space in which nothing is true, for counting that there is an item at all."""
        return self._make("load", (), BOOLEAN, space, ("never", ""), 0, 0)


def _within(bounds: Bounds, lowest: int, highest: int) -> tuple[int, int]:
    return (lowest, highest) if bounds is None else (max(lowest, bounds[0]), min(highest, bounds[1]))


def needed(program: Program, outputs: Iterable[int]) -> list[int]:
    """The places that these columns are made from, themselves included, in order."""
    found: set[int] = set()
    waiting = list(outputs)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(program.steps[place].parts)
    return sorted(found)
