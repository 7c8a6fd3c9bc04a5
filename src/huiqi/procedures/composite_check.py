"""From the shape of 联办 to a composite, and what is wrong with one: names, joins, promises and consent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiqi.catalogue.shape import Text
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic, nearest
from huiqi.procedures.composite import Child, Composite, Measure, Reuse, Target, merged_materials
from huiqi.procedures.composite_shape import ChildShape, CompositeShape
from huiqi.procedures.definition import Definition, EventType
from huiqi.procedures.shape import FactKind


def lowered(joint: CompositeShape | None) -> Composite | None:
    """The composite as written; its names are looked up by ``composite_problems``."""
    if joint is None:
        return None
    reuse = joint.reuse
    return Composite(
        applies=str(joint.applies),
        notifies=str(joint.notifies),
        waives=str(joint.waives or ""),
        reuse=Reuse(str(reuse.event), str(reuse.consent), str(reuse.cite)) if reuse else None,
        releases=tuple(map(str, joint.releases)),
        forms=_cited(joint.forms),
        fields=joint.prefill.fields if joint.prefill else 0,
        filled=joint.prefill.filled if joint.prefill else 0,
        exempt=_cited(joint.exempt),
        length=joint.length or 0,
        unit=joint.unit,
        steps=joint.steps or 0,
        targets={
            Measure(str(name)): Target(one.percent, str(one.cite))
            for name, one in joint.targets.items()
            if str(name) in set(Measure)
        },
        children=tuple(_child(str(name), one) for name, one in joint.children.items()),
        cite=str(joint.cite),
    )


def _child(name: str, one: ChildShape) -> Child:
    return Child(
        name=name,
        department=str(one.department),
        procedure=str(one.procedure or ""),
        done=str(one.done),
        forms=None if one.forms is None else _cited(one.forms),
        materials=None if one.materials is None else _cited(one.materials),
        length=one.length or 0,
        unit=one.unit,
        steps=one.steps or 0,
        document=str(one.document or ""),
        cite=str(one.cite),
        at=one.procedure.at if one.procedure else one.at,
    )


def _cited(names: dict[Text, Text]) -> dict[str, str]:
    return {str(name): str(cite) for name, cite in names.items()}


def composite_problems(definition: Definition, joint: CompositeShape | None) -> Iterator[Diagnostic]:
    """Everything that would let a composite promise what the case does not keep."""
    composite = definition.composite
    if joint is None or composite is None:
        return
    unknown = [*_unknown_names(definition, joint)]
    yield from unknown
    if unknown:
        return
    yield from _materials(definition, composite, joint)
    yield from _joins(definition, composite, joint)
    yield from _once(definition, joint)
    yield from _promise(definition, joint)
    yield from _consent(definition, joint)


def unknown_children(definitions: Iterable[Definition]) -> Iterator[Diagnostic]:
    """Children whose own procedure is not among the definitions, or is the composite itself."""
    found = tuple(definitions)
    known = {one.id for one in found}
    for one in found:
        for child in one.composite.children if one.composite else ():
            if child.procedure == one.id:
                yield error_at(child.at, f"「{child.name}」的程序就是联办自己")
            elif child.procedure and child.procedure not in known:
                right = nearest(child.procedure, known)
                hint = f"是不是「{right}」" if right else "它自己的程序还没有写的，不写「办事」"
                yield error_at(child.at, f"没有标识是「{child.procedure}」的程序", hint)


def _unknown_names(definition: Definition, joint: CompositeShape) -> Iterator[Diagnostic]:
    words: list[tuple[Text, Iterable[str], str]] = [
        (event, definition.events, "事件")
        for event in (joint.applies, joint.notifies, joint.waives, *joint.releases)
        if event
    ]
    if joint.reuse:
        words += [
            (joint.reuse.event, definition.events, "事件"),
            (joint.reuse.consent, definition.facts, "事实"),
        ]
    words += [(name, tuple(Measure), "目标") for name in joint.targets]
    for child in joint.children.values():
        words += [(child.department, definition.actors, "主体"), (child.done, definition.facts, "事实")]
    for word, known, what in words:
        names = tuple(map(str, known))
        if word.text not in names:
            right = nearest(word.text, names)
            hint = f"是不是「{right}」" if right else f"有：{'、'.join(names)}"
            yield error_at(word.at, f"没有「{word}」这个{what}", hint)


def _materials(definition: Definition, composite: Composite, joint: CompositeShape) -> Iterator[Diagnostic]:
    """One set, no more and no less than the children ask for."""
    asked = [one.name for one in definition.events[composite.applies].materials]
    known = (*asked, *composite.exempt)
    for child in joint.children.values():
        for name in child.materials or ():
            if name.text not in known:
                right = nearest(name.text, known)
                hint = f"是不是「{right}」" if right else f"写进「{composite.applies}」的材料或「免提交」"
                yield error_at(name.at, f"那一套材料里没有「{name}」", hint)
    for name in joint.exempt:
        if name.text in asked:
            yield error_at(name.at, f"「{name}」免提交，「{composite.applies}」却要")
    if any(child.materials is None for child in composite.children):
        return
    wanted = {one.name for one in merged_materials(composite)} | set(composite.forms)
    for name in joint.exempt:
        if name.text not in wanted:
            yield error_at(name.at, f"没有一个事项要「{name}」")
    for extra in sorted(set(asked) - wanted):
        yield error_at(
            joint.applies.at,
            f"没有一个事项要「{extra}」，「{composite.applies}」却要",
            "联办不能多要材料：去掉，或写进要它的事项",
        )


def _joins(definition: Definition, composite: Composite, joint: CompositeShape) -> Iterator[Diagnostic]:
    """The result waits for every child, and every child can end."""
    for release in joint.releases:
        guarded = {guard.fact for guard in definition.events[release.text].guards}
        for child in composite.children:
            if child.done not in guarded:
                yield error_at(
                    release.at,
                    f"「{release}」没有等「{child.name}」办结",
                    f"在它的「条件」里写事实「{child.done}」",
                )
    stated = {
        guard.fact
        for event in definition.events.values()
        if event.name not in composite.releases
        for guard in event.guards
        if guard.anew
    }
    for done in (child.done for child in joint.children.values()):
        if done.text not in stated:
            yield error_at(done.at, f"没有事件写明「{done}」", "写一个办结的事件，条件里「本次写明: 是」")


def _once(definition: Definition, joint: CompositeShape) -> Iterator[Diagnostic]:
    """After the notice no way leads back to where it can be sent."""
    notice = definition.events[joint.notifies.text]
    if not notice.target:
        yield error_at(joint.notifies.at, f"「{joint.notifies}」不改变状态，可以发几次", "写「到」")
        return
    back = sorted(_onwards(definition, notice) & set(notice.sources))
    if back:
        yield error_at(
            joint.notifies.at,
            f"「{joint.notifies}」只能一次，以后却还能回到「{back[0]}」",
            "补齐以后转到另一个状态",
        )


def _onwards(definition: Definition, event: EventType) -> set[str]:
    """Every state that can follow an event."""
    found, todo = {event.target}, [event.target]
    while todo:
        state = todo.pop()
        for after in definition.events.values():
            if state in after.sources and after.target and after.target not in found:
                found.add(after.target)
                todo.append(after.target)
    return found


def _promise(definition: Definition, joint: CompositeShape) -> Iterator[Diagnostic]:
    """What may be handed in later is promised on paper, with a date."""
    if joint.waives is None:
        return
    name = joint.waives.text
    if not any(clock.fact and name in clock.starts for clock in definition.clocks.values()):
        yield error_at(
            joint.waives.at, f"「{name}」没有承诺的日子", "写一个自它起算的期限，「按事实」写承诺的日期"
        )
    if all(material.later for material in definition.events[name].materials):
        yield error_at(joint.waives.at, f"「{name}」没有承诺书", "写进它的「材料」，写明缺哪几项")


def _consent(definition: Definition, joint: CompositeShape) -> Iterator[Diagnostic]:
    """Nothing is used again without a consent that is stated for it."""
    if joint.reuse is None:
        return
    fact = definition.facts[joint.reuse.consent.text]
    if fact.kind is not FactKind.FLAG:
        yield error_at(joint.reuse.consent.at, f"「{fact.name}」的类型是{fact.kind}，这里要{FactKind.FLAG}")
        return
    guards = definition.events[joint.reuse.event.text].guards
    if not any(guard.fact == fact.name and guard.values == ("是",) and guard.anew for guard in guards):
        yield error_at(
            joint.reuse.event.at,
            f"「{joint.reuse.event}」不问「{fact.name}」",
            f"在它的「条件」里写 {{事实: {fact.name}, 是: 是, 本次写明: 是}}",
        )
