"""Credit codes by the column agree with the parser of single codes."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as some

from huiqi.codes.errors import CodeError
from huiqi.codes.uscc import ALPHABET, check_character, organisation_check_character, parse
from huiqi.tables.credit_codes import are_credit_codes


@some.composite
def _codes(draw: some.DrawFn) -> str:
    organisation = draw(some.text(ALPHABET, min_size=8, max_size=8))
    body = "91410203" + organisation + organisation_check_character(organisation)
    if not set(body) <= set(ALPHABET):
        body = "9141020370678901" + organisation_check_character("70678901")
    code = body + check_character(body)
    place = draw(some.integers(0, 17))
    return draw(
        some.sampled_from([code, code[:place] + draw(some.sampled_from(ALPHABET)) + code[place + 1 :]])
    )


def _is_code(text: str) -> bool:
    try:
        parse(text)
    except CodeError:
        return False
    return True


@given(some.lists(some.none() | some.text(max_size=20) | _codes(), max_size=20))
def test_the_same_as_one_by_one(texts: list[str | None]) -> None:
    found = are_credit_codes(pl.Series(texts, dtype=pl.String)).tolist()
    assert found == [one is not None and _is_code(one) for one in texts]


def test_a_right_code_is_one_and_a_wrong_one_is_none() -> None:
    body = "9141020370678901" + organisation_check_character("70678901")
    code = body + check_character(body)
    wrong = code[:-1] + ("1" if code[-1] == "0" else "0")
    assert are_credit_codes(pl.Series([code, wrong, code + "0", None])).tolist() == [
        True,
        False,
        False,
        False,
    ]
