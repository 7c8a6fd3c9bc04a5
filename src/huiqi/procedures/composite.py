"""联办: several matters as one case: one set of materials, one notice of what is missing, what that saves.

Plain data and sums over it. Whatever no text gives stays unknown, and so does every figure that rests on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from huiqi.clocks import Unit
from huiqi.language.syntax import Span
from huiqi.procedures.log import Value, written

if TYPE_CHECKING:
    from huiqi.procedures.definition import Definition, Material


class Measure(StrEnum):
    """What can be saved. ``FILLED`` is the part of the one form that fills itself."""

    FILLED = "自动生成"
    FORMS = "表单"
    MATERIALS = "材料"
    TIME = "时限"
    STEPS = "环节"


@dataclass(frozen=True, slots=True)
class Target:
    """At least this share must be saved."""

    percent: int
    cite: str

    @property
    def share(self) -> Fraction:
        """The same as a fraction."""
        return Fraction(self.percent, 100)


@dataclass(frozen=True, slots=True)
class Child:
    """One of the matters that are joined, with what it asks for when it is dealt with alone.

    ``None`` for forms and materials and 0 for numbers: no text says. ``done`` is the fact that its end
    states, ``procedure`` the id of its own procedure or empty, ``document`` the one of ``cite`` if another.
    """

    name: str
    department: str
    procedure: str
    done: str
    forms: Mapping[str, str] | None
    materials: Mapping[str, str] | None
    length: int
    unit: Unit | None
    steps: int
    document: str
    cite: str
    at: Span = field(compare=False, repr=False)

    @property
    def source(self) -> str:
        """The clause, with the title of its document if that is another one."""
        return f"《{self.document}》{self.cite}" if self.document else self.cite


@dataclass(frozen=True, slots=True)
class Reuse:
    """What was handed in before is used again by ``event``, if the fact ``consent`` is stated with it."""

    event: str
    consent: str
    cite: str


@dataclass(frozen=True, slots=True)
class Composite:
    """Matters that are applied for, told about and ended as one.

    ``forms`` and ``exempt`` map names to clauses; exempt materials are had from the offices' own data.
    Numbers that no text gives are 0. The materials to hand over are those of the event ``applies``.
    """

    applies: str
    notifies: str
    waives: str
    reuse: Reuse | None
    releases: tuple[str, ...]
    forms: Mapping[str, str]
    fields: int
    filled: int
    exempt: Mapping[str, str]
    length: int
    unit: Unit | None
    steps: int
    targets: Mapping[Measure, Target]
    children: tuple[Child, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A material of the one set: which children want it, with the clause of each; ``exempt`` says why not."""

    name: str
    wanted_by: Mapping[str, str]
    exempt: str


def merged_materials(composite: Composite) -> tuple[Merged, ...]:
    """Every material once, in the order in which the children first ask for it."""
    found: dict[str, dict[str, str]] = {}
    for child in composite.children:
        for name, cite in (child.materials or {}).items():
            found.setdefault(name, {})[child.name] = cite
    return tuple(Merged(name, by, composite.exempt.get(name, "")) for name, by in found.items())


def one_notice(
    definition: Definition, handed: Collection[str], facts: Mapping[str, Value]
) -> tuple[Merged, ...]:
    """Everything that is still missing over all matters, each once, for the only notice there will be.

    Of a material that is wanted in some cases only (``facts``) nothing is said in the others. Raises
    ValueError for a procedure that joins nothing.
    """
    composite = definition.composite
    if composite is None:
        raise ValueError(f"「{definition.name}」没有联办")
    wanted_by = {one.name: one.wanted_by for one in merged_materials(composite)}
    return tuple(
        Merged(material.name, wanted_by.get(material.name, {}), "")
        for material in definition.events[composite.applies].materials
        if material.name not in handed and material.name not in composite.forms and _wanted(material, facts)
    )


def _wanted(material: Material, facts: Mapping[str, Value]) -> bool:
    value = facts.get(material.fact) if material.fact else None
    return not material.fact or (value is not None and written(value) in material.values)


