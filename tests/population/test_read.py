"""population.yaml: what may stand in it, what is said of mistakes, and doing without it."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from huiqi.catalogue.fact_values import read_facts
from huiqi.catalogue.load import CatalogueError
from huiqi.population.draw import BLOCK, draw_block
from huiqi.population.read import DAY, read_plan
from huiqi.population.table import table_of
from tests.population.rows import as_facts
from tests.support import Library, benefit

RULES = """
规则:
  高新企业:
    依据: 一
    情形:
      - {当: 从业人数 >= 100人, 得: 是}
      - {当: 从业人数 < 100人, 得: 否}
  失信:
    依据: 二
    情形:
      - {当: "任一(项目, 设备额 > 100万元)", 得: 是}
      - {当: 非 高新企业, 得: 否}
"""
HEAD = "时点: 2024-06-01\n段:\n  - 名: 一段\n    事实:\n"


def drawn(library: Library) -> pl.DataFrame:
    plan = read_plan(library.load())
    return table_of(plan, draw_block(plan, 1, 0))


def written(folder: Path, text: str, head: str = HEAD) -> Library:
    library = Library.of(folder, benefit())
    library.put("population.yaml", head + text)
    return library


def test_without_a_file_everything_is_drawn_by_type_and_accepted(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(), rules=RULES)
    catalogue = library.load()
    plan = read_plan(catalogue)
    assert plan.day == DAY
    table = table_of(plan, draw_block(plan, 1, 0))
    assert table.columns == ["编号", *catalogue.vocabulary]
    for row in table.head(300).iter_rows(named=True):
        _, wrong = read_facts(as_facts(row), catalogue.vocabulary)
        assert [str(one) for one in wrong] == []
        assert row["高新企业"] == (row["从业人数"] >= 100)
        assert row["失信"] or not any((one["设备额"] or 0) > 1_000_000 for one in row["项目"])
    sizes = table["企业规模"].value_counts(normalize=True)
    assert len(sizes) == 4
    assert sizes["proportion"].min() == pytest.approx(0.25, abs=0.02)
    items = table.explode("项目")["项目"].drop_nulls().struct.unnest()
    assert items["示范"].mean() == pytest.approx(plan.yes, abs=0.02)
    assert (table["项目"].list.len() > 0).mean() == pytest.approx(plan.having, abs=0.02)
    assert table["研发占比"].max() == 100.0  # %
    assert (table["成立日期"] <= DAY).all()


def test_recipes_do_what_they_say(tmp_path: Path) -> None:
    text = """
      企业规模: {选: {大型: 1, 小型: 3}}
      从业人数:
        取: 30人
        散: 0.5
        最小: 5人
        最大: 200人
        分: [{当: 企业规模 = 大型, 取: 150人}]
      投资额: {谁: 企业规模 = 大型, 取: 从业人数 * 1万元/人, 整到: 1000元, 零: 25%}
      高新企业: 从业人数 >= 100人
      失信: 20%
      成立日期: {自: 2020-01-01, 至: 2021-12-31}
      企业名称: {文: "某{号}号"}
      项目:
        有: 50%
        件: 2
        至多: 3
        字段:
          类别: {逐一: 是}
          设备额: {取: 投资额 / 2}
          示范: {谁: 类别 = 改造, 取: 50%, 缺: 0%}
          名称: {选: {甲: 1, 乙: 1}}
