"""What a catalogue says on the ground of a clause: figures, days, departments, words, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiqi.language.syntax import Span
from huiqi.language.units import Dimension, Number


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure of a rule, in base units.

    ``ops`` are the operators that may hold between a fact and it; empty when it is compared with nothing
    (``x * 30%``). A cap and an amount that is 不超过 have ``<=``, an amount that is 定额 ``=``. ``firm`` when
    the text must have the word that says so.
    """

    at: Span
    text: str
    number: Number
    dimension: Dimension
    ops: frozenset[str] = frozenset()
    firm: bool = False


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day of a rule; with ``>=`` it begins something, with ``<=`` it ends something."""

    at: Span
    day: date
    ops: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SaidWords:
    """字样, or the name of a body of government."""

    at: Span
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that rests on one citation, with everything in it that has to stand in the text.

    ``owner`` is the id of the benefit or document, or the name of the rule or parameter; ``name`` says which
    part of it. ``document`` is the id of the catalogue's document, empty for what belongs to none.
    ``own_boundaries`` says that the document defines its boundary words itself (另有规定).
    """

    owner: str
    name: str
    document: str
    at: Span
    cite: str
    figures: tuple[SaidFigure, ...] = ()
    days: tuple[SaidDay, ...] = ()
    bodies: tuple[SaidWords, ...] = ()
    words: tuple[SaidWords, ...] = ()
    own_boundaries: bool = False
