"""GB 32100-2015: what a unified social credit code must be, and what its errors say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.codes import uscc
from huiqi.codes.errors import CodeError

digits = st.sampled_from("0123456789")
characters = st.sampled_from(uscc.ALPHABET)


@st.composite
def valid_codes(draw: st.DrawFn) -> str:
    """Codes of bodies that do not exist, correct in both check characters."""
    head = draw(characters) + draw(characters) + "".join(draw(digits) for _ in range(6))
    organisation = "".join(draw(characters) for _ in range(8))
    body = head + organisation + uscc.organisation_check_character(organisation)
    return body + uscc.check_character(body)


def made_up(head: str, organisation: str) -> str:
    body = head + organisation + uscc.organisation_check_character(organisation)
    return body + uscc.check_character(body)


def error(text: str) -> CodeError:
    with pytest.raises(CodeError) as caught:
        uscc.parse(text)
    return caught.value


@given(valid_codes())
def test_a_code_with_both_check_characters_computed_is_accepted_and_comes_back_whole(code: str) -> None:
    parsed = uscc.parse(code)
    assert str(parsed) == code
    assert (parsed.department, parsed.category, parsed.region) == (code[0], code[1], code[2:8])
    assert (parsed.organisation, parsed.check) == (code[8:17], code[17])


@given(valid_codes())
def test_the_check_characters_satisfy_the_congruences_of_the_standards(code: str) -> None:
    outer = sum(3**place * uscc.ALPHABET.index(character) for place, character in enumerate(code))
    # The 18th character has weight 3^30 = 1 (mod 31), which is not 3^17: take it apart from the rest.
    last = uscc.ALPHABET.index(code[17])
    assert (outer - 3**17 * last + last) % 31 == 0
    inner = sum(
        weight * (int(character) if character.isdigit() else ord(character) - ord("A") + 10)
        for weight, character in zip((3, 7, 9, 10, 5, 8, 4, 2), code[8:16], strict=True)
    )
    assert (inner + "0123456789X".index(code[16])) % 11 == 0


@given(valid_codes(), st.integers(0, 17), st.characters(min_codepoint=33, max_codepoint=0xFFEF))
def test_every_single_wrong_character_is_rejected(code: str, place: int, wrong: str) -> None:
    if wrong != code[place]:
        error(code[:place] + wrong + code[place + 1 :])


def test_every_single_wrong_character_of_one_code_is_rejected_exhaustively() -> None:
    code = made_up("91410205", "MA3X0001")
    tried = 0
    for place in range(18):
        for wrong in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if wrong != code[place]:
                error(code[:place] + wrong + code[place + 1 :])
                tried += 1
    assert tried == 18 * 35


@given(valid_codes(), st.integers(0, 16))
def test_two_neighbours_swapped_are_rejected(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        error(swapped)


@pytest.mark.parametrize(("body", "check"), [("60003734", "1"), ("67395965", "4")])
def test_organisation_code_check_character_known_values(body: str, check: str) -> None:
    assert uscc.organisation_check_character(body) == check


def test_letters_count_differently_in_the_two_standards() -> None:
    """M is 22 in GB 11714 and 21 in GB 32100, which leaves out I, O, S, V and Z."""
    assert uscc.organisation_check_character("0000000M") == uscc.organisation_check_character("00000000")
    assert uscc.ALPHABET.index("M") == 21


def test_departments_and_kinds_may_be_letters() -> None:
    """Village collectives begin with N; a validator that demands digits there turns them away."""
    assert uscc.parse(made_up("N2410205", "MF000001")).registered_as is None


@pytest.mark.parametrize(("head", "kind"), [("91", "企业"), ("92", "个体工商户"), ("93", "农民专业合作社")])
def test_first_two_characters_say_what_the_regulator_registered(head: str, kind: str) -> None:
    assert uscc.parse(made_up(head + "410205", "MA000001")).registered_as == kind


@pytest.mark.parametrize(
    ("place", "wrong", "words"),
    [
        (0, "S", "第1位“S”不对：只用数字和大写字母，不用 I、O、S、V、Z，是不是“5”"),
        (4, "O", "第5位“O”不对：第3至8位是行政区划，只能是数字，是不是“0”"),
        (7, "A", "第8位“A”不对：第3至8位是行政区划，只能是数字"),
        (9, "a", "第10位“a”不对：只用数字和大写字母，不用 I、O、S、V、Z，应为大写“A”"),
        (17, "Z", "第18位“Z”不对：只用数字和大写字母，不用 I、O、S、V、Z，是不是“2”"),
        (12, "０", "第13位“０”不对：只用数字和大写字母，不用 I、O、S、V、Z"),
    ],
)
def test_a_character_that_cannot_stand_there_is_named_with_its_position(
    place: int, wrong: str, words: str
) -> None:
    code = made_up("91410205", "MA3X0001")
    caught = error(code[:place] + wrong + code[place + 1 :])
    assert str(caught) == words
    assert caught.position == place + 1


@given(valid_codes(), characters)
def test_a_wrong_last_character_is_told_the_right_one(code: str, wrong: str) -> None:
    if wrong != code[17]:
        caught = error(code[:17] + wrong)
        assert caught.position == 18
        assert f"第18位校验码应为“{code[17]}”，现为“{wrong}”" in str(caught)


@given(valid_codes(), characters)
def test_a_wrong_inner_check_character_is_told_the_right_one(code: str, wrong: str) -> None:
    if wrong != code[16]:
        caught = error(code[:16] + wrong + code[17])
        assert caught.position == 17
        assert str(caught) == f"第17位（组织机构代码的校验码）应为“{code[16]}”，现为“{wrong}”"


def test_a_wrong_character_of_the_organisation_code_points_at_its_eight_places() -> None:
    code = made_up("91410205", "60003734")
    caught = error(code[:10] + "9" + code[11:])
    assert "多半是第9至16位中有一位抄错" in str(caught)
    assert caught.position == 9


def test_a_correct_last_character_on_a_wrong_inner_one_means_several_faults() -> None:
    body = made_up("91410205", "60003734")[:16] + "2"
    assert "抄错的不止一位" in str(error(body + uscc.check_character(body)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("410205100000017", "这是15位的旧工商注册号，已改用18位统一社会信用代码"),
        ("600037341", "只有9位，像是旧组织机构代码"),
        ("", "统一社会信用代码应为18位，现有0位"),
        ("9" * 19, "统一社会信用代码应为18位，现有19位"),
        ("41020510000001A", "统一社会信用代码应为18位，现有15位"),
    ],
)
def test_other_lengths_each_get_their_own_words(text: str, words: str) -> None:
    caught = error(text)
    assert words in str(caught)
    assert caught.position is None


@pytest.mark.parametrize("body", ["", "9141020560003734", "91410205600037341I"])
def test_check_character_needs_seventeen_good_characters(body: str) -> None:
    with pytest.raises(CodeError, match="前17位"):
        uscc.check_character(body)


@pytest.mark.parametrize("body", ["1234567", "123456789", "1234567a", "１２３４５６７８"])
def test_organisation_check_character_needs_eight_good_characters(body: str) -> None:
    with pytest.raises(CodeError, match="前8位"):
        uscc.organisation_check_character(body)
