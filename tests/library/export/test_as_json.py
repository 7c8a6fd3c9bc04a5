"""The JSON of a document: complete, stable, and the way back."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.library.export import document_from_json, document_json, reading_json
from huiqi.library.export.shape import (
    ClauseShape,
    DatedShape,
    DocumentShape,
    LossShape,
    ReadingShape,
    RemarkShape,
    RepealShape,
    Shape,
    SourceShape,
)
from huiqi.library.model import (
    Clause,
    ClauseKind,
    Dated,
    Document,
    Level,
    Loss,
    LossKind,
    Pages,
    Reading,
    Remark,
    Repeal,
    Source,
    Span,
)
from tests.library.export.trees import documents, losses, readings, remarks

ITEM = Clause(
    "main__para_1", ClauseKind.ITEM, "一、", "一、多给钱。给小店。", (Span(3, 9),), 2, 4, Pages(7, 7)
)
DOCUMENT = Document(
    id="青政-2024-3",
    title="小店措施",
    number=None,
    issuers=("青禾市人民政府",),
    issued=date(2024, 3, 1),
    level=Level.CITY,
    region="990100",
    clauses=(Clause("main", ClauseKind.MAIN, "正文", "", (), children=(ITEM,)),),
    span=Span(3, 9),
    effective=Dated(None, "main__para_1", "自印发之日起"),
    repeals=(Repeal("老办法", "", "main__para_1"),),
    source="小店.txt",
)


generated = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@generated
@given(documents(), st.data())
def test_a_document_comes_back_from_its_json_exactly(document: Document, data: st.DataObject) -> None:
    lost = data.draw(st.lists(losses(document), max_size=2))
    noted = data.draw(st.lists(remarks(document), max_size=2))
    written = json.dumps(document_json(document, losses=lost, remarks=noted), ensure_ascii=False).encode()
    assert document_from_json(json.loads(written)) == document


def test_the_json_of_a_document_is_as_promised() -> None:
    loss = Loss(LossKind.TABLE, "表", 5, DOCUMENT.id, "main__para_1", Pages(7, 8))
    remark = Remark(DOCUMENT.id, "main__para_1", "多", "疑为“少”", "程序")
    assert document_json(DOCUMENT, losses=[loss], remarks=[remark]) == {
        "id": "青政-2024-3",
        "title": "小店措施",
        "number": None,
        "issuers": ["青禾市人民政府"],
        "issued": "2024-03-01",
        "level": "市",
        "region": "990100",
        "effective": {"day": None, "clause": "main__para_1", "words": "自印发之日起"},
        "expires": None,
        "repeals": [{"title": "老办法", "number": "", "clause": "main__para_1", "extent": ""}],
        "addressees": "",
        "cover_title": "",
        "within": "",
        "section": "",
        "source": "小店.txt",
        "span": [3, 9],
        "clauses": [
            {
                "id": "main",
                "kind": "正文",
                "cite": "正文",
                "number": "",
                "heading": "",
                "text": "",
                "number_length": 0,
                "heading_length": 0,
                "spans": [],
                "pages": None,
                "children": [
                    {
                        "id": "main__para_1",
                        "kind": "一、",
                        "cite": "一、",
                        "number": "一、",
                        "heading": "多给钱",
                        "text": "一、多给钱。给小店。",
                        "number_length": 2,
                        "heading_length": 4,
                        "spans": [[3, 9]],
                        "pages": [7, 7],
                        "children": [],
                    }
                ],
            }
        ],
        "losses": [
            {
                "kind": "表格缺失",
                "what": "表",
                "at": 5,
                "document": "青政-2024-3",
                "clause": "main__para_1",
                "pages": [7, 8],
            }
        ],
        "remarks": [
            {
                "document": "青政-2024-3",
                "clause": "main__para_1",
                "words": "多",
                "note": "疑为“少”",
                "by": "程序",
                "at": None,
            }
        ],
    }


@generated
@given(readings())
def test_every_loss_and_remark_of_a_reading_stands_once_beside_what_it_is_about(reading: Reading) -> None:
    found = reading_json(reading)
    for key, given_ in (("losses", reading.losses), ("remarks", reading.remarks)):
        beside = [(each["id"], one["document"]) for each in found["documents"] for one in each[key]]
        assert all(document == about for document, about in beside)
        assert all(one["document"] == "" for one in found[key])
        assert len(beside) + len(found[key]) == len(given_)


@generated
@given(readings())
def test_a_reading_has_its_documents_source_and_all_that_is_no_document(reading: Reading) -> None:
    found = reading_json(reading)
    assert tuple(document_from_json(each) for each in found["documents"]) == reading.documents
    assert found["source"]["digest"] == reading.source.digest
    assert "text" not in found["source"]
    assert [each["id"] for each in found["between"]] == [each.id for each in reading.between]
    spans = [(span.start, span.end) for _, span in reading.left_out]
    assert [tuple(each["span"]) for each in found["left_out"]] == spans
    assert len(found["source"]["losses"]) == len(reading.source.losses)


DERIVED: dict[type, set[str]] = {
    Document: {"losses", "remarks"},
    Clause: {"number", "heading"},
}
LEFT_OUT: dict[type, set[str]] = {Source: {"text"}}


@pytest.mark.parametrize(
    ("model", "shape"),
    [
        (Document, DocumentShape),
        (Clause, ClauseShape),
        (Dated, DatedShape),
        (Repeal, RepealShape),
        (Loss, LossShape),
        (Remark, RemarkShape),
        (Source, SourceShape),
        (Reading, ReadingShape),
    ],
)
def test_every_field_of_the_model_has_its_place(model: type, shape: type[Shape]) -> None:
    named = {field.name for field in fields(model)}
    assert set(shape.model_fields) == named - LEFT_OUT.get(model, set()) | DERIVED.get(model, set())


def test_a_lone_surrogate_does_not_keep_a_document_from_being_written() -> None:
    clause = Clause("main", ClauseKind.MAIN, "", "给\ud800钱", ())
    document = Document("a", "", None, (), None, Level.CITY, "", (clause,), Span(0, 3))
    written = json.dumps(document_json(document), ensure_ascii=False).encode()
    assert document_from_json(json.loads(written)).whole_text() == "给\ufffd钱"


def changed(**changes: Any) -> dict[str, Any]:
    return {**document_json(DOCUMENT), **changes}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "id 缺少；title 缺少；number 缺少等19处"),
        (changed(colour="red"), "colour 多余"),
        (changed(level="州"), "level 不是可选的值"),
        (changed(title=3), "title 类型不对"),
        (changed(issued="2024-02-30"), "issued 类型不对"),
        (changed(span=["3", "9"]), "span.0 类型不对；span.1 类型不对"),
        (changed(clauses=[{"id": "a"}]), "clauses.0.kind 缺少"),
        (None, "整体 类型不对"),
    ],
)
def test_what_is_no_document_is_refused_with_the_place(data: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=f"不是文件的 JSON：{problem}"):
        document_from_json(data)
