"""Changes to a definition that nothing can notice, whatever happens: found by rule, each with its reason.

What no rule covers is listed by hand in ``equivalents.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiqi.clocks import Unit
from huiqi.procedures import Definition
from huiqi.procedures.reach import reached
from huiqi.procedures.shape import Expiry


def meaningless(definition: Definition) -> Mapping[str, str]:
    """The words of every such mutant of a definition, with the reason."""
    return dict(_all(definition))


def _all(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from _of_events(definition)
    yield from _of_clocks(definition)


def _of_events(definition: Definition) -> Iterator[tuple[str, str]]:
    automatic = {clock.fires for clock in definition.clocks.values() if clock.expiry is Expiry.AUTOMATIC}
    for event in definition.events.values():
        if event.name in automatic:
            for actor in definition.actors:
                for own in event.actors:
                    yield (
                        f"event {event.name}: actor {own} to {actor}",
                        "Nobody enters what follows by itself; who is named for it decides nothing.",
                    )
        for state in definition.states.values():
            if state.final:
                yield (
                    f"event {event.name}: sources with {state.name}",
                    "In a final state only what is still owed can be done, whatever an event names.",
                )


def _of_clocks(definition: Definition) -> Iterator[tuple[str, str]]:
    places = reached(definition).places
    for clock in definition.clocks.values():
        if clock.unit is Unit.WORKING_DAY and not clock.fact:
            yield f"clock {clock.name}: rule rolls False", "Working days end on a working day anyway."
        if clock.unit.of_time:
            yield f"clock {clock.name}: rule rolls False", "Minutes of office time end in office time anyway."
        if not clock.pauses:
            yield f"clock {clock.name}: rule day_left_after_pause False", "Nothing pauses it."
        if clock.expiry is not Expiry.AUTOMATIC:
            other = Expiry.MARKED if clock.expiry is Expiry.PROPOSED else Expiry.PROPOSED
            yield (
                f"clock {clock.name}: expiry {other}",
                "Proposed and marked write the same entry; only the words for the officer differ.",
            )
        while_running = {
            event.name
            for event in definition.events.values()
            for state, runs in places
            if state in event.sources and any(name == clock.name for name, _ in runs)
        }
        for name in definition.events:
            if name not in while_running:
                yield (
                    f"clock {clock.name}: stops with {name}",
                    "That cannot happen while the clock runs, on whatever way a case goes.",
                )
