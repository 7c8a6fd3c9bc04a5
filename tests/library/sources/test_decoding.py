"""Bytes to text: what was written comes back, and what cannot be told is not guessed."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.sources.decoding import decode
from huiqi.library.sources.errors import SourceError

SENTENCE = "青禾市人民政府：一、对新认定的企业，给予30万元奖励。\n（二）按20％补助；"

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
chinese = st.text(
    st.sampled_from("青禾市人民政府关于支持企业发展的若干措施，。、（）％0123456789\n\t "), min_size=1
)


@given(anything)
def test_what_was_written_in_utf_8_comes_back(text: str) -> None:
    decoded = decode(text.encode("utf-8"))
    assert decoded.encoding in ("UTF-8", "UTF-8 BOM")
    assert decoded.text == text.removeprefix("\ufeff")


@given(anything)
def test_what_was_written_in_utf_8_with_its_mark_comes_back(text: str) -> None:
    decoded = decode(codecs.BOM_UTF8 + text.encode("utf-8"))
    assert (decoded.text, decoded.encoding) == (text, "UTF-8 BOM")


@given(anything, st.sampled_from(["le", "be"]))
def test_what_was_written_in_utf_16_with_its_mark_comes_back(text: str, order: str) -> None:
    mark = codecs.BOM_UTF16_LE if order == "le" else codecs.BOM_UTF16_BE
    decoded = decode(mark + text.encode(f"utf-16-{order}"))
    assert (decoded.text, decoded.encoding) == (text, f"UTF-16{order.upper()}")


@given(chinese)
def test_what_was_written_in_gb18030_comes_back_unless_it_is_valid_utf_8(text: str) -> None:
    data = text.encode("gb18030")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode(data)
        assert (decoded.text, decoded.encoding) == (text, "GB18030")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_a_page_that_says_gbk_is_read_as_that_however_rare_its_characters(text: str) -> None:
    data = ("公" + text).encode("gb18030")
    assert decode(data, "GBK").text == "公" + text


def test_a_few_rare_characters_and_signs_do_not_hide_gb18030() -> None:
    text = SENTENCE + "①②■㎡€堃旸𬭊" + SENTENCE
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "企業の発展を支援するため、次の措置を講じる。補助金の額は三百万円を上限とする。"),
        ("euc_jp", "企業の発展を支援するため、次の措置を講じる。補助金の額は三百万円を上限とする。"),
        ("latin-1", "Aide aux entreprises: délai fixé à l'été, déjà publié"),
        ("cp1251", "О мерах по поддержке предприятий малого бизнеса"),
    ],
)
def test_another_encoding_is_refused_and_never_read_as_chinese(encoding: str, text: str) -> None:
    with pytest.raises(SourceError, match=r"看不出是什么编码.*另存为 UTF-8"):
        decode(text.encode(encoding))


def test_big5_is_recognised_and_refused() -> None:
    text = "為進一步促進市場主體發展，支持企業技術改造，現提出以下措施。"
    with pytest.raises(SourceError, match="像是 Big5 编码"):
        decode(text.encode("big5"))


def test_a_broken_byte_in_utf_8_is_told_with_its_place() -> None:
    data = (SENTENCE * 3).encode("utf-8").replace("补助".encode(), b"\xff")
    with pytest.raises(SourceError, match="第 2 行第 8 个字处有不成字的字节，其余是 UTF-8"):
        decode(data)


def test_a_broken_byte_in_gb18030_is_told_with_its_place() -> None:
    data = (SENTENCE * 9).encode("gb18030").replace("补助".encode("gb18030"), b"\xff\xff", 1)
    with pytest.raises(SourceError, match="第 2 行第 8 个字处有不成字的字节，其余是 GB18030"):
        decode(data)


def test_utf_16_without_its_mark_is_told_from_other_zero_bytes() -> None:
    with pytest.raises(SourceError, match="没有 BOM 标记的 UTF-16"):
        decode(("Qinghe 2024 No. 5, " * 5 + SENTENCE).encode("utf-16-le"))
    with pytest.raises(SourceError, match="第 3 行有零字节，不是文字"):
        decode(b"one\ntwo\nthree\0four and five, six\n")


def test_a_zero_character_is_no_text_in_utf_16_either() -> None:
    with pytest.raises(SourceError, match="有零字符"):
        decode(codecs.BOM_UTF16_LE + "青\0禾".encode("utf-16-le"))


def test_utf_16_that_breaks_off_is_told() -> None:
    with pytest.raises(SourceError, match=r"标明是 UTF-16.*不完整"):
        decode(codecs.BOM_UTF16_LE + "青禾".encode("utf-16-le")[:-1])


@pytest.mark.parametrize("order", ["utf-32-le", "utf-32-be"])
def test_utf_32_is_refused_by_name(order: str) -> None:
    mark = codecs.BOM_UTF32_LE if order == "utf-32-le" else codecs.BOM_UTF32_BE
    with pytest.raises(SourceError, match="UTF-32"):
        decode(mark + SENTENCE.encode(order))


def test_a_declared_encoding_that_is_not_read_is_named() -> None:
    with pytest.raises(SourceError, match="自称编码是 Shift_JIS"):
        decode("措置".encode("shift_jis"), "Shift_JIS")


def test_valid_utf_8_is_utf_8_whatever_is_declared() -> None:
    assert decode(SENTENCE.encode(), "gb2312").encoding == "UTF-8"


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except SourceError as error:
        text = error.problem
    assert isinstance(text, str)
