"""A match from table to files: answers as for one enterprise, bounded, resumable, nothing dropped."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.entitlements.answer import Advisor
from huiqi.evaluate.result import Result
from huiqi.matching.output import OutputError
from huiqi.matching.run import Request, Run
from huiqi.matching.sums import COUNTS
from huiqi.tables import open_table
from tests.matching.conftest import ON, Matching


def said(result: Result) -> tuple[Any, ...]:
    """A single result as a row of results, without its amounts in other units."""
    amount = result.amount
    money: tuple[Decimal | None, ...] = (None, None)
    if amount is not None and amount.is_money:
        money = tuple(None if end is None else Decimal(int(end)) / 100 for end in (amount.low, amount.high))
    return (
        result.benefit.id,
        None if result.item_index is None else result.item_index + 1,
        result.subject,
        result.verdict.value,
        None if result.but_for_dates is None else result.but_for_dates.value,
        *money,
        "、".join(sorted(result.missing)) or None,
        "、".join(sorted(result.missing_for_amount)) or None,
        result.unmet[0].name if result.unmet else None,
    )


COLUMNS = ("事项", "项次", "对象", "结论", "若在期内", "金额最低", "金额最高", "缺", "金额还缺", "未满足")


def test_every_answer_is_what_explain_says_of_that_enterprise_alone(
    matching: Matching, people: pl.DataFrame, shipped: Catalogue
) -> None:
    matching.run(people, request=Request(ON, everything=True))
    found = pl.read_parquet(matching.folder / "out.parquet")
    advisor = Advisor(shipped)
    (chunk,) = open_table(matching.folder / "table.parquet", shipped.vocabulary).chunks()
    picked = random.Random(3).sample(range(len(people)), 40)
    for row in picked:
        values = chunk.batch.values(row, shipped.vocabulary)
        wanted = sorted(said(one) for one in advisor.results(values, ON, trace=False))
        ours = found.filter(pl.col("编号") == chunk.batch.ids[row]).select(COLUMNS).rows()
        assert sorted(ours, key=str) == sorted(wanted, key=str)


def test_without_all_what_is_ruled_out_is_left_out_and_nothing_else(
    matching: Matching, people: pl.DataFrame
) -> None:
    matching.run(people, "some.parquet")
    matching.run(people, "every.parquet", request=matching.request(everything=True))
    every = pl.read_parquet(matching.folder / "every.parquet")
    within = pl.coalesce("若在期内", "结论")
    assert pl.read_parquet(matching.folder / "some.parquet").equals(every.filter(within != "不符合"))


def test_chunks_make_no_difference(matching: Matching, people: pl.DataFrame) -> None:
    for rows, out in ((600, "a.parquet"), (70, "b.parquet"), (1, "c.parquet")):
        some = people if rows > 1 else people.head(25)
        matching.run(some, out, rows=rows)
    assert matching.bytes("a.parquet") == matching.bytes("b.parquet") | {
        ".parquet.state.parquet": matching.bytes("a.parquet")[".parquet.state.parquet"]
    }
    matching.run(people.head(25), "d.parquet")
    assert matching.bytes("c.parquet")[".parquet"] == matching.bytes("d.parquet")[".parquet"]


@pytest.mark.parametrize("suffix", [".csv", ".arrow"])
def test_other_forms_say_the_same(matching: Matching, people: pl.DataFrame, suffix: str) -> None:
    matching.run(people.head(100), "out.parquet")
    matching.run(people.head(100), f"other{suffix}")
    table = pl.read_parquet(matching.folder / "out.parquet")
    if suffix == ".arrow":
        assert pl.read_ipc(matching.folder / "other.arrow").equals(table)
    else:
        read = pl.read_csv(matching.folder / "other.csv", schema_overrides=table.schema)
        assert read.equals(table)


def test_sums_count_every_answer(matching: Matching, people: pl.DataFrame) -> None:
    some = matching.run(people)
    every = matching.run(people, "every.parquet", request=matching.request(everything=True))
    assert some.sums.equals(every.sums)
    table = pl.read_parquet(matching.folder / "every.parquet")
    counts = table.group_by("事项").agg(pl.len().alias("n"))
    ours = some.benefits.select(
        "事项", pl.sum_horizontal("符合", "可能符合", "待补充", "不符合", "不在期内", "不可计算")
    )
    assert dict(ours.rows()) == {key: int(n) for key, n in counts.rows()}
    for word in COUNTS:
        assert some.benefits[word].sum() == (table["结论"] == word).sum()
    certain = table.filter((pl.col("结论") == "符合") & pl.col("金额最低").is_not_null())
    money = {one.id for one in matching.catalogue.benefits.values() if one.form.is_money}
    wanted = sum(certain.filter(pl.col("事项").is_in(money))["金额最低"].to_list(), Decimal(0))
    assert sum(some.benefits["金额最低"].to_list(), Decimal(0)) == wanted


def test_sums_by_group_add_up_to_the_sums_by_benefit(matching: Matching, people: pl.DataFrame) -> None:
    report = matching.run(people, request=matching.request(by=matching.catalogue.groups))
    by_benefit = report.groups.group_by("事项", maintain_order=True).agg(
        pl.col("符合", "待补充", "金额最低").sum()
    )
    assert by_benefit.equals(report.benefits.select("事项", "符合", "待补充", "金额最低"))
    assert set(report.groups["企业规模"]) >= {"小型", "微型", "未知"}


def test_rows_that_cannot_be_read_are_listed_and_the_rest_is_answered(
    matching: Matching, people: pl.DataFrame
) -> None:
    wrong = people.head(40).with_columns(pl.col("从业人数").cast(pl.String))
    wrong = wrong.with_columns(
        pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("很多")).otherwise("从业人数").alias("从业人数")
    )
    report = matching.run(wrong, rows=11)
    assert (report.read, report.taken, report.rejected) == (40, 39, 1)
    rejects = (matching.folder / "out.rejects.csv").read_text(encoding="utf-8")
    assert "从业人数" in rejects
    assert rejects.count("\n") == 2
    left = people.head(40).filter(pl.int_range(pl.len()) != 7)
    matching.run(left, "left.parquet")
    assert matching.bytes()[".parquet"] == matching.bytes("left.parquet")[".parquet"]
    assert not (matching.folder / "left.rejects.csv").exists()


def test_an_empty_table_gives_empty_files(matching: Matching, people: pl.DataFrame) -> None:
    report = matching.run(people.head(0))
    assert (report.read, report.answers) == (0, 0)
    assert len(pl.read_parquet(matching.folder / "out.parquet")) == 0


@pytest.mark.parametrize(
    ("name", "says"), [("out.xlsx", "后缀"), ("nowhere/out.csv", "文件夹"), ("folder.csv", "文件夹")]
)
def test_a_place_that_cannot_be_written_is_said_at_once(
    matching: Matching, people: pl.DataFrame, name: str, says: str
) -> None:
    (matching.folder / "folder.csv").mkdir()
    with pytest.raises(OutputError, match=says):
        matching.run(people.head(3), name)


KILLED = """
import sys
from datetime import date
from pathlib import Path
from huiqi.catalogue.load import load_catalogue
from huiqi.matching.run import Request, Run
from huiqi.tables import open_table
catalogue = load_catalogue(Path({catalogue!r}))
table = open_table({table!r}, catalogue.vocabulary, rows=50)
request = Request(date(2024, 6, 1), {benefits!r}, by=("注册地",))
Run(catalogue, table, Path({out!r}), request).go()
"""


def test_killed_and_started_again_it_gives_the_same_files(matching: Matching, people: pl.DataFrame) -> None:
    table = matching.table(people)
    matching.run(table, "whole.parquet", rows=50)
    out = matching.folder / "killed.parquet"
    program = KILLED.format(
        catalogue=str(matching.catalogue.root),
        table=str(table),
        out=str(out),
        benefits=matching.request().benefits,
    )
    for parts in (2, 5):
        process = subprocess.Popen([sys.executable, "-c", program])
        work = out.with_name(out.name + ".work")
        while len(list(work.glob("??????.json"))) < parts and process.poll() is None:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not out.exists()
    report = matching.run(table, "killed.parquet", rows=50)
    assert report.resumed >= 5
    assert not work.exists()
    assert matching.bytes("killed.parquet") == matching.bytes("whole.parquet")


def test_a_broken_run_of_another_question_is_not_gone_on_with(
    matching: Matching, people: pl.DataFrame
) -> None:
    table = matching.table(people)
    opened = open_table(table, matching.catalogue.vocabulary, rows=100)

    class BrokenError(Exception):
        pass

    def stop(chunk: Any) -> None:
        if chunk.number == 2:
            raise BrokenError

    out = matching.folder / "out.parquet"
    with pytest.raises(BrokenError):
        Run(matching.catalogue, opened, out, matching.request(date(2026, 1, 1))).go(told=stop)
    assert matching.run(table, rows=100).resumed == 0
    changed = people.with_columns(
        pl.col("从业人数") + pl.when(pl.int_range(pl.len()) == 150).then(1).otherwise(0)
    )
    with pytest.raises(BrokenError):
        Run(matching.catalogue, opened, out, matching.request()).go(told=stop)
    report = matching.run(changed, rows=100)
    assert report.resumed == 2
    matching.run(changed, "fresh.parquet", rows=100)
    assert matching.bytes()[".parquet"] == matching.bytes("fresh.parquet")[".parquet"]
