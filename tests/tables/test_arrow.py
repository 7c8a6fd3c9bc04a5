"""Parquet and Arrow IPC: pieces of the size that is asked for, whatever the parts of the file."""

import io
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from huiqi.tables.arrow import ArrowFile, ArrowStream, ParquetTable
from huiqi.tables.errors import TableError

FRAME = pl.DataFrame({"编号": [f"E{one}" for one in range(25)], "数": range(25)})


@pytest.mark.parametrize("groups", [3, 10, 100])
@pytest.mark.parametrize("rows", [1, 7, 10, 25, 99])
def test_parquet_in_pieces(tmp_path: Path, groups: int, rows: int) -> None:
    FRAME.write_parquet(tmp_path / "t.parquet", row_group_size=groups)
    table = ParquetTable(tmp_path / "t.parquet")
    assert (table.columns, table.rows) == (("编号", "数"), 25)
    pieces = list(table.pieces(rows, ("数",)))
    assert pl.concat(one.frame for one in pieces).equals(FRAME.select("数"))
    assert [one.first for one in pieces] == list(range(1, 26, rows))
    assert pl.concat([one.places for one in pieces]).to_list() == list(range(1, 26))


def test_a_large_row_group_is_not_unpacked_as_a_whole(tmp_path: Path) -> None:
    long = pl.DataFrame({"数": pl.int_range(400_000, eager=True) // 1000})
    long.write_parquet(tmp_path / "t.parquet", row_group_size=len(long))
    before, held, read = pa.total_allocated_bytes(), 0, 0
    for piece in ParquetTable(tmp_path / "t.parquet").pieces(10_000, ()):
        held = max(held, pa.total_allocated_bytes() - before)
        read += piece.rows
    assert read == len(long)
    assert (
        held < long.estimated_size() * 1.5
    )  # the packed columns, which random numbers make as large, and little else


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    alike = pa.table([pa.array(["E1"]), pa.array(["E2"])], names=["编号", "编号"])
    parquet.write_table(alike, tmp_path / "t.parquet")
    with pytest.raises(TableError, match="有两列都叫“编号”"):
        ParquetTable(tmp_path / "t.parquet")


def test_an_ipc_file_in_pieces(tmp_path: Path) -> None:
    FRAME.write_ipc(tmp_path / "t.arrow")
    table = ArrowFile(tmp_path / "t.arrow")
    assert [one.rows for one in table.pieces(10, table.columns)] == [10, 10, 5]


def _stream() -> bytes:
    table = pa.table(
        {
            "编号": pa.array([f"E{one}" for one in range(25)]),
            "类": pa.array([f"c{one % 3}" for one in range(25)]).dictionary_encode(),
        }
    )
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=4):
            writer.write_batch(batch)
    return out.getvalue()


def test_a_stream_of_several_batches() -> None:
    table = ArrowStream(lambda: io.BytesIO(_stream()), "标准输入")
    for _ in range(2):
        pieces = list(table.pieces(10, ("编号", "类")))
        assert [one.rows for one in pieces] == [10, 10, 5]
        read = pl.concat([one.frame.with_columns(pl.col("类").cast(pl.String)) for one in pieces])
        assert read["类"].to_list() == [f"c{one % 3}" for one in range(25)]


def test_a_stream_that_polars_writes() -> None:
    out = io.BytesIO()
    FRAME.write_ipc_stream(out)
    table = ArrowStream(lambda: io.BytesIO(out.getvalue()), "标准输入", once=True)
    assert [one.rows for one in table.pieces(20, ())] == [20, 5]
    with pytest.raises(TableError, match="只能读一遍"):
        list(table.pieces(20, ()))


def test_what_is_broken_says_so(tmp_path: Path) -> None:
    content = _stream()
    for wrong in (content[:20], content[: len(content) // 2], b"\xff\xff\xff\xff" + b"\x30" * 100):
        with pytest.raises(TableError, match="Arrow IPC 流"):
            list(ArrowStream(partial(io.BytesIO, wrong), "流").pieces(9, ()))
    FRAME.write_parquet(tmp_path / "t.parquet")
    whole = (tmp_path / "t.parquet").read_bytes()
    (tmp_path / "t.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TableError, match="不是 Parquet 文件，或者已经损坏"):
        ParquetTable(tmp_path / "t.parquet")
