"""Which clause becomes which element; the table of docs/akoma-ntoso.md."""

from pathlib import Path

import pytest

from huiqi.library.export.akn import as_akn
from huiqi.library.export.akn.content import GENERIC, HIERARCHY
from huiqi.library.ingest import read
from huiqi.library.model import Clause, ClauseKind, Document, Level, Pages, Source, Span
from tests.library.export.akoma import Element, by_id, name, own, parsed, path

K = ClauseKind

NOTICE = """\
青禾市人民政府
关于印发青禾市小店扶持办法的通知
青政〔2024〕3号
各区人民政府，市政府各部门：
现将《青禾市小店扶持办法》印发给你们，请认真执行。
附件：申报表
青禾市人民政府
2024年3月1日
青禾市小店扶持办法
第一章 总则
第一条 为了扶持小店，制定本办法。
第二条 有下列情形之一的，给予补助：
（一）开业满一年；
1.在本市注册；
2.在本市纳税；
（二）雇工五人以上。
前款所称小店，是指个体工商户。
第二章 附则
第三条 本办法自2024年4月1日起施行。
附件
申报表
一、基本情况
（1）名称；
（2）地址。
"""


def document(*divisions: Clause, title: str = "青禾市小店措施") -> Document:
    return Document("a", title, None, (), None, Level.CITY, "", divisions, Span(0, 99))


def clause(
    identifier: str, kind: ClauseKind, text: str, *children: Clause, number: int = 0, heading: int = 0
) -> Clause:
    return Clause(identifier, kind, "", text, (), number, heading, None, children)


def main(*children: Clause) -> Clause:
    return clause("main", K.MAIN, "", *children)


@pytest.fixture(scope="module")
def notice() -> Element:
    source = Source("通知.txt", NOTICE, "文本", "UTF-8", "00", paragraphs=True)
    reading = read(source)
    assert len(reading.documents) == 1
    return parsed(as_akn(reading.documents[0]))


def test_a_notice_carries_the_instrument_and_its_attachment(notice: Element) -> None:
    cover = notice[0]
    assert (name(cover), cover.get("name")) == ("doc", "通知")
    carried = [
        (own(each, "kind"), name(each[-1]), each[-1].get("name"))
        for each in cover.iterfind(".//{*}attachment")
    ]
    assert carried == [("正文", "act", "办法"), ("附件", "doc", "文件")]


@pytest.mark.parametrize(
    ("start", "place"),
    [
        ("青禾市人民政府关于", "doc/preface/p"),
        ("青政〔2024〕3号", "doc/preface/p"),
        ("各区人民政府", "doc/preface/p"),
        ("附件：申报表", "doc/conclusions/p"),
        ("青禾市人民政府2024年", "doc/conclusions/p"),
        ("青禾市小店扶持办法", "attachment/act/preface/p"),
        ("第一章", "act/body/chapter"),
        ("第一条", "body/chapter/article"),
        ("2.在本市纳税", "subparagraph/point"),
        ("（二）雇工", "subparagraph"),
        ("前款所称", "chapter/article/paragraph"),
        ("申报表", "attachment/doc/preface/p"),
        ("一、基本情况", "doc/mainBody/paragraph"),
        ("（2）地址", "mainBody/paragraph/indent"),
    ],
)
def test_what_the_reader_finds_stands_where_akoma_ntoso_has_a_place_for_it(
    notice: Element, start: str, place: str
) -> None:
    (element,) = (
        each
        for each in notice.iter("{*}*")
        if own(each, "kind") and name(each) not in ("mainBody", "attachment") and said(each).startswith(start)
    )
    assert path(element, notice).endswith(place)


def said(element: Element) -> str:
    """The words of an element, without the line breaks between elements."""
    return "".join("".join(element.itertext()).split("\n")).replace("  ", "")


def test_the_last_part_of_an_eid_names_its_element(notice: Element) -> None:
    """As the naming convention demands of elements that Akoma Ntoso has."""
    parts = {
        "chapter": "chp",
        "article": "art",
        "subparagraph": "subpara",
        "point": "point",
        "indent": "indent",
        "attachment": "att",
    }
    found = [(name(each), each.get("eId", "")) for each in notice.iter("{*}*") if own(each, "kind")]
    wrong = [
        (element, eid)
        for element, eid in found
        if element in parts and eid != "main" and eid.split("__")[-1].split("_")[0] != parts[element]
    ]
    assert wrong == []
    assert {element for element, _ in found} >= set(parts)


def test_number_heading_and_words_are_told_apart() -> None:
    root = parsed(
        as_akn(document(main(clause("main__para_1", K.ITEM, "一、多给钱。给小店。", number=2, heading=4))))
    )
    number, heading, content = by_id(root, "main__para_1")
    assert [(name(each), "".join(each.itertext()).strip()) for each in (number, heading, content)] == [
        ("num", "一、"),
        ("heading", "多给钱。"),
        ("content", "给小店。"),
    ]


def test_words_before_a_list_are_an_introduction_and_those_after_it_wrap_up() -> None:
    item = clause(
        "main__para_1",
        K.ITEM,
        "一、下列：",
        clause("main__para_1__p_1", K.PARAGRAPH, "先说。"),
        clause("main__para_1__subpara_1", K.SUBITEM, "（一）甲；", number=3),
        clause("main__para_1__p_2", K.PARAGRAPH, "以上都要。"),
        clause("main__para_1__p_3", K.PARAGRAPH, "缺一不可。"),
        number=2,
    )
    root = parsed(as_akn(document(main(item))))
    assert [name(each) for each in by_id(root, "main__para_1")] == [
        "num",
        "intro",
        "alinea",
        "subparagraph",
        "wrapUp",
    ]
    assert [each.get("eId") for each in by_id(root, "main__para_1")[-1]] == [
        "main__para_1__p_2",
        "main__para_1__p_3",
    ]


