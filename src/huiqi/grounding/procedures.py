"""Procedures held against the text: every citation leads to a clause, and every length stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from huiqi.catalogue.shape import Shape, Text, read_shape
from huiqi.catalogue.source import error_at, warning_at
from huiqi.grounding.texts import Texts
from huiqi.language.diagnostics import Diagnostic
from huiqi.library.citing import documents_of
from huiqi.library.model import Document
from huiqi.procedures.load import FILE
from huiqi.procedures.shape import Clock, Duty, ProcedureFile

_CITED_BY_NAME = {"Fact": "options", "Event": "actors"}
"""Shapes with a mapping from a name to the clause that it rests on, and the field that is that mapping."""

_DIGITS = "零一二三四五六七八九"
_OTHERWISE = {
    (1, "月"): ("每月", "按月"),
    (3, "月"): ("季度",),
    (6, "月"): ("半年",),
    (1, "年"): ("每年", "按年"),
}
_UNITS = {"日": ("日", "天"), "月": ("个月", "月"), "年": ("年", "周年"), "工作日": ("个工作日", "工作日")}


@dataclass(frozen=True, slots=True)
class Rested:
    """A procedure on a document of the library: the clauses that it cites, by their ids."""

    procedure: str
    document: str
    clauses: frozenset[str]


def ground_procedures(root: Path, documents: Iterable[Document]) -> tuple[Diagnostic, ...]:
    """What the definitions below a catalogue say and the clauses that they cite do not.

    Files that cannot be read are left out: loading them says why.
    """
    documents = tuple(documents)
    return tuple(
        problem for _, file in _files(root) for problem in _problems(file, _text_of(file, documents))
    )


def procedures_resting(root: Path, documents: Iterable[Document]) -> tuple[Rested, ...]:
    """For each definition whose document the library has, the clauses that it rests on."""
    documents = tuple(documents)
    found = []
    for _, file in _files(root):
        texts = _text_of(file, documents)
        if texts is not None:
            clauses = frozenset(
                clause.id for cite in _cites(file) for clause in texts.resolve(cite.text).clauses
            )
            found.append(Rested(str(file.head.name), texts.document.id, clauses))
    return tuple(found)


def run_by(document: Document, resting: Iterable[Rested]) -> Mapping[str, str]:
    """Of the clauses of a document those that a procedure rests on, with its name; by clause id."""
    return {
        clause: each.procedure for each in resting if each.document == document.id for clause in each.clauses
    }


def _files(root: Path) -> Iterator[tuple[Path, ProcedureFile]]:
    for path in sorted(root.rglob(FILE)):
        if (shape := read_shape(path, ProcedureFile).shape) is not None:
            yield path, shape


def _text_of(file: ProcedureFile, documents: tuple[Document, ...]) -> Texts | None:
    number = str(file.head.number) if file.head.number else None
    fitting = documents_of(str(file.head.title), number, documents)
    return Texts(fitting[0]) if len(fitting) == 1 else None


def _problems(file: ProcedureFile, texts: Texts | None) -> Iterator[Diagnostic]:
    title = file.head.title
    if texts is None:
        yield warning_at(
            title.at,
            f"政策库里没有“{title}”，这个程序的依据没有核对",
            "把原文放进政策库，或看看标题、文号是否写错",
        )
        return
    for cite in _cites(file):
        for problem in texts.resolve(cite.text).problems:
            yield error_at(cite.at, f"依据“{cite}”{problem.reason}", problem.hint)
    for shape, length, cite in _lengths(file):
        resolved = texts.resolve(cite.text)
        words = spellings(length, str(shape.unit))
        if resolved.clauses and not resolved.outside:
            passage = texts.passage(resolved.clauses)
            if not any(passage.holds(each) for each in words):
                yield error_at(shape.at, f"{cite}里没有“{words[0]}”", "照原文改，或者改依据")


def _shapes(value: object) -> Iterator[Shape]:
    """A shape and all shapes inside it, in the order of the file."""
    if isinstance(value, Shape):
        yield value
        for name in type(value).model_fields:
            yield from _shapes(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _shapes(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _shapes(each)


def _cites(file: ProcedureFile) -> Iterator[Text]:
    for shape in _shapes(file):
        cite = getattr(shape, "cite", None)
        if isinstance(cite, Text):
            yield cite
        by_name = getattr(shape, _CITED_BY_NAME.get(type(shape).__name__, ""), None) or {}
        yield from (each for each in by_name.values() if isinstance(each, Text))


def _lengths(file: ProcedureFile) -> Iterator[tuple[Clock | Duty, int, Text]]:
    """Everything with a length of its own; an extension is counted in the unit of its clock."""
    timed: tuple[Clock | Duty, ...] = (*file.clocks.values(), *file.duties.values())
    for shape in timed:
        if shape.length and shape.unit:
            yield shape, shape.length, shape.cite


def spellings(number: int, unit: str) -> tuple[str, ...]:
    """How a text may write a length: 3个工作日, 三个工作日, 30天, 三十日, 半年, 按年."""
    words = [f"{figure}{each}" for each in _UNITS.get(unit, (unit,)) for figure in (number, _chinese(number))]
    return (*words, *_OTHERWISE.get((number, unit), ()))


def _chinese(number: int) -> str:
    """A number up to 99 in Chinese figures."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
