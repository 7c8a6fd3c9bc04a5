"""Rejects as CSV."""

import csv
import io

from huiqi.tables.rejects import HEADING, Reject, rejects_heading, rejects_text, shorten


def test_parts_join_into_one_file() -> None:
    first = [Reject(3, "E3", "投资额", "很多", "要数，不是“字”", "写 300万元")]
    second = [Reject(7, "E7", "", '带"引号"\n换行', "", "")]
    text = rejects_heading() + rejects_text(first) + rejects_text([]) + rejects_text(second)
    assert text.startswith("\ufeff行,编号,列,值,原因,改法\r\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) == [
        list(HEADING),
        ["3", "E3", "投资额", "很多", "要数，不是“字”", "写 300万元"],
        ["7", "E7", "", '带"引号"\n换行', "", ""],
    ]


def test_a_formula_is_given_as_text_and_a_number_as_it_is() -> None:
    text = rejects_text([Reject(1, "=1+1", "@x", "-1", "+甲", "-5e3")])
    assert text == "1,'=1+1,'@x,-1,'+甲,-5e3\r\n"


def test_values_are_shown_in_forty_characters_and_one_line() -> None:
    assert shorten("甲" * 40) == "甲" * 40
    assert shorten("甲" * 41) == "甲" * 39 + "…"
    assert shorten("甲\n 乙") == "甲 乙"
