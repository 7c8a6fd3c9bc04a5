"""What a question is searched by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.search.terms import pairs, terms_of
from huiqi.library.store.tokens import words

SYNONYMS = {
    "房租": ("租金",),
    "租": ("租赁",),
    "开店": ("设立登记", "个体工商户"),
    "开店房租": ("场地费",),
    "KTV": ("歌厅",),
}


def test_an_everyday_word_is_an_idea_and_the_rest_stands_for_itself() -> None:
    found = terms_of(["房租补多"], SYNONYMS)
    (idea,) = found.ideas
    assert idea.said == "房租"
    assert idea.own == {"房", "租", "房租"}
    assert idea.otherwise == (("租金", frozenset({"租", "金", "租金"})),)
    assert found.plain == {"补", "多", "补多"}
    assert found.links == {"租补"}


def test_the_longest_everyday_word_is_taken_and_none_inside_it() -> None:
    assert [idea.said for idea in terms_of(["开店房租"], SYNONYMS).ideas] == ["开店房租"]
    assert [idea.said for idea in terms_of(["开店交房租"], SYNONYMS).ideas] == ["开店", "房租"]


def test_one_character_is_no_everyday_word() -> None:
    assert terms_of(["租车"], SYNONYMS).ideas == ()


def test_everyday_words_are_compared_as_text_is() -> None:
    assert [idea.said for idea in terms_of(["ktv"], SYNONYMS).ideas] == ["ktv"]


@given(
    st.lists(st.text(st.sampled_from("开店房租补贴ktv "), max_size=8), max_size=3),
    st.sampled_from([{}, SYNONYMS]),
)
def test_no_word_of_a_question_is_lost_by_synonyms(
    pieces: list[str], synonyms: dict[str, tuple[str, ...]]
) -> None:
    found = terms_of(pieces, synonyms)
    assert found.own == {word for piece in pieces for word in words(piece)}
    assert found.own <= found.all
    inside = frozenset[str]().union(*(idea.own for idea in found.ideas))
    assert not found.plain & found.links
    assert not (found.plain | found.links) & inside


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [({"补", "贴", "补贴"}, {"补贴"}), ({"税"}, {"税"}), ({"税", "5g"}, {"5g"}), (set(), set())],
)
def test_pairs_are_what_tells_something_and_single_characters_only_when_alone(
    given_words: set[str], expected: set[str]
) -> None:
    assert pairs(given_words) == expected
