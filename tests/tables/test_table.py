"""Whole tables: every row is in a batch or among the rejects; chunks are the same every time."""

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from huiqi.evaluate.values import Uncertain
from huiqi.tables import TableError, open_table
from tests.tables.enterprises import VOCABULARY, all_values, as_csv, as_parquet, chunks, rejects, values


def test_what_is_wrong_is_said_for_each_cell(tmp_path: Path) -> None:
    path = as_csv(
        tmp_path / "t.csv",
        "编号,投资额,企业规模,成立日期,项目\n"
        "E1,3万元,小型,2024-05-01,[]\n"
        "E2,很多,小形,2024-05-01,\n"
        'E3,1,小型,2024-05-01,"[{""人数"": 1}, {""人数"": ""x""}]"\n'
        "E4,1,小型\n"
        ",1,小型,2024-05-01,\n"
        "E1,2,大型,2024-05-01,\n",
    )
    (read,) = chunks(path)
    assert [(one.place, one.id, one.column, one.value) for one in read.rejects] == [
        (2, "E2", "投资额", "很多"),
        (2, "E2", "企业规模", "小形"),
        (3, "E3", "项目", "x"),
        (4, "", "", ""),
        (5, "", "编号", ""),
        (6, "E1", "编号", "E1"),
    ]
    assert read.rejects[1].hint == "是不是“小型”？"
    assert "第2项 项目.人数" in read.rejects[2].reason
    assert "重复" in read.rejects[5].reason
    assert (read.rows, list(read.batch.ids), read.places.to_list()) == (6, ["E1"], [1])


@pytest.mark.parametrize("rows", [1, 3, 4, 100])
def test_chunks_of_any_size_take_the_same_rows(tmp_path: Path, rows: int) -> None:
    columns = {
        "编号": [f"E{one % 9}" for one in range(12)],
        "投资额": [None if one % 5 == 0 else one / 3 for one in range(12)],
        "项目": [[{"人数": one}] * (one % 3) for one in range(12)],
    }
    path = as_parquet(tmp_path / "t.parquet", columns, row_group_size=5)
    read, whole = chunks(path, rows=rows), chunks(path)
    assert all_values(read) == all_values(whole)
    assert rejects(read) == rejects(whole)
    assert [one.place for one in rejects(read)] == [10, 11, 12]
    assert [one.first for one in read] == list(range(1, 13, rows))
    assert [one.number for one in read] == list(range(len(read)))
    assert open_table(path, VOCABULARY).rows == 12


def test_digests_are_of_the_rows(tmp_path: Path) -> None:
    columns = {"编号": ["E1", "E2", "E3", "E4"], "投资额": [1, 2, 3, 4]}
    first = chunks(as_parquet(tmp_path / "a.parquet", columns, compression="zstd"), rows=2)
    again = chunks(as_parquet(tmp_path / "b.parquet", columns, compression="lz4", row_group_size=3), rows=2)
    other = chunks(as_parquet(tmp_path / "c.parquet", {**columns, "投资额": [1, 2, 3, 5]}), rows=2)
    assert [one.digest for one in first] == [one.digest for one in again]
    assert [a.digest == b.digest for a, b in zip(first, other, strict=True)] == [True, False]
    text = "编号,投资额\nE1,1\nE2,2\n"
    digests = {
        chunks(as_csv(tmp_path / "t.csv", one))[0].digest for one in (text, text, text.replace("2\n", "3\n"))
    }
    assert len(digests) == 2


