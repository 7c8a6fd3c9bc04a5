"""The real compendium, exported: valid, complete, and the same when it is read back."""

from pathlib import Path

import pytest

from huiqi.library.export import as_akn, document_from_json, from_akn, reading_json, unwritable
from huiqi.library.ingest import read
from huiqi.library.model import Reading
from tests.library.export.akoma import name, parsed, words

COMPENDIUM = Path(__file__).parents[4] / "shared" / "compendium" / "compendium.txt"


@pytest.fixture(scope="module")
def reading() -> Reading:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so its export cannot be tried.")
    return read(COMPENDIUM)


def test_every_document_is_valid_complete_and_comes_back(reading: Reading) -> None:
    assert len(reading.documents) > 40
    for document in reading.documents:
        data = as_akn(document)
        assert words(parsed(data)) == document.whole_text(), document.title
        assert from_akn(data) == (document,), document.title
        assert unwritable(document) == (), document.title


def test_the_whole_is_one_valid_collection(reading: Reading) -> None:
    data = as_akn(reading)
    root = parsed(data)
    body = root[0].find("{*}collectionBody")
    assert body is not None
    assert len(body) == len(reading.documents) + len(reading.between)
    assert from_akn(data) == reading.documents


def test_articles_make_an_act_and_forwarded_documents_go_with_their_notice(reading: Reading) -> None:
    elements = [name(parsed(as_akn(document))[0]) for document in reading.documents]
    assert {element: elements.count(element) > 0 for element in ("act", "doc", "statement")} == {
        "act": True,
        "doc": True,
        "statement": True,
    }


def test_every_document_comes_back_from_its_json(reading: Reading) -> None:
    found = reading_json(reading)
    assert tuple(document_from_json(each) for each in found["documents"]) == reading.documents
