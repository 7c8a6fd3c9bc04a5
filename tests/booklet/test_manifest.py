import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.booklet import Manifest, ManifestError
from huiqi.booklet.manifest import BenefitRecord, ClauseRecord, DocumentRecord, digest
from tests.booklet.papers import booklet, paper

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CLAUSES = st.builds(ClauseRecord, TEXT, TEXT, TEXT)
DOCUMENTS = st.builds(DocumentRecord, TEXT, TEXT, TEXT, TEXT, st.lists(CLAUSES, max_size=2).map(tuple))
BENEFITS = st.builds(BenefitRecord, TEXT, TEXT, TEXT, st.booleans(), st.dictionaries(TEXT, TEXT, max_size=3))
MANIFESTS = st.builds(
    Manifest,
    TEXT,
    TEXT,
    st.dates(),
    TEXT,
    st.lists(DOCUMENTS, max_size=2).map(tuple),
    st.lists(BENEFITS, max_size=2).map(tuple),
)


@given(MANIFESTS)
def test_a_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_the_manifest_of_an_edition_holds_no_official_text(tmp_path: Path) -> None:
    kept = booklet(tmp_path, documents=[paper()]).manifest.to_json()
    assert "一、（一）" in kept
    assert "投资额300万元以上的" not in kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "开头 处不对"),
        ("[]", "开头 处不对"),
        ('{"title": 3}', "title 处不对"),
    ],
)
def test_what_is_no_manifest_is_said_in_chinese(text: str, said: str) -> None:
    with pytest.raises(ManifestError, match=said) as caught:
        Manifest.from_json(text)
    assert str(caught.value).startswith("这不是惠企汇编的版本清单")


def test_a_manifest_of_another_format_is_turned_down() -> None:
    other = json.loads(Manifest("a", "", date(2024, 1, 1), "", (), ()).to_json()) | {"format": 2}
    with pytest.raises(ManifestError, match="格式是 2，这里只认识 1"):
        Manifest.from_json(json.dumps(other))


def test_where_words_are_cut_makes_a_difference() -> None:
    assert digest(["甲乙", "丙"]) != digest(["甲", "乙丙"])
    assert digest([" 甲 "]) == digest(["甲"])
