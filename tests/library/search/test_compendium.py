"""The real compendium, searched with everyday questions that were written for it and not tuned on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.library.ingest import read
from huiqi.library.search import Found, search
from huiqi.library.store import Library

ROOT = Path(__file__).parents[3]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8")
)["问题"]

ELSEWHERE = (
    "宠物医院开办要什么证",
    "烟花爆竹零售许可怎么办",
    "城镇居民医保一年交多少钱",
    "电梯多久年检一次",
    "小麦最低收购价是多少",
    "驾驶证换证去哪里",
    "光伏发电上网电价是多少",
    "公务员考试报名时间",
    "养老金什么时候涨",
    "外国人来华工作许可",
)
"""Questions that no document of the compendium answers."""

pytestmark = pytest.mark.skipif(
    not COMPENDIUM.is_file(), reason="The compendium is not beside this checkout, so it cannot be searched."
)


@pytest.fixture(scope="module")
def synonyms() -> dict[str, tuple[str, ...]]:
    return dict(load_knowledge(ROOT / "catalogue").synonyms)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as library:
        library.put(read(COMPENDIUM))
        yield library


@pytest.fixture(scope="module")
def asked(library: Library, synonyms: dict[str, tuple[str, ...]]) -> list[tuple[dict[str, Any], Found]]:
    return [(each, search(library, each["问"], synonyms=synonyms)) for each in QUESTIONS]


def rank(question: dict[str, Any], found: Found) -> int | None:
    """The place of the first hit that is exactly a clause which answers; ``None`` without one."""
    for place, hit in enumerate(found.hits, 1):
        named = hit.document.number == question["文件"] or hit.document.title.startswith(question["文件"])
        if named and hit.cite in question["条"]:
            return place
    return None


def test_most_questions_are_answered_first_and_nearly_all_among_five(
    asked: list[tuple[dict[str, Any], Found]],
) -> None:
    ranks = [rank(question, found) for question, found in asked]
    first = sum(place == 1 for place in ranks) / len(ranks)
    five = sum(place is not None and place <= 5 for place in ranks) / len(ranks)
    assert first >= 0.66, first
    assert five >= 0.85, five


def test_every_hit_names_a_clause_of_its_document(
    library: Library, asked: list[tuple[dict[str, Any], Found]]
) -> None:
    places = {(hit.document.id, hit.clause, hit.cite) for _, found in asked for hit in found.hits}
    known = {
        (info.id, clause.id, clause.cite)
        for info in library.documents()
        for clause in library.document(info.id).walk()  # type: ignore[union-attr]
    }
    assert places
    assert places <= known


def test_what_is_called_found_is_seldom_wrong(asked: list[tuple[dict[str, Any], Found]]) -> None:
    called = [rank(question, found) == 1 for question, found in asked if found.answered]
    assert len(called) >= 5
    assert sum(called) / len(called) >= 0.6


def test_what_no_document_answers_is_never_called_found(
    library: Library, synonyms: dict[str, tuple[str, ...]]
) -> None:
    assert [each for each in ELSEWHERE if search(library, each, synonyms=synonyms).answered] == []
