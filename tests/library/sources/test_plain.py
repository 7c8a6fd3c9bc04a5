"""Plain text stays as it came, but for newlines and form feeds."""

from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.sources import read_bytes
from tests.library.sources.making import word

lines = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), min_size=1, max_size=8
).map(lambda parts: ["青禾市", *parts])


@given(lines, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_kind_of_newline_becomes_the_one_of_unix_and_nothing_else_changes(
    parts: list[str], newline: str
) -> None:
    source = read_bytes(newline.join(parts).encode(), "a.txt")
    assert source.text == "\n".join(parts)


def test_text_that_is_not_in_nfc_stays_as_it_is() -> None:
    source = read_bytes("青禾 e\u0301 \u2f00\u3001\uf900\u2028续".encode(), "a.txt")
    assert source.text == "青禾 e\u0301 \u2f00\u3001\uf900\u2028续"


def test_lines_of_a_text_are_printed_lines_and_it_has_no_pages_or_losses() -> None:
    source = read_bytes("青禾市\n临江区\n".encode(), "a.txt")
    assert (source.medium, source.paragraphs, source.page_starts, source.losses) == ("文本", False, (), ())


def test_a_form_feed_begins_a_page_and_is_no_character() -> None:
    source = read_bytes("第一页\n\f第二页\r\n\f第三页".encode(), "a.txt")
    assert source.text == "第一页\n第二页\n第三页"
    assert [source.text[start : start + 3] for start in source.page_starts] == ["第一页", "第二页", "第三页"]


def test_a_form_feed_within_a_line_ends_it() -> None:
    source = read_bytes("甲\f乙\f\f丙".encode(), "a.txt")
    assert source.text == "甲\n乙\n\n丙"
    assert source.page_starts == (0, 2, 4, 5)


def test_a_form_feed_at_the_end_begins_no_page() -> None:
    source = read_bytes("甲\n\f乙\n\f".encode(), "a.txt")
    assert source.text == "甲\n乙\n"
    assert source.page_starts == (0, 2)


@given(st.lists(st.text("甲乙\n", max_size=5), min_size=1, max_size=6))
def test_pages_hold_what_stood_between_the_form_feeds(pages: list[str]) -> None:
    pages = ["青禾", *pages, "完"]
    source = read_bytes("\f".join(pages).encode(), "a.txt")
    ends = (*source.page_starts[1:], len(source.text))
    found = [source.text[start:end] for start, end in zip(source.page_starts, ends, strict=True)]
    assert [page.removesuffix("\n") for page in found] == [page.removesuffix("\n") for page in pages]


def test_a_table_typed_with_angle_brackets_is_text() -> None:
    text = "<三十万元以下>\n企业<5人\n"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_what_a_file_is_called_does_not_decide_what_it_is() -> None:
    source = read_bytes(word("<w:p><w:r><w:t>青禾市</w:t></w:r></w:p>"), "a.txt")
    assert source.medium == "Word"
