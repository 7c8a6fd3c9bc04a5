"""CSV as records: where they end and how many cells they have, as the csv module sees it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.tables import records
from huiqi.tables.errors import TableError
from huiqi.tables.records import read_records

_CELLS = some.text(some.sampled_from('ab,"\n\r 万'), max_size=6)
_ROWS = some.lists(some.lists(_CELLS, min_size=2, max_size=4), max_size=12)


def _read(content: bytes) -> list[tuple[bytes, int]]:
    return [
        (one.data[start:end], cells)
        for one in read_records(io.BytesIO(content))
        for start, end, cells in zip(one.starts.tolist(), one.ends.tolist(), one.cells.tolist(), strict=True)
    ]


@given(_ROWS, some.sampled_from(["\n", "\r\n"]), some.integers(1, 40), some.booleans())
def test_well_formed_rows(rows: list[list[str]], line: str, block: int, end: bool) -> None:
    out = io.StringIO(newline="")
    if line == "\n":  # the csv module does not quote a lone CR then
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    csv.writer(out, lineterminator=line).writerows(rows)
    content = out.getvalue() if end else out.getvalue().removesuffix(line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_BLOCK", block)
        found = _read(content.encode())
    assert [cells for _, cells in found] == [len(row) for row in rows]
    cells = [next(csv.reader(io.StringIO(text.decode(), newline=""))) for text, _ in found]
    assert cells == rows


def test_a_quotation_mark_within_a_cell_is_a_character() -> None:
    assert _read(b'1,ab"c,x\n2,y\n') == [(b'1,"ab""c",x\n', 3), (b"2,y\n", 2)]


def test_marks_that_do_not_pair_cost_their_line_only() -> None:
    found = _read(b'1,x\n2,"a" b\n3,"y"\n4,"open\n5,z\n')
    assert [cells for _, cells in found] == [2, 0, 2, 0, 2]
    assert [text[:1] for text, _ in found] == [b"1", b"2", b"3", b"4", b"5"]


def test_many_stray_marks_are_read_in_order() -> None:
    rows = [f'{place},{place}"x' if place % 3 else f'{place},"a\nb"' for place in range(5000)]
    found = _read(("\n".join(rows) + "\n").encode())
    assert [int(text.split(b",")[0]) for text, _ in found] == list(range(5000))
    assert {cells for _, cells in found} == {2}


def test_empty_lines_and_the_byte_order_mark_are_no_rows() -> None:
    assert _read(b'\xef\xbb\xbf"a",b\n\n\r\n1,2\r\n\n') == [(b'"a",b\n', 2), (b"1,2\r\n", 2)]


def test_a_line_without_an_end_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_BLOCK", 100)
    monkeypatch.setattr(records, "_LONGEST", 1000)
    with pytest.raises(TableError, match="不像 CSV"):
        _read(b"x" * 5000)
    found = _read(b'1,"' + b"x\n" * 2000)
    assert found[0] == (b'1,"x\n', 0)
    assert len(found) == 2000
