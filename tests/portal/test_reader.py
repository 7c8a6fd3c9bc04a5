"""Reading a document: its words as printed, and beside each clause what rests on it and what is noted."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.portal.printed import blocks, printed_words
from tests.portal.texts import GROWTH, LETTER, OLD, SHOPS, SLIP, reading
from tests.portal.visitor import IN_FORCE, Visitor, heading


def test_every_word_is_as_printed(visitor: Visitor, library: Path) -> None:
    for document in reading().documents:
        shown = printed_words(visitor.get(f"/library/{document.id}/"))
        assert shown == document.whole_text(), document.id


def test_the_banner_says_whether_it_holds_and_which_clause_says_so(visitor: Visitor, library: Path) -> None:
    page = visitor.get(f"/library/{GROWTH}/")
    banner = page.split('class="standing')[1].split("</div>")[0]
    for said in (
        "有效",
        "有效期至2025年12月31日",
        "九、（一）",
        "市级",
        "示例市人民政府",
        "示政〔2023〕1号",
        "2023年6月30日印发",
    ):
        assert said in banner, said
    assert "已失效" in visitor.get(f"/library/{GROWTH}/", on="2026-11-23")


def test_a_document_that_was_ended_names_the_one_that_ended_it(visitor: Visitor, library: Path) -> None:
    page = visitor.get(f"/library/{OLD}/")
    assert "已失效" in page
    assert re.search(r'自2024年5月1日起被《<a href="/library/[^"]+">云岭省小店经营若干规定</a>》废止', page)
    assert re.search(
        r'废止了</dt>.*《<a href="/library/[^"]+">云岭省小店管理办法</a>》', visitor.get(f"/library/{SHOPS}/")
    )


def test_a_document_printed_in_another_leads_there_and_back(visitor: Visitor, library: Path) -> None:
    assert "印在《" in visitor.get(f"/library/{LETTER}/")
    assert "关于核对小店名单的函" in visitor.get(f"/library/{SHOPS}/")


def test_the_contents_lead_to_the_clauses(visitor: Visitor, library: Path) -> None:
    page = visitor.get(f"/library/{GROWTH}/")
    contents = page.split('<ol class="contents">')[1].split("</ol>")[0]
    entries = re.findall(r'<li class="contents__(\d)"><a href="#([^"]+)">([^<]+)</a>', contents)
    assert ("1", "t-main__para_1", "一、帮助改造") in entries
    assert ("2", "t-main__para_1__subpara_1", "（一）改造补助") in entries
    assert ("0", "t-att_1", "附件1 申报表") in entries
    assert all(f'id="{place}"' in page for _, place, _ in entries)
    assert "第一章 总则" in visitor.get(f"/library/{SHOPS}/")


def test_benefits_stand_beside_the_clause_that_they_rest_on(visitor: Visitor, library: Path) -> None:
    shown = blocks(visitor.get(f"/library/{GROWTH}/"))
    first = shown["main__para_1__subpara_1"]
    assert "示范改造项目设备补助" in first
    assert "最高200万元" in first
    assert "做大做强奖励" not in first
    assert "5 项的条件、限制或期限写在这里" in shown["main__para_9__subpara_3"]
    assert "verdict" not in first


def test_the_visitor_sees_where_they_stand(visitor: Visitor, library: Path) -> None:
    visitor.answer_all(主体类型="企业", 列入失信名单="是")
    response = visitor.client.get(f"/library/{GROWTH}/", {"on": IN_FORCE})
    first = blocks(response.content.decode())["main__para_1__subpara_2"]
    assert "verdict--no" in first
    assert "no-store" in response.headers["Cache-Control"]


def test_a_slip_is_marked_and_noted_and_not_corrected(visitor: Visitor, library: Path) -> None:
    block = blocks(visitor.get(f"/library/{GROWTH}/"))["main__para_2__subpara_1"]
    assert f'<mark>{SLIP}</mark><a class="clause__note" href="#note-1">［注1］</a>' in block
    assert re.search(r'id="note-1"><strong>［注1］整理注</strong> “支特”：应为支持', block)


def test_a_note_on_words_that_are_not_there_still_stands_at_its_clause(
    visitor: Visitor, library: Path
) -> None:
    block = blocks(visitor.get(f"/library/{GROWTH}/"))["main__para_9__subpara_2"]
    assert "程序注" in block
    assert "<mark>" not in block


def test_losses_stand_where_something_is_missing(visitor: Visitor, library: Path) -> None:
    shown = blocks(visitor.get(f"/library/{GROWTH}/"))
    assert "申报表只剩零散的字（印刷第5页）" in shown["att_1__fragment_1"]
    assert "印刷页4与5之间少1页" in shown["main__para_9__subpara_4"]


def test_printed_pages_stand_where_they_begin(visitor: Visitor, library: Path) -> None:
    shown = blocks(visitor.get(f"/library/{GROWTH}/"))
    begins = [place for place, markup in shown.items() if "印刷第" in markup.split("clause__address")[-1]]
    assert begins[:3] == ["cover__title", "main__title", "main__para_2"]


def test_lines_of_a_signature_stay_lines(visitor: Visitor, library: Path) -> None:
    block = blocks(visitor.get(f"/library/{GROWTH}/"))["cover__sig"]
    assert re.findall(r'class="clause__words">([^<]+)<', block) == ["示例市人民政府", "2023年6月30日"]


def test_a_clause_has_a_page_of_its_own(visitor: Visitor, library: Path) -> None:
    page = visitor.get(f"/library/{GROWTH}/main__para_2__subpara_2/")
    assert heading(page) == "二、（二） 排名奖励"
    assert list(blocks(page)) == ["main__para_2__subpara_2"]
    assert "鼓励创新" in page.split('class="original')[0]
    assert "《示例市支持企业成长若干措施》（示政〔2023〕1号）二、（二）" in page
    assert f'href="/library/{GROWTH}/main__para_2__subpara_1/' in unescape_path(page)
    assert f'href="/library/{GROWTH}/?on={IN_FORCE}#t-main__para_2__subpara_2"' in unescape_path(page)
    assert f"http://testserver/library/{GROWTH}/main__para_2__subpara_2/?on={IN_FORCE}" in page
    assert "第3页" in page


def unescape_path(page: str) -> str:
    from urllib.parse import unquote

    return unquote(page)


def test_a_clause_shows_all_that_stands_below_it(visitor: Visitor, library: Path) -> None:
    shown = blocks(visitor.get(f"/library/{GROWTH}/main__para_9/"))
    assert list(shown) == ["main__para_9", *(f"main__para_9__subpara_{n}" for n in range(1, 5))]


def test_every_clause_can_be_opened(visitor: Visitor, library: Path) -> None:
    for document in reading().documents:
        for clause in document.walk():
            page = visitor.get(f"/library/{document.id}/{clause.id}/")
            assert clause.cite in heading(page)


def test_what_is_not_there_is_not_found(visitor: Visitor, library: Path) -> None:
    for path in ("/library/none/", "/library/none/main/", "/library/none.json"):
        assert heading(visitor.get(path, 404)) == "没有这个页面"
    assert "里没有这一条" in visitor.get(f"/library/{GROWTH}/main__para_77/", 404)


def test_losses_are_listed_document_by_document(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/library/losses/")
    assert "共 3 处：缺页 2 处，表格散落 1 处" in page or "共 3 处" in page
    assert "#t-att_1__fragment_1" in page
    assert "小册子没有封底" in page.split("两件文件之间")[1]
    assert "另有 4 件没有看出缺失" in page


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_document_can_be_taken_along(visitor: Visitor, library: Path, kind: str) -> None:
    response = visitor.client.get(f"/library/{GROWTH}.{kind}")
    assert response.status_code == 200
    disposition = response.headers["Content-Disposition"]
    assert disposition == (
        f"attachment; filename=\"document.{kind}\"; filename*=UTF-8''%E7%A4%BA%E6%94%BF-2023-1.{kind}"
    )
    if kind == "json":
        assert response.headers["Content-Type"] == "application/json"
        data = json.loads(response.content)
        assert data["title"] == "示例市支持企业成长若干措施"
        assert len(data["losses"]) == 1
    else:
        assert response.headers["Content-Type"].startswith("application/akn+xml")
        assert etree.QName(etree.fromstring(response.content)).localname == "akomaNtoso"


def test_an_address_cut_short_leads_to_the_list(visitor: Visitor, library: Path) -> None:
    response = visitor.client.get("/library/", {"on": IN_FORCE})
    assert response.headers["Location"] == f"/documents/?on={IN_FORCE}"
