"""Finding a benefit by who pays, by who asks, and by what is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from huiqi.booklet.model import BenefitEntry, Index, IndexLine
from huiqi.entitlements.kinds import Kind

_NO_DEPARTMENT = "没有写责任单位"
_ANYBODY = "没有限定主体"


def indexes(benefits: Iterable[BenefitEntry]) -> tuple[Index, ...]:
    """The indexes of a booklet; none when it has no benefits."""
    benefits = tuple(benefits)
    if not benefits:
        return ()
    return (
        Index("按给什么找", "index-kind", _kinds(benefits)),
        Index("按主体找", "index-who", _lines(benefits, lambda one: one.who or (_ANYBODY,))),
        Index("按责任单位找", "index-department", _lines(benefits, _departments)),
    )


def _departments(one: BenefitEntry) -> tuple[str, ...]:
    return one.departments or (_NO_DEPARTMENT,)


def _lines(
    benefits: Iterable[BenefitEntry], names: Callable[[BenefitEntry], tuple[str, ...]]
) -> tuple[IndexLine, ...]:
    """One line a name, those with most benefits first; what nobody is named for comes last."""
    found: dict[str, list[tuple[str, str]]] = {}
    for benefit in benefits:
        for name in dict.fromkeys(names(benefit)):
            found.setdefault(name, []).append((benefit.anchor, benefit.name))
    order = sorted(found, key=lambda name: (name in (_NO_DEPARTMENT, _ANYBODY), -len(found[name]), name))
    return tuple(IndexLine(name, tuple(found[name])) for name in order)


def _kinds(benefits: Iterable[BenefitEntry]) -> tuple[IndexLine, ...]:
    """One line a form of support, what is money first."""
    lines = {line.name: line.benefits for line in _lines(benefits, lambda one: (one.form,))}
    return tuple(
        IndexLine(f"{kind.words}：{form.value}", lines[form.value])
        for kind in Kind
        for form in kind.forms
        if form.value in lines
    )
