"""The demonstration enterprises against what the official text gives them, by hand in enterprises.yaml."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.allocate import Chosen
from huiqi.catalogue.fact_values import Facts, read_facts
from huiqi.catalogue.load import Catalogue, load_catalogue
from huiqi.catalogue.source import read_file
from huiqi.entitlements.answer import Advisor, Answer
from huiqi.evaluate.result import AmountRange, Result, Verdict
from huiqi.language.units import quantity_words

ROOT = Path(__file__).parents[2] / "catalogue"
TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "enterprises.yaml").read_text(encoding="utf-8")
)
FEN = 100
_SUITABLE_DAY = re.compile(r"^# 适合问的日期: (\d{4}-\d\d-\d\d)$", re.MULTILINE)

Money = tuple[Fraction, Fraction]


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(load_catalogue(ROOT))


@pytest.fixture(params=TABLE, ids=lambda row: f"{row['企业']} {row['日期']}")
def row(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


@pytest.fixture
def answer(advisor: Advisor, row: Mapping[str, Any]) -> Answer:
    facts = facts_of(ROOT / "enterprises" / f"{row['企业']}.yaml", advisor.catalogue)
    return advisor.answer(facts, row["日期"])


def facts_of(path: Path, catalogue: Catalogue) -> Facts:
    source = read_file(path)
    assert source.root is not None
    facts, problems = read_facts(source.root, catalogue.vocabulary, catalogue.known_region)
    assert [str(one) for one in (*source.diagnostics, *problems)] == []
    return facts


def label(result: Result) -> str:
    """How the table names a result: the benefit, with its subject when there is one."""
    return result.benefit.id if result.subject is None else f"{result.benefit.id}（{result.subject}）"


def by_label(answer: Answer) -> dict[str, Result]:
    named = {label(result): result for result in answer.results}
    assert len(named) == len(answer.results), "two subjects have the same name"
    return named


def money(given: Any) -> Money:
    """元 in the table, one number or two, in 分."""
    low, high = given if isinstance(given, list) else (given, given)
    return Fraction(str(low)) * FEN, Fraction(str(high)) * FEN


def in_words(amount: AmountRange) -> str:
    assert amount.low == amount.high
    return quantity_words(amount.low, amount.type.dimension, amount.type.unit)


def expected_amounts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: amount if amount is None or isinstance(amount, str) else money(amount)
        for name, amount in given.items()
    }


def found_amount(amount: AmountRange | None) -> Any:
    if amount is None:
        return None
    if not amount.is_money:
        return in_words(amount)
    return amount.low, amount.high


@pytest.mark.parametrize("verdict", [Verdict.ELIGIBLE, Verdict.LIKELY], ids=lambda one: one.value)
def test_all_that_is_due_and_how_much(answer: Answer, row: Mapping[str, Any], verdict: Verdict) -> None:
    found = {label(result): found_amount(result.amount) for result in answer.by_verdict(verdict)}
    assert found == expected_amounts(row[verdict.value])


def test_the_parts_of_an_amount(answer: Answer, row: Mapping[str, Any]) -> None:
    results = by_label(answer)
    for name, parts in row.get("明细", {}).items():
        amount = results[name].amount
        assert amount is not None
        found = {part.name: (part.low, part.high) for part in amount.parts}
        assert found == {part: money(given) for part, given in parts.items()}


def test_what_is_ruled_out_and_by_which_clause(answer: Answer, row: Mapping[str, Any]) -> None:
    results = by_label(answer)
    for name, (condition, cite) in row.get("不符合", {}).items():
        result = results[name]
        assert result.verdict is Verdict.INELIGIBLE, name
        assert (condition, cite) in [(unmet.name, unmet.cite) for unmet in result.unmet], name


def test_what_is_out_of_its_period(answer: Answer, row: Mapping[str, Any]) -> None:
    results = by_label(answer)
    for name, verdict in row.get("不在期内", {}).items():
        assert results[name].verdict is Verdict.OUT_OF_PERIOD, name
        assert results[name].but_for_dates is Verdict(verdict), name


def test_what_is_still_to_be_known(answer: Answer, row: Mapping[str, Any]) -> None:
    results = by_label(answer)
    for name, missing in row.get("待补充", {}).items():
        assert results[name].verdict is Verdict.INCOMPLETE, name
        assert sorted(results[name].missing) == sorted(missing), name


def test_the_plan_comes_to_what_the_rules_allow(answer: Answer, row: Mapping[str, Any]) -> None:
    results = {result.key: result for result in answer.results}
    chosen: dict[str, Chosen] = {label(results[one.claim.key]): one for one in answer.plan.chosen}
    for name, given in row.get("组合", {}).items():
        low, high = money(given)
        assert chosen[name].low == low, name
        assert chosen[name].high == high, name
    plan = answer.plan
    assert plan.total_low == money(row["合计"]["确定"])[0]
    assert plan.total_high == money(row["合计"]["最多"])[1]


def test_what_the_plan_leaves_out_and_by_which_clause(answer: Answer, row: Mapping[str, Any]) -> None:
    results = {result.key: result for result in answer.results}
    left_out = {
        label(results[one.claim.key]): [exclusion.rule.cite for exclusion in one.exclusions]
        for one in answer.plan.left_out
    }
    for name, cite in row.get("没选", {}).items():
        assert cite in left_out[name], name


def test_every_enterprise_is_read_on_the_day_that_its_file_names() -> None:
    asked = {(row["企业"], row["日期"]) for row in TABLE}
    for path in sorted((ROOT / "enterprises").glob("*.yaml")):
        named = _SUITABLE_DAY.search(path.read_text(encoding="utf-8"))
        assert named is not None, path.name
        assert (path.stem, date.fromisoformat(named[1])) in asked, path.name
