from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from huiqi.booklet import Texts
from huiqi.booklet.characters import shown
from huiqi.booklet.html import as_html
from huiqi.library.model import ClauseKind
from tests.booklet.papers import booklet, clause, paper
from tests.support import benefit

NASTY = [
    "</style><script>alert(1)</script>",
    "a & b < c > d",
    "\"双\" 'single'",
    "甲\x00乙\x1f",
    "<!-- x",
    "&lt;",
]


def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def whole(root: Path, texts: Texts = Texts.FULL) -> html.HtmlElement:
    first = booklet(root / "first", benefit("依据: 一、（一）", id="old"))
    benefits = [benefit("依据: 一、（一）\n二选一: [xx-2023/b]", id="a"), benefit("依据: 二", id="b")]
    return page(
        as_html(booklet(root / "now", *benefits, documents=[paper()], texts=texts, previous=first.manifest))
    )


@pytest.mark.parametrize("texts", list(Texts))
def test_every_link_stays_in_the_page_and_finds_its_place(tmp_path: Path, texts: Texts) -> None:
    root = whole(tmp_path, texts)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = root.xpath("//@href")
    assert targets
    assert {target for target in targets if target.removeprefix("#") not in ids} == set()


def test_nothing_is_fetched_and_nothing_runs(tmp_path: Path) -> None:
    root = whole(tmp_path)
    assert root.xpath("//script | //link | //img | //iframe | //@src | //@style | //@onclick") == []
    (style,) = root.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style


def test_a_reader_can_be_told_what_is_what(tmp_path: Path) -> None:
    root = whole(tmp_path)
    assert root.get("lang") == "zh-CN"
    assert (
        root.xpath("count(//h1)")
        == root.xpath("count(//main)")
        == root.xpath("count(//nav[@aria-label])")
        == 1
    )
    levels = [
        int(one.tag[1]) for one in root.xpath("//main//*[self::h2 or self::h3 or self::h4 or self::h5]")
    ]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") == "col" for cell in root.xpath("//th"))


def test_the_contents_list_parts_and_documents(tmp_path: Path) -> None:
    entries = whole(tmp_path).xpath("//nav/ol/li/a/text()")
    assert entries == [
        "怎样用这本汇编",
        "与上一期相比",
        "市级文件",
        "按给什么找",
        "按主体找",
        "按责任单位找",
        "版本说明",
    ]
    assert whole(tmp_path / "b").xpath("//nav/ol/li/ol/li/a/text()") == ["某文件"]


@pytest.mark.parametrize("words", NASTY)
def test_words_are_words_wherever_they_stand(tmp_path: Path, words: str) -> None:
    text = clause("main__p", ClauseKind.PARAGRAPH, "第一段", body=words)
    found = booklet(
        tmp_path, documents=[paper("x", f"甲{words}办法", parts=(text,))], title=words, issuer=words
    )
    root = page(as_html(found))
    assert root.xpath("//script") == []
    assert shown(words).strip() in [one.strip() for one in root.xpath("//div[@class='clause']/p/text()")]
    assert root.xpath("//h1/text()")[0].strip() == shown(words).strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(words=st.text(min_size=1).filter(str.strip))
def test_any_words_come_back_from_the_page(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    text = clause("main__p", ClauseKind.PARAGRAPH, "第一段", body=words)
    found = booklet(tmp_path_factory.mktemp("any"), documents=[paper("x", "甲办法", parts=(text,))])
    (printed,) = page(as_html(found)).xpath("//article[.//h3='甲办法']//div[@class='clause']")
    assert "".join(printed.itertext()).split() == shown(words.strip()).split()
