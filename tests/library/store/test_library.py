"""What a library tells of its documents."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from huiqi.library.model import Loss, LossKind, Pages
from huiqi.library.store import Library, LibraryError, State
from tests.library.store.making import (
    LOANS,
    OLD_SHOPS,
    REPEALING,
    SHOPS,
    document,
    paragraph,
    reading,
    titles,
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite3") as library:
        library.put(reading("市.txt", SHOPS, OLD_SHOPS, REPEALING))
        library.put(reading("省.txt", LOANS))
        yield library


def test_a_listing_says_what_the_document_says_of_itself(library: Library) -> None:
    for whole in (SHOPS, LOANS, REPEALING):
        info = library.info(whole.id)
        assert info is not None
        for field in (
            "id",
            "title",
            "number",
            "issuers",
            "issued",
            "level",
            "region",
            "effective",
            "expires",
        ):
            assert getattr(info, field) == getattr(whole, field), field
        assert info.clauses == len(list(whole.walk()))
        assert info.characters == len(whole.whole_text())
    assert [info.id for info in library.documents()] == [SHOPS.id, OLD_SHOPS.id, REPEALING.id, LOANS.id]


def test_what_is_not_there_is_none(library: Library) -> None:
    assert library.info("无") is None
    assert library.document("无") is None
    assert library.clause("无", "main") is None
    assert library.clause(SHOPS.id, "main__para_9") is None
    assert library.reading("无") is None
    assert library.source_text("无") is None
    assert library.roles("无") == {}


def test_a_clause_comes_with_those_below_it(library: Library) -> None:
    found = library.clause(SHOPS.id, "main__para_1")
    assert found == SHOPS.clause("main__para_1")
    assert found is not None
    assert [child.cite for child in found.children] == ["一、（一）", "一、（二）"]


@pytest.mark.parametrize(
    "name",
    [
        "青政办〔2031〕7号",
        "青政办[2031]7 号",
        "《青禾市小店扶持若干措施》",
        "青禾市小店扶持若干措施",
        " 青政办-2031-7 ",
        "若干措施",
        "2031〕7",
    ],
)
def test_a_document_is_found_by_number_title_id_or_a_part_of_them(library: Library, name: str) -> None:
    assert titles(library.find(name)) == [SHOPS.title]


def test_an_exact_name_is_not_mixed_with_longer_ones(library: Library) -> None:
    library.put(reading("又.txt", document("x", "青禾市小店扶持办法实施细则", paragraph(1, "细则。"))))
    assert titles(library.find("青禾市小店扶持办法")) == [OLD_SHOPS.title]
    assert titles(library.find("小店扶持办法")) == [OLD_SHOPS.title, "青禾市小店扶持办法实施细则"]


@pytest.mark.parametrize("name", ["", "  ", "《》", "无此文件", "号", "%", "_"])
def test_nothing_is_found_by_no_name(library: Library, name: str) -> None:
    assert library.find(name) == ()


def test_losses_are_those_of_all_sources_or_of_one(library: Library) -> None:
    lost = Loss(LossKind.PAGES, "第3～4页", 7, document=LOANS.id, clause="main", pages=Pages(3, 4))
    library.put(reading("省.txt", LOANS, losses=(lost,)))
    other = Loss(LossKind.TABLE, "附表", 3)
    library.put(reading("市.txt", SHOPS, losses=(other,)))
    assert library.losses() == (other, lost)
    assert library.losses("省.txt") == (lost,)
    assert library.losses("无") == ()


def test_roles_are_set_document_by_document(library: Library) -> None:
    library.set_roles(
        {(SHOPS.id, "main__para_1"): "事项", (SHOPS.id, "main__para_2"): "程序", (LOANS.id, "main"): "宣示"}
    )
    library.set_roles({(SHOPS.id, "main__para_2"): "责任"})
    assert library.roles(SHOPS.id) == {"main__para_2": "责任"}
    assert library.roles(LOANS.id) == {"main": "宣示"}


def test_roles_of_a_document_that_is_not_there_are_refused_whole(library: Library) -> None:
    with pytest.raises(LibraryError, match="没有文件“无”"):
        library.set_roles({(SHOPS.id, "main"): "事项", ("无", "main"): "事项"})
    assert library.roles(SHOPS.id) == {}


def test_roles_go_when_their_source_is_put_without_them(library: Library) -> None:
    library.put(reading("省.txt", LOANS), roles={(LOANS.id, "main"): "宣示"})
    assert library.roles(LOANS.id) == {"main": "宣示"}
    library.put(reading("省.txt", LOANS))
    assert library.roles(LOANS.id) == {}


def test_roles_of_a_document_that_is_kept_elsewhere_are_left_there(library: Library) -> None:
    library.set_roles({(LOANS.id, "main"): "宣示"})
    library.put(reading("又.txt", LOANS), roles={(LOANS.id, "main"): "责任"})
    assert library.roles(LOANS.id) == {"main": "宣示"}


def test_a_document_is_ended_by_another_from_the_day_that_one_is_issued(library: Library) -> None:
    before = library.states(date(2031, 3, 31))[OLD_SHOPS.id]
    assert before.state is State.UNSTATED
    after = library.states(date(2031, 4, 1))[OLD_SHOPS.id]
    assert after.state is State.ENDED
    assert REPEALING.title in after.words


def test_states_of_some_are_those_of_all(library: Library) -> None:
    day = date(2031, 4, 1)
    every = library.states(day)
    assert list(every) == [info.id for info in library.documents()]
    assert library.states(day, {SHOPS.id, "无"}) == {SHOPS.id: every[SHOPS.id]}
