"""PDF to text: lines as printed and in reading order, pages, and what a page shows that is no text."""

import hashlib
import io
import struct

import pypdfium2 as pdfium
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.library.model import LossKind, Source
from huiqi.library.sources import SourceError, read_bytes
from huiqi.library.sources.pdf import reading
from tests.library.sources.making import PAGE, outcome, pdf, pdf_of_objects, shown, stream


def read(data: bytes) -> Source:
    return read_bytes(data, "a.pdf")


def text_of(*pages: str, rotate: int = 0) -> str:
    return read(pdf(*pages, rotate=rotate)).text


def test_lines_are_printed_lines_and_pages_are_those_of_the_file() -> None:
    source = read(
        pdf(
            shown(70, 700, "青禾市人民政府关于支持企业")
            + shown(70, 672, "发展的若干措施")
            + shown(280, 50, "— 1 —"),
            shown(70, 700, "一、对新认定的企业给予奖励。"),
        )
    )
    assert source.text == "青禾市人民政府关于支持企业\n发展的若干措施\n— 1 —\n一、对新认定的企业给予奖励。\n"
    assert [source.text[start:].splitlines()[0][:2] for start in source.page_starts] == ["青禾", "一、"]
    assert (source.medium, source.encoding, source.paragraphs, source.losses) == ("PDF", "", False, ())


def test_an_empty_page_is_a_page_and_no_loss() -> None:
    source = read(pdf(shown(70, 700, "青禾市"), "", shown(70, 700, "临江区")))
    assert source.text == "青禾市\n临江区\n"
    assert source.page_starts == (0, 4, 4)
    assert source.losses == ()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.text("青禾市政府一二三，。（）《》０１abcXYZ019%𠮷㎡①", min_size=1, max_size=30),
        min_size=1,
        max_size=20,
    )
)
def test_no_character_of_a_page_is_lost_or_added(lines: list[str]) -> None:
    lines = ["青禾市", *lines]
    content = "".join(shown(50, 800 - 30 * index, line, 12) for index, line in enumerate(lines))
    assert text_of(content) == "".join(line + "\n" for line in lines)


@pytest.mark.parametrize(
    ("spacing", "found"), [(0, "青禾"), (8, "青禾"), (12, "青禾"), (18, "青 禾"), (60, "青 禾")]
)
def test_a_gap_is_a_blank_only_where_it_is_wider_than_justified_lines_need(spacing: int, found: str) -> None:
    assert text_of(shown(70, 700, "青") + shown(86 + spacing, 700, "禾")) == found + "\n"


def test_spacing_between_chinese_and_figures_is_no_blank_and_that_between_words_is_one() -> None:
    content = shown(70, 700, "给予") + shown(106, 700, "30") + shown(126, 700, "万元")
    content += shown(70, 670, "small") + shown(116, 670, "firms")
    assert text_of(content) == "给予30万元\nsmall firms\n"


def test_a_blank_that_is_drawn_stays() -> None:
    assert text_of(shown(70, 700, "2024 年 3 月　印发")) == "2024 年 3 月　印发\n"


def test_a_raised_or_lowered_figure_stays_on_its_line() -> None:
    content = shown(70, 700, "面积500m") + shown(134, 707, "2", 8) + shown(138, 700, "以上，H")
    content += shown(194, 696, "2", 8) + shown(198, 700, "O")
    assert text_of(content) == "面积500m2以上，H2O\n"


def test_lines_set_as_closely_as_can_be_stay_apart() -> None:
    content = "".join(shown(70, 700 - 16 * index, f"第{index}行内容") for index in range(5))
    assert text_of(content) == "第0行内容\n第1行内容\n第2行内容\n第3行内容\n第4行内容\n"


def test_an_indented_line_after_a_short_one_is_a_line() -> None:
    content = (
        shown(50, 612, "设兵团局：", 9.4) + shown(69, 598, "为深入实施", 9.4) + shown(50, 585, "现通知", 9.4)
    )
    assert text_of(content) == "设兵团局：\n为深入实施\n现通知\n"


def test_radicals_and_compatibility_forms_become_the_usual_characters() -> None:
    assert text_of(shown(70, 700, "⼀、⻓⻘⺠⻔⼯⽅豈")) == "一、长青民门工方豈\n"


def test_what_is_not_seen_is_left_out_and_a_hyphen_at_a_line_end_stays() -> None:
    content = (
        shown(70, 700, "a\u200bb\ufeffc") + shown(70, 670, "co-oper-") + shown(70, 640, "ation of firms")
    )
    assert text_of(content) == "abc\nco-oper-\nation of firms\n"


