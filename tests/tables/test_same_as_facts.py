"""A table means what facts files mean: written as Parquet or CSV, read back, the same as ``read_facts``."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.source import Key, ListNode, MapNode, Node, read_source
from huiqi.language.syntax import Span
from huiqi.population.draw import draw_block
from huiqi.population.table import as_csv_columns, table_of
from huiqi.tables import open_table
from tests.population.rows import as_facts, shipped
from tests.tables.enterprises import VOCABULARY, all_values, chunks, rejects

_AT = Span("", 1, 1)
_MONEY = some.integers(0, 10**12).map(str) | some.decimals(0, 10**9, places=2).map(str)
_UNITS = some.tuples(
    some.decimals(0, 10**6, places=3).map(str), some.sampled_from(["元", "万元", "亿元"])
).map("".join)
_DAYS = some.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str)
_TEXTS = some.text(some.characters(min_codepoint=0x4E00, max_codepoint=0x4F00), min_size=1, max_size=5)
_ITEM = some.fixed_dictionaries(
    {},
    optional={
        "名称": _TEXTS,
        "设备额": _MONEY | _UNITS,
        "人数": some.integers(0, 10**6).map(str),
        "完工日期": _DAYS,
        "类别": some.sampled_from(["新建", "改造", "扩建"]),
        "示范": some.sampled_from(["是", "否"]),
    },
)
_ENTERPRISE = some.fixed_dictionaries(
    {},
    optional={
        "投资额": _MONEY | _UNITS | some.just("{自: 3万元, 至: 5万元}"),
        "利润": some.integers(-(10**9), 10**9).map(str),
        "从业人数": some.integers(0, 10**6).map(str),
        "面积": some.decimals(0, 10**6, places=5).map(str),
        "经营时长": some.sampled_from(["2", "18个月", "0.3", "1.25年"]),
        "成立日期": _DAYS,
        "企业规模": some.sampled_from(["大型", "中型", "小型", "微型", "未知"]),
        "高新企业": some.sampled_from(["是", "否", "true", "false"]),
        "企业名称": _TEXTS,
        "项目": some.lists(_ITEM, max_size=3),
    },
)
_NAMES = [
    "投资额",
    "利润",
    "从业人数",
    "面积",
    "经营时长",
    "成立日期",
    "企业规模",
    "高新企业",
    "企业名称",
    "项目",
]


def _node(value: Any) -> Node:
    """As the reader of facts files sees it when a person writes it."""
    if isinstance(value, list):
        listed = ListNode(_AT)
        listed.extend(map(_node, value))
        return listed
    if isinstance(value, Mapping):
        node = MapNode(_AT)
        for key, inner in value.items():
            node[Key(key, _AT)] = _node(inner)
        return node
    root = read_source(f"x: {value}", "").root
    assert isinstance(root, MapNode)
    return root["x"]


def _written(enterprise: Mapping[str, Any]) -> Mapping[str, Any]:
    facts, problems = read_facts(_node(enterprise), VOCABULARY)
    assert not problems
    return facts.values


@settings(max_examples=60)
@given(some.lists(_ENTERPRISE, min_size=1, max_size=6), some.integers(1, 7))
def test_whatever_is_written(enterprises: list[dict[str, Any]], rows: int) -> None:
    expected = list(map(_written, enterprises))
    columns = {name: [one.get(name) for one in enterprises] for name in _NAMES}
    fields = pl.List(pl.Struct(dict.fromkeys(VOCABULARY["项目"].fields, pl.String)))
    frame = pl.DataFrame(columns, schema={**dict.fromkeys(_NAMES, pl.String), "项目": fields})
    texts = [None if one is None else json.dumps(one, ensure_ascii=False) for one in columns["项目"]]
    with tempfile.TemporaryDirectory() as folder:
        parquet, text = Path(folder) / "t.parquet", Path(folder) / "t.csv"
        frame.write_parquet(parquet)
        frame.with_columns(pl.Series("项目", texts, dtype=pl.String)).write_csv(text)
        for path in (parquet, text):
            read = chunks(path, rows=rows)
            taken = {place for one in read for place in one.places.to_list()}
            again = [one for place, one in enumerate(expected, 1) if place in taken]
            assert all_values(read) == again
            # the name is the id here: only rows without one, or with one that stood before, are not taken
            assert {one.column for one in rejects(read)} <= {"企业名称"}


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow"])
def test_the_population_that_is_shipped(tmp_path: Path, suffix: str) -> None:
    catalogue, plan = shipped()
    table = table_of(plan, draw_block(plan, 1, 0), 300)
    path = tmp_path / f"t{suffix}"
    if suffix == ".csv":
        as_csv_columns(table).write_csv(path)
    else:
        (table.write_parquet if suffix == ".parquet" else table.write_ipc)(path)
    opened = open_table(path, catalogue.vocabulary, known_region=catalogue.known_region, rows=128)
    read = list(opened.chunks())
    assert rejects(read) == []
    found = [one.batch.values(row, catalogue.vocabulary) for one in read for row in range(len(one.batch))]
    for row, values in zip(table.iter_rows(named=True), found, strict=True):
        facts, problems = read_facts(as_facts(row), catalogue.vocabulary, catalogue.known_region)
        assert not problems
        assert values == facts.values
