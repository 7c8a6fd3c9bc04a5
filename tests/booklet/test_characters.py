import hashlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from huiqi.booklet.characters import (
    FONTS,
    HEADING_FONT,
    TEXT_FONTS,
    at_hand,
    characters_of,
    clean,
    families_for,
    shown,
)

GB2312 = {
    bytes((lead, trail)).decode("gb2312", errors="ignore")
    for lead in range(0xB0, 0xF8)
    for trail in range(0xA1, 0xFF)
} - {""}


def test_the_fonts_at_hand_have_all_of_gbk_and_rare_names() -> None:
    gbk = {chr(point) for point in range(0x4E00, 0x9FA6)}
    assert gbk - at_hand() == set()
    assert set("𬭎𫖯㛃䶮喆堃，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％￥①②③〓　 Aa0") - at_hand() == set()


def test_headings_have_a_face_of_their_own_for_common_characters() -> None:
    assert GB2312 - characters_of(FONTS / HEADING_FONT[1]) == set()


def test_no_two_text_fonts_have_the_same_character() -> None:
    first, second = (characters_of(FONTS / file) for _, file in TEXT_FONTS)
    assert not first & second


def test_the_licence_comes_with_the_fonts_and_the_readme_says_what_each_is() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "LICENSE").read_text(encoding="utf-8")
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    files = sorted(FONTS.glob("*.otf"))
    assert len(files) == 3
    for file in files:
        assert f"| `{file.name}` | `{hashlib.sha256(file.read_bytes()).hexdigest()}` |" in readme
        assert f"{len(characters_of(file)):,} characters" in readme


def font(*tables: bytes) -> bytes:
    """A font file with nothing but a table of characters."""
    records = b"".join(
        struct.pack(">HHI", 3, 1, 4 + 8 * len(tables) + sum(map(len, tables[:at])))
        for at in range(len(tables))
    )
    table = struct.pack(">HH", 0, len(tables)) + records + b"".join(tables)
    return (
        struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0)
        + struct.pack(">4sIII", b"cmap", 0, 28, len(table))
        + table
    )


def segments(*given: tuple[int, int, int, int], glyphs: tuple[int, ...] = ()) -> bytes:
    """A table of format 4; each segment is (first, last, delta, offset)."""
    count = len(given)
    columns = [
        [one[1] for one in given],
        [one[0] for one in given],
        [one[2] for one in given],
        [one[3] for one in given],
    ]
    packed = [struct.pack(f">{count}H", *column) for column in columns]
    body = packed[0] + b"\0\0" + packed[1] + packed[2] + packed[3] + struct.pack(f">{len(glyphs)}H", *glyphs)
    return struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * count, 0, 0, 0) + body


def test_an_old_table_is_read_glyph_by_glyph(tmp_path: Path) -> None:
    path = tmp_path / "old.ttf"
    # A to C shifted onto glyphs; a to c through a list in which b has none
    table = segments((65, 67, 0xFFC0, 0), (97, 99, 0, 4), (0xFFFF, 0xFFFF, 1, 0), glyphs=(5, 0, 6))
    path.write_bytes(font(table))
    assert characters_of(path) == set("ABCac")


@pytest.mark.parametrize("content", [b"", b"no font at all", font(struct.pack(">HH", 9, 4)), font()])
def test_a_broken_font_is_turned_down(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"字体"):
        characters_of(path)


def test_fonts_are_borrowed_in_order_and_broken_ones_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"?")
    song, rare = (FONTS / file for _, file in TEXT_FONTS)
    faces = [("破", broken, 0), ("无", tmp_path / "none.ttf", 0), ("罕", rare, 0), ("宋", song, 0)]
    assert families_for("䶮", faces) == {"罕": frozenset("䶮")}
    assert families_for("䶮中", faces) == {"罕": frozenset("䶮"), "宋": frozenset("中")}
    assert families_for("", faces) == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\u200b乙\ufeff丙\u00ad", "甲乙丙"),
        ("甲\n乙\t丙\u2028丁", "甲 乙 丙 丁"),
        ("甲\u00a0乙\u2003丙", "甲 乙 丙"),
        ("　甲", "　甲"),
        ("\x00甲\x1f", "甲"),
        ("葛\U000e0100城", "葛城"),
        ("e\u0301", "é"),
    ],
)
def test_what_only_steers_a_screen_is_left_out(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec=None)))
def test_whatever_is_shown_can_be_written_as_xml(text: str) -> None:
    element = etree.Element("p")
    element.text = shown(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (shown(text) or None)


def test_a_private_character_is_named_and_not_guessed() -> None:
    assert shown("甲\ue000") == "甲〓（U+E000）"
    assert shown("\ufffe\ud800") == "〓（U+FFFE）〓（U+D800）"
