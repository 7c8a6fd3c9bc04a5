"""From what a user names to tables."""

import io
import sys
from pathlib import Path

import polars as pl
import pytest

from huiqi.tables.errors import TableError
from huiqi.tables.places import open_sources
from tests.tables.enterprises import as_csv, as_parquet, chunks, stream


def test_a_folder_and_a_pattern_are_their_files_in_order(tmp_path: Path) -> None:
    as_parquet(tmp_path / "b.parquet", {"编号": ["E2", "E3"], "投资额": [2, 3]})
    as_csv(tmp_path / "a.csv", "投资额,编号\n1,E1\n")
    (tmp_path / "readme.md").write_text("不是表", encoding="utf-8")
    for source in (tmp_path, str(tmp_path / "*.[cp]*")):
        read = chunks(source)
        assert [list(one.batch.ids) for one in read] == [["E1"], ["E2", "E3"]]
        assert [one.places.to_list() for one in read] == [[1], [2, 3]]
        assert [(one.number, one.first) for one in read] == [(0, 1), (1, 2)]


def test_files_of_different_columns_are_refused(tmp_path: Path) -> None:
    as_csv(tmp_path / "a.csv", "编号,投资额\n")
    as_csv(tmp_path / "b.csv", "编号\n")
    with pytest.raises(TableError, match="列不一样：“投资额”只有一个文件有"):
        open_sources(tmp_path)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("没有.csv", "没有这个文件"),
        ("*.csv", "没有这样的文件"),
        ("", "文件夹里没有表"),
        ("mysql://x/y?table=t", "不认识的地址 mysql://"),
        ("duckdb:///没有.duckdb?table=t", "没有这个文件"),
        ("duckdb:///没有.duckdb", "写明是哪一张表"),
    ],
)
def test_what_is_not_there(tmp_path: Path, source: str, words: str) -> None:
    with pytest.raises(TableError, match=words.replace("*", r"\*")):
        open_sources(source if "://" in source else tmp_path / source)


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK\3\4")
    with pytest.raises(TableError, match="不是 Parquet、Arrow、CSV 中的一种"):
        open_sources(tmp_path / "t.xlsx")


def test_what_a_file_starts_with_counts_and_not_its_name(tmp_path: Path) -> None:
    as_parquet(tmp_path / "t.csv", {"编号": ["E1"]})
    assert list(chunks(tmp_path / "t.csv")[0].batch.ids) == ["E1"]
    pl.DataFrame({"编号": ["E1"]}).write_ipc_stream(tmp_path / "t.bin")
    assert list(chunks(tmp_path / "t.bin")[0].batch.ids) == ["E1"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stream("编号,投资额\nE1,3万元\n".encode()))
    assert list(chunks("-")[0].batch.ids) == ["E1"]
    out = io.BytesIO()
    pl.DataFrame({"编号": ["E1", "E2"]}).write_ipc_stream(out)
    monkeypatch.setattr(sys, "stdin", stream(out.getvalue()))
    assert list(chunks("-")[0].batch.ids) == ["E1", "E2"]
    out = io.BytesIO()
    pl.DataFrame({"编号": ["E1", "E2"]}).write_parquet(out)
    monkeypatch.setattr(sys, "stdin", stream(out.getvalue()))
    with pytest.raises(TableError, match="不能边来边读"):
        chunks("-")
    monkeypatch.setattr(sys, "stdin", stream(b""))
    with pytest.raises(TableError, match="表是空的"):
        chunks("-")
