"""Which clause a citation is, in small texts of every make."""

from dataclasses import replace

import pytest

from huiqi.library.citing import Addresses, resolve
from huiqi.library.model import ClauseKind
from tests.library.citing.texts import FORM, MEASURES, STATUTE, document

TEXTS = {"measures": MEASURES, "statute": STATUTE, "form": FORM}


def found(text: str, cite: str) -> list[str]:
    """The addresses of the clauses that a citation leads to; nothing may be wrong with it."""
    resolved = resolve(document(text), cite)
    assert [str(each) for each in resolved.problems] == []
    return [clause.cite for clause in resolved.clauses]


def problem(text: str, cite: str) -> str:
    """What is wrong with a citation."""
    resolved = resolve(document(text), cite)
    assert resolved.clauses == ()
    (only,) = resolved.problems
    return str(only)


@pytest.mark.parametrize("name", TEXTS)
def test_every_clause_is_found_under_its_own_address(name: str) -> None:
    text = document(TEXTS[name])
    addresses = Addresses(text)
    for clause in text.walk():
        assert [each.id for each in addresses.resolve(clause.cite).clauses] == [clause.id], clause.cite


@pytest.mark.parametrize(
    ("text", "cite", "clauses"),
    [
        (MEASURES, "一（二）2", ["一、（二）2."]),
        (MEASURES, "一、（一）（二）", ["一、（一）", "一、（二）"]),
        (MEASURES, "一、（一），二、（四）", ["一、（一）", "二、（四）"]),
        (MEASURES, "二、（三）至（四）", ["二、（三）", "二、（四）"]),
        (MEASURES, "一至三", ["一、", "二、", "三、"]),
        (MEASURES, "末段", ["结尾第一段", "结尾第二段"]),
        (MEASURES, "结尾第二段", ["结尾第二段"]),
        (MEASURES, "印发日期", ["印发通知 落款"]),
        (MEASURES, "文号", ["印发通知 文号"]),
        (MEASURES, "标题", ["标题"]),
        (MEASURES, "全文", ["正文"]),
        (MEASURES, "第二条（三）", ["二、（三）"]),  # said of a text without articles
        (STATUTE, "第3条第（二）项", ["第三条（二）"]),
        (STATUTE, "第三条第一款第二项", ["第三条（二）"]),
        (STATUTE, "第二章第四条", ["第四条"]),
        (STATUTE, "第二条第二款", ["第二条第二款"]),
        (STATUTE, "第一条至第三条", ["第一条", "第二条", "第三条"]),
        (STATUTE, "印发日期", ["文号"]),  # it stands in the bracket under the title
        (FORM, "附件1填表说明2.（2）", ["附件1 填表说明2.（2）"]),
        (FORM, "附件二：一、", ["附件2 一、"]),
        (FORM, "一、", ["一、"]),
    ],
)
def test_a_citation_leads_to_its_clauses(text: str, cite: str, clauses: list[str]) -> None:
    assert found(text, cite) == clauses


def test_a_number_that_runs_on_needs_no_parent() -> None:
    assert found(MEASURES, "（四）") == ["二、（四）"]


def test_a_number_that_stands_in_several_places_is_ambiguous() -> None:
    assert problem(MEASURES, "（一）") == "“（一）”不止一处（最近的是“一、（一）”“三、（一）”）"


def test_the_first_paragraph_of_a_clause_is_what_it_says_before_the_next() -> None:
    later = MEASURES.replace("再给一次。\n", "再给一次。\n所需资金由市财政安排。\n")
    assert found(later, "一、（二）第二款") == ["一、（二）第二款"]
    (first,) = resolve(document(later), "一、（二）第一款").clauses
    assert [each.number for each in first.children] == ["1.", "2."]


@pytest.mark.parametrize(
    ("text", "cite", "words"),
    [
        (MEASURES, "一、（三）", "“一、”下面没有“（三）”（最近的是“二、（三）”“一、（二）”“一、（一）”）"),
        (MEASURES, "四、", "没有“四、”（最近的是“三、”“二、”“一、”）"),
        (MEASURES, "二、（三）1.", "“二、（三）”下面没有“1.”（最近的是“一、（二）1.”）"),
        (STATUTE, "第九条", "没有“第九条”（最近的是“第四条”“第三条”“第二条”）"),
        (STATUTE, "第三条至第六条", "“第三条至第六条”不全，或不止一处（最近的是“第三条”“第二条”“第四条”）"),
        (STATUTE, "第二条第三款", "“第二条”下面没有“第三款”（最近的是“第二条第一款”“第二条第二款”）"),
        (FORM, "附件3", "没有“附件3”（最近的是“正文”“附件1”“附件2”）"),
        (FORM, "印发通知", "没有“印发通知”（最近的是“正文”“附件1”“附件2”）"),
        (FORM, "附表", "看不懂依据“附表”"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_that_is(text: str, cite: str, words: str) -> None:
    assert problem(text, cite) == words


def test_what_can_be_found_is_found_beside_what_cannot() -> None:
    resolved = resolve(document(MEASURES), "一、（一），九、")
    assert [clause.cite for clause in resolved.clauses] == ["一、（一）"]
    assert [each.citation.text for each in resolved.problems] == ["九、"]


def test_other_documents_are_no_mistake() -> None:
    resolved = resolve(document(MEASURES), "一、（一）；增值税法第九条")
    assert [clause.cite for clause in resolved.clauses] == ["一、（一）"]
    assert [each.document for each in resolved.outside] == ["增值税法"]
    assert resolved.problems == ()


def test_a_title_that_got_lost_is_that_of_the_notice() -> None:
    cover, main = document(MEASURES).clauses
    untitled = main.with_children(main.children[1:])
    text = replace(document(MEASURES), clauses=(cover, untitled))
    assert [clause.cite for clause in resolve(text, "标题").clauses] == ["印发通知 标题"]


def test_without_a_preamble_what_stands_before_the_first_number_is_one() -> None:
    cover, main = document(MEASURES).clauses
    title, preamble, *rest = main.children
    paragraph = replace(preamble, kind=ClauseKind.PARAGRAPH, cite="第一段")
    text = replace(document(MEASURES), clauses=(cover, main.with_children((title, paragraph, *rest))))
    assert [clause.text for clause in resolve(text, "前言").clauses] == [preamble.text]
