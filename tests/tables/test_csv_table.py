"""CSV tables: encodings, torn rows, and cells as texts."""

import io
from pathlib import Path

import pytest

from huiqi.tables.csv_table import CsvTable
from huiqi.tables.errors import TableError
from huiqi.tables.source import Piece


def _table(content: bytes | str) -> CsvTable:
    data = content.encode() if isinstance(content, str) else content
    return CsvTable(lambda: io.BytesIO(data), "表.csv")


def _pieces(content: bytes | str, rows: int = 100) -> list[Piece]:
    table = _table(content)
    return list(table.pieces(rows, table.columns))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_encodings_and_line_ends(encoding: str, line: str) -> None:
    text = line.join(["编号,企业名称,备注", 'E1,"㐂某,""厂""",', '"E2","两\n行","x"', ""])
    (piece,) = _pieces(text.encode(encoding))
    assert piece.frame.rows() == [("E1", '㐂某,"厂"', None), ("E2", "两\n行", "x")]
    assert piece.frame.columns == ["编号", "企业名称", "备注"]


def test_gb18030_under_an_ascii_heading() -> None:
    table = _table("id,name\n1,某某\n".encode("gb18030"))
    assert table.encoding == "gb18030"
    assert next(iter(table.pieces(9, ("name",)))).frame.rows() == [("某某",)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "表是空的"),
        ("编号,甲".encode("utf-16"), "UTF-16"),
        (b"PK\0\0,a\n", "二进制"),
        ("编号,甲\r1,2\r".encode(), "换行只有 CR"),
        ("编号\t甲\n".encode(), "半角逗号"),
        ("编号；甲；".encode("gb18030") + b"\xff\n", "编码既不是"),
    ],
)
def test_what_is_no_csv(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        _table(content)


def test_rows_with_other_numbers_of_cells_are_torn() -> None:
    first, second = _pieces('a,b\n1,x\n2\n3,x,y\n\n4,"x" y\n5,z\n', rows=3)
    assert [(one.place, one.reason) for one in (*first.torn, *second.torn)] == [
        (2, "这一行有 1 格，表头有 2 格"),
        (3, "这一行有 3 格，表头有 2 格"),
        (4, "引号不成对"),
    ]
    assert first.frame.rows() + second.frame.rows() == [("1", "x"), ("5", "z")]
    assert first.places.to_list() + second.places.to_list() == [1, 5]
    assert (first.rows, second.rows, second.first) == (3, 2, 4)


def test_a_row_in_another_encoding_costs_that_row() -> None:
    content = "编号,名\n1,甲\n".encode() + b"2,\xff\xfe\n" + "3,丙\n4,丁\n".encode()
    (piece,) = _pieces(content)
    assert [(one.place, one.reason) for one in piece.torn] == [(2, "这一行里有不是 UTF-8 编码的字")]
    assert piece.frame.rows() == [("1", "甲"), ("3", "丙"), ("4", "丁")]
    assert piece.places.to_list() == [1, 3, 4]
    broken = "编号,名\n1,甲\n".encode("gb18030") + b"2,\xff\n"
    (piece,) = _pieces(broken)
    assert [one.place for one in piece.torn] == [2]


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 100])
def test_pieces_of_any_size_hold_the_same_rows(rows: int) -> None:
    content = "a,b\n" + "".join(
        f'{place},"x\n{place}"\n' if place % 2 else f"{place}\n" for place in range(7)
    )
    pieces = _pieces(content, rows)
    assert [row for piece in pieces for row in piece.frame.rows()] == [(str(n), f"x\n{n}") for n in (1, 3, 5)]
    assert [one.place for piece in pieces for one in piece.torn] == [1, 3, 5, 7]
    assert [piece.rows for piece in pieces[:-1]] == [rows] * (len(pieces) - 1)
    assert b"".join(piece.content or b"" for piece in pieces) == content.encode()[4:]


def test_a_heading_alone_is_a_table_without_rows() -> None:
    assert _pieces("a,b\n") == []
    assert _pieces("a,b") == []


def test_a_file_can_be_read_again_and_a_stream_cannot(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    table = CsvTable(lambda: path.open("rb"), "t")
    assert [[one.frame.rows() for one in table.pieces(5, ("b",))] for _ in range(3)] == [[[("2",)]]] * 3
    stream = io.BytesIO(b"a,b\n1,2\n")
    once = CsvTable(lambda: stream, "标准输入", once=True)
    assert len(list(once.pieces(5, ("a",)))) == 1
    with pytest.raises(TableError, match="只能读一遍"):
        list(once.pieces(5, ("a",)))