"""
    table = drawn(written(tmp_path, text))
    large = table["企业规模"] == "大型"
    assert set(table["企业规模"]) == {"大型", "小型"}
    assert large.mean() == pytest.approx(0.25, abs=0.02)
    assert table["从业人数"].is_between(5, 200).all()
    assert table.filter(large)["从业人数"].median() == pytest.approx(150, rel=0.05)
    assert table.filter(~large)["从业人数"].median() == pytest.approx(30, rel=0.05)
    assert table.filter(~large)["投资额"].null_count() == (~large).sum()
    invested = table.filter(large)
    assert (invested["投资额"] == 0).mean() == pytest.approx(0.25, abs=0.03)
    paid = invested.filter(pl.col("投资额") > 0)
    assert set(paid["投资额"] / paid["从业人数"]) == {10_000}
    assert (table["高新企业"] == (table["从业人数"] >= 100)).all()
    assert table["失信"].mean() == pytest.approx(0.2, abs=0.02)
    assert table["成立日期"].is_between(date(2020, 1, 1), date(2021, 12, 31)).all()
    assert table["企业名称"][4] == "某0000005号"
    counts = table["项目"].list.len()
    assert (counts > 0).mean() == pytest.approx(0.5, abs=0.02)
    assert counts.max() == 3
    items = table.select("投资额", "项目").explode("项目").drop_nulls("项目").unnest("项目")
    first = table["项目"].list.first().struct.field("类别").drop_nulls()
    assert set(first) == {"新建"}
    assert set(items["名称"].drop_nulls()) == {"甲", "乙"}
    assert items.filter(pl.col("类别") != "改造")["示范"].null_count() == (items["类别"] != "改造").sum()
    assert items.filter(pl.col("类别") == "改造")["示范"].null_count() == 0


def test_groups_are_unknown_together_and_less_so_for_the_large(tmp_path: Path) -> None:
    head = (
        "时点: 2024-06-01\n缺失:\n  财务: {整组: 20%, 零星: 5%, 越大越少: 0.8}\n"
        "段:\n  - 名: 一段\n    缺: 财务\n    事实:\n"
    )
    library = written(
        tmp_path, "      投资额: {取: 100万元, 散: 1, 随: 1}\n      贷款额: 100万元\n      失信: 5%\n", head
    )
    plan = read_plan(library.load())
    block = draw_block(plan, 1, 0)
    lost = {name: block.absent[name] for name in ("投资额", "贷款额", "失信")}
    for one in lost.values():
        assert one.mean() == pytest.approx(0.2 + 0.8 * 0.05, abs=0.02)
    assert (lost["投资额"] & lost["贷款额"]).mean() > 0.18
    large = block.frame.size > 1
    assert lost["失信"][large].mean() < 0.5 * lost["失信"][~large].mean()
    assert np.isfinite(block.frame.values["投资额"]).all()
    assert table_of(plan, block)["投资额"].null_count() == lost["投资额"].sum()
    assert len(lost["失信"]) == BLOCK


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("      投资恶: 3%\n", "词表里没有“投资恶”这个事实（是不是“投资额”？）"),
        ("      企业规模: {选: {大形: 1}}\n", "“企业规模”没有“大形”这个选项（是不是“大型”？）"),
        ("      企业规模: {选: {大型: 0}}\n", "“企业规模”的份数都是零"),
        ("      企业规模: {选: {大型: -1}}\n", "要写一个不是负数的数"),
        ("      失信: {取: 3%, 选: {是: 1}}\n", "「取」和「选」只能写一个"),
        ("      投资额: {取: 5人}\n", "这里要金额，写的却是数（人）"),
        ("      投资额: {取: 从业人数 * 1万元/人}\n      从业人数: 5人\n", "用到的“从业人数”在这里还没有抽"),
        ("      投资额: {取: 5万元, 整到: 从业人数}\n", "整到"),
        ("      失信: {推定: 是}\n", "“失信”没有推定规则"),
        ("      项目: {字段: {设备款: 3万元}}\n", "项目没有“设备款”这个字段（是不是“设备额”？）"),
        ("      投资额: {中位: 3万元}\n", "没有「中位」这个键"),
        ("      项目: {有: 一半}\n", "一半"),
    ],
)
def test_mistakes_are_said_with_their_place(tmp_path: Path, text: str, words: str) -> None:
    library = written(tmp_path, text)
    with pytest.raises(CatalogueError) as caught:
        read_plan(library.load())
    found = [str(one) for one in caught.value.diagnostics]
    assert any(words in one for one in found), found
    assert all("population.yaml:" in one for one in found)
