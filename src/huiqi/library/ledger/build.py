"""The ledger of a document, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from huiqi.library.knowledge import Body
from huiqi.library.ledger.assignments import assignments_in, without_assignments
from huiqi.library.ledger.deadlines import deadlines_in
from huiqi.library.ledger.entries import Charge, Deadline, Duty, Ledger, Responsible, Target
from huiqi.library.ledger.items import items_of
from huiqi.library.ledger.names import Names
from huiqi.library.ledger.purposes import judge
from huiqi.library.ledger.sentences import duties_said
from huiqi.library.ledger.targets import targets_of
from huiqi.library.model import Document

_STRENGTH = {charge: strength for strength, charge in enumerate(Charge)}


def ledger_of(document: Document, bodies: Iterable[Body] = ()) -> Ledger:
    """The duties and targets that a document states.

    ``bodies`` are the names that the catalogue knows; one that it does not know is kept as printed. Which
    short names can be meant depends on the level of the document.
    """
    names = Names(bodies, document.level)
    duties: list[Duty] = []
    targets: list[Target] = []
    later: list[Responsible] = []
    for item in items_of(document):
        text = item.text
        deadlines = deadlines_in(text, document.issued)
        assignments = assignments_in(text, names)
        charged = [body for assignment in assignments for body in assignment.bodies]
        if charged:
            charged += later  # 以下均需…落实: only where an item lists its bodies
        for assignment in assignments:
            later += [replace(body, inherited=item.clause.cite) for body in assignment.later]
        said = duties_said(without_assignments(text), names)
        charged += [body for duty in said for body in duty.bodies]
        words = [each.words for each in assignments] + [each.words for each in said]
        address = (document.id, item.clause.id, item.clause.cite)
        if charged or deadlines:
            times = _distinct(found.deadline for found in deadlines)
            duties.append(Duty(*address, _once(charged), item.matter, times, "；".join(dict.fromkeys(words))))
        targets += targets_of(address, text, judge(text, (*item.above, item.heading)), deadlines)
    return Ledger(document, tuple(duties), tuple(targets))


def _once(charged: Sequence[Responsible]) -> tuple[Responsible, ...]:
    """Each body once, with the strongest charge that the item gives it, in the order of the text."""
    found: dict[str, Responsible] = {}
    for body in charged:
        before = found.get(body.name)
        if before is None or _STRENGTH[body.role] < _STRENGTH[before.role]:
            found[body.name] = body
    return tuple(found.values())


def _distinct(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(dict.fromkeys(deadlines))
