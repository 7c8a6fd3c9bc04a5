"""Paragraphs are told where extracted text has lost its indents, and just as well where it has kept them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.texts import MEASURES, printed, reading, statute


def indented(paragraphs: tuple[str, ...], column: int) -> str:
    return "\n".join(f"　　{printed(paragraph, column=column)}" for paragraph in paragraphs)


def clauses(text: str, *, whole_lines: bool = False) -> list[tuple[str, str]]:
    found = reading(text, paragraphs=whole_lines).documents
    return [(each.cite, each.text) for document in found for each in document.walk()]


@given(column=st.integers(20, 28))
@pytest.mark.parametrize("paragraphs", [MEASURES, statute()], ids=["measures", "statute"])
def test_indents_that_were_kept_tell_every_paragraph(paragraphs: tuple[str, ...], column: int) -> None:
    assert clauses(indented(paragraphs, column)) == clauses("\n".join(paragraphs), whole_lines=True)


def test_a_margin_that_all_lines_have_is_no_indent() -> None:
    text = printed(*MEASURES)
    assert clauses("\n".join(f"    {line}" for line in text.split("\n"))) == clauses(text)
