"""The real catalogue on the real text: everything grounded or explained, and wrong figures noticed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.grounding import Checked, cited, ground, read_explained, resting_on
from huiqi.grounding.claims import Claim, SaidFigure
from huiqi.grounding.gather import SUMMARY, claims_of
from huiqi.grounding.ground import ground_claims
from huiqi.language.units import whole
from huiqi.library.citing import parse
from huiqi.library.ingest import read
from huiqi.library.model import Document

ROOT = Path(__file__).parents[2]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
PLANTED = 200


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so the catalogue cannot be held against it.")
    return read(COMPENDIUM, load_knowledge(ROOT / "catalogue")).documents


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


def test_everything_is_grounded_or_explained(catalogue: Catalogue, documents: Sequence[Document]) -> None:
    knowledge = load_knowledge(catalogue.root)
    result = ground(catalogue, documents, read_explained(catalogue.root), knowledge.bodies)
    assert [str(one) for one in result.diagnostics] == []
    assert result.counts[Checked.CITATION] > 1000
    assert result.counts[Checked.FIGURE] > 300
    assert result.counts[Checked.DAY] > 100
    assert result.counts[Checked.BODY] > 400
    assert result.counts[Checked.BOUNDARY] > 100
    assert result.counts[Checked.WORDS] > 200


def test_every_benefit_leads_to_a_clause_and_back(
    catalogue: Catalogue, documents: Sequence[Document]
) -> None:
    links = cited(catalogue, documents)
    for benefit in catalogue.benefits.values():
        assert links[benefit.id], benefit.id
        assert links[benefit.id][0].cite == benefit.cite
    there = {document.id: resting_on(document, links) for document in documents}
    for benefit_id, several in links.items():
        for link in several:
            for clause in link.clauses:
                assert benefit_id in there[link.document][clause]


def _wrong(figure: SaidFigure, random: Random, mark: str) -> SaidFigure:
    """Another figure in its place, wrong as slips are: the last digit, a zero more, 元 for 万元."""
    numeral = re.match(r"\d+(?:\.(\d+))?", figure.text)
    assert numeral is not None
    last = Fraction(figure.number) / Fraction(numeral[0]) / 10 ** len(numeral[1] or "")
    wrong = [figure.number + last, figure.number - last, figure.number * 10]
    if dict(figure.dimension).get("元"):
        wrong.append(Fraction(figure.number, 10000))
    return replace(figure, number=whole(Fraction(random.choice(wrong))), text=f"{figure.text}{mark}")


def _planted(claims: Sequence[Claim], random: Random) -> dict[str, Claim]:
    """Claims with one wrong figure each, by the mark that the figure has."""
    places = [
        (claim, place)
        for claim in claims
        for place, figure in enumerate(claim.figures)
        if claim.document and figure.number and figure.text[0].isdecimal() and claim.name != SUMMARY
        # what rests on a text outside the library cannot be compared
        if claim.cite and not any(one.document for one in parse(claim.cite))
    ]
    planted = {}
    for nth, (claim, place) in enumerate(random.sample(places, PLANTED)):
        mark = f"（错{nth}）"
        figures = list(claim.figures)
        figures[place] = _wrong(figures[place], random, mark)
        planted[mark] = replace(claim, figures=tuple(figures))
    return planted


def test_wrong_figures_are_noticed(catalogue: Catalogue, documents: Sequence[Document]) -> None:
    claims = claims_of(catalogue.root)
    planted = _planted(claims, Random(20240601))
    bodies = load_knowledge(catalogue.root).bodies
    explained = read_explained(catalogue.root)
    result = ground_claims([*claims, *planted.values()], catalogue, documents, explained, bodies)
    messages = "".join(one.message for one in result.diagnostics)
    missed = [f"{claim.owner} {claim.name}" for mark, claim in planted.items() if mark not in messages]
    assert len(missed) <= PLANTED * 0.05, missed
