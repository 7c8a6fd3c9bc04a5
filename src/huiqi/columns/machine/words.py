"""The operations of the machine, and one instruction before it has registers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

NOTHING = 0
"""An address of nothing."""

Literal = int
"""A truth value of the machine: twice its place among those made, and one more for its opposite."""

TRUE, FALSE = 0, 1


class Op(IntEnum):
    """What an instruction does; ``_TO``, ``_FROM``, ``_BY``, ``_WITH``, ``_THAN``: a number for all rows."""

    AND = auto()
    EQUAL = auto()
    EQUAL_TO = auto()
    LESS = auto()
    LESS_THAN = auto()
    ADD = auto()
    ADD_TO = auto()
    SUBTRACT = auto()
    SUBTRACT_FROM = auto()
    MULTIPLY = auto()
    MULTIPLY_BY = auto()
    DIVIDE = auto()
    DIVIDE_BY = auto()
    MINIMUM = auto()
    MINIMUM_WITH = auto()
    MAXIMUM = auto()
    MAXIMUM_WITH = auto()
    SELECT = auto()
    SELECT_OR = auto()
    SELECT_OF = auto()
    LOAD_64 = auto()
    LOAD_32 = auto()
    LOAD_16 = auto()
    LOAD_CODE = auto()
    LOAD_TRUE = auto()
    LOAD_FALSE = auto()
    FILL = auto()
    FILL_BITS = auto()
    GATHER = auto()
    GATHER_BITS = auto()
    PICK = auto()
    PICK_BITS = auto()
    ANY = auto()
    SUM = auto()
    MOST = auto()
    LEAST = auto()
    PACK = auto()
    CHOOSE = auto()
    COUNT = auto()
    TOTAL = auto()
    STORE = auto()
    STORE_BITS = auto()


@dataclass(frozen=True, slots=True)
class Register:
    """What an instruction made: a number or truth value for each row of a space, before it has a register."""

    number: bool
    place: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation over the rows of a space.

    ``operands`` are what ``loop.run`` calls x, y, z, s and t; of registers it will be told where they
    begin. ``more`` are operands of those that take any number. An instruction of a ``section`` is passed over
    in blocks of which the one that begins the section chooses no rows.
    """

    op: Op
    space: int
    out: Register | None = None
    operands: tuple[Register | int, ...] = ()
    more: tuple[tuple[Register | int, int, int], ...] = ()
    section: int | None = None

    @property
    def reads(self) -> list[Register]:
        """The registers that it reads."""
        every = [*self.operands, *(first for first, _, _ in self.more)]
        return [one for one in every if isinstance(one, Register)]


def turned(literal: Literal) -> tuple[Register, int]:
    """The register of a truth value, and what turns its words."""
    return Register(False, literal >> 1), -(literal & 1)
