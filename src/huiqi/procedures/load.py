"""Reading definitions from files: whole and checked, or every mistake at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from huiqi.catalogue.shape import read_shape
from huiqi.catalogue.shape.base import SLUG
from huiqi.catalogue.source import error_at
from huiqi.language.diagnostics import Diagnostic, Severity
from huiqi.procedures.composite_check import unknown_children
from huiqi.procedures.definition import Definition
from huiqi.procedures.lower import Lowering
from huiqi.procedures.reach import find_gaps, find_stuck
from huiqi.procedures.shape import ProcedureFile

FILE = "procedure.yaml"


class ProcedureError(ValueError):
    """A definition cannot be used; ``diagnostics`` say where and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds, as far as it can be used, and what is wrong with it."""

    definition: Definition | None
    diagnostics: tuple[Diagnostic, ...]


def check(path: Path) -> Checked:
    """Read a definition; there is one only when nothing is wrong. Never raises for its content."""
    read = read_shape(path, ProcedureFile)
    if read.shape is None:
        return Checked(None, read.diagnostics)
    lowering = Lowering(read.shape, path)
    definition = lowering.definition()
    problems = [*read.diagnostics, *lowering.problems]
    head = read.shape.head
    if not SLUG.fullmatch(definition.id):
        problems.append(error_at(head.id.at, f"标识「{head.id}」写法不对", "用小写字母、数字和连字符"))
    if definition.until and definition.until < definition.since:
        problems.append(error_at(head.at, f"「至」{definition.until} 早于「自」{definition.since}"))
    if not problems:
        problems += find_gaps(definition, read.shape)
        for name, question in definition.questions.items():
            for answer in question.others:
                problems += find_stuck(definition.choose(name, answer), read.shape, f"取「{answer}」时")
    ordered = tuple(sorted(problems, key=lambda one: (one.line, one.column)))
    wrong = any(one.severity is Severity.ERROR for one in ordered)
    return Checked(None if wrong else definition, ordered)


def load_procedure(path: Path) -> Definition:
    """The definition in a file, or in a folder's ``procedure.yaml``. Raises ProcedureError."""
    checked = check(path / FILE if path.is_dir() else path)
    if checked.definition is None:
        raise ProcedureError(checked.diagnostics)
    return checked.definition


def list_procedures(root: Path) -> tuple[Definition, ...]:
    """Every definition below a catalogue, by id and version, oldest first.

    Raises ProcedureError with all mistakes, and when two versions of one procedure are in force on one day.
    """
    checked = [check(path) for path in sorted(root.rglob(FILE))]
    wrong = tuple(problem for one in checked for problem in one.diagnostics)
    if any(one.definition is None for one in checked):
        raise ProcedureError(wrong)
    found = sorted((one.definition for one in checked if one.definition), key=lambda one: (one.id, one.since))
    for earlier, later in pairwise(found):
        if earlier.id == later.id and earlier.in_force(later.since):
            message = f"「{later.id}」的两版在 {later.since} 都施行，前一版在 {earlier.path}"
            raise ProcedureError(
                (Diagnostic(Severity.ERROR, str(later.path), 1, 1, message, "给前一版写「至」"),)
            )
    if strangers := tuple(unknown_children(found)):
        raise ProcedureError(strangers)
    return tuple(found)


def version_on(definitions: tuple[Definition, ...], identifier: str, day: date) -> Definition | None:
    """The version by which a case that begins on a day runs to its end; ``None`` when there is none."""
    return next((one for one in definitions if one.id == identifier and one.in_force(day)), None)
