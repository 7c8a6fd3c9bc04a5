"""What a form delivers becomes what the standard writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.codes.spelling import tidy


@pytest.mark.parametrize(
    "typed",
    [
        "914102ma",
        "９１４１０２ＭＡ",
        " 914102 MA\n",
        "914102-MA",
        "914102\u3000MA",
        "914102—MA",
        "914102\u00a0ma",
    ],
)
def test_one_code_typed_in_many_ways_is_one_code(typed: str) -> None:
    assert tidy(typed) == "914102MA"


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_a_code_already_tidy_is_left_alone(code: str) -> None:
    assert tidy(code) == code


def test_a_wrong_character_is_not_repaired() -> None:
    assert tidy("O0I1") == "O0I1"
