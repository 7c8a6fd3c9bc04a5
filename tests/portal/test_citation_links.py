"""From any reason in an answer one click leads to the clause."""

import re
from pathlib import Path
from urllib.parse import unquote

from tests.portal.texts import GROWTH, LOANS
from tests.portal.visitor import IN_FORCE, Visitor

CLAUSES = {
    "一、（一）": "main__para_1__subpara_1",
    "二、（二）": "main__para_2__subpara_2",
    "九、（一）": "main__para_9__subpara_1",
    "九、（二）": "main__para_9__subpara_2",
    "九、（三）": "main__para_9__subpara_3",
    "九、（四）": "main__para_9__subpara_4",
}


def linked(page: str) -> dict[str, str]:
    """The words of every link to a clause, and where it leads."""
    found = re.findall(r'<a href="(/library/[^"]*)">([^<]*)</a>', page)
    return {words: unquote(address) for address, words in found}


def leads_to(cite: str) -> str:
    return f"/library/{GROWTH}/{CLAUSES[cite]}/?on={IN_FORCE}"


def test_on_the_page_of_a_benefit(visitor: Visitor, library: Path) -> None:
    links = linked(visitor.get("/benefits/growth-2023/upgrade/"))
    assert links == {
        cite: leads_to(cite) for cite in ("一、（一）", "九、（一）", "九、（二）", "九、（三）")
    }
    assert linked(visitor.get("/benefits/growth-2023/research-rank/"))["二、（二）"] == leads_to("二、（二）")
    assert linked(visitor.get("/benefits/growth-2023/high-tech/"))["九、（四）"] == leads_to("九、（四）")


def test_every_link_leads_to_its_clause(visitor: Visitor, library: Path) -> None:
    for cite, place in CLAUSES.items():
        page = visitor.get(f"/library/{GROWTH}/{place}/")
        assert f"<h1>{cite}" in page


def test_in_the_reasons_of_an_answer(visitor: Visitor, library: Path) -> None:
    visitor.answer_all(主体类型="企业", 列入失信名单="是")
    visitor.answer("营业收入", **{"answer": "3", "answer-unit": "亿元"})
    results = linked(visitor.get("/results/"))
    why = linked(visitor.get("/why/growth-2023/big-firm/"))
    for links in (results, why):
        assert links["九、（三）"] == leads_to("九、（三）")


def test_in_what_the_plan_leaves_out(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/enterprises/machine-maker/")
    plan = page.split('id="plan-title"')[1].split("</section>")[0]
    assert "没有选的" in plan
    assert linked(plan)["九、（二）"] == leads_to("九、（二）")


def test_on_the_page_of_a_document(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/documents/growth-2023/")
    assert linked(page)["九、（一）"] == leads_to("九、（一）")
    assert f'href="/library/{GROWTH}/?on={IN_FORCE}"' in unquote(page)


def test_a_later_law_leads_to_its_text(visitor: Visitor, library: Path) -> None:
    links = linked(visitor.get("/benefits/relief-2024/export/"))
    assert links == {"新的贴息办法": f"/library/{LOANS}/?on={IN_FORCE}"}


def test_what_lies_outside_stays_words(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/benefits/relief-2024/micro/")
    assert linked(page) == {}
    assert "<dd>二</dd>" in page


def test_the_clause_of_a_class_is_not_taken_for_one_of_the_policy(visitor: Visitor, library: Path) -> None:
    """企业规模 rests on a standard of its own, which also has a 四."""
    page = visitor.get("/benefits/growth-2023/research-rank/")
    assert "划型标准" not in linked(page)


def test_several_citations_are_several_links(visitor: Visitor, library: Path) -> None:
    from huiqi.portal.library.citations import cited
    from huiqi.portal.policies import selectors

    policy = selectors.document("growth-2023")
    assert policy is not None
    found = cited(policy, "一、（一）（二），九、（三）")
    assert [one.text for one in found] == ["一、（一）", "一、（二）", "九、（三）"]
    assert all(one.document == GROWTH and one.clause for one in found)
    (gone,) = cited(policy, "八、（九）")
    assert (gone.text, gone.document, gone.clause) == ("八、（九）", "", "")
    (elsewhere,) = cited(policy, "云政〔2024〕5号第二条")
    assert elsewhere.clause == "main__chp_1__art_2"
    (unknown,) = cited(policy, "某某法第二条")
    assert unknown.document == ""
