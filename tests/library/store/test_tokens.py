"""The words of a text: laws for any text, and the cases they are made for."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from huiqi.library.store.tokens import count, fold, is_pair, tokens, words
from huiqi.library.store.traditional import SIMPLIFIED

texts = st.text(st.sampled_from("补贴 贴補Ａａ1２.5３\t　。，ﬁ½㎡\n𠮷〇é") | st.characters(), max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("补贴", ["补", "贴", "补贴"]),
        ("贷款贴息", ["贷", "款", "贴", "息", "贷款", "款贴", "贴息"]),
        ("补，贴", ["补", "贴"]),
        ("总 则", ["总", "则", "总则"]),
        ("总　则", ["总", "则", "总则"]),
        ("5G网", ["5g", "网"]),
        ("ISO9001", ["iso9001"]),
        ("ＩＳＯ９００１", ["iso9001"]),
        ("0.01吨", ["0.01", "吨"]),
        ("1.2025年", ["1", "2025", "年"]),
        ("30%", ["30"]),
        ("貸款", ["贷", "款", "贷款"]),
        ("", []),
        ("。！😀", []),
        ("𠮷", ["𠮷"]),
    ],
)
def test_words_are_characters_pairs_and_other_runs(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(texts)
@example("人人人")
@example("总  则")
def test_places_have_the_same_words_as_the_text(text: str) -> None:
    assert [token.word for token in tokens(text)] != [] or words(text) == []
    assert Counter(token.word for token in tokens(text)) == Counter(words(text))


@given(texts)
def test_a_place_says_what_stands_there(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.word in "".join(fold(text[token.start : token.end]).split())


@given(texts, st.lists(texts, max_size=3))
@example("人人人", ["人人"])
@example("abc ab", ["ab"])
@example("总 则", ["总则"])
def test_counting_some_words_is_counting_all(text: str, others: list[str]) -> None:
    asked = {*words(text), *(word for other in others for word in words(other))}
    every = Counter(words(text))
    assert count(text, asked) == {word: every[word] for word in asked if every[word]}


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_word_is_split_from_others_by_blanks_only_when_indexed() -> None:
    """The index joins words by blanks and its tokenizer splits them there, so no word may hold one."""
    assert not any(" " in word for word in words("总 则 ISO 9001 0.01 吨\t二〇三一"))


def test_characters_are_no_pairs() -> None:
    assert [is_pair(word) for word in ("补", "补贴", "5", "a", "𠮷")] == [False, True, True, True, False]


def test_no_simplified_character_is_folded_further() -> None:
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values())
    assert all(len(pair) == 1 for pair in (*SIMPLIFIED, *SIMPLIFIED.values()))
    assert len(SIMPLIFIED) > 1000
