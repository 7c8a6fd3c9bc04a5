"""The whole compendium with the real catalogue, where the compendium lies beside the checkout."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from huiqi.booklet import Booklet, edition
from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import Block, anchors_of, runs_of
from huiqi.booklet.characters import at_hand, clean
from huiqi.booklet.html import as_html
from huiqi.booklet.matching import paired
from huiqi.catalogue.load import load_catalogue
from huiqi.library.ingest import read

ROOT = Path(__file__).parents[2]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
DAY = date(2025, 6, 1)


@cache
def whole() -> tuple[Booklet, tuple[Block, ...]]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so no booklet can be made of it.")
    reading = read(COMPENDIUM)
    found = edition(
        load_catalogue(ROOT / "catalogue"),
        reading.documents,
        DAY,
        losses=reading.losses,
        remarks=reading.remarks,
    )
    return found, arrange(found)


def test_every_document_is_in_and_those_of_the_rules_have_their_text() -> None:
    found, _ = whole()
    reading = read(COMPENDIUM)
    titles = [one.title for one in found.documents()]
    assert len(titles) == len(reading.documents) >= 41
    assert [one.title for one in found.documents() if one.benefits and not one.has_text] == []


def test_the_official_text_is_printed_whole_and_nothing_else() -> None:
    found, _ = whole()
    documents = read(COMPENDIUM).documents
    texts = {f"document--{one.id}": one for one in documents}
    rules = load_catalogue(ROOT / "catalogue").documents
    texts |= {f"document--{id}": one for id, one in paired(rules, documents).items()}
    for document in found.documents():
        text = texts[document.anchor]
        added = {
            f"{document.anchor}--{one.id}" for one in text.walk() if not one.text.strip()
        }  # 印发通知, 附件1
        printed = "".join(one.text for one in document.clauses if one.anchor not in added)
        assert "".join(printed.split()) == "".join(text.whole_text().split()), document.title


def test_almost_every_citation_of_a_benefit_leads_to_its_clause() -> None:
    found, _ = whole()
    references = [one for benefit in found.benefits() for one in benefit.references]
    assert len(references) > 250
    assert [one.words for one in references if not one.anchor] == []


def test_every_link_leads_somewhere() -> None:
    _, blocks = whole()
    anchors = anchors_of(blocks)
    assert len(anchors) == len(set(anchors)) > 1000
    assert {run.to for block in blocks for run in runs_of(block)} - {""} <= set(anchors)


def test_the_fonts_at_hand_have_every_character() -> None:
    found, _ = whole()
    page = as_html(found)
    assert set(clean(page)) - at_hand() == set()
