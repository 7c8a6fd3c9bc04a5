"""Whatever is typed, a search answers and the library stays as it is."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiqi.library.search import search
from huiqi.library.store import Library
from tests.library.store.making import LOANS, SHOPS, put

SYNONYMS = {"房租": ("租金",), "关门": ("注销",)}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as library:
        put(library, SHOPS, LOANS)
        yield library


@pytest.mark.parametrize(
    "question", ["", "   ", "　", "？", "*", '"', "😀", "多少钱", "请问怎么", "\x00", "\ud800"]
)
def test_a_question_without_words_finds_nothing_and_is_told_so(library: Library, question: str) -> None:
    found = search(library, question, synonyms=SYNONYMS)
    assert (found.hits, found.answered) == ((), False)
    assert "没有可以检索的词" in found.notes[0]


@pytest.mark.parametrize(
    "question",
    [
        'NEAR("房租" 补贴, 3)',
        "房租 AND NOT 补贴",
        "text : 房租",
        "^房租*",
        "房租 OR",
        '房租"',
        "{title}:房租",
        "房租'; DROP TABLE document; --",
        "-房租 +补贴",
        "房租\x00补贴",
        "房租\ud800补贴",
        "房😀租房租",
        "房租（补贴）[1]{2}",
    ],
)
def test_signs_of_a_query_language_are_only_signs(library: Library, question: str) -> None:
    assert search(library, question).hits[0].document.id == SHOPS.id
    assert len(library.documents()) == 2


@pytest.mark.parametrize("question", ["租", "房", "补"])
def test_one_character_is_enough(library: Library, question: str) -> None:
    hits = search(library, question).hits
    assert hits
    assert all(question in hit.passage[mark.start : mark.end] for hit in hits for mark in hit.marks)


@pytest.mark.parametrize(
    "question", ["房租" * 5_000, "a" * 10_000, "，" * 10_000, "".join(map(chr, range(0x4E00, 0x7510)))]
)
def test_ten_thousand_characters_are_cut_and_said_to_be(library: Library, question: str) -> None:
    assert "只用了前200个字" in search(library, question, synonyms=SYNONYMS).notes[0]


@given(
    st.text(
        st.sampled_from('房租补贴注销关门 "*()^:-+AND OR NEAR\x00😀𠮷\ud800') | st.characters(), max_size=40
    )
)
@example("a.1")
@example("1.5")
@settings(deadline=None)
def test_any_question_is_answered(question: str) -> None:
    with Library.open(":memory:") as library:
        put(library, SHOPS)
        found = search(library, question, synonyms=SYNONYMS)
        assert all(0 <= hit.coverage <= 1 + 1e-9 and hit.score > 0 for hit in found.hits)
        assert (found.answered is False) == (not found.hits)
