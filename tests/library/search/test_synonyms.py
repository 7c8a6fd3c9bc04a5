"""catalogue/library/synonyms.yaml: entries that a reviewer can judge and the search can use."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.library.search.terms import terms_of
from huiqi.library.store.tokens import fold, words

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def entries() -> list[dict[str, Any]]:
    content = yaml.safe_load((ROOT / "catalogue" / "library" / "synonyms.yaml").read_text(encoding="utf-8"))
    return list(content["词条"])


def test_there_are_enough_to_matter(entries: list[dict[str, Any]]) -> None:
    assert len(entries) >= 250


def test_every_entry_says_what_why_and_whether_it_was_reviewed(entries: list[dict[str, Any]]) -> None:
    assert [
        each for each in entries if list(each) != ["说法", "即", "复核", "因"] or not all(each.values())
    ] == []


def test_no_everyday_word_is_written_twice_or_stands_for_itself(entries: list[dict[str, Any]]) -> None:
    said = [fold(each["说法"]) for each in entries]
    assert sorted({word for word in said if said.count(word) > 1}) == []
    assert [each["说法"] for each in entries if each["说法"] in each["即"]] == []
    assert [each["说法"] for each in entries if len(set(each["即"])) < len(each["即"])] == []


def test_every_everyday_word_is_recognised_and_every_term_can_be_searched(
    entries: list[dict[str, Any]],
) -> None:
    synonyms = {each["说法"]: tuple(each["即"]) for each in entries}
    for each in entries:
        found = terms_of([each["说法"]], synonyms)
        assert [idea.said for idea in found.ideas] == [fold(each["说法"])]
        assert all(len(words(term)) > 1 for term in each["即"]), each
