"""Remarks for the reader: written over several lines, read as one."""

from pathlib import Path

import pytest

from tests.support import Library, benefit


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("甲可以，\n      乙不行", "甲可以，乙不行"),
        ("最多\n      两年", "最多两年"),
        ("按 2.5%\n      算", "按 2.5% 算"),
        ("见 GB\n      T 2260", "见 GB T 2260"),
    ],
)
def test_a_long_line_broken_between_chinese_characters_is_joined_without_a_blank(
    tmp_path: Path, written: str, read: str
) -> None:
    library = Library.of(tmp_path, benefit(f"注: >-\n      {written}"))
    (only,) = library.load().benefits.values()
    assert only.note == read