def test_a_soft_hyphen_that_is_drawn_is_a_hyphen() -> None:
    assert text_of(shown(70, 700, "well\u00adknown")) == "well-known\n"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    matrix = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[rotate]
    places = {90: [(100, 60), (130, 60)], 180: [(500, 100), (500, 130)], 270: [(490, 700), (460, 700)]}[
        rotate
    ]
    lines = [
        shown(*place, text, matrix=matrix) for place, text in zip(places, ["第一行", "第二行"], strict=True)
    ]
    assert text_of(*["".join(reversed(lines))], rotate=rotate) == "第一行\n第二行\n"


def test_a_page_with_a_turn_that_makes_no_sense_is_not_turned() -> None:
    assert text_of(shown(70, 700, "第一行") + shown(70, 600, "第二行"), rotate=45) == "第一行\n第二行\n"


def test_text_that_runs_upwards_is_a_line_of_its_own() -> None:
    content = (
        shown(70, 700, "正文") + shown(60, 400, "竖放的附表", matrix="0 1 -1 0") + shown(70, 300, "后文")
    )
    assert text_of(content) == "正文\n竖放的附表\n后文\n"


def test_a_foot_that_was_put_down_first_and_a_head_put_down_last_are_put_right() -> None:
    body = "".join(shown(70, 700 - 28 * index, f"第{index}行正文") for index in range(3))
    content = shown(480, 50, "3") + body + shown(400, 800, "青禾市公报")
    assert text_of(content) == "青禾市公报\n第0行正文\n第1行正文\n第2行正文\n3\n"


def test_a_line_that_was_put_down_late_is_put_where_it_stands() -> None:
    content = shown(70, 700, "第一行") + shown(70, 640, "第三行") + shown(70, 670, "第二行")
    assert text_of(content) == "第一行\n第二行\n第三行\n"


def test_columns_are_read_one_after_the_other() -> None:
    left = "".join(shown(60, 700 - 28 * index, f"左栏第{index}行的文字") for index in range(4))
    right = "".join(shown(320, 694 - 28 * index, f"右栏第{index}行的文字") for index in range(3))
    text = text_of(shown(150, 760, "横贯两栏的标题文字横贯两栏") + left + right)
    order = [line[:4] for line in text.splitlines()]
    assert order == [
        "横贯两栏",
        *(f"左栏第{index}" for index in range(4)),
        *(f"右栏第{index}" for index in range(3)),
    ]


def test_a_page_with_very_many_lines_is_left_in_the_order_of_its_content() -> None:
    lines = [shown(50, 20 + 1.6 * index, f"{index}", 1) for index in range(500)]
    assert text_of("".join(lines)).split() == [str(index) for index in range(500)]


def test_what_a_real_writer_sets_in_two_columns_with_hyphens_comes_back() -> None:
    words = (
        "internationalization of extraordinary characteristics notwithstanding administrative reorganization "
    )
    markup = (
        '#set page("a4", columns: 2, numbering: "1")\n#set text(font: "Libertinus Serif", hyphenate: true)\n'
    )
    source = read(typst.compile((markup + "#set par(justify: true)\n" + words * 30).encode()))
    lines = source.text.splitlines()
    assert lines[-1] == "1"
    joined = " ".join(lines[:-1]).replace("- ", "")
    assert joined == (words * 30).strip()


def test_letters_that_are_one_shape_and_accents_come_out_as_letters() -> None:
    markup = '#set text(font: "Libertinus Serif")\nofficial office: affiliated, caf\\u{65}\\u{301}'
    source = read(typst.compile(markup.replace("\\u{65}\\u{301}", "e\u0301").encode()))
    assert source.text == "official office: affiliated, café\n"


def test_a_scan_is_told_as_one() -> None:
    with pytest.raises(SourceError, match=r"没有文字层，多半是扫描件.*OCR"):
        read(pdf(f"q {PAGE[0]} 0 0 {PAGE[1]} 0 0 cm /Im1 Do Q"))


def test_a_page_without_text_among_others_is_reported_where_it_would_stand() -> None:
    scan = f"q {PAGE[0]} 0 0 {PAGE[1]} 0 0 cm /Im1 Do Q"
    source = read(pdf(shown(70, 700, "青禾市"), scan, shown(70, 700, "临江区")))
    (loss,) = source.losses
    assert (loss.kind, loss.at) == (LossKind.UNREADABLE, 4)
    assert "第 2 页没有文字" in loss.what


@pytest.mark.parametrize(("shapes", "losses"), [(2, 0), (40, 1)])
def test_a_page_of_outlines_may_be_text_and_one_with_a_rule_is_empty(shapes: int, losses: int) -> None:
    outlines = "".join(f"{60 + 9 * index} 700 8 8 re f " for index in range(shapes))
    assert len(read(pdf(shown(70, 700, "青禾市"), outlines)).losses) == losses


