"""The best lawful combination for every enterprise: that of a single enterprise, for all of them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from huiqi.catalogue.fact_values import Facts
from huiqi.catalogue.load import Catalogue
from huiqi.entitlements.answer import Advisor
from huiqi.matching.plans import CHOICES, PLANS
from huiqi.matching.run import Request
from huiqi.tables import open_table
from tests.matching.conftest import ON, Matching


def test_every_plan_is_that_of_the_enterprise_alone(
    matching: Matching, people: pl.DataFrame, shipped: Catalogue
) -> None:
    some = people.head(40)
    matching.run(some, request=Request(ON, plans=True), rows=25)
    plans = pl.read_parquet(matching.folder / "out.plans.parquet")
    choices = pl.read_parquet(matching.folder / "out.choices.parquet")
    assert (plans.schema, choices.schema) == (PLANS, CHOICES)
    advisor = Advisor(shipped)
    (chunk,) = open_table(matching.folder / "table.parquet", shipped.vocabulary).chunks()
    taken = 0
    for row in range(len(some)):
        answer = advisor.answer(Facts(chunk.batch.values(row, shipped.vocabulary)), ON, trace=False)
        of = pl.col("编号") == chunk.batch.ids[row]
        ((certain, most, undecided),) = plans.filter(of).select("合计确定", "合计最高", "未定").rows()
        assert (certain, most) == (
            Decimal(answer.plan.total_low) / 100,
            Decimal(answer.plan.total_high) / 100,
        )
        assert undecided is answer.undecided
        wanted = {
            (one.claim.key, Decimal(one.low) / 100, Decimal(one.high) / 100) for one in answer.plan.chosen
        }
        ours = {
            (benefit if item is None else f"{benefit}#{item}", low, high)
            for benefit, item, low, high in choices.filter(of & pl.col("选用"))
            .select("事项", "项次", "计入确定", "计入最高")
            .rows()
        }
        assert ours == wanted
        taken += len(wanted)
    assert taken > 8


def test_a_plan_is_the_same_after_changes(matching: Matching, people: pl.DataFrame) -> None:
    request = matching.request(plans=True)
    matching.run(people.head(200), request=request)
    changed = people.slice(20, 180).with_columns(pl.col("从业人数") + 1)
    matching.run(changed, request=request, changed=True)
    matching.run(changed, "full.parquet", request=request)
    assert matching.bytes() == matching.bytes("full.parquet")
