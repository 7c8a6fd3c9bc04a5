"""GB 11643-1999: what an identity number must be, and that no message gives one away.

Every number here is made up: the birth days are drawn, the serial numbers too.
"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.codes import identity
from huiqi.codes.errors import CodeError

CHECK = "10X98765432"


@st.composite
def valid_numbers(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from(sorted(identity.PROVINCES)))
    birth = draw(st.dates(date(1900, 1, 1), date(2026, 11, 23)))
    body = f"{province}{draw(st.integers(0, 9999)):04}{birth:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + identity.check_character(body)


def error(text: str, on: date | None = None) -> CodeError:
    with pytest.raises(CodeError) as caught:
        identity.parse(text, on=on)
    return caught.value


def with_body(body: str) -> str:
    return body + identity.check_character(body)


@given(valid_numbers())
def test_a_number_with_its_check_character_computed_is_accepted(number: str) -> None:
    parsed = identity.parse(number)
    assert (parsed.number, parsed.region) == (number, number[:6])
    assert f"{parsed.birth:%Y%m%d}" == number[6:14]


@given(valid_numbers())
def test_the_check_character_satisfies_the_congruence_of_the_standard(number: str) -> None:
    values = [int(digit) for digit in number[:17]] + [10 if number[17] == "X" else int(number[17])]
    assert sum(2 ** (17 - place) * value for place, value in enumerate(values)) % 11 == 1


def test_the_weights_are_those_printed_in_the_standard() -> None:
    """A lone 1 in place i makes the check character show weight i of the printed list."""
    printed = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    shown = [identity.check_character("0" * place + "1" + "0" * (16 - place)) for place in range(17)]
    assert shown == [CHECK[weight] for weight in printed]


@given(valid_numbers(), st.integers(0, 17), st.characters(min_codepoint=33, max_codepoint=0xFFEF))
def test_every_single_wrong_character_is_rejected(number: str, place: int, wrong: str) -> None:
    if wrong != number[place]:
        error(number[:place] + wrong + number[place + 1 :])


@given(valid_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_digit_is_rejected(number: str, place: int, wrong: str) -> None:
    if wrong != number[place]:
        error(number[:place] + wrong + number[place + 1 :])


@given(valid_numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_are_rejected(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        error(swapped)


# Every message that a number of the right length can get, without the characters that it is about: there is
# no place in them for any more of the number.
TEMPLATES = {
    "第N位“”不对：前17位只能是数字",
    "第18位“”不对：应是数字或大写“”",
    "第1至2位不是省级行政区划代码",
    "第7至10位的出生年份不存在",
    "第11至12位的出生月份应在01至12之间",
    "第13至14位的出生日不存在：那个月没有这一天",
    "第18位校验码应为“”，现为“”；如果末位没有抄错，就是前面某一位抄错了",
}


@given(valid_numbers(), st.integers(0, 17), st.sampled_from("0123456789X年"))
def test_a_message_carries_only_the_characters_that_it_is_about(number: str, place: int, wrong: str) -> None:
    if wrong == number[place]:
        return
    caught = error(number[:place] + wrong + number[place + 1 :])
    message = re.sub(r"“.”", "“”", str(caught))
    assert re.sub(r"^第\d+位“”不对：前", "第N位“”不对：前", message) in TEMPLATES
    assert caught.__cause__ is None
    assert caught.__suppress_context__ or caught.__context__ is None


@given(valid_numbers())
def test_printing_a_number_shows_only_its_mask(number: str) -> None:
    parsed = identity.parse(number)
    assert str(parsed) == parsed.masked == f"{number[:2]}**************{number[16:]}"
    assert number[6:14] not in repr(parsed)
    assert number not in f"{parsed} {parsed!r}"


@pytest.mark.parametrize(
    ("digits", "position", "words"),
    [
        ("00000101", 7, "第7至10位的出生年份不存在"),
        ("19900001", 11, "第11至12位的出生月份应在01至12之间"),
        ("19901301", 11, "第11至12位的出生月份应在01至12之间"),
        ("19900230", 13, "第13至14位的出生日不存在：那个月没有这一天"),
        ("19900431", 13, "第13至14位的出生日不存在：那个月没有这一天"),
        ("19900500", 13, "第13至14位的出生日不存在：那个月没有这一天"),
        ("19000229", 13, "第13至14位的出生日不存在：那个月没有这一天"),
    ],
)
def test_a_birth_date_that_does_not_exist_is_rejected(digits: str, position: int, words: str) -> None:
    caught = error(with_body(f"410205{digits}001"))
    assert str(caught) == words
    assert caught.position == position
    assert caught.__cause__ is None
    assert caught.__suppress_context__ or caught.__context__ is None


def test_a_leap_day_is_a_birth_date_in_a_leap_year() -> None:
    assert identity.parse(with_body("41020520000229001")).birth == date(2000, 2, 29)


def test_a_birth_after_the_day_of_asking_is_rejected_and_on_that_day_accepted() -> None:
    number = with_body("41020520240501001")
    assert "晚于2024-04-30" in str(error(number, on=date(2024, 4, 30)))
    assert identity.parse(number, on=date(2024, 5, 1)).birth == date(2024, 5, 1)


@pytest.mark.parametrize("province", ["00", "10", "16", "40", "47", "66", "84", "91"])
def test_a_region_of_no_province_is_rejected(province: str) -> None:
    caught = error(with_body(f"{province}020519900101001"))
    assert str(caught) == "第1至2位不是省级行政区划代码"
    assert caught.position == 1


def test_there_are_as_many_prefixes_as_provinces_and_one_more_for_residence_permits() -> None:
    assert len(identity.PROVINCES) == 34 + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("410205900101001", "这是15位的第一代身份证号，已经停用"),
        ("41020590010100X", "公民身份号码应为18位，现有15位"),
        ("", "公民身份号码应为18位，现有0位"),
        ("4" * 19, "公民身份号码应为18位，现有19位"),
    ],
)
def test_other_lengths_each_get_their_own_words(text: str, words: str) -> None:
    assert words in str(error(text))


@pytest.mark.parametrize("last", ["x", "A", "Ｘ", " "])
def test_the_last_character_is_a_digit_or_a_capital_x(last: str) -> None:
    caught = error("41020519900101001" + last)
    assert "应是数字或大写“X”" in str(caught)
    assert caught.position == 18


def test_check_character_needs_seventeen_digits() -> None:
    for body in ("", "1" * 16, "1" * 18, "1" * 16 + "X", "１" * 17):
        with pytest.raises(CodeError, match="前17位"):
            identity.check_character(body)
