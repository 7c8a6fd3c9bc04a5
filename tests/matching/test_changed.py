"""``--changed``: only what changed is judged again, and what comes out is what a full run gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.language import syntax as s
from huiqi.matching.changed import state_paths
from huiqi.matching.fingerprint import benefit_fingerprint
from tests.matching.conftest import ON, SPECIAL, Matching


def later(people: pl.DataFrame) -> pl.DataFrame:
    """The same table some weeks later: some changed, one gone, one new, another order."""
    place = pl.int_range(pl.len())
    found = people.with_columns(
        pl.when(place % 37 == 3).then(pl.col("营业收入") * 2 + 1).otherwise("营业收入").alias("营业收入"),
        pl.when(place % 53 == 4).then(pl.col("认定").list.head(0)).otherwise("认定").alias("认定"),
    )
    new = people.slice(5, 1).with_columns(pl.lit("E9999999").alias("编号"))
    return pl.concat([found.slice(300), new, found.slice(0, 299)])


def other_policy(catalogue: Catalogue) -> Catalogue:
    """The catalogue with two benefits of which only the first condition is left."""
    benefits = dict(catalogue.benefits)
    for name in SPECIAL:
        one = benefits[name]
        benefits[name] = replace(
            one, condition=s.All(parts=one.condition.children()[:1], type=one.condition.type)
        )
    return replace(catalogue, book=replace(catalogue.book, benefits=benefits))


def test_after_changes_the_result_is_that_of_a_full_run(matching: Matching, people: pl.DataFrame) -> None:
    matching.run(people)
    report = matching.run(later(people), changed=True)
    assert report.reused > report.answers * 0.9
    matching.run(later(people), "full.parquet")
    assert matching.bytes() == matching.bytes("full.parquet")


def test_a_changed_policy_is_judged_for_everybody(matching: Matching, people: pl.DataFrame) -> None:
    matching.run(people)
    other = other_policy(matching.catalogue)
    report = matching.run(later(people), changed=True, catalogue=other)
    assert 0 < report.reused < report.answers
    matching.run(later(people), "full.parquet", catalogue=other)
    assert matching.bytes() == matching.bytes("full.parquet")


def test_nothing_changed_nothing_is_judged(matching: Matching, people: pl.DataFrame) -> None:
    first = matching.run(people)
    again = matching.run(people, changed=True)
    assert again.reused == first.answers == again.answers


@pytest.mark.parametrize("how", ["day", "results", "state"])
def test_what_is_not_of_the_same_question_or_was_touched_is_not_used(
    matching: Matching, people: pl.DataFrame, how: str
) -> None:
    matching.run(people)
    out = matching.folder / "out.parquet"
    request = matching.request()
    if how == "day":
        request = matching.request(date(2026, 1, 1))
    elif how == "results":
        pl.read_parquet(out).head(3).write_parquet(out)
    else:
        state_paths(out)[1].write_text("{", encoding="utf-8")
    report = matching.run(people, changed=True, request=request)
    assert report.reused == 0
    matching.run(people, "full.parquet", request=request)
    assert matching.bytes()[".parquet"] == matching.bytes("full.parquet")[".parquet"]


def test_a_fingerprint_changes_with_what_an_answer_depends_on_and_with_nothing_else(
    shipped: Catalogue,
) -> None:
    book = shipped.book
    one = book.benefits["henan-zjtx-2024/apply-innovative"]
    before = benefit_fingerprint(one, book, ON)
    moved = replace(one, span=s.Span("elsewhere.yaml", 7, 7))
    assert benefit_fingerprint(moved, book, ON) == before
    assert benefit_fingerprint(one, book, date(2024, 6, 2)) != before
    rules = dict(book.rules)
    leaning = "企业规模"
    rules[leaning] = replace(rules[leaning], body=s.Unstated(name=leaning, type=rules[leaning].body.type))
    others = replace(book, rules=rules)
    changed = {
        name
        for name, benefit in book.benefits.items()
        if benefit_fingerprint(benefit, book, ON) != benefit_fingerprint(benefit, others, ON)
    }
    assert changed
    assert len(changed) < len(book.benefits)
