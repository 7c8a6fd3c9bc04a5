from datetime import date
from pathlib import Path

import pytest

from huiqi.booklet import Selection, Texts
from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import Points
from huiqi.library.model import Level, Loss, LossKind, Pages, Remark
from tests.booklet.papers import booklet, catalogue, paper
from tests.support import benefit

ONE = benefit("依据: 一、（一）", id="one")
TWO = benefit("依据: 一、（二）\n责任单位: [乙局]\n主体: [个人]", id="two")


def test_without_a_library_the_benefits_alone_make_a_booklet(tmp_path: Path) -> None:
    found = booklet(tmp_path, ONE, TWO)
    (document,) = found.documents()
    assert (document.title, document.has_text, document.clauses) == ("某文件", False, ())
    assert [one.name for one in found.benefits()] == ["one补助", "two补助"]


def test_a_document_of_the_library_joins_the_one_of_the_rules_with_its_title(tmp_path: Path) -> None:
    (document,) = booklet(tmp_path, documents=[paper()]).documents()
    assert document.has_text
    assert [one.cite for one in document.clauses] == [
        "标题",
        "一、",
        "一、（一）",
        "一、（二）",
        "二、",
        "落款",
    ]


def test_a_document_that_the_rules_do_not_know_is_listed_with_its_contents(tmp_path: Path) -> None:
    other = paper("other", "青禾市另一办法", "青政〔2024〕3号")
    found = {one.title: one for one in booklet(tmp_path, documents=[other]).documents()}
    assert set(found) == {"某文件", "青禾市另一办法"}
    assert found["青禾市另一办法"].benefits == ()
    assert [one.words for one in found["青禾市另一办法"].contents] == [
        "一、补助",
        "（一）设备补助",
        "（二）培训补助",
        "二、期限",
    ]


def test_documents_stand_by_level_and_the_newest_first(tmp_path: Path) -> None:
    found = booklet(
        tmp_path,
        documents=[
            paper("a", "市的新办法", issued=date(2024, 2, 1)),
            paper("b", "国家的旧办法", issued=date(2020, 1, 1), level=Level.NATION),
            paper("c", "国家的新办法", issued=date(2024, 1, 1), level=Level.NATION),
            paper("d", "没有日期的市里办法", issued=None),
            paper("e", "不知哪一级的办法", level=Level.UNKNOWN),
        ],
    )
    assert [(part.name, [one.title for one in part.documents]) for part in found.parts] == [
        ("国家文件", ["国家的新办法", "国家的旧办法"]),
        ("市级文件", ["市的新办法", "某文件", "没有日期的市里办法"]),
        ("没有写明级别的文件", ["不知哪一级的办法"]),
    ]


def test_two_documents_of_one_number_keep_apart(tmp_path: Path) -> None:
    twins = [paper("x", "甲办法", "青政〔2024〕1号"), paper("y", "乙办法", "青政〔2024〕1号")]
    entries = list(booklet(tmp_path, documents=twins).documents())
    assert len({one.key for one in entries}) == len({one.anchor for one in entries}) == 3


def test_a_document_of_the_library_may_have_the_id_of_one_of_the_rules(tmp_path: Path) -> None:
    rules_id = catalogue(tmp_path / "first").documents[0].id
    found = booklet(tmp_path / "second", documents=[paper(rules_id, "别的办法")])
    assert len({one.anchor for one in found.documents()}) == 2


@pytest.mark.parametrize(
    ("texts", "cites"),
    [
        (Texts.FULL, ["标题", "一、", "一、（一）", "一、（二）", "二、", "落款"]),
        (Texts.CITED, ["一、", "一、（一）"]),
        (Texts.NONE, []),
    ],
)
def test_as_much_of_the_text_is_printed_as_was_asked_for(
    tmp_path: Path, texts: Texts, cites: list[str]
) -> None:
    (document,) = booklet(tmp_path, ONE, documents=[paper()], texts=texts).documents()
    assert [one.cite for one in document.clauses] == cites


