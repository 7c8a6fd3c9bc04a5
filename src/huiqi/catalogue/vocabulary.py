"""facts/*.yaml into the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from huiqi.catalogue.shape import Fact, FactField, FactsFile, FactType, Text
from huiqi.catalogue.source import error_at
from huiqi.language import types as t
from huiqi.language.diagnostics import Diagnostic
from huiqi.language.types import Kind, Type
from huiqi.language.units import Number, parse_quantity, unit_factor
from huiqi.language.vocabulary import FactDeclaration

_SIMPLE = {
    FactType.FLAG: Kind.BOOL,
    FactType.TEXT: Kind.TEXT,
    FactType.DATE: Kind.DATE,
    FactType.COLLECTION: Kind.COLLECTION,
}


def lower_vocabulary(files: Iterable[FactsFile], problems: list[Diagnostic]) -> dict[str, FactDeclaration]:
    """Every declared fact by name; one declared twice is a mistake."""
    found: dict[str, FactDeclaration] = {}
    for file in files:
        for name, shape in file.facts.items():
            if name.text in found:
                first = found[name.text].span
                problems.append(
                    error_at(
                        name.at, f"事实“{name}”已经声明过", f"在 {first.file} 第 {first.line} 行，合成一个"
                    )
                )
                continue
            found[name.text] = _declaration(name, shape, problems)
    return found


def _declaration(name: Text, shape: FactField, problems: list[Diagnostic]) -> FactDeclaration:
    kind = _type(shape, problems)
    fields: Mapping[str, FactDeclaration] = {}
    label = ""
    if isinstance(shape, Fact):
        fields = {inner.text: _declaration(inner, one, problems) for inner, one in shape.fields.items()}
        label = shape.label_field.text if shape.label_field else ""
    counts = shape.type in (FactType.MONEY, FactType.COUNT, FactType.DURATION)
    return FactDeclaration(
        name=name.text,
        type=kind,
        question=_words(shape.question),
        definition=_words(shape.definition),
        period=_words(shape.period),
        source=_words(shape.source),
        note=_words(shape.note),
        code=shape.code.value if shape.code else "",
        effort=shape.effort,
        sensitive=shape.sensitive,
        changeable=shape.changeable,
        minimum=_bound(shape.minimum, kind, problems) if shape.minimum else (0 if counts else None),
        maximum=_bound(shape.maximum, kind, problems) if shape.maximum else None,
        fields=fields,
        label_field=label,
        span=name.at,
    )


def _words(text: Text | None) -> str:
    return text.text if text else ""


def _type(shape: FactField, problems: list[Diagnostic]) -> Type:
    if shape.type in _SIMPLE:
        return Type(_SIMPLE[shape.type])
    if shape.type is FactType.OPTION:
        return Type(Kind.CHOICE, options=tuple(option.text for option in shape.options))
    if shape.type is FactType.RATIO:
        return t.number(t.PURE_NUMBER.dimension, shape.unit.text if shape.unit else "%")
    unit = shape.unit.text if shape.unit else "元"
    try:
        return t.number(unit_factor(unit)[0], unit)
    except ValueError as problem:
        assert shape.unit is not None
        problems.append(error_at(shape.unit.at, str(problem), "单位如 元、万元、人、家、年、月、平方米"))
        return t.ANY


def _bound(text: Text, kind: Type, problems: list[Diagnostic]) -> Number | None:
    if kind.kind is Kind.DATE:
        try:
            date.fromisoformat(text.text)
        except ValueError:
            problems.append(error_at(text.at, f"“{text}”不是日期", "写成 2024-05-01"))
        return None
    try:
        quantity = parse_quantity(text.text)
    except ValueError as problem:
        problems.append(error_at(text.at, str(problem)))
        return None
    if quantity.dimension != kind.dimension and quantity.number != 0:
        problems.append(error_at(text.at, f"“{text}”的单位与这个事实不同", f"用 {kind.unit}"))
    return quantity.number
