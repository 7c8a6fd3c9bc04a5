"""Between what people type and what a facts file says.

A field of a form is made from the declaration of a fact, drawn, read back, and comes out either as a value
of a facts file (docs/language.md, 二: ``是``/``否``, ``300万元``, ``2024-05-01``) or with what is wrong
with it, in a sentence that says how to put it right. What is typed is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from huiqi.language.types import DAYS, MONEY, MONTHS, Kind
from huiqi.language.units import PREFIXES, Quantity, numeral, parse_quantity, unit_factor
from huiqi.language.vocabulary import FactDeclaration

Data = Mapping[str, str]

MAX_TEXT = 60
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－／％", "0123456789.,-/%")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_WRITTEN_DAY = re.compile(
    r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})"
)


class InputError(ValueError):
    """What was typed cannot be read; the message says how to put it right."""


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form: how to draw it, what is in it, and what is wrong with that.

    ``shape`` is one of ``yesno``, ``choice``, ``number``, ``day``, ``text``. ``low`` and ``high`` are typed
    instead of ``typed`` by somebody who only knows a range; ``ranged`` says whether the field offers that.
    ``kept`` says that there is an answer already, which the field does not show because it is personal.
    """

    name: str
    declaration: FactDeclaration
    shape: str
    units: tuple[str, ...] = ()
    typed: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    ranged: bool = False
    kept: bool = False
    error: str = ""

    @property
    def label(self) -> str:
        """What is asked."""
        return self.declaration.question or self.declaration.name

    @property
    def options(self) -> tuple[str, ...]:
        """What can be chosen: the options of a choice, or yes and no."""
        return ("是", "否") if self.shape == "yesno" else self.declaration.type.options


def blank(declaration: FactDeclaration, name: str, *, ranged: bool = False) -> Input:
    """The empty field that asks for a fact."""
    kind = declaration.type.kind
    if kind is Kind.BOOL:
        return Input(name, declaration, "yesno")
    if kind is Kind.CHOICE:
        return Input(name, declaration, "choice")
    if kind is Kind.DATE:
        return Input(name, declaration, "day")
    if kind is Kind.NUMBER:
        units = units_for(declaration)
        return Input(name, declaration, "number", units, unit=units[0], ranged=ranged)
    return Input(name, declaration, "text")


def units_for(declaration: FactDeclaration) -> tuple[str, ...]:
    """The units that a number may be typed in, the usual one first."""
    kind = declaration.type
    usual = kind.unit
    offered: tuple[str, ...]
    if kind.dimension == MONEY.dimension:
        offered = ("万元", "元", "亿元")
    elif kind.dimension == MONTHS.dimension:
        offered = ("年", "月")
    elif kind.dimension == DAYS.dimension:
        offered = ("日",)
    else:
        offered = (usual or "%",)
    first = (usual,) if usual in offered else ()
    return (*first, *(unit for unit in offered if unit not in first))


def filled(field: Input, value: Any) -> Input:
    """The field with a value of a facts file in it; an unknown one leaves it empty.

    Personal facts are never written into a page again, so theirs stays empty and only says that there is one.
    """
    if field.declaration.sensitive:
        return replace(field, kept=_is_known(value))
    if not _is_known(value):
        return field
    if field.shape == "yesno":
        return replace(field, typed="是" if value in (True, "是") else "否")
    if field.shape == "number" and isinstance(value, Mapping):
        low, high = (_number_and_unit(field, value.get(end)) for end in ("自", "至"))
        return replace(field, low=low[0], high=high[0], unit=low[1] or high[1])
    if field.shape == "number":
        typed, unit = _number_and_unit(field, value)
        return replace(field, typed=typed, unit=unit)
    return replace(field, typed=str(value))


def _is_known(value: Any) -> bool:
    return value is not None and not (isinstance(value, Mapping) and "未知" in value)


