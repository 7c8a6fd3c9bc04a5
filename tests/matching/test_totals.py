"""The sums alone are those that a match writes beside its results, by the compiled path or without it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.columns.batch import Batch
from huiqi.columns.machine.engine import MachineMissingError
from huiqi.columns.matcher import LARGE, Matcher
from huiqi.matching.totals import SHOWN, Summing
from huiqi.tables import open_table
from tests.matching.conftest import ON, Matching

DAYS = (ON, date(2026, 11, 26))


@pytest.mark.parametrize("by", [(), ("注册地",), ("注册地", "企业规模")], ids=["none", "one", "two"])
@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("compiled", [False, True], ids=["columns", "compiled"])
def test_they_are_those_of_a_match(
    matching: Matching, people: pl.DataFrame, compiled: bool, on: date, by: tuple[str, ...]
) -> None:
    request = matching.request(on, by=by)
    report = matching.run(people, request=request)
    summing = Summing(Matcher(matching.catalogue.book, on, request.benefits, by, compiled))
    table = open_table(matching.folder / "table.parquet", matching.catalogue.vocabulary, rows=170)
    found = summing.table(table)
    assert found.sums.equals(report.sums)
    assert found.benefits.equals(report.benefits)
    assert found.groups.equals(report.groups)
    assert found.departments.equals(report.departments)
    assert (found.read, found.taken, found.rejected) == (600, 600, 0)


@pytest.mark.parametrize("compiled", [False, True], ids=["columns", "compiled"])
def test_every_benefit_of_the_catalogue(
    shipped: Catalogue, people: pl.DataFrame, matching: Matching, compiled: bool
) -> None:
    """Also where money and groups come from enterprises that are judged one by one."""
    table = open_table(matching.table(people), shipped.vocabulary)
    (chunk,) = table.chunks()
    batch = chunk.batch
    odd = {row: batch.values(row, shipped.vocabulary) for row in range(0, 90, 30)}
    mixed = Batch(batch.ids, batch.facts, batch.items, odd)
    by = ("注册地",)
    plain, _ = Summing(Matcher(shipped.book, ON, by=by, compiled=False)).batch(batch)
    found, singly = Summing(Matcher(shipped.book, ON, by=by, compiled=compiled)).batch(mixed)
    keys = ["benefit", "注册地"]
    assert found.sort(keys).select(plain.columns).equals(plain.sort(keys))
    assert singly >= len(odd)


@pytest.mark.parametrize("compiled", [False, True], ids=["columns", "compiled"])
def test_rows_that_cannot_be_read_are_counted_and_the_first_are_told(
    matching: Matching, people: pl.DataFrame, compiled: bool
) -> None:
    path = matching.folder / "wrong.csv"
    rows = "".join(f"E{one},不是数\n" for one in range(SHOWN + 3))
    path.write_text(f"编号,营业收入\nA,1万元\n{rows}", encoding="utf-8")
    matcher = Matcher(matching.catalogue.book, ON, matching.request().benefits, compiled=compiled)
    found = Summing(matcher).table(open_table(path, matching.catalogue.vocabulary, rows=4))
    assert (found.read, found.taken, found.rejected) == (SHOWN + 4, 1, SHOWN + 3)
    assert [one.id for one in found.rejects] == [f"E{one}" for one in range(SHOWN)]


@pytest.mark.parametrize("compiled", [False, True], ids=["columns", "compiled"])
def test_a_table_without_rows(matching: Matching, people: pl.DataFrame, compiled: bool) -> None:
    report = matching.run(people.clear())
    request = matching.request()
    matcher = Matcher(matching.catalogue.book, request.on, request.benefits, request.by, compiled)
    table = open_table(matching.folder / "table.parquet", matching.catalogue.vocabulary)
    assert Summing(matcher).table(table).benefits.equals(report.benefits)


def test_without_the_compiled_path_columns_are_taken(
    monkeypatch: pytest.MonkeyPatch, matching: Matching
) -> None:
    rows = pl.Series("编号", [str(one) for one in range(LARGE)])
    batch = Batch(rows, pl.DataFrame({"营业收入": pl.zeros(LARGE, pl.Int64, eager=True)}))
    book, benefits = matching.catalogue.book, matching.request().benefits
    assert Matcher(book, ON, benefits).is_compiled(batch)
    monkeypatch.setattr("huiqi.columns.machine.engine.find_spec", lambda name: None)
    assert not Matcher(book, ON, benefits).is_compiled(batch)
    assert len(Summing(Matcher(book, ON, benefits)).batch(batch)[0])
    with pytest.raises(MachineMissingError):
        Summing(Matcher(book, ON, benefits, compiled=True)).batch(batch)
