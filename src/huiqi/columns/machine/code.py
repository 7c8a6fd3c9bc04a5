"""Code for the machine: made instruction by instruction, then given registers.

Every connective becomes an "and" of values that may each be turned round, so what "or" and "not" share with
it is found by comparing. An instruction is made once however often it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huiqi.columns.machine.words import FALSE, TRUE, Instruction, Literal, Op, Register, turned

Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

Number = Register | int
"""Of the machine: a number for each row, or the same one for all."""

_WITH_VALUE = {
    Op.ADD: Op.ADD_TO,
    Op.MULTIPLY: Op.MULTIPLY_BY,
    Op.MINIMUM: Op.MINIMUM_WITH,
    Op.MAXIMUM: Op.MAXIMUM_WITH,
    Op.EQUAL: Op.EQUAL_TO,
}
_LOADS = frozenset((Op.LOAD_64, Op.LOAD_32, Op.LOAD_16))
_LARGEST, _SMALLEST = (1 << 63) - 1, -(1 << 63)
_FIRST_OF_MORE = {Op.AND: (0, 1), Op.PACK: (0, 1), Op.CHOOSE: (0, 1), Op.TOTAL: (2, 4)}
"""Of those with further operands, which operands say where they begin and how many there are."""
_JUMP = 3


class Code:
    """The instructions, in order. ``section`` is set while those of a section are made."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.numbers: list[int] = []
        """The space of each register of numbers."""
        self.truths: list[int] = [0]
        """The space of each register of truth values; the first stands for what is true everywhere."""
        self.section: int | None = None
        self.section_count = 0
        self._made: dict[object, Register] = {}
        self._loaded: list[object] = []

    def make(
        self,
        op: Op,
        space: int,
        number: bool,
        operands: tuple[Number, ...],
        more: tuple[tuple[Number, int, int], ...] = (),
        of: int | None = None,
    ) -> Register:
        """What this instruction makes over ``space`` (with a row for each of ``of``, if it says so)."""
        key = (op, space, operands, more, of, self.section)
        if key not in self._made:
            spaces = self.numbers if number else self.truths
            out = self._made[key] = Register(number, len(spaces))
            spaces.append(space if of is None else of)
            self.instructions.append(Instruction(op, space, out, operands, more, self.section))
            if op in _LOADS:
                self._loaded.append(key)
        return self._made[key]

    def do(
        self, op: Op, space: int, operands: tuple[Number, ...], more: tuple[tuple[int, int, int], ...] = ()
    ) -> None:
        """An instruction for what it does."""
        self.instructions.append(Instruction(op, space, None, operands, more, self.section))

    def forget_loaded(self) -> None:
        """Load columns of numbers anew when they are asked for again: cheaper than to keep them for long."""
        for key in self._loaded:
            del self._made[key]
        self._loaded.clear()

    # ---- truth values ----

    def truth(self, op: Op, space: int, *operands: Number, of: int | None = None) -> Literal:
        """A truth value that an instruction makes."""
        return self.make(op, space, False, operands, of=of).place << 1

    def and_(self, space: int, literals: Iterable[Literal]) -> Literal:
        """True where all are."""
        kept = set(literals) - {TRUE}
        if FALSE in kept or any(one ^ 1 in kept for one in kept):
            return FALSE
        if len(kept) < 2:
            return kept.pop() if kept else TRUE
        more = tuple((*turned(one), 0) for one in sorted(kept))
        return self.make(Op.AND, space, False, (), more).place << 1

    def or_(self, space: int, literals: Iterable[Literal]) -> Literal:
        """True where some are."""
        return self.and_(space, (one ^ 1 for one in literals)) ^ 1

    def solid(self, space: int, literal: Literal) -> Literal:
        """The same truth value, of a register even if it is the same everywhere."""
        return self.truth(Op.FILL_BITS, space, 0, 0, 0, int(literal == TRUE)) if literal < 2 else literal

    # ---- numbers ----

    def number(self, op: Op, space: int, *operands: Number, of: int | None = None) -> Register:
        """A number that an instruction makes."""
        return self.make(op, space, True, operands, of=of)

    def register(self, space: int, number: Number) -> Register:
        """A register of a number."""
        return self.number(Op.FILL, space, 0, 0, 0, number) if isinstance(number, int) else number

    def two(self, op: Op, space: int, left: Number, right: Number) -> Number:
        """An operation on two numbers of which at most one is the same everywhere."""
        if op == Op.SUBTRACT and isinstance(left, int):
            return self.number(Op.SUBTRACT_FROM, space, self.register(space, right), 0, 0, left)
        if op == Op.SUBTRACT and isinstance(right, int) and right != _SMALLEST:
            op, right = Op.ADD, -right
        if op == Op.DIVIDE and isinstance(right, int):
            return self.number(Op.DIVIDE_BY, space, self.register(space, left), 0, 0, right)
        if isinstance(left, int) and op in _WITH_VALUE:
            left, right = right, left
        if isinstance(right, int) and op in _WITH_VALUE:
            return self.number(_WITH_VALUE[op], space, self.register(space, left), 0, 0, right)
        return self.number(op, space, self.register(space, left), self.register(space, right))

    def equal(self, space: int, left: Number, right: Number) -> Literal:
        """Whether two numbers are the same."""
        if isinstance(left, int):
            left, right = right, left
        if isinstance(right, int):
            return self.truth(Op.EQUAL_TO, space, self.register(space, left), 0, 0, right)
        return self.truth(Op.EQUAL, space, self.register(space, left), right)

    def less(self, space: int, left: Number, right: Number) -> Literal:
        """Whether the left number is smaller."""
        if isinstance(right, int):
            return self.truth(Op.LESS_THAN, space, self.register(space, left), 0, 0, right)
        if isinstance(left, int):
            return FALSE if left == _LARGEST else self.truth(Op.LESS_THAN, space, right, 0, 0, left + 1) ^ 1
        return self.truth(Op.LESS, space, left, right)

    def select(self, space: int, condition: Literal, then: Number, otherwise: Number) -> Number:
        """One number where the condition is true, the other where it is not."""
        if condition < 2 or then == otherwise:
            return then if condition == TRUE else otherwise
        if isinstance(then, int) and not isinstance(otherwise, int):
            condition, then, otherwise = condition ^ 1, otherwise, then
        bits, turn = turned(condition)
        if isinstance(then, int):
            return self.number(Op.SELECT_OF, space, then, 0, bits, otherwise, turn)
        if isinstance(otherwise, int):
            return self.number(Op.SELECT_OR, space, then, 0, bits, otherwise, turn)
        return self.number(Op.SELECT, space, then, otherwise, bits, 0, turn)

    def pack(self, space: int, literals: Sequence[Literal]) -> Number:
        """Truth values as the bits of a number, the first as bit 0."""
        fixed = sum(1 << bit for bit, one in enumerate(literals) if one == TRUE)
        more = tuple((*turned(one), bit) for bit, one in enumerate(literals) if one > 1)
        packed: Number = self.make(Op.PACK, space, True, (), more) if more else 0
        return packed if not fixed else self.two(Op.ADD, space, packed, fixed) if more else fixed

    # ---- registers ----

    def assembled(self) -> Assembled:
        """The code with registers; what nothing leans on is left out."""
        kept = _leaned_on(self.instructions)
        last: dict[Register, int] = {}
        for at, one in enumerate(kept):
            for read in one.reads:
                last[read] = at
        free: dict[tuple[bool, int], list[int]] = {}
        where: dict[Register, int] = {}
        spaces: dict[bool, list[int]] = {True: [], False: []}
        for at, one in enumerate(kept):
            if one.out is not None:
                # before what it reads is given up, so that no loop writes where it reads
                of = (self.numbers if one.out.number else self.truths)[one.out.place]
                waiting = free.setdefault((one.out.number, of), [])
                if waiting:
                    where[one.out] = waiting.pop()
                else:
                    where[one.out] = len(spaces[one.out.number])
                    spaces[one.out.number].append(of)
            for read in set(one.reads):
                if last[read] == at:
                    of = (self.numbers if read.number else self.truths)[read.place]
                    free.setdefault((read.number, of), []).append(where[read])
        return Assembled.of(kept, where, spaces[True], spaces[False])


