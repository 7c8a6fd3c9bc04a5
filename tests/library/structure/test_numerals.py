"""Numbers and days as official texts write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.model import ClauseKind
from huiqi.library.structure.dates import dates_in, first_date
from huiqi.library.structure.identify import label
from huiqi.library.structure.numerals import read_number, write_number


@given(st.integers(0, 9999))
def test_what_is_written_is_read_again(number: int) -> None:
    assert read_number(write_number(number)) == number


@given(st.integers(0, 99_999_999))
def test_no_two_numbers_are_written_alike(number: int) -> None:
    assert write_number(number) != write_number(number + 1)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (10, "十"),
        (13, "十三"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (10_010, "一万零一十"),
    ],
)
def test_forms_that_are_written(number: int, written: str) -> None:
    assert write_number(number) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十 三", 13),
        ("二〇", 20),
        ("二零二四", 2024),
        ("两", 2),
        ("１２", 12),
        ("③", 3),
        ("百", 100),
        ("", None),
        ("甲", None),
        ("一a", None),
    ],
)
def test_forms_that_are_read(text: str, number: int | None) -> None:
    assert read_number(text) == number


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    read_number(text)


@given(st.dates())
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    assert first_date(f"自{day.year:04}年{day.month}月{day.day}日起") == day


@pytest.mark.parametrize(
    "text", ["2024年 2月 29日", "二〇二四年二月二十九日", "二○二四年二月二十九日", "2024 年2 月29日"]
)
def test_forms_of_a_day(text: str) -> None:
    assert first_date(text) == date(2024, 2, 29)


def test_days_that_cannot_be_are_passed_over() -> None:
    found = [
        day for day, _, _ in dates_in("2023年2月29日或者0000年1月1日或者2024年13月1日，最晚2024年3月1日")
    ]
    assert found == [date(2024, 3, 1)]


@pytest.mark.parametrize(
    ("kind", "number", "branch", "cite"),
    [
        (ClauseKind.PART, 1, 0, "第一编"),
        (ClauseKind.CHAPTER, 12, 0, "第十二章"),
        (ClauseKind.SECTION, 2, 0, "第二节"),
        (ClauseKind.ARTICLE, 105, 0, "第一百零五条"),
        (ClauseKind.ARTICLE, 5, 1, "第五条之一"),
        (ClauseKind.STEP, 3, 0, "第三步"),
        (ClauseKind.ITEM, 11, 0, "十一、"),
        (ClauseKind.SUBITEM, 31, 0, "（三十一）"),
        (ClauseKind.POINT, 28, 0, "28."),
        (ClauseKind.SUBPOINT, 4, 0, "（4）"),
        (ClauseKind.DETAIL, 20, 0, "⑳"),
        (ClauseKind.PARAGRAPH, 1, 0, ""),
    ],
)
def test_numbers_in_the_form_in_which_they_are_cited(
    kind: ClauseKind, number: int, branch: int, cite: str
) -> None:
    assert label(kind, number, branch) == cite
