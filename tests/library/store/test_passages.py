"""Passages: every word of the clauses in one, none twice, and each of a size that is worth finding."""

from collections import defaultdict

from hypothesis import given, settings

from huiqi.library.model import Clause, ClauseKind, Document
from huiqi.library.store.passages import JOINED, LONG, SHORT, UNDER, Passage, passages_of
from tests.library.export.trees import documents
from tests.library.store.making import LOANS, SHOPS, clause, document, item, paragraph, point, subitem

SENTENCE = "各部门要在每季度末把办理情况报送牵头单位，由牵头单位汇总后向社会公开。"


def cites(passages: list[Passage]) -> list[list[str]]:
    return [[part.cite for part in passage.parts] for passage in passages]


@given(documents())
@settings(max_examples=200)
def test_every_word_that_can_be_cited_is_in_one_passage_under_its_clause(of: Document) -> None:
    found: dict[str, str] = defaultdict(str)
    for passage in passages_of(of):
        assert "".join(passage.text[part.start : part.end] for part in passage.parts) == passage.text
        for part in passage.parts:
            found[part.clause] += passage.text[part.start : part.end]
    said = {each.id: each.text for each in of.walk() if each.kind.is_text and each.text.strip()}
    if said:
        assert found == said


@given(documents())
def test_a_document_with_any_words_has_a_passage(of: Document) -> None:
    assert bool(passages_of(of)) == any(each.text for each in of.walk())


def test_a_clause_of_a_useful_size_is_a_passage() -> None:
    body = f"。{SENTENCE}{SENTENCE}"
    made = document("d", "某办法", item(1, "报送情况", body), item(2, "公开情况", body))
    assert cites(passages_of(made)) == [["一、"], ["二、"]]


def test_a_heading_opens_the_clause_below_it_and_stands_above_the_others() -> None:
    body = f"{SENTENCE}{SENTENCE}"
    below = (subitem(1, 1, "报送。", body), subitem(1, 2, "公开。", body))
    found = passages_of(document("d", "某办法", item(1, "健全机制", "", *below)))
    assert cites(found) == [["一、", "一、（一）"], ["一、（二）"]]
    assert found[0].text.startswith("一、健全机制（一）报送。")
    assert [passage.path for passage in found] == ["一、", UNDER.join(("一、（二）", "健全机制"))]


def test_short_points_are_joined_with_the_sentence_that_opens_their_list() -> None:
    third = next(each for each in passages_of(LOANS) if "申请材料" in each.text)
    assert [part.cite for part in third.parts] == ["三、", "三、1.", "三、2.", "三、3.", "三、4."]
    assert third.text.endswith("1.营业执照；2.借款合同；3.付息凭证；4.信用承诺书。")


def test_a_long_list_is_cut_and_its_opening_sentence_stands_above_the_rest() -> None:
    head = item(1, "", "申请人应当提供下列材料：")
    points = tuple(point(head, at, "盖有公章并由经办人签字的有关证明复印件；") for at in range(1, 21))
    found = passages_of(document("d", "某办法", item(1, "", "申请人应当提供下列材料：", *points)))
    assert len(found) > 1
    assert all(len(passage.text) <= JOINED + SHORT for passage in found)
    assert all("下列材料" in passage.path for passage in found[1:])


def test_short_clauses_of_different_parents_are_not_joined() -> None:
    made = document(
        "d",
        "某办法",
        item(1, "登记", "", subitem(1, 1, "", f"{SENTENCE}{SENTENCE}"), subitem(1, 2, "", "当天办完。")),
        item(2, "注销", "", subitem(2, 1, "", "十天办完。")),
    )
    assert cites(passages_of(made)) == [["一、", "一、（一）", "一、（二）"], ["二、", "二、（一）"]]


def test_a_short_article_is_a_passage_of_its_own() -> None:
    articles = [
        clause(f"main__art_{at}", ClauseKind.ARTICLE, f"第{at}条", f"第{at}条 ", "", "照此办理。")
        for at in (1, 2)
    ]
    assert cites(passages_of(document("d", "某办法", *articles))) == [["第1条"], ["第2条"]]


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts() -> None:
    found = passages_of(document("d", "某办法", paragraph(1, SENTENCE * 15)))
    lengths = [len(passage.text) for passage in found]
    assert len(found) == 2
    assert max(lengths) <= LONG
    assert min(lengths) > LONG / 2
    assert all(passage.text.endswith("。") for passage in found)
    assert {passage.clause for passage in found} == {"main__p_1"}


def test_a_long_sentence_is_not_cut() -> None:
    (only,) = passages_of(document("d", "某办法", paragraph(1, "长" * (LONG + 1))))
    assert len(only.text) == LONG + 1


def test_titles_and_signatures_are_no_passages() -> None:
    assert not any("若干措施" in passage.text for passage in passages_of(SHOPS))


def test_a_document_without_text_is_found_by_its_title() -> None:
    (only,) = passages_of(document("d", "青禾市某规划"))
    assert (only.text, only.clause) == ("青禾市某规划", "main__title")


def test_the_title_of_an_attachment_stands_above_its_clauses() -> None:
    title = Clause("att_1__title", ClauseKind.TITLE, "附件1 标题", "申请表填写说明", ())
    text = Clause("att_1__p_1", ClauseKind.PARAGRAPH, "附件1 第一段", SENTENCE * 2, ())
    attachment = Clause("att_1", ClauseKind.ATTACHMENT, "附件1", "", (), children=(title, text))
    made = document("d", "某办法")
    (_, found) = passages_of(
        Document(
            **{
                field: getattr(made, field)
                for field in ("id", "title", "number", "issuers", "issued", "level", "region", "span")
            },
            clauses=(document("d", "某办法", paragraph(1, SENTENCE * 2)).clauses[0], attachment),
        )
    )
    assert found.path == UNDER.join(("附件1 第一段", "申请表填写说明"))
