"""The heading: names, units, ids, and what is refused before a row is read."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from huiqi.tables.errors import TableError
from huiqi.tables.heading import Heading, as_ids, read_heading
from tests.tables.enterprises import VOCABULARY


def _read(columns: Sequence[str], id_column: str | None = None, ignore: Sequence[str] = ()) -> Heading:
    return read_heading(columns, {}, VOCABULARY, bool, id_column, set(ignore))


def test_facts_by_their_names_and_units() -> None:
    heading = _read(["编号", " 投资额（万元） ", "利润(亿元)", "项目", "企业规模"])
    cells = {name: (one.declaration.name, one.unit) for name, one in heading.cells.items()}
    assert cells == {
        " 投资额（万元） ": ("投资额", "万元"),
        "利润(亿元)": ("利润", "亿元"),
        "企业规模": ("企业规模", ""),
    }
    assert list(heading.collections) == ["项目"]
    assert heading.wanted == ("编号", *cells, "项目")


@pytest.mark.parametrize(
    ("columns", "id_column", "found"),
    [
        (["企业名称", "统一社会信用代码", "编号"], None, "编号"),
        (["企业名称", "统一社会信用代码"], None, "统一社会信用代码"),
        (["投资额", "企业名称"], None, "企业名称"),
        (["投资额"], None, None),
        (["编号", "档案号"], "档案号", "档案号"),
    ],
)
def test_the_column_of_ids(columns: list[str], id_column: str | None, found: str | None) -> None:
    ignore = ["编号"] if id_column else []
    assert _read(columns, id_column, ignore).id_column == found


def test_columns_that_are_not_looked_at() -> None:
    heading = _read(["编号", "_备注", "行业", "投资额"], ignore=["行业"])
    assert heading.wanted == ("编号", "投资额")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["编号", "投资金额"], "词表里没有“投资金额”这个事实（是不是“投资额”？"),
        (["编号", "qqq"], "运行 huiqi facts"),
        (["投资额（人）"], "列“投资额（人）”的单位不对，可以写 投资额（万元）"),
        (["投资额（大洋）"], "单位不对"),
        (["企业规模（万元）"], "单位不对，列名就写 企业规模"),
        (["投资额", "投资额（万元）"], "是同一个事实"),
        (["投资额", "投资额 "], "出现了两次"),
        (["投资额", ""], "第 2 列没有列名"),
    ],
)
def test_what_is_refused(columns: list[str], words: str) -> None:
    with pytest.raises(TableError) as refused:
        _read(columns)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_ids_that_are_not_there() -> None:
    with pytest.raises(TableError, match="没有“档案”这一列作编号，是不是“档案号”"):
        _read(["档案号"], "档案")


def test_fields_of_lists_of_structs() -> None:
    def fields(name: str, ignore: Sequence[str] = ()) -> Heading:
        schema = {"项目": pl.List(pl.Struct({"名称": pl.String, name: pl.Int64}))}
        return read_heading(["项目"], schema, VOCABULARY, bool, None, set(ignore))

    assert fields("设备额（万元）").collections["项目"].declaration.name == "项目"
    assert fields("负责人", ["项目.负责人"]).collections
    assert fields("_负责人").collections
    with pytest.raises(TableError, match="项目没有“设备款”这个字段（是不是“设备额”"):
        fields("设备款")


@pytest.mark.parametrize(
    ("column", "ids"),
    [
        (pl.Series([" 甲", "", None]), ["甲", None, None]),
        (pl.Series([7, None]), ["7", None]),
        (pl.Series([7.0, None]), ["7", None]),
    ],
)
def test_ids_are_texts(column: pl.Series, ids: list[Any]) -> None:
    assert as_ids(column).to_list() == ids


def test_lists_are_no_ids() -> None:
    with pytest.raises(TableError, match="不能作编号"):
        as_ids(pl.Series("编号", [[1]]))