def test_what_follows_a_list_in_an_article_is_its_next_paragraph() -> None:
    article = clause(
        "main__art_1",
        K.ARTICLE,
        "第一条下列：",
        clause("main__art_1__subpara_1", K.SUBITEM, "（一）甲。", number=3),
        clause("main__art_1__p_2", K.PARAGRAPH, "前款所称甲，是乙。"),
        number=3,
    )
    root = parsed(as_akn(document(main(article))))
    assert [name(each) for each in by_id(root, "main__art_1")] == [
        "num",
        "intro",
        "subparagraph",
        "paragraph",
    ]


def test_a_notice_of_one_sentence_has_it_for_its_body() -> None:
    root = parsed(as_akn(document(main(clause("main__preamble", K.PREAMBLE, "现予公布。")))))
    assert path(by_id(root, "main__preamble"), root[0]) == "mainBody/hcontainer"


def test_an_opening_before_numbered_clauses_is_the_preamble() -> None:
    root = parsed(
        as_akn(
            document(
                main(
                    clause("main__preamble", K.PREAMBLE, "为了小店，通知如下："),
                    clause("main__para_1", K.ITEM, "一、给钱。", number=2),
                )
            )
        )
    )
    assert path(by_id(root, "main__preamble"), root[0]) == "preamble/p"


def test_a_signature_in_the_middle_stays_in_the_middle() -> None:
    root = parsed(
        as_akn(
            document(
                main(
                    clause("main__sig_1", K.SIGNATURE, "某局"),
                    clause("main__para_1", K.ITEM, "一、给钱。", number=2),
                    clause("main__sig_2", K.SIGNATURE, "某厅"),
                    clause("main__fragment", K.FRAGMENT, "填表人"),
                )
            )
        )
    )
    first = by_id(root, "main__sig_1")
    assert (path(first, root[0]), first.get("name")) == ("mainBody/hcontainer", "signature")
    assert path(by_id(root, "main__sig_2"), root[0]) == "conclusions/p"
    assert by_id(root, "main__fragment").get("status") == "incomplete"


def test_a_text_that_is_lost_is_said_to_be_unknown() -> None:
    root = parsed(as_akn(document(main(clause("main__title", K.TITLE, "若干措施")))))
    (missing,) = by_id(root, "main")
    assert (name(missing), missing.get("name"), missing.get("status")) == ("hcontainer", "missing", "unknown")


def test_clauses_within_a_signature_become_a_container_of_blocks() -> None:
    signature = clause(
        "main__sig", K.SIGNATURE, "某局", clause("main__sig__p_1", K.PARAGRAPH, "2024年3月1日")
    )
    root = parsed(as_akn(document(main(clause("main__para_1", K.ITEM, "一、给钱。", number=2), signature))))
    assert path(by_id(root, "main__sig__p_1"), root[0]) == "conclusions/blockContainer/p"


@pytest.mark.parametrize(
    ("divisions", "element"),
    [
        ((main(clause("a", K.ARTICLE, "第一条")),), "act"),
        ((main(clause("a", K.CHAPTER, "第一章", clause("b", K.ARTICLE, "第一条"))),), "act"),
        ((main(clause("a", K.ITEM, "一、")),), "statement"),
        ((clause("cover", K.COVER, "", clause("a", K.PARAGRAPH, "甲")),), "doc"),
        ((clause("att_1", K.ATTACHMENT, "", clause("a", K.ITEM, "一、")),), "doc"),
        ((clause("att_1", K.ATTACHMENT, "", clause("a", K.ARTICLE, "第一条")),), "act"),
        ((), "statement"),
    ],
)
def test_the_kind_of_document_follows_from_its_clauses(divisions: tuple[Clause, ...], element: str) -> None:
    assert name(parsed(as_akn(document(*divisions)))[0]) == element


def test_of_each_clause_kind_citation_place_and_page_are_said() -> None:
    item = Clause("main__para_1", K.ITEM, "一、", "一、给钱。", (Span(3, 5), Span(6, 9)), 2, 0, Pages(7, 9))
    element = by_id(parsed(as_akn(document(main(item)))), "main__para_1")
    said = [own(element, key) for key in ("kind", "cite", "spans", "pages")]
    assert said == ["一、", "一、", "3-5 6-9", "7-9"]


def test_every_kind_has_one_element() -> None:
    assert set(HIERARCHY) | set(GENERIC) == set(ClauseKind)
    assert set(HIERARCHY) & set(GENERIC) == set()


def test_the_guide_has_every_kind_with_its_element() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "akoma-ntoso.md").read_text(encoding="utf-8")
    rows = [line for line in guide.splitlines() if line.startswith("| ")]
    elements = {kind: HIERARCHY.get(kind) or f'name="{GENERIC[kind]}"' for kind in ClauseKind}
    missing = [
        kind.name
        for kind in ClauseKind
        if not any(f"`{kind.value}`" in row and elements[kind] in row for row in rows)
    ]
    assert missing == []
