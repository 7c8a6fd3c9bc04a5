"""Names are compared without what is written in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.store.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青政办〔2031〕7号", "青政办[2031]7 号"),
        ("青政办〔2031〕7号", "青政办（2031）7号".replace("（", "【").replace("）", "】")),
        ("《青禾市小店扶持若干措施》", "青禾市小店扶持若干措施"),
        ("“一件事”清单", '"一件事"清单'),
        ("办法（试行）", "办法(试行)"),
        ("青禾市貸款辦法", "青禾市贷款办法"),
    ],
)
def test_the_same_name_written_differently_has_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_numbers_have_different_keys() -> None:
    assert len({name_key(each) for each in ("青政〔2031〕7号", "青政〔2031〕17号", "青政办〔2031〕7号")}) == 3


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
