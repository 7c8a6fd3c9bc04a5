"""Sums and ranges as people say them."""

from fractions import Fraction

import pytest

from huiqi.evaluate.result import AmountRange
from huiqi.language.benefit import AmountKind
from huiqi.language.types import MONEY
from huiqi.portal.pages.public.presenting.plans import price_words
from huiqi.portal.pages.public.presenting.results import amount_words, range_words, rough_words

WAN = 10**6  # 分 in 1万元


@pytest.mark.parametrize(
    ("kind", "low", "high", "words"),
    [
        (AmountKind.FIXED, 10 * WAN, 10 * WAN, "10万元"),
        (AmountKind.AT_MOST, 10 * WAN, 10 * WAN, "最高10万元"),
        (AmountKind.FIXED, 5 * WAN, 10 * WAN, "5万元 至 10万元"),
        (AmountKind.FIXED, 0, 10 * WAN, "最多10万元"),
        (AmountKind.PROPORTIONAL, 0, None, "按实际情况算"),
        (AmountKind.PROPORTIONAL, 5 * WAN, None, "5万元以上（上限不明）"),
        (AmountKind.FIXED, 0, 0, "0元"),
    ],
)
def test_an_amount(kind: AmountKind, low: int, high: int | None, words: str) -> None:
    assert amount_words(AmountRange(kind, low, high, MONEY)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 0, "0元"), (3 * WAN, 3 * WAN, "3万元"), (0, 3 * WAN, "最多3万元"), (WAN, 3 * WAN, "1万元 至 3万元")],
)
def test_a_range(low: int, high: int, words: str) -> None:
    assert range_words(low, high) == words


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (620 * WAN, "620万元"),
        (2479 * WAN + 125_000, "约2479万元"),
        (99_999_00, "约10万元"),
        (5_000_00, "5000元"),
    ],
)
def test_a_sum_of_ceilings_needs_no_yuan(fen: int, words: str) -> None:
    assert rough_words(fen) == words


def test_the_price_of_insisting() -> None:
    from huiqi.allocate import Price

    assert price_words(None) == ""
    assert price_words(Price(0, 0, (), ())) == "一样多"
    assert price_words(Price(5 * WAN, 5 * WAN, (), ())) == "少 5万元"
    assert price_words(Price(5 * WAN, 8 * WAN, (), ())) == "少 5万元 至 8万元"
    assert price_words(Price(5 * WAN, -WAN, (), ())) == "少 最多5万元"


def test_a_whole_number_of_fen_is_never_needed() -> None:
    amount = AmountRange(AmountKind.FIXED, Fraction(1, 3) * WAN, Fraction(1, 3) * WAN, MONEY)
    assert amount_words(amount).startswith("约")
