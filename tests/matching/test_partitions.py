"""A part of a table is answered as the same rows of a table on one machine are."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.matching.partitions import COUNTED, FILE, KINDS, PLACE, Question, answers, places
from huiqi.matching.results import SCHEMA
from huiqi.tables import TableError
from tests.matching.conftest import Matching

ADDRESS = "file:///data/%E5%8C%BA.parquet"


def batches(table: pl.DataFrame, address: str = ADDRESS, rows: int = 97) -> list[pa.RecordBatch]:
    """A file as its rows arrive: in small batches, each row with its place."""
    where = pl.lit(address).alias(FILE), pl.int_range(pl.len(), dtype=pl.Int64).alias(PLACE)
    placed = table.with_columns(where).to_arrow(compat_level=pl.CompatLevel.oldest())
    return list(placed.combine_chunks().to_batches(max_chunksize=rows))


def answered(question: Question, given: Sequence[pa.RecordBatch]) -> dict[str, pl.DataFrame]:
    """The answers of one part, taken apart."""
    found = pl.DataFrame(pa.Table.from_batches(list(answers(question.packed(), given))))
    assert found.schema == question.schema
    return {kind: found.filter(pl.col("类") == kind).select(kind).unnest(kind) for kind in KINDS}


def asked(matching: Matching, **settings: Any) -> Question:
    return Question(matching.catalogue, matching.request(), **settings)


def test_the_answers_of_a_part_are_those_of_one_machine(matching: Matching, people: pl.DataFrame) -> None:
    report = matching.run(people)
    found = answered(asked(matching), batches(people))
    assert found["结果"].equals(pl.read_parquet(matching.folder / "out.parquet"))
    sums = found["合计"]
    assert sums.cast(report.sums.schema).equals(report.sums)
    assert found["行数"].rows() == [(len(people), len(people), 0, len(found["结果"]), report.singly)]
    assert tuple(found["行数"].columns) == COUNTED


def test_sums_are_given_once_a_part_and_not_at_all_for_none(
    matching: Matching, people: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answered(asked(matching), batches(people))
    monkeypatch.setattr("huiqi.matching.partitions.ROWS", 100)
    pieces = answered(asked(matching), batches(people))
    for kind in KINDS:
        assert pieces[kind].equals(whole[kind])
    assert list(answers(asked(matching).packed(), [])) == []


def test_rejects_say_file_and_row_as_people_count_them(matching: Matching, people: pl.DataFrame) -> None:
    bad = people.head(5).with_columns(营业收入=pl.Series(["1", "=2", "一些", None, "3"]))
    good = people.tail(3).cast({"营业收入": pl.String})
    found = answered(asked(matching), [*batches(good, "file:///a"), *batches(bad)])["拒收"]
    told = found.select("文件", "行", "编号", "列", "值").rows()
    assert told == [
        ("file:///data/区.parquet", 2, bad["编号"][1], "营业收入", "'=2"),
        ("file:///data/区.parquet", 3, bad["编号"][2], "营业收入", "一些"),
    ]


def test_what_is_repeated_is_what_the_question_says(matching: Matching, people: pl.DataFrame) -> None:
    question = asked(matching, repeated={"file:///data/区.parquet": frozenset([2])})
    found = answered(question, [*batches(people.head(2), "file:///a"), *batches(people.head(3))])
    assert found["拒收"].select("文件", "行", "原因").rows() == [
        ("file:///data/区.parquet", 2, "编号重复，前面已经有一行")
    ]
    assert found["行数"].select("read", "taken", "rejects").rows() == [(5, 4, 1)]


def test_places_give_ids_in_the_spelling_of_results(matching: Matching) -> None:
    code = "91350100M000100Y43"
    table = pl.DataFrame({"统一社会信用代码": [code.lower(), f" {code} ", None, "不是代码"]})
    found = pl.DataFrame(pa.Table.from_batches(list(places(asked(matching).packed(), batches(table)))))
    file = "file:///data/区.parquet"
    spelt = found.rows()
    assert spelt[0] == (spelt[1][0], file, 1)
    assert spelt[2:] == [("不是代码", file, 4)]


def test_a_moment_is_read_as_it_stands_in_the_file_in_whatever_zone_it_is_shown(
    matching: Matching,
) -> None:
    midnight = datetime(2020, 5, 1, tzinfo=UTC)
    table = pl.DataFrame({"编号": ["甲"], "成立日期": [midnight]})
    shown = table.with_columns(pl.col("成立日期").dt.convert_time_zone("Asia/Shanghai"))
    here, there = answered(asked(matching), batches(table)), answered(asked(matching), batches(shown))
    assert here["行数"]["taken"].item() == 1
    assert there["结果"].equals(here["结果"])
    assert there["拒收"].is_empty()


def test_a_table_of_which_no_column_names_the_rows_is_refused(matching: Matching) -> None:
    with pytest.raises(TableError, match="分散的表没有行号，要有一列作编号"):
        asked(matching).heading({"营业收入": pl.Int64()})
    assert asked(matching, id_column="代号").heading({"代号": pl.String()}).id_column == "代号"


def test_a_question_is_the_same_after_it_was_sent(shipped: Catalogue, matching: Matching) -> None:
    question = asked(matching)
    sent = pickle.loads(pickle.dumps(question))
    assert sent.catalogue.book.benefits == shipped.book.benefits
    assert sent.schema == question.schema
    assert list(sent.schema["结果"].to_schema()) == list(SCHEMA)
