"""Collections: lists of structs and JSON texts say the same, and a wrong item says where it is."""

import json
from typing import Any

import polars as pl
import pytest

from huiqi.columns.batch import ROW
from huiqi.tables.items import CollectionReader, Listed
from tests.tables.enterprises import VOCABULARY


def _read(column: pl.Series, name: str = "项目", **options: Any) -> Listed:
    return CollectionReader(VOCABULARY[name], **options).read(column.alias(name))


def _said(listed: Listed) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in listed.wrong]


_LISTS = [
    [{"名称": "甲", "设备额": 100.5}, {"名称": None, "设备额": None}],
    [],
    None,
    [{"名称": "乙", "设备额": 0.001}],
]


def test_lists_of_structs_and_json_say_the_same() -> None:
    structs = _read(pl.Series(_LISTS))
    texts = _read(pl.Series([None if one is None else json.dumps(one) for one in _LISTS]))
    for listed in (structs, texts):
        assert listed.given.to_list() == [True, True, False, True]
        assert listed.items[ROW].to_list() == [0, 0, 3]
        assert listed.items["名称"].to_list() == ["甲", None, "乙"]
        assert listed.items["设备额"].to_list() == [10050, None, None]
        assert {row: {place: dict(one) for place, one in odd.items()} for row, odd in listed.odd.items()} == {
            3: {0: {"设备额": pytest.approx(0.1)}}
        }
        assert not listed.wrong


@pytest.mark.parametrize("text", ["", " ", "未知", "null", '{"未知": "过期"}', None])
def test_a_text_that_says_unknown_is_not_given(text: str | None) -> None:
    listed = _read(pl.Series([text, "[]"]))
    assert (listed.given.to_list(), len(listed.items), listed.wrong) == ([False, True], 0, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[{", "不是 JSON 列表"),
        ("三个", "不是 JSON 列表"),
        ('{"名称": "甲"}', "要列表"),
        ("3", "要列表"),
        ("[3]", "第1项 项目：每一项要写成"),
        ('[{"名称": "甲", "名称": "乙"}]', "“名称”写了两次"),
        ('[{}, {"名字": "甲"}]', "第2项 项目没有“名字”这个字段"),
        ('[{}, {}, {"人数": "几个"}]', "第3项 项目.人数要数：“几个”"),
        ('[{"人数": {"未知": "瞎"}}]', "第1项 项目.人数：未知的种类写错了"),
        ('[{"人数": [1]}]', "第1项 项目.人数只能有一个值"),
        ('[{"人数": NaN}]', "第1项 项目.人数"),
        ('[{"人数": -1}]', "超出了可能的范围"),
        ("[" * 100_000, "不是 JSON 列表"),
    ],
)
def test_a_wrong_text_has_its_reason_and_place(text: str, words: str) -> None:
    ((row, reason),) = _said(_read(pl.Series(["[]", text])))
    assert row == 1
    assert words in reason


def test_json_values_are_read_as_cells_are() -> None:
    item = {"设备额": "3万元", "人数": 7, "示范": True, "完工日期": "2024-05-01", "类别": "新建", "_x": 1}
    odd = {"设备额": {"自": 1, "至": 2}, "示范": "否"}
    listed = _read(pl.Series([json.dumps([item, odd])]), ignored={"x"})
    assert listed.items.drop(ROW).row(0) == (None, 30_000 * 100, 7, *listed.items.row(0)[4:])
    assert listed.items["示范"].to_list() == [True, False]
    assert listed.odd[0][1]["设备额"].high == 200
    assert not listed.wrong


def test_a_null_among_the_structs_is_no_item() -> None:
    assert _said(_read(pl.Series([[{"名称": "甲"}], [{"名称": "乙"}, None]]))) == [
        (1, "第2项 项目：每一项要写成“字段: 值”")
    ]


@pytest.mark.parametrize(
    ("column", "given", "wrong"),
    [
        (pl.Series([None, None]), [False, False], []),
        (pl.Series([[], None], dtype=pl.List(pl.Null)), [True, False], []),
        (pl.Series([[1], []]), [True, True], [0]),
        (pl.Series([1, None]), [True, False], [0]),
    ],
)
def test_columns_of_other_types(column: pl.Series, given: list[bool], wrong: list[int]) -> None:
    listed = _read(column)
    assert listed.given.to_list() == given
    assert [one.row for one in listed.wrong] == wrong
    assert listed.items.columns == [ROW, *VOCABULARY["项目"].fields]


def test_personal_values_are_hidden() -> None:
    texts = pl.Series(['[{"失业月数": "七个多月"}]', '[{"失业月数": "七个多月"', '["七个多月"]'])
    listed = _read(texts, "招用人员")
    assert len(listed.wrong) == 3
    assert all(one.value == "（不显示）" and "七个多月" not in one.reason + one.hint for one in listed.wrong)
    shown = _read(pl.Series(['[{"合同期限": "长期"}]']), "招用人员")
    assert [one.value for one in shown.wrong] == ["长期"]
