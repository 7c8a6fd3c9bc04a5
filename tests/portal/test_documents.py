"""The list of documents: what the library has and what the catalogue has, joined, narrowed, in order."""

import re
from pathlib import Path

import pytest

from tests.portal.visitor import Visitor

ALL = [
    "新的贴息办法",
    "云岭省小店经营若干规定",
    "关于核对小店名单的函",
    "关于支持创业就业有关税收的公告",
    "示例市支持企业成长若干措施",
    "云岭省小店管理办法",
]


def titles(page: str) -> list[str]:
    return re.findall(r'class="row__name"[^>]*>([^<]+)<', page)


def row(page: str, title: str) -> str:
    return page.split(f">{title}<")[1].split("row__name")[0]


def test_documents_of_both_stand_in_one_list(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/documents/")
    assert titles(page) == ALL
    assert "共有 6 件：有效 2 件，已失效 1 件，未生效 1 件，未载明 2 件" in page
    assert "5 项，有效 5 项" in row(page, "示例市支持企业成长若干措施")
    assert "原文不在库里" in row(page, "关于支持创业就业有关税收的公告")
    assert "只有原文" in row(page, "云岭省小店经营若干规定")


def test_one_printed_in_another_stands_under_it(visitor: Visitor, library: Path) -> None:
    inner = visitor.get("/documents/").split('class="inner-rows"')[1].split("</ul>")[0]
    assert titles(inner) == ["关于核对小店名单的函"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "小店"}, ["云岭省小店经营若干规定", "关于核对小店名单的函", "云岭省小店管理办法"]),
        ({"q": "核对"}, ["云岭省小店经营若干规定", "关于核对小店名单的函"]),
        ({"q": "云政[2024] 5号"}, ["云岭省小店经营若干规定", "关于核对小店名单的函"]),
        ({"q": "示例市人民政府 措施"}, ["示例市支持企业成长若干措施"]),
        ({"level": "国家"}, ["关于支持创业就业有关税收的公告"]),
        ({"level": "星球", "order": "no-such", "state": "旧", "region": "x"}, ALL),
        ({"region": "410200"}, ["示例市支持企业成长若干措施"]),
        ({"state": "已失效"}, ["云岭省小店管理办法"]),
        ({"state": "未载明"}, ["云岭省小店经营若干规定", "关于核对小店名单的函"]),
        ({"year": "2019"}, ["云岭省小店管理办法"]),
        ({"benefits": "yes"}, ["关于支持创业就业有关税收的公告", "示例市支持企业成长若干措施"]),
        (
            {"benefits": "no", "level": "省", "order": "old"},
            ["云岭省小店管理办法", *ALL[1:3], "新的贴息办法"],
        ),
        ({"q": "月球"}, []),
    ],
)
def test_the_list_can_be_narrowed(
    visitor: Visitor, library: Path, query: dict[str, str], found: list[str]
) -> None:
    assert titles(visitor.get("/documents/", 200, **query)) == found


def test_the_order_of_the_library_can_be_kept(visitor: Visitor, library: Path) -> None:
    assert titles(visitor.get("/documents/", order="kept"))[0] == "示例市支持企业成长若干措施"


def test_the_state_is_that_of_the_day(visitor: Visitor, library: Path) -> None:
    assert "已失效" in row(visitor.get("/documents/", on="2026-11-23"), "示例市支持企业成长若干措施")
    assert "未生效" in row(visitor.get("/documents/", on="2020-01-01"), "云岭省小店经营若干规定")


def test_where_the_text_is_silent_the_catalogue_says_until_when(visitor: Visitor, library: Path) -> None:
    """The text of the tax notice is not there; its period is written in the catalogue."""
    page = visitor.get("/documents/", on="2028-01-01")
    assert "有效期至2027年12月31日" in row(page, "关于支持创业就业有关税收的公告")


def test_nothing_found_is_said(visitor: Visitor, library: Path) -> None:
    assert "没有这样的文件" in visitor.get("/documents/", q="月球")


def test_a_year_that_is_none_is_said(visitor: Visitor) -> None:
    assert "不是一个年份" in visitor.get("/documents/", 400, year="去年")


def test_many_offices_are_counted(visitor: Visitor, library: Path) -> None:
    page = visitor.get("/documents/")
    assert "云岭省人民政府、云岭省商务厅、云岭省财政厅等 4 个机关" in page


def test_what_is_missing_is_one_click_away(visitor: Visitor, library: Path) -> None:
    assert "政策库里缺什么（3 处）" in visitor.get("/documents/")