def test_odd_rows_hold_exact_values(tmp_path: Path) -> None:
    path = as_parquet(
        tmp_path / "t.parquet",
        {
            "编号": ["E1", "坏", "E2", "E3"],
            "投资额": ["0.001", "x", "{自: 1万元, 至: 2万元}", "3"],
            "企业规模": ["大型"] * 4,
            "项目": [
                [],
                [],
                [{"名称": "甲", "人数": 1.5}, {"名称": "乙", "人数": 2.0}],
                [{"名称": "丙", "人数": 1.0}],
            ],
        },
    )
    (read,) = chunks(path)
    assert set(read.batch.odd) == {0, 1}
    assert values(read.batch) == [
        {"投资额": Fraction(1, 10), "企业规模": "大型", "项目": ()},
        {
            "投资额": Uncertain(frozenset(["投资额"]), 10**6, 2 * 10**6),
            "企业规模": "大型",
            "项目": ({"名称": "甲", "人数": Fraction(3, 2)}, {"名称": "乙", "人数": 2}),
        },
        {"投资额": 300, "企业规模": "大型", "项目": ({"名称": "丙", "人数": 1},)},
    ]


def test_personal_values_are_not_in_the_rejects(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "t.csv", "负责人证件,负责人失业月数\n110105194912310021,七个多月\n")
    (read,) = chunks(path, id_column="负责人证件")
    assert len(read.rejects) == 2
    assert {(one.id, one.value) for one in read.rejects} == {("（不显示）", "（不显示）")}
    assert "七个多月" not in str(read.rejects)
    assert "1949" not in str(read.rejects)


def test_rows_without_ids_are_named_by_their_place(tmp_path: Path) -> None:
    read = chunks(as_csv(tmp_path / "t.csv", "投资额\n1\n坏\n3\n"), rows=2)
    assert [name for one in read for name in one.batch.ids] == ["1", "3"]
    assert [(one.place, one.id) for one in rejects(read)] == [(2, "2")]


def test_a_code_names_its_enterprise_in_one_spelling(tmp_path: Path) -> None:
    code = "91410200MA40ABCD0X"
    read = chunks(as_csv(tmp_path / "t.csv", f"统一社会信用代码\n{code}\n"))
    assert rejects(read)[0].id == code
    good = "91350100M000100Y43"
    read = chunks(
        as_csv(tmp_path / "t.csv", f"统一社会信用代码\n{good}\n{good.lower()}\n 9135-0100-M000-100Y43\n")
    )
    assert list(read[0].batch.ids) == [good]
    assert [one.place for one in read[0].rejects] == [2, 3]


def test_a_column_of_another_type_rejects_row_by_row(tmp_path: Path) -> None:
    days = pl.Series([0, None, 5], dtype=pl.Int32).cast(pl.Date)
    (read,) = chunks(as_parquet(tmp_path / "t.parquet", {"编号": ["E1", "E2", "E3"], "投资额": days}))
    assert [(one.place, one.value) for one in read.rejects] == [(1, "1970-01-01"), (3, "1970-01-06")]
    assert list(read.batch.ids) == ["E2"]


def test_a_table_of_ids_alone_and_one_without_rows(tmp_path: Path) -> None:
    (read,) = chunks(as_csv(tmp_path / "t.csv", "编号\nE1\nE2\n"))
    assert values(read.batch) == [{}, {}]
    assert chunks(as_csv(tmp_path / "t.csv", "编号,投资额\n")) == []
    assert chunks(as_parquet(tmp_path / "t.parquet", {"编号": pl.Series([], dtype=pl.String)})) == []


def test_a_batch_has_every_column_in_every_chunk(tmp_path: Path) -> None:
    text = '编号,项目\nE1,\nE2,[]\nE3,"[{""人数"": 2}]"\n'
    read = chunks(as_csv(tmp_path / "t.csv", text), rows=1)
    assert len({tuple(one.batch.items["项目"].schema.items()) for one in read}) == 1
    assert len({tuple(one.batch.facts.schema.items()) for one in read}) == 1
    assert [one.batch.facts["项目"].to_list() for one in read] == [[False], [True], [True]]


def test_what_is_refused_is_said_with_the_table(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "t.csv", "编号,投资\n")
    with pytest.raises(TableError, match=r"t\.csv: 词表里没有“投资”这个事实"):
        open_table(path, VOCABULARY)
    assert open_table(path, VOCABULARY, ignore=["投资"]).columns == ("编号", "投资")
    with pytest.raises(TableError, match="至少是 1"):
        open_table(path, VOCABULARY, rows=0)
