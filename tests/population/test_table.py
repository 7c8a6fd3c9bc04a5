"""Made-up tables: their columns, what facts reading makes of their rows, CSV beside Parquet."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from huiqi.catalogue.fact_values import read_facts
from huiqi.evaluate.compile import Compiler
from huiqi.evaluate.environment import Environment
from huiqi.language.types import Kind
from huiqi.population.draw import draw_block
from huiqi.population.table import as_csv_columns, schema_of, table_of
from tests.population.rows import as_facts, shipped

ROWS = 600


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    _, plan = shipped()
    return table_of(plan, draw_block(plan, 7, 0))


def some(table: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """A few hundred rows: the first, and ten of each kind of subject."""
    yield from table.head(ROWS).iter_rows(named=True)
    for _, rows in table.group_by("主体类型"):
        yield from rows.head(10).iter_rows(named=True)


def test_there_is_a_column_for_every_fact_but_codes_of_real_firms(table: pl.DataFrame) -> None:
    catalogue, plan = shipped()
    codes = {name for name, one in catalogue.vocabulary.items() if one.code}
    assert table.columns == ["编号", *(name for name in catalogue.vocabulary if name not in codes)]
    assert dict(table.schema) == dict(pl.Schema(schema_of(plan)))
    assert table["编号"].to_list() == [f"E{number:07}" for number in range(1, len(table) + 1)]


def test_every_row_is_accepted_as_facts(table: pl.DataFrame) -> None:
    catalogue, _ = shipped()
    read = 0
    for row in some(table):
        facts, wrong = read_facts(as_facts(row), catalogue.vocabulary, catalogue.known_region)
        assert [str(one) for one in wrong] == []
        given = {name for name, value in row.items() if value is not None} - {"编号"}
        assert set(facts.values) == given
        read += len(given)
    assert read > ROWS * 100


def test_numbers_mean_yuan_and_the_units_of_the_vocabulary(table: pl.DataFrame) -> None:
    catalogue, _ = shipped()
    row = table.filter(pl.col("一季度用电量") > 0, pl.col("营业收入") > 0).row(0, named=True)
    facts, _ = read_facts(as_facts(row), catalogue.vocabulary)
    assert facts.values["营业收入"] == row["营业收入"] * 100  # 分
    assert facts.values["从业人数"] == row["从业人数"]
    assert float(facts.values["一季度用电量"]) == pytest.approx(row["一季度用电量"] * 10_000)


def test_what_is_derived_is_what_the_rules_derive(table: pl.DataFrame) -> None:
    catalogue, plan = shipped()
    compiler = Compiler(catalogue.vocabulary, {}, catalogue.book.parameters)
    bodies = {
        name: compiler.evaluate(catalogue.book.rules[name].body)
        for name in ("行业划型类别", "企业规模", "小型微利企业", "小规模纳税人", "在开封市注册")
    }
    compared = dict.fromkeys(bodies, 0)
    for row in some(table.filter(pl.col("主体类型") == "企业")):
        facts, _ = read_facts(as_facts(row), catalogue.vocabulary)
        for name, closure in bodies.items():
            answer = closure(Environment(facts.values, plan.day))
            if row[name] is not None and isinstance(answer, type(row[name])):
                assert answer == row[name], (row["编号"], name)
                compared[name] += 1
    assert min(compared.values()) > 100, compared


def test_csv_holds_the_same_as_parquet(table: pl.DataFrame) -> None:
    head = table.head(300)
    text = as_csv_columns(head).write_csv()
    again = pl.read_csv(io.StringIO(text), infer_schema=False)
    assert again.columns == head.columns
    for name, dtype in head.schema.items():
        meant = [_meant(written, dtype) for written in again[name].to_list()]
        assert meant == head[name].to_list(), name


def _meant(written: str | None, dtype: pl.DataType) -> object:
    if written is None:
        return None
    if dtype == pl.Boolean:
        return {"是": True, "否": False}[written]
    if dtype.is_numeric():
        return float(written)
    if dtype == pl.Date:
        return date.fromisoformat(written)
    if isinstance(dtype, pl.List):
        fields = {one.name: one.dtype for one in dtype.inner.fields}  # type: ignore[union-attr]
        return [
            {
                name: date.fromisoformat(value) if value and fields[name] == pl.Date else value
                for name, value in item.items()
            }
            for item in json.loads(written)
        ]
    return written


def test_whom_a_fact_does_not_concern_has_no_or_none_of_it(table: pl.DataFrame) -> None:
    catalogue, _ = shipped()
    persons = table.filter(pl.col("主体类型") == "个人")
    for name in ("从业人数", "成立日期", "行业门类"):
        assert persons[name].null_count() == len(persons)
    assert not persons["旅行社"].any()
    assert persons["旅行社"].null_count() == 0
    assert persons["技改项目"].list.len().to_list() == [0] * len(persons)
    assert catalogue.vocabulary["技改项目"].type.kind is Kind.COLLECTION