def test_a_font_that_does_not_name_its_characters_makes_the_text_garbled() -> None:
    with pytest.raises(SourceError, match=r"乱码.*OCR"):
        read(pdf(shown(70, 700, "青禾市人民政府", font="F2") + shown(70, 600, "青禾市")))


def test_a_few_characters_that_are_not_named_are_reported_and_the_rest_is_read() -> None:
    source = read(pdf(shown(70, 700, "青禾市人民政府") + shown(70, 600, "ab\1", font="F2")))
    (loss,) = source.losses
    assert (loss.kind, loss.at, source.text) == (LossKind.UNREADABLE, 0, "青禾市人民政府\nab\ufffd\n")
    assert "第 1 页有 3 处字形没有说明是什么字" in loss.what


def test_a_broken_page_is_reported_and_the_others_are_read() -> None:
    data = pdf(shown(70, 700, "青禾市"), shown(70, 700, "第二页"), shown(70, 700, "临江区"))
    (loss,) = read(data.replace(b"/Kids[11 0 R 13 0 R", b"/Kids[11 0 R 99 0 R")).losses
    assert (loss.kind, loss.at) == (LossKind.UNREADABLE, 4)
    assert "第 2 页坏了" in loss.what


def test_a_shape_that_is_named_a_control_character_is_unknown() -> None:
    source = read(pdf(shown(70, 700, "青\1禾\ud800市")))
    assert source.text == "青\ufffd禾\ufffd市\n"
    assert "有 2 处字形" in source.losses[0].what


def test_a_pdf_of_which_every_page_is_broken_is_broken() -> None:
    data = pdf(shown(70, 700, "青禾市"))
    assert "PDF 坏了" in outcome(data.replace(b"/Kids[11 0 R]", b"/Kids[99 0 R]"), "a.pdf")
    assert "PDF 坏了" in outcome(data.replace(b"/Kids[11 0 R]/Count 1", b"/Kids[]/Count 0"), "a.pdf")


def test_a_pdf_with_too_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_CHARACTERS", 5)
    assert "字数超过" in outcome(pdf(shown(70, 700, "青禾市"), shown(70, 700, "临江区")), "a.pdf")


def test_a_pdf_with_too_many_pages_is_refused_at_once() -> None:
    kids = b"4 0 R " * 5001
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 5001>>" % kids, b"null"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    with pytest.raises(SourceError, match="有 5001 页，最多读 5000 页"):
        read(pdf_of_objects([*objects, page]))


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(password: bytes) -> bytes:
    """A PDF encrypted in the oldest way (40-bit RC4) with a password for opening it, or with an empty one."""
    owner = bytes(32)
    start = (password + PADDING)[:32] + owner + struct.pack("<i", -4) + b"huiqi-test-ident"
    key = hashlib.md5(start).digest()[:5]
    content = b"BT /F1 16 Tf 70 700 Td (Qinghe) Tj ET"
    locked = rc4(hashlib.md5(key + b"\x04\0\0\0\0").digest()[:10], content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(locked),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (owner.hex().encode(), rc4(key, PADDING).hex().encode()),
    ]
    identity = b"huiqi-test-ident".hex().encode()
    return pdf_of_objects(objects, b"/Encrypt 6 0 R/ID[<%s><%s>]" % (identity, identity))


def test_a_pdf_that_only_restricts_copying_is_read() -> None:
    assert read(encrypted(b"")).text == "Qinghe\n"


def test_a_pdf_with_a_password_for_opening_is_told_as_one() -> None:
    with pytest.raises(SourceError, match=r"加了打开密码.*去掉密码"):
        read(encrypted(b"secret"))


def test_a_pdf_encrypted_in_an_unknown_way_is_told_as_one() -> None:
    with pytest.raises(SourceError, match="不认识的加密方式"):
        read(encrypted(b"").replace(b"/Filter/Standard/V 1", b"/Filter/Quantum1/V 1"))


def test_a_pdf_that_was_cut_off_is_told_or_read_as_far_as_it_goes() -> None:
    data = pdf(shown(70, 700, "青禾市"))
    for length in range(20, len(data), 97):
        assert outcome(data[:length], "a.pdf").startswith(("PDF", "青禾市"))


def test_bytes_before_the_header_do_not_hide_a_pdf() -> None:
    assert read(b"\n\r\n" + pdf(shown(70, 700, "青禾市"))).text == "青禾市\n"
    assert read(b"\0job\1\n" + pdf(shown(70, 700, "青禾市"))).text == "青禾市\n"


def test_the_same_pdf_saved_by_another_program_is_the_same_text() -> None:
    document = pdfium.PdfDocument(pdf(shown(70, 700, "青禾市人民政府"), shown(70, 700, "第二页")))
    saved = io.BytesIO()
    document.save(saved)
    assert read(saved.getvalue()).text == "青禾市人民政府\n第二页\n"
