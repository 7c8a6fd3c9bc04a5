"""The extractor against clauses of the real compendium that were read by hand; the scores are held exactly.

A change of any rule shows here. The sample is no place to tune: better rules are found on other clauses.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.library.ingest import read
from huiqi.library.ledger import Ledger, ledger_of
from tests.library.ledger.measuring import WHAT, ledger_named, measure

ROOT = Path(__file__).parents[3]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
SAMPLE = Path(__file__).with_name("sample.yaml")

# right, invented, missed
AT_RANDOM = {
    "主体": (268, 14, 6),
    "主体和角色": (268, 14, 6),
    "时限": (23, 0, 0),
    "目标": (21, 0, 1),
    "目标和比较": (21, 0, 1),
    "目标和时限": (21, 0, 1),
}
WITH_NUMBERS = {
    "主体": (116, 2, 8),
    "主体和角色": (115, 3, 9),
    "时限": (19, 0, 0),
    "目标": (19, 0, 5),
    "目标和比较": (19, 0, 5),
    "目标和时限": (19, 0, 5),
}


@pytest.fixture(scope="module")
def ledgers() -> dict[str, Ledger]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so the extractor cannot be measured on it.")
    knowledge = load_knowledge(ROOT / "catalogue")
    documents = read(COMPENDIUM, knowledge).documents
    return {each.number or each.title: ledger_of(each, knowledge.bodies) for each in documents}


@pytest.fixture(scope="module")
def sample() -> Any:
    return yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))


def test_the_sample_is_as_large_as_it_says(sample: Any) -> None:
    sizes = {
        stratum: sum(len(document.get(stratum, {})) for document in sample.values())
        for stratum in ("随机", "有数字")
    }
    assert sizes == {"随机": 160, "有数字": 50}


@pytest.mark.parametrize(("stratum", "expected"), [("随机", AT_RANDOM), ("有数字", WITH_NUMBERS)])
def test_the_scores_are_those_that_were_measured(
    ledgers: dict[str, Ledger], sample: Any, stratum: str, expected: dict[str, tuple[int, int, int]]
) -> None:
    scores = measure(ledgers, sample, [stratum])
    assert {what: scores[what].counts for what in WHAT} == expected


def test_every_clause_of_the_sample_is_in_the_text(ledgers: dict[str, Ledger], sample: Any) -> None:
    for name, by_stratum in sample.items():
        cites = {clause.cite for clause in ledger_named(ledgers, name).document.walk()}
        for clauses in by_stratum.values():
            assert set(clauses) <= cites, name
