"""From a question to a clause: which is found, how it is named, what is said about it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from huiqi.library.model import ClauseKind
from huiqi.library.search import Wanted, fetch, search
from huiqi.library.store import Library
from tests.library.store.making import (
    LOANS,
    OLD_SHOPS,
    REPEALING,
    SHOPS,
    document,
    item,
    paragraph,
    put,
    reading,
)

SYNONYMS = {"先垫钱": ("付息",), "关门": ("注销", "歇业"), "办照": ("设立登记",)}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library") / "library.sqlite3") as library:
        put(library, SHOPS, LOANS, OLD_SHOPS, REPEALING)
        yield library


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("小店租民房能补多少钱", (SHOPS.id, "一、（二）")),
        ("国有房屋头几个月不收租", (SHOPS.id, "一、（一）")),
        ("注销要公告多少天", (SHOPS.id, "二、（二）")),
        ("首次贷款贴息一户最多多少", (LOANS.id, "二、")),
        ("贴息要交哪些材料", (LOANS.id, "三、")),
        ("付息凭证", (LOANS.id, "三、3.")),
        ("贴息找哪个部门", (LOANS.id, "四、")),
        ("貸款貼息標準", (LOANS.id, "二、")),
        ("方便开店", (SHOPS.id, "二、")),
        ("青政办〔2026〕3号", (OLD_SHOPS.id, "一、")),
    ],
)
def test_the_nearest_clause_is_named_exactly(library: Library, question: str, place: tuple[str, str]) -> None:
    first = search(library, question).hits[0]
    assert (first.document.id, first.cite) == place
    found = library.clause(first.document.id, first.clause)
    assert found is not None
    assert found.cite == first.cite


@pytest.mark.parametrize(
    ("question", "cite"), [("先垫钱", "三、3."), ("关门怎么办", "二、（二）"), ("办照", "二、（一）")]
)
def test_an_everyday_word_finds_the_term_of_the_text(library: Library, question: str, cite: str) -> None:
    assert cite not in [hit.cite for hit in search(library, question).hits[:1]]
    found = search(library, question, synonyms=SYNONYMS)
    assert found.hits[0].cite == cite
    assert found.hits[0].coverage == 1
    assert found.said_otherwise[0][1] == SYNONYMS[found.said_otherwise[0][0]]


def test_a_passage_with_the_kind_of_answer_wanted_comes_first(library: Library) -> None:
    with Library.open(":memory:") as other:
        put(
            other,
            document(
                "甲", "某办法", paragraph(1, "租房开店给予补贴，按规定办理，由街道统一登记造册后公示。" * 2)
            ),
            document(
                "乙", "某办法", paragraph(1, "租房开店给予补贴，每年五百六十元整，即560元，由街道公示。" * 2)
            ),
        )
        assert search(other, "租房开店补贴多少").wanted is Wanted.AMOUNT
        assert search(other, "租房开店补贴多少").hits[0].document.id == "乙"


def test_marks_are_the_words_that_were_asked_for(library: Library) -> None:
    for question in ("小店租民房能补多少钱", "首次贷款 贴息"):
        for hit in search(library, question).hits:
            ends = [0, *(end for mark in hit.marks for end in (mark.start, mark.end)), len(hit.passage)]
            assert ends == sorted(ends)
            for mark in hit.marks:
                assert hit.passage[mark.start : mark.end].strip("。，") != ""
    first = search(library, "首次贷款贴息").hits[0]
    assert "首次贷款贴息" in {first.passage[mark.start : mark.end] for mark in first.marks}


def test_a_hit_stands_with_its_document_its_headings_and_its_state(library: Library) -> None:
    hit = search(library, "租用民房补贴", on=date(2032, 1, 1)).hits[0]
    assert hit.document == library.info(SHOPS.id)
    assert hit.headings == "减轻房租"
    assert hit.state is not None
    assert str(hit.state) == "有效：有效期至2033-12-31"
    assert search(library, "租用民房补贴").hits[0].state is None


def test_results_are_in_the_order_of_their_scores_and_no_clause_comes_twice(library: Library) -> None:
    hits = search(library, "小店房租补贴").hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    places = [(hit.document.id, hit.clause) for hit in hits]
    assert len(places) == len(set(places))


def test_a_clause_cut_in_two_is_one_hit() -> None:
    sentence = "小店租用民房开业的，由街道核实后给予补贴，并在门口公示受理的结果和经办的人员。"
    with Library.open(":memory:") as library:
        put(library, document("甲", "某办法", paragraph(1, sentence * 14)))
        assert library.select("SELECT passages FROM total") == [(2,)]
        assert [hit.clause for hit in search(library, "租用民房补贴").hits] == ["main__p_1"]


def test_the_limit_holds(library: Library) -> None:
    every = search(library, "小店", limit=100).hits
    assert len(every) > 2
    for limit in (1, 2):
        assert search(library, "小店", limit=limit).hits == every[:limit]


def test_what_is_found_is_called_nearest_unless_it_covers_the_question(library: Library) -> None:
    exact = search(library, "首次贷款贴息")
    assert (exact.answered, exact.label) == (True, "找到的条款")
    far = search(library, "出国参加展览的小店有什么补贴政策可以享受")
    assert (far.answered, far.label) == (None, "最相近的条款")
    none = search(library, "𠮷")
    assert (none.answered, none.label, none.hits) == (False, "没有找到", ())


def test_covering_the_question_is_no_answer_of_another_kind(library: Library) -> None:
    """The clause on who may apply speaks of first loans and names no amount."""
    with Library.open(":memory:") as other:
        put(other, document("甲", "某办法", item(1, "支持对象", "。小微企业可以申请首次贷款贴息。")))
        assert search(other, "首次贷款贴息").answered is True
        assert search(other, "首次贷款贴息多少").answered is None


def test_only_single_characters_in_common_is_said(library: Library) -> None:
    found = search(library, "店铺")
    assert found.hits
    assert found.notes == ("没有一处与问题的用词相同，下面的条款只有个别的字相同",)


def test_words_like_those_of_the_question_are_suggested(library: Library) -> None:
    found = search(library, "先垫前", synonyms=SYNONYMS)
    assert found.suggestions == ("先垫钱",)
    assert search(library, "首次贷款贴息", synonyms=SYNONYMS).suggestions == ()


def test_an_empty_library_finds_nothing() -> None:
    with Library.open(":memory:") as library:
        found = search(library, "房租", synonyms={"房租": ("租金",)})
        assert (found.hits, found.answered) == ((), False)
        assert found.suggestions == ()


def test_a_document_without_text_is_found_by_its_title() -> None:
    with Library.open(":memory:") as library:
        put(library, document("甲", "青禾市夜市规划"))
        (hit,) = search(library, "夜市规划").hits
        assert hit.clause == "main__title"


def test_a_large_library_is_searched_by_pairs_first_with_the_same_nearest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = ("小店租民房能补多少钱", "首次贷款贴息一户最多多少", "注销要公告多少天", "税", "付息凭证")
    small = [search(library, question).hits[:1] for question in questions]
    monkeypatch.setattr(fetch, "MANY", 0)
    assert [search(library, question).hits[:1] for question in questions] == small


def test_in_a_large_library_the_rarest_words_fetch_and_enough_for_all_candidates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch, "MANY", 0)
    monkeypatch.setattr(fetch, "CANDIDATES", 3)
    monkeypatch.setattr(fetch, "REACHED", 5)
    with Library.open(":memory:") as library:
        common = [document(f"甲{at}", "某办法", paragraph(1, f"小店房租事项{at}")) for at in range(9)]
        put(library, *common, document("乙", "某办法", paragraph(1, "夜市摊位费")))
        found = search(library, "夜市小店房租")
        assert found.hits[0].document.id == "乙"
        assert {hit.document.id[0] for hit in found.hits} == {"甲", "乙"}


def test_in_a_large_library_a_filter_is_reached_by_common_words_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch, "MANY", 0)
    monkeypatch.setattr(fetch, "CANDIDATES", 3)
    monkeypatch.setattr(fetch, "REACHED", 3)
    with Library.open(":memory:") as library:
        rare = [document(f"乙{at}", "某办法", paragraph(1, f"夜市摊位费{at}")) for at in range(4)]
        common = [document(f"甲{at}", "某办法", paragraph(1, f"小店房租事项{at}")) for at in range(9)]
        put(library, *rare, *common)
        assert {hit.document.id for hit in search(library, "夜市房租", document="甲3").hits} == {"甲3"}
        assert {hit.document.id for hit in search(library, "夜市房东", document="甲3").hits} == {"甲3"}


def test_the_words_of_a_removed_source_are_no_longer_found(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.sqlite3") as library:
        library.put(reading("甲.txt", SHOPS))
        library.put(reading("乙.txt", LOANS))
        library.remove("甲.txt")
        assert {hit.document.id for hit in search(library, "小店房租补贴贷款").hits} == {LOANS.id}


def test_every_kind_of_clause_that_can_be_cited_can_be_found() -> None:
    from huiqi.library.model import Clause

    kinds = [kind for kind in ClauseKind if kind.is_text]
    clauses = [
        Clause(f"main__x_{at}", kind, f"第{at}处", f"{chr(0x5000 + at)}{chr(0x6000 + at)}字样在此。" * 6, ())
        for at, kind in enumerate(kinds)
    ]
    with Library.open(":memory:") as library:
        put(library, document("甲", "某办法", *clauses))
        for at in range(len(kinds)):
            assert search(library, f"{chr(0x5000 + at)}{chr(0x6000 + at)}").hits[0].clause == f"main__x_{at}"
