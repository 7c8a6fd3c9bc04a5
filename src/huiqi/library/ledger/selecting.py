"""Part of a ledger: what one body has to do, what is due within certain days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from huiqi.library.ledger.entries import Charge, Deadline, Duty, Ledger, Responsible


def select(
    ledgers: Iterable[Ledger],
    *,
    body: str | None = None,
    role: Charge | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Ledger, ...]:
    """The same ledgers with only the entries that match all that is asked; those left empty are left out.

    ``body`` is part of a body's full or printed name; a target belongs to the bodies of its item. ``since``
    and ``until`` (both included) bound the last day of a deadline or target; what has no such day is left out
    then.
    """
    return tuple(
        chosen
        for chosen in (_part(ledger, body, role, since, until) for ledger in ledgers)
        if chosen.duties or chosen.targets
    )


def _part(
    ledger: Ledger, body: str | None, role: Charge | None, since: date | None, until: date | None
) -> Ledger:
    charged = [duty for duty in ledger.duties if _charges(duty, body, role)]
    items = {duty.clause for duty in charged}
    anybody = body is None and role is None
    bounded = since is not None or until is not None

    def in_time(deadlines: Iterable[Deadline | None]) -> bool:
        return not bounded or any(deadline and _within(deadline.day, since, until) for deadline in deadlines)

    duties = tuple(duty for duty in charged if in_time(duty.deadlines))
    targets = tuple(
        target for target in ledger.targets if (anybody or target.clause in items) and in_time((target.by,))
    )
    return replace(ledger, duties=duties, targets=targets)


def _charges(duty: Duty, body: str | None, role: Charge | None) -> bool:
    return (body is None and role is None) or any(_is(each, body, role) for each in duty.bodies)


def _is(responsible: Responsible, body: str | None, role: Charge | None) -> bool:
    named = body is None or body in responsible.name or body in responsible.as_printed
    return named and (role is None or responsible.role is role)


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since is None or day >= since) and (until is None or day <= until)


def bodies_of(ledgers: Iterable[Ledger]) -> tuple[tuple[str, int], ...]:
    """Every body with the number of items that charge it, those with most first."""
    counts: dict[str, int] = {}
    for ledger in ledgers:
        for duty in ledger.duties:
            for responsible in duty.bodies:
                counts[responsible.name] = counts.get(responsible.name, 0) + 1
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
