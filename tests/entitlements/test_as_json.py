"""What machines are given: the contract of ``huiqi explain --json``."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from huiqi.entitlements.answer import Advisor
from huiqi.entitlements.as_json import answer_json, number_json, yuan
from huiqi.entitlements.as_text import answer_text
from tests.support import Library, benefit, facts, reference

INVESTED = benefit(
    """
    全部满足: [{名: 投资达标, 式: 投资额 >= 300万元, 字样: 300万元以上}]
    都不满足: [{名: 失信, 式: 失信, 依据: 三}]
    金额: {式: 投资额 * 30%, 封顶: 200万元, 性质: 不超过}
    """
)


def told(root: Path, known: str, on: date = date(2024, 6, 1), *benefits: str) -> Any:
    catalogue = Library.of(root, *(benefits or (INVESTED,))).load()
    answer = Advisor(catalogue).answer(facts(known, catalogue.vocabulary), on)
    assert answer_text(answer, everything=True, tell=True)
    return json.loads(json.dumps(answer_json(answer), ensure_ascii=False))


def test_everything_that_the_contract_names_is_there(tmp_path: Path) -> None:
    answer = told(tmp_path, "{投资额: 500万元, 失信: 否}")
    assert answer["on"] == "2024-06-01"
    (one,) = answer["benefits"]
    assert (one["id"], one["name"], one["cite"], one["department"]) == ("xx-2023/a", "a补助", "一", "某局")
    assert one["document"] == {"title": "某文件", "number": None}
    assert (one["verdict"], one["missing"], one["unmet"], one["subject"]) == ("符合", [], [], None)
    assert one["amount"] == {"kind": "不超过", "low": 1500000, "high": 1500000, "unit": "元"}
    assert answer["plan"]["total"] == 1500000
    assert [(c["id"], c["amount"]) for c in answer["plan"]["chosen"]] == [("xx-2023/a", 1500000)]
    assert answer["plan"]["left_out"] == []


def test_the_reasons_are_a_tree_of_sentences_with_clauses(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "{投资额: 200万元, 失信: 否}")["benefits"]
    assert one["why"]["value"] is False
    by_name = {child["name"]: child for child in one["why"]["children"]}
    assert by_name["投资达标"]["value"] is False
    assert by_name["投资达标"]["text"] == "投资额不少于300万元"
    assert by_name["失信"]["value"] is True  # the exclusion, turned round
    assert by_name["失信"]["cite"] == "三"
    assert one["unmet"] == [
        {"name": "投资达标", "cite": "一", "have": "200万元", "need": "不少于300万元", "gap": "差100万元"}
    ]
    assert one["amount"] == {"kind": "不超过", "low": 0, "high": 0, "unit": "元"}


def test_what_is_missing_makes_a_range(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "失信: 否")["benefits"]
    assert (one["verdict"], one["missing"]) == ("待补充", ["投资额"])
    assert (one["amount"]["low"], one["amount"]["high"]) == (900000, 2000000)
    assert one["why"]["value"] is None


@reference("L8.2")
def test_outside_its_dates_it_gives_nothing_and_says_what_it_would(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "{投资额: 500万元, 失信: 否}", date(2026, 1, 1))["benefits"]
    assert (one["verdict"], one["amount"]["high"]) == ("不在期内", 0)
    assert one["but_for_dates"]["verdict"] == "符合"
    assert one["but_for_dates"]["amount"]["high"] == 1500000
    assert (one["period"]["from"], one["period"]["to"]) == ("2023-01-01", "2025-12-31")


def test_without_a_bound_the_high_end_is_null(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "{}", date(2024, 6, 1), benefit("金额: {式: 投资额 * 30%}"))["benefits"]
    assert (one["amount"]["low"], one["amount"]["high"]) == (0, None)


@pytest.mark.parametrize(
    ("fen", "said"),
    [(100, 1), (150, 1.5), (1, 0.01), (123456789, 1234567.89), (10**15 + 1, 10000000000000.01)],
)
def test_money_is_said_to_the_fen(fen: int, said: float) -> None:
    assert json.dumps(yuan(fen)) == json.dumps(said)


def test_other_numbers_are_said_as_short_as_they_are() -> None:
    assert number_json(3) == 3
    assert json.dumps(number_json(Fraction(1, 8))) == "0.125"
