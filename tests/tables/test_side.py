"""Side tables: items in a table of their own."""

from pathlib import Path

import pytest

from huiqi.tables.errors import TableError
from huiqi.tables.table import open_table
from tests.tables.enterprises import VOCABULARY, all_values, as_csv, as_parquet, chunks, rejects


@pytest.fixture
def main(tmp_path: Path) -> Path:
    return as_csv(tmp_path / "main.csv", "编号,投资额\nE1,1\nE2,2\nE3,3\nE4,坏\n")


def test_items_in_their_order_and_none_where_there_are_none(tmp_path: Path, main: Path) -> None:
    side = as_csv(tmp_path / "side.csv", "编号,名称,设备额（万元）\nE3,丙,1\nE1,甲,2.5\nE3,丁,\nE4,戊,1\n")
    for rows in (1, 2, 50):
        read = chunks(main, items={"项目": side}, rows=rows)
        assert [one["项目"] for one in all_values(read)] == [
            ({"名称": "甲", "设备额": 2_500_000},),
            (),
            ({"名称": "丙", "设备额": 1_000_000}, {"名称": "丁"}),
        ]
        assert [(one.place, one.column) for one in rejects(read)] == [(4, "投资额")]


def test_parquet_beside_csv_and_twice(tmp_path: Path, main: Path) -> None:
    side = as_parquet(tmp_path / "side.parquet", {"编号": ["E1", "E2"], "人数": [1, 2], "_注": ["x", "y"]})
    table = open_table(main, VOCABULARY, items={"项目": side})
    for _ in range(2):
        read = list(table.chunks())
        assert [one["项目"] for one in all_values(read)] == [({"人数": 1},), ({"人数": 2},), ()]


def test_a_wrong_item_rejects_its_enterprise(tmp_path: Path, main: Path) -> None:
    side = as_csv(tmp_path / "side.csv", "编号,人数\nE2,1\nE2,几个\n")
    one = rejects(chunks(main, items={"项目": side}))[0]
    assert (one.place, one.id, one.column, one.value) == (2, "E2", "项目", "几个")
    assert one.reason.startswith("第2项 项目.人数要数")


def test_items_that_belong_to_no_row_are_told_at_the_end(tmp_path: Path, main: Path) -> None:
    side = as_csv(tmp_path / "side.csv", "编号,人数\nE9,1\nE1,2\n,3\nE9,4\nE1\n")
    read = chunks(main, items={"项目": side}, rows=2)
    assert [(one.place, one.id, one.reason) for one in read[-1].rejects if not one.place] == [
        (0, "", "附表第5行：这一行有 1 格，表头有 2 格"),
        (0, "", "附表第3行没有编号"),
        (0, "E9", "附表从第1行起有 2 项，主表里没有这个编号"),
    ]
    assert not read[0].rejects


def test_items_count_for_the_digest(tmp_path: Path, main: Path) -> None:
    digests = [
        chunks(main, items={"项目": as_csv(tmp_path / f"{name}.csv", f"编号,名称\nE1,{name}\n")})[0].digest
        for name in ("甲", "乙", "甲")
    ]
    assert digests[0] == digests[2] != digests[1]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("项木", "编号,名称\n", "附表“项木”不是词表里的集合，是不是“项目”"),
        ("投资额", "编号,名称\n", "不是词表里的集合"),
        ("项目", "名称\n", "附表要有“编号”一列"),
        ("项目", "编号,名字\n", "项目没有“名字”这个字段"),
    ],
)
def test_what_is_refused(tmp_path: Path, main: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        open_table(main, VOCABULARY, items={name: as_csv(tmp_path / "side.csv", text)})


def test_an_empty_side_table_means_that_nobody_has_any(tmp_path: Path, main: Path) -> None:
    side = as_csv(tmp_path / "side.csv", "编号,名称\n")
    assert [one["项目"] for one in all_values(chunks(main, items={"项目": side}))] == [(), (), ()]


def test_a_collection_has_one_place_only(tmp_path: Path) -> None:
    side = as_csv(tmp_path / "side.csv", "编号,名称\n")
    with pytest.raises(TableError, match="只留一处"):
        open_table(as_csv(tmp_path / "m.csv", "编号,项目\n"), VOCABULARY, items={"项目": side})
    with pytest.raises(TableError, match="主表就要有编号一列"):
        open_table(as_csv(tmp_path / "m.csv", "投资额\n"), VOCABULARY, items={"项目": side})
