"""The ledger (台账): who has to do what by when, and which figures are to be reached, drawn from clauses."""

from huiqi.library.ledger.build import ledger_of
from huiqi.library.ledger.classes import role_of, roles_of
from huiqi.library.ledger.entries import (
    Charge,
    Comparator,
    Deadline,
    DeadlineKind,
    Duty,
    Ledger,
    Precision,
    Responsible,
    Target,
)
from huiqi.library.ledger.selecting import bodies_of, select
from huiqi.library.ledger.workbook import as_excel

__all__ = [
    "Charge",
    "Comparator",
    "Deadline",
    "DeadlineKind",
    "Duty",
    "Ledger",
    "Precision",
    "Responsible",
    "Target",
    "as_excel",
    "bodies_of",
    "ledger_of",
    "role_of",
    "roles_of",
    "select",
]
