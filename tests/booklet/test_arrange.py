"""What holds for every booklet, whatever its looks."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from huiqi.booklet import Booklet, Texts
from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import ClauseBlock, Cover, Heading, anchors_of, runs_of
from huiqi.library.model import Clause, ClauseKind, Loss, LossKind
from tests.booklet.papers import booklet, clause, grants, paper
from tests.support import benefit


def law() -> tuple[Clause, ...]:
    first = clause(
        "main__chp_1__art_1__p_1", ClauseKind.PARAGRAPH, "第一条第一款", body="为了支持企业，制定本办法。"
    )
    second = clause("main__chp_1__art_1__p_2", ClauseKind.PARAGRAPH, "第一条第二款", body="本市适用。")
    article = clause("main__chp_1__art_1", ClauseKind.ARTICLE, "第一条", "第一条", children=(first, second))
    return (clause("main__chp_1", ClauseKind.CHAPTER, "第一章", "第一章", "总则", children=(article,)),)


def clauses(found: Booklet) -> list[ClauseBlock]:
    return [one for one in arrange(found) if isinstance(one, ClauseBlock)]


def editions(root: Path) -> Iterator[Booklet]:
    benefits = [benefit("依据: 一、（一）\n二选一: [xx-2023/b]", id="a"), benefit("依据: 二", id="b")]
    for number, texts in enumerate(Texts):
        documents = [paper(), paper("law", "青禾市条例", parts=law())]
        places = ["main", "main__title", "main__para_1", "main__signature", "nowhere", ""]
        losses = [Loss(LossKind.TABLE, "一张表", 0, "qinghe-1", place) for place in places]
        yield booklet(root / str(number), *benefits, documents=documents, texts=texts, losses=losses)
    yield booklet(root / "alone", *benefits)


def test_every_link_leads_somewhere_and_every_place_is_there_once(tmp_path: Path) -> None:
    for found in editions(tmp_path):
        blocks = arrange(found)
        anchors = anchors_of(blocks)
        assert len(anchors) == len(set(anchors))
        links = {run.to for block in blocks for run in runs_of(block)} - {""}
        assert links
        assert links <= set(anchors)


def test_headings_skip_no_level(tmp_path: Path) -> None:
    for found in editions(tmp_path):
        levels = [one.level for one in arrange(found) if isinstance(one, Heading)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_cover_says_where_when_and_how_much(tmp_path: Path) -> None:
    cover = arrange(booklet(tmp_path, documents=[paper()], issuer="青禾市服务中心"))[0]
    assert isinstance(cover, Cover)
    assert (cover.title, cover.issuer, cover.day) == ("惠企政策汇编", "青禾市服务中心", "2024年6月1日版")
    assert cover.lines == ("收录文件 1 份，支持事项 1 项", "其中当天在期内的事项 1 项")


def test_an_article_and_its_first_paragraph_are_one_paragraph_of_print(tmp_path: Path) -> None:
    found = booklet(tmp_path, documents=[paper("law", "青禾市条例", parts=law())])
    told = [(one.look, one.lead, one.text) for one in clauses(found)]
    assert told == [
        ("division", "第一章　总则", ""),
        ("text", "第一条　", "为了支持企业，制定本办法。"),
        ("text", "", "本市适用。"),
    ]


def test_a_citation_of_the_first_paragraph_leads_to_its_article(tmp_path: Path) -> None:
    found = booklet(tmp_path, benefit("依据: 第一条第一款"), documents=[paper(parts=law())])
    (reference,) = next(found.benefits()).references
    article = clauses(found)[1]
    assert reference.anchor == article.anchor
    assert [run.text for run in article.notes[0]] == ["本条的事项：", "a补助"]


def test_the_address_is_printed_where_the_number_does_not_say_it(tmp_path: Path) -> None:
    found = booklet(tmp_path, documents=[paper()])
    assert [(one.lead, one.address) for one in clauses(found) if one.lead] == [
        ("一、补助", ""),
        ("（一）设备补助。", "一、（一）"),
        ("（二）培训补助。", "一、（二）"),
        ("二、期限", ""),
    ]


@pytest.mark.parametrize(("count", "end"), [(5, "b4补助"), (6, "等6项")])
def test_a_clause_on_which_many_benefits_rest_names_a_few(tmp_path: Path, count: int, end: str) -> None:
    benefits = [benefit("依据: 二", id=f"b{number}") for number in range(count)]
    found = booklet(tmp_path, *benefits, documents=[paper()])
    (note,) = [one.notes[0] for one in clauses(found) if one.cite == "二、"]
    assert note[-1].text == end


def test_a_signature_keeps_the_lines_of_the_source(tmp_path: Path) -> None:
    found = booklet(tmp_path, documents=[paper(parts=grants())])
    assert clauses(found)[-1].lines == ("青禾市人民政府2023年1月1日",)
