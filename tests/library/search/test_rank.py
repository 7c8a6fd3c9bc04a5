"""What makes a passage nearer: laws of the score and of the coverage."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.search.rank import Ranking, Statistics
from huiqi.library.search.terms import SAID_OTHERWISE, terms_of
from huiqi.library.store.tokens import words

SYNONYMS = {"房租": ("租金", "场地使用费用")}
texts = st.text(st.sampled_from("小店房租金补贴贷款，。场地使用费"), max_size=20)


def ranking(
    question: str, synonyms: Mapping[str, tuple[str, ...]] = MappingProxyType({}), **counts: int
) -> Ranking:
    return Ranking(terms_of([question], synonyms), Statistics(100, 40.0, counts))


def score(of: Ranking, text: str, title: str = "", path: str = "") -> float:
    return of.score(title, path, text, len(words(text)))


@given(st.integers(0, 99), st.integers(1, 100))
def test_a_rarer_word_tells_more_and_none_less_than_nothing(few: int, many: int) -> None:
    statistics = Statistics(100, 40.0, {"甲": min(few, many - 1), "乙": many})
    assert statistics.rarity("甲") > statistics.rarity("乙") > 0


@given(texts, texts)
def test_a_passage_scores_exactly_when_it_has_a_word(question: str, text: str) -> None:
    shared = set(words(question)) & set(words(text))
    assert (score(ranking(question), text) > 0) == bool(shared)


def test_a_word_in_the_text_counts_more_than_in_title_or_path() -> None:
    of = ranking("房租")
    assert score(of, "房租") > of.score("房租", "", "小店", 3) == of.score("", "房租", "小店", 3) > 0


def test_the_same_words_count_less_in_a_longer_text() -> None:
    of = ranking("房租")
    assert score(of, "房租") > score(of, "房租" + "小店" * 50)


@given(texts)
def test_saying_it_otherwise_counts_a_little_less_and_never_more(text: str) -> None:
    own, other = score(ranking("房租", SYNONYMS), "交房租。"), score(ranking("房租", SYNONYMS), "交租金。")
    assert other <= SAID_OTHERWISE * own * (1 + 1e-9) or other == pytest.approx(
        score(ranking("房租"), "交租金。")
    )
    without, with_synonyms = score(ranking("房租"), text), score(ranking("房租", SYNONYMS), text)
    once = sum(Statistics(100, 40.0, {}).rarity(word) for word in ("房", "租", "房租")) * 2.2
    assert without <= with_synonyms <= max(without, SAID_OTHERWISE * once)


def test_a_long_term_of_the_list_weighs_no_more_than_the_word_it_is_for() -> None:
    of = ranking("房租", SYNONYMS)
    assert score(of, "补场地使用费用") <= SAID_OTHERWISE * score(of, "补房租费用用用") * 1.01


def test_a_term_counts_only_when_it_is_there_whole() -> None:
    of, without = ranking("房租", SYNONYMS), ranking("房租")
    assert score(of, "场地使用。费用") == score(without, "场地使用。费用") == 0
    assert score(of, "场地使用费用") > 0


@given(texts, texts)
def test_coverage_is_a_share(question: str, text: str) -> None:
    assert 0 <= ranking(question, SYNONYMS).coverage("", "", text) <= 1


@pytest.mark.parametrize(
    ("text", "covered"),
    [("房租补贴", 1.0), ("补贴。房租", 1.0), ("租金补贴", 1.0), ("房屋租赁补贴", 0.5), ("无关", 0.0)],
)
def test_an_idea_is_covered_when_it_is_said_in_any_way(text: str, covered: float) -> None:
    assert ranking("房租补贴", SYNONYMS).coverage("", "", text) == pytest.approx(covered)


def test_title_and_headings_cover_too() -> None:
    assert ranking("小店房租").coverage("小店扶持办法", "房租", "最高五千元") == pytest.approx(2 / 3)


def test_an_empty_library_ranks_without_error() -> None:
    of = Ranking(terms_of(["房租"], {}), Statistics(0, 1.0, {}))
    assert of.score("", "", "", 0) == 0
