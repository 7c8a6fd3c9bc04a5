"""What is put is what is read back: any reading, whole, once or again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.library.model import Loss, LossKind, Reading, Remark
from huiqi.library.store import Kept, Library, LibraryError
from tests.library.export.trees import readings
from tests.library.store.making import LOANS, OLD_SHOPS, REPEALING, SHOPS, document, item, reading, titles


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite3") as library:
        yield library


def placed(of: Reading) -> Reading:
    """The reading with its documents under its own name, as the store has them."""
    return replace(of, documents=tuple(replace(each, source=of.source.name) for each in of.documents))


@given(readings(), st.text(max_size=20))
@settings(max_examples=30, deadline=None)
def test_any_reading_comes_back_as_it_was(of: Reading, text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    of = placed(replace(of, source=replace(of.source, text=text)))
    with Library.open(":memory:") as library:
        library.put(of)
        assert library.reading(of.source.name) == of
        assert library.source_text(of.source.name) == text
        assert library.losses() == of.losses
        assert library.remarks() == of.remarks
        for each in of.documents:
            assert library.document(each.id) == each
            for clause in each.walk():
                assert library.clause(each.id, clause.id) == each.clause(clause.id)


@given(readings(), readings())
@settings(max_examples=15, deadline=None)
def test_putting_a_source_again_leaves_nothing_of_what_it_was(first: Reading, second: Reading) -> None:
    second = placed(replace(second, source=replace(second.source, name=first.source.name)))
    with Library.open(":memory:") as library, Library.open(":memory:") as fresh:
        library.put(first)
        library.put(second)
        fresh.put(second)
        assert library.reading(second.source.name) == second
        for table in ("passage", "part", "character", "total", "repeal", "role"):
            columns = "count(*)" if table in ("passage", "part") else "*"
            statement = f"SELECT {columns} FROM {table} ORDER BY 1"
            assert library.select(statement) == fresh.select(statement), table
        every = "SELECT term, doc, cnt FROM word_count ORDER BY term"
        assert library.select(every) == fresh.select(every)


def test_put_reports_what_it_did(library: Library) -> None:
    first = library.put(reading("甲.txt", SHOPS, LOANS))
    assert (first.added, first.replaced, first.gone) == ((SHOPS.id, LOANS.id), (), ())
    again = library.put(reading("甲.txt", LOANS, OLD_SHOPS))
    assert (again.added, again.replaced, again.gone) == ((OLD_SHOPS.id,), (LOANS.id,), (SHOPS.id,))
    assert str(again) == "来源“甲.txt”：新增1件，替换1件，去掉1件"


def test_a_document_of_another_source_is_kept_there_and_reported(library: Library) -> None:
    library.put(reading("甲.txt", SHOPS))
    other = replace(SHOPS, title="改过的标题")
    lost = Loss(LossKind.TABLE, "附表", 0, document=SHOPS.id)
    done = library.put(reading("乙.txt", other, LOANS, losses=(lost,)))
    assert done.kept == (Kept(SHOPS.id, SHOPS.title, "甲.txt"),)
    assert done.added == (LOANS.id,)
    assert "未动：青禾市小店扶持若干措施（已在来源“甲.txt”" in str(done)
    assert titles(library.documents()) == [SHOPS.title, LOANS.title]
    assert library.losses() == ()


def test_a_document_of_another_source_is_taken_over_when_asked(library: Library) -> None:
    remark = Remark(SHOPS.id, "", "小店", "错字", "程序")
    library.put(reading("甲.txt", SHOPS, OLD_SHOPS, remarks=(remark,)))
    done = library.put(reading("乙.txt", replace(SHOPS, title="改过的标题")), take_over=True)
    assert done.moved == (Kept(SHOPS.id, SHOPS.title, "甲.txt"),)
    assert "移入：青禾市小店扶持若干措施（原在来源“甲.txt”）" in str(done)
    assert [(info.title, info.source) for info in library.documents()] == [
        (OLD_SHOPS.title, "甲.txt"),
        ("改过的标题", "乙.txt"),
    ]
    assert library.remarks() == ()


def test_what_was_taken_over_stays_where_it_is_when_the_first_source_comes_again(library: Library) -> None:
    library.put(reading("甲.txt", SHOPS))
    library.put(reading("乙.txt", SHOPS), take_over=True)
    assert library.put(reading("甲.txt", SHOPS)).kept == (Kept(SHOPS.id, SHOPS.title, "乙.txt"),)


def test_two_documents_with_one_id_are_refused_and_nothing_is_put(library: Library) -> None:
    library.put(reading("甲.txt", LOANS))
    with pytest.raises(LibraryError, match=f"同用标识“{SHOPS.id}”：《青禾市小店扶持若干措施》、《另一件》"):
        library.put(reading("甲.txt", SHOPS, replace(SHOPS, title="另一件")))
    assert titles(library.documents()) == [LOANS.title]


def test_words_that_no_file_can_hold_are_refused_by_name(library: Library) -> None:
    with pytest.raises(LibraryError, match=r"U\+D800"):
        library.put(reading("甲.txt", document("d", "某\ud800办法", item(1, "某事"))))
    assert library.sources() == ()


def test_a_source_is_removed_with_all_that_came_with_it(library: Library) -> None:
    lost = Loss(LossKind.TABLE, "附表", 0, document=SHOPS.id)
    library.put(reading("甲.txt", SHOPS, losses=(lost,)), roles={(SHOPS.id, "main__para_1"): "事项"})
    library.put(reading("乙.txt", LOANS))
    assert library.remove("甲.txt") == (SHOPS.id,)
    assert titles(library.documents()) == [LOANS.title]
    assert (library.losses(), library.roles(SHOPS.id), library.source_text("甲.txt")) == ((), {}, None)


def test_removing_what_is_not_there_says_what_is(library: Library) -> None:
    with pytest.raises(LibraryError, match=r"没有来源“丙\.txt”；现在一个来源也没有"):
        library.remove("丙.txt")
    library.put(reading("甲.txt", SHOPS))
    with pytest.raises(LibraryError, match=r"现有：甲\.txt"):
        library.remove("丙.txt")


def test_sources_keep_their_order_when_one_comes_again(library: Library) -> None:
    library.put(reading("甲.txt", SHOPS))
    library.put(reading("乙.txt", LOANS, REPEALING))
    library.put(reading("甲.txt", OLD_SHOPS, text="更长的原文"))
    assert [(info.name, info.documents, info.characters) for info in library.sources()] == [
        ("甲.txt", 1, 5),
        ("乙.txt", 2, 2),
    ]
    assert titles(library.documents()) == [OLD_SHOPS.title, LOANS.title, REPEALING.title]
