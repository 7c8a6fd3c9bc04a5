"""Claims, limits and buckets, and what is turned down."""

from collections.abc import Callable

import pytest

from huiqi.allocate import Claim, Limit, Received, UpperFunds
from huiqi.allocate.binding import outranks
from huiqi.allocate.rules import buckets, fill, is_higher


def claim(low: int = 0, high: int = 0, level: str = "市") -> Claim:
    return Claim("甲", "甲", "甲", "文件", level, low, high, {})


def limit(
    words: str = "只给一项",
    at_most: int | None = None,
    total: int | None = None,
    highest_only: bool = False,
) -> Limit:
    return Limit("限制", "五、（二）", words, frozenset({"甲"}), ("企业",), at_most, total, highest_only)


def test_a_benefit_of_two_departments_is_in_the_bucket_of_each() -> None:
    keys = {"企业": ("本企业",), "责任单位": ("市商务局", "市财政局"), "年度": ("2024",)}
    assert buckets(keys, ("责任单位", "年度")) == (("市商务局", "2024"), ("市财政局", "2024"))


def test_a_value_named_twice_counts_once() -> None:
    assert buckets({"责任单位": ("市商务局", "市商务局")}, ("责任单位",)) == (("市商务局",),)


@pytest.mark.parametrize("keys", [{}, {"项目": ()}])
def test_without_the_dimension_there_is_no_bucket(keys: dict[str, tuple[str, ...]]) -> None:
    assert buckets({"企业": ("本企业",), **keys}, ("企业", "项目")) == ()


def test_a_rule_on_no_dimension_has_one_bucket_for_all() -> None:
    assert buckets({}, ()) == ((),)


def test_words_say_the_values_of_the_bucket_and_end_without_a_full_stop() -> None:
    said = fill("同一{年度}年度{责任单位}只给一项。", ("责任单位", "年度"), ("市商务局", "2024"))
    assert said == "同一2024年度市商务局只给一项"


def test_levels_rise_from_the_county_to_the_country() -> None:
    assert is_higher("国家", than="省")
    assert is_higher("省", than="市")
    assert is_higher("市", than="县区")
    assert not is_higher("市", than="市")
    assert not is_higher("县区", than="国家")


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [
        ((50, 50), (30, 30), True),
        ((50, 50), (50, 50), False),
        ((0, 100), (0, 50), True),
        ((30, 50), (20, 50), True),
        ((50, 50), (0, 100), False),
        ((0, 100), (50, 50), False),
    ],
)
def test_higher_means_lower_at_neither_end(
    one: tuple[int, int], other: tuple[int, int], higher: bool
) -> None:
    assert outranks(one, other) is higher


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: claim(low=-1), "不为负"),
        (lambda: claim(low=2, high=1), "从小到大"),
        (lambda: claim(level="镇"), "没有“镇”这一级"),
        (lambda: Received(None, "镇", 0, {}), "没有“镇”这一级"),
        (lambda: Received(None, "市", -1, {}), "不应为负"),
        (lambda: limit(), "既没有限项数，也没有限金额"),
        (lambda: limit(at_most=0), "应大于零"),
        (lambda: limit(total=0), "应大于零"),
        (lambda: limit(total=1, highest_only=True), "没有限项数"),
        (lambda: limit("{项目}只给一项", at_most=1), "不在“每”的各维（企业）之中"),
        (lambda: UpperFunds("上级", "", "{事由}不再给", frozenset(), ("企业",)), "不在“每”的各维"),
    ],
)
def test_what_makes_no_sense_is_turned_down(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()
