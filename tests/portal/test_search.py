"""The search: the clauses nearest to a question, each with its address, level and state."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from huiqi.portal.library.knowledge import knowledge
from tests.portal.texts import GROWTH, SHOPS
from tests.portal.visitor import IN_FORCE, Visitor, heading

GROWTH_TITLE, SHOPS_TITLE = "示例市支持企业成长若干措施", "云岭省小店经营若干规定"


def hits(page: str) -> list[tuple[str, str]]:
    """Titles and addresses of the clauses found."""
    return [
        (title.strip(), cite)
        for title, cite in re.findall(r'<h3 class="hit"><a [^>]*>([^<]*)<strong>([^<]*)</strong>', page)
    ]


def test_a_box_to_search_stands_on_every_page(visitor: Visitor, library: Path) -> None:
    for path in ("/", "/benefits/", "/results/", f"/library/{GROWTH}/", "/about/", "/answers/"):
        page = visitor.get(path)
        assert 'action="/search/"' in page, path
        assert '<label class="visually-hidden" for="site-q">' in page, path
    assert 'id="site-q"' not in visitor.get("/search/"), "which has a larger one"


def test_a_question_in_everyday_words(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="小店招用失业人员有补贴吗")
    assert hits(page)[0] == ("云岭省小店经营若干规定", "第二条")
    first = page.split('class="hit"')[1]
    assert f'/main__chp_1__art_2/?on={IN_FORCE}"' in first
    assert "<mark>" in first
    for said in ("省级", "未载明", "云政〔2024〕5号", "事项", "总则"):
        assert said in first, said


def test_what_is_not_surely_an_answer_is_called_nearest(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="月球上的小店怎样申请登月船票")
    assert "最相近的条款" in page
    assert "没有一条把问的都说全了" in page
    assert "找到的条款" in visitor.get("/search/", q="岗位补贴")


def test_benefits_and_documents_of_that_name_come_first(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="奖励")
    assert page.index("做大做强奖励") < page.index('class="hit"')
    assert (
        "云岭省小店经营若干规定" in visitor.get("/search/", q="云政〔2024〕5号").split('id="named-title"')[1]
    )


def test_a_clause_names_the_benefits_that_rest_on_it(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="设备投资300万元以上的改造项目给予补助")
    assert "按这一条算的事项：" in page
    assert "示范改造项目设备补助" in page.split("按这一条算的事项：")[1]


@pytest.mark.parametrize(
    ("narrow", "first", "left_out"),
    [
        ({"level": "省"}, SHOPS_TITLE, GROWTH_TITLE),
        ({"document": GROWTH}, GROWTH_TITLE, SHOPS_TITLE),
        ({"state": "有效"}, GROWTH_TITLE, SHOPS_TITLE),
        ({"state": "未载明"}, SHOPS_TITLE, GROWTH_TITLE),
        ({"kind": "事项", "level": "市"}, GROWTH_TITLE, SHOPS_TITLE),
        ({"department": "人社部门"}, SHOPS_TITLE, GROWTH_TITLE),
    ],
)
def test_the_search_can_be_narrowed(
    visitor: Visitor, library: Path, narrow: dict[str, str], first: str, left_out: str
) -> None:
    found = [title for title, _ in hits(visitor.get("/search/", 200, q="申请补贴补助", **narrow))]
    assert found[0] == first
    assert left_out not in found


def test_words_that_narrow_nothing_are_passed_over(visitor: Visitor, library: Path) -> None:
    odd = {"document": "no-such", "level": "星球", "kind": "x", "state": "y"}
    plain = hits(visitor.get("/search/", q="申请补贴补助"))
    assert {GROWTH_TITLE, SHOPS_TITLE} <= {title for title, _ in plain}
    assert hits(visitor.get("/search/", 200, q="申请补贴补助", **odd)) == plain


def test_a_search_narrowed_to_nothing_can_be_widened(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="申请补贴补助", level="县区")
    assert hits(page) == []
    assert "不限条件再找" in page


def test_the_document_that_is_searched_is_named(visitor: Visitor, library: Path) -> None:
    assert "只在《云岭省小店经营若干规定》里找" in visitor.get("/search/", q="小店", document=SHOPS)


def test_everyday_words_are_said_otherwise(
    visitor: Visitor, library: Path, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "catalogue.yaml").write_text('规则库: {名称: 甲, 地区: "410205"}\n', encoding="utf-8")
    (tmp_path / "library").mkdir()
    (tmp_path / "library/synonyms.yaml").write_text(
        "词条:\n  - {说法: 下岗的人, 即: [失业人员], 复核: 待复核, 因: 同一种人}\n", encoding="utf-8"
    )
    knowledge.cache_clear()
    settings.CATALOGUE_ROOT = tmp_path
    try:
        page = visitor.get("/search/", q="招下岗的人")
    finally:
        knowledge.cache_clear()
    assert "“下岗的人”也按“失业人员”查了" in page
    assert hits(page)[0] == ("云岭省小店经营若干规定", "第二条")


def test_nothing_asked_and_nothing_found(visitor: Visitor, library: Path) -> None:
    assert "写下想问的事" in visitor.get("/search/")
    assert "写下想问的事" in visitor.get("/search/", q="  ")
    assert "请写出要找的事" in visitor.get("/search/", q="？！")
    assert "没有这样的条款" in visitor.get("/search/", q="зима")


def test_a_long_question_is_cut_and_said_to_be(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="小店补贴" * 100)
    assert "问题太长" in page
    assert hits(page)


def test_what_is_asked_is_never_markup(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/search/", q="<b>小店")
    assert "&lt;b&gt;小店" in page
    assert "<b>小店" not in page


def test_more_can_be_asked_for(visitor: Visitor, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiqi.portal.pages.public.views.search._SHOWN", 3)
    page = visitor.get("/search/", q="企业 小店 奖励", level="市")
    assert len(hits(page)) == 3
    (more,) = re.findall(r'href="(/search/[^"]*more=1[^"]*)"', page)
    whole = visitor.client.get(unescape(more)).content.decode()
    assert hits(whole)[:3] == hits(page)
    assert len(hits(whole)) > 3
    assert "再看多一些" not in whole
    assert {title for title, _ in hits(whole)} == {GROWTH_TITLE}


def test_the_heading_says_what_the_page_is(visitor: Visitor, library: Path) -> None:
    assert heading(visitor.get("/search/", q="小店")) == "搜条款"