def _leaned_on(instructions: Sequence[Instruction]) -> list[Instruction]:
    wanted: set[Register] = set()
    kept: list[Instruction] = []
    for one in reversed(instructions):
        if one.out is None or one.out in wanted:
            kept.append(one)
            wanted.update(one.reads)
    return kept[::-1]


@dataclass(frozen=True, slots=True)
class Assembled:
    """Code with registers; ``numbers`` and ``truths`` are the spaces of those there are.

    ``code`` and ``more`` are as the loop reads them but for the operands that are registers: those say which,
    from 0 on, where ``number_at`` or ``truth_at`` is true.
    """

    code: Longs
    more: Longs
    number_at: tuple[Flags, Flags]
    truth_at: tuple[Flags, Flags]
    numbers: Longs
    truths: Longs

    @classmethod
    def of(
        cls,
        instructions: Sequence[Instruction],
        where: Mapping[Register, int],
        numbers: Sequence[int],
        truths: Sequence[int],
    ) -> Assembled:
        """From instructions and the registers of what they make."""
        code: list[list[Number]] = []
        more: list[list[Number]] = []
        past = {one.section: at + 1 for at, one in enumerate(instructions) if one.section is not None}
        for one in instructions:
            operands = [*one.operands, *[0] * (5 - len(one.operands))]
            if one.op in _FIRST_OF_MORE:
                first, count = _FIRST_OF_MORE[one.op]
                operands[first], operands[count] = len(more), len(one.more)
            if one.op == Op.CHOOSE:
                assert one.section is not None
                operands[_JUMP] = past[one.section]
            code.append([one.op, one.space, 0 if one.out is None else one.out, *operands])
            more += [list(each) for each in one.more]

        def places(table: list[list[Number]], columns: int) -> Longs:
            flat = [where[each] if isinstance(each, Register) else each for line in table for each in line]
            return np.array(flat, np.int64).reshape(-1, columns)

        def at(table: list[list[Number]], columns: int, number: bool) -> Flags:
            flat = [isinstance(each, Register) and each.number == number for line in table for each in line]
            return np.array(flat, np.bool_).reshape(-1, columns)

        return cls(
            places(code, 8),
            places(more, 3),
            (at(code, 8, True), at(more, 3, True)),
            (at(code, 8, False), at(more, 3, False)),
            np.array(numbers, np.int64),
            np.array(truths, np.int64),
        )

    def placed(self, rows: Longs) -> tuple[Longs, Longs, int, int]:
        """The code for a table: where registers begin if spaces have so many ``rows`` (whole words).

        After the code and its further operands, how long the arrays of numbers and of truth values must be.
        """
        apart = 64  # so that registers do not fall on one another's lines in the cache
        numbers = np.concatenate([[0], np.cumsum(rows[self.numbers] + apart)])
        truths = np.concatenate([[0], np.cumsum(rows[self.truths] // 64 + apart // 8)])
        found = []
        for given, is_number, is_truth in zip(
            (self.code, self.more), self.number_at, self.truth_at, strict=True
        ):
            table = given.copy()
            table[is_number] = numbers[given[is_number]]
            table[is_truth] = truths[given[is_truth]]
            found.append(table)
        return found[0], found[1], int(numbers[-1]), int(truths[-1])
