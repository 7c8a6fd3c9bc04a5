"""办事程序: who must do what by when, and what happens if they do not; procedures as data, run by one kernel.

A case is a list of dated events that is only added to; state, clocks and duties are worked out from it each
time. Plain Python without a database; it knows no procedure and no place, those are content.
"""

from huiqi.procedures.cases import CasesRun, run_cases
from huiqi.procedures.definition import Definition
from huiqi.procedures.drawing import draw
from huiqi.procedures.fold import Case, fold
from huiqi.procedures.kernel import Applied, Refused, apply, expire
from huiqi.procedures.load import (
    Checked,
    ProcedureError,
    check,
    list_procedures,
    load_procedure,
    version_on,
)
from huiqi.procedures.log import Entry, Event, Log
from huiqi.procedures.routing import route
from huiqi.procedures.standing import Standing, standing
from huiqi.procedures.telling import Simulated, begins_on, clock, show, simulate

__all__ = [
    "Applied",
    "Case",
    "CasesRun",
    "Checked",
    "Definition",
    "Entry",
    "Event",
    "Log",
    "ProcedureError",
    "Refused",
    "Simulated",
    "Standing",
    "apply",
    "begins_on",
    "check",
    "clock",
    "draw",
    "expire",
    "fold",
    "list_procedures",
    "load_procedure",
    "route",
    "run_cases",
    "show",
    "simulate",
    "standing",
    "version_on",
]
