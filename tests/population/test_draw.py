"""What is drawn for the shipped catalogue: shares, bounds, what hangs together, what is unknown."""

import numpy as np
import polars as pl
import pytest

from huiqi.language.types import Kind
from huiqi.language.vocabulary import declaration_of
from huiqi.population.draw import Block, draw_block
from huiqi.population.table import table_of
from huiqi.population.thresholds import thresholds
from huiqi.population.values import NO_DAY, day_number
from tests.population.rows import shipped

BLOCKS = 5


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    _, plan = shipped()
    return [draw_block(plan, 11, number) for number in range(BLOCKS)]


@pytest.fixture(scope="module")
def table(blocks: list[Block]) -> pl.DataFrame:
    _, plan = shipped()
    return pl.concat([table_of(plan, one) for one in blocks])


def shares(column: pl.Series) -> dict[str, float]:
    found = column.drop_nulls().value_counts(normalize=True)
    return dict(zip(found[column.name], found["proportion"], strict=True))


def test_the_same_seed_and_number_make_the_same_block_and_others_make_others() -> None:
    _, plan = shipped()
    first = table_of(plan, draw_block(plan, 5, 1), 2000)
    assert first.equals(table_of(plan, draw_block(plan, 5, 1), 2000))
    for seed, number in ((5, 0), (6, 1)):
        other = table_of(plan, draw_block(plan, seed, number), 2000)
        assert not first["营业收入"].equals(other["营业收入"])


def test_kinds_and_sizes_come_in_the_usual_proportions(table: pl.DataFrame) -> None:
    kinds = shares(table["主体类型"])
    assert kinds["个体工商户"] / kinds["企业"] == pytest.approx(2, rel=0.1)
    assert 0.02 < kinds["个人"] < 0.08
    assert kinds["县区政府"] < 0.002
    sizes = shares(table.filter(pl.col("主体类型") == "企业")["企业规模"])
    assert sizes["微型"] == pytest.approx(0.83, abs=0.03)
    assert sizes["小型"] == pytest.approx(0.14, abs=0.03)
    assert sizes["中型"] == pytest.approx(0.025, abs=0.01)
    assert sizes["大型"] == pytest.approx(0.005, abs=0.003)


def test_sizes_hang_together_and_last_year_is_near_this_one(blocks: list[Block]) -> None:
    values = {
        name: np.concatenate([one.frame.values[name] for one in blocks])
        for name in (
            "从业人数",
            "营业收入",
            "资产总额",
            "年主营业务收入",
            "前一年主营业务收入",
            "本年应缴增值税",
        )
    }
    there = np.logical_and.reduce([~np.isnan(one) for one in values.values()])
    staff, revenue, assets, main, before, tax = (one[there] for one in values.values())
    assert np.corrcoef(np.log(staff), np.log(revenue))[0, 1] > 0.6
    assert np.corrcoef(np.log(revenue), np.log(assets + 1))[0, 1] > 0.5
    assert np.median(before / main) == pytest.approx(0.94, abs=0.02)
    assert (main <= revenue).all()
    assert (tax < revenue).mean() > 0.998


def test_every_number_lies_within_the_bounds_of_the_vocabulary(blocks: list[Block]) -> None:
    catalogue, plan = shipped()
    checked = 0
    for block in blocks:
        for drawing in plan.drawings:
            of = block.frame.items[drawing.key].values if drawing.fields else block.frame.values
            for one in drawing.fields or (drawing,):
                declared = declaration_of(catalogue.vocabulary, one.key)
                if declared.type.kind is Kind.NUMBER:
                    values = of[declared.name]
                    values = values[~np.isnan(values)]
                    assert (values >= (declared.minimum or 0)).all(), one.key
                    assert declared.maximum is None or (values <= float(declared.maximum)).all(), one.key
                    assert (values < 1e15).all(), one.key
                    checked += len(values)
    assert checked > 100_000


def test_days_follow_the_founding_and_lie_before_the_day_of_the_population(blocks: list[Block]) -> None:
    _, plan = shipped()
    today = day_number(plan.day)
    for block in blocks:
        founded = block.frame.values["成立日期"]
        assert (founded[founded != NO_DAY] <= today).all()
        titles = block.frame.items["认定"]
        given, of = titles.values["认定日期"], founded[titles.owner]
        assert (given >= of).all()
        assert (given <= today).all()


def test_about_a_seventh_of_what_concerns_someone_is_unknown_in_groups(table: pl.DataFrame) -> None:
    firms = table.filter(pl.col("主体类型") == "企业")
    industry = firms.filter(pl.col("行业门类") == "制造业").select("一季度用电量", "上年一季度用电量")
    unknown = industry.select(pl.all().is_null())
    share = unknown.mean().row(0)
    both = (unknown["一季度用电量"] & unknown["上年一季度用电量"]).mean()
    assert 0.1 < share[0] < 0.3
    assert both is not None
    assert both > 2 * share[0] * share[1]  # together, not each by itself
    size = firms.select("从业人数", pl.col("年主营业务收入").is_null().alias("unknown")).drop_nulls()
    small = size.filter(pl.col("从业人数") <= 5)["unknown"].mean()
    large = size.filter(pl.col("从业人数") >= 50)["unknown"].mean()
    assert isinstance(small, float)
    assert isinstance(large, float)
    assert small > 1.5 * large


def test_no_column_is_always_null_and_collections_have_items(table: pl.DataFrame) -> None:
    assert [name for name in table.columns if table[name].null_count() == len(table)] == []
    lists = [name for name, dtype in table.schema.items() if isinstance(dtype, pl.List)]
    counts = {name: table[name].list.len().fill_null(0) for name in lists}
    assert len(lists) == 42
    assert [name for name, count in counts.items() if count.max() == 0] == []
    frequent = [name for name, count in counts.items() if (count > 0).sum() > 0.1 * len(table)]
    assert frequent == ["季度经营数据"]


def test_a_few_values_lie_exactly_on_a_figure_of_a_rule(blocks: list[Block]) -> None:
    catalogue, _ = shipped()
    figures = thresholds(catalogue.book)["营业收入"]
    values = np.concatenate([one.frame.values["营业收入"] for one in blocks])
    values = values[~np.isnan(values)]
    share = np.isin(values, figures).mean()
    assert 0.0002 < share < 0.003