@dataclass(frozen=True, slots=True)
class Saving:
    """What joining saves in one respect: ``before`` one by one, ``after`` together.

    ``share`` is exact, and ``None`` when it is not known; ``unknown`` then says what is lacking.
    """

    measure: Measure
    before: int
    after: int
    share: Fraction | None
    unknown: str
    target: Target | None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; ``None`` when there is none or the share is not known."""
        return None if self.share is None or self.target is None else self.share >= self.target.share


def savings(composite: Composite) -> tuple[Saving, ...]:
    """1 - together / one by one, for every measure."""
    units = {child.unit for child in composite.children} | {composite.unit}
    alike = "" if len(units - {None}) <= 1 else "各项的单位不同"
    given = {
        Measure.FORMS: [None if c.forms is None else len(c.forms) for c in composite.children],
        Measure.MATERIALS: [None if c.materials is None else len(c.materials) for c in composite.children],
        Measure.TIME: [c.length or None for c in composite.children],
        Measure.STEPS: [c.steps or None for c in composite.children],
    }
    together = {
        Measure.FORMS: len(composite.forms),
        Measure.MATERIALS: sum(not one.exempt for one in merged_materials(composite)),
        Measure.TIME: composite.length or None,
        Measure.STEPS: composite.steps or None,
    }
    found = [_filled(composite)]
    for measure, numbers in given.items():
        lacking = [c.name for c, number in zip(composite.children, numbers, strict=True) if number is None]
        lacking += [] if together[measure] is not None else ["联办以后"]
        unknown = f"没有写{'、'.join(lacking)}的{measure}" if lacking else ""
        unknown = unknown or (alike if measure is Measure.TIME else "")
        before = sum(number or 0 for number in numbers)
        found.append(_saving(composite, measure, before, together[measure] or 0, unknown))
    return tuple(found)


def _filled(composite: Composite) -> Saving:
    unknown = "" if composite.fields else "没有写表里有几项、自动生成几项"
    left = composite.fields - composite.filled
    return _saving(composite, Measure.FILLED, composite.fields, left, unknown)


def _saving(composite: Composite, measure: Measure, before: int, after: int, unknown: str) -> Saving:
    if not unknown and not before:
        unknown = "各项本来就没有"
    share = None if unknown else 1 - Fraction(after, before)
    return Saving(measure, before, after, share, unknown, composite.targets.get(measure))


def composite_lines(composite: Composite) -> Iterator[str]:
    """A composite in words, for those who read the whole procedure."""
    yield f"\n联办（{composite.cite}）"
    yield f"  一次申请「{composite.applies}」，一次告知「{composite.notifies}」"
    if composite.waives:
        yield f"  容缺「{composite.waives}」"
    if reuse := composite.reuse:
        yield f"  经「{reuse.consent}」才「{reuse.event}」（{reuse.cite}）"
    yield f"  等各项办结才「{'、'.join(composite.releases)}」"
    for child in composite.children:
        own = f"，程序 {child.procedure}" if child.procedure else ""
        alone = f"，单独办{child.unit.amount(child.length)}" if child.unit else ""
        yield f"  事项 {child.name}：{child.department}{alone}{own}（{child.source}）"
    for one in merged_materials(composite):
        exempt = f"，不用交（{one.exempt}）" if one.exempt else ""
        by = "、".join(f"{name}（{cite}）" for name, cite in one.wanted_by.items())
        yield f"  材料 {one.name}：{by}{exempt}"
    for saving in savings(composite):
        yield f"  {saving_words(saving)}"


def saving_words(saving: Saving) -> str:
    """What is saved and whether that is enough, in words."""
    target = f"；要求 {saving.target.percent}% 以上（{saving.target.cite}）" if saving.target else ""
    if saving.share is None:
        return f"{saving.measure}：还不能算，{saving.unknown}{target}"
    verb = "自动生成" if saving.measure is Measure.FILLED else "压减"
    what = "" if saving.measure is Measure.FILLED else saving.measure
    percent = saving.share * 100
    shown = f"{percent}%" if percent.denominator == 1 else f"{saving.share}，约 {float(percent):.1f}%"
    met = {None: "", True: "，做到了", False: "，没有做到"}[saving.met]
    return f"{what}{verb}：{saving.before} → {saving.after}，{shown}{target}{met}"
