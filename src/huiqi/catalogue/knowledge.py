"""What the catalogue tells the library: places, bodies, everyday words, remarks, reviews (library/*.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from huiqi.catalogue.shape.base import Shape
from huiqi.catalogue.shape.catalogue import CatalogueFile
from huiqi.catalogue.shape.library import BodiesFile, RemarksFile, ReviewsFile, SynonymsFile
from huiqi.catalogue.shape.reading import read_shape
from huiqi.catalogue.source import error_at
from huiqi.codes.regions import load as load_regions
from huiqi.language.diagnostics import Diagnostic
from huiqi.language.syntax import Span
from huiqi.library.knowledge import Body, Knowledge, Noted, Reviewed

S = TypeVar("S", bound=Shape)

FOLDER = "library"
"""The folder of these files in a catalogue; each file may be missing."""


def read_knowledge(root: Path) -> tuple[Knowledge, tuple[Diagnostic, ...]]:
    """What a catalogue folder tells the library, as far as it can be read, and what is wrong with it."""
    problems: list[Diagnostic] = []

    def read(name: str, shape: type[S]) -> S | None:
        path = root / name
        if not path.exists():
            return None
        found = read_shape(path, shape, str(path))
        problems.extend(found.diagnostics)
        return found.shape

    head = read("catalogue.yaml", CatalogueFile)
    bodies = read(f"{FOLDER}/bodies.yaml", BodiesFile)
    synonyms = read(f"{FOLDER}/synonyms.yaml", SynonymsFile)
    remarks = read(f"{FOLDER}/remarks.yaml", RemarksFile)
    reviews = read(f"{FOLDER}/reviews.yaml", ReviewsFile)
    regions = None
    path = root / "codes" / "regions.yaml"
    try:
        regions = load_regions(path) if path.exists() else None
    except ValueError as problem:
        problems.append(error_at(Span(str(path), 1, 1), str(problem)))
    words: dict[str, tuple[str, ...]] = {}
    for entry in synonyms.entries if synonyms else ():
        if entry.word.text in words:
            problems.append(error_at(entry.word.at, f"说法“{entry.word}”写了两次", "合成一项"))
        words[entry.word.text] = tuple(term.text for term in entry.terms)
    knowledge = Knowledge(
        regions,
        head.catalogue.region.text if head else "",
        tuple(
            Body(each.name.text, tuple(map(str, each.short))) for each in (bodies.bodies if bodies else ())
        ),
        words,
        tuple(
            Noted(each.document.text, each.cite.text if each.cite else "", each.words.text, each.note.text)
            for each in (remarks.remarks if remarks else ())
        ),
        tuple(
            Reviewed(each.document.text, each.cite.text, each.role.value, each.why.text if each.why else "")
            for each in (reviews.reviews if reviews else ())
        ),
    )
    return knowledge, tuple(problems)


def load_knowledge(root: Path) -> Knowledge:
    """What a catalogue folder tells the library; mistakes in its files are left to ``huiqi check``."""
    return read_knowledge(root)[0]
