"""Numbers in the formats of Word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.sources.labels import _FORMATS, label


@pytest.mark.parametrize(
    ("format_name", "shown"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12", 100: "100"}),
        ("decimalZero3", {7: "007"}),
        ("decimalZero4", {7: "0007"}),
        ("decimalZero5", {7: "00007"}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {3: "- 3 -"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix", 14: "xiv"}),
        ("upperRoman", {1994: "MCMXCIV", 444: "CDXLIV"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 100: "一○○"},
        ),
        (
            "chineseCountingThousand",
            {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 1005: "一千零五"},
        ),
        ("japaneseCounting", {10: "十", 11: "十一", 20: "二十", 100: "百", 101: "百一", 1000: "千"}),
        ("ideographDigital", {5: "五", 10: "一〇", 21: "二一"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 20: "贰拾", 101: "壹佰零壹"}),
        ("ideographLegalTraditional", {2: "貳", 6: "陸"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 11: "甲戌"}),
        ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalEnclosedParen", {2: "⑵"}),
    ],
)
def test_a_number_is_shown_as_its_format_has_it(format_name: str, shown: dict[int, str]) -> None:
    assert {value: label(value, format_name) for value in shown} == shown


def test_a_format_that_is_not_known_is_said_to_be_none() -> None:
    assert label(1, "hebrew1") is None


@given(st.sampled_from(sorted(_FORMATS)), st.integers(-5, 12_000))
def test_every_number_has_a_label_in_every_format(format_name: str, value: int) -> None:
    assert label(value, format_name)


@given(st.sampled_from(["chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting"]))
def test_no_two_numbers_have_the_same_label(format_name: str) -> None:
    assert len({label(value, format_name) for value in range(1, 10_000)}) == 9999