def posted(field: Input, data: Data) -> Input:
    """The field with what was sent in it, as it was typed."""
    name = field.name
    unit = data.get(f"{name}-unit", "")
    return replace(
        field,
        typed=data.get(name, "").strip()[:MAX_TEXT],
        unit=unit if unit in field.units else field.unit,
        low=data.get(f"{name}-low", "").strip()[:MAX_TEXT],
        high=data.get(f"{name}-high", "").strip()[:MAX_TEXT],
    )


def value_of(field: Input) -> Any:
    """The value for a facts file, ``None`` for an empty field; raises ``InputError``."""
    if field.shape == "number":
        return _number_value(field)
    if not field.typed:
        return None
    if field.shape == "yesno":
        if field.typed not in ("是", "否"):
            raise InputError("请选“是”或“否”。")
        return field.typed == "是"
    if field.shape == "choice":
        if field.typed not in field.options:
            raise InputError("请从列出的选项里选一个。")
        return field.typed
    if field.shape == "day":
        return read_day(field.typed).isoformat()
    return field.typed


def read_day(text: str) -> date:
    """A day typed in any of the usual ways: 2024-05-01, 2024年5月1日, 2024/5/1, 20240501."""
    match = _WRITTEN_DAY.fullmatch(text.translate(_FULL_WIDTH))
    if not match:
        raise InputError("日期请写成 2024-05-01 或 2024年5月1日 这样。")
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise InputError(f"没有 {year}年{month}月{day}日 这一天，请核对。") from None


def _number_value(field: Input) -> Any:
    if field.typed:
        return _written(field, field.typed)
    if not field.low and not field.high:
        return None
    ends = {}
    for word, typed in (("自", field.low), ("至", field.high)):
        if typed:
            ends[word] = _written(field, typed)
    if len(ends) == 2 and _quantity(ends["自"]).number > _quantity(ends["至"]).number:
        raise InputError("范围写反了：前一个数应当不大于后一个数。")
    return ends


def _written(field: Input, typed: str) -> str:
    """A typed number with its unit, as a facts file writes it; a unit typed with it wins."""
    text = typed.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
    if not _NUMERAL.fullmatch(text):
        return _with_typed_unit(field, text)
    return _checked(field, f"{text}{field.unit}")


def _with_typed_unit(field: Input, text: str) -> str:
    # People write 1.2亿 and mean 亿元.
    if any(text.endswith(prefix) for prefix in PREFIXES) and field.units and "元" in field.units[0]:
        text = f"{text}元"
    try:
        quantity = parse_quantity(text)
    except ValueError:
        raise InputError(f"请填一个数，比如 {_example(field)}。") from None
    if quantity.dimension != field.declaration.type.dimension:
        raise InputError(f"单位应当是{'、'.join(field.units)}。")
    return _checked(field, text)


def _checked(field: Input, written: str) -> str:
    number = _quantity(written).number
    least, most = field.declaration.minimum, field.declaration.maximum
    if least is not None and number < least:
        raise InputError("这个数不能小于 0。" if least == 0 else f"这个数不能小于 {_in_unit(field, least)}。")
    if most is not None and number > most:
        raise InputError(f"这个数不能大于 {_in_unit(field, most)}。")
    return written


def _quantity(written: str) -> Quantity:
    return parse_quantity(written)


def _in_unit(field: Input, number: int | Fraction) -> str:
    _, factor = unit_factor(field.units[0])
    return f"{numeral(Fraction(number) / factor)}{field.units[0]}"


def _number_and_unit(field: Input, value: Any) -> tuple[str, str]:
    """How a value of a facts file is shown in the field: the numeral, and the unit beside it."""
    if value is None:
        return "", ""
    if isinstance(value, int | float):
        # Without a unit, facts files count money in 元 and everything else in its usual unit.
        unit = "元" if "元" in field.units else field.units[0]
        return str(value), unit
    quantity = parse_quantity(str(value))
    unit = quantity.unit if quantity.unit in field.units else field.units[0]
    _, factor = unit_factor(unit)
    return numeral(Fraction(quantity.number) / factor), unit


def _example(field: Input) -> str:
    return f"300{field.unit or ''}"
