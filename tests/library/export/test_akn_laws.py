"""What holds of every export: valid by the schema, no character lost, the same when it is read back."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from huiqi.library.export import as_akn, from_akn
from huiqi.library.model import Clause, ClauseKind, Document, Level, Reading, Span
from tests.library.export.akoma import parsed, words
from tests.library.export.trees import documents, losses, placed, readings, remarks

_ILLEGAL = re.compile("[\x00\x0b\ufffe]")
WRONG = ("", "x", "-1", "1-x", "9:41", "ffffffff:41", "1:ffffff")
_POINTING = ("source", "href", "refersTo", "start", "end", "placementBase")

generated = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def shown(text: str) -> str:
    """The text as XML can hold it."""
    return _ILLEGAL.sub("\ufffd", text)


def dangling(root: etree._Element) -> list[str]:
    """References within the file to an eId that nothing has."""
    eids = {element.get("eId") for element in root.iter()}
    return [
        value
        for element in root.iter()
        for key in _POINTING
        if (value := element.get(key, "")).startswith("#") and value[1:] not in eids
    ]


@generated
@given(documents(), st.data())
def test_a_document_is_valid_loses_no_character_and_comes_back(
    document: Document, data: st.DataObject
) -> None:
    lost = data.draw(st.lists(losses(document), max_size=2))
    noted = data.draw(st.lists(remarks(document), max_size=2))
    written = as_akn(document, losses=lost, remarks=noted)
    root = parsed(written)
    assert words(root) == shown(document.whole_text())
    assert dangling(root) == []
    assert from_akn(written) == (document,)


@generated
@given(readings())
def test_a_reading_is_a_valid_collection_in_the_order_of_the_source(reading: Reading) -> None:
    written = as_akn(reading)
    root = parsed(written)
    parts = sorted(
        [(each.span.start, each.whole_text()) for each in reading.documents]
        + [(min(_starts(each)), each.whole_text()) for each in reading.between if _starts(each)]
    )
    assert words(root) == shown("".join(text for _, text in parts))
    assert dangling(root) == []
    assert from_akn(written) == reading.documents


def _starts(clause: Clause) -> list[int]:
    return [span.start for each in clause.walk() for span in each.spans]


@generated
@given(st.lists(documents(), max_size=3))
def test_documents_alone_become_a_collection_in_the_order_given(several: list[Document]) -> None:
    numbered = [replace(document, id=f"某文件-{at}") for at, document in enumerate(several)]
    data = as_akn(numbered)
    assert words(parsed(data)) == shown("".join(document.whole_text() for document in numbered))
    assert from_akn(data) == tuple(numbered)


@pytest.mark.parametrize("outer", ClauseKind)
@pytest.mark.parametrize("division", [ClauseKind.COVER, ClauseKind.MAIN, ClauseKind.ATTACHMENT])
def test_every_kind_may_stand_in_every_other(division: ClauseKind, outer: ClauseKind) -> None:
    inner = tuple(Clause("", kind, "", f"{kind.value}甲", (), len(kind.value)) for kind in ClauseKind)
    holders = tuple(Clause("", outer, "", "乙丙", (), 1, 1, None, (each, each)) for each in inner)
    clause, end = placed(Clause("", division, "", "", (), children=(*holders, *inner)), "main", 0)
    document = Document("a", "", None, (), None, Level.UNKNOWN, "", (clause,), Span(0, end))
    data = as_akn(document)
    assert words(parsed(data)) == document.whole_text()
    assert from_akn(data) == (document,)


@generated
@given(documents(), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_only_the_day_of_export_differs_when_it_is_given(document: Document, made: date) -> None:
    dated = as_akn(document, made=made)
    parsed(dated)
    day = f'date="{made.isoformat()}" name="导出"'.encode()
    assert day in dated
    assert dated.replace(day, b'date="0001-01-01" name="unknown"') == as_akn(document)


@generated
@given(documents(), st.data())
def test_a_file_that_was_tampered_with_is_read_or_refused_with_a_sentence(
    document: Document, data: st.DataObject
) -> None:
    root = etree.fromstring(as_akn(document))
    element = data.draw(st.sampled_from(list(root.iter("{*}*"))))
    keys = [str(key) for key in element.attrib]
    attribute = data.draw(st.booleans())
    if attribute and keys:
        element.set(data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(WRONG)))
    elif element.getparent() is not None:
        element.getparent().remove(element)  # type: ignore[union-attr]
    outcome = read_or_refuse(etree.tostring(root))
    assert isinstance(outcome, tuple) or re.search(r"[\u4e00-\u9fff]", outcome)


def read_or_refuse(data: bytes) -> tuple[Document, ...] | str:
    """The documents of a file, or the sentence that refuses it."""
    try:
        return from_akn(data)
    except ValueError as error:
        return str(error)
