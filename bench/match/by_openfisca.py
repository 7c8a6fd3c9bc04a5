"""The same rules as variables of OpenFisca-core, for enterprises of which everything is known.

OpenFisca has no unknown, so ``otherwise`` and the two ends fall together; only where the law itself leaves
a range (重点群体从事个体经营) are there two amounts. Its numbers have 32 bits unless told otherwise, which
cannot hold the money of an enterprise; here they have 64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any as Anything

import numpy as np
import numpy.typing as npt

from bench.match.answers import Sums
from bench.match.rows import Table
from bench.match.subset import COLUMNS, DAY, RULES
from bench.match.terms import Term

PERIOD = f"{DAY:%Y-%m}"
_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
Array = npt.NDArray[Anything]


def reckon(term: Term, read: Callable[[str], Array]) -> Array:
    """A term over whole columns, each part of it once; ``read`` gives a fact."""
    made: dict[int, Array] = {}

    def of(term: Term) -> Array:
        if id(term) not in made:
            if term.operation == "fact":
                made[id(term)] = read(str(term.value))
            elif term.operation in ("otherwise", "sure", "possible", "true_or_unknown"):
                made[id(term)] = of(term.parts[0])
            else:
                made[id(term)] = _operate(term, [of(part) for part in term.parts])
        return made[id(term)]

    return of(term)


def _operate(term: Term, parts: list[Anything]) -> Anything:
    match term.operation:
        case "constant":
            return np.int64(term.value)
        case "among":
            return np.isin(parts[0], term.value)
        case "by":
            return parts[0] <= np.datetime64(term.value, "D")
        case "and":
            return parts[0] & parts[1]
        case "or":
            return parts[0] | parts[1]
        case "not":
            return ~parts[0]
        case "add":
            return parts[0] + parts[1]
        case "subtract":
            return parts[0] - parts[1]
        case "multiply":
            return parts[0] * parts[1]
        case "floor_divide":
            return parts[0] // parts[1]
        case "less":
            return parts[0] < parts[1]
        case "at_most":
            return parts[0] <= parts[1]
        case "same":
            return parts[0] == parts[1]
        case "smaller":
            return np.minimum(parts[0], parts[1])
        case "larger":
            return np.maximum(parts[0], parts[1])
        case "choose":
            return np.where(parts[0], parts[1], parts[2])
    assert term.operation == "month", term.operation
    return parts[0].astype("datetime64[M]").astype(np.int64) + 12 * 1970


class OpenFisca:
    """A tax and benefit system of these rules. Raises ``ImportError`` where OpenFisca is not installed."""

    def __init__(self) -> None:
        entities, periods, systems, variables = (
            import_module(f"openfisca_core.{name}")
            for name in ("entities", "periods", "taxbenefitsystems", "variables")
        )
        self._entity = entities.build_entity("enterprise", "enterprises", "an enterprise", is_person=True)
        self._system = systems.TaxBenefitSystem([self._entity])
        types = {"是否": bool, "选项": int, "数": int, "日期": date}
        common = {"entity": self._entity, "definition_period": periods.DateUnit.MONTH}

        def add(name: str, of: type, formula: Callable[..., Anything] | None = None) -> None:
            own = {**common, "value_type": of, "label": name}
            if formula is not None:
                own["formula"] = formula
            variable = self._system.add_variable(type(name, (variables.Variable,), own))
            if of is int:
                variable.dtype = np.int64

        for column in COLUMNS:
            add(f"c{_PLACES[column.name]}", types[column.kind])
        for place, rule in enumerate(RULES):
            add(f"due{place}", bool, _formula(rule.condition))
            add(f"low{place}", int, _amount(place, rule.low))
            if self.has_range(place):
                add(f"high{place}", int, _amount(place, rule.high))

    @staticmethod
    def has_range(place: int) -> bool:
        """Whether the law itself leaves a range."""
        return RULES[place].benefit == "cn-2024-4/self-employed"

    def every(self, given: Table) -> list[tuple[Array, Array, Array]]:
        """Whether each is due, and the least and most; for a table without unknowns."""
        simulation = (
            import_module("openfisca_core.simulations")
            .SimulationBuilder()
            .build_default_simulation(self._system, count=len(given))
        )
        for column in COLUMNS:
            values = given.values[column.name]
            if column.kind == "日期":
                values = values.astype("datetime64[D]")
            simulation.set_input(f"c{_PLACES[column.name]}", PERIOD, values)
        return list(self._answers(simulation))

    def _answers(self, simulation: Anything) -> Iterator[tuple[Array, Array, Array]]:
        for place in range(len(RULES)):
            due, low = (simulation.calculate(f"{name}{place}", PERIOD) for name in ("due", "low"))
            yield due, low, simulation.calculate(f"high{place}", PERIOD) if self.has_range(place) else low

    def sums(self, given: Table) -> Sums:
        """Counts and sums for each rule."""
        rows = len(given)
        return [
            (int(due.sum()), 0, rows - int(due.sum()), int(low.sum()), int(high.sum()), 0)
            for due, low, high in self.every(given)
        ]


def _formula(term: Term) -> Callable[..., Anything]:
    def formula(enterprise: Anything, period: Anything) -> Anything:
        return reckon(term, lambda name: enterprise(f"c{_PLACES[name]}", period))

    return formula


def _amount(place: int, term: Term) -> Callable[..., Anything]:
    reckoned = _formula(term)

    def formula(enterprise: Anything, period: Anything) -> Anything:
        return np.where(enterprise(f"due{place}", period), reckoned(enterprise, period), 0)

    return formula
