"""Amounts and differences as people say them."""

import pytest

from huiqi.allocate import Claim, Exclusion, Price, Received, Rule
from huiqi.allocate.words import left_out, money, slots_received, span

RULE = Rule("限制", "五、（二）", "只给一项")


def claim(name: str) -> Claim:
    return Claim(name, name, name, "文件", "市", 0, 0, {})


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (10, "0.1元"),
        (800_000, "8000元"),
        (1_000_000, "1万元"),
        (1_250_000, "1.25万元"),
        (12_300_000, "12.3万元"),
        (12_345_678, "123456.78元"),
        (12_345_600, "123456元"),
        (10**13, "10000000万元"),
    ],
)
def test_amounts_are_said_exactly_in_the_shorter_unit(fen: int, said: str) -> None:
    assert money(fen) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(100, 100, "1元"), (0, 100, "最高1元"), (100, 200, "1元至2元"), (0, 0, "0元")],
)
def test_ranges(low: int, high: int, said: str) -> None:
    assert span(low, high) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 0, "合计不变。"),
        (100, 100, "合计少得1元。"),
        (100, 200, "合计能确定的部分少得1元，最多时少得2元。"),
        (0, 200, "合计能确定的部分不变，最多时少得2元。"),
        (100, 0, "合计能确定的部分少得1元，最多时不变。"),
        (100, -300, "合计能确定的部分少得1元，但最多可多得3元。"),
    ],
)
def test_prices(low: int, high: int, said: str) -> None:
    price = Price(low, high, drop=(claim("甲"),), gain=())
    assert left_out([Exclusion(RULE, "只给一项")], price) == f"只给一项；若改选本项，要放弃“甲”，{said}"


def test_a_reason_that_two_rules_give_is_said_once() -> None:
    assert left_out([Exclusion(RULE, "只给一项"), Exclusion(RULE, "只给一项")], None) == "只给一项。"


def test_something_received_without_a_name_or_an_amount_is_known_by_its_level() -> None:
    received = [Received(None, "国家", 0, {}), Received(None, "县区", 100, {})]
    assert slots_received(RULE, received) == (
        "只给一项（五、（二）），此前已享受国家级资金、县区级资金（1元），不能再享受本项"
    )


def test_a_rule_without_a_clause_has_no_brackets() -> None:
    assert slots_received(Rule("限制", "", "只给一项"), [Received(None, "市", 0, {})]).startswith(
        "只给一项，"
    )
