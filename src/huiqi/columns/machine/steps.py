"""What a program becomes in the code of the machine.

Numbers that can only be a few known ones (a verdict, a code, a date of two) are taken apart into the truth
values of where each stands: comparing them costs no number then. Where only some rows are asked for, as with
the amounts of those who may be due, their steps can run over just those (``Chosen``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple, cast

from huiqi.columns.machine.code import Code, Number
from huiqi.columns.machine.words import FALSE, TRUE, Literal, Op, Register, turned
from huiqi.columns.program import ENTERPRISE, INFINITE, WHOLE, Program, Space, Step, needed

Operand = Number | Literal
Values = dict[int, Literal]
"""Of a number that can only be a few: where each stands."""

MOST_VALUES = 12
_ACROSS = frozenset(("spread", "align", "any", "sum", "most", "least"))
_TWO = {
    "add": Op.ADD,
    "subtract": Op.SUBTRACT,
    "multiply": Op.MULTIPLY,
    "floor_divide": Op.DIVIDE,
    "minimum": Op.MINIMUM,
    "maximum": Op.MAXIMUM,
}
_REDUCE = {"sum": Op.SUM, "most": Op.MOST, "least": Op.LEAST}


class Source(NamedTuple):
    """A column that the code reads: a fact, or a field in the space of a collection.

    ``wanted`` is ``numbers`` (its values), ``truths`` (its truth values), ``known`` (where it has any), or,
    of no column, ``odd`` (the enterprises that columns cannot hold).
    """

    wanted: str
    space: Space
    key: str


class Translation:
    """Makes the code for the columns of a program that are asked for."""

    def __init__(self, program: Program) -> None:
        self.program, self.code = program, Code()
        self.spaces: list[Space] = []
        self.chosen_from: list[int] = []
        """For each space, the one that its rows are chosen from, or -1."""
        self.sources: dict[Source, int] = {}
        self.places: dict[tuple[str, Space], int] = {}
        """The ``parent`` and ``aligned`` of frames that the code reads."""
        self._chosen: dict[int, int] = {}
        self._space_numbers: dict[Space, int] = {}
        self._done: dict[int, Operand] = {}
        self._values: dict[int, Values] = {}
        self.space(ENTERPRISE)

    def space(self, space: Space) -> int:
        """The number of a space."""
        if space not in self._space_numbers:
            self._space_numbers[space] = len(self.spaces)
            self.spaces.append(space)
            self.chosen_from.append(-1)
        return self._space_numbers[space]

    def chosen(self, space: int) -> int:
        """The number of the space of rows chosen from another."""
        if space not in self._chosen:
            self._chosen[space] = len(self.spaces)
            self.spaces.append(self.spaces[space])
            self.chosen_from.append(space)
        return self._chosen[space]

    def source(self, wanted: str, space: Space, key: str) -> int:
        """The number of a column to read."""
        return self.sources.setdefault(Source(wanted, space, key), len(self.sources))

    def _frame(self, which: str, space: Space) -> int:
        return self.places.setdefault((which, space), len(self.places))

    # ---- every row ----

    def make(self, places: Iterable[int]) -> None:
        """Make these columns and what they lean on, for every row."""
        steps = self.program.steps
        for place in needed(self.program, places):
            step = steps[place]
            if place in self._done or step.operation == "load":
                continue
            taken_apart = self._take_apart(step)
            if taken_apart is not None:
                self._values[place] = taken_apart
            self._done[place] = self._of_few(step) if self._may_compare(step) else self._whole_step(step)

    def read(self, place: int) -> Operand:
        """A column that has been made; those that are loaded are loaded where they are read."""
        step = self.program.steps[place]
        return self._load(step) if step.operation == "load" else self._done[place]

    def values(self, place: int) -> Values | None:
        """Where each value of a number stands, if it can only be a few."""
        return self._values.get(place)

    def _whole_step(self, step: Step) -> Operand:
        space = self.space(step.space)
        if step.operation in _ACROSS:
            return self._across(step, space)
        return connected(self.code, step, [self.read(part) for part in step.parts], space)

    def _across(self, step: Step, space: int) -> Operand:
        (part,) = step.parts
        read, number = self.read(part), self.program.steps[part].kind == WHOLE
        if step.operation in ("spread", "align"):
            if isinstance(read, int) and (number or read < 2):
                return read
            outer = step.space[:-1] if step.operation == "spread" else step.space[-1:]
            frame = self._frame("parent" if step.operation == "spread" else "aligned", step.space)
            if number:
                return self.code.number(Op.GATHER, space, read, 0, 0, frame, self.space(outer))
            bits, turn = turned(read)  # type: ignore[arg-type]
            return self.code.truth(Op.GATHER_BITS, space, bits, turn, 0, frame, self.space(outer))
        within = cast("Space", step.value)
        inner, frame = self.space(within), self._frame("parent", within)
        if number:
            items = self.code.register(inner, read)
            return self.code.number(_REDUCE[step.operation], space, items, 0, 0, frame, inner)
        if read == FALSE:
            return FALSE
        bits, turn = turned(self.code.solid(inner, read))  # type: ignore[arg-type]
        return self.code.truth(Op.ANY, space, bits, turn, 0, frame, inner)

    def spread(self, literal: Literal, space: Space) -> Literal:
        """A truth value of each enterprise, in a space of items."""
        if literal < 2 or space == ENTERPRISE:
            return literal
        bits, turn = turned(self.spread(literal, space[:-1]))
        frame, outer = self._frame("parent", space), self.space(space[:-1])
        return self.code.truth(Op.GATHER_BITS, self.space(space), bits, turn, 0, frame, outer)

    # ---- columns of the table ----

    def _load(self, step: Step) -> Operand:
        kind, key = cast("tuple[str, str]", step.value)
        space = self.space(step.space)
        if kind == "never":
            return self.code.solid(space, FALSE)
        if kind in ("true", "false", "given"):
            op = Op.LOAD_FALSE if kind == "false" else Op.LOAD_TRUE
            values, known = self.source("truths", step.space, key), self.source("known", step.space, key)
            return self.code.truth(op, space, values, known)
        column, known = self.source("numbers", step.space, key), self.source("known", step.space, key)
        fill = _filling(step)
        # of which width a column is, is known only with a table
        return self.code.number(Op.LOAD_64, space, column, known, 0, fill)

    def known(self, step: Step) -> Literal:
        """Whether a column that is loaded has a value."""
        _, key = cast("tuple[str, str]", step.value)
        known = self.source("known", step.space, key)
        return self.code.truth(Op.LOAD_TRUE, self.space(step.space), known, known)

    def odd(self) -> Literal:
        """The enterprises that columns cannot hold."""
        odd = self.source("odd", ENTERPRISE, "")
        return self.code.truth(Op.LOAD_TRUE, 0, odd, odd)

    # ---- numbers that can only be a few ----

    def _take_apart(self, step: Step) -> Values | None:
        if step.operation == "constant" and step.kind == WHOLE:
            return {cast("int", step.value): TRUE}
        if step.operation != "select":
            return None
        condition, *ends = step.parts
        then, otherwise = (self._values.get(end) for end in ends)
        if then is None or otherwise is None or len({*then, *otherwise}) > MOST_VALUES:
            return None
        where, space, code = cast("Literal", self.read(condition)), self.space(step.space), self.code
        found = {}
        for value in sorted({*then, *otherwise}):
            one = code.and_(space, (where, then.get(value, FALSE)))
            other = code.and_(space, (where ^ 1, otherwise.get(value, FALSE)))
            literal = code.or_(space, (one, other))
            if literal != FALSE:
                found[value] = literal
        return found

    def _may_compare(self, step: Step) -> bool:
        if step.operation not in ("equal", "less"):
            return False
        left, right = step.parts
        if self._unknown(step) is not None or self._code(step) is not None:
            return True
        return left in self._values and right in self._values

    def _of_few(self, step: Step) -> Literal:
        """A comparison without numbers."""
        space = self.space(step.space)
        unknown, code = self._unknown(step), self._code(step)
        if unknown is not None:
            return self.known(unknown) ^ 1
        if code is not None:
            load, value = code
            _, key = cast("tuple[str, str]", load.value)
            column, known = self.source("numbers", load.space, key), self.source("known", load.space, key)
            return self.code.truth(Op.LOAD_CODE, space, column, known, 0, value)
        ones, others = (self._values[part] for part in step.parts)
        return self.code.or_(
            space,
            [
                self.code.and_(space, (one, other))
                for left, one in ones.items()
                for right, other in others.items()
                if (left == right if step.operation == "equal" else left < right)
            ],
        )

    def _unknown(self, step: Step) -> Step | None:
        """The column of which a comparison asks only whether it has no value."""
        left, right = (self.program.steps[part] for part in step.parts)
        if step.operation == "equal":
            if left.operation == "constant":
                left, right = right, left
            if left.operation != "load" or right.operation != "constant":
                return None
            kind, _ = cast("tuple[str, str]", left.value)
            none = {"code": -1, "low": -INFINITE, "high": INFINITE}[kind]
            return left if right.value == none == _filling(left) else None
        if left.operation != "load" or right.operation != "load" or left.space != right.space:
            return None
        _, key = cast("tuple[str, str]", left.value)
        same = ("low", key), ("high", key)
        return left if (left.value, right.value) == same and left.lowest < right.highest else None

    def _code(self, step: Step) -> tuple[Step, int] | None:
        """The column of options and the one that it is compared with."""
        left, right = (self.program.steps[part] for part in step.parts)
        if left.operation == "constant":
            left, right = right, left
        if step.operation != "equal" or left.operation != "load" or right.operation != "constant":
            return None
        value = cast("int", right.value)
        is_code = cast("tuple[str, str]", left.value)[0] == "code"
        return (left, value) if is_code and 0 <= value < 1 << 15 else None

    # ---- chosen rows ----

    def over_chosen(
        self,
        choosing: Sequence[Literal],
        base: int,
        places: Sequence[int],
        assumed: Mapping[Literal, Literal],
    ) -> tuple[Register, list[Number]]:
        """Numbers for the rows that ``choosing`` name, one list after the other: their rows, and the numbers.

        ``assumed`` are truth values that are known of all these rows.
        """
        apart = self._apart(self.spaces[base], places)
        steps = self.program.steps
        read = {part for place in apart for part in steps[place].parts} | set(places)
        outside = sorted(read - set(apart))
        self.make(outside)
        given = {part: self.read(part) for part in outside}
        code = self.code
        section = self.chosen(base)
        code.section_count += 1
        code.section = code.section_count
        more = tuple((*turned(one), 0) for one in choosing)
        rows = code.make(Op.CHOOSE, base, True, (0, 0, 0, 0, section), more, of=section)

        def picked(part: int) -> Operand:
            operand = given[part]
            if steps[part].kind == WHOLE:
                return operand if isinstance(operand, int) else code.number(Op.PICK, section, operand, rows)
            literal = cast("Literal", operand)
            literal = assumed.get(literal, literal)
            if literal < 2:
                return literal
            bits, _ = turned(literal)
            return code.truth(Op.PICK_BITS, section, bits, rows) | (literal & 1)

        here: dict[int, Operand] = {}
        for place in apart:
            parts = [here[part] if part in here else picked(part) for part in steps[place].parts]
            here[place] = connected(code, steps[place], parts, section)
        found = [here[place] if place in here else picked(place) for place in places]
        code.section = None
        return rows, found

    def _apart(self, space: Space, places: Sequence[int]) -> list[int]:
        """The steps behind these numbers that need not be made for every row, in order."""
        steps = self.program.steps
        fresh = [place for place in needed(self.program, places) if place not in self._done]
        elsewhere = [
            place
            for place in fresh
            if steps[place].operation in _ACROSS
            or (steps[place].space != space and steps[place].operation not in ("load", "constant"))
        ]
        everywhere = set(needed(self.program, elsewhere))
        heavy: set[int] = set()
        for place in fresh:
            step = steps[place]
            if place in everywhere or step.operation in ("load", "constant"):
                continue
            counts = step.kind == WHOLE or any(steps[part].kind == WHOLE for part in step.parts)
            if counts or any(part in heavy for part in step.parts):
                heavy.add(place)
        return sorted(heavy)


def _filling(load: Step) -> int:
    """The number that stands where a column that is loaded has none."""
    kind, _ = cast("tuple[str, str]", load.value)
    return {"code": -1, "low": load.lowest, "high": load.highest}[kind]


def connected(code: Code, step: Step, parts: Sequence[Operand], space: int) -> Operand:
    """One step within its space, of what its parts have become."""
    operation = step.operation
    if operation == "constant":
        value = cast("int", step.value)
        return value if step.kind == WHOLE else (TRUE if value else FALSE)
    if operation in ("and", "or"):
        literals = cast("Sequence[Literal]", parts)
        return code.and_(space, literals) if operation == "and" else code.or_(space, literals)
    if operation == "not":
        return cast("Literal", parts[0]) ^ 1
    if operation == "bits":
        return code.pack(space, cast("Sequence[Literal]", parts))
    if operation == "select":
        return code.select(space, cast("Literal", parts[0]), parts[1], parts[2])
    if all(isinstance(part, int) for part in parts):
        parts = [code.register(space, parts[0]), *parts[1:]]
    if operation == "equal":
        return code.equal(space, *parts)
    if operation == "less":
        return code.less(space, *parts)
    return reduce(lambda one, other: code.two(_TWO[operation], space, one, other), parts)
