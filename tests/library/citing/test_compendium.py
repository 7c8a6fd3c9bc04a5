"""Every address in the real compendium, and every citation of the real catalogue."""

from collections import Counter
from pathlib import Path

import pytest

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.catalogue.load import load_catalogue
from huiqi.library.citing import Addresses, document_of, parse
from huiqi.library.ingest import read
from huiqi.library.model import Document

ROOT = Path(__file__).parents[3]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so its addresses cannot be tried.")
    return read(COMPENDIUM, load_knowledge(ROOT / "catalogue")).documents


def test_every_clause_is_found_under_its_own_address(documents: tuple[Document, ...]) -> None:
    clauses = 0
    for document in documents:
        addresses = Addresses(document)
        times = Counter(clause.cite for clause in document.walk())
        for clause in document.walk():
            clauses += 1
            ids = [each.id for each in addresses.resolve(clause.cite).clauses]
            if times[clause.cite] == 1:
                assert ids == [clause.id], (document.id, clause.cite)
            else:
                assert clause.id in ids or ids == [], (document.id, clause.cite)
    assert clauses > 1500


def test_addresses_are_understood_and_not_only_recognised(documents: tuple[Document, ...]) -> None:
    for document in documents:
        for clause in document.walk():
            (citation,) = parse(clause.cite)
            assert citation.steps, clause.cite
            assert not citation.document, clause.cite


def test_the_catalogue_finds_its_documents(documents: tuple[Document, ...]) -> None:
    catalogue = load_catalogue(ROOT / "catalogue")
    for policy in catalogue.documents:
        found = document_of(policy.title, policy.number, documents)
        assert found is not None, policy.title
        assert found.level.value == policy.level