def test_a_citation_leads_to_its_clause_only_where_that_is_printed(tmp_path: Path) -> None:
    printed = next(booklet(tmp_path / "a", ONE, documents=[paper()]).benefits())
    unprinted = next(booklet(tmp_path / "b", ONE, documents=[paper()], texts=Texts.NONE).benefits())
    assert [one.words for one in printed.references] == ["一、（一）"]
    assert printed.references[0].anchor.endswith("main__para_1__sub_1")
    assert [one.anchor for one in unprinted.references] == [""]


def test_a_clause_names_the_benefits_that_rest_on_it(tmp_path: Path) -> None:
    (document,) = booklet(tmp_path, ONE, TWO, documents=[paper()]).documents()
    resting = {one.cite: [name for _, name in one.benefits] for one in document.clauses if one.benefits}
    assert resting == {"一、（一）": ["one补助"], "一、（二）": ["two补助"]}


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), ["one补助", "two补助"]),
        (Selection(departments=frozenset({"乙局"})), ["two补助"]),
        (Selection(who=frozenset({"企业"})), ["one补助"]),  # one补助 is for anybody
        (Selection(levels=frozenset({"国家"})), []),
        (Selection(documents=frozenset({"xx-2023"})), ["one补助", "two补助"]),
        (Selection(documents=frozenset({"none"})), []),
        (Selection(in_force=True), ["one补助", "two补助"]),
    ],
)
def test_a_selection_chooses_benefits(tmp_path: Path, selection: Selection, names: list[str]) -> None:
    found = booklet(tmp_path, ONE, TWO, selection=selection)
    assert [one.name for one in found.benefits()] == names


def test_what_does_not_hold_on_the_day_is_left_out_when_asked_for(tmp_path: Path) -> None:
    over = paper("over", "旧办法", issued=date(2020, 1, 1), expires=date(2021, 12, 31))
    found = booklet(tmp_path, ONE, documents=[over], on=date(2026, 1, 1), selection=Selection(in_force=True))
    assert list(found.documents()) == []
    assert found.manifest.documents == ()
    assert found.selection == "当天在期内的"


def test_losses_and_remarks_are_said_at_the_clause_and_in_the_list(tmp_path: Path) -> None:
    (document,) = booklet(
        tmp_path,
        documents=[paper()],
        losses=[Loss(LossKind.TABLE, "补助标准表", 5, "qinghe-1", "main__para_2")],
        remarks=[Remark("qinghe-1", "main__para_2", "执形", "疑为“执行”", "整理")],
    ).documents()
    (said,) = [one.remarks for one in document.clauses if one.cite == "二、"]
    assert said == ("表格缺失：补助标准表", "“执形”：疑为“执行”（整理）")
    assert [note.words for note in (*document.losses, *document.remarks)] == list(said)
    assert document.losses[0].references[0].words == "二、"


def test_what_was_lost_between_documents_is_listed_too(tmp_path: Path) -> None:
    lost = Loss(LossKind.PAGES, "缺第12页", 5, pages=Pages(12, 12))
    found = booklet(tmp_path, documents=[paper()], losses=[lost])
    assert [note.words for note in found.between] == ["缺页：缺第12页（原书第12页）"]
    points = [point.line[0].text for one in arrange(found) if isinstance(one, Points) for point in one.points]
    assert "缺页：缺第12页（原书第12页）" in points


def test_the_indexes_find_each_benefit_by_form_applicant_and_department(tmp_path: Path) -> None:
    indexes = {
        one.name: [(line.name, [name for _, name in line.benefits]) for line in one.lines]
        for one in booklet(tmp_path, ONE, TWO).indexes
    }
    assert indexes == {
        "按给什么找": [("直接给钱：奖补", ["one补助", "two补助"])],
        "按主体找": [("个人", ["two补助"]), ("没有限定主体", ["one补助"])],
        "按责任单位找": [("乙局", ["two补助"]), ("某局", ["one补助"])],
    }


def test_a_summary_counts_what_the_document_gives(tmp_path: Path) -> None:
    ended = benefit("形式: 便利\n金额: null\n适用期: {自: 2023-01-01, 至: 2023-12-31}", id="three").replace(
        "    金额: null\n", ""
    )
    (document,) = booklet(tmp_path, ONE, TWO, ended).documents()
    assert document.summary == "共3项支持，主要给个人：奖补2项、便利1项；当天不在期内的1项。"
